"""Who sees what of which record, asked of the wall itself: the table of ``matrix.csv``."""

from collections import defaultdict
from typing import Any

from tests.access.records import STATES, Asking, Records, guarded, told_apart

from rabta.core.access.decisions import (
    CASE_WORK,
    LINK_REVIEW,
    LOOK_UP,
    Actor,
    Decision,
    Denied,
    Purpose,
)
from rabta.core.access.levels import FieldClass, Level
from rabta.core.words.vocabulary import Duty, SystemDuty
from rabta.desk.wall.base import Guarded
from rabta.desk.wall.scope import decision_of, visible_to
from rabta.desk.wall.session import acting

HEADER = ("kind", "record", "relation", "purpose", "level", "field classes", "why", "duties")
PURPOSES = (CASE_WORK, Purpose(LOOK_UP, 1), Purpose(LINK_REVIEW))
REVIEWED = {"person", "proposal", "judgement"}
"""Kinds that are asked for to judge a link; for the others that is case work."""

ORDER = [*(d.value for d in Duty), "none", *(d.value for d in SystemDuty)]
RELATIONS = (
    "own unit", "same agency", "other agency", "other agency, allowed", "other agency, named",
    "no duty", "the machine",
)  # fmt: skip


def table(records: Records) -> list[tuple[str, ...]]:
    """A row for each kind, state, relation, purpose and outcome, with the duties that meet it."""
    cells: dict[tuple[Any, ...], list[str]] = defaultdict(list)
    by_actor: dict[Actor, list[Asking]] = defaultdict(list)
    for asking in records.askers():
        by_actor[asking.actor].append(asking)
    for actor, askings in by_actor.items():
        for model in guarded():
            for purpose in _purposes(model):
                with acting(actor, "matrix"):
                    rows = {r.pk: r for r in visible_to(model, actor, purpose, at_least=Level.HIT)}
                for asking in askings:
                    for key in _outcomes(records, model, asking, purpose, rows):
                        if asking.duty not in cells[key]:
                            cells[key].append(asking.duty)
    return [HEADER, *(_row(key, duties) for key, duties in sorted(cells.items(), key=_place))]


def _purposes(model: type[Guarded]) -> tuple[Purpose, ...]:
    return PURPOSES if model.Wall.policy in REVIEWED else PURPOSES[:2]


def _outcomes(
    records: Records,
    model: type[Guarded],
    asking: Asking,
    purpose: Purpose,
    rows: dict[int, Guarded],
) -> set[tuple[Any, ...]]:
    found = set()
    for pk, state in records.rows[model].items():
        if state.owner != asking.owner or state.name not in told_apart(model):
            continue
        decision: Decision = decision_of(rows[pk]) if pk in rows else Denied("", "")
        opened = _classes(rows[pk]) if pk in rows else ()
        found.add(
            (model.Wall.policy, state.name, asking.relation, purpose.name, decision.level,
             opened, decision.why)
        )  # fmt: skip
    return found


def _classes(row: Guarded) -> tuple[str, ...]:
    """The classes of the fields that are really on the row that was handed out."""
    classes = row.field_classes()
    there = {
        classes[f.name]
        for f in row._meta.concrete_fields
        if f.attname in row.__dict__ and f.name not in {"id", "version"}
    }
    return tuple(str(kind) for kind in FieldClass if kind in there)


def _place(item: tuple[tuple[Any, ...], list[str]]) -> tuple[Any, ...]:
    kind, state, relation, purpose, level, _, why = item[0]
    states = [s.name for s in STATES]
    purposes = [p.name for p in PURPOSES]
    return (
        kind, states.index(state), RELATIONS.index(relation), purposes.index(purpose), -level, why,
    )  # fmt: skip


def _row(key: tuple[Any, ...], duties: list[str]) -> tuple[str, ...]:
    kind, state, relation, purpose, level, opened, why = key
    said = " ".join(sorted(duties, key=ORDER.index))
    return kind, state, relation, purpose, level.name.lower(), " ".join(opened), why, said
