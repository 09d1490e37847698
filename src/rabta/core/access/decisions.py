"""From rules to a decision: grants open, caps close, the strictest wins, each with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from rabta.core.access.levels import OPENS, FieldClass, Level
from rabta.core.access.rules import Facts, Rule, holds
from rabta.core.words.vocabulary import Duty, SystemDuty


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: one person in one posting, or the machine in a system duty.

    ``units`` holds the ids of the posting's unit and, for duties that oversee, of every unit
    below it today. ``duty`` is None for someone signed in without a posting: such a person may
    see their own sign-ins and nothing else. ``reach`` holds the ids of the agencies any row of
    whom could be opened to the actor: the database's coarse second lock.
    """

    user: int
    duty: Duty | SystemDuty | None
    agency: int = 0
    unit: int = 0
    units: frozenset[int] = field(default_factory=frozenset)
    posting: int = 0
    reach: frozenset[int] = field(default_factory=frozenset)

    @property
    def system(self) -> bool:
        """Whether the machine itself acts."""
        return isinstance(self.duty, SystemDuty)


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a question is asked for. ``case`` is the case it serves, where one must be named."""

    name: str
    case: int = 0


CASE_WORK = Purpose("case-work")
LOOK_UP = "look-up"
LINK_REVIEW = "link-review"
ASKING = frozenset({LOOK_UP, LINK_REVIEW})
"""Purposes for which a question goes beyond what an agency opened to one's own: for hits alone."""


@dataclass(frozen=True, slots=True)
class Asker:
    """The facts about who asks that rules may speak of (``Mine``)."""

    user: int
    duty: str
    agency: int
    unit: int
    units: frozenset[int]
    purpose: str
    today: date

    @classmethod
    def of(cls, actor: Actor, purpose: Purpose, *, today: date) -> "Asker":
        """Lay out an actor and a purpose as facts."""
        return cls(
            user=actor.user,
            duty=str(actor.duty) if actor.duty else "",
            agency=actor.agency,
            unit=actor.unit,
            units=actor.units,
            purpose=purpose.name,
            today=today,
        )


@dataclass(frozen=True, slots=True)
class Grant:
    """Opens a level where the rule holds. ``why`` is a stable code with words in ``reasons``."""

    level: Level
    when: Rule
    why: str


@dataclass(frozen=True, slots=True)
class Cap:
    """Closes everything above a level where the rule holds."""

    level: Level
    when: Rule
    why: str


class Beyond(StrEnum):
    """Rows past one's own agency's reach that the database's coarse second lock lets through."""

    ASKED = "asked"
    """Of every agency, while hits are asked for."""
    NAMED = "named"
    """Of cases one is named in."""
    WRITTEN = "written"
    """That one wrote oneself."""
    APPENDED = "appended"
    """None to be read; anybody adds some, whosever record they tell of."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What anyone may see of one kind of record.

    A policy either has grants and caps of its own, or ``inherits``: a record is then seen, in
    full, by whoever sees every named relation at the given level at least, and by nobody else.
    With ``one_at``, one of the relations at least must be open to that level besides: what ties
    two records together is nothing for whoever knows neither.

    ``beyond`` tells the database what it may let through besides; it opens nothing by itself.
    With ``reads_kept``, whoever reads such a record stands in the ledger of reads.
    """

    kind: str
    grants: tuple[Grant, ...] = ()
    caps: tuple[Cap, ...] = ()
    inherits: Mapping[str, Level] = field(default_factory=dict)
    one_at: Level = Level.NOTHING
    beyond: frozenset[Beyond] = frozenset()
    reads_kept: bool = False

    @property
    def grants_widest_first(self) -> tuple[Grant, ...]:
        """Grants in the order in which the first that holds decides."""
        return tuple(sorted(self.grants, key=lambda grant: -grant.level))

    @property
    def caps_strictest_first(self) -> tuple[Cap, ...]:
        """Caps in the order in which the first that holds decides."""
        return tuple(sorted(self.caps, key=lambda cap: cap.level))


@dataclass(frozen=True, slots=True)
class Allowed:
    """Yes, up to a level, because of a rule."""

    level: Level
    why: str

    @property
    def opens(self) -> frozenset[FieldClass]:
        """The field classes this decision opens."""
        return OPENS[self.level]


@dataclass(frozen=True, slots=True)
class Denied:
    """No, because of a rule, and what would help."""

    why: str
    remedy: str

    @property
    def level(self) -> Level:
        """Nothing."""
        return Level.NOTHING


Decision = Allowed | Denied


def decide(policy: Policy, facts: Facts, asker: Asker) -> Decision:
    """Decide on one record from its facts. Only for policies with rules of their own."""
    grant = next((g for g in policy.grants_widest_first if holds(g.when, facts, asker)), None)
    cap = next((c for c in policy.caps_strictest_first if holds(c.when, facts, asker)), None)
    return settle(grant, cap)


def settle(grant: Grant | None, cap: Cap | None) -> Decision:
    """Put the widest grant and the strictest cap together. Without a grant the answer is no."""
    if grant is None:
        return Denied("no-grant", "ask-owner")
    if cap is not None and cap.level < grant.level:
        return Allowed(cap.level, cap.why) if cap.level else Denied(cap.why, "ask-owner")
    return Allowed(grant.level, grant.why)
