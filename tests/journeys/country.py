"""Whom the journeys meet: chosen from the demo country's truth, so that they outlive its names."""

from dataclasses import dataclass
from functools import cache

from rabta.core.names import compare
from rabta.core.words.vocabulary import PROTECTED_ROLES, Particular
from rabta.demo import build_country
from rabta.demo.world import DemoRecord
from tests.journeys.desk import PEOPLE

SEED = 2018
HERS, HIS = "PUN", "FIA"
"""The agency of the officer from elsewhere, and of the one who holds the man."""


@dataclass(frozen=True, slots=True)
class Man:
    """Accused; held by one's own agency and by others, not by the Punjab Police."""

    name: str
    elsewhere: frozenset[str]


@cache
def records() -> tuple[DemoRecord, ...]:
    """Every record of the country as the demo node holds it."""
    return tuple(build_country(seed=SEED, people=PEOPLE).records())


def names_of(record: DemoRecord) -> list[str]:
    """Names and aliases as they stand in a record."""
    kinds = {Particular.NAME, Particular.ALIAS}
    return [one.text for one in record.person.particulars if one.kind in kinds]


def is_protected(record: DemoRecord) -> bool:
    """Protected by the role."""
    return record.person.role in PROTECTED_ROLES


@cache
def man() -> Man:
    """The man whom most agencies hold, by a name in Latin letters of two words."""
    found = []
    for truth in sorted({record.truth for record in records()}):
        same = [record for record in records() if record.truth == truth]
        name = next((names_of(r)[0] for r in same if r.agency == HIS and not r.sealed), "")
        agencies = frozenset(record.agency for record in same)
        plain = name.isascii() and len(name.split()) == 2 and name.istitle()
        if plain and HERS not in agencies and not any(map(is_protected, same)):
            found.append(Man(name, agencies - {HIS}))
    return max(found, key=lambda one: len(one.elsewhere))


@cache
def hidden() -> str:
    """The name of a protected woman who agreed to no matching and whom nobody else is called."""
    for record in records():
        name = names_of(record)[0]
        alike = [other for other in records() for text in names_of(other) if _alike(name, text)]
        unknown = all(is_protected(one) and not one.person.link_consent for one in alike)
        if unknown and record.agency != HERS and len(name.split()) > 1:
            return name
    raise LookupError("the demo country has nobody who is quite hidden")


def _alike(name: str, other: str) -> bool:
    return (compare(name, other).score or 0.0) >= 0.3


@cache
def protected_names() -> frozenset[str]:
    """Names, of two words at least, of protected people of other agencies; those that nobody
    bears whom the officer from elsewhere may read of."""
    hers = {
        one.text.casefold()
        for record in records()
        if record.agency == HERS or not is_protected(record)
        for one in record.person.particulars
    }
    return frozenset(
        name
        for record in records()
        if record.agency != HERS and is_protected(record)
        for name in names_of(record)
        if len(name.split()) > 1 and not any(name.casefold() in text for text in hers)
    )
