"""Entering people and what identifies them. The one place that seals and keys a particular."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils import timezone

from rabta.core.access.decisions import Actor
from rabta.core.access.levels import Level
from rabta.core.access.protection import is_protected
from rabta.core.errors import BadValue, gettext_noop
from rabta.core.words.incoming import IncomingParticular
from rabta.core.words.vocabulary import Role, Sex
from rabta.desk.cases import rules
from rabta.desk.cases.models import Case, Key, ParticularRow, Person, RoleInCase
from rabta.desk.wall import keys, machines, session
from rabta.desk.wall.base import new_public_id
from rabta.desk.wall.door import Door, write
from rabta.desk.wall.scope import visible_to

KEEPER = machines.keeper()


@dataclass(frozen=True, slots=True)
class Origin:
    """Where items come from: whose they are, how graded, which load brought them."""

    agency: int
    load: int | None = None
    source_grade: str = "X"
    information_grade: str = "4"
    handling: str = "H0"
    handling_text: str = ""

    def fields(self) -> dict[str, object]:
        """As the fields every item carries."""
        return {
            "agency_id": self.agency,
            "load_id": self.load,
            "source_grade": self.source_grade,
            "information_grade": self.information_grade,
            "handling": self.handling,
            "handling_text": self.handling_text,
        }


def particular_rows(
    person: int, particulars: Iterable[IncomingParticular], origin: Origin
) -> list[ParticularRow]:
    """Sealed rows for a person's particulars, not yet written."""
    rows = []
    for particular in particulars:
        public_id = new_public_id()
        text = rules.written(particular)
        rows.append(
            ParticularRow(
                public_id=public_id,
                person_id=person,
                kind=particular.kind,
                sealed=keys.seal(text, agency=origin.agency, binding=public_id),
                fingerprint=fingerprint(particular),
                **origin.fields(),
            )
        )
    return rows


def fingerprint(particular: IncomingParticular) -> int:
    """By which two particulars are known to be equal without opening either."""
    return keys.match_key(f"{particular.kind}|{rules.written(particular)}", version=0)


def key_rows(person: int, agency: int, clear: Iterable[rules.ClearKey]) -> list[Key]:
    """Stored keys for a person, not yet written."""
    return [
        Key(agency_id=agency, person_id=person, kind=key.kind, scheme=key.scheme, value=stored(key))
        for key in sorted(clear, key=lambda key: (key.kind, key.text))
    ]


def stored(key: rules.ClearKey) -> int:
    """A clear key as it is stored and asked for."""
    return keys.match_key(f"{key.kind}|{key.text}", version=key.scheme)


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """What a form or a program says of a person."""

    particulars: tuple[IncomingParticular, ...]
    sex: Sex = Sex.UNKNOWN
    nationalities: tuple[str, ...] = ()
    link_consent: bool = False
    roles: tuple[Role, ...] = field(default=())


def check(entry: PersonEntry) -> None:
    """No particular is empty or endless. Raises BadValue."""
    for particular in entry.particulars:
        if not particular.text.strip() and particular.date is None:
            raise BadValue(gettext_noop("{field} is empty."), field=str(particular.kind), value="")
        if len(particular.text) > 2000:
            raise BadValue(
                gettext_noop("{field} is longer than 2,000 characters."),
                field=str(particular.kind),
                value=particular.text[:40] + "…",
            )


def enter(actor: Actor, *, case: Case, entry: PersonEntry, origin: Origin | None = None) -> Person:
    """Enter a new person in a case, in one role or several."""
    check(entry)
    origin = origin or Origin(agency=actor.agency)
    earliest, latest = rules.birth_years(entry.particulars)
    with write(actor, "person.entered") as door:
        person = door.create(
            Person(
                unit_id=case.unit_id if case.agency_id == origin.agency else actor.unit,
                sex=entry.sex,
                nationalities=" ".join(entry.nationalities),
                birth_year_earliest=earliest,
                birth_year_latest=latest,
                link_consent=entry.link_consent,
                protected=is_protected(
                    entry.roles, birth_year_latest=latest, today=timezone.localdate()
                ),
                **origin.fields(),
            )
        )
        door.create_many(particular_rows(person.pk, entry.particulars, origin))
        door.create_many(key_rows(person.pk, origin.agency, rules.clear_keys(entry.particulars)))
        door.create_many(
            [
                RoleInCase(case_id=case.pk, person_id=person.pk, role=role, **origin.fields())
                for role in entry.roles
            ]
        )
    return person


