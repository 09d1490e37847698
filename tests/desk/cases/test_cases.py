"""Opening, changing, closing a case: what is written, what the ledger says, what is refused."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.desk.cases.conftest import House
from tests.world import LOADER

from rabta.core.errors import BadInput, BadValue, Conflict, NotAllowedNow, Refused
from rabta.core.words.dates import read_date
from rabta.core.words.vocabulary import CaseKind, Duty
from rabta.desk.cases import rules, selectors
from rabta.desk.cases.rules import Marking
from rabta.desk.cases.services import cases as services
from rabta.desk.cases.services.incoming import case_key
from rabta.desk.wall.session import acting


def test_numbers_count_per_agency_and_year(house: House, today) -> None:
    _, me = house.officer("circle_a")
    _, other = house.officer("post")
    numbers = [house.case(me).number, house.case(me).number, house.case(other, "post").number]
    assert numbers == [f"E-{today.year}-0001", f"E-{today.year}-0002", f"E-{today.year}-0001"]


def test_a_case_opened_sealed_leaves_no_gap_in_the_count(house: House, today) -> None:
    _, me = house.officer("circle_a")
    first, secret, second = house.case(me), house.case(me, sealed=True), house.case(me)
    assert [first.number, second.number] == [f"E-{today.year}-0001", f"E-{today.year}-0002"]
    assert secret.number not in {first.number, second.number}


def test_a_case_is_found_by_its_number_however_it_is_written(house: House, again) -> None:
    _, me = house.officer("circle_a")
    case = house.case(me)
    assert case.number_key == case_key(rules.folded_number(case.number.lower().replace("-", " ")))


def test_opening_is_entered_with_case_and_owner(house: House, last_entry) -> None:
    _, me = house.officer("circle_a")
    case = house.case(me)
    said = last_entry()
    assert said["event"] == "case.opened"
    assert said["subjects"]["case"]["created"]["ids"] == [case.pk]
    assert said["subjects"]["team"]["created"]["ids"]
    with house.as_(me):
        (member,) = selectors.case_page(me, case).team
    assert member.lead
    assert member.owner


def test_a_clerk_opens_for_somebody_else(house: House) -> None:
    _, clerk = house.officer("circle_a", Duty.CLERK)
    with house.as_(clerk):
        case = services.open_case(actor=clerk, entry=house.entry())
        assert selectors.case_page(clerk, case).team == ()
        with pytest.raises(NotAllowedNow):
            services.open_case(actor=clerk, entry=house.entry(), sealed=True)


@pytest.mark.parametrize("duty", [Duty.ANALYST, Duty.STEWARD, Duty.OBSERVER, Duty.PROGRAMME])
def test_duties_that_do_not_write_open_nothing(house: House, duty: Duty) -> None:
    _, reader = house.officer("circle_a", duty)
    with house.as_(reader), pytest.raises(Refused):
        services.open_case(actor=reader, entry=house.entry())


def test_a_case_is_opened_in_a_unit_of_ones_own(house: House) -> None:
    _, me = house.officer("circle_a")
    with house.as_(me):
        for unit in ("circle_b", "hq", "post"):
            with pytest.raises(BadInput):
                services.open_case(actor=me, entry=house.entry(unit))


def test_nobody_publishes_a_case_by_calling_it_a_list(house: House) -> None:
    _, me = house.officer("circle_a")
    _, owner = house.officer("listdesk")
    with house.as_(me):
        with pytest.raises(BadInput):
            services.open_case(actor=me, entry=house.entry(kind=CaseKind.LIST))
        case = services.open_case(actor=me, entry=house.entry())
        with pytest.raises(BadInput):
            services.change_case(
                actor=me, case=case, version=1, entry=house.entry(kind=CaseKind.LIST)
            )
    with house.as_(owner):
        entry = house.entry("listdesk", kind=CaseKind.LIST)
        assert services.open_case(actor=owner, entry=entry).kind == CaseKind.LIST


def test_the_machine_opens_cases_with_numbers_of_their_own(house: House) -> None:
    with acting(LOADER, "test"):
        case = services.open_case(actor=LOADER, entry=house.entry(), number="FIR 12/2019")
    assert case.number == "FIR 12/2019"
    assert case.agency_id == house.world.agencies["federal"].pk


def test_a_change_is_entered_and_told_field_by_field(house: House, last_entry) -> None:
    user, me = house.officer("circle_a")
    case = house.case(me)
    when = read_date("March 2026")
    with house.as_(me):
        entry = house.entry(station="Cantt", registered=when, marking=Marking("B", "2", "H1"))
        services.change_case(actor=me, case=case, version=case.version, entry=entry)
        lines = {str(line.field): line for line in selectors.case_history(me, case)}
    said = last_entry()
    assert said["event"] == "case.changed"
    assert "station" in said["subjects"]["case"]["changed"]["fields"]
    assert "Cantt" not in str(said)
    assert "Sadar" not in str(said)
    station = lines["Police station or post"]
    assert (station.before, station.after, station.by) == ("Sadar", "Cantt", user.name)
    assert lines["Registered on, latest"].after == "2026-03-31"
    assert lines["Handling code"].after.startswith("H1")


def test_a_date_keeps_its_calendar_and_that_it_is_rough(house: House) -> None:
    _, me = house.officer("circle_a")
    when = replace(read_date("26 Ramzan 1447 AH"), approximate=True)
    case = house.case(me)
    with house.as_(me):
        now = services.change_case(
            actor=me, case=case, version=case.version, entry=house.entry(occurred=when)
        )
        assert services.entry_of(now).occurred == when
        assert selectors.case_page(me, now).occurred == when
        lines = {str(line.field): line for line in selectors.case_history(me, now)}
    assert lines["Happened on, calendar"].after == "Hijri"
    assert lines["Happened on, about"].after == "yes"


def test_who_comes_second_is_shown_both_versions(house: House, again) -> None:
    _, me = house.officer("circle_a")
    _, other = house.officer("circle_a")
    case = house.case(me)
    seen = again(other, case)
    with house.as_(me):
        services.change_case(actor=me, case=case, version=1, entry=house.entry(place="Lahore"))
    with house.as_(other):
        for stale in (seen, again(other, case)):
            mine = house.entry(place="Multan")
            with pytest.raises(Conflict) as lost:
                services.change_case(actor=other, case=stale, version=1, entry=mine)
            assert lost.value.facts["theirs"].place == "Lahore"
            assert lost.value.facts["yours"].place == "Multan"
            assert lost.value.facts["version"] == 2
    assert again(me, case).place == "Lahore"


def test_other_units_read_and_do_not_write(house: House, again) -> None:
    _, me = house.officer("circle_a")
    _, neighbour = house.officer("circle_b")
    case = house.case(me)
    seen = again(neighbour, case)
    with house.as_(neighbour):
        with pytest.raises(Refused):
            services.change_case(actor=neighbour, case=seen, version=1, entry=house.entry())
        with pytest.raises(Refused):
            services.add_note(actor=neighbour, case=seen, text="x")
        with pytest.raises(Refused):
            services.close_case(actor=neighbour, case=seen, on=house.world.today)


def test_an_agency_that_is_let_see_does_not_write(house: House, again) -> None:
    _, me = house.officer("circle_a")
    case = house.case(me)
    house.world.allow("federal", "railways", 4)
    _, guest = house.officer("post")
    seen = again(guest, case)
    with house.as_(guest), pytest.raises(Refused):
        services.add_note(actor=guest, case=seen, text="x")


def test_closing_and_opening_again(house: House, last_entry, today) -> None:
    _, me = house.officer("circle_a")
    case = house.case(me)
    with house.as_(me):
        with pytest.raises(BadValue):
            services.close_case(actor=me, case=case, on=today + timedelta(days=1))
        services.close_case(actor=me, case=case, on=today)
        assert last_entry()["event"] == "case.closed"
        with pytest.raises(NotAllowedNow):
            services.close_case(actor=me, case=case, on=today)
        services.reopen_case(actor=me, case=case)
        assert last_entry()["event"] == "case.reopened"
        with pytest.raises(NotAllowedNow):
            services.reopen_case(actor=me, case=case)
        fields = [line.before or line.after for line in selectors.case_history(me, case)]
    assert fields == [today.isoformat(), today.isoformat()]


def test_a_note_is_sealed_graded_and_read_by_its_unit(house: House, last_entry) -> None:
    user, me = house.officer("circle_a")
    case = house.case(me)
    with house.as_(me):
        marking = Marking("A", "1", "H3", "Ask the Lahore desk first")
        row = services.add_note(actor=me, case=case, text=" He fled. ", marking=marking)
        assert b"He fled" not in bytes(row.sealed)
        (note,) = selectors.case_page(me, case).notes
        for text in ("", "   ", "x" * 20_001):
            with pytest.raises(BadValue):
                services.add_note(actor=me, case=case, text=text)
    assert (note.text, note.by, note.grade, note.handling) == ("He fled.", user.name, "A1", "H3")
    assert note.handling_text == "Ask the Lahore desk first"
    assert last_entry()["event"] == "note.added"


def test_h3_says_its_restriction() -> None:
    with pytest.raises(BadValue):
        Marking(handling="H3", handling_text="  ")
    with pytest.raises(ValueError):
        Marking(handling="H9")


def test_a_print_is_entered(house: House, last_entry) -> None:
    _, me = house.officer("circle_a")
    case = house.case(me)
    with house.as_(me):
        services.record_print(actor=me, case=case)
    assert last_entry()["event"] == "case.printed"
    assert last_entry()["subjects"]["case"]["printed"]["ids"] == [case.pk]


def test_entries_say_in_what_they_differ(house: House) -> None:
    entry = house.entry()
    assert entry.differs(replace(entry, place="Quetta")) == {"place"}
    assert not entry.differs(replace(entry))
