"""Strength, worth, namesakes, and what is kept of the reasons."""

import pytest

from rabta.core.linkage import evidence
from rabta.desk.matching.rules import Strength, evidence_kept, namesakes, strength, worth


@pytest.mark.parametrize(
    ("probability", "band"),
    [
        (1.0, Strength.STRONG),
        (0.99, Strength.STRONG),
        (0.989, Strength.LIKELY),
        (0.9, Strength.LIKELY),
        (0.89, Strength.POSSIBLE),
        (0.5, Strength.POSSIBLE),
    ],
)
def test_bands_of_strength(probability: float, band: Strength) -> None:
    assert strength(probability) is band


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "1"), (2, "1"), (3, "5"), (7, "5"), (8, "10"), (30, "50"), (75, "100"), (300, "500+"),
     (10**6, "500+")],
)  # fmt: skip
def test_namesakes_are_told_in_six_steps(count: int, said: str) -> None:
    assert namesakes(count) == said


def test_two_agencies_come_before_one_and_a_bridge_before_none() -> None:
    plain = worth(weight=12.34, across=False, bridge=False)
    assert plain == 123
    assert plain < worth(weight=12.34, across=False, bridge=True)
    assert worth(weight=12.34, across=False, bridge=True) < worth(
        weight=12.34, across=True, bridge=False
    )
    assert worth(weight=80, across=False, bridge=False) == 300


def test_of_reasons_codes_and_polarity_are_kept_and_no_fact() -> None:
    found = [evidence("cnic_same", 9.8), evidence("namesakes_many", 0.0, count=40),
             evidence("birth_conflicts", -4.1)]  # fmt: skip
    assert evidence_kept(found) == [
        {"code": "cnic_same", "polarity": "for"},
        {"code": "birth_conflicts", "polarity": "against"},
    ]
