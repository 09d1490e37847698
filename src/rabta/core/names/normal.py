"""One written form for the many ways a name is typed."""

import unicodedata
from typing import Final

MAX_LENGTH: Final = 300
"""Characters of a name that are read; what a file puts behind them is not a name."""

_DROPPED_MARKS: Final = (
    (0x0300, 0x036F),  # accents on Latin letters
    (0x0610, 0x061A),  # Arabic honorific signs
    (0x064B, 0x065F),  # harakat, and the hamza and madda that decomposition sets free
    (0x0670, 0x0670),  # superscript alef
    (0x06D6, 0x06ED),  # Quranic annotation
    (0x0898, 0x089F),
    (0x08CA, 0x08FF),
    (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF),
    (0x20D0, 0x20FF),
    (0xFE20, 0xFE2F),
)

_FOLDED: Final[dict[str, str]] = {
    # yeh in every dress
    "ي": "ی", "ى": "ی", "ے": "ی", "ې": "ی", "ۍ": "ی", "ێ": "ی", "ۑ": "ی", "ؠ": "ی", "ٸ": "ی",
    "ك": "ک", "ڪ": "ک", "ګ": "گ", "ڭ": "نگ",
    # heh and teh marbuta; the two-eyed heh stays, it is the aspirate of Urdu
    "ہ": "ه", "ة": "ه", "ۃ": "ه", "ە": "ه", "ۀ": "ه", "ۂ": "ه", "ۿ": "ھ",
    # alef and waw with a seat that does not decompose
    "ٱ": "ا", "ٲ": "ا", "ٳ": "ا", "ٵ": "ا", "ٶ": "و", "ٷ": "و", "ۇ": "و", "ۆ": "و", "ۈ": "و",
    "ۋ": "و", "ۉ": "و", "ۅ": "و", "ۄ": "و",
    "ں": "ن", "ء": "", "ٴ": "", "ـ": "",
    # Latin letters that carry their mark inside
    "ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "dh",
    "ə": "e", "ŧ": "t", "ɣ": "gh", "ŋ": "ng", "ĸ": "k", "ƙ": "k", "ɓ": "b", "ɗ": "d", "ƴ": "y",
    # signs for ain and hamza, and what is typed for them
    "'": "", "’": "", "‘": "", "`": "", "´": "", "ʿ": "", "ʾ": "", "ʼ": "", "ʻ": "", "ʽ": "",
    "ʹ": "", "ʺ": "", "ˈ": "", "ʔ": "", "ʕ": "", "′": "", "‛": "", "＇": "", "ꞌ": "",
}  # fmt: skip


class _Fold(dict[int, str]):
    """What becomes of one character; found out once per character and kept."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        folded = _FOLDED.get(character)
        if folded is None:
            folded = _by_category(character, code)
        self[code] = folded
        return folded


def _by_category(character: str, code: int) -> str:
    category = unicodedata.category(character)
    if category == "Cf" or any(low <= code <= high for low, high in _DROPPED_MARKS):
        return ""
    if category == "Nd":
        return str(unicodedata.digit(character))
    if category[0] in "PSZC":
        return " "
    return character


_FOLD: Final = _Fold()


def normalise(text: str) -> str:
    """Bring a name to one written form; the same form again when given its own result.

    NFKC, lower case, no vowel marks, tatweel, joiners or direction signs; Arabic letters of one
    sound and several code points folded (ی ي, ک ك, ہ ه ة, the seats of hamza); پ چ ژ گ ٹ ڈ ڑ
    kept; Latin without diacritics and apostrophes; digits as 0–9; punctuation and white space
    as single spaces. Any text is accepted; nothing is raised.
    """
    if text.isascii():
        return " ".join(text.lower().translate(_FOLD).split())
    for _ in range(4):
        folded = _once(text)
        if folded == text:
            break
        text = folded
    return text


def _once(text: str) -> str:
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    folded = apart.translate(_FOLD)
    return " ".join(unicodedata.normalize("NFC", folded).split())
