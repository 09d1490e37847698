"""The frame round every page: who acts, the way round, language, headers, errors."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client
from tests.world import World

from rabta.core.words.vocabulary import Duty
from rabta.desk.frame.nav import NavItem, links_for, open_address

gallery = pytest.mark.urls("tests.desk.frame.gallery")


@pytest.fixture
def officer(client: Client, world: World) -> Client:
    """Signed in as an investigator of circle_a."""
    user = world.user("officer")
    world.post(user, "circle_a", Duty.INVESTIGATOR)
    client.force_login(user)
    return client


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def test_home_says_who_acts_and_where(officer: Client) -> None:
    page = text(officer.get("/"))
    assert "Officer 1" in page
    assert "Investigating officer" in page
    assert "circle_a" in page
    assert "Federal" in page


def test_home_without_a_posting_says_so(client: Client, world: World) -> None:
    client.force_login(world.user("between"))
    page = text(client.get("/"))
    assert "You hold no posting today" in page
    assert "no posting today" in page
    assert 'role="search"' not in page


def test_home_needs_a_sign_in(client: Client) -> None:
    assert client.get("/").status_code == 302


@gallery
@pytest.mark.parametrize("path", ["/here/", "/here/further"])
def test_the_way_round_marks_the_room_one_is_in(world: World, path: str) -> None:
    items = (NavItem("Home", "home"), NavItem("Room", "gallery-room"), NavItem("Page", "gallery"))
    links = links_for(world.actor("circle_a"), path, items)
    assert [(link.label, link.here) for link in links] == [
        ("Home", False),
        ("Room", True),
        ("Page", False),
    ]


def test_the_way_round_stands_on_every_page(officer: Client) -> None:
    page = text(officer.get("/"))
    side = page[page.index('<aside class="side"') : page.index("</aside>")]
    folded, unfolded = side.split('<div class="unfolded">')
    for each in (folded, unfolded):
        assert 'href="/" aria-current="page"' in each
        assert each.count("aria-current") == 1
    assert "<details" in folded


@gallery
def test_an_address_is_open_to_whom_its_method_admits(world: World) -> None:
    officer, clerk = world.actor("circle_a"), world.actor("circle_a", Duty.CLERK)
    assert open_address(officer, "officers-only", method="POST") == "/look-up-here"
    assert open_address(officer, "officers-only") == ""
    assert open_address(clerk, "officers-only", method="POST") == ""
    assert open_address(None, "officers-only", method="POST") == ""
    assert open_address(officer, "no-such-address") == ""


@pytest.mark.parametrize(("look_up", "boxes"), [("/there", 1), ("", 0)])
def test_the_look_up_box_stands_where_looking_up_is_open(
    officer: Client, monkeypatch: pytest.MonkeyPatch, look_up: str, boxes: int
) -> None:
    from rabta.desk.frame import context

    monkeypatch.setattr(context, "open_address", lambda *_, **__: look_up)
    assert text(officer.get("/")).count('role="search" method="post"') == boxes


def test_rooms_of_other_duties_are_not_shown(world: World) -> None:
    items = (
        NavItem("Home", "home"),
        NavItem("Gone", "no-such-address"),
        NavItem("Stewards", "home", frozenset({Duty.STEWARD})),
        NavItem("Post only", "set-language"),
    )
    actor = world.actor("circle_a")
    assert [link.label for link in links_for(actor, "/", items)] == ["Home"]
    assert links_for(None, "/", items) == ()


def test_pages_name_language_and_direction(client: Client) -> None:
    client.cookies["rabta_language"] = "ur"
    page = text(client.get("/nothing-here"))
    assert '<html lang="ur" dir="rtl">' in page
    client.cookies["rabta_language"] = "en"
    assert '<html lang="en" dir="ltr">' in text(client.get("/nothing-here"))


def test_a_language_is_kept_and_leads_back(client: Client) -> None:
    answer = client.post("/language", {"language": "ur", "next": "/nothing?x=1"})
    assert answer["Location"] == "/nothing?x=1"
    assert answer.cookies["rabta_language"].value == "ur"
    assert answer.cookies["rabta_language"]["httponly"]
    assert 'lang="ur"' in text(client.get("/nothing"))


@pytest.mark.parametrize(
    "back", ["https://example.org/", "//example.org/", "javascript:alert(1)", "\\\\example.org", ""]
)
def test_a_language_leads_nowhere_else(client: Client, back: str) -> None:
    assert client.post("/language", {"language": "ur", "next": back})["Location"] == "/"


def test_an_unknown_language_changes_nothing(client: Client) -> None:
    assert "rabta_language" not in client.post("/language", {"language": "xx"}).cookies


def test_a_language_is_not_changed_by_a_link(client: Client) -> None:
    assert client.get("/language").status_code == 405


@pytest.mark.parametrize("address", ["/healthz", "/nothing-here", "/"])
def test_headers_refuse_what_no_page_does(client: Client, address: str) -> None:
    headers = client.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "geolocation=()" in headers["Permissions-Policy"]


def test_an_error_shows_its_reference(client: Client) -> None:
    answer = client.get("/nothing-here")
    assert answer.status_code == 404
    assert answer["X-Reference"] in text(answer)
    assert "There is nothing here that you can open." in text(answer)


def test_an_error_page_that_breaks_still_answers(
    officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rabta.desk.frame import context

    monkeypatch.setattr(context, "links_for", lambda *_: 1 / 0)
    answer = officer.get("/nothing-here")
    assert answer.status_code == 404
    assert answer["Content-Type"].startswith("text/plain")
    assert answer["X-Reference"] in text(answer)
    assert "ZeroDivisionError" not in text(answer)


class Outline(HTMLParser):
    """Ids, what refers to them, headings and controls without a name."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.refers: list[str] = []
        self.headings: list[int] = []
        self.mains = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if "id" in found:
            self.ids.append(found["id"])
        for name in ("aria-describedby", "aria-labelledby", "for"):
            self.refers += found.get(name, "").split()
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        self.mains += tag == "main"


@gallery
@pytest.mark.parametrize("language", ["en", "ur"])
def test_the_gallery_is_sound(officer: Client, language: str) -> None:
    officer.cookies["rabta_language"] = language
    answer = officer.get("/gallery")
    assert answer.status_code == 200
    outline = Outline()
    outline.feed(text(answer))
    assert len(set(outline.ids)) == len(outline.ids)
    assert set(outline.refers) <= set(outline.ids)
    assert outline.mains == 1
    assert outline.headings.count(1) == 1
    assert all(b - a <= 1 for a, b in zip(outline.headings, outline.headings[1:], strict=False))


@gallery
def test_a_notice_offers_its_undo_by_post(officer: Client) -> None:
    page = text(officer.get("/gallery"))
    assert (
        '<form method="post" action="/undo"><input type="hidden" name="csrfmiddlewaretoken"' in page
    )
    assert page.count("data-undo") == 1


@gallery
def test_a_page_is_small(officer: Client) -> None:
    assert len(officer.get("/gallery").content) < 60_000
