"""The tree of units as it stands on a day, as plain data: who is above and below whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Edge:
    """``unit`` stood under ``parent`` from a day to a day (excluded)."""

    unit: int
    parent: int
    valid_from: date
    valid_to: date | None

    def holds_on(self, day: date) -> bool:
        """Whether it held on a day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


def below(
    unit: int, edges: Iterable[Edge], successors: Iterable[tuple[int, int]], day: date
) -> frozenset[int]:
    """Ids of a unit, all units under it on a day, and all that were merged into any of them.

    ``successors`` are pairs (closed unit, unit that took over): the files of a circle that was
    merged belong to the one that took over.
    """
    children: dict[int, set[int]] = {}
    for edge in edges:
        if edge.holds_on(day):
            children.setdefault(edge.parent, set()).add(edge.unit)
    for old, new in successors:
        children.setdefault(new, set()).add(old)
    found: set[int] = set()
    waiting = [unit]
    while waiting:
        at = waiting.pop()
        if at not in found:
            found.add(at)
            waiting.extend(children.get(at, ()))
    return frozenset(found)
