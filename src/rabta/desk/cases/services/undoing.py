"""Taking a load back: what it brought goes, what it changed is as it was before.

A record that somebody worked on since is left as it is and counted as kept: a person's work is
never undone by undoing a file. Who lies under a seal is left too, and counted with those who are
gone: for whoever takes the load back they are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from rabta.core.access.decisions import Actor
from rabta.core.access.levels import Level
from rabta.desk.cases import rules
from rabta.desk.cases.models import Case, Key, Note, ParticularRow, Person, RoleInCase, TeamMember
from rabta.desk.cases.services import people
from rabta.desk.cases.services.incoming import number_keys
from rabta.desk.cases.services.sources import in_sealed_cases
from rabta.desk.wall import history
from rabta.desk.wall.base import Recorded
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


def within_reach(actor: Actor, people_ids: Sequence[int]) -> list[int]:
    """Those of these people who are there and lie under no seal; ``actor`` is the loader.

    They are held: nobody seals, changes or gives a role to them until they are undone.
    """
    found = visible_to(Person, actor, at_least=FULL).filter(id__in=people_ids)
    there = list(found.held().only_pointer())
    closed = in_sealed_cases(actor, there)
    return [person for person in there if person not in closed]


def undo(door: Door, actor: Actor, *, load: int, people_ids: list[int]) -> Undone:
    """Take back what a load did to these people; ``actor`` is the loader. Call it in batches.

    Nobody among them lies under a seal: ``within_reach`` says who does not, and holds them.
    """
    found = visible_to(Person, actor, at_least=FULL).filter(id__in=people_ids)
    traces = _traces(actor, load=load, kind="person", records=people_ids)
    brought, changed, kept = [], [], []
    for person in found:
        if person.load_id == load and person.version == 1:
            brought.append(person.pk)
        elif _nobody_since(person, traces[person.pk]):
            changed.append(person)
        else:
            kept.append(person.pk)
    _remove(door, actor, ids=brought)
    _restore(door, actor, changed=changed, load=load, traces=traces)
    return Undone(
        removed=len(brought),
        restored=len(changed),
        kept=len(kept),
        kept_ids=frozenset(kept),
    )


def cases_of(actor: Actor, *, load: int) -> list[int]:
    """The inward ids of the cases a load brought, changed or wrote a note in."""
    brought = visible_to(Case, actor, at_least=FULL).filter(load_id=load).only_pointer()
    changed = visible_to(History, actor, at_least=FULL).filter(load_id=load, kind="case")
    noted = visible_to(Note, actor, at_least=FULL).filter(load_id=load)
    return sorted(
        {
            *brought,
            *changed.values_list("record_id", flat=True),
            *noted.values_list("case_id", flat=True),
        }
    )


def undo_cases(door: Door, actor: Actor, *, load: int, case_ids: list[int]) -> int:
    """Remove those of these cases that a load brought and nobody is in any more; gives how many.

    A case that somebody worked on since stays. One that the load only changed, and nobody since,
    is as it was before. A sealed one is left. Call it in batches, once the people are undone.
    """
    # Held before anything is read of them: nobody seals them or comes into them meanwhile.
    open_cases = visible_to(Case, actor, at_least=FULL).filter(id__in=case_ids, sealed=False)
    cases = list(open_cases.held())
    case_ids = [case.pk for case in cases]
    traces = _traces(actor, load=load, kind="case", records=case_ids)
    of_sealed = _roles_of_sealed(actor, load=load, case_ids=case_ids)
    used = _used(actor, load=load, case_ids=case_ids, but=of_sealed)
    gone, there_before = [], []
    for case in cases:
        if case.load_id != load:
            there_before.append(case.pk)
            if _nobody_since(case, traces[case.pk]):
                was = _before(Case, traces[case.pk])
                # Keys have no history: they follow from the numbers.
                numbers = {name: was.get(name, getattr(case, name)) for name in rules.NUMBERS}
                door.change(case, **was, **number_keys(numbers))
        elif len(traces[case.pk]) + 1 == case.version and case.pk not in used:
            gone.append(case)
    emptied = [*there_before, *(case.pk for case in gone)]
    notes = visible_to(Note, actor, at_least=FULL)
    door.remove_many(notes.filter(case_id__in=emptied, load_id=load))
    roles = visible_to(RoleInCase, actor, at_least=FULL)
    door.remove_many(roles.filter(pk__in=of_sealed, case_id__in=[case.pk for case in gone]))
    for case in gone:
        door.remove(case)
    return len(gone)


def _roles_of_sealed(actor: Actor, *, load: int, case_ids: list[int]) -> list[int]:
    """The roles a load brought of people whom another case seals.

    They hold no case back: one that stays and shows nobody would tell of them.
    """
    roles = visible_to(RoleInCase, actor, at_least=FULL).filter(case_id__in=case_ids, load_id=load)
    held = list(roles.values_list("id", "person_id"))
    closed = in_sealed_cases(actor, {person for _, person in held})
    return [role for role, person in held if person in closed]


def _used(actor: Actor, *, load: int, case_ids: list[int], but: list[int]) -> set[int]:
    """Those of these cases that somebody is in, but for some roles; is named or noted in."""
    of_people = [
        visible_to(RoleInCase, actor, at_least=FULL).exclude(pk__in=but),
        visible_to(TeamMember, actor, at_least=FULL),
        visible_to(Note, actor, at_least=FULL).exclude(load_id=load),
    ]
    return {
        case
        for rows in of_people
        for case in rows.filter(case_id__in=case_ids).values_list("case_id", flat=True)
    }


def _remove(door: Door, actor: Actor, *, ids: list[int]) -> None:
    for model in (ParticularRow, RoleInCase, Key):
        door.remove_many(visible_to(model, actor, at_least=FULL).filter(person_id__in=ids))
    door.remove_many(visible_to(Note, actor, at_least=FULL).filter(came_with_id__in=ids))
    door.remove_many(visible_to(Person, actor, at_least=FULL).filter(id__in=ids))


def _restore(
    door: Door, actor: Actor, *, changed: list[Person], load: int, traces: "Traces"
) -> None:
    ids = [person.pk for person in changed]
    details = list(visible_to(ParticularRow, actor, at_least=FULL).filter(person_id__in=ids))
    withdrawn = [row.pk for row in details if row.withdrawn]
    by_load = _traces(actor, load=load, kind="particular", records=withdrawn)
    for row in details:
        if row.load_id == load:
            door.remove(row)
        elif row.withdrawn and _before(ParticularRow, by_load[row.pk]):
            door.change(row, withdrawn=False)
    roles = visible_to(RoleInCase, actor, at_least=FULL)
    door.remove_many(roles.filter(person_id__in=ids, load_id=load))
    held = people.present(actor, ids)
    for person in changed:
        door.change(person, touch=True, **_before(Person, traces[person.pk]))
        particulars = [rules.incoming(row.opened()) for row in held[person.pk].values()]
        people.rekey(door, person=person, agency=person.agency_id, particulars=particulars)
        people.derive_protection(door, actor, person=person)


Traces = Mapping[int, Sequence[History]]
"""What records said before a load changed them, by inward id, the first change first."""


def _traces(actor: Actor, *, load: int, kind: str, records: Sequence[int]) -> Traces:
    rows = visible_to(History, actor, at_least=FULL).filter(
        load_id=load, kind=kind, record_id__in=records
    )
    found: dict[int, list[History]] = {record: [] for record in records}
    for row in rows.order_by("record_version"):
        found[row.record_id].append(row)
    return found


def _nobody_since(record: Recorded, traces: Sequence[History]) -> bool:
    """Whether a load was the last that changed a record."""
    return bool(traces) and traces[-1].record_version + 1 == record.version


def _before(model: type[Model], traces: Sequence[History]) -> dict[str, Any]:
    """What the fields said before the load first changed them, as Python has them."""
    before: dict[str, Any] = {}
    for row in traces:
        for change in history.opened(row):
            value = model._meta.get_field(change.field).to_python(change.before)
            before.setdefault(change.field, value)
    return before
