"""What a record said before: opened for who sees the record in full, erasable for good."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rabta.core.access.levels import Level
from rabta.core.errors import Refused
from rabta.desk.wall import keys, machines, session
from rabta.desk.wall.base import Guarded
from rabta.desk.wall.models import History
from rabta.desk.wall.scope import decision_of, visible_to

HISTORIAN = machines.historian()


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a record before and after, when, by whom, in which event."""

    field: str
    before: Any
    after: Any
    at: datetime
    user: int
    event: str
    version: int


def of(record: Guarded) -> tuple[Change, ...]:
    """The changes of a record, the latest first. Raises Refused unless it was read in full."""
    decision = decision_of(record)
    if decision.level < Level.FULL:
        raise Refused(why=decision.why)
    with session.acting(HISTORIAN, "history"):
        rows = visible_to(History, HISTORIAN, at_least=Level.FULL).filter(
            kind=record.Wall.policy, record_id=record.pk
        )
        return tuple(change for row in rows.order_by("-id") for change in opened(row))


def of_many(records: Sequence[Guarded]) -> dict[int, tuple[Change, ...]]:
    """The changes of many records of one kind, by inward id, the latest first, in one query."""
    if not records:
        return {}
    for record in records:
        decision = decision_of(record)
        if decision.level < Level.FULL:
            raise Refused(why=decision.why)
    found: dict[int, list[Change]] = {record.pk: [] for record in records}
    with session.acting(HISTORIAN, "history"):
        rows = visible_to(History, HISTORIAN, at_least=Level.FULL).filter(
            kind=records[0].Wall.policy, record_id__in=found
        )
        for row in rows.order_by("-id"):
            found[row.record_id].extend(opened(row))
    return {record: tuple(changes) for record, changes in found.items()}


def opened(row: History) -> Iterator[Change]:
    """The changes a row of the history holds; none where it was erased."""
    if row.sealed is None:
        return
    said = json.loads(keys.unseal(row.sealed, agency=row.agency_id, binding=row.public_id))["said"]
    for name, (before, after) in said.items():
        yield Change(
            field=name,
            before=before,
            after=after,
            at=row.created_at,
            user=row.created_by_id,
            event=row.event,
            version=row.record_version,
        )
