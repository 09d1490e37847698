"""The steward's pages of people: sign-ins, postings, one-time passphrases."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rabta.core.errors import BadInput, gettext_noop
from rabta.core.words.vocabulary import Duty
from rabta.desk.accounts import selectors, services
from rabta.desk.accounts.forms import EndForm, PersonForm, PostForm
from rabta.desk.accounts.views.forming import form_page
from rabta.desk.wall.routes import duty, needs

STEWARD = duty(Duty.STEWARD)


@needs(get=STEWARD)
def person(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One person who signs in, with every posting."""
    return render(request, "accounts/person.html", {"person": selectors.person_page(public_id)})


@needs(get=STEWARD, post=STEWARD)
def open_person(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Open a sign-in and post its person at a unit of an agency."""
    agency = selectors.agency_by(public_id)
    units = selectors.open_units(agency)
    back = reverse("agency", args=[public_id])

    def do(said: dict[str, Any]) -> HttpResponse:
        unit = next(each for each in units if str(each.public_id) == said["unit"])
        made = services.open_and_post(
            actor=request.actor,  # type: ignore[attr-defined]
            login=said["login"],
            name=said["name"],
            language=said["language"],
            unit=unit,
            duty=Duty(said["duty"]),
            valid_from=said["valid_from"],
        )
        return _shown_once(request, [made], back)

    return form_page(
        request,
        PersonForm(request.POST or None, units=units),
        do,
        title=_("Give somebody a sign-in"),
        about=agency,
        submit=_("Open the sign-in"),
        back=back,
    )


@needs(get=STEWARD, post=STEWARD)
def post_person(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Post somebody who has a sign-in at a unit."""
    unit = selectors.unit_by(public_id)

    def do(said: dict[str, Any]) -> None:
        user = selectors.user_by_login(said["login"])
        if user is None:
            raise BadInput(
                gettext_noop("Nobody has the login {login}."),
                remedy=gettext_noop("Check it, or open a sign-in."),
                login=said["login"],
            )
        services.post(
            actor=request.actor,  # type: ignore[attr-defined]
            user=user,
            unit=unit,
            duty=Duty(said["duty"]),
            valid_from=said["valid_from"],
            valid_to=said["valid_to"],
        )

    return form_page(
        request,
        PostForm(request.POST or None),
        do,
        title=_("Post somebody at a unit"),
        about=unit,
        submit=_("Post"),
        back=reverse("agency", args=[unit.agency.public_id]),
        done=_("The posting is entered."),
    )


@needs(get=STEWARD, post=STEWARD)
def end_posting(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """End a posting on a day."""
    posting = selectors.posting_by(public_id)

    def do(said: dict[str, Any]) -> None:
        services.end_posting(actor=request.actor, posting=posting, on=said["on"])  # type: ignore[attr-defined]

    return form_page(
        request,
        EndForm(request.POST or None),
        do,
        title=_("End a posting"),
        about=f"{posting.user.name} · {posting.unit}",
        lead=_("Sign-ins made in this posting end with it."),
        submit=_("End the posting"),
        back=reverse("agency", args=[posting.unit.agency.public_id]),
        done=_("The posting ends that day."),
    )


@needs(get=STEWARD, post=STEWARD)
def close_person(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Close a sign-in today."""
    user = selectors.user_by(public_id)

    def do(said: dict[str, Any]) -> None:
        services.close_user(actor=request.actor, user=user)  # type: ignore[attr-defined]

    return form_page(
        request,
        forms.Form(request.POST if request.method == "POST" else None),
        do,
        title=_("Close a sign-in"),
        about=user.name,
        lead=_("Every posting and every sign-in of this person ends now. It cannot be undone."),
        submit=_("Close the sign-in"),
        back=reverse("person-of-node", args=[public_id]),
        done=_("The sign-in is closed."),
    )


@needs(get=STEWARD, post=STEWARD)
def renew_person(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A fresh start for somebody who lost passphrase or telephone."""
    user = selectors.user_by(public_id)
    back = reverse("person-of-node", args=[public_id])

    def do(said: dict[str, Any]) -> HttpResponse:
        made = services.renew_sign_in(actor=request.actor, user=user)  # type: ignore[attr-defined]
        return _shown_once(request, [made], back)

    return form_page(
        request,
        forms.Form(request.POST if request.method == "POST" else None),
        do,
        title=_("A new one-time passphrase"),
        about=user.name,
        lead=_(
            "Make sure that it is this person who asks. Passphrase, second factor and printed"
            " codes end now; they set up new ones at their next sign-in."
        ),
        submit=_("Make a one-time passphrase"),
        back=back,
    )


def _shown_once(request: HttpRequest, made: list[services.NewSignIn], onward: str) -> HttpResponse:
    return render(request, "accounts/new_sign_ins.html", {"made": made, "onward": onward})
