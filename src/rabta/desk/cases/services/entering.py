"""People in cases, as an officer enters them: on top of ``people``, which seals and keys."""

from rabta.core.access.decisions import Actor
from rabta.core.access.levels import Level
from rabta.core.errors import BadInput, Conflict, NotAllowedNow, Refused, gettext_noop
from rabta.core.words.vocabulary import Role, Sex
from rabta.desk.cases import rules
from rabta.desk.cases.models import Case, ParticularRow, Person, RoleInCase
from rabta.desk.cases.rules import Marking
from rabta.desk.cases.services import people
from rabta.desk.cases.services.cases import need_work
from rabta.desk.cases.services.people import Origin, PersonEntry
from rabta.desk.cases.services.sources import follow_seals, hold_case
from rabta.desk.wall.door import write
from rabta.desk.wall.scope import visible_to

FULL = Level.FULL


def stored_entry(*, actor: Actor, person: Person) -> PersonEntry:
    """What a person that was read in full says now, as an entry; roles apart."""
    rows = visible_to(ParticularRow, actor, at_least=FULL).filter(
        person_id=person.pk, withdrawn=False
    )
    return PersonEntry(
        particulars=tuple(rules.incoming(row.opened()) for row in rows.order_by("id")),
        sex=Sex(person.sex),
        nationalities=tuple(person.nationalities.split()),
        link_consent=person.link_consent,
    )


def add_person(
    *, actor: Actor, case: Case, entry: PersonEntry, marking: Marking | None = None
) -> Person:
    """Enter a person in a case, in one role or several. Raises BadInput without any."""
    need_work(actor, case)
    if not entry.roles:
        raise BadInput(
            gettext_noop("A person in a case has a role."),
            remedy=gettext_noop("Choose at least one; “possible victim” where it is open."),
        )
    origin = Origin(agency=case.agency_id, **(marking or Marking()).fields())
    made = people.enter(actor, case=case, entry=entry, origin=origin)
    return visible_to(Person, actor, at_least=FULL).get(pk=made.pk)


def change_person(
    *,
    actor: Actor,
    person: Person,
    version: int,
    entry: PersonEntry,
    marking: Marking | None = None,
) -> bool:
    """Bring a person to what the entry says, if they are as at ``version``; gives whether changed.

    Raises Conflict with ``yours`` and ``theirs`` (both PersonEntry) and the ``version`` that
    stands, where somebody else changed the person since. ``entry.roles`` changes no role.
    """
    need_work(actor, person)
    if person.version != version:
        raise _conflict(actor, person, entry)
    stands = Marking(
        person.source_grade, person.information_grade, person.handling, person.handling_text
    )
    marking = marking or stands
    origin = Origin(agency=person.agency_id, **marking.fields())
    try:
        with write(actor, "person.changed") as door:
            changed = people.change(actor, person=person, entry=entry, origin=origin)
            if marking != stands:
                door.change(person, **marking.fields())
            return changed or marking != stands
    except Conflict as lost:
        now = visible_to(Person, actor, at_least=FULL).filter(pk=person.pk).first()
        raise (_conflict(actor, now, entry) if now else Refused()) from lost


def add_role(
    *, actor: Actor, case: Case, person: Person, role: Role, marking: Marking | None = None
) -> RoleInCase:
    """Give a person a role in a case of the same agency; who is protected follows from it."""
    need_work(actor, case)
    need_work(actor, person)
    role = Role(role)
    with write(actor, "role.added") as door:
        hold_case(case)
        if _roles(actor, person).filter(case_id=case.pk, role=role).exists():
            raise NotAllowedNow(
                gettext_noop("This person has this role in this case already."),
                remedy=gettext_noop("Nothing is left to do."),
            )
        origin = Origin(agency=case.agency_id, **(marking or Marking()).fields())
        made = door.create(
            RoleInCase(case_id=case.pk, person_id=person.pk, role=role, **origin.fields())
        )
        # The person's version moves: an undone load leaves alone whom somebody worked on since.
        door.change(person, touch=True)
        people.derive_protection(door, actor, person=person)
        follow_seals(door, [person.pk])
        return made


def remove_role(*, actor: Actor, case: Case, person: Person, role: Role) -> None:
    """Take a role that was wrong from a person. The last one stays: enter the right one first."""
    need_work(actor, case)
    need_work(actor, person)
    with write(actor, "role.removed") as door:
        hold_case(case)
        held = _roles(actor, person).filter(case_id=case.pk, role=Role(role)).first()
        if held is None:
            raise NotAllowedNow(
                gettext_noop("This person has no such role in this case."),
                remedy=gettext_noop("Nothing is left to do."),
            )
        if not _roles(actor, person).exclude(pk=held.pk).exists():
            raise NotAllowedNow(
                gettext_noop("This is the person’s only role."),
                remedy=gettext_noop("Add the right role first, then remove this one."),
            )
        door.remove(held)
        door.change(person, touch=True)
        people.derive_protection(door, actor, person=person)
        follow_seals(door, [person.pk])


def _roles(actor: Actor, person: Person):  # type: ignore[no-untyped-def]
    return visible_to(RoleInCase, actor, at_least=FULL).filter(person_id=person.pk)


def _conflict(actor: Actor, person: Person, entry: PersonEntry) -> Conflict:
    return Conflict(
        kind="person",
        yours=entry,
        theirs=stored_entry(actor=actor, person=person),
        version=person.version,
    )
