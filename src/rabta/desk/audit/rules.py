"""What is odd about look-ups: pure functions over what the ledger says of them.

Odd is not wrong. A night of look-ups may be a raid; what is here is asked about, not judged.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from random import Random
from statistics import median

HEAVY_FROM = 12
"""Look-ups in an hour below which no hour is heavy."""
HEAVY_TIMES = 3
"""An hour is heavy at so many times the officer's own median hour."""
DAY_BEGINS, DAY_ENDS = 6, 22
"""Hours of the node's own time between which people are at their desks."""
AGAIN_FROM = 4
"""Times that one officer asks for the same person before it is odd."""
SAMPLE = 10


class Why(StrEnum):
    """Why a look-up is shown to whoever reviews it."""

    SAMPLE = "sample"
    HEAVY = "heavy"
    OFF_HOURS = "off-hours"
    AGAIN = "again"
    FAMILY = "family"


class Said(StrEnum):
    """What a reviewer says of it."""

    FINE = "fine"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class LookedUp:
    """One look-up as the ledger has it; ``keys`` are the stored keys that were asked for."""

    entry: int
    at: datetime
    user: int
    agency: int
    case: int
    keys: frozenset[int]


@dataclass(frozen=True, slots=True)
class Odd:
    """Some look-ups of one officer that are odd for one reason; named by the last of them."""

    why: Why
    last: LookedUp
    times: int


def sample_of(found: Sequence[LookedUp], *, day: date, reviewer: int) -> list[Odd]:
    """A random sample, the same all day for the same agency: nobody draws again."""
    rng = Random(f"{day.isoformat()}|{reviewer}")  # noqa: S311 - a draw, not a secret
    drawn = rng.sample(found, min(SAMPLE, len(found)))
    return [Odd(Why.SAMPLE, each, 1) for each in sorted(drawn, key=lambda one: -one.entry)]


def odd_among(found: Iterable[LookedUp]) -> list[Odd]:
    """What is odd, the latest first."""
    by_user: dict[int, list[LookedUp]] = defaultdict(list)
    for each in found:
        by_user[each.user].append(each)
    odd: list[Odd] = []
    for mine in by_user.values():
        odd += heavy(mine)
        odd += off_hours(mine)
        odd += again(mine)
    return sorted(odd, key=lambda one: -one.last.entry)


def heavy(mine: Sequence[LookedUp]) -> list[Odd]:
    """Hours in which an officer asked far more than in their other hours."""
    hours: dict[datetime, list[LookedUp]] = defaultdict(list)
    for each in mine:
        hours[each.at.replace(minute=0, second=0, microsecond=0)].append(each)
    found = []
    for hour, asked in hours.items():
        others = [len(rest) for other, rest in hours.items() if other != hour]
        usual = median(others) if others else 1
        if len(asked) >= max(HEAVY_FROM, HEAVY_TIMES * usual):
            found.append(_odd(Why.HEAVY, asked))
    return found


def off_hours(mine: Sequence[LookedUp]) -> list[Odd]:
    """Look-ups at night, a line for each day."""
    days: dict[date, list[LookedUp]] = defaultdict(list)
    for each in mine:
        if not DAY_BEGINS <= each.at.hour < DAY_ENDS:
            days[each.at.date()].append(each)
    return [_odd(Why.OFF_HOURS, asked) for asked in days.values()]


def again(mine: Sequence[LookedUp]) -> list[Odd]:
    """The same keys, asked for again and again."""
    asked: dict[frozenset[int], list[LookedUp]] = defaultdict(list)
    for each in mine:
        if each.keys:
            asked[each.keys].append(each)
    return [_odd(Why.AGAIN, same) for same in asked.values() if len(same) >= AGAIN_FROM]


def family(
    shown: Iterable[tuple[LookedUp, frozenset[int]]], kin: Mapping[int, frozenset[int]]
) -> list[Odd]:
    """Look-ups that showed people (by their ids) who bear the family name of who asked.

    ``kin`` has for each officer the ids of such people. A name that half the country bears is
    left out before: it points at nobody.
    """
    found = [
        Odd(Why.FAMILY, each, 1) for each, ids in shown if ids & kin.get(each.user, frozenset())
    ]
    return sorted(found, key=lambda one: -one.last.entry)


def _odd(why: Why, asked: Sequence[LookedUp]) -> Odd:
    return Odd(why, max(asked, key=lambda one: one.entry), len(asked))
