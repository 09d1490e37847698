from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rabta.core.linkage import Edge, Judged, settle
from rabta.core.words.vocabulary import Verdict
from rabta.engines.linkage.clustering import cluster

SAME, DIFFERENT = Verdict.SAME, Verdict.DIFFERENT
NOTHING = settle([])


def clique(*records: int, probability: float = 0.9) -> list[Edge]:
    return [Edge(left, right, probability) for left, right in combinations(records, 2)]


def test_records_that_all_agree_are_one_cluster() -> None:
    assert cluster([1, 2, 3], edges=clique(1, 2, 3), settled=NOTHING, seed=1) == {1: 1, 2: 1, 3: 1}


def test_one_link_does_not_chain_two_groups() -> None:
    edges = [*clique(1, 2, 3), *clique(4, 5, 6), Edge(3, 4, 0.99)]
    found = cluster(range(1, 7), edges=edges, settled=NOTHING, seed=1)
    assert found == {1: 1, 2: 1, 3: 1, 4: 4, 5: 4, 6: 4}


def test_a_long_chain_falls_apart_into_pairs() -> None:
    edges = [Edge(n, n + 1, 0.9) for n in range(1, 20)]
    found = cluster(range(1, 21), edges=edges, settled=NOTHING, seed=1)
    sizes = [list(found.values()).count(name) for name in set(found.values())]
    assert max(sizes) == 2


def test_what_humans_joined_pulls_its_links_together() -> None:
    # Neither 3 nor 4 alone is linked to both 1 and 2; called the same they are, and stay.
    edges = [Edge(1, 2, 0.9), Edge(1, 3, 0.9), Edge(2, 4, 0.9)]
    found = cluster([1, 2, 3, 4], edges=edges, settled=settle([Judged(3, 4, SAME)]), seed=1)
    assert found[3] == found[4]


def test_a_difference_parts_even_a_full_clique() -> None:
    settled = settle([Judged(1, 4, DIFFERENT)])
    found = cluster([1, 2, 3, 4], edges=clique(1, 2, 3, 4), settled=settled, seed=1)
    assert found[1] != found[4]


def test_other_components_do_not_move_a_cluster() -> None:
    mine = [*clique(1, 2, 3), Edge(3, 4, 0.6), *clique(4, 5)]
    others = [*clique(10, 11, 12), Edge(12, 13, 0.7), *clique(13, 14, 15)]
    alone = cluster(range(1, 6), edges=mine, settled=NOTHING, seed=3)
    among = cluster([*range(1, 6), *range(10, 16)], edges=mine + others, settled=NOTHING, seed=3)
    assert {record: among[record] for record in alone} == alone


pairs = st.tuples(st.integers(1, 12), st.integers(1, 12)).filter(lambda pair: pair[0] < pair[1])


@settings(deadline=None, derandomize=True)
@given(
    links=st.dictionaries(pairs, st.floats(0.5, 1), max_size=40),
    said=st.dictionaries(pairs, st.sampled_from([SAME, DIFFERENT]), max_size=8),
    seed=st.integers(0, 9),
)
def test_clusters_obey_judgements_and_repeat(
    links: dict[tuple[int, int], float], said: dict[tuple[int, int], Verdict], seed: int
) -> None:
    settled = settle(Judged(*pair, verdict) for pair, verdict in said.items())
    edges = [Edge(*pair, probability) for pair, probability in links.items()]
    found = cluster(range(1, 13), edges=edges, settled=settled, seed=seed)
    assert set(found) == set(range(1, 13))
    for left, right in combinations(range(1, 13), 2):
        if settled.apart(left, right):
            assert found[left] != found[right]
        if settled.same(left, right):
            assert found[left] == found[right]
    for record, name in found.items():
        assert name == min(other for other, of in found.items() if of == name)
        assert found[name] == name
        assert record >= name
    assert found == cluster(range(1, 13), edges=edges, settled=settled, seed=seed)


@pytest.mark.parametrize("records", [[], [7]])
def test_few_records_are_no_trouble(records: list[int]) -> None:
    assert cluster(records, edges=[], settled=NOTHING, seed=1) == {
        record: record for record in records
    }
