"""A load as it stands now, held until the transaction ends, and its rows in clear."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from rabta.core.access.decisions import Actor
from rabta.core.access.levels import Level
from rabta.core.errors import BadValue, gettext_noop
from rabta.core.words.incoming import IncomingPerson, as_text
from rabta.desk.intake import reading, reports
from rabta.desk.intake.models import Load, LoadRow
from rabta.desk.intake.rules import REFUSED_ROWS_KEPT_DAYS, RowState
from rabta.desk.wall import keys
from rabta.desk.wall.base import new_public_id
from rabta.desk.wall.scope import visible_to

FULL = Level.FULL


def held(actor: Actor, load: Load) -> Load:
    """The load as it stands now; whoever else wants to move it waits for this transaction.

    Read before each step that moves a load: a stop that was asked for meanwhile is seen, and
    two processes at one load take turns instead of hindering each other.
    """
    rows = visible_to(Load, actor, at_least=FULL).held()
    return rows.select_related("agency").get(pk=load.pk)  # type: ignore[no-any-return]


def opened_row(load: Load, row: LoadRow) -> str:
    """What a row says, in clear."""
    return keys.unseal(row.sealed, agency=load.agency_id, binding=row.public_id)


def sealed_for(load: Load, row: LoadRow, text: str) -> bytes:
    """What a row says, sealed to its place."""
    return keys.seal(text, agency=load.agency_id, binding=row.public_id)


def mark_of(person: IncomingPerson) -> int:
    """By which two rows of a load are known to have the same key."""
    return keys.match_key(f"row|{person.key}", version=1)


def waiting_row(load: Load, item: IncomingPerson) -> LoadRow:
    """A row that waits to be applied, not yet placed or written."""
    return _row(load, item.at, RowState.WAITING, as_text(item), key_hash=mark_of(item))


def refused_row(load: Load, refused: reading.Refused, *, person: str = "") -> LoadRow:
    """A row that cannot be taken, not yet written; ``person`` is its reading if it has one."""
    return _row(
        load,
        refused.at,
        RowState.REFUSED,
        reports.refusal_text(refused.fields, refused.error, person=person),
        why=refused.error.code,
        expires_on=timezone.localdate() + timedelta(days=REFUSED_ROWS_KEPT_DAYS),
    )


def twice(item: IncomingPerson, first: str) -> reading.Refused:
    """The refusal of a row whose key stands in the same load already."""
    error = BadValue(
        gettext_noop("The same record key stands at {first} already."),
        remedy=gettext_noop("Give each person a key of their own, or map no key column."),
        field="record_key",
        value="",
        first=first,
    )
    return reading.Refused(at=item.at, fields={"record_key": item.key}, error=error)


def _row(load: Load, at: str, state: RowState, text: str, **fields: Any) -> LoadRow:
    public_id = new_public_id()
    return LoadRow(
        public_id=public_id,
        load=load,
        at=at[:64],
        state=state,
        sealed=keys.seal(text, agency=load.agency_id, binding=public_id),
        **fields,
    )
