from string import Formatter

import pytest

from rabta.core.linkage import WORDS, Polarity, evidence, rounded_count


@pytest.mark.parametrize(
    ("weight", "polarity"),
    [
        (6.24, Polarity.FOR),
        (-3.0, Polarity.AGAINST),
        (0.3, Polarity.NEUTRAL),
        (0.0, Polarity.NEUTRAL),
    ],
)
def test_the_weight_says_which_way_a_finding_points(weight: float, polarity: Polarity) -> None:
    assert evidence("name_partly", weight).polarity is polarity


def test_a_finding_reads_as_a_sentence_with_its_facts() -> None:
    assert (
        str(evidence("namesakes_many", 0.0, count=300))
        == "About 300 records here have such a name."
    )


def test_a_code_without_words_is_refused() -> None:
    with pytest.raises(KeyError):
        evidence("hunch", 5.0)


def test_every_code_has_one_sentence() -> None:
    for code, words in WORDS.items():
        assert words.endswith("."), code
        assert {name for _, name, _, _ in Formatter().parse(words) if name} <= {"count"}, code


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (0, 0),
        (4, 0),
        (5, 5),
        (7, 5),
        (8, 10),
        (9, 10),
        (10, 10),
        (14, 10),
        (15, 20),
        (96, 100),
        (349, 300),
        (35_000, 40_000),
    ],
)
def test_counts_of_namesakes_are_told_roughly(count: int, told: int) -> None:
    assert rounded_count(count) == told
