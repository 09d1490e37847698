"""The team of a sealed case is told who searched for its people; whoever searched is not."""

import pytest
from tests.world import LOADER

from rabta.core.access.levels import Level
from rabta.core.words.incoming import IncomingParticular
from rabta.core.words.vocabulary import Duty, Particular, Role
from rabta.desk.audit import selectors
from rabta.desk.audit.watching import tell_owners
from rabta.desk.cases.models import Case
from rabta.desk.cases.rules import clear_keys
from rabta.desk.cases.services.incoming import number_keys
from rabta.desk.cases.services.people import key_rows
from rabta.desk.matching.look_up import look_up
from rabta.desk.wall.door import write
from rabta.desk.wall.scope import visible_to

NAME = "Zarmina Khattakzai"


@pytest.fixture
def sealed(world, acting):
    """A sealed case that names one officer, with a person who has keys."""
    world.owner = world.user("owner")
    world.me = world.actor("circle_a", user=world.owner)
    world.secret = world.case("circle_a", "7/2024", sealed=True, team=[world.owner])
    person = world.person("circle_a", NAME, case=world.secret, role=Role.ACCUSED)
    clear = clear_keys([IncomingParticular(kind=Particular.NAME, text=NAME)])
    with acting(LOADER, "test"), write(LOADER, "keys.made") as door:
        door.create_many(key_rows(person.pk, person.agency_id, clear))
    return world


def ask(world, acting, actor, text):
    """Look a text up for a case of the actor's own."""
    own = world.case("circle_b" if actor.agency == world.me.agency else "post", "8/2024")
    with acting(actor, "test"):
        case = visible_to(Case, actor, at_least=Level.FULL).get(pk=own.pk)
        return look_up(actor, text=text, case=case)


def test_the_team_is_told_and_the_searcher_sees_nothing(sealed, acting):
    searcher = sealed.actor("circle_b", user=sealed.user("curious"))
    answer = ask(sealed, acting, searcher, NAME)
    assert (answer.people, answer.desks, answer.cases) == ((), (), ())
    assert tell_owners() == 1
    with acting(sealed.me, "test"):
        (line,) = selectors.searches(sealed.me)
    assert (line.case_number, line.unit) == ("7/2024", "circle_b")
    with acting(searcher, "test"):
        assert selectors.searches(searcher) == ()


def test_the_number_of_a_sealed_case_is_a_search_of_it_too(sealed, acting):
    with acting(LOADER, "test"), write(LOADER, "case.changed") as door:
        case = visible_to(Case, LOADER, at_least=Level.FULL).get(pk=sealed.secret.pk)
        door.change(case, **number_keys({"number": case.number}))
    answer = ask(sealed, acting, sealed.actor("circle_b"), "7/2024")
    assert (answer.people, answer.desks, answer.cases) == ((), (), ())
    assert tell_owners() == 1
    ask(sealed, acting, sealed.actor("circle_b"), "9/2024")
    assert tell_owners() == 0


def test_a_wider_question_after_a_narrow_one_found_nobody_is_told_too(sealed, acting):
    searcher = sealed.actor("circle_b")
    ask(sealed, acting, searcher, "Zarmina Bibi")
    assert tell_owners() == 1


def test_once_the_case_is_unsealed_the_team_alone_goes_on_knowing(sealed, acting):
    searcher = sealed.actor("circle_b", user=sealed.user("curious"))
    ask(sealed, acting, searcher, NAME)
    assert tell_owners() == 1
    with acting(sealed.me, "test"), write(sealed.me, "case.unsealed") as door:
        case = visible_to(Case, sealed.me, at_least=Level.FULL).get(pk=sealed.secret.pk)
        door.change(case, sealed=False)
    colleague = sealed.actor("circle_a", Duty.SUPERVISOR)
    for who, told in ((sealed.me, 1), (searcher, 0), (colleague, 0)):
        with acting(who, "test"):
            assert visible_to(Case, who, at_least=Level.FULL).filter(pk=case.pk).exists()
            assert len(selectors.searches(who)) == told


def test_one_of_the_team_is_not_told_of_a_search_of_their_own(sealed, acting):
    ask(sealed, acting, sealed.actor("circle_b", user=sealed.owner), NAME)
    tell_owners()
    with acting(sealed.me, "test"):
        assert selectors.searches(sealed.me) == ()


def test_other_agencies_superiors_and_stewards_are_not_told(sealed, acting):
    ask(sealed, acting, sealed.actor("post"), NAME)
    assert tell_owners() == 1
    for unit, duty in (("hq", Duty.SUPERVISOR), ("hq", Duty.STEWARD), ("post", Duty.INVESTIGATOR)):
        other = sealed.actor(unit, duty)
        with acting(other, "test"):
            assert selectors.searches(other) == ()


def test_a_search_is_told_once_and_ones_own_never(sealed, acting):
    with acting(sealed.me, "test"):
        case = visible_to(Case, sealed.me, at_least=Level.FULL).get(pk=sealed.secret.pk)
        look_up(sealed.me, text=NAME, case=case)
    assert tell_owners() == 0
    ask(sealed, acting, sealed.actor("circle_b"), NAME)
    assert [tell_owners(), tell_owners()] == [1, 0]


def test_a_search_for_somebody_else_tells_nobody(sealed, acting):
    ask(sealed, acting, sealed.actor("circle_b"), "Qasim Turabi")
    assert tell_owners() == 0