@dataclass(frozen=True, slots=True)
class Difference:
    """What an entry says otherwise than the record: fields, particulars added and gone."""

    fields: dict[str, object]
    added: tuple[IncomingParticular, ...]
    gone: tuple[ParticularRow, ...]

    def __bool__(self) -> bool:
        return bool(self.fields or self.added or self.gone)


Present = Mapping[int, ParticularRow]
"""A person's particulars that hold, by their fingerprints."""


def present(actor: Actor, ids: Iterable[int]) -> dict[int, dict[int, ParticularRow]]:
    """The particulars of people, person by person, in one question."""
    found: dict[int, dict[int, ParticularRow]] = {person: {} for person in ids}
    rows = visible_to(ParticularRow, actor, at_least=Level.FULL).filter(
        person_id__in=list(found), withdrawn=False
    )
    for row in rows:
        found[row.person_id][row.fingerprint] = row
    return found


def difference(person: Person, entry: PersonEntry, held: Present) -> Difference:
    """Compare a person with an entry, without opening a particular."""
    wanted = {fingerprint(particular): particular for particular in entry.particulars}
    earliest, latest = rules.birth_years(entry.particulars)
    if latest is None:
        # A birth that is no longer said was said once: a child stays one.
        earliest, latest = person.birth_year_earliest, person.birth_year_latest
    fields = {
        "sex": str(entry.sex),
        "nationalities": " ".join(entry.nationalities),
        "birth_year_earliest": earliest,
        "birth_year_latest": latest,
        "link_consent": entry.link_consent,
    }
    return Difference(
        fields={name: said for name, said in fields.items() if getattr(person, name) != said},
        added=tuple(said for mark, said in wanted.items() if mark not in held),
        gone=tuple(row for mark, row in held.items() if mark not in wanted),
    )


def change(
    actor: Actor,
    *,
    person: Person,
    entry: PersonEntry,
    origin: Origin,
    held: Present | None = None,
) -> bool:
    """Bring a person to what the entry says; gives whether anything changed.

    What no longer holds is withdrawn, not deleted: the history shows it, an undo brings it back.
    ``person`` was read through the wall in full; its version guards against a second writer.
    ``held`` is what ``present`` gave for this person, where the caller asked for many at once.
    """
    check(entry)
    if held is None:
        held = present(actor, [person.pk])[person.pk]
    found = difference(person, entry, held)
    if not found:
        return False
    with write(actor, "person.changed") as door:
        # The person's own version moves with its particulars: one conflict rule for both.
        door.change(person, touch=True, **found.fields)
        for row in found.gone:
            door.change(row, withdrawn=True)
        door.create_many(particular_rows(person.pk, found.added, origin))
        if found.added or found.gone:
            rekey(door, person=person, agency=origin.agency, particulars=entry.particulars)
        derive_protection(door, actor, person=person)
    return True


def rekey(
    door: Door, *, person: Person, agency: int, particulars: Sequence[IncomingParticular]
) -> None:
    """Make the keys anew of a person that was read in full.

    The machine takes the old ones away: keys are shown to whoever may ask for a hit, and what is
    shown for less than in full no person removes.
    """
    with session.acting(KEEPER, "keys"):
        door.remove_many(visible_to(Key, KEEPER, at_least=Level.FULL).filter(person_id=person.pk))
    door.create_many(key_rows(person.pk, agency, rules.clear_keys(particulars)))


def derive_protection(door: Door, actor: Actor, *, person: Person) -> None:
    """Bring a person's protection to what all of their roles say.

    The machine reads the roles: one that stands in a case the actor does not see counts too.
    """
    with session.acting(KEEPER, "protection"):
        held = visible_to(RoleInCase, KEEPER, at_least=Level.FULL).filter(person_id=person.pk)
        roles = [Role(role) for role in held.values_list("role", flat=True)]
    protected = is_protected(
        roles, birth_year_latest=person.birth_year_latest, today=timezone.localdate()
    )
    door.change(person, protected=protected)
