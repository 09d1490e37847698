"""People in cases, as an officer enters and changes them."""

from dataclasses import replace

import pytest
from tests.desk.cases.conftest import ACCUSED, VICTIM, House
from tests.world import LOADER

from rabta.core.access.levels import Level
from rabta.core.errors import BadInput, Conflict, NotAllowedNow, Refused
from rabta.core.words.dates import read_date
from rabta.core.words.incoming import IncomingParticular
from rabta.core.words.vocabulary import Duty, Particular, Role
from rabta.desk.cases import rules, selectors
from rabta.desk.cases.models import Key, ParticularRow, Person
from rabta.desk.cases.rules import Marking
from rabta.desk.cases.services import entering as services
from rabta.desk.cases.services import people
from rabta.desk.wall.scope import visible_to
from rabta.desk.wall.session import acting


def name(text: str) -> IncomingParticular:
    return IncomingParticular(Particular.NAME, text)


def keys_of(person: Person) -> set[int]:
    with acting(LOADER, "test"):
        return set(
            visible_to(Key, LOADER).filter(person_id=person.pk).values_list("value", flat=True)
        )


def test_entering_is_one_entry_without_a_name(house: House, last_entry) -> None:
    _, me = house.officer("circle_a")
    case = house.case(me)
    person = house.person(me, case, ACCUSED, Role.ACCUSED, Role.SUSPECT, cnic="35202-1234567-1")
    said = last_entry()
    assert said["event"] == "person.entered"
    assert said["subjects"]["person"]["created"]["ids"] == [person.pk]
    assert len(said["subjects"]["role"]["created"]["ids"]) == 2
    assert len(said["subjects"]["particular"]["created"]["ids"]) == 2
    assert ACCUSED not in str(said)
    assert "35202" not in str(said)


def test_a_person_has_a_role(house: House) -> None:
    _, me = house.officer("circle_a")
    case = house.case(me)
    with house.as_(me), pytest.raises(BadInput):
        services.add_person(actor=me, case=case, entry=people.PersonEntry((name(ACCUSED),)))


@pytest.mark.parametrize(
    ("roles", "protected"),
    [
        ((Role.ACCUSED,), False),
        ((Role.VICTIM,), True),
        ((Role.ACCUSED, Role.SMUGGLED_PERSON), True),
    ],
)
def test_protection_follows_the_roles(house: House, roles, protected) -> None:
    _, me = house.officer("circle_a")
    person = house.person(me, house.case(me), ACCUSED, *roles)
    assert person.protected is protected


def test_a_child_is_protected_whatever_the_role(house: House, today) -> None:
    _, me = house.officer("circle_a")
    entry = people.PersonEntry(
        (
            name(ACCUSED),
            IncomingParticular(Particular.BIRTH, "b", date=read_date(str(today.year - 15))),
        ),
        roles=(Role.ACCUSED,),
    )
    case = house.case(me)
    with house.as_(me):
        assert services.add_person(actor=me, case=case, entry=entry).protected


def test_grade_and_handling_stand_on_every_item(house: House) -> None:
    _, me = house.officer("circle_a")
    case = house.case(me)
    marking = Marking("B", "2", "H2")
    entry = people.PersonEntry((name(ACCUSED),), roles=(Role.ACCUSED,))
    with house.as_(me):
        person = services.add_person(actor=me, case=case, entry=entry, marking=marking)
        page = selectors.person_page(me, person)
        shown = selectors.case_page(me, case)
    assert (page.grade, page.handling) == ("B2", "H2")
    assert [(each.grade, each.handling) for each in page.details] == [("B2", "H2")]
    assert [role.handling for role in page.roles] == ["H2"]
    assert shown.handling == "H0"
    assert shown.strictest == "H2"


def test_a_change_withdraws_what_no_longer_holds_and_keeps_it_in_the_history(house: House) -> None:
    user, me = house.officer("circle_a")
    person = house.person(me, house.case(me), ACCUSED, Role.ACCUSED, phone="0300 1234567")
    before = keys_of(person)
    with house.as_(me):
        entry = services.stored_entry(actor=me, person=person)
        entry = replace(entry, particulars=(name(ACCUSED), name("Tubar Kandeelwala")))
        assert services.change_person(actor=me, person=person, version=1, entry=entry)
        again = selectors.person_by_id(me, person.public_id)
        details = [line.text for line in selectors.person_page(me, again).details]
        lines = selectors.person_history(me, again)
        assert visible_to(ParticularRow, me).filter(person_id=person.pk).count() == 3
    assert details == [ACCUSED, "Tubar Kandeelwala"]
    gone = [line for line in lines if line.event == "Withdrawn"]
    assert [(line.before, line.after, line.by) for line in gone] == [
        ("0300 1234567", "", user.name)
    ]
    assert keys_of(person) != before


