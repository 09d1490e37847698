"""What the rows of files say of a case is gone once the case is sealed."""

from django.db.models import Exists, OuterRef
from django.utils import timezone

from rabta.core.access.decisions import Actor
from rabta.core.words.incoming import IncomingCase, from_text
from rabta.desk.cases.models import Case
from rabta.desk.cases.services.sources import speaks_of
from rabta.desk.intake import reading, reports
from rabta.desk.intake.models import Load, LoadRow
from rabta.desk.intake.rules import RowState
from rabta.desk.intake.services.holding import FULL, opened_row
from rabta.desk.wall import machines
from rabta.desk.wall.door import Door
from rabta.desk.wall.scope import ScopedQuerySet, visible_to
from rabta.desk.wall.session import acting

HOLDING = frozenset({RowState.WAITING, RowState.REFUSED})
"""Rows that still hold what the file says."""


def close_rows(door: Door, case: Case) -> None:
    """Empty the rows that wait or were refused and speak of a case that is about to be sealed.

    Like rows whose time is over they go on counting as refused: numbers that moved would tell of
    the seal. The loads they are of are held until then, so that no batch takes them in meanwhile.
    """
    loader = machines.loader(agency=case.agency_id, on_behalf_of=door.actor.user)
    with acting(loader, "seal"):
        loads = _loads(loader, case)
        rows = _holding(loader).filter(load_id__in=loads)
        _close(door, loads, [r for r in rows if speaks_of(_said(loads[r.load_id], r), case)])


def _holding(loader: Actor) -> ScopedQuerySet:
    return visible_to(LoadRow, loader, at_least=FULL).filter(
        state__in=HOLDING, sealed__isnull=False
    )


def _loads(loader: Actor, case: Case) -> dict[int, Load]:
    """The loads whose rows may speak of a case, held: of its unit, and of the one it came to."""
    loads = visible_to(Load, loader, at_least=FULL)
    units = {case.unit_id, *loads.filter(pk=case.load_id).values_list("unit_id", flat=True)}
    found = loads.filter(Exists(_holding(loader).filter(load_id=OuterRef("pk"))), unit_id__in=units)
    return {load.pk: load for load in found.held()}


def _said(load: Load, row: LoadRow) -> IncomingCase:
    """What a row says of its case."""
    text = opened_row(load, row)
    if row.state == RowState.REFUSED:
        refusal = reports.refusal(row.at, text)
        if not refusal.person:
            return reading.named_case(refusal.fields, today=timezone.localdate())
        text = refusal.person
    return from_text(text).case


def _close(door: Door, loads: dict[int, Load], rows: list[LoadRow]) -> None:
    waited: dict[int, int] = {}
    for row in rows:
        if row.state == RowState.WAITING:
            waited[row.load_id] = waited.get(row.load_id, 0) + 1
        row.state, row.sealed, row.key_hash = RowState.REFUSED, None, None
    door.save_many(rows, ["state", "sealed", "key_hash"])
    for load, number in waited.items():
        door.change(loads[load], refused=loads[load].refused + number)
