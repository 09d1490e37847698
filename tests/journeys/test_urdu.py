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

    for address in ("/links/", "/loads/", "/loads/new"):
        page.goto(address)
        expect(html).to_have_attribute("dir", "rtl")
        fits(page)
