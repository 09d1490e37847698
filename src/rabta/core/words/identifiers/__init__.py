"""Numbers that identify: one canonical form each, and the keys that two writings of one share."""

from rabta.core.words.identifiers.forms import (
    account,
    case_number,
    cnic,
    passport,
    phone,
    plate,
)
from rabta.core.words.identifiers.kinds import (
    IDENTIFIER_KEY_VERSION,
    IdentifierKind,
    identifier_keys,
    kinds_of,
)

__all__ = [
    "IDENTIFIER_KEY_VERSION",
    "IdentifierKind",
    "account",
    "case_number",
    "cnic",
    "identifier_keys",
    "kinds_of",
    "passport",
    "phone",
    "plate",
]
