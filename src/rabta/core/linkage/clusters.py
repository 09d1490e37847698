"""Clusters that obey what humans said: who was called different never shares one."""

from collections.abc import Iterable
from dataclasses import dataclass

from rabta.core.linkage.judgement import Settled, ordered


@dataclass(frozen=True, slots=True)
class Edge:
    """A link between two records and the probability that they are one person."""

    left: int
    right: int
    probability: float


def keep_apart(
    members: Iterable[int], *, edges: Iterable[Edge], settled: Settled
) -> tuple[frozenset[int], ...]:
    """Part a cluster so that no two records that humans called different stay together.

    Records that humans called the same stay together. Links are taken from the strongest to
    the weakest, and one that would bring a "different" together is passed over; so each
    doubtful record ends on the side that speaks more strongly for it. Records without a link
    inside stand alone. A cluster without a "different" inside comes back whole. The parts
    cover the members exactly, ordered by their smallest; equal input gives equal output.
    """
    cluster = frozenset(members)
    identities = sorted({settled.identity(record) for record in cluster})
    enemies: dict[int, set[int]] = {identity: set() for identity in identities}
    for left, right in settled.apart_identities():
        if left in enemies and right in enemies:
            enemies[left].add(right)
            enemies[right].add(left)
    if not any(enemies.values()):
        return (cluster,)
    part_of = {identity: identity for identity in identities}
    parts = {identity: {identity} for identity in identities}
    for edge in sorted(edges, key=lambda e: (-e.probability, *ordered(e.left, e.right))):
        if edge.left not in cluster or edge.right not in cluster:
            continue
        one = part_of[settled.identity(edge.left)]
        other = part_of[settled.identity(edge.right)]
        if one == other or enemies[one] & parts[other]:
            continue
        one, other = ordered(one, other)
        for identity in parts[other]:
            part_of[identity] = one
        parts[one] |= parts.pop(other)
        enemies[one] |= enemies.pop(other)
    gathered: dict[int, set[int]] = {}
    for record in cluster:
        gathered.setdefault(part_of[settled.identity(record)], set()).add(record)
    return tuple(sorted((frozenset(part) for part in gathered.values()), key=min))
