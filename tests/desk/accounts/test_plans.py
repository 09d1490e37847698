from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rabta.core.errors import BadFile
from rabta.desk.accounts import plans
from rabta.desk.accounts.plans import Plan, PlannedPerson, PlannedUnit

TODAY = date(2025, 6, 1)
FILE = """
[agency]
code = "TST"
kind = "railways_police"
opened = 2019-09-01
names = { en = "Test Railways", ur = "نمونہ" }

[[unit]]
code = "TST-POST"
kind = "post"
parent = "TST-HQ"
names = "Platform post"

[[unit]]
code = "TST-HQ"
kind = "headquarters"
names = { en = "Headquarters" }

[[person]]
login = " A.Testwala "
name = "A.  Testwala"
unit = "TST-POST"
duty = "help_desk"
"""


def problems(plan: Plan, **given: object) -> list[tuple[str, int]]:
    given = {"codes": (), "logins": (), "languages": ("en", "ur")} | given
    return [(p.part, p.line) for p in plans.problems(plan, **given)]


def test_a_file_says_all_of_an_agency() -> None:
    plan = plans.plan_from_toml(FILE, today=TODAY)
    assert (plan.code, plan.country, plan.names["ur"]) == ("TST", "PK", "نمونہ")
    assert [unit.opened for unit in plan.units] == [date(2019, 9, 1)] * 2
    (person,) = plan.people
    assert (person.login, person.name, person.starts) == ("a.testwala", "A. Testwala", TODAY)
    assert problems(plan) == []
    assert [unit.code for unit in plans.parents_first(plan.units)] == ["TST-HQ", "TST-POST"]


@pytest.mark.parametrize(
    "text",
    ["[agency", "", "agency = 3", "unit = 3\n[agency]", "[agency]\nopened = 'soon'", "x = '\\q'"],
)
def test_a_file_that_cannot_be_read_is_refused_as_a_whole(text: str) -> None:
    with pytest.raises(BadFile):
        plans.plan_from_toml(text, today=TODAY)


def test_tables_are_pasted_from_a_sheet_or_typed() -> None:
    units = plans.units_from_table(
        "Code\tKind\tUnder\n"
        "T-HQ\theadquarters\t\tHeadquarters\tصدر دفتر\t051-000\n"
        "\n"
        'T-1, Circle, T-HQ, "Circle, north"\n',
        opened=TODAY,
    )
    assert [(u.line, u.code, u.kind, u.parent) for u in units] == [
        (2, "T-HQ", "headquarters", ""),
        (4, "T-1", "circle", "T-HQ"),
    ]
    assert units[0].names == {"en": "Headquarters", "ur": "صدر دفتر"}
    assert units[1].names == {"en": "Circle, north"}
    (person,) = plans.people_from_table("x.y;X. Ypsilonwala;T-1;Help desk", starts=TODAY)
    assert (person.duty, person.language) == ("help_desk", "en")


UNIT = PlannedUnit(1, "T-HQ", "headquarters", "", {"en": "HQ"}, TODAY)
PERSON = PlannedPerson(1, "a", "A. Testwala", "T-HQ", "clerk", TODAY)
GOOD = {"code": "T", "kind": "ngo", "names": {"en": "T"}, "opened": TODAY}


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, []),
        ({"code": ""}, [("agency", 0)]),
        ({"code": "a b"}, [("agency", 0)]),
        ({"kind": "army"}, [("agency", 0)]),
        ({"names": {"ur": "نمونہ"}}, [("agency", 0)]),
        ({"country": "PAK"}, [("agency", 0)]),
        ({"units": (UNIT, UNIT)}, [("units", 1)]),
        ({"units": (PlannedUnit(7, "T-1", "castle", "", {"en": "x"}, TODAY),)}, [("units", 7)]),
        ({"units": (PlannedUnit(7, "T-1", "post", "T-9", {"en": "x"}, TODAY),)}, [("units", 7)]),
        ({"units": (PlannedUnit(7, "T-1", "post", "T-1", {"en": "x"}, TODAY),)}, [("units", 7)]),
        ({"units": (PlannedUnit(7, "T-1", "post", "", {}, TODAY),)}, [("units", 7)]),
        (
            {"units": (PlannedUnit(7, "T-1", "post", "", {"en": "x"}, date(2020, 1, 1)),)},
            [("units", 7)],
        ),
        ({"units": (UNIT,), "people": (PERSON, PERSON)}, [("people", 1)]),
        ({"people": (PERSON,)}, [("people", 1)]),
        (
            {
                "units": (UNIT,),
                "people": (PlannedPerson(3, "a b", "", "T-HQ", "boss", date(2020, 1, 1), "xx"),),
            },
            [("people", 3)] * 5,
        ),
    ],
)
def test_every_problem_is_named_with_its_line(change: dict, found: list) -> None:
    assert problems(Plan(**(GOOD | change))) == found


def test_codes_and_logins_that_are_taken_are_problems() -> None:
    plan = Plan(**GOOD, units=(UNIT,), people=(PERSON,))
    assert problems(plan, codes={"T"}, logins={"a"}) == [("agency", 0), ("people", 1)]


codes = st.sampled_from("abcdef")


@given(st.dictionaries(codes, st.sampled_from(["", *"abcdef"]), max_size=6))
def test_parents_come_first_and_only_rings_and_strays_are_left_out(under: dict) -> None:
    units = [PlannedUnit(1, code, "post", up, {"en": code}, TODAY) for code, up in under.items()]
    placed: set[str] = set()
    for unit in plans.parents_first(units):
        assert not unit.parent or unit.parent in placed
        placed.add(unit.code)
    for code in set(under) - placed:
        assert under[code] not in placed | {""}


def test_a_cell_without_end_is_refused_with_its_line() -> None:
    units = plans.units_from_table("T-1,desk,,Desk\n" + "x" * 200_000, opened=TODAY)
    assert {line for _, line in problems(Plan(**GOOD, units=units))} == {2}


@given(st.text())
def test_any_table_gives_lines_and_what_is_wrong_with_which(text: str) -> None:
    units = plans.units_from_table(text, opened=TODAY)
    people = plans.people_from_table(text, starts=TODAY)
    lines = {
        "agency": {0},
        "units": {unit.line for unit in units},
        "people": {person.line for person in people},
    }
    assert (len(lines["units"]), len(lines["people"])) == (len(units), len(people))
    for part, line in problems(Plan(**GOOD, units=units, people=people)):
        assert line in lines[part]
