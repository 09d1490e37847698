"""One word on different keyboards folds to one form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rabta.core.words.folding import fold, folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("كراتشي", "کراتشی"),
        ("ہجری", "هجری"),
        ("تقریباً", "تقریبا"),
        ("Réunion", "REUNION"),
        ("Sha'ban", "shaban"),
        ("فرو\u200cردین", "فروردین"),
        ("फ़रवरी", "फरवरी"),
        ("أفغان", "افغان"),
    ],
)
def test_fold(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_vowels_of_devanagari_stay() -> None:
    assert fold("माघ") != fold("मघ")


def test_folded() -> None:
    assert folded("One two", "ONE") == {"one", "two"}


@given(text=st.text(max_size=30))
def test_any_text_folds_without_spaces(text: str) -> None:
    assert " " not in fold(text)
