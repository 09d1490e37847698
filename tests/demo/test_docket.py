"""Numbers of cases: unique by unit and year however many there are, and rising with the months."""

from datetime import date

from rabta.core.words.vocabulary import CaseKind
from rabta.demo import lists
from rabta.demo.dice import Dice
from rabta.demo.docket import Docket


def docket(*, people: int) -> Docket:
    return Docket(Dice(3), first=date(2014, 1, 1), last=date(2026, 6, 30), people=people)


def test_numbers_stay_unique_when_a_desk_is_flooded() -> None:
    book, day = docket(people=20), date(2021, 5, 3)
    keys = set()
    for _ in range(300):
        case = book.open_case(
            "RLY",
            kind=CaseKind.SMUGGLING,
            theme="smuggling",
            span=(day, day),
            place=lists.places()["Sukkur"],
        )
        keys.add(book.close(case).key)
    assert len(keys) == 300


def test_numbers_rise_with_the_months() -> None:
    book = docket(people=2000)
    station = next(
        unit for agency in lists.agencies() for unit in agency.units if unit.code == "PUN-KSR-1"
    )
    numbers = []
    for month in range(1, 13):
        day = date(2021, month, 10)
        case = book.open_case(
            "PUN",
            kind=CaseKind.TRAFFICKING,
            theme="kiln",
            span=(day, day),
            place=lists.places()["Kasur"],
        )
        case.unit = station
        numbers.append(int(book.close(case).fir_number.split("/")[0]))
    assert numbers == sorted(numbers)


def test_a_help_desk_that_is_not_open_yet_is_its_station() -> None:
    book = docket(people=2000)
    early = book.unit("RLY", "punjab", day=date(2015, 1, 1), encounter=True)
    late = book.unit("RLY", "punjab", day=date(2020, 1, 1), encounter=True)
    assert early.kind == "station"
    assert late.kind == "desk"


def test_a_case_happened_before_it_was_registered() -> None:
    book = docket(people=2000)
    for _ in range(200):
        case = book.open_case(
            "FIA",
            kind=CaseKind.SMUGGLING,
            theme="smuggling",
            span=(date(2018, 1, 1), date(2018, 12, 31)),
            place=lists.places()["Karachi"],
        )
        given = book.close(case)
        assert given.occurred is not None
        assert given.registered is not None
        assert given.occurred.latest <= given.registered.earliest
