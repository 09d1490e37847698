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

from rabta.core.access.decisions import Actor, Purpose
from rabta.core.errors import Unscoped
from rabta.desk.wall import ledger

MOST_NAMED = 200
"""Ids named in one entry of reads; past that the entry gives their number and span."""


@dataclass
class Session:
    """What one actor has read so far: kind → ids, by what it was for."""

    actor: Actor
    action: str
    reads: dict[tuple[str, int], dict[str, set[int]]] = field(default_factory=dict)


_session: ContextVar[Session | None] = ContextVar("rabta_session", default=None)


@contextmanager
def acting(actor: Actor, action: str) -> Iterator[Session]:
    """Act as somebody, for one request or one run, under a short name for what is done."""
    session = Session(actor, action)
    token = _session.set(session)
    try:
        yield session
    finally:
        try:
            settle(session)
        finally:
            _session.reset(token)
            for connection in connections.all(initialized_only=True):
                connection.leave_position()


def require(actor: Actor) -> Session:
    """The session that is open for this actor. Raises Unscoped where there is none."""
    session = _session.get()
    if session is None or session.actor != actor:
        raise Unscoped(
            "Nobody is acting here.",
            table="session",
            remedy="Read inside session.acting(actor, action).",
        )
    return session


def note_read(actor: Actor, purpose: Purpose, row: Any) -> None:
    """Remember that a row was read; only kinds that tell of a person are kept."""
    kind = row.Wall.policy
    if kind not in ledger.READS_KEPT:
        return
    session = require(actor)
    by_kind = session.reads.setdefault((purpose.name, purpose.case), {})
    by_kind.setdefault(kind, set()).add(row.pk)


def settle(session: Session) -> None:
    """Write what was read to the ledger. Called before an answer leaves, and at the end."""
    reads, session.reads = session.reads, {}
    if not reads:
        return
    ledger.append_reads(
        [
            ledger.Draft(
                actor=session.actor,
                event=session.action,
                purpose=purpose,
                case=case,
                subjects={kind: named(ids) for kind, ids in by_kind.items()},
            )
            for (purpose, case), by_kind in reads.items()
        ]
    )


def named(ids: set[int]) -> dict[str, Any]:
    """Ids as an entry keeps them: each, or for the very many their number and span."""
    if len(ids) <= MOST_NAMED:
        return {"ids": sorted(ids)}
    return {"count": len(ids), "first": min(ids), "last": max(ids)}
