"""A partial date is an interval that can be shown and compared."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rabta.core.errors import BadValue
from rabta.core.words.dates import PartialDate


@pytest.mark.parametrize(
    ("earliest", "latest", "approximate", "shown"),
    [
        (date(1971, 3, 17), date(1971, 3, 17), False, "1971-03-17"),
        (date(1971, 3, 17), date(1971, 3, 17), True, "c. 1971-03-17"),
        (date(1971, 1, 1), date(1971, 12, 31), False, "1971"),
        (date(1971, 1, 1), date(1971, 12, 31), True, "c. 1971"),
        (date(1971, 1, 1), date(1973, 12, 31), False, "1971–1973"),
        (date(1972, 2, 1), date(1972, 2, 29), False, "1972-02"),
        (date(1971, 2, 1), date(1971, 3, 31), False, "1971-02–1971-03"),
        (date(1971, 2, 1), date(1971, 3, 30), False, "1971-02-01–1971-03-30"),
        (date(971, 1, 1), date(971, 12, 31), False, "0971"),
    ],
)
def test_show(earliest: date, latest: date, approximate: bool, shown: str) -> None:
    assert PartialDate(earliest, latest, "x", approximate=approximate).show() == shown


def test_exact_and_years() -> None:
    day = PartialDate(date(1971, 3, 17), date(1971, 3, 17), "17/3/71")
    span = PartialDate(date(1970, 1, 1), date(1973, 12, 31), "1970-73")
    assert day.exact
    assert not span.exact
    assert (day.years, span.years) == ((1971, 1971), (1970, 1973))


def test_an_interval_does_not_end_before_it_begins() -> None:
    with pytest.raises(BadValue, match="ends before it begins"):
        PartialDate(date(1971, 3, 17), date(1971, 3, 16), "x")


@st.composite
def _intervals(draw: st.DrawFn) -> PartialDate:
    ends = sorted(draw(st.tuples(st.dates(), st.dates())))
    return PartialDate(ends[0], ends[1], "x")


@settings(deadline=None, derandomize=True)
@given(one=_intervals(), other=_intervals(), day=st.dates())
def test_two_overlap_when_they_share_a_day(one: PartialDate, other: PartialDate, day: date) -> None:
    assert one.overlaps(other) is other.overlaps(one)
    assert one.overlaps(one)
    if one.earliest <= day <= one.latest and other.earliest <= day <= other.latest:
        assert one.overlaps(other)
    if one.latest < other.earliest:
        assert not one.overlaps(other)
