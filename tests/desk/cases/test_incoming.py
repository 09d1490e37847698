"""Rows of a file taken in: new, changed, as they were; and taken back."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.desk.cases.conftest import House
from tests.desk.cases.rows import load, row, undo
from tests.world import LOADER

from rabta.core.words.dates import PartialDate, read_date
from rabta.core.words.incoming import IncomingParticular
from rabta.core.words.vocabulary import Calendar, Particular, Role, Sex
from rabta.desk.cases import selectors
from rabta.desk.cases.models import Case, Key, Note, ParticularRow, Person, RoleInCase
from rabta.desk.cases.services import cases, entering
from rabta.desk.cases.services.people import Origin
from rabta.desk.wall.models import WriteEntry
from rabta.desk.wall.scope import visible_to
from rabta.desk.wall.session import acting

PHONE = IncomingParticular(Particular.PHONE, "0300 1234567")
ALIAS = IncomingParticular(Particular.ALIAS, "Dilbaaz", quality="low", detail={"note": "n"})


@pytest.fixture
def file(house: House):
    """Loads rows into circle_a, the loads numbered as told."""
    origin = Origin(agency=house.world.agencies["federal"].pk)
    unit = house.world.units["circle_a"].pk

    def go(*rows, number=None):
        return load(list(rows), unit=unit, origin=origin, number=number)

    return go


def everything() -> dict[str, object]:
    """All that is stored of cases and people, versions and times apart."""
    found = {}
    with acting(LOADER, "test"):
        for model in (Case, Person, RoleInCase, Key):
            names = [
                f.attname
                for f in model._meta.concrete_fields
                if f.name
                not in {"id", "public_id", "version", "created_at", "updated_at", "created_by_id"}
            ]
            rows = list(visible_to(model, LOADER))
            found[model.__name__] = sorted(
                str([getattr(each, name) for name in names]) for each in rows
            )
        found["particulars"] = sorted(
            (each.person_id, each.kind, str(each.opened()))
            for each in visible_to(ParticularRow, LOADER).filter(withdrawn=False)
        )
    return found


def test_the_same_rows_twice_change_nothing(file) -> None:
    rows = [row("1", more=[PHONE, ALIAS]), row("2", role=Role.VICTIM), row("3", case="FIR-13-2019")]
    assert [t.outcome for t in file(*rows)] == ["loaded"] * 3
    before, entries = everything(), WriteEntry.objects.count()
    assert [t.outcome for t in file(*rows)] == ["unchanged"] * 3
    assert everything() == before
    assert WriteEntry.objects.count() == entries


def test_a_changed_row_updates_and_keeps_its_history(house: House, file) -> None:
    (first,) = file(row("1", more=[PHONE]), number=1)
    changed = row("1", "Dilbaz Karwanwaala", sex=Sex.UNKNOWN, more=[ALIAS], station="Cantt")
    (second,) = file(changed, number=2)
    assert (second.outcome, second.person) == ("updated", first.person)
    _, me = house.officer("circle_a")
    with house.as_(me):
        (person,) = visible_to(Person, me)
        (case,) = visible_to(Case, me)
        lines = selectors.person_history(me, person)
        stations = [(x.before, x.after) for x in selectors.case_history(me, case)]
    assert ("Sadar", "Cantt") in stations
    assert {x.before for x in lines if x.event == "Withdrawn"} == {
        "Dilbaz Karwanwala",
        "0300 1234567",
    }


def test_a_row_that_says_less_of_its_case_takes_nothing_away(file) -> None:
    file(row("1"))
    file(row("1", station=""))
    with acting(LOADER, "test"):
        assert [case.station for case in visible_to(Case, LOADER)] == ["Sadar"]


def test_a_loaded_date_keeps_its_calendar_and_that_it_is_rough(house: House, file) -> None:
    _, me = house.officer("circle_a")
    rough = replace(read_date("26 Ramzan 1447 AH"), approximate=True)
    silent = replace(row("1"), case=replace(row("1").case, registered=None))

    def registered() -> PartialDate | None:
        with house.as_(me):
            case = visible_to(Case, me).get()
            return selectors.case_page(me, case).registered

    file(replace(silent, case=replace(silent.case, registered=rough)))
    assert registered() == rough
    assert rough.calendar is Calendar.HIJRI
    file(replace(silent, key="2"))
    assert registered() == rough
    file(row("3"))
    assert registered() == read_date("17.3.2019")


def test_the_note_of_a_row_is_a_note_of_its_case_once(file) -> None:
    def notes() -> list[str]:
        with acting(LOADER, "test"):
            return [each.opened() for each in visible_to(Note, LOADER).order_by("id")]

    file(replace(row("1"), note="Drove the van."), number=1)
    file(replace(row("1"), note="Drove the van."), number=2)
    assert notes() == ["row 1: Drove the van."]
    taken = file(replace(row("2"), note="Kept the money."), number=3)
    assert notes() == ["row 1: Drove the van.", "row 2: Kept the money."]
    undo(3, [one.person for one in taken])
    assert notes() == ["row 1: Drove the van."]


def test_a_load_taken_back_leaves_nothing_of_itself(file) -> None:
    empty = everything()
    taken = file(row("1", more=[PHONE]), row("2", role=Role.VICTIM), number=1)
    undone, cases_gone = undo(1, [t.person for t in taken])
    assert (undone.removed, undone.restored, undone.kept, cases_gone) == (2, 0, 0, 1)
    assert everything() == empty


def test_a_load_taken_back_restores_what_it_changed(file) -> None:
    file(row("1", more=[PHONE]), row("2"), number=1)
    before = everything()
    changed = [
        row("1", "Dilbaz Karwanwaala", sex=Sex.UNKNOWN, more=[ALIAS], station="Cantt"),
        row("2", role=Role.VICTIM, station="Cantt"),
        row("3", case="FIR-99-2019"),
    ]
    taken = file(*changed, number=2)
    assert everything() != before
    undone, cases_gone = undo(2, [t.person for t in taken])
    assert (undone.removed, undone.restored, undone.kept, cases_gone) == (1, 2, 0, 1)
    assert everything() == before


def test_taking_back_asks_no_more_of_many_than_of_few(file) -> None:
    def asked(number: int, rows) -> int:
        file(*(replace(each, sex=Sex.UNKNOWN) for each in rows))
        taken = file(*rows, number=number)
        with CaptureQueriesContext(connection) as seen:
            undo(number, [t.person for t in taken])
        return sum(each["sql"].startswith("SELECT") for each in seen.captured_queries)

    few = asked(1, [row(f"a{n}", case=f"FIR-{n}-2019") for n in range(2)])
    many = asked(2, [row(f"b{n}", case=f"FIR-{n}-2020") for n in range(8)])
    # What is worked out anew for each person: keys and protection.
    assert many - few <= 6 * 3


def test_what_somebody_worked_on_since_is_kept(house: House, file) -> None:
    taken = file(row("1"), row("2"), row("3"), number=1)
    _, me = house.officer("circle_a")
    with house.as_(me):
        (case,) = visible_to(Case, me)
        one, two, _three = visible_to(Person, me).order_by("id")
        entry = entering.stored_entry(actor=me, person=one)
        entering.change_person(
            actor=me,
            person=one,
            version=1,
            entry=replace(entry, particulars=(*entry.particulars, PHONE)),
        )
        entering.add_role(actor=me, case=case, person=two, role=Role.WITNESS)
    undone, cases_gone = undo(1, [t.person for t in taken])
    assert (undone.removed, undone.restored, undone.kept, cases_gone) == (1, 0, 2, 0)
    with house.as_(me):
        (case,) = visible_to(Case, me)
        held = [sorted(line.roles) for line in selectors.case_page(me, case).people]
    assert held == [["accused"], ["accused", "witness"]]


def test_a_case_that_somebody_changed_since_is_kept(house: House, file) -> None:
    taken = file(row("1"), number=1)
    _, me = house.officer("circle_a")
    with house.as_(me):
        (case,) = visible_to(Case, me)
        entry = replace(cases.entry_of(case), place="Lahore")
        cases.change_case(actor=me, case=case, version=1, entry=entry)
    _, cases_gone = undo(1, [t.person for t in taken])
    assert cases_gone == 0
    with house.as_(me):
        assert [each.place for each in visible_to(Case, me)] == ["Lahore"]


def test_a_file_that_leaves_the_birth_out_makes_no_child_an_adult(file, today):
    birth = PartialDate(date(today.year - 13, 1, 1), date(today.year - 13, 12, 31), "13")
    born = IncomingParticular(Particular.BIRTH, "13", date=birth)
    file(row("1", more=[born]))
    file(row("1"))
    with acting(LOADER, "test"):
        (child,) = visible_to(Person, LOADER)
    assert child.protected
    assert child.birth_year_latest == today.year - 13
