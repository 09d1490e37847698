"""In Urdu, from right to left, on a telephone: figures stay in order, nothing runs out."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.country import man

pytestmark = [pytest.mark.browser, pytest.mark.own_node]

TELEPHONE = {"width": 390, "height": 844}
ORDER = """one => {
  const walk = document.createTreeWalker(one, NodeFilter.SHOW_TEXT), at = [];
  for (let node = walk.nextNode(); node; node = walk.nextNode())
    for (let sign = 0; sign < node.length; sign++) {
      if (!node.data[sign].trim()) continue;
      const range = document.createRange();
      range.setStart(node, sign);
      range.setEnd(node, sign + 1);
      const box = range.getBoundingClientRect();
      at.push([Math.round(box.top), box.left]);
    }
  return at;
}"""
SIDES = """one => {
  const value = one.firstElementChild.getBoundingClientRect();
  const cell = one.getBoundingClientRect(), tracks = getComputedStyle(one).gridTemplateColumns;
  return [{left: cell.right - parseFloat(tracks)}, {left: value.left, right: value.right}];
}"""
WIDER = """() => [...document.querySelectorAll("body *")]
  .filter(one => { const box = one.getBoundingClientRect();
    return box.width && (box.left < -1 || box.right > innerWidth + 1)
      && !one.closest(".scroll, .apart, .skip"); })
  .map(one => one.outerHTML.slice(0, 90))"""


def fits(page: Page) -> None:
    """Nobody has to push the page sideways."""
    too_wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert not too_wide, f"{page.url} is too wide: {page.evaluate(WIDER)[:3]}"


def reads_from_left_to_right(number: Locator) -> None:
    """Each sign of a number stands to the right of the one before it."""
    expect(number).to_be_visible()
    places = number.evaluate(ORDER)
    assert len(places) > 4
    assert places == sorted(places)


def test_from_right_to_left(visitor):
    officer = visitor("demo-supervisor-punjab", viewport=TELEPHONE)
    page = officer.sign_in()
    main = officer.main
    expect(page.locator("html")).to_have_attribute("dir", "ltr")
    fits(page)
    page.get_by_role("button", name="اردو").click()
    html = page.locator("html")
    expect(html).to_have_attribute("dir", "rtl")
    expect(html).to_have_attribute("lang", "ur")
    assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    fits(page)
    box = page.get_by_role("banner").get_by_role("searchbox")
    # An empty box reads as the page, a filled one as what was typed.
    expect(box).to_have_css("direction", "rtl")
    box.fill(man().name)
    expect(box).to_have_css("direction", "ltr")

    # The rooms are folded away, so that the page begins where it can be seen.
    rooms = page.locator(".side a[aria-current]:visible")
    expect(rooms).to_have_count(0)
    assert main.bounding_box()["y"] < TELEPHONE["height"] / 3
    page.locator(".side summary").press("Enter")
    expect(rooms).to_have_count(1)
    fits(page)

    page.goto("/look-up")
    fits(page)
    main.get_by_role("searchbox").fill(man().name)
    main.get_by_role("combobox").select_option(index=1)
    main.get_by_role("button").click()
    telephone = main.locator("[data-results] td bdi[dir=ltr]").first
    reads_from_left_to_right(telephone)
    fits(page)

    page.goto("/cases/")
    fits(page)
    main.locator("tbody").get_by_role("link").first.click()
    reads_from_left_to_right(main.get_by_role("heading", level=1).locator("bdi").first)
    expect(html).to_have_attribute("dir", "rtl")
    fits(page)

    page.set_viewport_size({"width": 360, "height": 780})
    fits(page)
    born = main.locator('td[data-label="پیدائش"]').first
    label, value = born.evaluate(SIDES)
    assert value["right"] <= label["left"], "the value lies on its label"
    assert value["left"] >= 0
    page.goto("/links/")
    main.locator("tbody").get_by_role("link").first.click()
    answers = main.locator("button[data-key]")
    expect(answers).to_have_count(4)
    for answer in answers.all():
        assert answer.bounding_box()["width"] > 360 / 2
    assert len({answer.evaluate("one => getComputedStyle(one).backgroundColor")
                for answer in answers.all()}) == 1  # fmt: skip

    for address in ("/links/", "/loads/", "/loads/new"):
        page.goto(address)
        expect(html).to_have_attribute("dir", "rtl")
        fits(page)
