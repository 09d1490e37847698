"""A case is found by every number somebody may know it by."""

from dataclasses import replace

import pytest
from tests.desk.cases.conftest import House
from tests.desk.cases.rows import load, row, undo
from tests.world import World

from rabta.core.errors import BadValue, NotFound
from rabta.desk.cases.models import Case
from rabta.desk.cases.services import cases
from rabta.desk.cases.services.people import Origin
from rabta.desk.matching.look_up import case_for, look_up
from rabta.desk.wall.scope import visible_to


@pytest.fixture
def house(world: World) -> House:
    return House(world)


@pytest.fixture
def file(house: House):
    """Loads a row of a case with these numbers into circle_a."""
    origin = Origin(agency=house.world.agencies["federal"].pk)
    unit = house.world.units["circle_a"].pk

    def go(number: int, **fields: str):
        each = row("1", case="C-77")
        case = replace(each.case, **fields)
        return load([replace(each, case=case)], unit=unit, origin=origin, number=number)

    return go


FIR, ENQUIRY = "FIR 12/2019", "5/2020"


def finds(me, said: str, *, by: Case) -> list[str]:
    """The numbers of the cases a text leads to, as what a look-up serves and as what it finds."""
    found = [hit.number for hit in look_up(me, text=said, case=by).cases]
    try:
        served = [case_for(me, said).number]
    except NotFound:
        served = []
    assert served == found
    return found


def test_a_case_entered_at_the_desk(house: House) -> None:
    _, me = house.officer("circle_a")
    own = house.case(me)
    with house.as_(me):
        entry = house.entry(fir_number=FIR, enquiry_number=ENQUIRY)
        case = cases.open_case(actor=me, entry=entry)
        for said in (case.number, FIR, "12/2019", "F.I.R. No. 012/2019", ENQUIRY):
            assert finds(me, said, by=own) == [case.number]
        entry = house.entry(fir_number="13/2019")
        cases.change_case(actor=me, case=case, version=case.version, entry=entry)
        assert finds(me, "13/2019", by=own) == [case.number]
        assert finds(me, "12/2019", by=own) == finds(me, ENQUIRY, by=own) == []


def test_of_several_cases_of_one_number_none_is_taken_unasked(house: House, today) -> None:
    _, me = house.officer("circle_a")
    with house.as_(me):
        first, second = (
            cases.open_case(actor=me, entry=house.entry(fir_number=FIR)) for _ in range(2)
        )
        with pytest.raises(BadValue, match="Several of your cases"):
            case_for(me, FIR)
        assert case_for(me, first.number).pk == first.pk
        cases.close_case(actor=me, case=second, on=today)
        assert case_for(me, FIR).pk == first.pk


def test_a_case_of_a_file_also_after_another_load_was_taken_back(house: House, file) -> None:
    _, me = house.officer("circle_a")
    own = house.case(me)
    file(1, fir_number=FIR, enquiry_number=ENQUIRY)
    with house.as_(me):
        (case,) = visible_to(Case, me).exclude(pk=own.pk)
        for said in (FIR, ENQUIRY):
            assert finds(me, said, by=own) == [case.number]
    taken = file(2, fir_number="13/2019", enquiry_number="")
    with house.as_(me):
        assert finds(me, "13/2019", by=own) == finds(me, ENQUIRY, by=own) == [case.number]
        assert finds(me, "12/2019", by=own) == []
    undo(2, [one.person for one in taken])
    with house.as_(me):
        assert finds(me, "12/2019", by=own) == finds(me, ENQUIRY, by=own) == [case.number]
        assert finds(me, "13/2019", by=own) == []
