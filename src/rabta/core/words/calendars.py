"""Days of the region's calendars as Gregorian days, and back.

Solar Hijri (Iran, Afghanistan): the 33-year rule, which agrees with the calendar as kept from
1210 to 1635; years before 1304 had other month lengths in use and come out within days.
Hijri: the tabular civil calendar; what was observed with the eye may lie a day earlier or later.
Bikram Sambat (Nepal): its month lengths are announced, not derived. Month beginnings follow here
from the mean sidereal year; against the published calendars of 1975 to 2081 that gave 1,278 of
1,284 month beginnings, the other six a day off. Whoever converts widens by a day.
"""

import math
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from rabta.core.words.vocabulary import Calendar

YEARS: Mapping[Calendar, range] = MappingProxyType(
    {
        Calendar.GREGORIAN: range(1800, 2200),
        Calendar.SOLAR_HIJRI: range(1210, 1500),
        Calendar.HIJRI: range(1200, 1500),
        Calendar.BIKRAM_SAMBAT: range(1900, 2150),
    }
)
"""The years of each calendar that a record of a person can mean."""

MARGIN: Mapping[Calendar, int] = MappingProxyType(
    {
        Calendar.GREGORIAN: 0,
        Calendar.SOLAR_HIJRI: 0,
        Calendar.HIJRI: 1,
        Calendar.BIKRAM_SAMBAT: 1,
    }
)
"""By how many days a conversion may be off, either way."""

_SOLAR_EPOCH = 226894  # the ordinal of the day before 1 Farvardin 1
_HIJRI_EPOCH = 227014  # the ordinal of the day before 1 Muharram 1 (16 July 622, Julian)

_SIDEREAL_YEAR = 365.258756
_BIKRAM_STARTS = (
    # Days from the beginning of 1 January of the year 1 to the sun's entry into each sign in
    # 2000 BS: the middle of what fits the published month beginnings.
    709404.020,
    709434.932,
    709466.373,
    709497.803,
    709529.489,
    709560.514,
    709590.954,
    709620.849,
    709650.338,
    709679.947,
    709709.090,
    709738.919,
)
_BIKRAM_LONGEST = (31, 32, 32, 32, 32, 31, 30, 30, 30, 30, 30, 31)


def days_in_month(calendar: Calendar, *, year: int, month: int) -> int:
    """Return how many days a month has; in Bikram Sambat how many it has at most."""
    match calendar:
        case Calendar.GREGORIAN:
            start, after = date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)
            return (after - start).days
        case Calendar.SOLAR_HIJRI:
            if month <= 6:
                return 31
            return 30 if month < 12 or is_solar_hijri_leap(year) else 29
        case Calendar.HIJRI:
            return 30 if month % 2 or (month == 12 and is_hijri_leap(year)) else 29
        case Calendar.BIKRAM_SAMBAT:
            return _BIKRAM_LONGEST[month - 1]


def to_day(calendar: Calendar, *, year: int, month: int, day: int) -> date:
    """Return the Gregorian day; Hijri and Bikram Sambat within their MARGIN.

    Raises ValueError when there is no such day or its year is outside YEARS.
    """
    if (
        year not in YEARS[calendar]
        or not 1 <= month <= 12
        or not 1 <= day <= days_in_month(calendar, year=year, month=month)
    ):
        raise ValueError(f"no such day in {calendar}: {year}-{month}-{day}")
    match calendar:
        case Calendar.GREGORIAN:
            return date(year, month, day)
        case Calendar.SOLAR_HIJRI:
            return date.fromordinal(_solar_hijri_month(year, month) + day)
        case Calendar.HIJRI:
            return date.fromordinal(_hijri_month(year, month) + day)
        case Calendar.BIKRAM_SAMBAT:
            return date.fromordinal(_bikram_month(year, month) + day)


def from_day(calendar: Calendar, day: date) -> tuple[int, int, int]:
    """Return year, month and day of that calendar; Hijri and Bikram Sambat within their MARGIN."""
    if calendar is Calendar.GREGORIAN:
        return day.year, day.month, day.day
    before_month, year = {
        Calendar.SOLAR_HIJRI: (_solar_hijri_month, day.year - 621),
        Calendar.HIJRI: (_hijri_month, (day.toordinal() - _HIJRI_EPOCH) * 30 // 10631 + 2),
        Calendar.BIKRAM_SAMBAT: (_bikram_month, day.year + 57),
    }[calendar]
    ordinal = day.toordinal()
    month = 12
    while before_month(year, month) >= ordinal:
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return year, month, ordinal - before_month(year, month)


def last_day(calendar: Calendar, *, year: int, month: int) -> date:
    """Return the last day of a month, by the calendar's own reckoning."""
    if calendar is Calendar.BIKRAM_SAMBAT:
        following = (year, month + 1) if month < 12 else (year + 1, 1)
        return date.fromordinal(_bikram_month(*following))
    length = days_in_month(calendar, year=year, month=month)
    return to_day(calendar, year=year, month=month, day=length)


def is_solar_hijri_leap(year: int) -> bool:
    """Whether Esfand has thirty days."""
    return (25 * year + 11) % 33 < 8


def is_hijri_leap(year: int) -> bool:
    """Whether Dhu al-Hijjah has thirty days in the tabular civil calendar."""
    return (11 * year + 14) % 30 < 11


def _solar_hijri_month(year: int, month: int) -> int:
    """Return the ordinal of the day before a month begins."""
    days_before = 31 * (month - 1) - max(0, month - 7)
    return _SOLAR_EPOCH + 365 * (year - 1) + (8 * year + 21) // 33 + days_before


def _hijri_month(year: int, month: int) -> int:
    days_before = (59 * (month - 1) + 1) // 2
    return _HIJRI_EPOCH + 354 * (year - 1) + (11 * year + 3) // 30 + days_before


def _bikram_month(year: int, month: int) -> int:
    return math.floor(_BIKRAM_STARTS[month - 1] + _SIDEREAL_YEAR * (year - 2000)) - 1
