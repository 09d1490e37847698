"""A dry run: what a load would do, without writing anything."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from django.utils import timezone

from rabta.core.access.decisions import Actor
from rabta.core.words.incoming import IncomingPerson
from rabta.desk.accounts.models import Agency
from rabta.desk.cases.services import incoming
from rabta.desk.cases.services.people import Origin
from rabta.desk.intake import reading, reports
from rabta.desk.intake.services.beginning import check_kind, loader_for, may_load
from rabta.desk.wall.session import acting

BATCH = 200
SHOWN = 50


@dataclass(slots=True)
class Foreseen:
    """The numbers a load would have, its first people and its first refusals."""

    read: int = 0
    loaded: int = 0
    unchanged: int = 0
    updated: int = 0
    refused: int = 0
    ignored: int = 0
    first: list[IncomingPerson] = field(default_factory=list)
    refusals: list[reports.Refusal] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """As a load's own counts."""
        return {
            name: getattr(self, name)
            for name in ("read", "loaded", "unchanged", "updated", "refused")
        }


def foresee(
    actor: Actor,
    *,
    agency: Agency,
    kind: str,
    file: Path,
    companion: Path | None = None,
    mapping: Mapping[str, str] | None = None,
    most: int | None = None,
) -> Foreseen:
    """Read a file and compare it with what is there; ``most`` looks at its first items only."""
    may_load(actor, agency)
    check_kind(kind)
    loader = loader_for(actor, agency=agency.pk)
    seen = Foreseen()
    items = reading.read(
        kind, file, mapping=mapping, companion=companion, today=timezone.localdate()
    )
    with acting(loader, "foresee"):
        limited = islice(items, most)
        while batch := list(islice(limited, BATCH)):
            people = []
            for item in batch:
                if isinstance(item, reading.Ignored):
                    seen.ignored += item.rows
                    continue
                seen.read += 1
                if isinstance(item, reading.Refused):
                    seen.refused += 1
                    if len(seen.refusals) < SHOWN:
                        seen.refusals.append(
                            reports.refusal(item.at, reports.refusal_text(item.fields, item.error))
                        )
                else:
                    people.append(item)
            for outcome in incoming.foresee(loader, rows=people, origin=Origin(agency=agency.pk)):
                name = str(outcome)
                setattr(seen, name, getattr(seen, name) + 1)
            seen.first += people[: max(0, SHOWN - len(seen.first))]
    return seen
