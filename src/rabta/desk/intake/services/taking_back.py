"""Taking a load back, batch by batch: what it brought goes, what it changed is as before."""

from collections import Counter
from dataclasses import dataclass

from django.utils import timezone

from rabta.core.access.decisions import Actor
from rabta.desk.cases.services import undoing
from rabta.desk.intake.models import Load, LoadRow
from rabta.desk.intake.pace import Pace
from rabta.desk.intake.rules import LoadState, RowState, TakenBack, step
from rabta.desk.intake.services.holding import FULL, held
from rabta.desk.intake.services.staging import Progress
from rabta.desk.matching.services import forget_people
from rabta.desk.wall.door import Door, write
from rabta.desk.wall.scope import visible_to


@dataclass(frozen=True, slots=True)
class Undone:
    """How many people an undo removed, restored, and kept because somebody worked on them."""

    removed: int
    restored: int
    kept: int


def take_back(loader: Actor, load: Load, *, progress: Progress) -> Load:
    """Take back what a load did: the last rows first, then the cases nobody is in any more."""
    pace = Pace()
    cases: list[int] | None = None
    while True:
        with pace.turn(), write(loader, "load.undone") as door:
            load = held(loader, load)
            if load.state != LoadState.UNDOING:
                return load
            rows = list(
                visible_to(LoadRow, loader, at_least=FULL)
                .filter(load_id=load.pk, state__in=[RowState.LOADED, RowState.UPDATED])
                .order_by("-position")[: pace.size]
            )
            if rows:
                _take_back(door, loader, load, rows)
                door.change(load, touch=True)
            else:
                # Held in memory alone: a run that begins anew looks at all that is left.
                cases = undoing.cases_of(loader, load=load.pk) if cases is None else cases
                page, cases = cases[: pace.size], cases[pace.size :]
                undoing.undo_cases(door, loader, load=load.pk, case_ids=page)
                if cases:
                    door.change(load, touch=True)
                else:
                    _end(door, load)
        progress(load)
        if load.state != LoadState.UNDOING:
            return load


def _end(door: Door, load: Load) -> None:
    to = LoadState.CANCELLED if load.stop_asked else LoadState.UNDONE
    door.change(load, state=step(LoadState(load.state), to), finished_at=timezone.now())


def _take_back(door: Door, loader: Actor, load: Load, rows: list[LoadRow]) -> None:
    loaded = {row.person_id for row in rows if row.state == RowState.LOADED}
    # Who lies under a seal is left, and said to be gone: for whoever takes the load back they are.
    ids = undoing.within_reach(loader, [row.person_id for row in rows if row.person_id])
    # Whoever a human judged stays; the proposals of the others go before they do.
    judged = forget_people(door, loader, ids=[person for person in ids if person in loaded])
    ids = [person for person in ids if person not in judged]
    done = undoing.undo(door, loader, load=load.pk, people_ids=ids)
    kept = judged | done.kept_ids
    for row in rows:
        removed = row.state == RowState.LOADED
        as_ = TakenBack.REMOVED if removed else TakenBack.RESTORED
        row.why = TakenBack.KEPT if row.person_id in kept else as_
        row.state = RowState.IGNORED
    door.save_many(rows, ["state", "why"])


def undone(actor: Actor, load: Load) -> Undone:
    """What taking a load back came to."""
    rows = visible_to(LoadRow, actor, at_least=FULL).filter(
        load_id=load.pk, state=RowState.IGNORED, why__in=list(TakenBack)
    )
    counted = Counter(rows.values_list("why", flat=True))
    return Undone(
        removed=counted[TakenBack.REMOVED],
        restored=counted[TakenBack.RESTORED],
        kept=counted[TakenBack.KEPT],
    )
