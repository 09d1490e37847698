"""Digits of the region's scripts, read as the Latin ones."""

_ZEROS = ("٠", "۰", "०", "০", "੦", "０")
"""Zero in Arabic-Indic, Urdu and Persian (extended Arabic-Indic), Devanagari,
Bengali, Gurmukhi and full width."""

_LATIN = {ord(zero) + value: str(value) for zero in _ZEROS for value in range(10)}


def latin_digits(text: str) -> str:
    """Return the text with every digit of those scripts as 0–9; all else stays as it is."""
    return text.translate(_LATIN)
