"""Agencies, the dated tree of their units, what agencies allow each other."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Q

from rabta.core.access.decisions import Actor
from rabta.core.access.levels import Level
from rabta.core.errors import BadInput, BadValue, NotAllowedNow, gettext_noop
from rabta.core.words.vocabulary import AgencyKind
from rabta.desk.accounts import selectors
from rabta.desk.accounts.models import Agency, Allowance, Posting, Unit, UnitParent
from rabta.desk.accounts.rules import Span, UnitKind, refuse_backwards
from rabta.desk.accounts.services.duties import steward_only
from rabta.desk.accounts.services.people import let_posting_end, refuse_last_steward
from rabta.desk.wall.door import Door, write


def open_agency(
    *,
    actor: Actor,
    code: str,
    names: Mapping[str, str],
    kind: AgencyKind,
    opened: date,
    country: str = "PK",
    desk_phone: str = "",
) -> Agency:
    """Open an agency. ``names`` is language → name, English always among them."""
    steward_only(actor)
    with write(actor, "agency.opened") as door:
        if Agency.objects.filter(code=code).exists():
            raise NotAllowedNow(
                gettext_noop("There is an agency with the code {code} already."),
                remedy=gettext_noop("Choose another code, or work on the agency that is there."),
                code=code,
            )
        return door.create(
            Agency(
                code=_coded(code),
                names=_named(names),
                kind=AgencyKind(kind),
                country=country,
                opened=opened,
                desk_phone=desk_phone,
            )
        )


def open_unit(
    *,
    actor: Actor,
    agency: Agency,
    code: str,
    names: Mapping[str, str],
    kind: UnitKind,
    opened: date,
    parent: Unit | None = None,
    desk_phone: str = "",
) -> Unit:
    """Open a unit of an agency, from a day on, under a parent or at the top."""
    steward_only(actor)
    with write(actor, "unit.opened") as door:
        if Unit.objects.filter(agency=agency, code=code).exists():
            raise NotAllowedNow(
                gettext_noop("This agency has a unit with the code {code} already."),
                remedy=gettext_noop("Choose another code."),
                code=code,
            )
        if opened < agency.opened:
            raise NotAllowedNow(
                gettext_noop("A unit cannot open before its agency, which opened on {day}."),
                remedy=gettext_noop("Choose a later day."),
                day=agency.opened.isoformat(),
            )
        unit = door.create(
            Unit(
                agency=agency,
                code=_coded(code),
                names=_named(names),
                kind=UnitKind(kind),
                opened=opened,
                desk_phone=desk_phone,
            )
        )
        if parent is not None:
            _refuse_parent(unit, parent, opened)
            door.create(UnitParent(unit=unit, parent=parent, valid_from=opened))
        return unit


def move_unit(*, actor: Actor, unit: Unit, parent: Unit | None, on: date) -> None:
    """Put a unit under another parent (None: at the top) from a day on; before, it stood where
    it stood, and figures of that time still say so."""
    steward_only(actor)
    with write(actor, "unit.moved") as door:
        unit = _locked(unit)
        if on < unit.opened or (unit.closed is not None and on >= unit.closed):
            raise NotAllowedNow(
                gettext_noop("{name} is not open on {day}."),
                remedy=gettext_noop("Choose a day on which it is."),
                name=str(unit),
                day=on.isoformat(),
            )
        if parent is not None:
            _refuse_parent(unit, parent, on)
        later = UnitParent.objects.filter(unit=unit).filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=on)
        )
        for edge in later:
            door.change(edge, valid_to=max(edge.valid_from, on))
        if parent is not None:
            door.create(UnitParent(unit=unit, parent=parent, valid_from=on))


def close_unit(*, actor: Actor, unit: Unit, on: date, successor: Unit | None = None) -> Unit:
    """Close a unit on a day (its first day closed); with a successor, merge it into that unit.

    Its postings end that day; in a merger they go on at the successor, in the same duty. Its
    records stay its own and are seen through the successor.
    """
    steward_only(actor)
    with write(actor, "unit.merged" if successor else "unit.closed") as door:
        unit = _locked(unit)
        _refuse_closing(unit, on)
        if successor is not None:
            successor = _locked(successor)
            _refuse_successor(unit, successor, on)
        unit = door.change(unit, closed=on, successor=successor)
        running = Posting.objects.filter(unit=unit).filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=on)
        )
        for posting in running.select_related("user", "unit"):
            if successor is None:
                refuse_last_steward(posting)
            span = Span(max(posting.valid_from, on), posting.valid_to)
            let_posting_end(door, posting, on=max(posting.valid_from, on))
            if successor is not None:
                _take_over(door, posting, successor, span)
        return unit


def _take_over(door: Door, posting: Posting, successor: Unit, span: Span) -> None:
    there = Posting.objects.filter(user=posting.user, unit=successor, duty=posting.duty)
    if not any(span.meets(Span(each.valid_from, each.valid_to)) for each in there):
        door.create(
            Posting(
                user=posting.user,
                unit=successor,
                duty=posting.duty,
                valid_from=span.start,
                valid_to=span.end,
            )
        )


def allow(
    *,
    actor: Actor,
    agency: Agency,
    recipient: Agency,
    level: Level,
    basis: str,
    valid_from: date,
    valid_to: date | None = None,
) -> Allowance:
    """Let another agency see this agency's records to a level, from a day to a day (excluded).

    ``basis`` says what allows it: a law, an agreement, a letter with its number.
    """
    steward_only(actor)
    refuse_backwards(Span(valid_from, valid_to))
    if agency.pk == recipient.pk:
        raise BadInput(
            gettext_noop("An agency need not allow itself anything."),
            remedy=gettext_noop("Choose another agency."),
        )
    if level is Level.NOTHING:
        raise BadInput(
            gettext_noop("Nothing is what every other agency sees already."),
            remedy=gettext_noop("Choose what may be seen, or end the allowance that stands."),
        )
    if not basis.strip():
        raise BadInput(
            gettext_noop("What allows this is not given."),
            remedy=gettext_noop("Name the law, the agreement or the letter."),
        )
    with write(actor, "allowance.made") as door:
        return door.create(
            Allowance(
                agency=agency,
                recipient=recipient,
                level=int(level),
                basis=basis.strip(),
                valid_from=valid_from,
                valid_to=valid_to,
            )
        )


def end_allowance(*, actor: Actor, allowance: Allowance, on: date) -> Allowance:
    """End an allowance on a day: from that day it opens nothing."""
    steward_only(actor)
    if allowance.valid_to is not None and allowance.valid_to <= on:
        raise NotAllowedNow(
            gettext_noop("This allowance ends on {day} already."),
            remedy=gettext_noop("Nothing is left to do."),
            day=allowance.valid_to.isoformat(),
        )
    with write(actor, "allowance.ended") as door:
        return door.change(allowance, valid_to=max(allowance.valid_from, on))


def _locked(unit: Unit) -> Unit:
    """The unit as it is now, held until the transaction ends."""
    return Unit.objects.select_for_update(of=("self",)).select_related("agency").get(pk=unit.pk)


def _refuse_parent(unit: Unit, parent: Unit, on: date) -> None:
    if parent.agency_id != unit.agency_id:
        raise NotAllowedNow(
            gettext_noop("A unit stands under a unit of its own agency."),
            remedy=gettext_noop("Choose another unit."),
        )
    if on < parent.opened or (parent.closed is not None and on >= parent.closed):
        raise NotAllowedNow(
            gettext_noop("{name} is not open on {day}."),
            remedy=gettext_noop("Choose a unit that is open then, or another day."),
            name=str(parent),
            day=on.isoformat(),
        )
    if parent.pk in selectors.units_below(unit.pk, day=on):
        raise NotAllowedNow(
            gettext_noop("{name} stands under this unit itself."),
            remedy=gettext_noop("Move that one first, or choose another unit."),
            name=str(parent),
        )


def _refuse_closing(unit: Unit, on: date) -> None:
    if unit.closed is not None:
        raise NotAllowedNow(
            gettext_noop("{name} is closed already, from {day}."),
            remedy=gettext_noop("Nothing is left to do."),
            name=str(unit),
            day=unit.closed.isoformat(),
        )
    if on < unit.opened:
        raise NotAllowedNow(
            gettext_noop("{name} opens on {day}; it cannot close before."),
            remedy=gettext_noop("Choose a later day."),
            name=str(unit),
            day=unit.opened.isoformat(),
        )
    edges = UnitParent.objects.filter(parent=unit).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    )
    still = edges.filter(Q(unit__closed__isnull=True) | Q(unit__closed__gt=on))
    names = [str(edge.unit) for edge in still.select_related("unit").order_by("unit__code")]
    if names:
        raise NotAllowedNow(
            gettext_noop("Open units stand below {name}: {below}."),
            remedy=gettext_noop("Move or close them first."),
            name=str(unit),
            below=", ".join(names),
        )


def _refuse_successor(unit: Unit, successor: Unit, on: date) -> None:
    if successor.pk == unit.pk or successor.agency_id != unit.agency_id:
        raise NotAllowedNow(
            gettext_noop("A unit is merged into another unit of its own agency."),
            remedy=gettext_noop("Choose another unit."),
        )
    if on < successor.opened or successor.closed is not None:
        raise NotAllowedNow(
            gettext_noop("{name} cannot take over on {day}: it is not open then, or closes."),
            remedy=gettext_noop("Choose a unit that stays open."),
            name=str(successor),
            day=on.isoformat(),
        )


def _coded(code: str) -> str:
    if not code or not all(c.isalnum() or c in "-_./" for c in code):
        raise BadValue(
            field="code",
            value=code,
            remedy=gettext_noop("A code has letters, digits, dashes, dots and slashes only."),
        )
    return code


def _named(names: Mapping[str, str]) -> dict[str, str]:
    kept = {language: " ".join(name.split()) for language, name in names.items() if name.strip()}
    if "en" not in kept:
        raise BadInput(
            gettext_noop("The English name is missing."),
            remedy=gettext_noop("Give the name in English; others may stand beside it."),
        )
    return kept