def test_who_comes_second_is_shown_both_versions(house: House, again) -> None:
    _, me = house.officer("circle_a")
    person = house.person(me, house.case(me), ACCUSED, Role.ACCUSED)
    stale = again(me, person)
    with house.as_(me):
        entry = services.stored_entry(actor=me, person=person)
        theirs = replace(entry, particulars=(name(ACCUSED), name("Theirs")))
        yours = replace(entry, particulars=(name(ACCUSED), name("Yours")))
        services.change_person(actor=me, person=person, version=1, entry=theirs)
        for seen in (stale, selectors.person_by_id(me, person.public_id)):
            with pytest.raises(Conflict) as lost:
                services.change_person(actor=me, person=seen, version=1, entry=yours)
            assert [p.text for p in lost.value.facts["theirs"].particulars] == [ACCUSED, "Theirs"]
            assert lost.value.facts["yours"] == yours
        now = selectors.person_by_id(me, person.public_id)
        assert services.stored_entry(actor=me, person=now).particulars == theirs.particulars


def test_nothing_changed_is_no_entry(house: House, last_entry) -> None:
    _, me = house.officer("circle_a")
    person = house.person(me, house.case(me), ACCUSED, Role.ACCUSED)
    before = last_entry()
    with house.as_(me):
        entry = services.stored_entry(actor=me, person=person)
        assert not services.change_person(actor=me, person=person, version=1, entry=entry)
    assert last_entry() == before


def test_marking_alone_is_a_change(house: House) -> None:
    _, me = house.officer("circle_a")
    person = house.person(me, house.case(me), ACCUSED, Role.ACCUSED)
    with house.as_(me):
        entry = services.stored_entry(actor=me, person=person)
        marking = Marking("C", "3", "H1")
        assert services.change_person(
            actor=me, person=person, version=1, entry=entry, marking=marking
        )
        now = selectors.person_by_id(me, person.public_id)
        assert (now.source_grade, now.handling) == ("C", "H1")


def test_a_role_added_protects_and_one_removed_does_not_leave_nobody(
    house: House, last_entry
) -> None:
    _, me = house.officer("circle_a")
    case = house.case(me)
    person = house.person(me, case, ACCUSED, Role.ACCUSED)
    with house.as_(me):
        services.add_role(actor=me, case=case, person=person, role=Role.VICTIM)
        assert last_entry()["event"] == "role.added"
        now = selectors.person_by_id(me, person.public_id)
        assert now.protected
        with pytest.raises(NotAllowedNow):
            services.add_role(actor=me, case=case, person=now, role=Role.VICTIM)
        services.remove_role(actor=me, case=case, person=now, role=Role.VICTIM)
        assert last_entry()["event"] == "role.removed"
        now = selectors.person_by_id(me, person.public_id)
        assert not now.protected
        for role in (Role.VICTIM, Role.ACCUSED):
            with pytest.raises(NotAllowedNow):
                services.remove_role(actor=me, case=case, person=now, role=role)


def test_a_role_that_the_officer_does_not_see_protects_too(house: House) -> None:
    _, clerk = house.officer("circle_a", Duty.CLERK)
    elsewhere = house.world.case("circle_b")
    mine = house.world.case("circle_a")
    person = house.world.person("circle_a", ACCUSED, case=elsewhere, role=Role.VICTIM)
    with house.as_(clerk):
        case = selectors.case_by_id(clerk, mine.public_id)
        seen = selectors.person_by_id(clerk, person.public_id)
        services.add_role(actor=clerk, case=case, person=seen, role=Role.ACCUSED)
        assert selectors.person_by_id(clerk, person.public_id).protected


def test_people_of_other_units_are_not_changed(house: House) -> None:
    _, me = house.officer("circle_a")
    _, neighbour = house.officer("circle_b")
    person = house.person(me, house.case(me), ACCUSED, Role.ACCUSED)
    victim = house.person(me, house.case(me), VICTIM, Role.VICTIM)
    with house.as_(neighbour):
        for each, level in ((person, Level.FULL), (victim, Level.PSEUDONYM)):
            seen = selectors.person_by_id(neighbour, each.public_id)
            assert seen._wall_decision.level is level
            with pytest.raises(Refused):
                services.change_person(
                    actor=neighbour, person=seen, version=1, entry=people.PersonEntry((name("x"),))
                )


def test_numbers_that_find_nobody_are_told(house: House) -> None:
    good = IncomingParticular(Particular.CNIC, "35202-1234567-1")
    bad = IncomingParticular(Particular.CNIC, "35202")
    assert rules.badly_formed((good, name(ACCUSED))) == ()
    assert rules.badly_formed((bad, bad)) == (Particular.CNIC,)
