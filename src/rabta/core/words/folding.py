"""One form for a word whichever keyboard it was typed on."""

import unicodedata

_LETTERS = str.maketrans(
    {
        **dict.fromkeys("يىېۍےۓ", "ی"),
        "ك": "ک",
        "ګ": "گ",
        **dict.fromkeys("ةہھۀەۃ", "ه"),
        "ऀ": "ं",
        "ँ": "ं",
        "़": "",
        **dict.fromkeys("_ \u200b\u200c\u200dـʿʾʼ'’‘`´", ""),
    }
)


def fold(word: str) -> str:
    """Return a word without case, accents, vowel signs, spaces and joiners; letters of one
    sound that differ only by keyboard (ي ی, ك ک, ہ ه) become one.

    Vowel signs of Devanagari stay, for they are its vowels.
    """
    parts = unicodedata.normalize("NFKD", word.casefold()).translate(_LETTERS)
    return "".join(
        letter
        for letter in parts
        if unicodedata.category(letter) != "Mn" or "\u0900" <= letter <= "\u097f"
    )


def folded(*lists: str) -> frozenset[str]:
    """Return the folded words of lists that are parted by spaces."""
    return frozenset(fold(word) for words in lists for word in words.split())
