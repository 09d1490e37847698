"""For whom a database connection stands: the settings that row-level security reads (rls.py)."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from rabta.core.access.decisions import ASKING, Actor
from rabta.core.errors import Unscoped


class Position(NamedTuple):
    """The settings of a connection: mode, user, reachable agencies."""

    mode: str
    user: str
    reach: str


NOWHERE = Position("", "", "")
SYSTEM = Position("system", "", "")


def position_of(scopes: Iterable[Any], *, door: Any, lifted: bool) -> Position | None:
    """The settings for a statement that carries these scopes; None where it needs none."""
    if lifted:
        return SYSTEM
    scopes = tuple(scopes)
    if scopes:
        # One statement may ask for two purposes; the lock is coarse and takes the wider.
        looking = any(scope.purpose.name in ASKING for scope in scopes)
        return _position(_asker(scopes), looking=looking)
    if door is not None:
        return _position(door.actor, looking=False) if door.actor else None
    return None


def _asker(scopes: tuple[Any, ...]) -> Actor:
    """For whom a statement runs: the person, where the machine only helps in a subquery."""
    people = {scope.actor for scope in scopes if not scope.actor.system}
    if len(people) > 1:
        raise Unscoped("Two people in one question.", table="question", remedy="Ask apart.")
    return people.pop() if people else scopes[0].actor  # type: ignore[no-any-return]


def _position(actor: Actor, *, looking: bool) -> Position:
    mode = "machine" if actor.system else "look-up" if looking else "actor"
    return Position(mode, str(actor.user), ",".join(map(str, sorted(actor.reach | {actor.agency}))))
