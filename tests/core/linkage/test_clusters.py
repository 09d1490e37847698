from hypothesis import given, settings
from hypothesis import strategies as st

from rabta.core.linkage import Edge, Judged, keep_apart, settle
from rabta.core.words.vocabulary import Verdict

SAME, DIFFERENT = Verdict.SAME, Verdict.DIFFERENT


def test_a_cluster_nobody_objects_to_comes_back_whole() -> None:
    assert keep_apart([3, 1, 2], edges=[], settled=settle([])) == (frozenset({1, 2, 3}),)


def test_the_stronger_link_decides_on_which_side_a_record_stands() -> None:
    edges = [Edge(1, 2, 0.9), Edge(2, 3, 0.8)]
    apart = settle([Judged(1, 3, DIFFERENT)])
    assert keep_apart([1, 2, 3], edges=edges, settled=apart) == (
        frozenset({1, 2}),
        frozenset({3}),
    )


def test_who_was_called_the_same_moves_together() -> None:
    settled = settle([Judged(2, 4, SAME), Judged(1, 3, DIFFERENT)])
    edges = [Edge(1, 2, 0.7), Edge(3, 4, 0.95)]
    assert keep_apart([1, 2, 3, 4], edges=edges, settled=settled) == (
        frozenset({1}),
        frozenset({2, 3, 4}),
    )


records = st.integers(1, 8)
pairs = st.tuples(records, records).filter(lambda pair: pair[0] != pair[1])


@settings(deadline=None, derandomize=True)
@given(
    edges=st.lists(st.builds(lambda p, w: Edge(*p, w), pairs, st.floats(0.5, 1)), max_size=20),
    said=st.lists(
        st.builds(lambda p, v: Judged(*p, v), pairs, st.sampled_from([SAME, DIFFERENT])),
        max_size=10,
    ),
)
def test_parts_cover_the_cluster_and_hold_no_enemies(edges: list[Edge], said: list[Judged]) -> None:
    settled = settle(said)
    parts = keep_apart(range(1, 9), edges=edges, settled=settled)
    assert sorted(record for part in parts for record in part) == list(range(1, 9))
    for part in parts:
        assert not any(settled.apart(one, other) for one in part for other in part)
    of = {record: part for part in parts for record in part}
    for group in settled.groups:
        assert len({of[record] for record in group}) == 1
    assert parts == keep_apart(reversed(range(1, 9)), edges=edges[::-1], settled=settled) or len(
        {edge.probability for edge in edges}
    ) < len(edges)
