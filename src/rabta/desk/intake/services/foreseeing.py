"""A dry run: what a load would do, without writing anything."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from django.utils import timezone

from rabta.core.access.decisions import Actor
from rabta.core.errors import BadFile, NotAllowedNow, gettext_noop
from rabta.core.words.incoming import IncomingPerson
from rabta.desk.accounts.models import Agency
from rabta.desk.cases.services import incoming
from rabta.desk.cases.services.people import Origin
from rabta.desk.intake import reading, reports, storing
from rabta.desk.intake.models import Load
from rabta.desk.intake.rules import LoadState
from rabta.desk.intake.services.beginning import check_kind, may_load, unit_for
from rabta.desk.intake.services.holding import held
from rabta.desk.wall import machines
from rabta.desk.wall.door import write
from rabta.desk.wall.session import acting, note_opened

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
    check_kind(kind, agency)
    loader = machines.loader(agency=agency.pk or 0, on_behalf_of=actor.user)
    origin = Origin(agency=agency.pk or 0)
    unit = unit_for(actor, agency).pk if agency.pk else 0
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
            for outcome in incoming.foresee(loader, rows=people, unit=unit, origin=origin):
                name = str(outcome)
                setattr(seen, name, getattr(seen, name) + 1)
            seen.first += people[: max(0, SHOWN - len(seen.first))]
    return seen


def foresee_received(
    actor: Actor, *, load: Load, mapping: Mapping[str, str] | None, most: int
) -> Foreseen:
    """What a file from the browser would do, judged by its first items. Raises BadFile."""
    with received(actor, load) as (file, companion):
        return foresee(
            actor,
            agency=load.agency,
            kind=load.kind,
            file=file,
            companion=companion,
            mapping=mapping,
            most=most,
        )


def columns_of(
    actor: Actor, *, load: Load, mapping: Mapping[str, str] | None = None
) -> reading.Headers:
    """The columns of a register from the browser, with sample values. Raises BadFile.

    ``mapping`` names headings that are known beside the words of registers.
    """
    with received(actor, load) as (file, _):
        return reading.headers(file, mapping=mapping)


def mapping_of(file: Path, *, said: Mapping[str, str], kept: Mapping[str, str]) -> dict[str, str]:
    """How a register on this machine is read: as is said, as was kept, by known words.

    Raises BadFile, also for a heading that is said and does not stand in the file.
    """
    names = reading.headers(file, mapping={**kept, **said}).names
    mapping = reading.suggest_mapping(names, said=said, kept=kept)
    for heading in mapping:
        if not heading.startswith("=") and heading not in names:
            raise BadFile(
                gettext_noop("The file “{file}” has no column “{heading}”."),
                remedy=gettext_noop("Its columns are: {columns}."),
                file=file.name,
                heading=heading,
                columns=", ".join(f"“{name}”" for name in names),
            )
    return mapping


def choose_columns(actor: Actor, *, load: Load, mapping: Mapping[str, str]) -> Load:
    """Keep with a load that is not started how its columns are to be read."""
    may_load(actor, load.agency)
    with write(actor, "load.columns-chosen") as door:
        now = held(actor, load)
        if now.state != LoadState.MAPPING:
            raise NotAllowedNow(gettext_noop("This load has begun; its columns stay as they are."))
        door.change(now, mapping=dict(mapping))
    return now


def size_of(load: Load) -> int:
    """Bytes of the file of a load that is kept here; 0 where none is."""
    return storing.size(load.stored_as)


@contextmanager
def received(actor: Actor, load: Load) -> Iterator[tuple[Path, Path | None]]:
    """The stored files of a load, in clear for as long as this lasts.

    They name people, who are no records yet: the ledger of reads is told of the load.
    """
    note_opened(actor, load)
    with ExitStack() as stack:
        try:
            file = stack.enter_context(storing.opened(load.stored_as, load.file_name))
            companion = (
                stack.enter_context(storing.opened(load.companion_as, "a.k.a."))
                if load.companion_as
                else None
            )
        except FileNotFoundError:
            raise NotAllowedNow(
                gettext_noop("The file of this load is no longer kept."),
                remedy=gettext_noop("Bring it in again."),
            ) from None
        yield file, companion
