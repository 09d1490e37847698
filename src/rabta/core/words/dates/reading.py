"""Read a date as people and programs write it, and refuse what could be read in two ways."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rabta.core.errors import BadValue, gettext_noop
from rabta.core.words.calendars import MARGIN, YEARS, days_in_month, last_day, to_day
from rabta.core.words.dates.months import SHOWN
from rabta.core.words.dates.partial import PartialDate
from rabta.core.words.dates.wording import Dash, Era, Joint, Month, Number, Part, Wording, cut
from rabta.core.words.vocabulary import Calendar

LONGEST_LIFE = 110
"""Years: with ``today``, a two-digit year is read when only one century lies within them."""

_BIKRAM_FROM = 2060
_WRITE_ISO = gettext_noop("Write year-month-day, for instance 2014-03-17, or the year alone.")
_NAME_CALENDAR = gettext_noop(
    "Write ه ش (SH) or ه ق (AH) after the year, or say which calendar the column is in."
)
_WRITE_YEAR = gettext_noop("Write the year with four digits.")


def read_date(
    text: str,
    *,
    day_first: bool = True,
    calendar: Calendar | None = None,
    today: date | None = None,
    recent: bool = False,
    field: str = "date",
) -> PartialDate:
    """Read one written date or interval into Gregorian days, or refuse it with a remedy.

    ``day_first`` decides days and months that are both numbers, year last; a date that only
    fits the other way round is refused, for then the rest of its column is doubtful too. A
    weekday that is given must fit. ``calendar`` holds for numbers without a mark; a month's name
    or a mark (AH, ه ش, BS, ء) is stronger. Without either, 1800–2199 is Gregorian (also what may
    have been meant as an early Bikram Sambat year) and 1200–1499 is refused as Solar Hijri or
    Hijri. Hijri and Bikram Sambat come out a day wider on either side and approximate.

    ``today`` is for days that have passed (a birth, an event): what lies after it is refused,
    and a Gregorian two-digit year is read if exactly one century puts it in the LONGEST_LIFE
    years before it. Without ``today`` a two-digit year is always refused, and so is an unmarked
    year from 2060 on, which may be Bikram Sambat.

    ``recent`` is for what a register writes down as it happens (a case, not a birth): there a
    Gregorian two-digit year is the latest one up to that of ``today``.

    Raises BadValue, with ``field`` and the text among its facts.
    """
    reader = _Reader(text, day_first, calendar, today, recent, field)
    wording = cut(text)
    if wording is None or not any(isinstance(part, Number) for part in wording.parts):
        raise reader.no_date()
    return reader.read(wording)


@dataclass(frozen=True, slots=True)
class _Written:
    """Year, month and day in their own calendar; a part that is not known is None."""

    year: str
    month: int | None = None
    day: int | None = None
    named: Calendar | None = None


@dataclass(frozen=True, slots=True)
class _Reader:
    text: str
    day_first: bool
    calendar: Calendar | None
    today: date | None
    recent: bool
    field: str

    def read(self, wording: Wording) -> PartialDate:
        """Read what was cut: one date, or two that are joined."""
        sides, joint = _sides(wording.parts)
        written = [self._written(side) for side in sides]
        named = {each.named for each in written} - {None}
        if len(named) > 1:
            raise self._contradiction()
        from_name = named.pop() if named else None
        chosen = self._chosen(from_name, wording.eras)
        ends = [self._days(each, chosen) for each in written]
        earliest, latest, used = ends[0][0], ends[-1][1], ends[0][2]
        if joint is Joint.OR:
            earliest, latest = min(end[0] for end in ends), max(end[1] for end in ends)
        if earliest > latest:
            raise self.bad(
                gettext_noop("{field}: “{value}” ends before it begins."),
                remedy=gettext_noop("Write the earlier date first."),
            )
        if self.today is not None and earliest > self.today:
            raise self._future(certain=chosen is not None, year=earliest.year)
        if wording.weekday is not None and (
            used is not Calendar.GREGORIAN
            or earliest != latest
            or earliest.weekday() != wording.weekday
        ):
            raise self.bad(
                gettext_noop("{field}: the day of the week in “{value}” does not fit the date."),
                remedy=gettext_noop("Check the order of day and month."),
            )
        approximate = wording.approximate or joint is Joint.OR or MARGIN[used] > 0
        return PartialDate(earliest, latest, self.text, used, approximate)

    def _written(self, parts: Sequence[Part]) -> _Written:
        """Decide which number is the year, the month, the day."""
        kept = [part for part in parts if isinstance(part, Number | Month)]
        numbers = [part for part in kept if isinstance(part, Number)]
        months = [part for part in kept if isinstance(part, Month)]
        if any(len(number.digits) == 3 or len(number.digits) > 4 for number in numbers):
            return self._run_together(kept)
        if len(months) == 1:
            return self._with_name(numbers, months[0], at=kept.index(months[0]))
        if months:
            raise self.no_date()
        match numbers:
            case [Number(is_year=True) as year]:
                return _Written(year.digits)
            case [Number(is_year=True) as year, Number(is_year=False) as month]:
                return self._numeric(year, month, Number("00"))
            case [Number(is_year=False) as month, Number(is_year=True) as year]:
                return self._numeric(year, month, Number("00"))
            case [Number(is_year=True) as year, Number(is_year=False) as month, day] if (
                not day.is_year
            ):
                return self._numeric(year, month, day)
            case [Number(is_year=False) as first, Number(is_year=False) as second, year]:
                day, month = (first, second) if self.day_first else (second, first)
                if month.value > 12 and 1 <= day.value <= 12:
                    raise self._other_way_round()
                return self._numeric(year, month, day)
            case [Number(is_year=False)] | [Number(is_year=False), Number(is_year=False)]:
                raise self._no_year()
        raise self.no_date()

    def _numeric(self, year: Number, month: Number, day: Number) -> _Written:
        if not month.value and day.value:
            raise self.bad(gettext_noop("{field}: “{value}” has a day but no month."))
        return _Written(year.digits, month.value or None, day.value or None)

    def _with_name(self, numbers: Sequence[Number], month: Month, *, at: int) -> _Written:
        match numbers:
            case []:
                raise self._no_year()
            case [Number(is_year=False)]:
                raise self._no_year()
            case [year]:
                return _Written(year.digits, month.number, None, month.calendar)
            case [Number(is_year=True) as year, Number(is_year=False) as day]:
                pass
            case [Number(is_year=False) as day, Number(is_year=True) as year]:
                pass
            case [Number(is_year=False) as day, Number(is_year=False) as year] if at < 2:
                pass
            case _:
                raise self.no_date()
        return _Written(year.digits, month.number, day.value or None, month.calendar)

    def _run_together(self, parts: Sequence[Number | Month]) -> _Written:
        """Read 20140317, unless it is 17032014 as well; tell a day number of Excel."""
        match parts:
            case [Number(digits=digits)] if len(digits) == 8:
                forward = _gregorian(digits[:4], digits[4:6], digits[6:])
                backward = _gregorian(digits[4:], digits[2:4], digits[:2])
                american = _gregorian(digits[4:], digits[:2], digits[2:4])
                if forward and not backward and not american:
                    return _Written(digits[:4], int(digits[4:6]), int(digits[6:]))
                raise self.bad(
                    gettext_noop("{field}: in “{value}” year, month and day run together."),
                    remedy=_WRITE_ISO,
                )
            case [Number(digits=digits)] if len(digits) == 5:
                raise self.bad(
                    gettext_noop("{field}: “{value}” looks like the number Excel keeps for a day."),
                    remedy=gettext_noop("Give the column the format Date in Excel and save again."),
                )
        raise self.no_date()

    def _chosen(self, named: Calendar | None, eras: frozenset[Era]) -> Calendar | None:
        """Return the calendar that names, marks or the caller decide; None when nothing does."""
        marks = eras - {Era.OPEN}
        if Era.SOLAR in marks or named is Calendar.SOLAR_HIJRI:
            marks -= {Era.HIJRI}  # "1390 AH" beside a solar month is Afghan usage
        said = {_CALENDAR_OF[mark] for mark in marks}
        if Era.OPEN in eras and not said and named is None and self.calendar is None:
            raise self._solar_or_lunar()
        if named is not None:
            said.add(named)
        if len(said) > 1 or (
            Era.OPEN in eras and said and not said <= {Calendar.SOLAR_HIJRI, Calendar.HIJRI}
        ):
            raise self._contradiction()
        return said.pop() if said else self.calendar

    def _days(self, written: _Written, chosen: Calendar | None) -> tuple[date, date, Calendar]:
        """Return the first and last day that a written date may mean, and its calendar."""
        year = int(written.year)
        if len(written.year) == 2:
            year = self._century(written, chosen)
        calendar = chosen or self._presumed(year)
        if year not in YEARS[calendar]:
            raise self.bad(
                gettext_noop("{field}: the year {year} in “{value}” is out of range."),
                remedy=gettext_noop("Check the year, and in which calendar the column is written."),
                year=year,
            )
        if written.month is not None and not 1 <= written.month <= 12:
            raise self.bad(
                gettext_noop("There is no month {month}."), remedy=_WRITE_ISO, month=written.month
            )
        first_month, last_month = written.month or 1, written.month or 12
        if written.day is None:
            first = to_day(calendar, year=year, month=first_month, day=1)
            last = last_day(calendar, year=year, month=last_month)
        else:
            self._check_day(calendar, year, first_month, written.day)
            first = last = to_day(calendar, year=year, month=first_month, day=written.day)
        margin = timedelta(days=MARGIN[calendar])
        return first - margin, last + margin, calendar

    def _check_day(self, calendar: Calendar, year: int, month: int, day: int) -> None:
        if 1 <= day <= days_in_month(calendar, year=year, month=month):
            return
        shown = SHOWN[calendar][month - 1]
        in_some_year = (calendar, month, day) in _LEAP_DAYS
        raise self.bad(
            gettext_noop("There is no {day} {month} {year}.")
            if in_some_year
            else gettext_noop("There is no {day} {month}."),
            remedy=gettext_noop("Check the day; if it is not known, write year and month alone."),
            day=day,
            month=shown,
            year=year,
        )

    def _century(self, written: _Written, chosen: Calendar | None) -> int:
        """Return the full year of a two-digit one, if only one is possible."""
        if self.today is not None and chosen in (None, Calendar.GREGORIAN):
            month, day = written.month or 1, written.day or 1
            now = (self.today.year, self.today.month, self.today.day)
            oldest = self.today.year - LONGEST_LIFE
            if self.recent:
                # By the year alone: a day later in this year is a slip, and lies in the future.
                this = 2000 + int(written.year)
                return this if this <= self.today.year else this - 100
            possible = [
                year
                for year in (1900 + int(written.year), 2000 + int(written.year))
                if oldest <= year and (year, month, day) <= now
            ]
            if len(possible) == 1:
                return possible[0]
        raise self.bad(
            gettext_noop("{field}: the century of “{value}” is not clear."), remedy=_WRITE_YEAR
        )

    def _presumed(self, year: int) -> Calendar:
        """Return Gregorian for a year without any mark, where nothing else is likely."""
        if 1200 <= year < 1500:
            raise self._solar_or_lunar()
        if self.today is None and year in YEARS[Calendar.GREGORIAN] and year >= _BIKRAM_FROM:
            raise self.bad(
                gettext_noop("{field}: the year {year} in “{value}” may be Bikram Sambat."),
                remedy=gettext_noop("Write BS or AD after the year."),
                year=year,
            )
        return Calendar.GREGORIAN

    def bad(self, message: str, *, remedy: str = _WRITE_ISO, **facts: object) -> BadValue:
        """Make the error, with the field and the text among its facts."""
        return BadValue(message, remedy=remedy, field=self.field, value=self.text, **facts)

    def no_date(self) -> BadValue:
        """Say that a text is no date, or more than one."""
        return self.bad(gettext_noop("{field}: “{value}” is not a date."))

    def _no_year(self) -> BadValue:
        return self.bad(
            gettext_noop("{field}: “{value}” has no year with four digits."), remedy=_WRITE_YEAR
        )

    def _other_way_round(self) -> BadValue:
        if self.day_first:
            return self.bad(
                gettext_noop("{field}: “{value}” can be read only with the month first."),
                remedy=gettext_noop(
                    "If the whole column is written so, say that its month stands first; "
                    "otherwise write year-month-day."
                ),
            )
        return self.bad(
            gettext_noop("{field}: “{value}” can be read only with the day first."),
            remedy=gettext_noop(
                "If the whole column is written so, say that its day stands first; "
                "otherwise write year-month-day."
            ),
        )

    def _solar_or_lunar(self) -> BadValue:
        return self.bad(
            gettext_noop("{field}: the year in “{value}” may be Solar Hijri or Hijri."),
            remedy=_NAME_CALENDAR,
        )

    def _contradiction(self) -> BadValue:
        return self.bad(
            gettext_noop("{field}: “{value}” names two calendars."),
            remedy=gettext_noop("Keep the date in one calendar."),
        )

    def _future(self, *, certain: bool, year: int) -> BadValue:
        bikram = not certain and self.today is not None and year - 57 <= self.today.year
        return self.bad(
            gettext_noop("{field}: “{value}” lies in the future."),
            remedy=gettext_noop("If the year is Bikram Sambat, write BS after it; else correct it.")
            if bikram
            else gettext_noop("Correct the year."),
        )


_LEAP_DAYS = {
    (Calendar.GREGORIAN, 2, 29),
    (Calendar.SOLAR_HIJRI, 12, 30),
    (Calendar.HIJRI, 12, 30),
}
_CALENDAR_OF = {
    Era.COMMON: Calendar.GREGORIAN,
    Era.SOLAR: Calendar.SOLAR_HIJRI,
    Era.LUNAR: Calendar.HIJRI,
    Era.HIJRI: Calendar.HIJRI,
    Era.BIKRAM: Calendar.BIKRAM_SAMBAT,
}


def _sides(parts: Sequence[Part]) -> tuple[list[Sequence[Part]], Joint | None]:
    """Part the two ends of an interval; one side when there is no interval."""
    joints = [at for at, part in enumerate(parts) if isinstance(part, Joint)]
    if len(joints) == 1:
        at = joints[0]
        joint = parts[at]
        if _has_number(parts[:at]) and _has_number(parts[at + 1 :]) and isinstance(joint, Joint):
            return [parts[:at], parts[at + 1 :]], joint
    for wide in (True, False):
        dashes = [
            at
            for at, part in enumerate(parts)
            if isinstance(part, Dash)
            and part.wide is wide
            and _has_year(parts[:at])
            and _has_year(parts[at + 1 :])
        ]
        if len(dashes) == 1:
            return [parts[: dashes[0]], parts[dashes[0] + 1 :]], Joint.TO
    return [parts], None


def _has_year(parts: Sequence[Part]) -> bool:
    return any(isinstance(part, Number) and part.is_year for part in parts)


def _has_number(parts: Sequence[Part]) -> bool:
    return any(isinstance(part, Number) for part in parts)


def _gregorian(year: str, month: str, day: str) -> bool:
    try:
        to_day(Calendar.GREGORIAN, year=int(year), month=int(month), day=int(day))
    except ValueError:
        return False
    return True
