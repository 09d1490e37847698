"""A case with people in it, an officer who works on it, and browsers that are signed in."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from django.test import Client
from tests.world import World

from rabta.core.access.decisions import Actor
from rabta.core.words.incoming import IncomingParticular
from rabta.core.words.vocabulary import CaseKind, Duty, Particular, Role
from rabta.desk.accounts.models import User
from rabta.desk.cases.models import Case, Person
from rabta.desk.cases.services import cases
from rabta.desk.cases.services.cases import CaseEntry, open_case
from rabta.desk.cases.services.entering import add_person
from rabta.desk.cases.services.people import PersonEntry
from rabta.desk.wall.models import WriteEntry
from rabta.desk.wall.session import acting

VICTIM = "Zarnaab Pilotwala"
ACCUSED = "Tobar Kandilwala"


@dataclass
class House:
    """A world with officers in it."""

    world: World

    def officer(self, unit: str, duty: Duty = Duty.INVESTIGATOR) -> tuple[User, Actor]:
        user = self.world.user()
        return user, self.world.actor(unit, duty, user=user)

    @contextmanager
    def as_(self, actor: Actor) -> Iterator[Actor]:
        with acting(actor, "test"):
            yield actor

    def entry(self, unit: str = "circle_a", **fields: object) -> CaseEntry:
        said = {"kind": CaseKind.SMUGGLING, "unit": self.world.units[unit].pk, "station": "Sadar"}
        return CaseEntry(**{**said, **fields})

    def case(self, actor: Actor, unit: str = "circle_a", *, sealed: bool = False) -> Case:
        with acting(actor, "test"):
            return open_case(actor=actor, entry=self.entry(unit), sealed=sealed)

    def person(self, actor: Actor, case: Case, name: str, *roles: Role, **more: str) -> Person:
        particulars = (
            IncomingParticular(Particular.NAME, name),
            *(IncomingParticular(Particular(kind), text) for kind, text in more.items()),
        )
        with acting(actor, "test"):
            return add_person(
                actor=actor, case=case, entry=PersonEntry(particulars, roles=tuple(roles))
            )


@pytest.fixture
def house(world: World) -> House:
    return House(world)


@pytest.fixture
def browser() -> Callable[[User], Client]:
    """A browser in which somebody is signed in."""

    def go(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return go


@pytest.fixture
def last_entry(db: None) -> Callable[[], dict]:
    """What the latest entry of the ledger of writes says."""
    return lambda: WriteEntry.objects.order_by("-seq").first().said


@pytest.fixture
def again() -> Callable[[Actor, object], object]:
    """Reads a record anew, as somebody."""
    from rabta.desk.wall.scope import visible_to

    def go(actor: Actor, record: object) -> object:
        with acting(actor, "test"):
            return visible_to(type(record), actor).get(pk=record.pk)

    return go


@pytest.fixture
def scene(house: House):
    """A case of circle_a with a victim and an accused, and its officer."""
    house.user, house.me = house.officer("circle_a")
    house.c = house.case(house.me)
    house.victim = house.person(
        house.me, house.c, VICTIM, Role.VICTIM, father_name="Gulbar Pilotwala"
    )
    house.accused = house.person(house.me, house.c, ACCUSED, Role.ACCUSED, cnic="35202-1234567-1")
    with house.as_(house.me):
        cases.add_note(actor=house.me, case=house.c, text=f"{VICTIM} was seen at the station.")
    return house
