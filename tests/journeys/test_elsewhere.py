"""An officer of another agency asks for the same man: a desk to ask, and nothing that names."""

import pytest
from playwright.sync_api import expect

from tests.journeys.country import hidden, man, protected_names

pytestmark = [pytest.mark.browser, pytest.mark.own_node]


def sources_of_all_rooms(officer) -> None:
    """Go where she can go: every room, and what its first rows lead to."""
    page = officer.page
    rooms = page.get_by_role("navigation", name="Rooms").get_by_role("link")
    for address in [one.get_attribute("href") for one in rooms.all()]:
        page.goto(address)
        officer.read()
        rows = officer.main.locator("tbody tr").get_by_role("link").all()[:5]
        for inside in [one.get_attribute("href") for one in rows]:
            page.goto(inside)
            officer.read()


def test_the_same_man_is_a_desk_to_her(visitor):
    officer = visitor("demo-investigator-punjab")
    officer.sign_in()
    officer.read()
    main = officer.main

    officer.look_up(man().name)
    officer.read()
    expect(main.get_by_role("article")).to_have_count(0)
    expect(main.get_by_role("link", name=man().name)).to_have_count(0)
    desks = main.get_by_role("table").locator("tbody tr")
    assert desks.count() >= len(man().elsewhere) + 1
    expect(desks.filter(has_text="Federal").first).to_be_visible()
    expect(desks.get_by_role("link")).to_have_count(0)
    # His name stands where she typed it and nowhere else.
    assert officer.sources[-1].count(man().name) == 1

    officer.look_up(hidden())
    expect(main).to_contain_text("Nothing that you may know of")
    asked = officer.read().replace(hidden(), "", 1)
    officer.sources[-1] = asked

    sources_of_all_rooms(officer)
    assert len(officer.sources) > 8
    assert len(protected_names()) > 20
    read = "\n".join(officer.sources).casefold()
    assert not [name for name in protected_names() if name.casefold() in read]
