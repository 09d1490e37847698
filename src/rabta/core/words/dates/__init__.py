"""Partial dates: what is known of a day is an interval, the text it came as, and its calendar."""

from rabta.core.words.dates.ages import read_age
from rabta.core.words.dates.partial import PartialDate
from rabta.core.words.dates.reading import read_date

__all__ = ["PartialDate", "read_age", "read_date"]
