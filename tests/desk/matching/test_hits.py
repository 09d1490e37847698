"""What the pages of hits and links say of a person's birth and nationality."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import translation
from tests.desk.matching.records import CNIC, LOADER, NAME, Records

from rabta.core.access.levels import Level
from rabta.core.words.dates import PartialDate, read_age
from rabta.core.words.incoming import IncomingParticular
from rabta.core.words.vocabulary import Particular, Role
from rabta.desk.cases import rules
from rabta.desk.cases.labels import FIELD
from rabta.desk.cases.models import Person
from rabta.desk.cases.services import people
from rabta.desk.cases.services.people import Origin, PersonEntry
from rabta.desk.matching import comparing, selectors
from rabta.desk.wall.door import write
from rabta.desk.wall.scope import visible_to
from rabta.desk.wall.session import acting


@pytest.mark.parametrize(
    ("earliest", "latest", "says"),
    [
        (1990, 1990, "1990"),
        (1988, 1990, "1988–1990"),
        (None, 1990, "1990"),
        (1988, None, "1988"),
        (None, None, ""),
    ],
)
def test_years_of_birth_name_no_end_that_is_not_known(earliest, latest, says) -> None:
    person = SimpleNamespace(birth_year_earliest=earliest, birth_year_latest=latest)
    assert rules.years_of_birth(person) == says


def test_a_birth_that_is_said_in_full_is_said_once(records: Records, browser) -> None:
    me = records.judge("circle_a")
    case = records.case("circle_a")
    records.person("circle_a", case=case)
    page = browser(me).post(reverse("look-up"), {"q": NAME, "case": str(case.public_id)})
    said = page.content.decode()
    assert said.count("3 April 1985") == 1
    assert "<dt>Born</dt>" not in said


def test_two_records_side_by_side_name_countries(records: Records) -> None:
    one = records.person("circle_a", cnic=CNIC)
    other = records.person("circle_a", "Somebody Else", cnic=CNIC)
    proposal = records.propose(one, other)
    me = records.judge("circle_a")
    with acting(me, "test"):
        with write(me, "person.changed") as door:
            row = visible_to(Person, me, at_least=Level.FULL).get(pk=one.pk)
            door.change(row, nationalities="AF PK")
        found = selectors.link_of(me, proposal)
        rows = {str(row.label): row for row in comparing.compared(found)}
        with translation.override("ur"):
            urdu = {row.label: row.first for row in comparing.compared(found)}
            assert urdu[FIELD["nationalities"]] == ("افغانستان", "پاکستان")
    assert rows["Nationalities"].first == ("Afghanistan", "Pakistan")


AGE = "49 yrs"


@pytest.fixture
def aged(records: Records):
    """Two records of one man: an age that a file gave for a day, and a year."""
    on = PartialDate(date(2018, 3, 5), date(2018, 3, 5), "2018-03-05")
    birth = IncomingParticular(
        Particular.BIRTH, AGE, date=read_age(AGE, on=on), detail={"age": AGE, "on": on.show()}
    )
    records.serves = records.case("circle_a")
    with acting(LOADER, "test"):
        one = people.enter(
            LOADER,
            case=records.serves,
            entry=PersonEntry(
                (IncomingParticular(Particular.NAME, NAME), birth), roles=(Role.ACCUSED,)
            ),
            origin=Origin(agency=records.world.agencies["federal"].pk),
        )
    return one, records.person("circle_a", born="1968")


def test_an_age_stands_beside_the_years_it_means_and_the_day_it_was_given(
    records: Records, aged, browser
) -> None:
    client = browser(records.judge("circle_a"))
    link = reverse("link", args=[records.propose(*aged).public_id])
    case = str(records.serves.public_id)
    for answer in (
        client.post(reverse("look-up"), {"q": NAME, "case": case}),
        client.get(link),
        client.get(reverse("person", args=[aged[0].public_id])),
    ):
        said = " ".join(answer.content.decode().split())
        assert 'about <bdi dir="ltr">1968–1969</bdi>' in said
        assert f'<bdi>{AGE}</bdi>, as of <bdi dir="ltr">2018-03-05</bdi>' in said
    people_of_case = client.get(reverse("case", args=[records.serves.public_id])).content.decode()
    assert 'about <bdi dir="ltr">1968–1969</bdi>' in people_of_case
    assert AGE not in people_of_case
