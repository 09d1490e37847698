"""The main job: look a man up, judge a link and take it back, load a register and take it back."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.country import man
from tests.journeys.register import counts_of, register

pytestmark = [pytest.mark.browser, pytest.mark.own_node]


def test_look_up_judge_load(visitor):
    officer = visitor("demo-supervisor")
    page = officer.sign_in()
    main = officer.main

    officer.look_up(man().name)
    main.get_by_role("link", name=man().name, exact=True).click()
    expect(main.get_by_role("heading", level=1)).to_contain_text(man().name)
    expect(main.get_by_role("table")).to_contain_text(re.compile(r"(FIR|Enquiry) \d+/\d{4}"))

    officer.room("Links")
    main.get_by_role("table").get_by_role("link").first.click()
    link = page.url
    page.wait_for_timeout(700)  # nobody reads a pair faster, and no answer is taken before
    main.get_by_role("button", name="Same person").click()
    judged = page.locator(".notices .notice", has_text="Judged:")
    judged.get_by_role("button", name="Undo").click()
    expect(page.locator(".notices")).to_contain_text("The judgement is undone")
    expect(page).to_have_url(link)
    said = main.get_by_role("listitem").filter(has_text="Same person")
    expect(said).to_contain_text("undone")
    expect(main.get_by_role("button", name="Same person")).to_be_visible()

    officer.room("Load a file")
    main.get_by_role("link", name="Bring in a file").click()
    main.get_by_label("File", exact=True).set_input_files(
        register("main", first=9100, people=3, bad=1)
    )
    main.get_by_role("button", name="Continue").click()
    main.get_by_role("button", name="See what it would do").click()
    assert counts_of(main) == {"Read": 4, "Loaded": 3, "Unchanged": 0, "Updated": 0, "Refused": 1}
    main.get_by_role("button", name="Load the file").click()
    expect(main.get_by_role("heading", level=1)).to_contain_text("loaded")
    assert counts_of(main) == {"Read": 4, "Loaded": 3, "Unchanged": 0, "Updated": 0, "Refused": 1}

    main.get_by_role("link", name="Mend this row").click()
    main.get_by_label("Role of the person").select_option("accused")
    main.get_by_role("button", name="Load the mended row").click()
    expect(page.locator(".notices")).to_contain_text("The row is mended and loaded")
    assert counts_of(main) == {"Read": 4, "Loaded": 4, "Unchanged": 0, "Updated": 0, "Refused": 0}

    main.get_by_role("link", name="Take the load back").click()
    main.get_by_role("button", name="Take the load back").click()
    expect(main.get_by_role("heading", level=1)).to_contain_text("taken back")
    expect(main).to_contain_text("4 people removed")
