"""Sealed cases and who is named in them."""

import pytest
from django.urls import reverse
from tests.desk.cases.conftest import ACCUSED, House

from rabta.core.access.decisions import LOOK_UP, Purpose
from rabta.core.access.levels import Level
from rabta.core.errors import BadInput, NotAllowedNow, NotFound, Refused
from rabta.core.words.vocabulary import CaseKind, Duty, Role
from rabta.desk.cases import selectors
from rabta.desk.cases.models import Case, Key, Person
from rabta.desk.cases.services import team as services
from rabta.desk.cases.services.people import Origin
from rabta.desk.wall import history
from rabta.desk.wall.scope import visible_to

OUTSIDERS = [
    ("circle_a", Duty.SUPERVISOR),
    ("hq", Duty.SUPERVISOR),
    ("hq", Duty.STEWARD),
    ("hq", Duty.ANALYST),
    ("circle_a", Duty.INVESTIGATOR),
    ("circle_a", Duty.CLERK),
    ("post", Duty.LIAISON),
]


@pytest.mark.parametrize(("unit", "duty"), OUTSIDERS)
def test_a_sealed_case_is_not_there_for_others(house: House, browser, unit, duty) -> None:
    house.world.allow("federal", "railways", 4)
    _, me = house.officer("circle_a")
    case = house.case(me, sealed=True)
    person = house.person(me, case, ACCUSED, Role.ACCUSED)
    user, other = house.officer(unit, duty)
    with house.as_(other):
        assert selectors.case_list(other).count == 0
        assert selectors.case_list(other).lines == ()
        looking = Purpose(LOOK_UP)
        for model in (Case, Person, Key):
            assert not visible_to(model, other, looking, at_least=Level.HIT).exists()
        with pytest.raises(NotFound):
            selectors.case_by_id(other, case.public_id)
        with pytest.raises(NotFound):
            selectors.person_by_id(other, person.public_id)
        with pytest.raises(Refused):
            history.of(case.__class__(pk=case.pk))
    client = browser(user)
    for name in ("case", "case-edit", "case-history", "case-print", "case-seal", "case-team"):
        answer = client.get(reverse(name, args=[case.public_id]))
        missing = client.get(reverse(name, args=[person.public_id]))
        assert answer.status_code == missing.status_code in {403, 404}
        if name == "case" and duty is not Duty.STEWARD:
            assert answer.status_code == 404
        assert _words(answer) == _words(missing)


def _words(answer) -> str:
    text = answer.content.decode()
    return text[text.index("<h1") : text.index('<p class="soft">Give this')]


def test_sealing_makes_an_owner(house: House, last_entry, again) -> None:
    supervisor_user, supervisor = house.officer("circle_a", Duty.SUPERVISOR)
    case = house.world.case("circle_a", source_key="k1")
    case = again(supervisor, case)
    with house.as_(supervisor):
        services.seal_case(actor=supervisor, case=case)
        (member,) = selectors.case_page(supervisor, case).team
    assert last_entry()["event"] == "case.sealed"
    assert (member.name, member.owner) == (supervisor_user.name, True)


def test_only_an_owner_or_a_supervisor_of_the_unit_seals(house: House, again) -> None:
    _, me = house.officer("circle_a")
    case = house.case(me)
    for unit, duty in (
        ("circle_a", Duty.INVESTIGATOR),
        ("circle_a", Duty.CLERK),
        ("circle_b", Duty.SUPERVISOR),
        ("hq", Duty.ANALYST),
    ):
        _, other = house.officer(unit, duty)
        with house.as_(other):
            seen = visible_to(Case, other).filter(pk=case.pk).first()
            if seen is not None:
                with pytest.raises(Refused):
                    services.seal_case(actor=other, case=seen)
    with house.as_(me):
        assert services.seal_case(actor=me, case=case).sealed
        with pytest.raises(NotAllowedNow):
            services.seal_case(actor=me, case=case)


def test_a_published_list_cannot_be_sealed(house: House, again) -> None:
    _, owner = house.officer("listdesk", Duty.SUPERVISOR)
    case = again(owner, house.world.case("listdesk", kind=CaseKind.LIST))
    with house.as_(owner), pytest.raises(NotAllowedNow):
        services.seal_case(actor=owner, case=case)


