"""Opening, changing and closing a case, and writing notes in it."""

import secrets
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from rabta.core.access.decisions import Actor
from rabta.core.access.levels import Level
from rabta.core.errors import BadInput, BadValue, Conflict, NotAllowedNow, Refused, gettext_noop
from rabta.core.words.dates import PartialDate
from rabta.core.words.vocabulary import AgencyKind, CaseKind, Duty
from rabta.desk.accounts.selectors.staff import UnitName, units_named
from rabta.desk.cases import rules
from rabta.desk.cases.models import Case, Note, Numbering, TeamMember
from rabta.desk.cases.rules import Marking
from rabta.desk.cases.services import team as teams
from rabta.desk.cases.services.incoming import note_row, number_keys
from rabta.desk.cases.services.people import Origin
from rabta.desk.wall.door import Door, write
from rabta.desk.wall.scope import decision_of, visible_to

LONGEST_NOTE = 20_000
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class CaseEntry:
    """What a form or a program says of a case. ``unit`` is the inward id of the lead unit."""

    kind: CaseKind
    unit: int
    fir_number: str = ""
    enquiry_number: str = ""
    station: str = ""
    place: str = ""
    registered: PartialDate | None = None
    occurred: PartialDate | None = None
    marking: Marking = rules.UNMARKED

    def differs(self, other: "CaseEntry") -> frozenset[str]:
        """Names of the fields in which two entries differ."""
        return frozenset(
            each.name
            for each in fields(self)
            if getattr(self, each.name) != getattr(other, each.name)
        )


def entry_of(case: Case) -> CaseEntry:
    """What a case that was read in full says now, as an entry."""
    return CaseEntry(
        kind=CaseKind(case.kind),
        unit=case.unit_id,
        fir_number=case.fir_number,
        enquiry_number=case.enquiry_number,
        station=case.station,
        place=case.place,
        registered=rules.date_of(case, "registered"),
        occurred=rules.date_of(case, "occurred"),
        marking=Marking(
            case.source_grade, case.information_grade, case.handling, case.handling_text
        ),
    )


def open_case(
    *,
    actor: Actor,
    entry: CaseEntry,
    number: str = "",
    sealed: bool = False,
    team: tuple[int, ...] = (),
) -> Case:
    """Open a case in one of the actor's units; without a number it is given the next one.

    Whoever opens it is its lead and owner, a clerk excepted: a clerk writes for somebody else.
    Raises BadValue, BadInput, Refused, NotAllowedNow.
    """
    if not actor.system and actor.duty not in rules.WORKING_DUTIES:
        raise Refused(why="duty")
    if sealed and actor.duty is Duty.CLERK:
        raise NotAllowedNow(
            gettext_noop("A clerk cannot open a sealed case."),
            remedy=gettext_noop("Ask the officer whose case it is."),
        )
    unit = _own_unit(actor, entry.unit)
    agency = unit.agency_id
    _refuse_publishing(entry, unit)
    with write(actor, "case.opened") as door:
        number = number or _number(door, agency=agency, sealed=sealed)
        case = door.create(
            Case(
                agency_id=agency,
                number=number[:64],
                **number_keys({"number": number[:64]}),
                sealed=sealed,
                **_fields(entry),
            )
        )
        if not actor.system and actor.duty is not Duty.CLERK:
            door.create(TeamMember(case_id=case.pk, user_id=actor.user, lead=True, owner=True))
        for user in dict.fromkeys(team):
            if user != actor.user:
                teams.check_colleague(agency, user)
                door.create(TeamMember(case_id=case.pk, user_id=user))
        return visible_to(Case, actor, at_least=Level.FULL).get(pk=case.pk)


def change_case(*, actor: Actor, case: Case, version: int, entry: CaseEntry) -> Case:
    """Bring a case to what the entry says, if it still is as it was at ``version``.

    Raises Conflict with ``yours`` and ``theirs`` (both CaseEntry) and the ``version`` that
    stands, where somebody else changed it since.
    """
    need_work(actor, case)
    if case.version != version:
        raise _conflict(case, entry)
    if entry.unit != case.unit_id or entry.kind is CaseKind.LIST:
        unit = units_named([case.unit_id])[case.unit_id]
        if entry.unit != case.unit_id:
            unit = _own_unit(actor, entry.unit)
        _refuse_publishing(entry, unit)
    try:
        with write(actor, "case.changed") as door:
            return door.change(case, **_fields(entry))
    except Conflict as lost:
        now = visible_to(Case, actor, at_least=Level.FULL).filter(pk=case.pk).first()
        raise (_conflict(now, entry) if now else Refused()) from lost


