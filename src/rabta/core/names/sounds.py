"""From letters to sounds: one small alphabet for Arabic script and Latin.

A *sound* is one character. Latin letters and letter groups and Arabic letters are read into the
same alphabet, so that distance is measured once, whatever the scripts:

    consonants  b p f t d k q g x(kh) G(gh) c(ch) j J(zh) s S(sh) z r l m n h w y
    ambiguous   T (th, ث)   D (dh, ذ)   Z (ض ظ)
    vowels      a e i o u   (written in Latin; Arabic script leaves most of them out)
    carriers    A (ا)   E (ع)   W (و)   Y (ی)   H (final ه)

Very common names whose consonants alone would confuse them (Hasan and Husain, Muhammad and
Mahmud) or whose spellings no letter rule joins (Ramadan and Ramzan) are read as *fixed readings*.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product
from typing import Final

from rabta.core.names.fixed import FIXED_ARABIC, FIXED_LATIN

_LATIN_GROUPS: Final[tuple[tuple[str, str], ...]] = (
    ("tsch", "c"), ("sch", "S"), ("tch", "c"), ("dsch", "j"), ("kkh", "x"), ("ssh", "S"),
    ("shsh", "S"), ("chch", "c"), ("ghgh", "G"), ("khkh", "x"), ("dhdh", "D"), ("thth", "T"),
    ("sh", "S"), ("ch", "c"), ("kh", "x"), ("gh", "G"), ("th", "T"), ("dh", "D"), ("ph", "f"),
    ("zh", "J"), ("dj", "j"), ("ck", "k"), ("cq", "q"), ("bh", "b"), ("jh", "j"),
    ("lh", "l"), ("rh", "r"), ("qu", "qu"),
    ("oo", "u"), ("ou", "u"), ("ee", "i"), ("aa", "a"), ("ii", "i"), ("uu", "u"), ("ei", "ay"),
    ("ey", "ay"), ("ai", "ay"), ("ay", "ay"), ("au", "aw"), ("ow", "aw"), ("oe", "o"),
    ("ce", "se"), ("ci", "si"), ("cy", "si"), ("c", "k"), ("x", "x"), ("v", "w"), ("y", "y"),
)  # fmt: skip
_LATIN_READ: Final = dict(_LATIN_GROUPS)
_LATIN_PATTERN: Final = re.compile("|".join(sorted(_LATIN_READ, key=len, reverse=True)) + "|[a-z]")
_DOUBLE: Final = re.compile(r"([b-df-hj-np-tv-zGSDJTZ])\1+")

_ARABIC: Final[dict[str, str]] = {
    "ا": "A", "ع": "E", "و": "W", "ی": "Y",
    "ب": "b", "ٻ": "b", "پ": "p", "ف": "f", "ڤ": "w", "ڦ": "f",
    "ت": "t", "ط": "t", "ٹ": "t", "ټ": "t", "ٺ": "t", "ٿ": "t", "ٽ": "t", "ث": "T",
    "د": "d", "ڈ": "d", "ډ": "d", "ڏ": "d", "ڊ": "d", "ڌ": "d", "ذ": "D", "ض": "Z", "ظ": "Z",
    "ز": "z", "ځ": "z", "ژ": "J", "ږ": "g", "ج": "j", "ڄ": "j", "ڃ": "j", "چ": "c", "ڇ": "c",
    "س": "s", "ص": "s", "څ": "s", "ش": "S", "ښ": "S",
    "خ": "x", "غ": "G", "ق": "q", "ک": "k", "گ": "g", "ڳ": "g", "ڱ": "n",
    "ل": "l", "ڵ": "l", "م": "m", "ن": "n", "ڼ": "n", "ڻ": "n", "ر": "r", "ڑ": "r", "ړ": "r",
    "ڕ": "r", "ڙ": "r", "ح": "h", "ه": "h", "ھ": "h",
}  # fmt: skip
"""Each Arabic-script letter in normalised form → its sound."""

_ASPIRATES: Final[dict[str, str]] = {
    "کھ": "x", "گھ": "G", "تھ": "T", "ٹھ": "T", "دھ": "D", "ڈھ": "D", "چھ": "c", "جھ": "j",
    "بھ": "b", "پھ": "f", "ڑھ": "r", "لھ": "l", "رھ": "r",
}  # fmt: skip
_ARABIC_PATTERN: Final = re.compile("|".join(_ASPIRATES) + "|.")


@dataclass(frozen=True, slots=True)
class Reading:
    """How one token sounds, and the consonant skeletons it may be filed under (the best first)."""

    sounds: str
    skeletons: tuple[str, ...]


_MAX_SKELETONS: Final = 3
_MAX_SKELETON: Final = 16
_LONGEST: Final = 40

_CLASS: Final[dict[str, str]] = {
    **{sound: sound for sound in "bpftdxcjszrlmn"},
    "k": "k", "q": "k", "g": "k", "G": "k", "J": "jz", "S": "S",
    "T": "st", "D": "zd", "Z": "zd",
    "h": "", "w": "", "y": "", "W": "", "Y": "", "H": "", "A": "", "E": "",
    "a": "", "e": "", "i": "", "o": "", "u": "",
}  # fmt: skip
"""Sound → consonant class; two letters are two ways to file it; nothing means it is left out."""

_FIRST: Final[dict[str, str]] = {
    **dict.fromkeys("aeiouAE", "a"), "w": "w", "W": "w", "y": "y", "Y": "y", "h": "h", "H": "h",
}  # fmt: skip


@lru_cache(maxsize=65536)
def read_latin(word: str) -> Reading:
    """Read a word of the letters a–z."""
    for pattern, sounds, skeleton in FIXED_LATIN:
        if pattern.fullmatch(word):
            return Reading(sounds, (skeleton,))
    spelled = word[0] + word[1:].replace("x", "ks")
    sounds = "".join(_LATIN_READ.get(part, part) for part in _LATIN_PATTERN.findall(spelled))
    sounds = _DOUBLE.sub(r"\1", sounds)
    return Reading(sounds, skeletons_of(sounds))


@lru_cache(maxsize=65536)
def read_arabic(word: str) -> Reading:
    """Read a word of Arabic-script letters in normalised form."""
    fixed = FIXED_ARABIC.get(word)
    if fixed is not None:
        return Reading(fixed[0], (fixed[1],))
    sounds = "".join(
        _ASPIRATES.get(part) or _ARABIC.get(part, "")
        for part in _ARABIC_PATTERN.findall(word.replace("لل", "ل"))
    )
    if len(sounds) > 2 and sounds.endswith("h") and word.endswith("ه"):
        sounds = sounds[:-1] + "H"
    return Reading(sounds, skeletons_of(sounds))


def join(readings: tuple[Reading, ...]) -> Reading:
    """The reading of a compound: its halves one after the other."""
    if len(readings) == 1:
        return readings[0]
    ways = product(*(reading.skeletons for reading in readings))
    skeletons = dict.fromkeys("".join(way)[:_MAX_SKELETON] for way in ways)
    return Reading(
        "".join(reading.sounds for reading in readings), tuple(skeletons)[:_MAX_SKELETONS]
    )


def skeletons_of(sounds: str) -> tuple[str, ...]:
    """Consonant classes in order; vowels, h, w and y count only at the beginning."""
    if not sounds:
        return ("",)
    choices = [_FIRST.get(sounds[0]) or _CLASS[sounds[0]]]
    choices += [_CLASS[sound] for sound in sounds[1:_LONGEST]]
    ways = product(*(choice for choice in choices if choice))
    skeletons = dict.fromkeys(_softened("".join(way)) for way in islice(ways, _MAX_SKELETONS))
    return tuple(skeletons)


def _softened(skeleton: str) -> str:
    """Before b and p an n is spoken, and often written, as m."""
    return skeleton.replace("nb", "mb").replace("np", "mp")[:_MAX_SKELETON]
