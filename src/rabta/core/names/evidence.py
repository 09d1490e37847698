"""Which token met which, and what was left over."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import Indel

from rabta.core.names.alignment import likeness
from rabta.core.names.prepared import Prepared, Unit
from rabta.core.names.typed import PartKind, Script

MATCHED: Final = 0.62
"""From this likeness on two tokens are held to be one name."""

_JOINED: Final = 0.8
_INITIAL: Final = 0.8
_WORTH_A_LOOK: Final = 0.45
_WORTH_JOINING: Final = 0.75
_SURE: Final = 0.95


@dataclass(frozen=True, slots=True)
class Match:
    """Tokens of one side that met tokens of the other (two on one side if written apart).

    ``weight`` is how much the meeting says, whatever the likeness.
    """

    left: tuple[Unit, ...]
    right: tuple[Unit, ...]
    likeness: float
    weight: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """What two names have in common and what not; ``whole`` is their likeness as one word."""

    matches: tuple[Match, ...]
    left: tuple[Unit, ...]
    right: tuple[Unit, ...]
    whole: float


_Candidate = tuple[float, tuple[int, ...], tuple[int, ...], float]


def weigh(one: Prepared, two: Prepared) -> Evidence:
    """Assign the tokens of two readable names to each other, the most telling pairs first."""
    lefts, rights = one.units, two.units
    single = [[_units_alike(left, right) for right in rights] for left in lefts]
    candidates: list[_Candidate] = [
        (-alike * (lefts[i].weight + rights[j].weight), (i,), (j,), alike)
        for i, row in enumerate(single)
        for j, alike in enumerate(row)
        if alike >= MATCHED
    ]
    candidates += [
        (value, pair, whole, alike) for value, pair, whole, alike in _joined(lefts, rights, single)
    ]
    if len(rights) > 1:
        turned = [list(column) for column in zip(*single, strict=True)]
        candidates += [
            (value, whole, pair, alike)
            for value, pair, whole, alike in _joined(rights, lefts, turned)
        ]
    candidates.sort()
    free_left, free_right = set(range(len(lefts))), set(range(len(rights)))
    matches = []
    for _, some, others, alike in candidates:
        if free_left.issuperset(some) and free_right.issuperset(others):
            free_left.difference_update(some)
            free_right.difference_update(others)
            left, right = tuple(lefts[i] for i in some), tuple(rights[j] for j in others)
            matches.append(Match(left, right, alike, _weight(left, right)))
    return Evidence(
        matches=tuple(matches),
        left=tuple(lefts[i] for i in sorted(free_left)),
        right=tuple(rights[j] for j in sorted(free_right)),
        whole=max(
            Indel.normalized_similarity(whole, other)
            for whole in one.wholes
            for other in two.wholes
        ),
    )


def _weight(left: tuple[Unit, ...], right: tuple[Unit, ...]) -> float:
    one, other = sum([unit.weight for unit in left]), sum([unit.weight for unit in right])
    return (one + other) / 2 if len(left) == len(right) else max(one, other)


def _joined(
    halves: tuple[Unit, ...], wholes: tuple[Unit, ...], single: list[list[float]]
) -> list[_Candidate]:
    """Neighbours on one side that are a single token of the other, better than either alone."""
    found: list[_Candidate] = []
    for at in range(len(halves) - 1):
        first, second = halves[at], halves[at + 1]
        for j, whole in enumerate(wholes):
            alone = max(single[at][j], single[at + 1][j])
            if alone >= _SURE:
                continue
            alike = _together(first, second, whole)
            if alike >= _JOINED and alike > alone:
                weight = 2 * max(first.weight + second.weight, whole.weight)
                found.append((-alike * weight, (at, at + 1), (j,), alike))
    return found


# The tokens of a country's names are few and meet again and again: what was found for two of
# them is kept, by the tokens themselves.


@lru_cache(maxsize=1 << 17)
def _together(first: Unit, second: Unit, whole: Unit) -> float:
    if not (first.sounds and second.sounds):
        return 0.0
    if Indel.normalized_similarity(first.bones + second.bones, whole.bones) < _WORTH_JOINING:
        return 0.0
    across = first.script is not whole.script
    return likeness(first.sounds + second.sounds, whole.sounds, across)


@lru_cache(maxsize=1 << 17)
def _units_alike(one: Unit, two: Unit) -> float:
    if one.script is Script.OTHER or two.script is Script.OTHER:
        return 1.0 if one.text == two.text else 0.0
    if one.kind is PartKind.INITIAL or two.kind is PartKind.INITIAL:
        return _INITIAL if one.bones[:1] == two.bones[:1] else 0.0
    if one.sounds == two.sounds:
        return 1.0
    bones, others = one.bones, two.bones
    if bones != others and Indel.normalized_similarity(bones, others) < _WORTH_A_LOOK:
        return 0.0
    return likeness(one.sounds, two.sounds, one.script is not two.script)
