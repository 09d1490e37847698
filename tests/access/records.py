"""One record of every guarded kind in every state the wall tells apart, and whoever may ask."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone
from tests.world import LOADER, World

from rabta.core.access.decisions import Actor
from rabta.core.access.levels import Level
from rabta.core.access.policies import POLICIES
from rabta.core.words.vocabulary import CaseKind, Duty, Role, SystemDuty
from rabta.desk.accounts.models import Agency, Unit, User
from rabta.desk.cases.models import Case, Person, RoleInCase, TeamMember
from rabta.desk.wall.base import Guarded
from rabta.desk.wall.door import write
from rabta.desk.wall.session import acting

OWNER, LISTS = "circle_a", "listdesk"


@dataclass(frozen=True)
class State:
    """A state of the records of a file: what is so of its case and its person."""

    name: str
    owner: str = OWNER
    case: tuple[tuple[str, Any], ...] = ()
    person: tuple[tuple[str, Any], ...] = ()
    role: Role = Role.ACCUSED


STATES = (
    State("unprotected", person=(("protected", False),)),
    State("protected", person=(("protected", True),), role=Role.VICTIM),
    State(
        "protected, consents",
        person=(("protected", True), ("link_consent", True)),
        role=Role.VICTIM,
    ),
    State("sealed", case=(("sealed", True),), person=(("protected", False),)),
    State(
        "published list",
        owner=LISTS,
        case=(("kind", CaseKind.LIST),),
        person=(("protected", False),),
        role=Role.LISTED,
    ),
)
PLAIN = STATES[0].name


@dataclass(frozen=True)
class Asking:
    """Who asks, and how they stand to a record of an owner."""

    relation: str
    owner: str
    duty: str
    actor: Actor


class Records:
    """A world with one record of each guarded kind in each state; rows by kind and state."""

    def __init__(self, world: World):
        self.world = world
        self.member = world.user("member")
        self.rows: dict[type[Guarded], dict[int, State]] = {}
        for number, state in enumerate(STATES, 1):
            self._file(state, number)
        world.allow("federal", "shelter", Level.PSEUDONYM)
        world.allow("lists", "shelter", Level.PSEUDONYM)

    def _file(self, state: State, number: int) -> None:
        unit = self.world.units[state.owner]
        there: dict[type[models.Model], Any] = {
            Unit: unit, Agency: unit.agency, User: self.member,
        }  # fmt: skip
        with acting(LOADER, "test"), write(LOADER, "world.filled") as door:
            case = Case(**_filled(Case, there) | {"number": str(number)} | dict(state.case))
            person = Person(**_filled(Person, there) | dict(state.person))
            other = Person(**_filled(Person, there) | dict(state.person))
            for record in (case, person, other):
                self._keep(door.create(record), state)
            there |= {Case: case, Person: person}
            for one in (person, other):
                role = RoleInCase(**_filled(RoleInCase, there | {Person: one}))
                role.role = state.role
                self._keep(door.create(role), state)
            team = TeamMember(**_filled(TeamMember, there) | {"user": self.member})
            self._keep(door.create(team), state)
            waiting = [m for m in guarded() if m not in self.rows or state not in _states(self, m)]
            # Each in its turn: what a record hangs on is made before it.
            while waiting:
                model = next((m for m in waiting if _can(m, there)), None)
                assert model is not None, f"nothing to hang {waiting} on"
                waiting.remove(model)
                made = model(**_filled(model, there))
                if any(f.name == "left" for f in model._meta.concrete_fields):
                    made.left, made.right = person, other
                self._keep(door.create(made), state)
                there[model] = made

    def _keep(self, record: Guarded, state: State) -> None:
        self.rows.setdefault(type(record), {})[record.pk] = state

    def askers(self) -> Iterator[Asking]:
        """Every duty in every relation; somebody without a posting; the machine."""
        desks = {
            OWNER: {
                "own unit": OWNER,
                "same agency": "circle_b",
                "other agency": "post",
                "other agency, allowed": "house",
            },
            LISTS: {"own unit": LISTS, "other agency": "post", "other agency, allowed": "house"},
        }
        stand = {}
        for duty in Duty:
            for unit in sorted({u for units in desks.values() for u in units.values()}):
                stand[unit, duty] = self.world.actor(unit, duty)
            stand["named", duty] = self.world.actor("post", duty, user=self.world.user())
        self._name([actor.user for (unit, _), actor in stand.items() if unit == "named"])
        for owner, units in desks.items():
            for relation, unit in (*units.items(), ("other agency, named", "named")):
                for duty in Duty:
                    yield Asking(relation, owner, duty.value, stand[unit, duty])
            yield Asking("no duty", owner, "none", Actor(user=self.world.user().pk, duty=None))
            for machine in SystemDuty:
                yield Asking("the machine", owner, machine.value, Actor(user=0, duty=machine))

    def _name(self, users: list[int]) -> None:
        """Put people in the teams of all cases, as a joint team of two agencies has them."""
        with acting(LOADER, "test"), write(LOADER, "case.team") as door:
            for case in list(self.rows[Case]):
                for user in users:
                    door.create(TeamMember(case_id=case, user_id=user))


def guarded() -> list[type[Guarded]]:
    """Every guarded model, by the name of its kind."""
    found = [m for m in apps.get_models() if issubclass(m, Guarded)]
    return sorted(found, key=lambda m: m.Wall.policy)


def told_apart(model: type[Guarded]) -> frozenset[str]:
    """The states of which the kind's rules say anything: of a case none is protected."""
    kinds = {model.Wall.policy} | _above(model.Wall.policy)
    if "person" in kinds:
        return frozenset(state.name for state in STATES)
    if "case" in kinds:
        return frozenset({PLAIN, "sealed", "published list"})
    return frozenset({PLAIN})


def _above(kind: str) -> set[str]:
    found: set[str] = set()
    model = next(m for m in guarded() if m.Wall.policy == kind)
    for relation in POLICIES[kind].inherits:
        parent = model._meta.get_field(relation).related_model.Wall.policy
        found |= {parent} | _above(parent)
    return found


def _states(records: Records, model: type[Guarded]) -> set[State]:
    return set(records.rows[model].values())


def _needed(model: type[models.Model]) -> list[models.Field]:
    return [
        f for f in model._meta.concrete_fields
        if not f.primary_key and not f.has_default() and not f.null
        and not getattr(f, "auto_now", False) and not getattr(f, "auto_now_add", False)
    ]  # fmt: skip


def _can(model: type[models.Model], there: dict[type[models.Model], Any]) -> bool:
    return all(not f.is_relation or f.related_model in there for f in _needed(model))


def _filled(model: type[models.Model], there: dict[type[models.Model], Any]) -> dict[str, Any]:
    """A value for every field that must have one."""
    return {f.name: _value(f, there) for f in _needed(model)}


def _value(field: models.Field, there: dict[type[models.Model], Any]) -> Any:
    if field.is_relation:
        return there[field.related_model]
    if field.choices:
        return field.choices[0][0]
    match field:
        case models.DateTimeField():
            return timezone.now()
        case models.DateField():
            return date(2020, 1, 1)
        case models.BinaryField():
            return b"sealed"
        case models.BooleanField():
            return False
        case models.IntegerField() | models.FloatField():
            # History says whose it is by a number alone.
            return there[Agency].pk if field.name == "agency_id" else 1
        case _:
            return ""
