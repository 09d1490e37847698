"""Calendars agree with known days and turn back into themselves."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rabta.core.words.calendars import (
    MARGIN,
    YEARS,
    days_in_month,
    from_day,
    is_hijri_leap,
    is_solar_hijri_leap,
    last_day,
    to_day,
)
from rabta.core.words.vocabulary import Calendar

DAYS = st.dates(date(1850, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("calendar", "written", "day"),
    [
        (Calendar.SOLAR_HIJRI, (1403, 1, 1), date(2024, 3, 20)),
        (Calendar.SOLAR_HIJRI, (1402, 1, 1), date(2023, 3, 21)),
        (Calendar.SOLAR_HIJRI, (1357, 11, 22), date(1979, 2, 11)),
        (Calendar.SOLAR_HIJRI, (1399, 12, 30), date(2021, 3, 20)),
        (Calendar.HIJRI, (1445, 1, 1), date(2023, 7, 19)),
        (Calendar.HIJRI, (1440, 9, 1), date(2019, 5, 6)),
        (Calendar.BIKRAM_SAMBAT, (2081, 1, 1), date(2024, 4, 13)),
        (Calendar.BIKRAM_SAMBAT, (2000, 1, 1), date(1943, 4, 14)),
        (Calendar.BIKRAM_SAMBAT, (2072, 1, 12), date(2015, 4, 25)),
        (Calendar.GREGORIAN, (2024, 2, 29), date(2024, 2, 29)),
    ],
)
def test_known_days(calendar: Calendar, written: tuple[int, int, int], day: date) -> None:
    year, month, number = written
    assert to_day(calendar, year=year, month=month, day=number) == day
    assert from_day(calendar, day) == written


@pytest.mark.parametrize("calendar", Calendar)
@settings(deadline=None, derandomize=True)
@given(day=DAYS)
def test_a_day_turns_back_into_itself(calendar: Calendar, day: date) -> None:
    year, month, number = from_day(calendar, day)
    assert to_day(calendar, year=year, month=month, day=number) == day


@pytest.mark.parametrize("calendar", Calendar)
@settings(deadline=None, derandomize=True)
@given(data=st.data())
def test_every_month_is_followed_by_the_next(calendar: Calendar, data: st.DataObject) -> None:
    year = data.draw(st.sampled_from(YEARS[calendar][:-1]))
    month = data.draw(st.integers(1, 12))
    following = (year, month + 1) if month < 12 else (year + 1, 1)
    begins = to_day(calendar, year=following[0], month=following[1], day=1)
    ends = last_day(calendar, year=year, month=month)
    assert (begins - ends).days == 1
    length = (ends - to_day(calendar, year=year, month=month, day=1)).days + 1
    assert length <= days_in_month(calendar, year=year, month=month)
    assert 28 <= length <= 32


def test_a_bikram_sambat_year_begins_between_12_and_15_april() -> None:
    begins = [to_day(Calendar.BIKRAM_SAMBAT, year=y, month=1, day=1) for y in range(1970, 2101)]
    assert {(day.month, day.day) for day in begins} <= {(4, 12), (4, 13), (4, 14), (4, 15)}
    assert MARGIN[Calendar.BIKRAM_SAMBAT] == 1


def test_leap_years() -> None:
    assert [y for y in range(1395, 1410) if is_solar_hijri_leap(y)] == [1395, 1399, 1403, 1408]
    assert sum(is_hijri_leap(y) for y in range(1, 31)) == 11


@pytest.mark.parametrize(
    ("calendar", "written"),
    [
        (Calendar.SOLAR_HIJRI, (1402, 12, 30)),
        (Calendar.SOLAR_HIJRI, (1402, 13, 1)),
        (Calendar.HIJRI, (1440, 2, 30)),
        (Calendar.HIJRI, (99, 1, 1)),
        (Calendar.BIKRAM_SAMBAT, (2081, 1, 33)),
        (Calendar.GREGORIAN, (2014, 2, 31)),
        (Calendar.GREGORIAN, (2014, 2, 0)),
    ],
)
def test_there_is_no_such_day(calendar: Calendar, written: tuple[int, int, int]) -> None:
    year, month, day = written
    with pytest.raises(ValueError):
        to_day(calendar, year=year, month=month, day=day)
