"""How near two words sound: the cheapest way to turn the sounds of one into the other's.

A lost consonant costs 1. A vowel that Arabic script never writes costs almost nothing across
scripts and little within one. Letters that are spelt for one another cost a part: q and k, the
three readings of ذ ض ظ, th, gh and q.
"""

from functools import lru_cache
from typing import Final

_NEAR: Final[tuple[tuple[str, str, float], ...]] = (
    ("q", "k", 0.1), ("q", "g", 0.2), ("q", "G", 0.15), ("k", "g", 0.35), ("k", "x", 0.35),
    ("g", "G", 0.15), ("G", "k", 0.4), ("G", "x", 0.5), ("q", "x", 0.4), ("x", "h", 0.4),
    ("T", "s", 0.1), ("T", "t", 0.1), ("T", "D", 0.3), ("T", "z", 0.4), ("T", "Z", 0.4),
    ("D", "z", 0.1), ("D", "d", 0.1), ("D", "Z", 0.05), ("Z", "z", 0.1), ("Z", "d", 0.15),
    ("z", "d", 0.6), ("z", "s", 0.4), ("J", "z", 0.25), ("J", "j", 0.15), ("J", "Z", 0.25),
    ("J", "D", 0.3), ("j", "g", 0.45), ("j", "c", 0.5), ("j", "z", 0.5), ("j", "y", 0.6),
    ("c", "S", 0.35), ("c", "s", 0.6), ("c", "k", 0.6), ("S", "s", 0.4), ("S", "J", 0.5),
    ("b", "p", 0.2), ("p", "f", 0.3), ("f", "w", 0.4), ("t", "d", 0.4), ("b", "w", 0.5),
    ("W", "f", 0.5), ("m", "n", 0.6), ("r", "d", 0.7),
    ("w", "W", 0.0), ("w", "u", 0.15), ("w", "o", 0.15), ("W", "u", 0.0), ("W", "o", 0.0),
    ("W", "a", 0.35), ("W", "e", 0.4), ("W", "i", 0.5), ("Y", "y", 0.0), ("Y", "i", 0.0),
    ("Y", "e", 0.1), ("Y", "a", 0.25), ("y", "i", 0.05), ("y", "e", 0.15), ("Y", "j", 0.6),
    ("A", "a", 0.0), ("A", "e", 0.15), ("A", "i", 0.2), ("A", "o", 0.15), ("A", "u", 0.15),
    ("A", "E", 0.2), ("E", "a", 0.0), ("E", "e", 0.05), ("E", "i", 0.1), ("E", "o", 0.1),
    ("E", "u", 0.1), ("H", "a", 0.0), ("H", "e", 0.0), ("H", "h", 0.05), ("H", "i", 0.2),
    ("H", "A", 0.05), ("H", "t", 0.5), ("Y", "A", 0.3), ("Y", "H", 0.3),
    ("a", "e", 0.1), ("a", "o", 0.25), ("a", "i", 0.25), ("a", "u", 0.25), ("e", "i", 0.1),
    ("e", "o", 0.3), ("e", "u", 0.3), ("i", "o", 0.35), ("i", "u", 0.35), ("o", "u", 0.05),
)  # fmt: skip
_SOUNDS: Final = "aeiouAEWYHhwybpftTdDkqgGxcjJsSzZrlmn"
_OTHER_VOWEL: Final = 0.4
_APART: Final = 1.0

_GAPS: Final[dict[str, float]] = {
    **dict.fromkeys(_SOUNDS, 0.9),
    **dict.fromkeys("aeiou", 0.2),
    "A": 0.35, "W": 0.35, "Y": 0.35, "E": 0.15, "H": 0.15, "h": 0.35, "w": 0.45, "y": 0.35,
}  # fmt: skip
_GAPS_ACROSS: Final[dict[str, float]] = {**_GAPS, **dict.fromkeys("aeiou", 0.08)}

_WORTH: Final[dict[str, float]] = {
    **dict.fromkeys(_SOUNDS, 1.0),
    **dict.fromkeys("aeiouEH", 0.25), "A": 0.35, "W": 0.4, "Y": 0.4, "h": 0.6, "w": 0.5, "y": 0.4,
}  # fmt: skip


def _costs() -> dict[str, dict[str, float]]:
    soft = "aeiouAEWYHwy"
    table = {
        one: {
            two: 0.0 if one == two else _OTHER_VOWEL if one in soft and two in soft else _APART
            for two in _SOUNDS
        }
        for one in _SOUNDS
    }
    for one, two, cost in _NEAR:
        table[one][two] = table[two][one] = cost
    return table


_COSTS: Final = _costs()


@lru_cache(maxsize=1 << 18)
def likeness(one: str, two: str, across: bool) -> float:
    """0 (nothing in common) to 1 (the same sounds). Symmetric. ``across``: scripts differ."""
    if one == two:
        return 1.0
    if not one or not two:
        return 0.0
    if two < one:
        one, two = two, one
    gaps = _GAPS_ACROSS if across else _GAPS
    above = [0.0]
    for sound in two:
        above.append(above[-1] + gaps[sound])
    gaps_two = [gaps[sound] for sound in two]
    for sound in one:
        gap = gaps[sound]
        costs = _COSTS[sound]
        diagonal = above[0]
        left = diagonal + gap
        row = [left]
        add = row.append
        for at, other in enumerate(two, 1):
            best = diagonal + costs[other]
            diagonal = above[at]
            down = diagonal + gap
            if down < best:
                best = down
            across_cost = left + gaps_two[at - 1]
            if across_cost < best:
                best = across_cost
            left = best
            add(best)
        above = row
    worth = (sum(map(_WORTH.__getitem__, one)) + sum(map(_WORTH.__getitem__, two))) / 2
    return max(0.0, 1.0 - above[-1] / max(worth, 1.0))
