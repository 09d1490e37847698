"""The list of cases, a page of it at a time."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count

from rabta.core.access.decisions import Actor
from rabta.core.access.levels import Level
from rabta.core.words.dates import PartialDate
from rabta.desk.accounts.selectors.staff import units_named
from rabta.desk.cases import rules
from rabta.desk.cases.models import Case, RoleInCase
from rabta.desk.wall.scope import ScopedQuerySet, decision_of, visible_to

PAGE = 50
MOST = 1000
OPEN, CLOSED = "open", "closed"


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case in a list. Below the level OPERATIONAL it has a pseudonym for its number."""

    public_id: UUID
    level: Level
    number: str
    kind: str
    unit: str
    agency: str
    registered: PartialDate | None
    station: str
    people: int
    sealed: bool
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class CaseList:
    """A page of cases, the latest first; ``count`` stops at 1,001."""

    lines: tuple[CaseLine, ...]
    count: int
    older: UUID | None
    newer: UUID | None


def case_list(
    actor: Actor,
    *,
    kind: str = "",
    status: str = "",
    own_unit: bool = False,
    before: UUID | None = None,
    after: UUID | None = None,
    size: int = PAGE,
) -> CaseList:
    """The cases an actor may see, filtered, a page at a time: next to a case already shown.

    ``before`` gives what was entered before that case, ``after`` what came after it.
    """
    rows = visible_to(Case, actor, at_least=Level.PSEUDONYM)
    if kind:
        rows = rows.filter(kind=kind)
    if status in {OPEN, CLOSED}:
        rows = rows.filter(closed_on__isnull=status == OPEN)
    if own_unit:
        rows = rows.filter(agency_id=actor.agency, unit_id__in=sorted(actor.units))
    count = len(rows.only_pointer()[: MOST + 1])
    cases, more_older, more_newer = _page(rows, actor, before=before, after=after, size=size)
    people = _people(actor, cases)
    units = units_named(case.unit_id for case in cases)
    return CaseList(
        lines=tuple(_line(case, units[case.unit_id], people.get(case.pk, 0)) for case in cases),
        count=count,
        older=cases[-1].public_id if cases and more_older else None,
        newer=cases[0].public_id if cases and more_newer else None,
    )


def _page(
    rows: ScopedQuerySet, actor: Actor, *, before: UUID | None, after: UUID | None, size: int
) -> tuple[list[Case], bool, bool]:
    """The cases of a page, and whether there are older and newer ones."""
    at = before or after
    mark = None
    if at is not None:
        found = visible_to(Case, actor, at_least=Level.PSEUDONYM).filter(public_id=at)
        mark = found.only_pointer().first()
    if mark is not None and after and not before:
        found_rows = list(rows.filter(id__gt=mark).order_by("id")[: size + 1])
        return found_rows[:size][::-1], True, len(found_rows) > size
    if mark is not None:
        rows = rows.filter(id__lt=mark)
    found_rows = list(rows.order_by("-id")[: size + 1])
    return found_rows[:size], len(found_rows) > size, mark is not None


def _people(actor: Actor, cases: list[Case]) -> dict[int, int]:
    """How many people the actor may know of in each case."""
    ids = [case.pk for case in cases if decision_of(case).level >= Level.OPERATIONAL]
    roles = visible_to(RoleInCase, actor, at_least=Level.FULL).filter(case_id__in=ids)
    counted = roles.values("case_id").annotate(people=Count("person_id", distinct=True))
    return {row["case_id"]: row["people"] for row in counted.order_by()}


def _line(case: Case, unit: Any, people: int) -> CaseLine:
    level = decision_of(case).level
    facts = level >= Level.OPERATIONAL
    return CaseLine(
        public_id=case.public_id,
        level=level,
        number=case.number if facts else rules.pseudonym(case.public_id),
        kind=case.kind,
        unit=unit.name,
        agency=unit.agency,
        registered=rules.date_of(case, "registered", written=facts),
        station=case.station if facts else "",
        people=people,
        sealed=facts and case.sealed,
        closed_on=case.closed_on,
    )
