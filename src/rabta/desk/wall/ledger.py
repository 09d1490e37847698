"""The append-only ledger: who did and who read what, each entry chained to the one before.

Two chains. ``writes`` lives beside the records and commits with them. ``reads`` commits on a
connection of its own (on SQLite in a file of its own), so that a reader never waits for a load
and an entry survives whatever the request does next.

Entries hold ids, field names and salted commitments, never values: values live in ``History``,
sealed and erasable, and erasing them breaks no chain. The head is locked last, so that writers
wait for each other only while an entry is appended. Each head is signed with a key outside the
database and noted in a file outside it too: whoever holds the database alone can neither
recompute the chain nor cut its tail unseen.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils import timezone

from rabta.core.access.decisions import Actor
from rabta.core.errors import BrokenLedger, gettext_noop
from rabta.desk.wall import guard, heads

WRITES, READS = "writes", "reads"
DATABASE = {WRITES: "default", READS: "reads"}
GENESIS = "0" * 64
LOOKED_UP = "looked-up"
"""The event of a question that was asked, whatever came of it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry before it has its place in the chain."""

    actor: Actor
    event: str
    purpose: str = ""
    case: int = 0
    subjects: Mapping[str, Any] = field(default_factory=dict)
    commitment: str = ""


def content(seq: int, at: datetime, draft: Draft) -> dict[str, Any]:
    """What an entry says, in the form that is hashed."""
    return {
        "seq": seq,
        "at": at.isoformat(),
        "user": draft.actor.user,
        "duty": str(draft.actor.duty or ""),
        "agency": draft.actor.agency,
        "unit": draft.actor.unit,
        "event": draft.event,
        "purpose": draft.purpose,
        "case": draft.case,
        "subjects": dict(draft.subjects),
        "commitment": draft.commitment,
    }


def chained(previous: str, said: Mapping[str, Any]) -> str:
    """The hash that ties what an entry says to the entry before it."""
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(f"{previous}|{text}".encode()).hexdigest()


def append(chain: str, drafts: Iterable[Draft]) -> None:
    """Append entries as the last thing a transaction does; the caller holds the transaction."""
    from rabta.desk.wall.models import ENTRY_OF, HEAD_OF

    entry_model, head_model = ENTRY_OF[chain], HEAD_OF[chain]
    using = DATABASE[chain]
    at = timezone.now()
    head, _ = (
        head_model.objects.using(using)
        .select_for_update()
        .get_or_create(chain=chain, defaults={"seq": 0, "digest": GENESIS})
    )
    if not _ours(head):
        # To build on it would be to sign what somebody else put in.
        raise BrokenLedger(
            chain=chain, entry=head.seq, what=gettext_noop("the head was not signed by this node")
        )
    seq, digest, rows = head.seq, head.digest, []
    for draft in drafts:
        seq += 1
        said = content(seq, at, draft)
        digest = chained(digest, said)
        rows.append(entry_model(seq=seq, at=at, said=said, digest=digest))
    with guard.opened(_Appending()):
        entry_model.objects.using(using).bulk_create(rows)
    signature = heads.sign(chain, seq, digest)
    head_model.objects.using(using).filter(chain=chain).update(
        seq=seq, digest=digest, signature=signature
    )
    noted = heads.Noted(day=at.date().isoformat(), seq=seq, digest=digest, signature=signature)
    transaction.on_commit(lambda: heads.note(chain, noted), using=using)


def _ours(head: Any) -> bool:
    """Whether this node made a head, or none was ever made."""
    if head.seq:
        return heads.is_ours(head.chain, head.seq, head.digest, head.signature)
    return head.digest == GENESIS and not heads.noted(head.chain)


def append_reads(
    drafts: list[Draft], *, reader: int = 0, told: Iterable[tuple[str, int]] = ()
) -> None:
    """Write reads, at once and whatever becomes of the transaction around.

    ``told`` are records whose existence the ``reader`` learned of and no more (hits.py).
    """
    from rabta.desk.wall import hits

    with transaction.atomic(using=DATABASE[READS]):
        if told:
            hits.remember(reader, told)
        append(READS, drafts)


class _Appending:
    """The door that is open while entries are appended: they need no entry of their own."""

    appending = True
    actor = None

    def __init__(self) -> None:
        self.touched: set[str] = set()
