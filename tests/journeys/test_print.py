"""The print of a case says what it is, whose, and who laid it out."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.own_node]


def test_a_printed_case_is_marked(visitor):
    officer = visitor("demo-investigator")
    page = officer.sign_in()
    main = officer.main
    officer.room("Cases")
    case = main.get_by_role("table").locator("tbody").get_by_role("link").first
    number = case.inner_text()
    case.click()
    main.get_by_role("link", name="Print").click()
    expect(main.get_by_role("heading", level=1)).to_contain_text(number)

    page.emulate_media(media="print")
    head, foot = page.locator(".print-head"), page.locator(".print-foot")
    expect(head).to_be_visible()
    expect(head).to_contain_text("For official use only")
    expect(head).to_contain_text(number)
    expect(foot).to_be_visible()
    expect(foot).to_contain_text(f"Printed by {officer.desk.people[officer.login]['name']}")
    for part in (
        page.get_by_role("banner"),
        page.get_by_role("navigation"),
        main.get_by_role("button"),
    ):
        for one in part.all():
            expect(one).to_be_hidden()
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
