"""A refused row is mended and loaded again; one that nobody mended expires."""

from collections.abc import Mapping
from dataclasses import replace

from django.utils import timezone

from rabta.core.access.decisions import Actor
from rabta.core.access.levels import Level
from rabta.core.errors import BadValue, NotAllowedNow, gettext_noop
from rabta.core.words.incoming import IncomingPerson, as_text, from_text
from rabta.desk.intake import reading, reports
from rabta.desk.intake.models import Load, LoadRow
from rabta.desk.intake.reading.outcome import SAID
from rabta.desk.intake.rules import LoadState, RowState
from rabta.desk.intake.services.applying import apply_row
from rabta.desk.intake.services.beginning import may_load
from rabta.desk.intake.services.holding import held, mark_of, opened_row, sealed_for, twice
from rabta.desk.wall import machines
from rabta.desk.wall.door import write
from rabta.desk.wall.scope import visible_to
from rabta.desk.wall.session import acting

DOUBLE = "double"
"""What the reader notes on the second row with the same key."""


def mend(
    actor: Actor, *, load: Load, row: LoadRow, fields: Mapping[str, str]
) -> reports.Refusal | None:
    """Read a refused row again with mended fields and load it; gives what is still wrong.

    A field that is not given stays as it was; one that is given empty is taken away.
    """
    may_load(actor, load.agency)
    loader = machines.loader(agency=load.agency_id, on_behalf_of=actor.user)
    with acting(loader, "mend"), write(loader, "row.mended", load=load.pk) as door:
        load = held(loader, load)
        row = visible_to(LoadRow, loader, at_least=Level.FULL).get(pk=row.pk)
        _check_mendable(load, row)
        was = reports.refusal(row.at, opened_row(load, row))
        mended = _mended(was, fields)
        item = _read_again(load, row, was, mended)
        if isinstance(item, IncomingPerson):
            item = _unless_there(loader, load, row, item, mended)
        if isinstance(item, reading.Refused):
            text = reports.refusal_text(item.fields, item.error, person=was.person)
            door.change(row, sealed=sealed_for(load, row, text))
            return reports.refusal(row.at, text)
        door.change(
            row, sealed=sealed_for(load, row, as_text(item)), key_hash=mark_of(item), why="mended"
        )
        # What was refused is now counted as what it became: read stays the sum.
        door.change(load, refused=load.refused - 1)
        apply_row(door, loader, load, row)
    return None


def set_aside(actor: Actor, *, load: Load, row: LoadRow) -> None:
    """Say that a refused row is no record: it is counted with those that are ignored, and emptied.

    A total or a title that the reader did not know for one is nothing to be mended.
    """
    may_load(actor, load.agency)
    loader = machines.loader(agency=load.agency_id, on_behalf_of=actor.user)
    with acting(loader, "mend"), write(loader, "row.set-aside", load=load.pk) as door:
        load = held(loader, load)
        row = visible_to(LoadRow, loader, at_least=Level.FULL).get(pk=row.pk)
        _check_mendable(load, row)
        door.change(
            row, state=RowState.IGNORED, why=SAID, sealed=None, key_hash=None, expires_on=None
        )
        door.change(load, read=load.read - 1, refused=load.refused - 1, ignored=load.ignored + 1)


def _check_mendable(load: Load, row: LoadRow) -> None:
    if row.state == RowState.REFUSED and row.sealed and load.state == LoadState.APPLIED:
        return
    raise NotAllowedNow(
        gettext_noop("This row cannot be mended now."),
        remedy=gettext_noop("Wait until the load is through, or look whether it was undone."),
    )


def _mended(was: reports.Refusal, fields: Mapping[str, str]) -> dict[str, str]:
    given = {**was.fields, **{name: text.strip() for name, text in fields.items()}}
    mended = {name: text for name, text in given.items() if text}
    if mended.get("record_key", "") != was.fields.get("record_key", ""):
        mended.pop(DOUBLE, None)
    return mended


def _read_again(
    load: Load, row: LoadRow, was: reports.Refusal, mended: Mapping[str, str]
) -> IncomingPerson | reading.Refused:
    if not was.person:
        return reading.reread(load.kind, mended, at=row.at, today=timezone.localdate())
    if key := mended.get("record_key"):
        return replace(from_text(was.person), key=key)
    return reading.Refused(row.at, mended, _no_key())


def _no_key() -> BadValue:
    return BadValue(
        gettext_noop("{field} is empty."),
        remedy=gettext_noop("Give this person a key of their own."),
        field="record_key",
        value="",
    )


def _unless_there(
    loader: Actor, load: Load, row: LoadRow, item: IncomingPerson, mended: Mapping[str, str]
) -> IncomingPerson | reading.Refused:
    """The person, unless another row of the load has the same key and would be overwritten."""
    same = visible_to(LoadRow, loader, at_least=Level.FULL).filter(
        load_id=load.pk, key_hash=mark_of(item)
    )
    first = same.exclude(pk=row.pk).first()
    if first is None:
        return item
    again = twice(item, first.at)
    # The key is asked for, so that two of one name in one case can be told apart.
    return reading.Refused(row.at, {**mended, **again.fields}, again.error)


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
