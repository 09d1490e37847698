"""Read an age as the interval of days on which that person can have been born."""

import re
import unicodedata
from datetime import MINYEAR, date, timedelta

from rabta.core.errors import BadValue, gettext_noop
from rabta.core.words.dates.partial import PartialDate
from rabta.core.words.digits import latin_digits
from rabta.core.words.folding import fold, folded

OLDEST = 120
"""Years; a greater age is refused as a slip of the pen. Of months at most 24 are read."""

_WRITE_YEARS = gettext_noop("Write whole years, for instance 35 or 30-35.")


def read_age(text: str, *, on: PartialDate, field: str = "age") -> PartialDate:
    """Return the days of birth that fit an age, given on some day; always approximate.

    Reads whole years ("35", "about 35", "30-35 years", "35 سال") and months ("8 months"). "About"
    widens nothing, for how much is anybody's guess: the consumer softens what is approximate.
    Words without a number (minor, adult) and open ends (under 18, 18+) raise BadValue.
    """
    plain = _plain(text)
    number = _AGE.fullmatch(plain) if len(plain) <= _LONGEST else None
    words = {fold(word) for word in _WORD.findall(plain)}
    if words & _OPEN or _OPEN_SIGN.search(plain):
        message = gettext_noop("{field}: “{value}” leaves one end open.")
        raise _bad(message, text, field, remedy=gettext_noop("Write both ends, for instance 0-17."))
    if number is None or words - _KNOWN or not _joined(number):
        raise _bad(gettext_noop("{field}: “{value}” is not an age in years."), text, field)
    if words & _MONTHS and words & _YEARS:
        raise _bad(gettext_noop("{field}: “{value}” mixes years and months."), text, field)
    low, high = int(number["low"]), int(number["high"] or number["low"])
    if low > high:
        raise _bad(gettext_noop("{field}: “{value}” ends before it begins."), text, field)
    if high > (24 if words & _MONTHS else OLDEST):
        raise _bad(gettext_noop("{field}: “{value}” is too great an age."), text, field)
    unit = 1 if words & _MONTHS else 12
    earliest = _before(on.earliest, unit * (high + 1)) + timedelta(days=1)
    return PartialDate(earliest, _before(on.latest, unit * low), text, approximate=True)


def _bad(message: str, text: str, field: str, *, remedy: str = _WRITE_YEARS) -> BadValue:
    return BadValue(message, remedy=remedy, field=field, value=text)


def _joined(number: re.Match[str]) -> bool:
    """Whether two numbers, if there are two, are joined by a dash or a word such as "to"."""
    between = number["between"]
    if between is None:
        return True
    return between.strip() == "-" or any(fold(word) in _TO for word in _WORD.findall(between))


def _plain(text: str) -> str:
    """Return a text with Latin digits, one kind of dash, no invisible signs, single spaces."""
    shown = unicodedata.normalize("NFKC", latin_digits(text))
    return " ".join(_DASH.sub("-", _INVISIBLE.sub("", shown)).casefold().split())


def _before(day: date, months: int) -> date:
    """Return the same day so many months earlier, or the last of a month that lacks it."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if year < MINYEAR:
        return date.min
    for last in (31, 30, 29):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    return date(year, month + 1, 28)


_LONGEST = 80
_DASH = re.compile("[‐-―−]")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u061c]")
_WORD = re.compile(r"[^\W\d_][\w\u0900-\u097f\u064b-\u0652]*")
_OPEN_SIGN = re.compile("[+<>≤≥]")
_AGE = re.compile(
    r"[^\d\-]*(?P<low>[0-9]{1,3})(?:\.0+)?"
    r"(?:(?P<between>[^\d.,:/]+)(?P<high>[0-9]{1,3})(?:\.0+)?)?[^\d\-]*"
)
_MONTHS = folded("month months mth mths", "ماہ مہینے", "महीने महिना")
_YEARS = folded("year years yr yrs y", "سال سالہ سالگی ساله برس کلن کلنه", "साल वर्ष बर्ष")
_TO = folded("to and or", "سے تا و یا الی", "से या")
_OPEN = folded(
    "under over below above less more than least most younger older plus max min",
    "کم زیادہ زائد کمتر بیشتر",
)
_KNOWN = (
    _MONTHS
    | _YEARS
    | _TO
    | folded(
        "about approx approximately around circa c ca est estimated possibly maybe",
        "aged age between of o old",
        "تقریبا تقریباً لگ بھگ قریب حدود اندازا عمر کے درمیان بین",
        "लगभग करीब उम्र आयु",
    )
)
