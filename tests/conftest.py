"""Fixtures every test of the desk may use."""

import itertools
import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

from tests import node

hypothesis_settings.register_profile("suite", derandomize=True, deadline=None)
hypothesis_settings.load_profile("suite")

ROOT = Path(__file__).resolve().parent.parent
NEEDS_DATABASE = ("tests/desk/", "tests/access/", "tests/journeys/")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        where = Path(item.path).relative_to(ROOT).as_posix()
        if where.startswith(NEEDS_DATABASE) and not item.get_closest_marker("own_node"):
            item.add_marker(pytest.mark.django_db(databases=["default", "reads"]))
            item.add_marker(pytest.mark.database)
        elif item.get_closest_marker("own_node"):
            item.add_marker(pytest.mark.database)


@pytest.fixture(scope="session")
def django_db_setup() -> None:
    """The node of this process is there already (tests/node.py); nothing to make."""


@pytest.fixture
def shared_data() -> Path:
    """The real public data beside the checkout; absent on a machine that only has the project."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the real public data (../shared/data) is not on this machine")
    return folder


_numbers = itertools.count(1)


@pytest.fixture
def own_node() -> Iterator[dict[str, str]]:
    """A node to oneself, for tests of processes: gives the environment to run them in."""
    name = f"own_{node.worker()}_{next(_numbers)}"
    made = node.make_node(name)
    yield {**{k: v for k, v in os.environ.items() if not k.startswith("RABTA_")}, **made}
    node.drop_node(name)


@pytest.fixture
def today() -> date:
    from django.utils import timezone

    return timezone.localdate()


@pytest.fixture
def world(db: None, today: date) -> "object":
    """Two police agencies and a shelter with a few units and people: see tests/world.py."""
    from tests.world import World

    return World(today)


@pytest.fixture
def acting() -> Callable:
    """What opens the wall's session for an actor."""
    from rabta.desk.wall import session

    return session.acting
