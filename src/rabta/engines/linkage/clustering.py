"""Clusters that do not chain: Leiden communities in each component, obeying what humans said.

The method is the constant Potts model (Traag, Van Dooren & Nesterov 2011) with the
probabilities as weights: a cluster is worth the sum of its probabilities less ``RESOLUTION``
for every pair in it, whether the pair has a link or not. At one half this is correlation
clustering: records stand together where, over all pairs between them, "one person" is likelier
than not. No label is needed to choose it. A chain of look-alikes falls apart at its weak link.
"""

import random
from collections.abc import Iterable, Mapping, Sequence

import igraph

from rabta.core.linkage import Edge, Settled, keep_apart

RESOLUTION = 0.5
"""What every pair in a cluster must be worth on average."""


def cluster(
    records: Iterable[int], *, edges: Sequence[Edge], settled: Settled, seed: int
) -> dict[int, int]:
    """Give each record its cluster, named by the smallest record in it.

    A component's clusters depend on its own records, links and judgements alone, so that what
    is loaded elsewhere does not move them. Equal input and seed give equal clusters.
    """
    cluster_of = {record: record for record in records}
    held = [edge for edge in edges if not settled.apart(edge.left, edge.right)]
    identities = _identities(cluster_of, settled)
    sizes = {identity: len(members) for identity, members in identities.items()}
    for component, inner in _components(identities, held, settled):
        parts = (
            [component]
            if len(component) == 1
            else _communities(component, sizes=sizes, edges=inner, settled=settled, seed=seed)
        )
        for part in parts:
            members = [record for identity in part for record in identities[identity]]
            for kept in keep_apart(members, edges=inner, settled=settled):
                name = min(kept)
                for record in kept:
                    cluster_of[record] = name
    return cluster_of


def _identities(records: Iterable[int], settled: Settled) -> dict[int, list[int]]:
    """What humans joined is one vertex: the records present, by their identity."""
    members: dict[int, list[int]] = {}
    for record in records:
        members.setdefault(settled.identity(record), []).append(record)
    return members


def _components(
    identities: Mapping[int, Sequence[int]], edges: Sequence[Edge], settled: Settled
) -> list[tuple[list[int], list[Edge]]]:
    """Connected identities with the links inside; identities without links are left out,
    unless humans joined several records in one."""
    parent = {identity: identity for identity in identities}

    def root(identity: int) -> int:
        while parent[identity] != identity:
            parent[identity] = parent[parent[identity]]
            identity = parent[identity]
        return identity

    for edge in edges:
        one, other = root(settled.identity(edge.left)), root(settled.identity(edge.right))
        parent[max(one, other)] = min(one, other)
    inside: dict[int, list[Edge]] = {}
    for edge in edges:
        inside.setdefault(root(settled.identity(edge.left)), []).append(edge)
    members: dict[int, list[int]] = {}
    for identity in sorted(identities):
        if root(identity) in inside or len(identities[identity]) > 1:
            members.setdefault(root(identity), []).append(identity)
    return [(found, inside.get(first, [])) for first, found in sorted(members.items())]


def _communities(
    component: Sequence[int],
    *,
    sizes: Mapping[int, int],
    edges: Sequence[Edge],
    settled: Settled,
    seed: int,
) -> list[list[int]]:
    """Part one component; a vertex of several records weighs as many and its links add up."""
    place = {identity: number for number, identity in enumerate(component)}
    weight: dict[tuple[int, int], float] = {}
    for edge in edges:
        one, other = place[settled.identity(edge.left)], place[settled.identity(edge.right)]
        if one != other:
            ends = (min(one, other), max(one, other))
            weight[ends] = weight.get(ends, 0.0) + edge.probability
    links = sorted(weight)
    graph = igraph.Graph(n=len(component), edges=links)
    # igraph draws from one generator for the whole process: ours for this call, then back.
    igraph.set_random_number_generator(random.Random(seed))  # noqa: S311 — no secret
    try:
        found = graph.community_leiden(
            objective_function="CPM",
            weights=[weight[link] for link in links],
            node_weights=[float(sizes[identity]) for identity in component],
            resolution=RESOLUTION,
            n_iterations=-1,
        )
    finally:
        igraph.set_random_number_generator(random)
    parts: dict[int, list[int]] = {}
    for identity, number in zip(component, found.membership, strict=True):
        parts.setdefault(number, []).append(identity)
    return list(parts.values())
