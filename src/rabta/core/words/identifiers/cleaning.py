"""What every identifier needs first: Latin digits, no invisible signs, nothing that Excel broke."""

import re
import unicodedata

from rabta.core.errors import BadValue, gettext_noop
from rabta.core.words.digits import latin_digits

LONGEST = 60
"""Signs; a longer text is no identifier."""

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u061c\u0640]")
_DASH = re.compile("[‐-―−﹘﹣－]")
_SCIENTIFIC = re.compile(r"[+-]?[0-9]+[.,][0-9]+\s*[eE]\s*[+-]?[0-9]{1,3}|[0-9]+[eE][+-][0-9]{1,3}")
_WHOLE_FLOAT = re.compile(r"([0-9]+)\.0+")


def clean(text: str, *, field: str) -> str:
    """Return the text upper-case, in Latin digits, with plain dashes and single spaces.

    A trailing ".0" and a leading apostrophe, which Excel adds, are dropped. Raises BadValue for
    an empty or overlong text and for scientific notation, where digits are lost for good.
    """
    shown = unicodedata.normalize("NFKC", latin_digits(_INVISIBLE.sub("", text)))
    upper = unicodedata.normalize("NFKC", _DASH.sub("-", _INVISIBLE.sub("", shown)).upper())
    plain = " ".join(latin_digits(upper).split())
    plain = plain.removeprefix("'").strip()
    if not plain:
        raise BadValue(
            gettext_noop("{field} is empty."),
            remedy=gettext_noop("Leave the particular out if it is not known."),
            field=field,
            value=text,
        )
    if len(plain) > LONGEST:
        raise bad(gettext_noop("{field}: the text is too long."), text, field)
    if any(sign.isdecimal() and not sign.isascii() for sign in plain):
        raise bad(
            gettext_noop("{field}: “{value}” has digits of a script that is not read here."),
            text,
            field,
            remedy=gettext_noop("Write the digits as 0 to 9."),
        )
    if _SCIENTIFIC.fullmatch(plain):
        raise BadValue(
            gettext_noop("{field}: “{value}” has lost its digits in Excel."),
            remedy=gettext_noop(
                "Give the column the format Text in Excel and enter the number again from the "
                "paper."
            ),
            field=field,
            value=text,
        )
    whole = _WHOLE_FLOAT.fullmatch(plain)
    return whole[1] if whole else plain


def bad(
    message: str, text: str, field: str, *, remedy: str | None = None, **facts: int
) -> BadValue:
    """Make the error, with the field and the text among its facts."""
    if remedy is None:
        remedy = gettext_noop("Compare it with the paper and correct it.")
    return BadValue(message, remedy=remedy, field=field, value=text, **facts)
