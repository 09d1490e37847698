"""Digits of the region's scripts are read as 0–9, and nothing else changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rabta.core.words.digits import latin_digits


@pytest.mark.parametrize(
    "text",
    [
        "٠١٢٣٤٥٦٧٨٩",
        "۰۱۲۳۴۵۶۷۸۹",
        "०१२३४५६७८९",
        "০১২৩৪৫৬৭৮৯",
        "੦੧੨੩੪੫੬੭੮੯",
        "０１２３４５６７８９",
        "0123456789",
    ],
)
def test_ten_digits(text: str) -> None:
    assert latin_digits(text) == "0123456789"


@given(text=st.text())
def test_only_digits_change(text: str) -> None:
    read = latin_digits(text)
    assert len(read) == len(text)
    assert latin_digits(read) == read
    for before, after in zip(text, read, strict=True):
        assert before == after or (before.isdecimal() and int(before) == int(after))
