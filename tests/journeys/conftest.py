"""One server a process, one browser for the journeys, a context for each who walks one."""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests import node
from tests.journeys.desk import Desk, Visitor, chromium, served


@pytest.fixture(scope="session")
def desk() -> Iterator[Desk]:
    name = f"journeys_{node.worker()}"
    plain = {key: value for key, value in os.environ.items() if not key.startswith("RABTA_")}
    try:
        with served(plain | node.make_node(name)) as made:
            yield made
    finally:
        node.drop_node(name)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Not for the session: Playwright keeps an event loop in the thread, and Django, finding one,
    refuses the database to the tests that come after."""
    with sync_playwright() as playwright:
        found = chromium(playwright)
        yield found
        found.close()


@pytest.fixture
def visitor(desk: Desk, browser: Browser) -> Iterator[Callable[..., Visitor]]:
    """Somebody of the demo country at a browser: ``visitor("demo-supervisor")``."""
    came: list[Visitor] = []

    def come(login: str, **options: object) -> Visitor:
        came.append(Visitor.at(desk, browser, login, **options))
        return came[-1]

    yield come
    for one in came:
        one.close()
