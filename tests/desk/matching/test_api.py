"""``/api/v1/look-up`` says what ``rabta find --json`` says, and of others only whom to ask."""

import json

import pytest
from django.test import Client
from tests.desk.cases.conftest import House
from tests.desk.project.programs import ask, described, differs, error_of, program
from tests.world import World

from rabta.core.access.levels import Level
from rabta.core.words.vocabulary import Duty, Role
from rabta.desk.cases.rules import pseudonym
from rabta.desk.cases.services.cases import open_case
from rabta.desk.matching import look_up as looking
from rabta.desk.matching.look_up_json import as_dict
from rabta.desk.wall.models import ReadEntry

NAME, CNIC = "Zarnaab Pilotwala", "35202-1234567-1"


@pytest.fixture
def house(world: World) -> House:
    return House(world)


@pytest.fixture
def suspect(house: House):
    """An accused of circle_a; ``house.case_of`` is their case and ``house.me`` its officer."""
    _, house.me = house.officer("circle_a")
    house.case_of = house.case(house.me)
    return house.person(house.me, house.case_of, NAME, Role.ACCUSED, cnic=CNIC)


@pytest.fixture
def police(house: House) -> Client:
    """A program of the Railways Police, with an open case (``.case``) that it may look up for."""
    caller = program(house.world, "post")
    caller.case = house.case(caller.actor, "post")
    return caller


@pytest.mark.parametrize(
    "text", [NAME, "زرناب پائلٹ والا", CNIC, "Kohbar Nobodywala", "FIR 9/2099"]
)
def test_it_says_what_the_command_line_says(house: House, suspect, text: str) -> None:
    caller = program(house.world, "circle_a")
    answer = ask(caller, text, house.case_of)
    assert answer.status_code == 200
    assert differs(answer.json(), described("/api/v1/look-up", "post")) == []
    with house.as_(caller.actor):
        case = looking.case_for(caller.actor, str(house.case_of.public_id))
        said = as_dict(looking.look_up(caller.actor, text=text, case=case))
    assert answer.json() == said


def test_own_people_come_with_their_names_and_cases(house: House, suspect) -> None:
    caller = program(house.world, "circle_a")
    answer = ask(caller, CNIC, house.case_of.number)
    (person,) = answer.json()["people"]
    assert (person["name"], person["level"], person["strength"]) == (NAME, "full", "strong")
    assert person["cases"][0]["number"] == house.case_of.number
    assert NAME in answer.content.decode()


@pytest.mark.parametrize("text", [NAME, CNIC])
def test_of_another_agency_there_is_a_desk_and_how_strong_and_not_a_byte_more(
    house: House, suspect, police: Client, text: str
) -> None:
    answer = ask(police, text, police.case)
    federal = {
        "agency": "Federal",
        "agency_code": "federal",
        "unit": "circle_a",
        "unit_code": "circle_a",
        "phone": "",
    }
    kinds = ["name"] if text == NAME else ["cnic"]
    said = {
        "kinds": answer.json()["kinds"],
        "people": [],
        "cases": [],
        "desks": [{"strength": "strong", "desk": federal}],
        "more": False,
    }
    assert set(kinds) <= set(said["kinds"])
    assert answer.content == json.dumps(said, ensure_ascii=False).encode()
    for told in (suspect.public_id, pseudonym(suspect.public_id), house.case_of.public_id):
        assert str(told) not in answer.content.decode()


def test_the_number_of_anothers_case_gives_its_desk_alone(
    house: House, suspect, police: Client
) -> None:
    with house.as_(house.me):
        case = open_case(actor=house.me, entry=house.entry(), number="71/2024")
    answer = ask(police, "FIR 71/2024", police.case)
    said = answer.json()
    assert (said["people"], said["cases"]) == ([], [])
    assert [hit["desk"]["unit_code"] for hit in said["desks"]] == ["circle_a"]
    for told in (case.number, case.public_id, "Sadar"):
        assert str(told) not in answer.content.decode()
    own = ask(program(house.world, "circle_b"), "71/2024", case).json()
    assert [(one["id"], one["number"]) for one in own["cases"]] == [
        (str(case.public_id), case.number)
    ]


def test_who_is_sealed_or_protected_or_nobody_is_the_same_answer(
    house: House, police: Client
) -> None:
    _, me = house.officer("circle_a")
    sealed = house.case(me, sealed=True)
    house.person(me, sealed, "Tobar Kandilwala", Role.SUSPECT)
    house.person(me, house.case(me), "Mahrukh Sitarwala", Role.VICTIM)
    answers = {
        ask(police, text, police.case).content
        for text in ("Tobar Kandilwala", "Mahrukh Sitarwala", "Kohbar Nobodywala")
    }
    assert answers == {
        b'{"kinds": ["name"], "people": [], "cases": [], "desks": [], "more": false}'
    }


def test_what_the_owner_allows_is_shown_and_no_more(house: House, suspect, police: Client) -> None:
    house.world.allow("federal", "railways", Level.OPERATIONAL)
    (person,) = ask(police, NAME, police.case).json()["people"]
    assert person["level"] == "operational"
    assert (person["name"], person["details"]) == ("", [])
    assert person["pseudonym"] == pseudonym(suspect.public_id)


def test_every_look_up_is_in_the_ledger_with_its_case_and_without_its_text(
    house: House, suspect, police: Client
) -> None:
    ask(police, NAME, police.case)
    asked = [e.said for e in ReadEntry.objects.order_by("seq") if e.said["event"] == "looked-up"]
    assert (asked[-1]["user"], asked[-1]["case"]) == (police.user.pk, police.case.pk)
    assert "Zarnaab" not in str(asked)


def test_a_look_up_serves_an_open_case_of_ones_own(house: House, suspect, police: Client) -> None:
    for none in (house.case_of, "9/2099", "00000000-0000-7000-8000-000000000000"):
        answer = ask(police, NAME, none)
        assert answer.status_code == 404
        assert error_of(answer)["code"] == "not-found"
    for no_number in ("'; --", "\x00"):
        assert error_of(ask(police, NAME, no_number))["code"] == "bad-value"
    closed = house.world.case("post", "8/2019", closed_on=house.world.today)
    answer = ask(police, NAME, closed)
    assert answer.status_code == 409
    assert error_of(answer)["code"] == "not-now"


@pytest.mark.parametrize("text", [" ", "\x00", "%", "\u202e", "؀", "'"])
def test_strange_texts_find_nobody(police: Client, text: str) -> None:
    answer = ask(police, text, police.case)
    assert answer.status_code in {200, 400}
    if answer.status_code == 200:
        assert answer.json()["people"] == answer.json()["desks"] == []


@pytest.mark.parametrize("duty", [Duty.CLERK, Duty.CASE_WORKER, Duty.STEWARD, Duty.OBSERVER])
def test_duties_that_look_nobody_up_are_refused(house: House, suspect, duty: Duty) -> None:
    caller = program(house.world, "circle_a", duty)
    answer = ask(caller, NAME, house.case_of)
    assert answer.status_code == 403
    assert "Zarnaab" not in answer.content.decode()
