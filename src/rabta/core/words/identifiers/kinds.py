"""Which identifier a text may be, and its keys for equality."""

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType

from rabta.core.errors import BadValue
from rabta.core.words.identifiers.cleaning import clean
from rabta.core.words.identifiers.forms import (
    account,
    case_number,
    cnic,
    is_iban,
    passport,
    phone,
    plate,
)

IDENTIFIER_KEY_VERSION = 1
"""Raised when a canonical form changes; stored keys of another version are made anew."""


class IdentifierKind(StrEnum):
    """What a number can be, and a name where it is none."""

    CNIC = "cnic"
    PHONE = "phone"
    PASSPORT = "passport"
    PLATE = "plate"
    ACCOUNT = "account"
    CASE_NUMBER = "case_number"
    NAME = "name"


def kinds_of(text: str) -> tuple[IdentifierKind, ...]:
    """Return what a typed look-up may be, the most specific first; a name if nothing else.

    A text without a letter or digit gives none. Only forms in common use count, fewer than the
    normalisers accept.
    """
    if not any(sign.isalnum() for sign in text):
        return ()
    found = tuple(kind for kind in _ORDER if _looks_like(kind, text))
    return found or (IdentifierKind.NAME,)


def identifier_keys(kind: IdentifierKind, text: str) -> frozenset[str]:
    """Return clear-text keys; two texts mean the same if they share one. The caller hashes them.

    "35202-1234567-1" → {"cnic:3520212345671"}. "FIR 12/2019" has a key with and one without the
    word FIR. A name has none here: names have keys of their own. Raises BadValue as the
    normalisers do.
    """
    form = _FORMS.get(kind)
    if form is None:
        return frozenset()
    canonical = form(text)
    forms = {canonical}
    if kind is IdentifierKind.CASE_NUMBER and canonical.startswith("FIR-"):
        forms.add(canonical.removeprefix("FIR-"))
    return frozenset(f"{kind}:{each}" for each in forms)


_FORMS: Mapping[IdentifierKind, Callable[[str], str]] = MappingProxyType(
    {
        IdentifierKind.CNIC: cnic,
        IdentifierKind.PHONE: phone,
        IdentifierKind.PASSPORT: passport,
        IdentifierKind.PLATE: plate,
        IdentifierKind.ACCOUNT: account,
        IdentifierKind.CASE_NUMBER: case_number,
    }
)
_ORDER = tuple(_FORMS)

_PASSPORT = re.compile(r"[A-Z]{1,3}[0-9]{6,9}|[0-9]{8,9}")
_PLATE = re.compile(
    r"[A-Z]{1,3}[0-9]{1,6}|[A-Z]{4}[0-9]{3,6}|[0-9]{1,4}[A-Z]{1,4}[0-9]{1,6}"
    r"|[0-9]{2}[^\W\d_]{1,3}[0-9]{3,7}|[0-9]{2}[^\W\d_]{1,3}[0-9]{3}ایران[0-9]{2}"
)
_ACCOUNT = re.compile(r"[0-9]{8,20}")
_CASE_WORD = re.compile(r"\b(?:FIR|ENQ|ENQUIRY|CASE|RC)\b|مقدمہ|نمبر|انکوائری")
_GIVEN_NUMBER = re.compile(r"E-(?:19|20)[0-9]{2}-[A-Z0-9]{4,8}")
"""The numbers a node gives to cases that bring none: "E-2026-0012"."""
_ENDS_IN_YEAR = re.compile(r"(?:^|.*-)[0-9]{1,5}-(?:19|20)[0-9]{2}")


def _looks_like(kind: IdentifierKind, text: str) -> bool:
    try:
        canonical = _FORMS[kind](text)
        plain = clean(text, field=kind)
    except BadValue:
        return False
    says_case = "/" in plain or canonical.startswith("FIR") or bool(_CASE_WORD.search(plain))
    says_case = says_case or _GIVEN_NUMBER.fullmatch(plain) is not None
    match kind:
        case IdentifierKind.PASSPORT:
            return not says_case and _PASSPORT.fullmatch(canonical) is not None
        case IdentifierKind.PLATE:
            return not says_case and _PLATE.fullmatch(canonical) is not None
        case IdentifierKind.ACCOUNT:
            if says_case or plain.startswith("+"):
                return False
            return is_iban(canonical) or _ACCOUNT.fullmatch(canonical) is not None
        case IdentifierKind.CASE_NUMBER:
            short = canonical.isdigit() and len(canonical) <= 6
            return says_case or short or _ENDS_IN_YEAR.fullmatch(canonical) is not None
    return True
