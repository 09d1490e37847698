"""Records to be matched, and browsers that are signed in."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.desk.matching.records import Records
from tests.world import World

from rabta.core.access.decisions import Actor
from rabta.desk.accounts.models import User


@pytest.fixture
def records(world: World) -> Records:
    return Records(world)


@pytest.fixture
def browser() -> Callable[[Actor], Client]:
    """A browser in which an actor is signed in."""

    def go(actor: Actor) -> Client:
        client = Client()
        client.force_login(User.objects.get(pk=actor.user))
        return client

    return go