def close_case(*, actor: Actor, case: Case, on: date) -> Case:
    """Close a case on a day that has come."""
    need_work(actor, case)
    if case.closed_on is not None:
        raise NotAllowedNow(
            gettext_noop("This case is closed already."),
            remedy=gettext_noop("Open it again to work on it."),
        )
    if on > timezone.localdate():
        raise BadValue(
            gettext_noop("The day of closing, {value}, has not come yet."),
            remedy=gettext_noop("Give today or a day before."),
            field="closed_on",
            value=on.isoformat(),
        )
    with write(actor, "case.closed") as door:
        return door.change(case, closed_on=on)


def reopen_case(*, actor: Actor, case: Case) -> Case:
    """Open a closed case again."""
    need_work(actor, case)
    if case.closed_on is None:
        raise NotAllowedNow(
            gettext_noop("This case is open."), remedy=gettext_noop("Nothing is left to do.")
        )
    with write(actor, "case.reopened") as door:
        return door.change(case, closed_on=None)


def add_note(*, actor: Actor, case: Case, text: str, marking: Marking | None = None) -> Note:
    """Add a note to a case. Raises BadValue for an empty or an endless one."""
    need_work(actor, case)
    text = text.strip()
    if not text or len(text) > LONGEST_NOTE:
        raise BadValue(
            gettext_noop("A note has between 1 and 20,000 characters."),
            remedy=gettext_noop("Write what is to be kept, or part it into several notes."),
            field="text",
            value=text[:40],
        )
    origin = Origin(agency=case.agency_id, **(marking or Marking()).fields())
    with write(actor, "note.added") as door:
        return door.create(note_row(case, text, origin=origin))


def record_print(*, actor: Actor, case: Case) -> None:
    """Enter in the ledger that a case was laid out for print."""
    with write(actor, "case.printed") as door:
        door.note("case", [case.pk], "printed")


def need_work(actor: Actor, record: Any) -> None:
    """Raise Refused unless the actor, as the wall read the record for them, may write in it."""
    decision = decision_of(record)
    if decision.level < Level.FULL:
        raise Refused(why=decision.why)
    if not rules.works_on(actor, agency=record.agency_id, why=decision.why):
        raise Refused(
            gettext_noop("You may read this and not change it."),
            why="other-unit",
            remedy=gettext_noop("Ask the unit that holds it, or to be named in the case."),
        )


def _conflict(case: Case, entry: CaseEntry) -> Conflict:
    return Conflict(kind="case", yours=entry, theirs=entry_of(case), version=case.version)


def _own_unit(actor: Actor, unit: int) -> UnitName:
    """The lead unit, which must be one of the actor's own and open."""
    found = units_named([unit]).get(unit)
    if (
        found is None
        or not found.open
        or (not actor.system and (unit not in actor.units or found.agency_id != actor.agency))
    ):
        raise BadInput(
            gettext_noop("The lead unit is none of yours."),
            remedy=gettext_noop("Choose your unit or one below it that is open."),
        )
    return found


def _refuse_publishing(entry: CaseEntry, unit: UnitName) -> None:
    # A published list is open to every agency: nobody publishes a case by choosing a kind.
    if entry.kind is CaseKind.LIST and unit.agency_kind != AgencyKind.LIST_OWNER:
        raise BadInput(
            gettext_noop("Only the publisher of a list can enter one."),
            remedy=gettext_noop("Choose another kind of case."),
        )


def _number(door: Door, *, agency: int, sealed: bool) -> str:
    year = timezone.localdate().year
    if sealed:
        letters = "".join(secrets.choice(LETTERS) for _ in range(6))
        return rules.sealed_number(year=year, letters=letters)
    return rules.given_number(year=year, count=_next(door, agency=agency, year=year))


def _next(door: Door, *, agency: int, year: int) -> int:
    """The next number of an agency in a year; its row is held until the case is there."""
    held = Numbering.objects.select_for_update().filter(agency_id=agency, year=year)
    row = held.first()
    if row is None:
        try:
            with transaction.atomic():
                return door.create(Numbering(agency_id=agency, year=year, last=1)).last
        except IntegrityError:  # somebody else opened the first case of the year meanwhile
            row = held.get()
    return door.change(row, last=row.last + 1).last


def _fields(entry: CaseEntry) -> dict[str, Any]:
    numbers = {"fir_number": entry.fir_number, "enquiry_number": entry.enquiry_number}
    return {
        "kind": str(entry.kind),
        "unit_id": entry.unit,
        **numbers,
        **number_keys(numbers),
        "station": entry.station,
        "place": entry.place,
        **rules.date_columns("registered", entry.registered),
        **rules.date_columns("occurred", entry.occurred),
        **entry.marking.fields(),
    }
