"""Chance that falls the same on every platform: only ``Random.random()`` is ever drawn."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


class Weighted(Generic[T]):
    """Things with whole-number weights, drawn in proportion to them."""

    __slots__ = ("_sums", "items")

    def __init__(self, pairs: Iterable[tuple[T, int]]):
        kept = tuple(pairs)
        self.items = tuple(item for item, _ in kept)
        self._sums = tuple(accumulate(weight for _, weight in kept))

    def draw(self, dice: "Dice") -> T:
        """One of the items."""
        return self.items[bisect_right(self._sums, dice.below(self._sums[-1]))]


class Dice:
    """A stream of chance from one seed; floats are only compared, or scaled to whole numbers."""

    __slots__ = ("_random",)

    def __init__(self, seed: int):
        self._random = Random(seed).random  # noqa: S311 - a demo that must repeat, not a secret

    def chance(self, share: float) -> bool:
        """True in ``share`` of all draws."""
        return self._random() < share

    def below(self, limit: int) -> int:
        """A whole number from 0 up to, not including, ``limit``."""
        return int(self._random() * limit)

    def between(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return low + int(self._random() * (high - low + 1))

    def pick(self, items: Sequence[T]) -> T:
        """One of the items, each as likely."""
        return items[int(self._random() * len(items))]

    def some(self, items: Sequence[T], count: int) -> list[T]:
        """``count`` different items, or all when there are fewer."""
        pool = list(items)
        return [pool.pop(self.below(len(pool))) for _ in range(min(count, len(pool)))]
