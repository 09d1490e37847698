"""Taking a load back: what it brought goes, what it changed is as it was before.

A record that somebody worked on since is left as it is and counted as kept: a person's work is
never undone by undoing a file.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from rabta.core.access.decisions import Actor
from rabta.core.access.levels import Level
from rabta.desk.cases import rules
from rabta.desk.cases.models import Case, Key, Note, ParticularRow, Person, RoleInCase, TeamMember
from rabta.desk.cases.services import people
from rabta.desk.cases.services.incoming import in_sealed_cases
from rabta.desk.wall import history
from rabta.desk.wall.door import Door
from rabta.desk.wall.models import History
from rabta.desk.wall.scope import visible_to

FULL = Level.FULL


@dataclass(frozen=True, slots=True)
class Undone:
    """How many people were removed, restored, and kept because somebody worked on them since."""

    removed: int
    restored: int
    kept: int
    kept_ids: frozenset[int] = frozenset()


def undo(door: Door, actor: Actor, *, load: int, people_ids: list[int]) -> Undone:
    """Take back what a load did to these people; ``actor`` is the loader. Call it in batches."""
    found = visible_to(Person, actor, at_least=FULL).filter(id__in=people_ids)
    brought, changed, kept = [], [], []
    closed = in_sealed_cases(actor, people_ids)
    for person in found:
        if person.pk in closed:
            kept.append(person.pk)
            continue
        if person.load_id == load and person.version == 1:
            brought.append(person.pk)
            continue
        touched = _versions(actor, load=load, kind="person", record=person.pk)
        if touched and max(touched) + 1 == person.version:
            changed.append(person)
        else:
            kept.append(person.pk)
    _remove(door, actor, ids=brought)
    for person in changed:
        _restore(door, actor, person=person, load=load)
    return Undone(
        removed=len(brought),
        restored=len(changed),
        kept=len(kept),
        kept_ids=frozenset(kept),
    )


def undo_cases(door: Door, actor: Actor, *, load: int) -> int:
    """Remove the cases a load brought that nobody is in any more; gives how many.

    A case that somebody worked on since stays. One that the load only changed, and nobody since,
    is as it was before.
    """
    removed = 0
    for case in visible_to(Case, actor, at_least=FULL).filter(load_id=load):
        roles = visible_to(RoleInCase, actor, at_least=FULL).filter(case_id=case.pk)
        team = visible_to(TeamMember, actor, at_least=FULL).filter(case_id=case.pk)
        notes = visible_to(Note, actor, at_least=FULL).filter(case_id=case.pk)
        touched = _versions(actor, load=load, kind="case", record=case.pk)
        if (
            len(touched) + 1 != case.version
            or roles.exists()
            or team.exists()
            or notes.exclude(load_id=load).exists()
        ):
            continue
        door.remove_many(notes)
        door.remove(case)
        removed += 1
    _restore_cases(door, actor, load=load)
    return removed


def _restore_cases(door: Door, actor: Actor, *, load: int) -> None:
    changed = visible_to(History, actor, at_least=FULL).filter(load_id=load, kind="case")
    cases = visible_to(Case, actor, at_least=FULL).exclude(load_id=load)
    for case in cases.filter(pk__in=set(changed.values_list("record_id", flat=True))):
        touched = _versions(actor, load=load, kind="case", record=case.pk)
        if max(touched) + 1 == case.version:
            door.change(case, **_before(actor, load=load, kind="case", record=case.pk))


def _remove(door: Door, actor: Actor, *, ids: list[int]) -> None:
    for model in (ParticularRow, RoleInCase, Key):
        door.remove_many(visible_to(model, actor, at_least=FULL).filter(person_id__in=ids))
    door.remove_many(visible_to(Person, actor, at_least=FULL).filter(id__in=ids))


def _restore(door: Door, actor: Actor, *, person: Person, load: int) -> None:
    before = _before(actor, load=load, kind="person", record=person.pk)
    details = visible_to(ParticularRow, actor, at_least=FULL).filter(person_id=person.pk)
    for row in details:
        if row.load_id == load:
            door.remove(row)
        elif row.withdrawn and _before(actor, load=load, kind="particular", record=row.pk):
            door.change(row, withdrawn=False)
    roles = visible_to(RoleInCase, actor, at_least=FULL).filter(person_id=person.pk, load_id=load)
    door.remove_many(roles)
    door.change(person, touch=True, **before)
    particulars = [
        rules.incoming(row.opened())
        for row in visible_to(ParticularRow, actor, at_least=FULL).filter(
            person_id=person.pk, withdrawn=False
        )
    ]
    people.rekey(door, person=person, agency=person.agency_id, particulars=particulars)
    people.derive_protection(door, actor, person=person)


def _rows(actor: Actor, *, load: int, kind: str, record: int) -> Any:
    return visible_to(History, actor, at_least=FULL).filter(
        load_id=load, kind=kind, record_id=record
    )


def _versions(actor: Actor, *, load: int, kind: str, record: int) -> list[int]:
    rows = _rows(actor, load=load, kind=kind, record=record)
    return list(rows.values_list("record_version", flat=True))


def _before(actor: Actor, *, load: int, kind: str, record: int) -> dict[str, Any]:
    """What the fields said before the load first changed them, as Python has them."""
    model: type[Model] = {"case": Case, "person": Person, "particular": ParticularRow}[kind]
    before: dict[str, Any] = {}
    for row in _rows(actor, load=load, kind=kind, record=record).order_by("record_version"):
        for change in history.opened(row):
            value = model._meta.get_field(change.field).to_python(change.before)
            before.setdefault(change.field, value)
    return before
