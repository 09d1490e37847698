"""The steward's pages of agencies and units, and the supervisor's of the people at theirs."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rabta.core.words.vocabulary import Duty
from rabta.desk.accounts import selectors, services
from rabta.desk.accounts.forms import AllowanceForm, CloseForm, EndForm, MoveForm, UnitForm
from rabta.desk.accounts.models import Unit
from rabta.desk.accounts.rules import UnitKind
from rabta.desk.accounts.views.forming import form_page
from rabta.desk.wall.routes import duty, needs

STEWARD = duty(Duty.STEWARD)


@needs(get=STEWARD)
def agencies(request: HttpRequest) -> HttpResponse:
    """Every agency with its tree of units."""
    return render(request, "accounts/agencies.html", {"branches": selectors.branches()})


@needs(get=STEWARD)
def agency(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One agency: units, people, allowances. No case of it."""
    return render(request, "accounts/agency.html", {"page": selectors.agency_page(public_id)})


@needs(get=duty(Duty.SUPERVISOR))
def my_units(request: HttpRequest) -> HttpResponse:
    """Who is posted at the units one supervises. To be read; the steward changes it."""
    people = selectors.postings_at(request.actor.units)  # type: ignore[attr-defined]
    return render(request, "accounts/my_units.html", {"people": people})


@needs(get=STEWARD, post=STEWARD)
def open_unit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Open a unit of an agency."""
    agency = selectors.agency_by(public_id)
    units = selectors.open_units(agency)
    form = UnitForm(request.POST or None, units=units)

    def do(said: dict[str, Any]) -> None:
        services.open_unit(
            actor=request.actor,  # type: ignore[attr-defined]
            agency=agency,
            code=said["code"],
            names=form.names,
            kind=UnitKind(said["kind"]),
            opened=said["opened"],
            parent=_chosen(units, said["parent"]),
            desk_phone=said["phone"],
        )

    return form_page(
        request,
        form,
        do,
        title=_("Open a unit"),
        about=agency,
        submit=_("Open the unit"),
        back=reverse("agency", args=[public_id]),
        done=_("The unit is open."),
    )


@needs(get=STEWARD, post=STEWARD)
def move_unit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Put a unit under another one from a day on."""
    unit = selectors.unit_by(public_id)
    units = [other for other in selectors.open_units(unit.agency) if other.pk != unit.pk]

    def do(said: dict[str, Any]) -> None:
        parent = _chosen(units, said["parent"])
        services.move_unit(actor=request.actor, unit=unit, parent=parent, on=said["on"])  # type: ignore[attr-defined]

    return form_page(
        request,
        MoveForm(request.POST or None, units=units),
        do,
        title=_("Move a unit"),
        about=unit,
        lead=_("Figures of the time before still count it where it stood."),
        submit=_("Move the unit"),
        back=reverse("agency", args=[unit.agency.public_id]),
        done=_("The unit is moved."),
    )


@needs(get=STEWARD, post=STEWARD)
def close_unit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Close a unit on a day, or merge it into another."""
    unit = selectors.unit_by(public_id)
    units = [other for other in selectors.open_units(unit.agency) if other.pk != unit.pk]

    def do(said: dict[str, Any]) -> None:
        successor = _chosen(units, said["successor"])
        services.close_unit(actor=request.actor, unit=unit, on=said["on"], successor=successor)  # type: ignore[attr-defined]

    return form_page(
        request,
        CloseForm(request.POST or None, units=units),
        do,
        title=_("Close or merge a unit"),
        about=unit,
        lead=_("A closed unit does not open again. Postings at it end that day."),
        submit=_("Close the unit"),
        back=reverse("agency", args=[unit.agency.public_id]),
        done=_("The unit is closed from that day."),
    )


@needs(get=STEWARD, post=STEWARD)
def allow(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let another agency see this one's records to an extent."""
    agency = selectors.agency_by(public_id)
    others = selectors.other_agencies(agency)

    def do(said: dict[str, Any]) -> None:
        services.allow(
            actor=request.actor,  # type: ignore[attr-defined]
            agency=agency,
            recipient=next(o for o in others if str(o.public_id) == said["recipient"]),
            level=said["level"],
            basis=said["basis"],
            valid_from=said["valid_from"],
            valid_to=said["valid_to"],
        )

    return form_page(
        request,
        AllowanceForm(request.POST or None, agencies=others),
        do,
        title=_("Let another agency see records of this one"),
        about=agency,
        lead=_("Protected people and sealed cases stay closed whatever is allowed here."),
        submit=_("Allow it"),
        back=reverse("agency", args=[public_id]),
        done=_("It is allowed."),
    )


@needs(get=STEWARD, post=STEWARD)
def end_allowance(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """End what an agency lets another see."""
    allowance = selectors.allowance_by(public_id)

    def do(said: dict[str, Any]) -> None:
        services.end_allowance(actor=request.actor, allowance=allowance, on=said["on"])  # type: ignore[attr-defined]

    return form_page(
        request,
        EndForm(request.POST or None),
        do,
        title=_("End an allowance"),
        about=f"{allowance.agency} → {allowance.recipient}",
        submit=_("End it"),
        back=reverse("agency", args=[allowance.agency.public_id]),
        done=_("The allowance ends that day."),
    )


def _chosen(units: list[Unit], public_id: str) -> Unit | None:
    return next((unit for unit in units if str(unit.public_id) == public_id), None)
