"""Lists: pages of them, filters, and how many questions a page costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.desk.cases.conftest import ACCUSED, VICTIM, House
from tests.desk.cases.sending import MARKED, OF_A_PERSON, at, rows

from rabta.core.words.vocabulary import CaseKind, Role
from rabta.desk.cases import selectors
from rabta.desk.cases.models import Case
from rabta.desk.cases.services import cases
from rabta.desk.wall.scope import visible_to


def test_the_list_pages_both_ways_and_counts_to_a_thousand(
    house: House, browser, monkeypatch
) -> None:
    user, me = house.officer("circle_a")
    numbers = [house.case(me).number for _ in range(5)][::-1]
    with house.as_(me):
        first = selectors.case_list(me, size=2)
        second = selectors.case_list(me, size=2, before=first.older)
        third = selectors.case_list(me, size=2, before=second.older)
        back = selectors.case_list(me, size=2, after=third.newer)
    shown = [[line.number for line in page.lines] for page in (first, second, third, back)]
    assert shown == [numbers[:2], numbers[2:4], numbers[4:], numbers[2:4]]
    assert (first.newer, third.older, first.count) == (None, None, 5)
    monkeypatch.setattr("rabta.desk.cases.selectors.lists.MOST", 3)
    with house.as_(me):
        assert selectors.case_list(me).count == 4
    said = browser(user).get(at("case-list") + "?kind=trafficking").content.decode()
    assert "no case here" in said
    assert browser(user).get(at("case-list") + "?kind=x&before=y&after=z").status_code == 200


def test_the_list_is_filtered(house: House) -> None:
    _, me = house.officer("circle_a")
    _, neighbour = house.officer("circle_b")
    mine, theirs = house.case(me), house.case(neighbour, "circle_b")
    with house.as_(me):
        cases.close_case(actor=me, case=mine, on=house.world.today)

        def found(**asked: object) -> set[str]:
            return {str(line.public_id) for line in selectors.case_list(me, **asked).lines}

        both = {str(mine.public_id), str(theirs.public_id)}
        assert found() == found(kind=str(CaseKind.SMUGGLING)) == both
        assert found(own_unit=True) == found(status="closed") == {str(mine.public_id)}
        assert found(status="open") == {str(theirs.public_id)}
        assert found(kind=str(CaseKind.OTHER)) == set()


def _queries(client, url: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    return len([q for q in caught.captured_queries if "set_config" not in q["sql"]])


@pytest.mark.parametrize(
    ("name", "most"),
    [("case-list", 14), ("case", 20), ("case-print", 30), ("case-history", 12)],
)
def test_questions_asked_for_a_page_do_not_grow_with_it(scene, browser, name, most) -> None:
    client = browser(scene.user)
    url = at(name, None if name == "case-list" else scene.c)

    def grow(number: int) -> None:
        scene.person(scene.me, scene.c, f"Falak Namewala {number}", Role.ACCUSED, phone="0300")
        scene.case(scene.me)
        with scene.as_(scene.me):
            case = visible_to(Case, scene.me).get(pk=scene.c.pk)
            entry = scene.entry(place=f"Place {number}")
            cases.change_case(actor=scene.me, case=case, version=case.version, entry=entry)
            cases.add_note(actor=scene.me, case=case, text="seen")

    grow(0)
    client.get(url)
    few = _queries(client, url)
    for number in range(1, 7):
        grow(number)
    assert _queries(client, url) <= few
    assert few <= most


def test_questions_asked_for_a_person_do_not_grow_with_them(scene, browser) -> None:
    client = browser(scene.user)
    urls = [at(name, scene.accused) for name in OF_A_PERSON]
    few = [_queries(client, url) for url in urls]
    for number in range(5):
        sent = {**MARKED, "sex": "male", "nationalities": "PK", "version": str(1 + number)}
        sent |= rows(
            names__name__1=ACCUSED, names__alias__1=f"Alias {number}", numbers__phone__1="1"
        )
        assert client.post(at("person-edit", scene.accused), sent).status_code == 302
    assert [_queries(client, url) for url in urls] <= few
    assert max(few) <= 20


def test_people_of_a_long_list_come_a_page_at_a_time(scene) -> None:
    for number in range(4):
        scene.person(scene.me, scene.c, f"Falak {number}", Role.ACCUSED)
    with scene.as_(scene.me):
        case = selectors.case_by_id(scene.me, scene.c.public_id)
        first = selectors.case_page(scene.me, case, people=4)
        second = selectors.case_page(scene.me, case, people=4, people_after=first.more_people)
    names = [line.name for line in (*first.people, *second.people)]
    assert names == [VICTIM, ACCUSED, "Falak 0", "Falak 1", "Falak 2", "Falak 3"]
    assert second.more_people is None
