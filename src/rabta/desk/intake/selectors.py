"""Questions about loads: the list, one load, its refused rows, the kept mapping."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from rabta.core.access.decisions import Actor
from rabta.core.access.levels import Level
from rabta.core.errors import NotFound, fill
from rabta.core.words.vocabulary import AgencyKind
from rabta.desk.accounts.models import Agency, Unit
from rabta.desk.accounts.selectors import with_people
from rabta.desk.cases.models import Case, RoleInCase
from rabta.desk.intake import labels, reports
from rabta.desk.intake.models import Load, LoadRow, Mapping
from rabta.desk.intake.rules import (
    FOR_OTHERS,
    LISTS,
    OWN,
    UNFINISHED,
    LoadState,
    RowState,
    TakenBack,
)
from rabta.desk.intake.services.holding import opened_row
from rabta.desk.wall.scope import visible_to

FULL = Level.FULL
TOUCHED = (RowState.LOADED, RowState.UPDATED)
ROWS_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class LoadLine:
    """A load in a list."""

    public_id: UUID
    kind: str
    file_name: str
    agency: str
    unit: str
    state: LoadState
    counts: dict[str, int]
    ignored: int
    begun: datetime
    failure: str
    failure_remedy: str

    @property
    def running(self) -> bool:
        """Whether it is on its way."""
        return self.state in UNFINISHED


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A refused row, with what it said and until when it is kept."""

    public_id: UUID
    refusal: reports.Refusal
    expires_on: date | None


@dataclass(frozen=True, slots=True)
class IgnoredRow:
    """A row that is no record, and why."""

    at: str
    why: str


@dataclass(frozen=True, slots=True)
class CaseLink:
    """A case that a load brought or changed somebody of."""

    public_id: UUID
    number: str
    station: str


@dataclass(frozen=True, slots=True)
class CaseLinks:
    """Some cases of a load, in the order of its file; ``later`` is the row to go on after."""

    cases: tuple[CaseLink, ...]
    later: int | None


def load_by_id(actor: Actor, *, public_id: UUID) -> Load:
    """A load that the actor may see, or NotFound."""
    found = visible_to(Load, actor, at_least=FULL).select_related("agency", "unit").filter(
        public_id=public_id
    ).first()  # fmt: skip
    if found is None:
        raise NotFound
    return found  # type: ignore[no-any-return]


def row_by_id(actor: Actor, *, public_id: UUID) -> LoadRow:
    """A row of a load that the actor may see, or NotFound."""
    found = visible_to(LoadRow, actor, at_least=FULL).filter(public_id=public_id).first()
    if found is None:
        raise NotFound
    return found  # type: ignore[no-any-return]


def line(load: Load) -> LoadLine:
    """A load as a line."""
    failure = load.failure or {}
    facts = reports.translated(failure.get("facts", {}))
    return LoadLine(
        public_id=load.public_id,
        kind=load.kind,
        file_name=load.file_name,
        agency=str(load.agency),
        unit=str(load.unit),
        state=LoadState(load.state),
        counts=reports.counts(load),
        ignored=load.ignored,
        begun=load.created_at,
        failure=fill(gettext(failure["message"]), facts) if failure else "",
        failure_remedy=fill(gettext(failure["remedy"]), facts) if failure else "",
    )


def loads(actor: Actor, *, most: int = 50) -> tuple[LoadLine, ...]:
    """The latest loads the actor may see."""
    found = visible_to(Load, actor, at_least=FULL).select_related("agency", "unit").order_by("-id")
    return tuple(line(load) for load in found[:most])


def refused_rows(actor: Actor, load: Load, *, most: int = 200) -> tuple[RefusedRow, ...]:
    """The refused rows of a load, with their values."""
    rows = visible_to(LoadRow, actor, at_least=FULL).filter(
        load_id=load.pk, state=RowState.REFUSED, sealed__isnull=False
    )
    return tuple(
        RefusedRow(
            public_id=row.public_id,
            refusal=reports.refusal(row.at, opened_row(load, row)),
            expires_on=row.expires_on,
        )
        for row in rows.order_by("position")[:most]
    )


def ignored_rows(actor: Actor, load: Load, *, most: int = 200) -> tuple[IgnoredRow, ...]:
    """The rows of a load that are no records."""
    rows = _ignored(actor, load).order_by("position")[:most]
    return tuple(IgnoredRow(labels.place(row.at), str(labels.why(row.why))) for row in rows)


def _ignored(actor: Actor, load: Load) -> QuerySet[LoadRow]:
    rows = visible_to(LoadRow, actor, at_least=FULL).filter(load_id=load.pk, state=RowState.IGNORED)
    return rows.exclude(why__in=list(TakenBack))  # type: ignore[no-any-return]


