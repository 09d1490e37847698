"""The steward runs the node and sees no case: not by a link, not by an address."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.own_node]

NUMBER = re.compile(r"(FIR|Enquiry|FILE) \d+/\d{4}")
CLOSED = (
    "/cases/",
    "/cases/new",
    "/look-up",
    "/links/",
    "/links/judgements",
    "/loads/",
    "/loads/new",
)


def first_inside(officer, room: str) -> str:
    officer.room(room)
    return officer.main.locator("tbody").get_by_role("link").first.get_attribute("href")


def addresses_of(officer) -> list[str]:
    """Addresses of records as somebody who may open them has them."""
    case, link = first_inside(officer, "Cases"), first_inside(officer, "Links")
    officer.page.goto(case)
    person = officer.main.locator("tbody").get_by_role("link").first.get_attribute("href")
    return [case, f"{case}/print", f"{case}/history", person, f"{person}/history", link]


def test_the_steward_sees_no_case(visitor):
    knows = visitor("demo-analyst")
    knows.sign_in()
    records = addresses_of(knows)
    for address in records:
        assert knows.page.goto(address).status == 200

    steward = visitor("demo-steward")
    page = steward.sign_in()
    rooms = page.get_by_role("navigation", name="Rooms").get_by_role("link")
    shown = {one.inner_text(): one.get_attribute("href") for one in rooms.all()}
    assert "Agencies" in shown
    assert not shown.keys() & {"Look up", "Cases", "Links", "Load a file"}
    expect(page.get_by_role("searchbox")).to_have_count(0)
    for address in shown.values():
        assert page.goto(address).status == 200
        assert not NUMBER.search(steward.read())
    for address in (*CLOSED, *records):
        assert page.goto(address).status in {403, 404}, address
        assert not NUMBER.search(steward.read())
