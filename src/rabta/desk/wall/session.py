"""Who acts, from the moment they ask to the moment they are answered.

``acting`` wraps one request, one command, one run of the machine. What is read of people inside
it is gathered and written to the ledger of reads as one entry, in a short transaction of its
own, before the answer leaves: no entry, no answer.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db import connections

from rabta.core.access.decisions import CASE_WORK, Actor, Purpose
from rabta.core.access.policies import POLICIES
from rabta.core.errors import Unscoped
from rabta.desk.wall import ledger

REFUSED = "refused"

MOST_NAMED = 200
"""Ids named in one entry of reads; past that the entry gives their number and span."""


MOST_KEPT = 20_000
"""Ids a session keeps of one kind; past that it keeps their number and span alone."""


@dataclass
class Seen:
    """Rows of one kind that were read: each, or of the very many how many and from where to where.

    ``unnamed`` counts rows of which columns were read without their ids.
    """

    ids: set[int] = field(default_factory=set)
    unnamed: int = 0
    folded: int = 0
    first: int = 0
    last: int = 0

    def add(self, pk: int) -> None:
        self.ids.add(pk)
        if len(self.ids) > MOST_KEPT:
            self._fold()

    def _fold(self) -> None:
        first, last = min(self.ids), max(self.ids)
        self.first = min(self.first, first) if self.folded else first
        self.last = max(self.last, last) if self.folded else last
        self.folded += len(self.ids)
        self.ids.clear()

    def said(self) -> dict[str, Any]:
        """What an entry says of them."""
        if self.folded and self.ids:
            self._fold()
        if self.folded:
            about = {"count": self.folded, "first": self.first, "last": self.last}
        else:
            about = named(self.ids)
        return about | ({"unnamed": self.unnamed} if self.unnamed else {})


@dataclass
class Session:
    """What one actor has read so far: kind → rows, by what it was for.

    ``told`` are the records the actor learned of without seeing them in full (hits.py); ``drafts``
    are entries that wait to be written with what was read.
    """

    actor: Actor
    action: str
    reads: dict[tuple[str, int], dict[str, Seen]] = field(default_factory=dict)
    told: set[tuple[str, int]] = field(default_factory=set)
    drafts: list[ledger.Draft] = field(default_factory=list)
    outer: "Session | None" = None


_session: ContextVar[Session | None] = ContextVar("rabta_session", default=None)


@contextmanager
def acting(actor: Actor, action: str, *, within: bool = False) -> Iterator[Session]:
    """Act as somebody, for one request or one run, under a short name for what is done.

    The machine acts inside a person's session; the person goes on acting round it. What it read
    is written when it is done, or, ``within`` an answer, with what the person was shown.
    """
    session = Session(actor, action, outer=_session.get())
    token = _session.set(session)
    try:
        yield session
    finally:
        try:
            if within and session.outer is not None:
                session.outer.drafts += _drafts(session)
            else:
                settle(session)
        finally:
            _session.reset(token)
            for connection in connections.all(initialized_only=True):
                connection.leave_position()


def require(actor: Actor) -> Session:
    """The session that is open for this actor. Raises Unscoped where there is none."""
    session = _session.get()
    while session is not None and session.actor != actor:
        session = session.outer
    if session is None:
        raise Unscoped(
            "Nobody is acting here.",
            table="session",
            remedy="Read inside session.acting(actor, action).",
        )
    return session


def note_read(actor: Actor, purpose: Purpose, row: Any, *, full: bool = True) -> None:
    """Remember that a row was read; only kinds that tell of a person are kept."""
    kind = row.Wall.policy
    if not POLICIES[kind].reads_kept:
        return
    session = require(actor)
    _seen(session, purpose, kind).add(row.pk)
    if not full and not actor.system:
        session.told.add((kind, row.pk))


def note_opened(actor: Actor, row: Any) -> None:
    """Remember that what lies beside a row was opened for its reader: the file of a load."""
    _seen(require(actor), CASE_WORK, row.Wall.policy).add(row.pk)


def note_columns(actor: Actor, purpose: Purpose, kind: str, pk: int | None) -> None:
    """Remember that columns of a row were read, by its id where that was read along."""
    if not POLICIES[kind].reads_kept:
        return
    seen = _seen(require(actor), purpose, kind)
    if pk is None:
        seen.unnamed += 1
    else:
        seen.add(pk)


def _seen(session: Session, purpose: Purpose, kind: str) -> Seen:
    by_kind = session.reads.setdefault((purpose.name, purpose.case), {})
    return by_kind.setdefault(kind, Seen())


def withdraw(actor: Actor, row: Any) -> None:
    """Forget that a row was read: it was looked at to decide and is not shown."""
    session, kind = require(actor), row.Wall.policy
    session.told.discard((kind, row.pk))
    for by_kind in session.reads.values():
        if kind in by_kind:
            by_kind[kind].ids.discard(row.pk)


def settle(session: Session) -> None:
    """Write what was read to the ledger. Called before an answer leaves, and at the end."""
    told, session.told = session.told, set()
    drafts = _drafts(session)
    if drafts:
        ledger.append_reads(drafts, reader=session.actor.user, told=told)


def enter(actor: Actor, draft: ledger.Draft) -> None:
    """Enter something beside what is read: it is written with that, before the answer leaves."""
    require(actor).drafts.append(draft)


def _drafts(session: Session) -> list[ledger.Draft]:
    """The entries a session has to make; it starts anew."""
    reads, session.reads = session.reads, {}
    drafts, session.drafts = session.drafts, []
    for (purpose, case), by_kind in reads.items():
        subjects = {kind: seen.said() for kind, seen in by_kind.items()}
        subjects = {kind: said for kind, said in subjects.items() if said != {"ids": []}}
        if subjects:
            drafts.append(
                ledger.Draft(
                    actor=session.actor,
                    event=session.action,
                    purpose=purpose,
                    case=case,
                    subjects=subjects,
                )
            )
    return drafts


def deny(actor: Actor, why: str, row: Any = None) -> None:
    """Write to the ledger that somebody was refused, at once: it outlives what is rolled back."""
    session = require(actor)
    subjects: dict[str, Any] = {"refused": {"why": why, "action": session.action}}
    if row is not None:
        subjects[row.Wall.policy] = named({row.pk})
    ledger.append_reads([ledger.Draft(actor=actor, event=REFUSED, subjects=subjects)])


def named(ids: set[int]) -> dict[str, Any]:
    """Ids as an entry keeps them: each, or for the very many their number and span."""
    if len(ids) <= MOST_NAMED:
        return {"ids": sorted(ids)}
    return {"count": len(ids), "first": min(ids), "last": max(ids)}
