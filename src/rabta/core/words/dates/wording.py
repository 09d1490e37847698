"""Cut a written date into numbers, months, eras and connectors; what is unknown is refused."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from rabta.core.words.dates.months import MONTHS
from rabta.core.words.digits import latin_digits
from rabta.core.words.folding import fold, folded
from rabta.core.words.vocabulary import Calendar


class Era(Enum):
    """What a marker beside a year says of its calendar."""

    COMMON = "common"
    SOLAR = "solar"
    LUNAR = "lunar"
    HIJRI = "hijri"  # AH, ھ: lunar, unless a solar mark or month stands with it
    OPEN = "open"  # هجری in Persian spelling: solar or lunar, so it decides nothing
    BIKRAM = "bikram"


@dataclass(frozen=True, slots=True)
class Number:
    """A run of digits; its length matters (a year has four). Unknown parts (dd, xx) are "00"."""

    digits: str

    @property
    def value(self) -> int:
        """The number itself."""
        return int(self.digits)

    @property
    def is_year(self) -> bool:
        """Whether it is written as a full year."""
        return len(self.digits) == 4


@dataclass(frozen=True, slots=True)
class Month:
    """A month by its name."""

    calendar: Calendar
    number: int


@dataclass(frozen=True, slots=True)
class Dash:
    """A dash that may join two dates; ``wide`` when it is long or has spaces around it."""

    wide: bool


class Joint(Enum):
    """A word that joins two dates into an interval: "to" says from–to, "or" says one of them."""

    TO = "to"
    OR = "or"


Part = Number | Month | Dash | Joint


@dataclass(frozen=True, slots=True)
class Wording:
    """A date cut into parts, with what its words say of it."""

    parts: tuple[Part, ...]
    eras: frozenset[Era] = frozenset()
    approximate: bool = False
    weekday: int | None = None


def cut(text: str) -> Wording | None:
    """Cut a text; None when it holds a word or a sign that has no place in a date."""
    if len(text) > _LONGEST:
        return None
    plain = _TIME.sub(" ", _plain(text))
    plain = _DOTTED.sub(lambda found: found[0].replace(".", ""), plain)
    plain = _ORDINAL.sub(r"\1 ", plain)
    plain = _DECADE.sub(r"\g<1>0 or \g<1>9", plain)
    pieces = _PIECE.findall(plain)
    parts: list[Part] = []
    eras: set[Era] = set()
    approximate, weekday, at = False, None, 0
    while at < len(pieces):
        named = _month(pieces, at)
        if named is not None:
            month, at = named
            parts.append(month)
            continue
        piece: str = pieces[at]
        at += 1
        word = fold(piece)
        if piece.isascii() and piece.isdigit():
            parts.append(Number(piece))
        elif word in _UNKNOWN_PART:
            parts.append(Number("00"))
        elif piece.strip() in _DASHES and piece.strip():
            parts.append(Dash(wide=piece != "-"))
        elif era := _ERAS.get(_without_marks(piece)) or _ERAS.get(word):
            eras.add(era)
        elif word in _JOINTS:
            parts.append(_JOINTS[word])
        elif word in _ABOUT:
            approximate = True
        elif word in _WEEKDAYS:
            weekday = _WEEKDAYS[word]
        elif piece not in _SIGNS and word not in _FILLERS:
            return None
    return Wording(tuple(parts), frozenset(eras), approximate, weekday)


def _month(pieces: list[str], at: int) -> tuple[Month, int] | None:
    """Find the longest month name of up to five words that begins here, and where it ends."""
    words: list[str] = []
    best: tuple[Month, int] | None = None
    for end in range(at, min(at + 8, len(pieces))):
        piece = pieces[end]
        if piece[0].isalpha():
            words.append(fold(piece))
            known = MONTHS.get("".join(words))
            if known is not None:
                best = Month(*known), end + 1
        elif not words or piece != "-":
            break
    return best


def _plain(text: str) -> str:
    shown = unicodedata.normalize("NFKC", latin_digits(text)).casefold()
    return _INVISIBLE.sub("", _JOINER.sub(" ", shown)).strip()


def _without_marks(piece: str) -> str:
    return "".join(letter for letter in piece if unicodedata.category(letter) != "Mn")


_LONGEST = 120
_INVISIBLE = re.compile("[\u200b\u200d-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u061c'’‘`´]")
_JOINER = re.compile("[\u200c\u00a0]")
_TIME = re.compile(
    r"(?:(?<=\d)t|[\s,\-]+|^)[0-2]?\d:[0-5]\d(?::[0-5]\d(?:[.,]\d+)?)?(?!\d)"
    r"\s*(?:[ap]\.?m\b\.?)?\s*(?:z\b|utc\b|gmt\b|pkt\b)?(?:[+-]\d\d:?\d\d\b)?"
)
_DOTTED = re.compile(r"\b(?:[a-z]\.){2,}(?:[a-z]\b)?")
_ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b")
_DECADE = re.compile(r"\b((?:18|19|20)\d)0s\b")
_PIECE = re.compile(
    r"[0-9]+|\s+[-–—]+\s+|[-–—]|(?:[^\W\d_]|[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f"
    r"\u0670\u0900-\u0903\u093a-\u094f])+|\S"
)
_DASHES = frozenset({"-", "–", "—"})
_SIGNS = frozenset("/.,،؍٫():")
_UNKNOWN_PART = frozenset({"dd", "mm", "xx", "x"})

_JOINTS: Mapping[str, Joint] = MappingProxyType(
    dict.fromkeys(folded("to and until till through", "تا و سے الی إلى", "देखि"), Joint.TO)
    | dict.fromkeys(folded("or", "یا أو", "या"), Joint.OR)
)
_ABOUT = folded(
    "circa ca c approximately approx about around abt est estimated possibly maybe",
    "early mid late ~ ?",
    "تقریبا تقریباً تخمینا اندازا لگ بھگ قریب قریبا حدود حدودا حوالی نحو",
    "करीब लगभग",
)
_FILLERS = folded(
    "of the year on in date dob born dated between from month",
    "سال سنہ سن عام مورخہ مورخ تاریخ بتاریخ ماہ از بین بين من درمیان کے میں کو",
    "साल वर्ष सन् गते",
)
_WEEKDAYS: Mapping[str, int] = MappingProxyType(
    {
        fold(name): number
        for number, names in enumerate(
            (
                "mon monday پیر सोमबार सोमवार",
                "tue tues tuesday منگل मंगलबार मंगलवार",
                "wed wednesday بدھ बुधबार बुधवार",
                "thu thur thurs thursday جمعرات बिहीबार",
                "fri friday جمعہ शुक्रबार शुक्रवार",
                "sat saturday ہفتہ शनिबार शनिवार",
                "sun sunday اتوار आइतबार रविवार",
            )
        )
        for name in names.split()
    }
)
_ERAS: Mapping[str, Era] = MappingProxyType(
    {
        mark: era
        for era, marks in {
            Era.COMMON: "ad ce ء م عیسوی میلادی ميلادي ميلادية ईस्वी",
            Era.SOLAR: "sh hs ahs ap shamsi solar ش شمسی شمسي خورشیدی لمریز",
            Era.LUNAR: "ق قمری قمري qamari lunar",
            Era.HIJRI: "ah h hijri hijriah ھ ہ هـ ہجری هجري هجرية",
            Era.OPEN: "ه هجری",
            Era.BIKRAM: "bs vs bikram vikram sambat samvat बि वि सं बिक्रम विक्रम सम्बत् संवत् "
            "सम्वत् बिसं विसं",
        }.items()
        for mark in marks.split()
    }
)
