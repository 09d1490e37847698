"""Taking in records that a file or a program brings: new, changed, or as they were.

Works in batches inside a door that the caller opened, so that the caller's own book-keeping
(which row became what) commits with the records or not at all.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from django.utils import timezone

from rabta.core.access.decisions import Actor
from rabta.core.access.levels import Level
from rabta.core.access.protection import is_protected
from rabta.core.words.incoming import IncomingCase, IncomingPerson
from rabta.desk.cases import rules
from rabta.desk.cases.models import Case, Note, Person, RoleInCase
from rabta.desk.cases.services import people
from rabta.desk.cases.services.people import Origin, PersonEntry
from rabta.desk.wall import keys
from rabta.desk.wall.base import new_public_id
from rabta.desk.wall.door import Door
from rabta.desk.wall.scope import ScopedQuerySet, visible_to


class Outcome(StrEnum):
    """What became of a row."""

    LOADED = "loaded"
    UNCHANGED = "unchanged"
    UPDATED = "updated"


@dataclass(frozen=True, slots=True)
class Taken:
    """A row's outcome and the person it speaks of."""

    outcome: Outcome
    person: int


def source_key(clear: str) -> str:
    """A source's own key as it is stored: it may hold a name, so never in clear."""
    return keys.match_text(f"source|{clear}")


def case_key(number: str) -> int:
    """A case number as it is looked up."""
    return keys.match_key(f"case|{number}", version=1)


def number_keys(numbers: Mapping[str, str]) -> dict[str, int]:
    """The keys that stand beside the numbers of a case (``rules.NUMBERS``); no number, no key."""
    return {
        f"{name}_key": case_key(rules.folded_number(text)) if text.strip() else 0
        for name, text in numbers.items()
    }


def take_in(
    door: Door, actor: Actor, *, rows: Sequence[IncomingPerson], unit: int, origin: Origin
) -> list[Taken]:
    """Take in a batch of rows for a unit; one outcome a row, in their order.

    ``actor`` is the loader (a system duty): the agency's own files meet there whatever unit the
    person who loads belongs to. No two rows of a batch have the same key.
    """
    # Both are held: whoever was sealed while this waited is a stranger after it (sources.py).
    cases = _cases(door, actor, rows=rows, unit=unit, origin=origin)
    known = _by_key(_known(actor, rows=rows, unit=unit, origin=origin).held())
    ids = [person.pk for person in known.values()]
    held, roles = people.present(actor, ids), _roles(actor, ids)
    outcomes: dict[str, Taken] = {}
    fresh: list[tuple[Person, IncomingPerson]] = []
    for row in rows:
        key = source_key(row.key)
        if key in known:
            person = known[key]
            case = cases[source_key(row.case.key)]
            changed = people.change(
                actor, person=person, entry=_entry(row), origin=origin, held=held[person.pk]
            )
            if (case.pk, row.role) not in roles[person.pk]:
                door.create(_role(person, case, row, origin=origin))
                # The person's version moves with a role, so that an undo knows of it.
                door.change(person, touch=True)
                people.derive_protection(door, actor, person=person)
                changed = True
            outcomes[key] = Taken(Outcome.UPDATED if changed else Outcome.UNCHANGED, person.pk)
        else:
            fresh.append((_person(row, key=key, unit=unit, origin=origin), row))
    _write_fresh(door, fresh, cases=cases, origin=origin)
    for person, _ in fresh:
        outcomes[person.source_key] = Taken(Outcome.LOADED, person.pk)
    return [outcomes[source_key(row.key)] for row in rows]


def foresee(
    actor: Actor, *, rows: Sequence[IncomingPerson], unit: int, origin: Origin
) -> list[Outcome]:
    """What ``take_in`` would make of rows, without writing anything."""
    known = _by_key(_known(actor, rows=rows, unit=unit, origin=origin))
    ids = [person.pk for person in known.values()]
    held, roles = people.present(actor, ids), _roles(actor, ids)
    cases = _by_key(_known_cases(actor, rows=rows, unit=unit, origin=origin))
    found = []
    for row in rows:
        person, case = known.get(source_key(row.key)), cases.get(source_key(row.case.key))
        if person is None:
            found.append(Outcome.LOADED)
        elif (
            case is None
            or (case.pk, row.role) not in roles[person.pk]
            or people.difference(person, _entry(row), held[person.pk])
        ):
            found.append(Outcome.UPDATED)
        else:
            found.append(Outcome.UNCHANGED)
    return found


def _entry(row: IncomingPerson) -> PersonEntry:
    distinct = {people.fingerprint(p): p for p in row.particulars}
    return PersonEntry(
        particulars=tuple(distinct.values()),
        sex=row.sex,
        nationalities=row.nationalities,
        link_consent=row.link_consent,
        roles=(row.role,),
    )


