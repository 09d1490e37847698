"""Staging: a file is read row by row, and each row kept, sealed, before any is applied."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

from django.utils import timezone

from rabta.core.access.decisions import Actor
from rabta.core.errors import BadFile
from rabta.core.words.incoming import IncomingPerson, as_text
from rabta.desk.accounts.selectors import has_people
from rabta.desk.intake import reading, storing
from rabta.desk.intake.models import Load, LoadRow
from rabta.desk.intake.pace import Pace
from rabta.desk.intake.rules import LoadState, RowState, step
from rabta.desk.intake.services.holding import (
    FULL,
    held,
    refused_row,
    twice,
    waiting_row,
)
from rabta.desk.wall.door import Door, write
from rabta.desk.wall.scope import visible_to

Progress = Callable[[Load], None]
Item = IncomingPerson | reading.Refused | reading.Ignored


def stage(
    loader: Actor, load: Load, *, file: Path | None, companion: Path | None, progress: Progress
) -> Load:
    """Read the file of a load, or what was stored of it, to its end. Raises BadFile."""
    with ExitStack() as stack:
        if load.stored_as:
            try:
                file = stack.enter_context(storing.opened(load.stored_as, load.file_name))
                if load.companion_as:
                    companion = stack.enter_context(storing.opened(load.companion_as, "a.k.a."))
            except FileNotFoundError:
                with write(loader, "load.found", load=load.pk):
                    # Removed: another process is through with it.
                    return held(loader, load)
        if file is None:
            return load
        try:
            items = reading.read(
                load.kind,
                file,
                mapping=load.mapping or None,
                companion=companion,
                today=timezone.localdate(),
            )
            return _stage(loader, load, items, progress=progress)
        except BadFile as bad:
            fail(loader, load, bad)
            raise


def fail(loader: Actor, load: Load, bad: BadFile) -> None:
    """Note that a file cannot be read, and why; what was staged of it is never applied."""
    with write(loader, "load.failed", load=load.pk) as door:
        now = held(loader, load)
        if now.state not in {LoadState.MAPPING, LoadState.STAGING}:
            return
        facts = {name: str(value) for name, value in bad.facts.items()}
        door.change(
            now,
            state=step(LoadState(now.state), LoadState.FAILED),
            failure={"message": bad.template, "remedy": bad.remedy_template, "facts": facts},
            finished_at=timezone.now(),
        )
    storing.remove(now.stored_as)
    storing.remove(now.companion_as)


def check_stop(door: Door, loader: Actor, load: Load) -> Load:
    """The load as it stands now, on its way back if that was asked for.

    A file that somebody brought in for a body without people stops as well once it has some.
    """
    now = held(loader, load)
    stop = now.stop_asked or (now.brought_from != now.agency_id and has_people(now.agency_id))
    if stop and now.state in {LoadState.STAGING, LoadState.STAGED, LoadState.APPLYING}:
        begun = now.state == LoadState.APPLYING
        to = LoadState.UNDOING if begun else LoadState.CANCELLED
        door.change(
            now,
            state=step(LoadState(now.state), to),
            finished_at=None if begun else timezone.now(),
        )
    return now


def _stage(loader: Actor, load: Load, items: Iterator[Item], *, progress: Progress) -> Load:
    # What was staged before a kill is read again and passed over: readers are deterministic.
    at = load.staged
    remaining = islice(items, at, None)
    pace = Pace()
    batch: list[tuple[Item, LoadRow]] = []
    while True:
        # Rows are read and sealed between the transactions, not in them.
        batch += [(item, _row(load, item)) for item in islice(remaining, pace.size - len(batch))]
        with pace.turn(), write(loader, "load.staged", load=load.pk) as door:
            load = check_stop(door, loader, load)
            if load.state != LoadState.STAGING:
                return load
            if load.staged > at:
                # Another process staged these; go on behind it.
                _pass_over(batch, remaining, load.staged - at)
                at = load.staged
                continue
            if not batch:
                door.change(load, state=step(LoadState(load.state), LoadState.STAGED))
                return load
            _keep(door, loader, load, batch)
        at += len(batch)
        batch.clear()
        progress(load)


def _pass_over(batch: list[tuple[Item, LoadRow]], remaining: Iterator[Item], count: int) -> None:
    beyond = count - len(batch)
    del batch[:count]
    if beyond > 0:
        next(islice(remaining, beyond, beyond), None)


def _row(load: Load, item: Item) -> LoadRow:
    """An item as a row that has no place yet."""
    if isinstance(item, IncomingPerson):
        return waiting_row(load, item)
    if isinstance(item, reading.Refused):
        return refused_row(load, item)
    return LoadRow(load=load, at=item.at[:64], state=RowState.IGNORED, why=item.why)


def _keep(door: Door, loader: Actor, load: Load, batch: list[tuple[Item, LoadRow]]) -> None:
    rows = _placed(loader, load, batch)
    door.create_many(rows)
    counted = [row for row in rows if row.state != RowState.IGNORED]
    ignored = (item.rows for item, _ in batch if isinstance(item, reading.Ignored))
    door.change(
        load,
        staged=load.staged + len(batch),
        read=load.read + len(counted),
        ignored=load.ignored + sum(ignored),
        refused=load.refused + sum(row.state == RowState.REFUSED for row in counted),
    )


def _placed(loader: Actor, load: Load, batch: list[tuple[Item, LoadRow]]) -> list[LoadRow]:
    """The rows with their places; one whose key stands in the load already is refused."""
    seen = dict(
        visible_to(LoadRow, loader, at_least=FULL)
        .filter(load_id=load.pk, key_hash__in=[r.key_hash for _, r in batch if r.key_hash])
        .values_list("key_hash", "at")
    )
    rows = []
    for number, (item, row) in enumerate(batch, start=load.staged):
        if isinstance(item, IncomingPerson):
            if row.key_hash in seen:
                row = refused_row(load, twice(item, seen[row.key_hash]), person=as_text(item))
            else:
                seen[row.key_hash] = item.at
        row.position = number
        rows.append(row)
    return rows
