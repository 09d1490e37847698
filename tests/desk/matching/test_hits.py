"""What the pages of hits and links say of a person's birth and nationality."""

from types import SimpleNamespace

import pytest
from django.urls import reverse
from tests.desk.matching.records import CNIC, NAME, Records

from rabta.core.access.levels import Level
from rabta.desk.cases import rules
from rabta.desk.cases.models import Person
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
    assert rows["Nationalities"].first == ("Afghanistan", "Pakistan")
