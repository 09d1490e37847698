import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rabta.core.linkage import Judged, groups, settle
from rabta.core.words.vocabulary import Verdict

SAME, DIFFERENT = Verdict.SAME, Verdict.DIFFERENT


def said(*triples: tuple[int, int, Verdict]) -> list[Judged]:
    return [
        Judged(left, right, verdict, order) for order, (left, right, verdict) in enumerate(triples)
    ]


def test_same_carries_over() -> None:
    assert groups(said((3, 2, SAME), (2, 1, SAME), (7, 9, SAME))) == (
        frozenset({1, 2, 3}),
        frozenset({7, 9}),
    )


def test_the_latest_judgement_of_a_pair_stands_whichever_way_round_it_was_given() -> None:
    outcome = settle(said((1, 2, SAME), (2, 1, DIFFERENT)))
    assert outcome.groups == ()
    assert outcome.apart(1, 2)
    assert outcome.standing[1, 2].verdict is DIFFERENT


def test_an_undone_judgement_gives_way_to_the_one_before() -> None:
    outcome = settle([Judged(1, 2, SAME, order=1), Judged(1, 2, DIFFERENT, order=2, undone=True)])
    assert outcome.same(1, 2)
    assert not outcome.apart(1, 2)


def test_undoing_the_only_judgement_brings_the_question_back() -> None:
    assert not settle([Judged(1, 2, Verdict.UNSURE, undone=True)]).answered(1, 2)


@pytest.mark.parametrize("verdict", [Verdict.UNSURE, Verdict.CANNOT_COMPARE])
def test_unsure_answers_the_pair_and_says_nothing_of_others(verdict: Verdict) -> None:
    outcome = settle(said((1, 2, verdict), (2, 3, SAME)))
    assert outcome.answered(2, 1)
    assert not outcome.answered(1, 3)
    assert outcome.groups == (frozenset({2, 3}),)


def test_different_holds_for_all_who_are_the_same() -> None:
    outcome = settle(said((1, 2, SAME), (3, 4, SAME), (2, 3, DIFFERENT)))
    assert outcome.apart(1, 4)
    assert outcome.answered(1, 4)
    assert outcome.contradictions == ()


def test_a_contradiction_is_told_and_suspends_the_chain_around_it() -> None:
    outcome = settle(said((1, 2, SAME), (2, 3, SAME), (3, 4, SAME), (1, 3, DIFFERENT)))
    (contradiction,) = outcome.contradictions
    assert contradiction.different.pair == (1, 3)
    assert [link.pair for link in contradiction.chain] == [(1, 2), (2, 3)]
    assert outcome.groups == (frozenset({3, 4}),)
    assert outcome.apart(1, 4)


def test_every_way_around_a_different_is_told() -> None:
    outcome = settle(
        said((1, 2, SAME), (2, 4, SAME), (1, 3, SAME), (3, 4, SAME), (1, 4, DIFFERENT))
    )
    assert [[link.pair for link in found.chain] for found in outcome.contradictions] == [
        [(1, 2), (2, 4)],
        [(1, 3), (3, 4)],
    ]
    assert outcome.groups == ()


def test_a_record_is_not_judged_against_itself() -> None:
    with pytest.raises(ValueError):
        Judged(1, 1, SAME)


judgements = st.lists(
    st.builds(
        Judged,
        left=st.integers(0, 4),
        right=st.integers(5, 9),
        verdict=st.sampled_from(Verdict),
        order=st.integers(0, 3),
        undone=st.booleans(),
    )
    | st.builds(
        Judged,
        left=st.integers(0, 6),
        right=st.integers(7, 9),
        verdict=st.sampled_from([SAME, DIFFERENT]),
        order=st.integers(0, 3),
    ),
    max_size=25,
)


@settings(deadline=None, derandomize=True)
@given(judgements)
def test_no_identity_holds_two_who_were_called_different(said_so: list[Judged]) -> None:
    outcome = settle(said_so)
    members = [record for group in outcome.groups for record in group]
    assert len(members) == len(set(members))
    for judged in outcome.standing.values():
        if judged.verdict is DIFFERENT:
            assert not outcome.same(judged.left, judged.right)
            assert outcome.apart(judged.left, judged.right)
    suspended = {link.pair for found in outcome.contradictions for link in found.chain}
    for pair, judged in outcome.standing.items():
        if judged.verdict is SAME and pair not in suspended:
            assert outcome.same(*pair)


@settings(deadline=None, derandomize=True)
@given(judgements.filter(lambda said_so: len({(j.pair, j.order) for j in said_so}) == len(said_so)))
def test_the_order_of_telling_does_not_matter(said_so: list[Judged]) -> None:
    assert settle(said_so) == settle(reversed(said_so))