def cases_of(actor: Actor, load: Load, *, after: int = -1, most: int = 20) -> CaseLinks:
    """The cases whose people a load brought or changed, as far as the actor may see them.

    Of the rows behind ``after``, until so many cases are found; a case whose rows stand far apart
    may come again later.
    """
    rows = visible_to(LoadRow, actor, at_least=FULL).filter(
        load_id=load.pk, state__in=TOUCHED, person_id__isnull=False
    )
    found: dict[int, CaseLink] = {}
    while True:
        batch = list(
            rows.filter(position__gt=after)
            .order_by("position")
            .values_list("position", "person_id")[:ROWS_AT_ONCE]
        )
        if not batch:
            return CaseLinks(tuple(found.values()), None)
        cases = _cases_of_people(actor, [person for _, person in batch])
        for position, person in batch:
            if len(found) >= most and not cases[person].keys() <= found.keys():
                return CaseLinks(tuple(found.values()), after)
            found |= cases[person]
            after = position


def _cases_of_people(actor: Actor, ids: list[int]) -> dict[int, dict[int, CaseLink]]:
    """The cases of people: person → case → link."""
    roles = visible_to(RoleInCase, actor, at_least=FULL).filter(person_id__in=ids)
    pairs = list(roles.order_by("id").values_list("person_id", "case_id"))
    cases = visible_to(Case, actor, at_least=Level.OPERATIONAL).filter(
        id__in={case for _, case in pairs}
    )
    links = {case.pk: CaseLink(case.public_id, case.number, case.station) for case in cases}
    found: dict[int, dict[int, CaseLink]] = {person: {} for person in ids}
    for person, case in pairs:
        if case in links:
            found[person][case] = links[case]
    return found


def refused_row(actor: Actor, row: LoadRow) -> RefusedRow:
    """A refused row with its values. Raises NotFound where it holds none any more."""
    if row.state != RowState.REFUSED or row.sealed is None:
        raise NotFound
    load = visible_to(Load, actor, at_least=FULL).get(pk=row.load_id)
    return RefusedRow(row.public_id, reports.refusal(row.at, opened_row(load, row)), row.expires_on)


def load_of(actor: Actor, row: LoadRow) -> Load:
    """The load a row belongs to."""
    found = visible_to(Load, actor, at_least=FULL).select_related("agency", "unit")
    return found.get(pk=row.load_id)  # type: ignore[no-any-return]


def report_lines(actor: Actor, load: Load) -> Iterator[tuple[str, ...]]:
    """The lines of a load's report as a table, in the reader's language, without any value."""
    yield gettext("Place"), gettext("What"), gettext("Field"), gettext("Reason"), gettext("To do")
    rows = visible_to(LoadRow, actor, at_least=FULL).filter(
        load_id=load.pk, state=RowState.REFUSED, sealed__isnull=False
    )
    for row in rows.order_by("position").iterator():
        said = reports.masked(row.at, opened_row(load, row))
        field = labels.target(said.field) if said.field else ""
        yield labels.place(row.at), gettext("refused"), field, said.message, said.remedy
    for row in _ignored(actor, load).order_by("position").iterator():
        yield labels.place(row.at), gettext("no record"), "", str(labels.why(row.why)), ""


def agencies_for(actor: Actor, *, kind: str) -> tuple[tuple[str, str], ...]:
    """The agencies an actor may bring in files of a kind of, own first: code and name.

    Beside one's own: bodies that have a unit and nobody at this node, for some duties. A
    published list is its publisher's alone.
    """
    found: list[Agency] = []
    if actor.duty in OWN:
        found += Agency.objects.filter(pk=actor.agency)
    if actor.duty in FOR_OTHERS:
        reachable = Q(kind=AgencyKind.LIST_OWNER) | Q(created_by_id=actor.user)
        units = Unit.objects.filter(closed__isnull=True).values("agency_id")
        others = Agency.objects.filter(reachable, closed__isnull=True, pk__in=units)
        others = others.exclude(pk__in=with_people())
        found += others.exclude(pk=actor.agency).order_by("code")
    if kind in LISTS:
        found = [agency for agency in found if agency.kind == AgencyKind.LIST_OWNER]
    return tuple((agency.code, str(agency)) for agency in found)


def write_report(actor: Actor, load: Load) -> Path:
    """Write the report file of a load: every refused row's place and reason, no value."""
    path = reports.path_of(load)
    with path.open("w", encoding="utf-8") as file:
        said = {
            "kind": load.kind,
            "state": load.state,
            **reports.counts(load),
            "ignored": load.ignored,
            "refusals": list(_refusals(actor, load)),
        }
        json.dump(said, file, ensure_ascii=False, indent=1)
    return path


def _refusals(actor: Actor, load: Load) -> Iterator[dict[str, str]]:
    rows = visible_to(LoadRow, actor, at_least=FULL).filter(
        load_id=load.pk, state=RowState.REFUSED, sealed__isnull=False
    )
    for row in rows.order_by("position").iterator():
        yield {"at": row.at, **reports.without_values(opened_row(load, row))}


def kept_mapping(agency_id: int, kind: str) -> dict[str, str]:
    """How the agency's earlier files of a kind were read."""
    kept = Mapping.objects.filter(agency_id=agency_id, kind=kind).first()
    return dict(kept.columns) if kept else {}
