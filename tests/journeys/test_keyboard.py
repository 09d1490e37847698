"""Look-up and judgement by the keys alone; where one is can be seen all the way."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.country import man

pytestmark = [pytest.mark.browser, pytest.mark.own_node]

FOCUS = """() => {
  const at = document.activeElement, box = at.getBoundingClientRect(), look = getComputedStyle(at);
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const drawn = look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2;
  return {seen: drawn && inside && box.width > 1 && box.height > 1, what: at.outerHTML};
}"""
FARTHEST = 60
READ_MS = 2200
"""Longer than answers by key wait (web/islands/keys.ts)."""


def see_focus(page: Page) -> None:
    found = page.evaluate(FOCUS)
    assert found["seen"], f"the focus cannot be seen at {found['what'][:120]}"


def tab_to(page: Page, goal: Locator) -> None:
    """Press Tab until the goal has the focus, looking at every stop."""
    goal.wait_for()
    for _ in range(FARTHEST):
        if goal.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
        see_focus(page)
    raise AssertionError(f"{FARTHEST} times Tab do not lead there")


def test_look_up_and_judge_by_keys(visitor):
    officer = visitor("demo-liaison")
    page, main, keys = officer.page, officer.main, officer.page.keyboard
    page.goto("/sign-in")
    tab_to(page, page.get_by_label("Login"))
    keys.type(officer.login)
    tab_to(page, page.get_by_label("Passphrase"))
    keys.type(officer.desk.passphrase)
    keys.press("Enter")
    tab_to(page, page.get_by_label("Code"))
    keys.type(officer.desk.code_for(officer.login))
    keys.press("Enter")
    expect(main.get_by_role("heading", level=1)).to_contain_text("Good day")

    # "/" leads to the box at the head of every page.
    keys.press("/")
    see_focus(page)
    keys.type(man().name)
    keys.press("Enter")
    expect(main).to_contain_text("Choose the case this look-up serves")
    serves = main.get_by_role("combobox")
    expect(serves).to_be_focused()
    keys.press("ArrowDown")
    expect(serves).not_to_have_value("")
    tab_to(page, main.get_by_role("button", name="Look up"))
    keys.press("Enter")
    expect(main.get_by_role("heading", name="What you may know")).to_be_focused()
    tab_to(page, main.get_by_role("link", name=man().name, exact=True))
    keys.press("Enter")
    expect(main.get_by_role("heading", level=1)).to_contain_text(man().name)

    rooms = page.get_by_role("navigation", name="Rooms")
    tab_to(page, rooms.get_by_role("link", name="Links"))
    keys.press("Enter")
    rows = main.get_by_role("table").locator("tbody").get_by_role("link")
    expect(rows.nth(1)).to_be_visible()
    keys.press("j")
    expect(rows.nth(0)).to_be_focused()
    keys.press("j")
    expect(rows.nth(1)).to_be_focused()
    keys.press("k")
    expect(rows.nth(0)).to_be_focused()
    see_focus(page)
    keys.press("Enter")
    expect(main.get_by_role("heading", level=1)).to_contain_text("One person or two?")
    judged = page.url
    # A page that just opened was read by nobody: what is pressed at once answers nothing.
    keys.press("3")
    page.wait_for_timeout(READ_MS)
    expect(page).to_have_url(judged)
    # Pressed twice or held down it answers this page, not the next.
    posts: list[str] = []
    page.on("request", lambda one: posts.append(one.url) if one.method == "POST" else None)
    keys.down("3")
    keys.down("3")
    keys.up("3")
    keys.press("3")
    expect(page.locator(".notices")).to_contain_text("Judged:")
    keys.press("3")
    assert posts == [f"{judged}/judge"]
    expect(page).not_to_have_url(re.compile(re.escape(judged) + "$"))
    keys.press("u")
    expect(page.locator(".notices")).to_contain_text("The judgement is undone")
    expect(page).to_have_url(judged)
