"""The agencies as a dated tree, and a sign-in for every duty."""

from datetime import date

from rabta.core.words.vocabulary import AgencyKind, Duty
from rabta.demo import Country, DemoRecord, UnitKind


def test_the_agencies_of_the_field_are_there(country: Country) -> None:
    kinds = [agency.kind for agency in country.agencies]
    assert kinds.count(AgencyKind.PROVINCIAL_POLICE) == 2
    assert kinds.count(AgencyKind.SHELTER) == 2
    assert {
        AgencyKind.FEDERAL_LE,
        AgencyKind.RAILWAYS_POLICE,
        AgencyKind.NGO,
        AgencyKind.IO,
        AgencyKind.EMBASSY,
    } <= set(kinds)
    for agency in country.agencies:
        assert "demo" in agency.name
        assert "نمونہ" in agency.name_ur


def test_units_are_a_tree_parents_first(country: Country) -> None:
    seen: set[str] = set()
    for agency in country.agencies:
        own: set[str] = set()
        for unit in agency.units:
            assert unit.code not in seen
            assert unit.parent in own if own else unit.parent == ""
            own.add(unit.code)
            seen.add(unit.code)
        assert agency.units[0].kind is UnitKind.HEADQUARTERS
    assert {unit.kind for agency in country.agencies for unit in agency.units} == set(UnitKind)


def test_one_circle_merged_into_another_in_2023(country: Country) -> None:
    units = {unit.code: unit for agency in country.agencies for unit in agency.units}
    merged = [unit for unit in units.values() if unit.successor]
    assert len(merged) == 1
    closed = merged[0].closed
    assert closed is not None
    assert closed.year == 2023
    assert units[merged[0].successor].closed is None
    assert merged[0].open_on(closed)
    assert not merged[0].open_on(date(2023, 12, 31))
    assert not merged[0].open_on(date(1999, 1, 1))


def test_the_merged_circle_has_cases_from_before(records: list[DemoRecord]) -> None:
    days = [
        record.person.case.registered.latest
        for record in records
        if record.unit == "FIA-GRT-AHTC" and record.person.case.registered
    ]
    assert days
    assert max(days) <= date(2023, 6, 30)


def test_every_agency_has_records(country: Country, records: list[DemoRecord]) -> None:
    assert {record.agency for record in records} == {agency.code for agency in country.agencies}


def test_every_duty_has_a_sign_in_named_after_it(country: Country) -> None:
    officers = {officer.login: officer for officer in country.people_of_the_desk}
    assert len(officers) == len(country.people_of_the_desk)
    for duty in Duty:
        assert officers[f"demo-{duty.value.replace('_', '-')}"].duty is duty


def test_postings_lie_in_units_that_are_open(country: Country) -> None:
    units = {unit.code: (agency.code, unit) for agency in country.agencies for unit in agency.units}
    for officer in country.people_of_the_desk:
        agency, unit = units[officer.unit]
        assert agency == officer.agency
        assert unit.open_on(officer.starts)
        assert unit.open_on(officer.ends or date(2026, 6, 30))
        assert "Demo-" in officer.display_name


def test_investigators_sit_in_several_agencies_and_one_posting_has_ended(country: Country) -> None:
    officers = country.people_of_the_desk
    kinds = {agency.code: agency.kind for agency in country.agencies}
    serving = {
        kinds[officer.agency]
        for officer in officers
        if officer.duty is Duty.INVESTIGATOR and officer.ends is None
    }
    assert serving == {
        AgencyKind.FEDERAL_LE,
        AgencyKind.RAILWAYS_POLICE,
        AgencyKind.PROVINCIAL_POLICE,
    }
    assert sum(officer.ends is not None for officer in officers) == 1
    assert sum(officer.duty is Duty.SUPERVISOR for officer in officers) > 1