def _person(row: IncomingPerson, *, key: str, unit: int, origin: Origin) -> Person:
    earliest, latest = rules.birth_years(row.particulars)
    return Person(
        unit_id=unit,
        source_key=key,
        sex=row.sex,
        nationalities=" ".join(row.nationalities),
        birth_year_earliest=earliest,
        birth_year_latest=latest,
        link_consent=row.link_consent,
        protected=is_protected([row.role], birth_year_latest=latest, today=timezone.localdate()),
        **origin.fields(),
    )


def _write_fresh(
    door: Door,
    fresh: Sequence[tuple[Person, IncomingPerson]],
    *,
    cases: dict[str, Case],
    origin: Origin,
) -> None:
    door.create_many([person for person, _ in fresh])
    particulars, found, roles, notes = [], [], [], []
    for person, row in fresh:
        entry = _entry(row)
        particulars += people.particular_rows(person.pk, entry.particulars, origin)
        found += people.key_rows(person.pk, origin.agency, rules.clear_keys(entry.particulars))
        case = cases[source_key(row.case.key)]
        roles.append(_role(person, case, row, origin=origin))
        if row.note:
            # A remark names other people too, so it goes where free text goes.
            text = f"{row.at}: {row.note}"
            notes.append(note_row(case, text, origin=origin, came_with=person.pk))
    door.create_many(particulars)
    door.create_many(found)
    door.create_many(roles)
    door.create_many(notes)


def _by_key(found: Iterable[Any]) -> dict[str, Any]:
    return {record.source_key: record for record in found}


def _known(
    actor: Actor, *, rows: Sequence[IncomingPerson], unit: int, origin: Origin
) -> ScopedQuerySet:
    """The people of rows that the unit has already.

    Another unit's are strangers, whatever key its files gave them: a key can be guessed, and a
    file that met their records would tell of them, and change them. So are who lie under a seal
    (sources.py).
    """
    return visible_to(Person, actor, at_least=Level.FULL).filter(
        agency_id=origin.agency,
        unit_id=unit,
        source_key__in={source_key(row.key) for row in rows},
    )


def _role(person: Person, case: Case, row: IncomingPerson, *, origin: Origin) -> RoleInCase:
    return RoleInCase(case_id=case.pk, person_id=person.pk, role=row.role, **origin.fields())


def _roles(actor: Actor, ids: Sequence[int]) -> dict[int, set[tuple[int, str]]]:
    """The roles people hold: person → (case, role)."""
    found: dict[int, set[tuple[int, str]]] = {person: set() for person in ids}
    for role in visible_to(RoleInCase, actor, at_least=Level.FULL).filter(person_id__in=ids):
        found[role.person_id].add((role.case_id, role.role))
    return found


def _known_cases(
    actor: Actor, *, rows: Sequence[IncomingPerson], unit: int, origin: Origin
) -> ScopedQuerySet:
    """The cases of rows that the unit has already, by the key the source gives them."""
    return visible_to(Case, actor, at_least=Level.FULL).filter(
        agency_id=origin.agency,
        unit_id=unit,
        source_key__in={source_key(row.case.key) for row in rows},
    )


def _cases(
    door: Door, actor: Actor, *, rows: Sequence[IncomingPerson], unit: int, origin: Origin
) -> dict[str, Case]:
    """The cases of rows by their keys, held: those that are there brought to what the rows say."""
    wanted = {source_key(row.case.key): row.case for row in rows}
    found = _by_key(_known_cases(actor, rows=rows, unit=unit, origin=origin).held())
    fresh: dict[str, Case] = {}
    for key, incoming in wanted.items():
        fields = _case_fields(incoming)
        if key in found:
            # A later row that says nothing of a field takes nothing away.
            said = {name: value for name, value in fields.items() if value != ""}
            door.change(found[key], **said)
        else:
            fresh[key] = Case(unit_id=unit, source_key=key, **fields, **origin.fields())
    door.create_many(list(fresh.values()))
    noted = [(case, wanted[key].note) for key, case in fresh.items()]
    door.create_many([note_row(case, note, origin=origin) for case, note in noted if note])
    return found | fresh


def _case_fields(case: IncomingCase) -> dict[str, Any]:
    numbers = {name: getattr(case, name)[:64] for name in rules.NUMBERS}
    # A number or a date that is not said has no columns, so that it takes none away.
    numbers = {name: text for name, text in numbers.items() if text}
    fields = {
        "kind": case.kind,
        **numbers,
        **number_keys(numbers),
        "station": case.station[:128],
        "place": case.place[:256],
    }
    for name, when in (("registered", case.registered), ("occurred", case.occurred)):
        if when is not None:
            fields |= rules.date_columns(name, when)
    return fields


def note_row(case: Case, text: str, *, origin: Origin, came_with: int | None = None) -> Note:
    """A sealed note, not yet written; ``came_with`` is the person whose row brought it."""
    public_id = new_public_id()
    return Note(
        public_id=public_id,
        case_id=case.pk,
        came_with_id=came_with,
        sealed=keys.seal(text, agency=case.agency_id, binding=public_id),
        **replace(origin, agency=case.agency_id).fields(),
    )
