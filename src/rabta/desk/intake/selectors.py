"""Questions about loads: the list, one load, its refused rows, the kept mapping."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext

from rabta.core.access.decisions import Actor
from rabta.core.access.levels import Level
from rabta.core.errors import NotFound, fill
from rabta.desk.intake import reports
from rabta.desk.intake.models import Load, LoadRow, Mapping
from rabta.desk.intake.rules import UNFINISHED, LoadState, RowState
from rabta.desk.wall import keys
from rabta.desk.wall.scope import visible_to

FULL = Level.FULL


@dataclass(frozen=True, slots=True)
class LoadLine:
    """A load in a list."""

    public_id: UUID
    kind: str
    file_name: str
    agency: str
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


def load_by_id(actor: Actor, *, public_id: UUID) -> Load:
    """A load that the actor may see, or NotFound."""
    found = visible_to(Load, actor, at_least=FULL).select_related("agency").filter(
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
    facts = failure.get("facts", {})
    return LoadLine(
        public_id=load.public_id,
        kind=load.kind,
        file_name=load.file_name,
        agency=str(load.agency),
        state=LoadState(load.state),
        counts=reports.counts(load),
        ignored=load.ignored,
        begun=load.created_at,
        failure=fill(gettext(failure["message"]), facts) if failure else "",
        failure_remedy=fill(gettext(failure["remedy"]), facts) if failure else "",
    )


def loads(actor: Actor, *, most: int = 50) -> tuple[LoadLine, ...]:
    """The latest loads the actor may see."""
    found = visible_to(Load, actor, at_least=FULL).select_related("agency").order_by("-id")
    return tuple(line(load) for load in found[:most])


def refused_rows(actor: Actor, load: Load, *, most: int = 200) -> tuple[RefusedRow, ...]:
    """The refused rows of a load, with their values."""
    rows = visible_to(LoadRow, actor, at_least=FULL).filter(
        load_id=load.pk, state=RowState.REFUSED, sealed__isnull=False
    )
    return tuple(
        RefusedRow(
            public_id=row.public_id,
            refusal=reports.refusal(row.at, _opened(load, row)),
            expires_on=row.expires_on,
        )
        for row in rows.order_by("position")[:most]
    )


def ignored_rows(actor: Actor, load: Load, *, most: int = 200) -> tuple[IgnoredRow, ...]:
    """The rows of a load that are no records."""
    rows = visible_to(LoadRow, actor, at_least=FULL).filter(load_id=load.pk, state=RowState.IGNORED)
    return tuple(IgnoredRow(row.at, gettext(row.why)) for row in rows.order_by("position")[:most])


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
        yield {"at": row.at, **reports.without_values(_opened(load, row))}


def _opened(load: Load, row: LoadRow) -> str:
    return keys.unseal(row.sealed, agency=load.agency_id, binding=row.public_id)


def kept_mapping(agency_id: int, kind: str) -> dict[str, str]:
    """How the agency's file of a kind was read the last time."""
    kept = Mapping.objects.filter(agency_id=agency_id, kind=kind).first()
    return dict(kept.columns) if kept else {}
