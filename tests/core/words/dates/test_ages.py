"""An age is read as the days on which that person can have been born."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rabta.core.errors import BadValue
from rabta.core.words.dates import PartialDate, read_age

ON = PartialDate(date(2024, 6, 15), date(2024, 6, 15), "2024-06-15")


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("35", date(1988, 6, 16), date(1989, 6, 15)),
        ("35.0", date(1988, 6, 16), date(1989, 6, 15)),
        ("about 35", date(1988, 6, 16), date(1989, 6, 15)),
        ("aged 35 years old", date(1988, 6, 16), date(1989, 6, 15)),
        ("35 y/o", date(1988, 6, 16), date(1989, 6, 15)),
        ("تقریبا 35 سال", date(1988, 6, 16), date(1989, 6, 15)),
        ("تقریباً ۳۵ سال", date(1988, 6, 16), date(1989, 6, 15)),
        ("३५ वर्ष", date(1988, 6, 16), date(1989, 6, 15)),
        ("30-35 years", date(1988, 6, 16), date(1994, 6, 15)),
        ("30 – 35", date(1988, 6, 16), date(1994, 6, 15)),
        ("between 30 and 35", date(1988, 6, 16), date(1994, 6, 15)),
        ("30 سے 35 سال", date(1988, 6, 16), date(1994, 6, 15)),
        ("0", date(2023, 6, 16), date(2024, 6, 15)),
        ("8 months", date(2023, 9, 16), date(2023, 10, 15)),
        ("8 ماہ", date(2023, 9, 16), date(2023, 10, 15)),
    ],
)
def test_an_age(text: str, earliest: date, latest: date) -> None:
    found = read_age(text, on=ON)
    assert (found.earliest, found.latest, found.approximate) == (earliest, latest, True)
    assert found.text == text


def test_a_day_that_is_not_known_widens_the_interval() -> None:
    year = PartialDate(date(2024, 1, 1), date(2024, 12, 31), "2024")
    found = read_age("35", on=year)
    assert (found.earliest, found.latest) == (date(1988, 1, 2), date(1989, 12, 31))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("minor", "is not an age"),
        ("adult", "is not an age"),
        ("نابالغ", "is not an age"),
        ("", "is not an age"),
        ("-5", "is not an age"),
        ("3 5", "is not an age"),
        ("35.5", "is not an age"),
        ("17/03/2014", "is not an age"),
        ("1971", "is not an age"),
        ("under 18", "one end open"),
        ("18 سے کم", "one end open"),
        ("18+", "one end open"),
        ("> 18", "one end open"),
        ("6 months to 2 years", "mixes years and months"),
        ("35-30", "ends before it begins"),
        ("135", "too great"),
        ("30 months", "too great"),
    ],
)
def test_refused_with_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(BadValue, match=sentence) as caught:
        read_age(text, on=ON, field="age at rescue")
    assert caught.value.facts == {"field": "age at rescue", "value": text}


@settings(deadline=None, derandomize=True)
@given(birth=st.dates(date(1905, 1, 1), date(2020, 1, 1)), on=st.dates(date(2020, 1, 2)))
def test_the_true_birthday_lies_in_the_interval(birth: date, on: date) -> None:
    age = on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))
    if age > 120:
        return
    found = read_age(str(age), on=PartialDate(on, on, ""))
    assert found.earliest <= birth <= found.latest


@settings(deadline=None, derandomize=True)
@given(
    text=st.one_of(st.text(max_size=30), st.from_regex(r"\A[a-z ]{0,4}\d{1,4}[-+ .]\d{0,3}\Z")),
    on=st.dates(),
)
def test_any_text_is_read_or_refused(text: str, on: date) -> None:
    found = _read_or_refuse(text, PartialDate(on, on, ""))
    if isinstance(found, BadValue):
        assert str(found)
    else:
        assert found.earliest <= found.latest <= on


def _read_or_refuse(text: str, on: PartialDate) -> PartialDate | BadValue:
    try:
        return read_age(text, on=on)
    except BadValue as refused:
        return refused
