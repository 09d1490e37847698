"""Without JavaScript: sign in, look up, load."""

import pytest
from playwright.sync_api import expect

from tests.journeys.country import man
from tests.journeys.register import counts_of, register

pytestmark = [pytest.mark.browser, pytest.mark.own_node]


def test_sign_in_look_up_load_without_javascript(visitor):
    officer = visitor("demo-investigator-lahore", java_script_enabled=False)
    page = officer.sign_in()
    main = officer.main

    # The box at the head of the page asks for the case on the page of look-ups.
    page.get_by_role("banner").get_by_role("searchbox").fill(man().name)
    page.get_by_role("banner").get_by_role("button", name="Look up").click()
    expect(main.get_by_role("searchbox")).to_have_value(man().name)
    officer.look_up(man().name)
    main.get_by_role("link", name=man().name, exact=True).click()
    expect(main.get_by_role("heading", level=1)).to_contain_text(man().name)

    officer.room("Load a file")
    main.get_by_role("link", name="Bring in a file").click()
    main.get_by_label("File", exact=True).set_input_files(register("plain", first=9200, people=2))
    main.get_by_role("button", name="Continue").click()
    main.get_by_role("button", name="See what it would do").click()
    main.get_by_role("button", name="Load the file").click()
    expect(main.get_by_role("heading", level=1)).to_contain_text("loaded")
    assert counts_of(main) == {"Read": 2, "Loaded": 2, "Unchanged": 0, "Updated": 0, "Refused": 0}
