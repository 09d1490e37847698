"""Grades are kept as given; the strictest handling code wins."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rabta.core.errors import BadValue
from rabta.core.words.grades import Grade, read_grade, strictest
from rabta.core.words.vocabulary import HandlingCode, InformationGrade, SourceGrade


def test_the_default_says_that_none_is_agreed() -> None:
    assert Grade().code == "X4"
    assert not Grade().agreed
    assert read_grade(" ") == Grade()


@pytest.mark.parametrize("text", ["B2", "b2", " b 2 "])
def test_a_4x4_grade(text: str) -> None:
    grade = read_grade(text)
    assert (grade.source, grade.information) == (SourceGrade.B, InformationGrade.TWO)
    assert grade.agreed
    assert grade.original_text == ""
    assert read_grade(text, scheme="4×4") == grade


def test_another_scheme_is_kept_and_never_converted() -> None:
    grade = read_grade("B2", scheme="6x6")
    assert (grade.code, grade.agreed) == ("X4", False)
    assert (grade.original_scheme, grade.original_text) == ("6x6", "B2")


def test_a_person_may_say_what_it_is_worth() -> None:
    grade = Grade(SourceGrade.B, InformationGrade.TWO, "6x6", "B2")
    assert (grade.code, grade.agreed, grade.original_text) == ("B2", True, "B2")


def test_a_scheme_without_its_text_is_refused() -> None:
    with pytest.raises(BadValue, match="needs its scheme"):
        Grade(original_scheme="6x6")
    with pytest.raises(BadValue, match="needs its scheme"):
        Grade(original_text="B2")
    with pytest.raises(BadValue, match="needs its scheme"):
        read_grade("B2", scheme="")


@pytest.mark.parametrize("text", ["B", "2", "B5", "D1", "B22", "2B"])
def test_what_is_no_4x4_grade(text: str) -> None:
    with pytest.raises(BadValue, match="not a 4×4 grade") as caught:
        read_grade(text)
    assert caught.value.facts["value"] == text


@given(text=st.text(max_size=6), scheme=st.text(max_size=6))
def test_any_text_is_read_or_refused(text: str, scheme: str) -> None:
    try:
        found: Grade | BadValue = read_grade(text, scheme=scheme)
    except BadValue as refused:
        found = refused
    if isinstance(found, BadValue):
        assert str(found)
    else:
        assert found.original_text in ("", text)


def test_strictest() -> None:
    assert strictest(HandlingCode) is HandlingCode.H3
    assert strictest([HandlingCode.H1, HandlingCode.H0]) is HandlingCode.H1
    assert strictest(iter([HandlingCode.H1, HandlingCode.H2])) is HandlingCode.H2
    with pytest.raises(ValueError):
        strictest([])


@given(
    codes=st.lists(st.sampled_from(HandlingCode), min_size=1), more=st.sampled_from(HandlingCode)
)
def test_one_more_code_never_loosens(codes: list[HandlingCode], more: HandlingCode) -> None:
    assert strictest([*codes, more]) >= strictest(codes)