def test_the_seal_comes_off_and_all_is_as_before(house: House, last_entry) -> None:
    _, me = house.officer("circle_a")
    _, other = house.officer("circle_b")
    case = house.case(me, sealed=True)
    with house.as_(me):
        services.unseal_case(actor=me, case=case)
        assert last_entry()["event"] == "case.unsealed"
        with pytest.raises(NotAllowedNow):
            services.unseal_case(actor=me, case=case)
    with house.as_(other):
        assert selectors.case_list(other).count == 1


def test_who_is_named_sees_a_sealed_case_and_who_is_taken_off_does_not(
    house: House, last_entry
) -> None:
    _, me = house.officer("circle_a")
    named_user, named = house.officer("circle_b")
    case = house.case(me, sealed=True)
    with house.as_(me):
        services.add_member(actor=me, case=case, user=named_user.pk)
        assert last_entry()["event"] == "team.named"
    with house.as_(named):
        seen = selectors.case_by_id(named, case.public_id)
        assert selectors.case_page(named, seen).sealed
        with pytest.raises(Refused):
            services.unseal_case(actor=named, case=seen)
    with house.as_(me):
        services.remove_member(actor=me, case=case, user=named_user.pk)
        assert last_entry()["event"] == "team.left"
        with pytest.raises(NotAllowedNow):
            services.remove_member(actor=me, case=case, user=named_user.pk)
    with house.as_(named), pytest.raises(NotFound):
        selectors.case_by_id(named, case.public_id)


def test_a_sealed_case_keeps_an_owner(house: House) -> None:
    user, me = house.officer("circle_a")
    second, _ = house.officer("circle_a")
    case = house.case(me, sealed=True)
    with house.as_(me):
        with pytest.raises(NotAllowedNow):
            services.remove_member(actor=me, case=case, user=user.pk)
        services.add_member(actor=me, case=case, user=second.pk, owner=True)
        services.remove_member(actor=me, case=case, user=user.pk)
    with house.as_(me), pytest.raises(NotFound):
        selectors.case_by_id(me, case.public_id)


@pytest.mark.parametrize(("unit", "duty"), [("post", Duty.INVESTIGATOR), ("hq", Duty.STEWARD)])
def test_only_colleagues_who_work_cases_are_named(house: House, unit, duty) -> None:
    _, me = house.officer("circle_a")
    stranger, _ = house.officer(unit, duty)
    case = house.case(me)
    with house.as_(me), pytest.raises(BadInput):
        services.add_member(actor=me, case=case, user=stranger.pk)


def test_a_file_loaded_again_does_not_reach_a_sealed_case(house: House, again) -> None:
    from tests.desk.cases.rows import load, row

    _, supervisor = house.officer("circle_a", Duty.SUPERVISOR)
    origin = Origin(agency=house.world.agencies["federal"].pk)
    unit = house.world.units["circle_a"].pk
    load([row("1")], unit=unit, origin=origin)
    with house.as_(supervisor):
        (case,) = visible_to(Case, supervisor)
        (person,) = visible_to(Person, supervisor)
        services.seal_case(actor=supervisor, case=case)
        stands = again(supervisor, person).version
    # The case and whoever is in it are strangers to it, and nothing behind the seal moves.
    (beside,) = load([row("1", station="Elsewhere")], unit=unit, origin=origin)
    assert (beside.outcome, beside.person != person.pk) == ("loaded", True)
    other = load([row("1", name="Somebody Else")], unit=unit, origin=origin)
    assert [(each.outcome, each.person) for each in other] == [("updated", beside.person)]
    assert again(supervisor, case).station == "Sadar"
    assert again(supervisor, person).version == stands


def test_a_file_does_not_meet_the_records_of_another_unit(house: House, again) -> None:
    from tests.desk.cases.rows import load, row

    origin = Origin(agency=house.world.agencies["federal"].pk)
    theirs = load([row("1")], unit=house.world.units["circle_a"].pk, origin=origin)
    mine = load([row("1")], unit=house.world.units["circle_b"].pk, origin=origin)
    assert [each.outcome for each in mine] == ["loaded"]
    assert mine[0].person != theirs[0].person
