"""What a look-up may answer with."""

from dataclasses import dataclass
from enum import IntEnum
from uuid import UUID

from rabta.core.access.levels import Level
from rabta.core.words.vocabulary import Particular
from rabta.desk.accounts.selectors import Desk
from rabta.desk.cases.rules import Detail


class Strength(IntEnum):
    """How well a hit fits what was typed. Coarse on purpose: a finer scale would say more."""

    POSSIBLE = 1
    LIKELY = 2
    STRONG = 3


@dataclass(frozen=True, slots=True)
class PersonHit:
    """A person whose record the asker may open, with or without what identifies them."""

    public_id: UUID
    level: Level
    why: str
    strength: Strength
    name: str
    details: tuple[Detail, ...]
    sex: str
    birth_years: str
    protected: bool
    cases: tuple["CaseHit", ...]
    desk: Desk

    @property
    def years_alone(self) -> str:
        """The years of birth, where no birth stands among the details."""
        said = any(detail.kind is Particular.BIRTH for detail in self.details)
        return "" if said else self.birth_years


@dataclass(frozen=True, slots=True)
class CaseHit:
    """A case the asker may open."""

    public_id: UUID
    number: str
    kind: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class DeskHit:
    """Another desk holds something: how strong the best of it is, and whom to ask."""

    desk: Desk
    strength: Strength


@dataclass(frozen=True, slots=True)
class Answer:
    """What a look-up found: people, cases by their number, desks to ask. ``more`` was cut off."""

    kinds: tuple[str, ...]
    people: tuple[PersonHit, ...]
    cases: tuple[CaseHit, ...]
    desks: tuple[DeskHit, ...]
    more: bool
