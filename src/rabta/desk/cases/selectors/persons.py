"""People as a reader may see them: by name where the wall opens it, else by a pseudonym."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rabta.core.access.decisions import Actor
from rabta.core.access.levels import Level
from rabta.core.words.dates import PartialDate
from rabta.core.words.vocabulary import Particular
from rabta.desk.accounts.selectors.staff import names_of, units_named
from rabta.desk.cases import rules
from rabta.desk.cases.models import Case, ParticularRow, Person, RoleInCase
from rabta.desk.cases.selectors.loaders import may_work
from rabta.desk.wall.scope import decision_of, visible_to

FULL = Level.FULL


@dataclass(frozen=True, slots=True)
class DetailLine:
    """A particular that was opened, how it is graded, who entered it and when.

    ``on``: when the age was given that a birth was counted from.
    """

    kind: str
    text: str
    date: PartialDate | None
    quality: str
    on: str
    more: tuple[tuple[str, str], ...]
    grade: str
    handling: str
    handling_text: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person in a case. ``name`` is empty below FULL, and where nobody knows it.

    ``births`` are the dates that were read; ``born`` is text, for where there is none.
    """

    public_id: UUID
    level: Level
    why: str
    pseudonym: str
    name: str
    father_name: str
    numbers: tuple[str, ...]
    sex: str
    births: tuple[PartialDate, ...]
    born: str
    nationalities: tuple[str, ...]
    protected: bool
    roles: tuple[str, ...]
    handling: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A role of a person, in a case that the reader may see too."""

    case_id: UUID
    number: str
    kind: str
    sealed: bool
    role: str
    handling: str
    workable: bool


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Everything of a person that the reader may see. ``details`` are there at FULL alone."""

    line: PersonLine
    version: int
    agency: str
    unit: str
    grade: str
    handling: str
    handling_text: str
    link_consent: bool | None
    details: tuple[DetailLine, ...]
    roles: tuple[RoleLine, ...]
    workable: bool


def person_page(actor: Actor, person: Person) -> PersonPage:
    """The page of a person that was read for this actor at PSEUDONYM at least."""
    decision = decision_of(person)
    facts = decision.level >= Level.OPERATIONAL
    rows = particulars_of(actor, [person])[person.pk]
    held = list(
        visible_to(RoleInCase, actor, at_least=FULL).filter(person_id=person.pk).order_by("id")
    )
    cases = {
        case.pk: case
        for case in visible_to(Case, actor, at_least=Level.OPERATIONAL).filter(
            pk__in={role.case_id for role in held}
        )
    }
    unit = units_named([person.unit_id])[person.unit_id]
    names = names_of(row.created_by_id for row, _ in rows)
    return PersonPage(
        line=line_of(person, rows, [role.role for role in held], ()),
        version=person.version,
        agency=unit.agency,
        unit=unit.name,
        grade=f"{person.source_grade}{person.information_grade}" if facts else "",
        handling=person.handling if facts else "",
        handling_text=person.handling_text if decision.level >= FULL else "",
        link_consent=person.link_consent if facts else None,
        details=tuple(_detail(row, detail, names) for row, detail in rows),
        roles=tuple(_role(actor, role, cases[role.case_id]) for role in held),
        workable=may_work(actor, person),
    )


Opened = list[tuple[ParticularRow, rules.Detail]]


def particulars_of(actor: Actor, people: Sequence[Person]) -> dict[int, Opened]:
    """What identifies people, of those whom the actor sees in full, in one question."""
    found: dict[int, Opened] = defaultdict(list)
    open_ids = [person.pk for person in people if decision_of(person).level >= FULL]
    if open_ids:
        rows = visible_to(ParticularRow, actor, at_least=FULL).filter(
            person_id__in=open_ids, withdrawn=False
        )
        for row in rows.order_by("id"):
            found[row.person_id].append((row, row.opened()))
    return found


def line_of(
    person: Person, rows: Opened, roles: Iterable[str], handling: Iterable[str]
) -> PersonLine:
    """A person's line from what was read of them."""
    decision = decision_of(person)
    facts = decision.level >= Level.OPERATIONAL
    codes = [*handling, *(row.handling for row, _ in rows), *([person.handling] if facts else [])]
    return PersonLine(
        public_id=person.public_id,
        level=decision.level,
        why=decision.why,
        pseudonym=rules.pseudonym(person.public_id),
        name=_first(rows, Particular.NAME) or _first(rows, Particular.ALIAS),
        father_name=_first(rows, Particular.FATHER_NAME),
        numbers=tuple(
            detail.text
            for _, detail in rows
            if detail.kind in {Particular.CNIC, Particular.PASSPORT}
        ),
        sex=person.sex,
        births=tuple(
            dict.fromkeys(
                detail.date
                for _, detail in rows
                if detail.kind is Particular.BIRTH and detail.date is not None
            )
        ),
        born=_first(rows, Particular.BIRTH) or rules.years_of_birth(person),
        nationalities=tuple(person.nationalities.split()),
        # Whom one sees by a pseudonym alone is shown so because they are protected.
        protected=person.protected if facts else decision.why == "protected",
        roles=tuple(dict.fromkeys(roles)),
        handling=tuple(dict.fromkeys(codes)),
    )


def _first(rows: Opened, kind: Particular) -> str:
    return next((detail.text for _, detail in rows if detail.kind is kind), "")


def _detail(row: ParticularRow, detail: rules.Detail, names: dict[int, str]) -> DetailLine:
    return DetailLine(
        kind=str(detail.kind),
        text=detail.text,
        date=detail.date,
        quality=detail.quality,
        on=detail.given_on,
        more=() if detail.given_on else tuple(detail.detail.items()),
        grade=f"{row.source_grade}{row.information_grade}",
        handling=row.handling,
        handling_text=row.handling_text,
        at=row.created_at,
        by=names.get(row.created_by_id, ""),
    )


def _role(actor: Actor, role: RoleInCase, case: Case) -> RoleLine:
    return RoleLine(
        case_id=case.public_id,
        number=case.number,
        kind=case.kind,
        sealed=case.sealed,
        role=role.role,
        handling=role.handling,
        workable=may_work(actor, case),
    )
