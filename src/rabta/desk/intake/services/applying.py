"""Staging, applying and undoing, in batches that each commit with their own book-keeping.

Killed at any point, a load goes on where its last batch ended: what became of a row is written
in the transaction that wrote the row's records. Two processes at the same load hinder each other
without harm: each batch moves the load's version, and the slower one's batch is undone.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from django.utils import timezone

from rabta.core.access.decisions import Actor
from rabta.core.access.levels import Level
from rabta.core.errors import BadFile, BadValue, gettext_noop
from rabta.core.words.incoming import IncomingPerson, as_text, from_text
from rabta.desk.cases.services import incoming, undoing
from rabta.desk.cases.services.people import Origin
from rabta.desk.intake import reading, reports, storing
from rabta.desk.intake.models import Load, LoadRow
from rabta.desk.intake.pace import Pace
from rabta.desk.intake.rules import REFUSED_ROWS_KEPT_DAYS, LoadState, RowState, step
from rabta.desk.intake.services.beginning import loader_for
from rabta.desk.wall import keys
from rabta.desk.wall.base import new_public_id
from rabta.desk.wall.door import Door, write
from rabta.desk.wall.scope import visible_to
from rabta.desk.wall.session import acting

Progress = Callable[[Load], None]
FULL = Level.FULL


def advance(
    actor: Actor,
    *,
    load: Load,
    file: Path | None = None,
    companion: Path | None = None,
    progress: Progress = lambda load: None,
) -> Load:
    """Take a load as far as it goes: staged, applied, or undone if that was asked for."""
    loader = loader_for(actor, agency=load.agency_id)
    with acting(loader, "load"):
        load = _fresh(loader, load)
        if load.state == LoadState.STAGING:
            load = _stage_from(loader, load, file=file, companion=companion, progress=progress)
        if load.state in {LoadState.STAGED, LoadState.APPLYING}:
            load = _apply(loader, load, progress=progress)
        if load.state == LoadState.UNDOING:
            load = _undo(loader, load, progress=progress)
        if load.state in {LoadState.APPLIED, LoadState.CANCELLED, LoadState.UNDONE}:
            storing.remove(load.stored_as)
            storing.remove(load.companion_as)
        return load


def ask_to_stop(actor: Actor, *, load: Load) -> None:
    """Ask a running load to stop; it takes back what it had applied."""
    with write(actor, "load.stop-asked") as door:
        door.change(load, stop_asked=True)


def undo(actor: Actor, *, load: Load) -> None:
    """Ask for a load to be taken back. ``advance`` then does it."""
    with write(actor, "load.undo-asked") as door:
        door.change(load, state=step(LoadState(load.state), LoadState.UNDOING))


def _fresh(loader: Actor, load: Load) -> Load:
    return visible_to(Load, loader, at_least=FULL).select_related("agency").get(pk=load.pk)  # type: ignore[no-any-return]


def _stage_from(
    loader: Actor, load: Load, *, file: Path | None, companion: Path | None, progress: Progress
) -> Load:
    with ExitStack() as stack:
        if load.stored_as:
            file = stack.enter_context(storing.opened(load.stored_as, load.file_name))
            if load.companion_as:
                companion = stack.enter_context(storing.opened(load.companion_as, "companion"))
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
            with write(loader, "load.failed") as door:
                door.change(
                    load,
                    state=LoadState.FAILED,
                    failure={"message": bad.template, "remedy": bad.remedy_template}
                    | {"facts": {k: str(v) for k, v in bad.facts.items()}},
                )
            raise


Item = IncomingPerson | reading.Refused | reading.Ignored


def _stage(loader: Actor, load: Load, items: Iterator[Item], *, progress: Progress) -> Load:
    # What was staged before a kill is read again and passed over: readers are deterministic.
    remaining = islice(items, load.staged, None)
    pace = Pace()
    while True:
        with pace.batch() as size:
            batch = list(islice(remaining, size))
            if not batch:
                break
            with write(loader, "load.staged", load=load.pk) as door:
                load = _check_stop(door, loader, load)
                if load.state == LoadState.CANCELLED:
                    return load
                rows = _staged_rows(loader, load, batch)
                door.create_many(rows)
                counted = [row for row in rows if row.state != RowState.IGNORED]
                door.change(
                    load,
                    staged=load.staged + len(batch),
                    read=load.read + len(counted),
                    ignored=load.ignored
                    + sum(one.rows for one in batch if isinstance(one, reading.Ignored)),
                    refused=load.refused + sum(row.state == RowState.REFUSED for row in counted),
                )
        progress(load)
    with write(loader, "load.staged", load=load.pk) as door:
        door.change(load, state=step(LoadState(load.state), LoadState.STAGED))
    return load


def _check_stop(door: Door, loader: Actor, load: Load) -> Load:
    now = _fresh(loader, load)
    if now.stop_asked:
        begun = now.state in {LoadState.APPLYING, LoadState.APPLIED}
        to = LoadState.UNDOING if begun else LoadState.CANCELLED
        door.change(now, state=step(LoadState(now.state), to), finished_at=timezone.now())
    return now


def _staged_rows(loader: Actor, load: Load, batch: Iterable[Item]) -> list[LoadRow]:
    hashes = [
        keys.match_key(f"row|{item.key}", version=1) if isinstance(item, IncomingPerson) else None
        for item in batch
    ]
    seen = dict(
        visible_to(LoadRow, loader, at_least=FULL)
        .filter(load_id=load.pk, key_hash__in=[mark for mark in hashes if mark is not None])
        .values_list("key_hash", "at")
    )
    rows = []
    for number, (item, mark) in enumerate(zip(batch, hashes, strict=True), start=load.staged):
        if isinstance(item, IncomingPerson) and mark is not None:
            if mark in seen:
                rows.append(_refused_row(load, number, _twice(item, seen[mark])))
                continue
            seen[mark] = item.at
        rows.append(_row(load, number, item, mark))
    return rows


def _twice(item: IncomingPerson, first: str) -> reading.Refused:
    error = BadValue(
        gettext_noop("The same record key stands at {first} already."),
        remedy=gettext_noop("Give each person a key of their own, or map no key column."),
        field="record_key",
        value="",
        first=first,
    )
    return reading.Refused(at=item.at, fields={}, error=error)


def _row(load: Load, number: int, item: Item, mark: int | None) -> LoadRow:
    if isinstance(item, IncomingPerson):
        return _new_row(load, number, item.at, RowState.WAITING, as_text(item), key_hash=mark)
    if isinstance(item, reading.Refused):
        return _refused_row(load, number, item)
    return LoadRow(
        load=load, position=number, at=item.at[:64], state=RowState.IGNORED, why=item.why[:32]
    )


def _refused_row(load: Load, number: int, refused: reading.Refused) -> LoadRow:
    return _new_row(
        load,
        number,
        refused.at,
        RowState.REFUSED,
        reports.refusal_text(refused.fields, refused.error),
        why=refused.error.code,
        expires_on=timezone.localdate() + timedelta(days=REFUSED_ROWS_KEPT_DAYS),
    )


def _new_row(
    load: Load, number: int, at: str, state: RowState, text: str, **fields: Any
) -> LoadRow:
    public_id = new_public_id()
    return LoadRow(
        public_id=public_id,
        load=load,
        position=number,
        at=at[:64],
        state=state,
        sealed=keys.seal(text, agency=load.agency_id, binding=public_id),
        **fields,
    )


def opened_row(load: Load, row: LoadRow) -> str:
    """What a row says, in clear."""
    return keys.unseal(row.sealed, agency=load.agency_id, binding=row.public_id)


def _apply(loader: Actor, load: Load, *, progress: Progress) -> Load:
    if load.state == LoadState.STAGED:
        with write(loader, "load.applying", load=load.pk) as door:
            door.change(load, state=step(LoadState(load.state), LoadState.APPLYING))
    pace = Pace()
    while True:
        with pace.batch() as size, write(loader, "load.applied", load=load.pk) as door:
            load = _check_stop(door, loader, load)
            if load.state != LoadState.APPLYING:
                return load
            waiting = list(
                visible_to(LoadRow, loader, at_least=FULL)
                .filter(load_id=load.pk, state=RowState.WAITING)
                .order_by("position")[:size]
            )
            if waiting:
                load = apply_rows(door, loader, load, waiting)
            else:
                door.change(
                    load,
                    state=step(LoadState(load.state), LoadState.APPLIED),
                    finished_at=timezone.now(),
                )
        progress(load)
        if load.state == LoadState.APPLIED:
            return load


def origin_of(load: Load) -> Origin:
    """Whose the records of a load are, and how graded: a published list speaks for itself."""
    return Origin(agency=load.agency_id, load=load.pk)


def apply_rows(door: Door, loader: Actor, load: Load, waiting: list[LoadRow]) -> Load:
    """Apply waiting rows and write beside them what became of each."""
    people = [from_text(opened_row(load, row)) for row in waiting]
    taken = incoming.take_in(door, loader, rows=people, unit=load.unit_id, origin=origin_of(load))
    counts = dict.fromkeys(incoming.Outcome, 0)
    for row, one in zip(waiting, taken, strict=True):
        counts[one.outcome] += 1
        row.state, row.person_id, row.sealed = RowState(one.outcome), one.person, None
    door.save_many(waiting, ["state", "person_id", "sealed"])
    door.change(
        load,
        loaded=load.loaded + counts[incoming.Outcome.LOADED],
        unchanged=load.unchanged + counts[incoming.Outcome.UNCHANGED],
        updated=load.updated + counts[incoming.Outcome.UPDATED],
    )
    return load


def _undo(loader: Actor, load: Load, *, progress: Progress) -> Load:
    pace = Pace()
    undoable = [RowState.LOADED, RowState.UPDATED]
    while True:
        with pace.batch() as size, write(loader, "load.undone", load=None) as door:
            rows = list(
                visible_to(LoadRow, loader, at_least=FULL)
                .filter(load_id=load.pk, state__in=undoable)
                .order_by("-position")[:size]
            )
            if rows:
                ids = [row.person_id for row in rows]
                undoing.undo(door, loader, load=load.pk, people_ids=ids)
                for row in rows:
                    row.state = RowState.IGNORED
                    row.why = "undone"
                door.save_many(rows, ["state", "why"])
                door.change(load, touch=True)
            else:
                undoing.undo_cases(door, loader, load=load.pk)
                to = LoadState.CANCELLED if load.stop_asked else LoadState.UNDONE
                door.change(load, state=step(LoadState(load.state), to), finished_at=timezone.now())
        progress(load)
        if load.state != LoadState.UNDOING:
            return load
