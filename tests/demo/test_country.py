"""The country as a whole: the same every time, of the size asked for, with its truth."""

import hashlib
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import groupby

import pytest

from rabta.core.errors import BadValue
from rabta.core.words.vocabulary import PROTECTED_ROLES, CaseKind, Particular, Role
from rabta.demo import Country, DemoPerson, DemoRecord, build_country

OFFENDING = {Role.SUSPECT, Role.ACCUSED, Role.CONVICTED}
VICTIMS = {Role.VICTIM, Role.POSSIBLE_VICTIM}
NAMES = {Particular.NAME, Particular.FATHER_NAME, Particular.ALIAS}


def texts(records: list[DemoRecord], *kinds: Particular) -> Iterator[str]:
    for record in records:
        for given in record.person.particulars:
            if given.kind in kinds:
                yield given.text


def in_urdu(text: str) -> bool:
    return any("\u0600" <= letter <= "\u06ff" for letter in text)


def test_two_builds_are_equal(country: Country, records: list[DemoRecord]) -> None:
    assert list(build_country(people=2000).records()) == records
    assert list(country.records()) == records


def test_another_seed_is_another_country(records: list[DemoRecord]) -> None:
    assert list(build_country(seed=7, people=2000).records()) != records


def test_the_order_of_hashes_changes_nothing() -> None:
    script = (
        "import hashlib; from rabta.demo import build_country;"
        "print(hashlib.sha256(repr(list(build_country(people=120).records())).encode())"
        ".hexdigest())"
    )
    ours = hashlib.sha256(repr(list(build_country(people=120).records())).encode()).hexdigest()
    for salt in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": salt, "PYTHONPATH": os.pathsep.join(sys.path)}
        done = subprocess.run(
            [sys.executable, "-c", script],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.strip() == ours


@pytest.mark.parametrize("size", [20, 21, 47, 333])
def test_every_true_person_has_a_record_and_there_are_as_many_as_asked(size: int) -> None:
    made = build_country(people=size, seed=size)
    assert {record.truth for record in made.records()} == set(range(size))
    assert [person.number for person in made.persons()] == list(range(size))


def test_a_large_country_is_a_stream() -> None:
    stream = build_country(people=1_000_000).records()
    assert iter(stream) is stream
    assert next(stream).truth == 0


@pytest.mark.parametrize("size", [20, 200, 2000])
def test_exactly_one_case_is_sealed_and_its_team_can_sign_in(size: int) -> None:
    made = build_country(people=size)
    found = list(made.records())
    hidden = [record for record in found if record.sealed]
    assert len({record.person.case.key for record in hidden}) == 1
    logins = {officer.login: officer for officer in made.people_of_the_desk}
    for record in hidden:
        assert len(record.team) == 2
        assert {logins[login].agency for login in record.team} == {record.agency}
    assert not any(record.team for record in found if not record.sealed)


def test_the_sealed_case_has_a_subject_nobody_else_knows_and_some_that_others_do(
    records: list[DemoRecord],
) -> None:
    inside = {r.truth for r in records if r.sealed and r.person.role is Role.SUSPECT}
    outside = {r.truth for r in records if not r.sealed}
    assert inside & outside
    assert inside - outside


def test_keys_are_unique_and_truth_streams_them(
    country: Country, records: list[DemoRecord]
) -> None:
    truth = dict(country.truth())
    assert len(truth) == len(records)
    assert all(truth[record.key] == record.truth for record in records)


def test_records_of_a_case_follow_each_other_and_agree_on_it(records: list[DemoRecord]) -> None:
    seen = set()
    for key, group in groupby(records, key=lambda record: record.person.case.key):
        assert key not in seen
        seen.add(key)
        rows = list(group)
        assert len({(row.agency, row.unit, row.person.case, row.sealed) for row in rows}) == 1
        assert len({row.truth for row in rows}) == len(rows)


def test_a_quarter_of_offenders_and_some_victims_are_in_two_to_four_agencies(
    records: list[DemoRecord],
) -> None:
    agencies: dict[int, set[str]] = defaultdict(set)
    roles: dict[int, set[Role]] = defaultdict(set)
    for record in records:
        agencies[record.truth].add(record.agency)
        roles[record.truth].add(record.person.role)
    for wanted in (OFFENDING, VICTIMS):
        found = [len(agencies[truth]) for truth, held in roles.items() if held & wanted]
        assert 0.18 < sum(count > 1 for count in found) / len(found) < 0.32
        assert max(found) == 4
    assert any(held & OFFENDING and held & VICTIMS for held in roles.values())


def test_the_same_agency_sometimes_types_a_person_twice(records: list[DemoRecord]) -> None:
    cases: dict[tuple[str, int], set[str]] = defaultdict(set)
    for record in records:
        cases[record.agency, record.truth].add(record.person.case.key)
    assert any(len(keys) > 1 for keys in cases.values())


def test_every_record_is_one_a_door_can_take(country: Country, records: list[DemoRecord]) -> None:
    units = {unit.code: (agency.code, unit) for agency in country.agencies for unit in agency.units}
    for record in records:
        person, case = record.person, record.person.case
        agency, unit = units[record.unit]
        assert agency == record.agency
        assert case.registered is not None
        assert case.occurred is not None
        assert unit.open_on(case.registered.earliest)
        assert country.first <= case.registered.earliest <= country.last
        assert case.occurred.earliest <= case.registered.latest
        assert case.kind is not CaseKind.LIST
        assert case.key
        assert case.number
        assert case.place
        assert case.note
        assert "{" not in case.note
        assert person.at
        names = [given for given in person.particulars if given.kind is Particular.NAME]
        assert names
        for given in person.particulars:
            assert given.text == given.text.strip() != ""
            assert (given.date is not None) == (given.kind is Particular.BIRTH)
            if given.date is not None:
                assert given.date.text == given.text
                assert given.date.earliest.year >= 1900
                assert given.date.earliest <= case.registered.latest
        if person.role not in PROTECTED_ROLES:
            assert not person.link_consent


def test_both_scripts_and_both_at_once(records: list[DemoRecord]) -> None:
    names = list(texts(records, Particular.NAME))
    urdu = sum(map(in_urdu, names)) / len(names)
    assert 0.2 < urdu < 0.8
    both = [
        {in_urdu(given.text) for given in r.person.particulars if given.kind is Particular.NAME}
        for r in records
    ]
    assert {True, False} in both
    assert any(text.isupper() for text in names)


def test_the_years_and_the_law_of_the_day(records: list[DemoRecord]) -> None:
    cases = {record.person.case for record in records}
    days = [case.registered.earliest for case in cases if case.registered]
    assert {day.year for day in days} == set(range(2014, 2027))
    for case in cases:
        assert case.occurred is not None
        if case.occurred.earliest >= date(2018, 6, 1):
            assert "PACHTO" not in case.note
        if case.occurred.latest < date(2018, 6, 1):
            assert "Act 2018" not in case.note
    assert {case.kind for case in cases} >= {
        CaseKind.BOTH,
        CaseKind.SMUGGLING,
        CaseKind.TRAFFICKING,
        CaseKind.OTHER,
    }
    assert any(case.fir_number for case in cases)
    assert any(case.enquiry_number for case in cases)


def test_years_can_be_chosen() -> None:
    made = build_country(people=150, first_year=2019, last_year=2019)
    for record in made.records():
        assert record.person.case.registered is not None
        assert record.person.case.registered.earliest.year == 2019


def test_victims_include_children_and_consent_is_given_and_withheld(
    records: list[DemoRecord], people: dict[int, DemoPerson]
) -> None:
    victims = [record for record in records if record.person.role in VICTIMS]
    children = 0
    for record in victims:
        assert record.person.case.registered is not None
        age = (record.person.case.registered.earliest - people[record.truth].birth).days / 365.25
        children += age < 18
    assert 0.15 < children / len(victims) < 0.85
    assert 0.2 < sum(record.consent for record in victims) / len(victims) < 0.6


def test_roles_and_nationalities_of_the_field_occur(records: list[DemoRecord]) -> None:
    assert {record.person.role for record in records} == set(Role) - {Role.LISTED}
    assert {code for record in records for code in record.person.nationalities} == {
        "PK",
        "AF",
        "IR",
        "BD",
        "NP",
    }
    assert {given.kind for record in records for given in record.person.particulars} == set(
        Particular
    )


def test_known_names_holds_every_name_as_written(
    country: Country, records: list[DemoRecord], people: dict[int, DemoPerson]
) -> None:
    known = set(country.known_names())
    assert set(texts(records, *NAMES)) <= known
    assert {person.full_name for person in people.values()} <= known
    assert {person.full_name_urdu for person in people.values()} <= known


def test_notes_hold_no_name(records: list[DemoRecord], people: dict[int, DemoPerson]) -> None:
    for record in records:
        person, note = people[record.truth], record.person.case.note
        written = {
            given.text for given in record.person.particulars if given.kind is Particular.NAME
        }
        for name in written | {person.full_name, person.full_name_urdu}:
            assert name not in note


@pytest.mark.parametrize(
    "wrong",
    [
        {"people": 19},
        {"people": 5_000_001},
        {"first_year": 2020, "last_year": 2019},
        {"first_year": 2003},
    ],
)
def test_an_impossible_country_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(BadValue):
        build_country(**wrong)
