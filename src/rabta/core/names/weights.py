"""How little a common name says: a weight per consonant skeleton."""

from typing import Final

COMMON: Final[dict[str, float]] = {}


def weight_of(skeleton: str) -> float:
    """From 0.3 (half a region bears it) to 1 (rare, or not in the table)."""
    return COMMON.get(skeleton, 1.0)
