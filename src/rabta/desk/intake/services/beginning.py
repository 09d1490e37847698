"""Who may load for whom, and the beginning of a load."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from django.utils import timezone

from rabta.core.access.decisions import Actor
from rabta.core.access.levels import Level
from rabta.core.errors import BadValue, Refused, gettext_noop
from rabta.core.words.vocabulary import AgencyKind
from rabta.desk.accounts.models import Agency, Unit
from rabta.desk.accounts.selectors import has_people
from rabta.desk.intake import storing
from rabta.desk.intake.models import Load
from rabta.desk.intake.models import Mapping as KeptMapping
from rabta.desk.intake.rules import (
    FOR_OTHERS,
    KINDS,
    LISTS,
    OWN,
    UNFINISHED,
    LoadState,
    step,
)
from rabta.desk.intake.services.holding import held
from rabta.desk.wall import machines
from rabta.desk.wall.door import write
from rabta.desk.wall.scope import visible_to
from rabta.desk.wall.session import acting


def may_load(actor: Actor, agency: Agency) -> None:
    """Refuse whoever may not bring in files of an agency."""
    if actor.agency == agency.pk and actor.duty in OWN:
        return
    if actor.duty in FOR_OTHERS and without_people(actor, agency):
        return
    raise Refused(
        gettext_noop("You may not bring in files of {agency}."),
        why="not-own-agency",
        remedy=gettext_noop("An agency's own people bring in its files."),
        agency=agency.code,
    )


def without_people(actor: Actor, agency: Agency) -> bool:
    """Whether an agency has nobody at this node and is a list's, or one the actor made."""
    if agency.pk is None:
        return True
    if has_people(agency.pk):
        return False
    return agency.kind == AgencyKind.LIST_OWNER or agency.created_by_id == actor.user


def agency_for(
    actor: Actor, *, code: str, kind: str, create: bool, name: str = ""
) -> tuple[Agency, Unit]:
    """The agency and unit a file is loaded for; with ``create``, made if it is not there."""
    agency = Agency.objects.filter(code__iexact=code).first()
    if agency is None:
        if not create:
            raise BadValue(
                gettext_noop("There is no agency with the code “{value}”."),
                field="agency",
                value=code,
                remedy=gettext_noop("Give one of this node, or add --create-agency."),
            )
        agency, unit = _create_agency(actor, code=code, kind=kind, name=name or code)
    else:
        unit = unit_for(actor, agency)
    may_load(actor, agency)
    check_kind(kind, agency)
    return agency, unit


def _create_agency(actor: Actor, *, code: str, kind: str, name: str) -> tuple[Agency, Unit]:
    if actor.duty not in FOR_OTHERS:
        raise Refused(
            gettext_noop("Your duty does not open agencies."),
            why="duty",
            remedy=gettext_noop("Ask the steward to open the agency first."),
        )
    today = timezone.localdate()
    kind_of = AgencyKind.LIST_OWNER if kind in LISTS else AgencyKind.CENTRAL_GOV
    names = {"en": name}
    with write(actor, "agency.opened") as door:
        agency = door.create(Agency(code=code, names=names, kind=kind_of, opened=today))
        unit = door.create(Unit(agency=agency, code="main", names=names, kind="desk", opened=today))
    return agency, unit


def unit_for(actor: Actor, agency: Agency) -> Unit:
    """The unit whose records a file brings: one's own, or the first of a body without people."""
    if actor.agency == agency.pk:
        return Unit.objects.get(pk=actor.unit)
    unit = Unit.objects.filter(agency=agency, closed__isnull=True).order_by("id").first()
    if unit is None:
        raise BadValue(
            gettext_noop("The agency {value} has no open unit."), field="agency", value=agency.code
        )
    return unit


def digest_of(
    file: Path, companion: Path | None, mapping: Mapping[str, str] | None, kind: str
) -> str:
    """What makes two loads the same: the bytes of their files, how they are read."""
    whole = hashlib.sha256(kind.encode())
    for path in (file, companion):
        if path is not None:
            with path.open("rb") as opened:
                whole.update(hashlib.file_digest(opened, "sha256").digest())
    whole.update(json.dumps(dict(mapping or {}), sort_keys=True).encode())
    return whole.hexdigest()


