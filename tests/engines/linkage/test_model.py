from rabta.core.linkage import WORDS
from rabta.engines.linkage.model import LADDERS, committed


def codes() -> set[str]:
    return {level.code for ladder in LADDERS for level in ladder.levels}


def test_every_level_has_words_and_committed_chances() -> None:
    assert codes() <= set(WORDS)
    assert set(committed().chances) == codes()
    assert {ladder.unknown for ladder in LADDERS if ladder.unknown} <= set(WORDS)


def test_committed_chances_are_chances_and_point_the_right_way() -> None:
    weights = committed()
    assert weights.origin
    for ladder in LADDERS:
        for level in ladder.levels:
            m, u = weights.chances[level.code]
            assert 0 < m <= 1, level.code
            assert 0 < u <= 1, level.code
        m, u = weights.chances[ladder.levels[0].code]
        assert m > u, ladder.name
        m, u = weights.chances[ladder.levels[-1].code]
        assert m < u, ladder.name


def test_a_level_found_by_splink_is_named_from_the_bottom_up() -> None:
    birth = next(ladder for ladder in LADDERS if ladder.name == "birth")
    assert birth.code(0) == "birth_conflicts"
    assert birth.code(len(birth.levels) - 1) == "birth_same_day"
    assert birth.code(-1) == "birth_unknown"
