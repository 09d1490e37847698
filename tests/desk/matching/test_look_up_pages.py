"""The page of look-ups: a case is said by whoever looks up, never taken from the last time."""

import re

import pytest
from django.urls import reverse
from tests.desk.matching.records import NAME, Records

from rabta.core.words.vocabulary import CaseKind
from rabta.desk.cases.services import cases
from rabta.desk.cases.services.cases import CaseEntry
from rabta.desk.matching import look_up_views
from rabta.desk.wall import ledger
from rabta.desk.wall.models import ReadEntry
from rabta.desk.wall.session import acting

ADDRESS = "look-up"


@pytest.fixture
def desk(records: Records, browser):
    """Somebody of circle_a at the page, with two open cases; the second is the later one."""
    me = records.judge("circle_a")
    entry = CaseEntry(kind=CaseKind.SMUGGLING, unit=records.world.units["circle_a"].pk)
    with acting(me, "test"):
        records.first, records.second = (cases.open_case(actor=me, entry=entry) for _ in range(2))
    records.person("circle_a", case=records.first)
    client = browser(me)

    def ask(**said: str):
        return client.post(reverse(ADDRESS), said)

    ask.client = client
    return ask


def text(response) -> str:
    return response.content.decode()


def looked_up() -> int:
    return sum(entry.said["event"] == ledger.LOOKED_UP for entry in ReadEntry.objects.all())


def field(page: str, name: str) -> str:
    return re.search(rf'<(?:select|input)[^>]*name="{name}"[^>]*>', page)[0]


def offered(page: str) -> list[str]:
    return re.findall(r'<option value="([^"]+)"', page)


def test_the_box_at_the_head_asks_for_the_case_each_time(records: Records, desk) -> None:
    first = str(records.first.public_id)
    for known in (False, True):
        asked = desk(q=NAME)
        page = text(asked)
        assert asked.status_code == 200
        assert f'value="{NAME}"' in field(page.partition("<main")[2], "q")
        assert "Choose the case this look-up serves" in page
        assert "data-results" not in page
        assert "autofocus" in field(page, "case")
        assert looked_up() == known
        assert (f'<option value="{first}" selected' in page) is known
        if not known:
            assert "data-results" in text(desk(q=NAME, case=first, number=""))
    # The case of the last look-up leads the list, the others follow, the latest first.
    assert offered(page) == [first, str(records.second.public_id)]


def test_a_case_is_said_by_its_number_too(records: Records, desk) -> None:
    found = text(desk(q=NAME, case=str(records.second.public_id), number=records.first.number))
    assert f"Noted for case <bdi>{records.first.number}</bdi>" in found
    refused = desk(q=NAME, case="", number="777/1999")
    assert refused.status_code == 400
    assert "You have no case with this number." in text(refused)


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"q": NAME, "case": "", "number": " "}, "id_case"),
        ({"q": " ", "case": "x", "number": ""}, "id_q"),
    ],
)
def test_what_is_missing_is_said_at_its_field(desk, said: dict[str, str], fault: str) -> None:
    refused = desk(**said)
    assert refused.status_code == 422
    assert f'href="#{fault}"' in text(refused)
    assert f'id="{fault}_error"' in text(refused)
    assert looked_up() == 0


def test_it_says_that_the_list_is_cut(records: Records, desk, monkeypatch) -> None:
    cut = "not all of them"
    assert cut not in text(desk.client.get(reverse(ADDRESS)))
    monkeypatch.setattr(look_up_views, "LISTED", 1)
    page = text(desk.client.get(reverse(ADDRESS)))
    assert cut in page
    assert offered(page) == [str(records.second.public_id)]


def test_a_closed_case_is_not_offered_again(records: Records, desk) -> None:
    desk(q=NAME, case=str(records.first.public_id), number="")
    me = records.judge("circle_a")
    with acting(me, "test"):
        cases.close_case(actor=me, case=records.first, on=records.world.today)
    assert offered(text(desk(q=NAME))) == [str(records.second.public_id)]


def test_without_an_open_case_the_number_is_asked_for(records: Records, browser) -> None:
    page = text(browser(records.judge("circle_b")).post(reverse(ADDRESS), {"q": NAME}))
    assert "Number of the open case this serves" in page
    assert "autofocus" in field(page, "number")
    assert "<select" not in page.partition("<main")[2]


def test_a_fit_has_the_words_of_links(records: Records, desk) -> None:
    page = text(desk(q=NAME, case=str(records.first.public_id), number=""))
    assert re.search(r'Fit</span> <span class="tag tag-good">strong</span>', page)


def test_the_answer_takes_the_focus(records: Records, desk) -> None:
    page = text(desk(q=NAME, case=str(records.first.public_id), number=""))
    assert re.search(r"<h2[^>]* data-focus>What you may know", page)
    assert "autofocus" not in page
