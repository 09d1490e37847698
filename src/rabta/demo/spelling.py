"""How a name gets written: romanisation by ear, letters by keyboard, slips of hand and scanner."""

from functools import cache

from rabta.demo.dice import Dice
from rabta.demo.world import Part

BY_EAR = (
    ("oo", "u"),
    ("ou", "o"),
    ("ee", "i"),
    ("aa", "a"),
    ("ai", "e"),
    ("ay", "ai"),
    ("q", "k"),
    ("w", "v"),
    ("v", "w"),
    ("ph", "f"),
    ("gh", "g"),
    ("dh", "d"),
    ("ss", "s"),
    ("mm", "m"),
    ("dd", "d"),
    ("bb", "b"),
    ("ll", "l"),
    ("tt", "t"),
    ("jj", "j"),
)
"""What one clerk hears as the one and another as the other."""

AT_THE_END = (
    ("ah", "a"),
    ("a", "ah"),
    ("i", "y"),
    ("y", "i"),
    ("id", "eed"),
    ("ir", "eer"),
    ("im", "eem"),
    ("il", "eel"),
    ("in", "een"),
    ("ur", "oor"),
    ("ud", "ood"),
    ("an", "aan"),
    ("ar", "er"),
    ("zai", "zi"),
    ("que", "q"),
)

BY_SCANNER = (("rn", "m"), ("m", "rn"), ("l", "1"), ("O", "0"), ("cl", "d"), ("h", "b"), ("u", "v"))
DOTS = (
    ("ب", "پ"),
    ("ن", "ت"),
    ("ر", "ز"),
    ("ح", "خ"),
    ("ج", "ح"),
    ("س", "ش"),
    ("ف", "ق"),
    ("ک", "گ"),
    ("د", "ذ"),
    ("ط", "ظ"),
)
"""Letters of Urdu that differ by dots or a stroke, lost on a photocopy."""

KEYBOARDS = (("ی", "ي"), ("ک", "ك"), ("ہ", "ه"), ("ے", "ی"), ("آ", "ا"), ("ٹ", "ت"))
"""The same word from an Arabic or Persian keyboard, or from one without Urdu letters."""


@cache
def by_ear(word: str) -> tuple[str, ...]:
    """Other ways a word is romanised, one change each; the word itself when there is none."""
    found = []
    for heard, written in BY_EAR:
        at = word.lower().find(heard, 1)
        if at > 0:
            found.append(word[:at] + written + word[at + len(heard) :])
    for heard, written in AT_THE_END:
        if len(word) > len(heard) + 2 and word.endswith(heard):
            found.append(word[: -len(heard)] + written)
    return tuple(dict.fromkeys(found)) or (word,)


def latin(dice: Dice, part: Part) -> str:
    """A part in Latin: half the time the usual spelling, else another, sometimes by ear."""
    spelled = part.latin[0] if dice.chance(0.5) else dice.pick(part.latin)
    if dice.chance(0.12):
        *before, last = spelled.split(" ")
        spelled = " ".join([*before, dice.pick(by_ear(last))])
    return spelled


def urdu(dice: Dice, part: Part) -> str:
    """A part in Urdu script: mostly as it should be, else from another keyboard or run together."""
    if dice.chance(0.88):
        return part.urdu
    if " " in part.urdu and dice.chance(0.5):
        return part.urdu.replace(" ", "")
    changed, kept = dice.pick(KEYBOARDS)
    return part.urdu.replace(changed, kept)


def slip(dice: Dice, word: str) -> str:
    """One slip in a word of four letters or more, never in its first letter."""
    if len(word) < 4:
        return word
    at = dice.between(1, len(word) - 2)
    how = dice.below(4)
    if how == 0:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if how == 1:
        return word[:at] + word[at + 1 :]
    if how == 2:
        return word[:at] + word[at] + word[at:]
    return _misread(dice, word)


def _misread(dice: Dice, word: str) -> str:
    confusions = BY_SCANNER if word.isascii() else DOTS
    possible = [(a, b) for a, b in confusions if word.find(a, 1) > 0]
    if not possible:
        return word[:-1] if len(word) > 5 else word
    seen, read = dice.pick(possible)
    at = word.find(seen, 1)
    return word[:at] + read + word[at + len(seen) :]


EASTERN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def eastern(text: str) -> str:
    """The digits as Urdu writes them."""
    return text.translate(EASTERN)
