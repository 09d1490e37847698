"""What the rows of a unit's files say of a case is gone once the case is sealed."""

import json
from collections.abc import Iterator

from rabta.core.words.incoming import from_text
from rabta.desk.cases import rules
from rabta.desk.cases.models import Case
from rabta.desk.cases.services.incoming import case_key
from rabta.desk.intake.models import Load, LoadRow
from rabta.desk.intake.reading.outcome import BLANK
from rabta.desk.intake.reading.register.fields import CASE_NUMBERS
from rabta.desk.intake.rules import RowState
from rabta.desk.intake.services.holding import FULL, opened_row
from rabta.desk.wall import machines
from rabta.desk.wall.door import Door
from rabta.desk.wall.scope import visible_to
from rabta.desk.wall.session import acting

HOLDING = frozenset({RowState.WAITING, RowState.REFUSED})
"""Rows that still hold what the file says."""


def close_rows(door: Door, case: Case) -> None:
    """Empty the rows that wait or were refused and name a case by one of its numbers.

    They count as blank ones from then on: a count that named them would tell of the seal. The
    unit's loads are held until the case is sealed, so that no batch meets it half sealed.
    """
    numbers = {case.number_key, case.fir_number_key, case.enquiry_number_key} - {0}
    loader = machines.loader(agency=case.agency_id, on_behalf_of=door.actor.user)
    with acting(loader, "seal"):
        loads = visible_to(Load, loader, at_least=FULL).filter(unit_id=case.unit_id)
        for load in loads.select_for_update(of=("self",)).order_by("id"):
            rows = visible_to(LoadRow, loader, at_least=FULL).filter(
                load_id=load.pk, state__in=HOLDING, sealed__isnull=False
            )
            _empty(door, load, [row for row in rows if numbers & set(_numbers(load, row))])


def _numbers(load: Load, row: LoadRow) -> Iterator[int]:
    """The keys of the numbers by which a row names its case."""
    text = opened_row(load, row)
    said = json.loads(text) if row.state == RowState.REFUSED else {"person": text, "fields": {}}
    found = [said["fields"].get(name, "") for name in CASE_NUMBERS]
    if person := said.get("person"):
        found += [getattr(from_text(person).case, name) for name in rules.NUMBERS]
    return (case_key(rules.folded_number(number)) for number in found if number.strip())


def _empty(door: Door, load: Load, rows: list[LoadRow]) -> None:
    refused = sum(row.state == RowState.REFUSED for row in rows)
    for row in rows:
        row.state, row.why = RowState.IGNORED, BLANK
        row.sealed = row.key_hash = row.expires_on = None
    door.save_many(rows, ["state", "why", "sealed", "key_hash", "expires_on"])
    door.change(
        load,
        read=load.read - len(rows),
        refused=load.refused - refused,
        ignored=load.ignored + len(rows),
    )
