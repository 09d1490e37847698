"""Who is protected: derived from all that is recorded of a person, the strictest wins."""

from collections.abc import Iterable
from datetime import date

from rabta.core.words.vocabulary import PROTECTED_ROLES, Role

ADULT = 18


def is_protected(roles: Iterable[Role], *, birth_year_latest: int | None, today: date) -> bool:
    """Whether a person is protected. No role is unknown, and unknown is protected.

    Whoever may be under 18 by the year of birth is a child first, whatever the role.
    """
    held = frozenset(roles)
    if not held or held & PROTECTED_ROLES:
        return True
    return birth_year_latest is not None and today.year - birth_year_latest <= ADULT