def begin(
    actor: Actor,
    *,
    agency: Agency,
    unit: Unit,
    kind: str,
    file: Path,
    companion: Path | None = None,
    mapping: Mapping[str, str] | None = None,
) -> Load:
    """Begin a load of a file on this machine, or find the unit's unfinished one of the same."""
    may_load(actor, agency)
    check_kind(kind, agency)
    loader = machines.loader(agency=agency.pk or 0, on_behalf_of=actor.user)
    digest = digest_of(file, companion, mapping, kind)
    # The loader looks: a steward brings in a published list and still reads no record of it.
    with acting(loader, "load"):
        waiting = (
            visible_to(Load, loader, at_least=Level.FULL)
            .filter(agency=agency, unit=unit, file_digest=digest, state__in=UNFINISHED)
            .first()
        )
    if waiting is not None:
        return waiting  # type: ignore[no-any-return]
    with write(actor, "load.begun") as door:
        load = door.create(
            Load(
                agency=agency,
                unit=unit,
                brought_from=actor.agency,
                kind=kind,
                file_name=file.name[:128],
                file_digest=digest,
                mapping=dict(mapping or {}),
                state=LoadState.STAGING,
            )
        )
    with acting(loader, "load"):
        return reread(loader, load)


def reread(actor: Actor, load: Load) -> Load:
    """The load as it stands now, read through the wall."""
    return visible_to(Load, actor, at_least=Level.FULL).get(pk=load.pk)  # type: ignore[no-any-return]


def check_kind(kind: str, agency: Agency) -> None:
    """Refuse a kind of file that is not known, and a list for anybody but a publisher of lists.

    An agency that is not made yet (a dry run) will be made as what the kind asks for.
    """
    if kind not in KINDS:
        raise BadValue(
            gettext_noop("“{value}” is not a kind of file that can be loaded."),
            field="kind",
            value=kind,
            remedy=gettext_noop("Use agency-return, un-consolidated or ofac."),
        )
    if kind in LISTS and agency.pk is not None and agency.kind != AgencyKind.LIST_OWNER:
        raise BadValue(
            gettext_noop("The agency {value} publishes no lists; these would become its records."),
            field="agency",
            value=agency.code,
            remedy=gettext_noop("Load the list for its publisher, or have the publisher made."),
        )


def receive(
    actor: Actor,
    *,
    agency: Agency,
    unit: Unit,
    kind: str,
    file: BinaryIO,
    file_name: str,
    companion: BinaryIO | None = None,
) -> Load:
    """Take a file from the browser: kept encrypted until it is applied, then removed."""
    may_load(actor, agency)
    check_kind(kind, agency)
    stored, digest = storing.store(file)
    other = storing.store(companion)[0] if companion is not None else ""
    with write(actor, "load.received") as door:
        load = door.create(
            Load(
                agency=agency,
                unit=unit,
                brought_from=actor.agency,
                kind=kind,
                file_name=Path(file_name).name[:128],
                file_digest=digest,
                stored_as=stored,
                companion_as=other,
                state=LoadState.MAPPING,
            )
        )
    return reread(actor, load)


def start(actor: Actor, *, load: Load, mapping: Mapping[str, str] | None = None) -> Load:
    """Start a received load; the mapping, if any, is kept for the agency's next file."""
    may_load(actor, load.agency)
    with write(actor, "load.started") as door:
        now = held(actor, load)
        door.change(
            now,
            state=step(LoadState(now.state), LoadState.STAGING),
            mapping=dict(mapping or {}),
        )
        if mapping:
            keep_mapping(actor, agency=now.agency, kind=now.kind, columns=mapping)
    return now


def keep_mapping(actor: Actor, *, agency: Agency, kind: str, columns: Mapping[str, str]) -> None:
    """Keep how an agency's file is read, for its next one.

    Headings of other files stay: an agency may write its registers in more than one way.
    """
    with write(actor, "mapping.kept") as door:
        kept = KeptMapping.objects.filter(agency=agency, kind=kind).first()
        if kept is None:
            door.create(KeptMapping(agency=agency, kind=kind, columns=dict(columns)))
        else:
            headings = {name: to for name, to in kept.columns.items() if not name.startswith("=")}
            door.change(kept, columns=headings | dict(columns))
