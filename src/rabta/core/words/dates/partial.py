"""The value itself: an interval of days, the words it came as, and their calendar."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from rabta.core.errors import BadValue, gettext_noop
from rabta.core.words.vocabulary import Calendar


@dataclass(frozen=True, slots=True)
class PartialDate:
    """An interval of days, both ends included, with the words it was read from."""

    earliest: date
    latest: date
    text: str
    calendar: Calendar = Calendar.GREGORIAN
    approximate: bool = False

    def __post_init__(self) -> None:
        if self.earliest > self.latest:
            raise BadValue(
                gettext_noop("{field}: the date “{value}” ends before it begins."),
                field="date",
                value=self.text,
            )

    @property
    def exact(self) -> bool:
        """Whether it is one known day."""
        return self.earliest == self.latest and not self.approximate

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last Gregorian year it may fall in."""
        return self.earliest.year, self.latest.year

    def overlaps(self, other: "PartialDate") -> bool:
        """Whether one and the same day can be meant by both."""
        return self.earliest <= other.latest and other.earliest <= self.latest

    def show(self) -> str:
        """Say it in neutral Gregorian text: "1971-03-17", "1971", "1970–1973", "c. 1971".

        An interval that is no whole day, month or year shows both its ends.
        """
        return ("c. " if self.approximate else "") + _interval(self.earliest, self.latest)


def _interval(first: date, last: date) -> str:
    if first == last:
        return first.isoformat()
    starts_year = (first.month, first.day) == (1, 1)
    ends_year = (last.month, last.day) == (12, 31)
    if starts_year and ends_year:
        if first.year == last.year:
            return f"{first.year:04d}"
        return f"{first.year:04d}–{last.year:04d}"
    if first.day == 1 and last.day == monthrange(last.year, last.month)[1]:
        if (first.year, first.month) == (last.year, last.month):
            return _month(first)
        return f"{_month(first)}–{_month(last)}"
    return f"{first.isoformat()}–{last.isoformat()}"


def _month(day: date) -> str:
    return day.isoformat()[:7]
