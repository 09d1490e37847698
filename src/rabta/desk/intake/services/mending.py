"""A refused row is mended and loaded again; one that nobody mended expires."""

from collections.abc import Mapping

from django.utils import timezone

from rabta.core.access.decisions import Actor
from rabta.core.access.levels import Level
from rabta.core.errors import NotAllowedNow, gettext_noop
from rabta.core.words.incoming import as_text
from rabta.desk.intake import reading, reports
from rabta.desk.intake.models import Load, LoadRow
from rabta.desk.intake.rules import LoadState, RowState
from rabta.desk.intake.services.applying import apply_rows
from rabta.desk.intake.services.beginning import loader_for
from rabta.desk.wall import keys
from rabta.desk.wall.door import write
from rabta.desk.wall.scope import visible_to
from rabta.desk.wall.session import acting


def mend(
    actor: Actor, *, load: Load, row: LoadRow, fields: Mapping[str, str]
) -> reports.Refusal | None:
    """Read a refused row again with mended fields and load it; gives what is still wrong."""
    if row.state != RowState.REFUSED or load.state != LoadState.APPLIED:
        raise NotAllowedNow(
            gettext_noop("This row cannot be mended now."),
            remedy=gettext_noop("Wait until the load is through, or look whether it was undone."),
        )
    item = reading.reread(load.kind, fields, at=row.at, today=timezone.localdate())
    loader = loader_for(actor, agency=load.agency_id)
    with acting(loader, "mend"):
        load = visible_to(Load, loader, at_least=Level.FULL).get(pk=load.pk)
        row = visible_to(LoadRow, loader, at_least=Level.FULL).get(pk=row.pk)
        with write(loader, "row.mended", load=load.pk) as door:
            if isinstance(item, reading.Refused):
                text = reports.refusal_text(item.fields, item.error)
                door.change(row, sealed=_seal(load, row, text))
                return reports.refusal(row.at, text)
            door.change(row, sealed=_seal(load, row, as_text(item)), why="mended")
            # What was refused is now counted as what it became: read stays the sum.
            door.change(load, refused=load.refused - 1)
            apply_rows(door, loader, load, [row])
    return None


def _seal(load: Load, row: LoadRow, text: str) -> bytes:
    return keys.seal(text, agency=load.agency_id, binding=row.public_id)


def remove_expired(machine: Actor) -> int:
    """Empty the refused rows whose time is over; their places and counts stay."""
    rows = list(
        visible_to(LoadRow, machine, at_least=Level.FULL).filter(
            state=RowState.REFUSED, sealed__isnull=False, expires_on__lt=timezone.localdate()
        )[:500]
    )
    with write(machine, "rows.expired") as door:
        for row in rows:
            row.sealed = None
        door.save_many(rows, ["sealed"])
    return len(rows)
