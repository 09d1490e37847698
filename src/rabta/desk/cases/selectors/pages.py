"""The page of a case: its fields, the people in it, its notes and its team."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from rabta.core.access.decisions import Actor
from rabta.core.access.levels import Level
from rabta.core.access.policies import CASE_DUTIES
from rabta.core.words.dates import PartialDate
from rabta.core.words.grades import strictest
from rabta.core.words.vocabulary import HandlingCode
from rabta.desk.accounts.selectors.staff import Colleague, colleagues, names_of, units_named
from rabta.desk.cases import rules
from rabta.desk.cases.models import Case, Note, Person, RoleInCase, TeamMember
from rabta.desk.cases.selectors.loaders import may_work
from rabta.desk.cases.selectors.persons import PersonLine, line_of, particulars_of
from rabta.desk.wall.scope import decision_of, visible_to

FULL = Level.FULL
PEOPLE = 50
NOTES = 200


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note that was opened."""

    text: str
    at: datetime
    by: str
    grade: str
    handling: str
    handling_text: str


@dataclass(frozen=True, slots=True)
class MemberLine:
    """Somebody who works the case. ``user`` is the outward id."""

    user: UUID
    name: str
    lead: bool
    owner: bool


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything of a case that the reader may see; empty where the level does not open it."""

    public_id: UUID
    version: int
    level: Level
    why: str
    number: str
    kind: str
    agency: str
    unit: str
    fir_number: str
    enquiry_number: str
    station: str
    place: str
    registered: PartialDate | None
    occurred: PartialDate | None
    closed_on: date | None
    sealed: bool
    grade: str
    handling: str
    handling_text: str
    strictest: str
    people: tuple[PersonLine, ...]
    more_people: UUID | None
    notes: tuple[NoteLine, ...]
    notes_open: bool
    team: tuple[MemberLine, ...]
    workable: bool
    leads: bool


def case_page(
    actor: Actor, case: Case, *, people_after: UUID | None = None, people: int = PEOPLE
) -> CasePage:
    """The page of a case that was read for this actor; ``people`` of its people at a time.

    ``people_after`` is the last person of the page before. The number of questions asked of the
    database does not grow with what is in the case.
    """
    decision = decision_of(case)
    facts = decision.level >= Level.OPERATIONAL
    unit = units_named([case.unit_id])[case.unit_id]
    lines, more = _people(actor, case, after=people_after, size=people) if facts else ((), None)
    notes_open = decision.level >= FULL and decision.why in rules.NOTES_OPEN
    notes = _notes(actor, case) if notes_open else ()
    members = _team(actor, case) if facts else ()
    own = next((member for member in members if member.user_id == actor.user), None)
    codes = [note.handling for note in notes] + [code for line in lines for code in line.handling]
    return CasePage(
        public_id=case.public_id,
        version=case.version,
        level=decision.level,
        why=decision.why,
        number=case.number if facts else rules.pseudonym(case.public_id),
        kind=case.kind,
        agency=unit.agency,
        unit=unit.name,
        fir_number=case.fir_number if facts else "",
        enquiry_number=case.enquiry_number if facts else "",
        station=case.station if facts else "",
        place=case.place if facts else "",
        registered=rules.date_of(case, "registered", written=facts),
        occurred=rules.date_of(case, "occurred", written=facts),
        closed_on=case.closed_on,
        sealed=facts and case.sealed,
        grade=f"{case.source_grade}{case.information_grade}" if facts else "",
        handling=case.handling if facts else "",
        handling_text=case.handling_text if decision.level >= FULL else "",
        strictest=str(strictest(map(HandlingCode, [case.handling, *codes]))) if facts else "",
        people=lines,
        more_people=more,
        notes=notes,
        notes_open=notes_open,
        team=tuple(
            MemberLine(m.user.public_id, m.user.name, lead=m.lead, owner=m.owner) for m in members
        ),
        workable=may_work(actor, case),
        leads=decision.level >= FULL
        and rules.leads(
            actor,
            agency=case.agency_id,
            unit=case.unit_id,
            owner=own is not None and own.owner,
        ),
    )


def candidates(case: Case) -> tuple[Colleague, ...]:
    """Who can be named in a case: whoever works on cases in its agency today, once each."""
    found = {c.user: c for c in colleagues(case.agency_id) if c.duty in CASE_DUTIES}
    return tuple(found.values())


def unit_choices(actor: Actor) -> tuple[tuple[str, str], ...]:
    """The open units an actor may enter a case for, by inward id as a text."""
    found = units_named(actor.units | {actor.unit})
    return tuple((str(unit.id), unit.name) for unit in found.values() if unit.open)


def unit_names(unit_ids: Iterable[int]) -> tuple[tuple[str, str], ...]:
    """Units by inward id as a text, with their names."""
    return tuple((str(unit.id), unit.name) for unit in units_named(unit_ids).values())


def _people(
    actor: Actor, case: Case, *, after: UUID | None, size: int
) -> tuple[tuple[PersonLine, ...], UUID | None]:
    roles = visible_to(RoleInCase, actor, at_least=FULL).filter(case_id=case.pk)
    # By their ids, not by asking of each person whether they stand in the case: a case has few.
    rows = visible_to(Person, actor, at_least=Level.PSEUDONYM).filter(
        pk__in=roles.values("person_id")
    )
    if after is not None:
        last = rows.filter(public_id=after).only_pointer().first()
        rows = rows.filter(id__gt=last) if last is not None else rows
    found = list(rows.order_by("id")[: size + 1])
    shown = found[:size]
    held: dict[int, list[RoleInCase]] = defaultdict(list)
    for role in roles.filter(person_id__in=[person.pk for person in shown]).order_by("id"):
        held[role.person_id].append(role)
    opened = particulars_of(actor, shown)
    lines = tuple(
        line_of(
            person,
            opened[person.pk],
            [role.role for role in held[person.pk]],
            [role.handling for role in held[person.pk]],
        )
        for person in shown
    )
    return lines, shown[-1].public_id if len(found) > size else None


def _notes(actor: Actor, case: Case) -> tuple[NoteLine, ...]:
    rows = visible_to(Note, actor, at_least=FULL).filter(case_id=case.pk)
    notes = list(rows.order_by("-id")[:NOTES])
    names = names_of(note.created_by_id for note in notes)
    return tuple(
        NoteLine(
            text=note.opened(),
            at=note.created_at,
            by=names.get(note.created_by_id, ""),
            grade=f"{note.source_grade}{note.information_grade}",
            handling=note.handling,
            handling_text=note.handling_text,
        )
        for note in notes
    )


def _team(actor: Actor, case: Case) -> list[TeamMember]:
    rows = visible_to(TeamMember, actor, at_least=FULL).filter(case_id=case.pk)
    return list(rows.select_related("user").order_by("-lead", "id"))
