"""Applying a load, stopping it and taking it back, in batches that each commit whole.

Killed at any point, a load goes on where its last batch ended: what became of a row is written
in the transaction that wrote the row's records. Two processes at the same load take turns: each
batch begins by holding the load as it stands then.
"""

from pathlib import Path

from django.utils import timezone

from rabta.core.access.decisions import Actor
from rabta.core.words.incoming import IncomingPerson, from_text
from rabta.desk.cases.services import incoming
from rabta.desk.cases.services.people import Origin
from rabta.desk.intake import storing
from rabta.desk.intake.models import Load, LoadRow
from rabta.desk.intake.pace import Pace
from rabta.desk.intake.rules import LoadState, RowState, step
from rabta.desk.intake.services.beginning import may_load
from rabta.desk.intake.services.holding import FULL, held, opened_row
from rabta.desk.intake.services.staging import Progress, check_stop, stage
from rabta.desk.intake.services.taking_back import take_back
from rabta.desk.wall import machines
from rabta.desk.wall.door import Door, write
from rabta.desk.wall.scope import visible_to
from rabta.desk.wall.session import acting

OVER = frozenset({LoadState.APPLIED, LoadState.CANCELLED, LoadState.UNDONE})


def advance(
    actor: Actor,
    *,
    load: Load,
    file: Path | None = None,
    companion: Path | None = None,
    progress: Progress = lambda load: None,
) -> Load:
    """Take a load as far as it goes: staged, applied, or undone if that was asked for.

    ``progress`` is called after each batch, when it is safely kept; what it raises ends the run
    there, and the next run goes on. Raises BadFile where the file cannot be read.
    """
    loader = machines.loader(agency=load.agency_id, on_behalf_of=actor.user)
    with acting(loader, "load"):
        load = visible_to(Load, loader, at_least=FULL).select_related("agency").get(pk=load.pk)
        if load.state == LoadState.STAGING:
            load = stage(loader, load, file=file, companion=companion, progress=progress)
        if load.state in {LoadState.STAGED, LoadState.APPLYING}:
            load = _apply(loader, load, progress=progress)
        if load.state == LoadState.UNDOING:
            load = take_back(loader, load, progress=progress)
        if load.state in OVER:
            storing.remove(load.stored_as)
            storing.remove(load.companion_as)
        return load


def ask_to_stop(actor: Actor, *, load: Load) -> None:
    """Ask a load to stop; a running one takes back what it had applied, one not begun ends."""
    may_load(actor, load.agency)
    with write(actor, "load.stop-asked") as door:
        now = held(actor, load)
        if now.state == LoadState.MAPPING:
            door.change(
                now,
                state=step(LoadState(now.state), LoadState.CANCELLED),
                stop_asked=True,
                finished_at=timezone.now(),
            )
        elif now.state in {LoadState.STAGING, LoadState.STAGED, LoadState.APPLYING}:
            door.change(now, stop_asked=True)
        else:
            step(LoadState(now.state), LoadState.CANCELLED)  # says that it cannot be
    if now.state == LoadState.CANCELLED:
        storing.remove(now.stored_as)
        storing.remove(now.companion_as)


def undo(actor: Actor, *, load: Load) -> None:
    """Ask for a load to be taken back. ``advance`` then does it."""
    may_load(actor, load.agency)
    with write(actor, "load.undo-asked") as door:
        now = held(actor, load)
        door.change(now, state=step(LoadState(now.state), LoadState.UNDOING))


def _apply(loader: Actor, load: Load, *, progress: Progress) -> Load:
    pace = Pace()
    while True:
        # Rows are read and opened between the transactions, not in them.
        waiting = _waiting(loader, load, most=pace.size)
        with pace.turn(), write(loader, "load.applied", load=load.pk) as door:
            known = load.version
            load = check_stop(door, loader, load)
            if load.state not in {LoadState.STAGED, LoadState.APPLYING}:
                return load
            if load.version != known:
                continue  # another process moved it, and may have applied these rows
            if load.state == LoadState.STAGED:
                door.change(load, state=step(LoadState(load.state), LoadState.APPLYING))
            if waiting:
                load = _take_in(door, loader, load, waiting)
            else:
                door.change(
                    load,
                    state=step(LoadState(load.state), LoadState.APPLIED),
                    finished_at=timezone.now(),
                )
        progress(load)
        if load.state == LoadState.APPLIED:
            return load


Waiting = list[tuple[LoadRow, IncomingPerson]]


def _waiting(loader: Actor, load: Load, *, most: int) -> Waiting:
    """The next rows to apply, with what they say."""
    rows = visible_to(LoadRow, loader, at_least=FULL).filter(
        load_id=load.pk, state=RowState.WAITING
    )
    found = rows.order_by("position")[:most]
    return [(row, from_text(opened_row(load, row))) for row in found]


def origin_of(load: Load) -> Origin:
    """Whose the records of a load are, and how graded: a published list speaks for itself."""
    return Origin(agency=load.agency_id, load=load.pk)


def apply_row(door: Door, loader: Actor, load: Load, row: LoadRow) -> None:
    """Apply one row, such as one that was mended."""
    _take_in(door, loader, load, [(row, from_text(opened_row(load, row)))])


def _take_in(door: Door, loader: Actor, load: Load, waiting: Waiting) -> Load:
    """Take in rows and write beside them what became of each."""
    rows, people = zip(*waiting, strict=True)
    taken = incoming.take_in(door, loader, rows=people, unit=load.unit_id, origin=origin_of(load))
    counts = dict.fromkeys(incoming.Outcome, 0)
    for row, one in zip(rows, taken, strict=True):
        counts[one.outcome] += 1
        row.state, row.person_id, row.sealed = RowState(one.outcome), one.person, None
    door.save_many(rows, ["state", "person_id", "sealed"])
    door.change(
        load,
        loaded=load.loaded + counts[incoming.Outcome.LOADED],
        unchanged=load.unchanged + counts[incoming.Outcome.UNCHANGED],
        updated=load.updated + counts[incoming.Outcome.UPDATED],
    )
    return load
