"""What humans said of pairs of records, taken together.

Of each pair the latest judgement that was not undone stands. "Same" carries over: who calls
A and B the same and B and C the same has said that A and C are the same. Where somebody also
said that A and C are different, all of it cannot be true: that is a contradiction, it is
reported, and until a human resolves it the "different" holds and the "same"s that lead around
it are suspended. No identity rests on testimony that contradicts itself.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from rabta.core.words.vocabulary import Verdict

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Judged:
    """One judgement of a pair of records.

    ``order`` rises with time (the row number of the judgement serves); of two with the same
    order the one handed in later counts as the later. An undone judgement says nothing.
    Raises ValueError where left and right are the same record.
    """

    left: int
    right: int
    verdict: Verdict
    order: int = 0
    undone: bool = False

    def __post_init__(self) -> None:
        if self.left == self.right:
            raise ValueError("a judgement is of two records")

    @property
    def pair(self) -> Pair:
        """The two records, the smaller first."""
        return ordered(self.left, self.right)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A "different" and the chain of "same"s that leads from its one end to the other."""

    different: Judged
    chain: tuple[Judged, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """All judgements taken together.

    ``standing``: the judgement that stands, by pair. ``groups``: records that humans called
    the same, at least two each, by their smallest member. ``contradictions``: what cannot all
    be true; the judgements in their chains are not in ``groups``.
    """

    standing: Mapping[Pair, Judged]
    groups: tuple[frozenset[int], ...]
    contradictions: tuple[Contradiction, ...]
    _group_of: Mapping[int, int] = field(repr=False)
    _apart: frozenset[Pair] = field(repr=False)

    def identity(self, record: int) -> int:
        """The smallest record of the group this one belongs to; itself if humans joined none."""
        return self._group_of.get(record, record)

    def same(self, left: int, right: int) -> bool:
        """Whether humans said so, directly or through others."""
        return self.identity(left) == self.identity(right)

    def apart(self, left: int, right: int) -> bool:
        """Whether humans called them, or records identical with them, different."""
        return ordered(self.identity(left), self.identity(right)) in self._apart

    def apart_identities(self) -> frozenset[Pair]:
        """The pairs of identities (see ``identity``) that must not meet in a cluster."""
        return self._apart

    def answered(self, left: int, right: int) -> bool:
        """Whether the pair needs no proposal: it was judged, or follows from what was judged.

        "Unsure" and "cannot compare" are answers too; undoing them brings the proposal back.
        """
        return (
            ordered(left, right) in self.standing
            or self.same(left, right)
            or self.apart(left, right)
        )


def ordered(left: int, right: int) -> Pair:
    """The two records, the smaller first."""
    return (left, right) if left < right else (right, left)


def settle(judgements: Iterable[Judged]) -> Settled:
    """Take judgements together, in any order; the outcome depends only on what they say."""
    standing = _standing(judgements)
    same = {pair: judged for pair, judged in standing.items() if judged.verdict is Verdict.SAME}
    different = sorted(pair for pair, judged in standing.items() if judged.verdict is _DIFFERENT)
    # Every contradiction is found in the whole of what was said, before anything is suspended:
    # which of two contradictions is looked at first must not hide the other.
    whole = _neighbours(same)
    contradictions: list[Contradiction] = []
    suspended: set[Pair] = set()
    for left, right in different:
        chains = list(_chains(whole, left, right))
        contradictions.extend(
            Contradiction(standing[left, right], tuple(same[pair] for pair in chain))
            for chain in chains
        )
        suspended.update(pair for chain in chains for pair in chain)
    kept = _components(pair for pair in same if pair not in suspended)
    group_of = {record: min(group) for group in kept for record in group}
    apart = frozenset(
        ordered(group_of.get(left, left), group_of.get(right, right)) for left, right in different
    )
    return Settled(standing, kept, tuple(contradictions), group_of, apart)


def groups(judgements: Iterable[Judged]) -> tuple[frozenset[int], ...]:
    """The identities that follow from the judgements: two or more records each, disjoint."""
    return settle(judgements).groups


_DIFFERENT = Verdict.DIFFERENT


def _standing(judgements: Iterable[Judged]) -> dict[Pair, Judged]:
    latest: dict[Pair, Judged] = {}
    for judged in judgements:
        if judged.undone:
            continue
        before = latest.get(judged.pair)
        if before is None or judged.order >= before.order:
            latest[judged.pair] = judged
    return dict(sorted(latest.items()))


def _neighbours(pairs: Iterable[Pair]) -> dict[int, list[int]]:
    neighbours: dict[int, list[int]] = {}
    for left, right in pairs:
        neighbours.setdefault(left, []).append(right)
        neighbours.setdefault(right, []).append(left)
    return {record: sorted(others) for record, others in neighbours.items()}


def _chains(neighbours: Mapping[int, list[int]], start: int, end: int) -> Iterator[list[Pair]]:
    """Shortest chains from start to end that share no link, until none is left."""
    used: set[Pair] = set()
    while chain := _shortest(neighbours, start=start, end=end, without=used):
        used.update(chain)
        yield chain


def _shortest(
    neighbours: Mapping[int, list[int]], *, start: int, end: int, without: set[Pair]
) -> list[Pair]:
    came_from: dict[int, int] = {start: start}
    waiting = deque([start])
    while waiting and end not in came_from:
        here = waiting.popleft()
        for there in neighbours.get(here, ()):
            if there not in came_from and ordered(here, there) not in without:
                came_from[there] = here
                waiting.append(there)
    if end not in came_from:
        return []
    chain: list[Pair] = []
    here = end
    while here != start:
        chain.append(ordered(came_from[here], here))
        here = came_from[here]
    return chain[::-1]


def _components(pairs: Iterable[Pair]) -> tuple[frozenset[int], ...]:
    neighbours = _neighbours(pairs)
    seen: set[int] = set()
    found: list[frozenset[int]] = []
    for record in sorted(neighbours):
        if record in seen:
            continue
        members = {record}
        waiting = deque([record])
        while waiting:
            for other in neighbours[waiting.popleft()]:
                if other not in members:
                    members.add(other)
                    waiting.append(other)
        seen |= members
        found.append(frozenset(members))
    return tuple(found)
