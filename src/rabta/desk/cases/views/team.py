"""Sealing a case and naming its team."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from rabta.core.access.levels import Level
from rabta.core.access.policies import CASE_DUTIES
from rabta.core.errors import BadInput, NotAllowedNow, NotFound
from rabta.desk.accounts.selectors import user_by
from rabta.desk.cases import rules, selectors
from rabta.desk.cases.forms import MemberForm
from rabta.desk.cases.forms.fields import said
from rabta.desk.cases.models import Case
from rabta.desk.cases.selectors.loaders import case_by_id, workable_case
from rabta.desk.cases.services import team as services
from rabta.desk.frame.notices import done
from rabta.desk.wall.routes import actor_of, needs, record


@needs(
    get=record(workable_case, Level.FULL, *rules.WORKING_DUTIES),
    post=record(workable_case, Level.FULL, *rules.WORKING_DUTIES),
)
def seal(request: HttpRequest, case: Case) -> HttpResponse:
    """What a seal does, and putting it on or taking it off."""
    actor = actor_of(request)
    fault = ""
    if request.method == "POST":
        wanted = request.POST.get("seal")
        try:
            if wanted == "on":
                services.seal_case(actor=actor, case=case)
                done(request, gettext("The case is sealed. Only its team knows that it is there."))
                return redirect("case", public_id=case.public_id)
            if wanted == "off":
                services.unseal_case(actor=actor, case=case)
                done(request, gettext("The seal is off."))
                return redirect("case", public_id=case.public_id)
        except NotAllowedNow as error:
            fault = said(error)
    shown = selectors.case_page(actor, case)
    context = {"case": shown, "faults": [("", fault)] if fault else []}
    return render(request, "cases/seal.html", context, status=409 if fault else 200)


@needs(
    get=record(case_by_id, Level.OPERATIONAL, *CASE_DUTIES),
    post=record(workable_case, Level.FULL, *rules.WORKING_DUTIES),
)
def members(request: HttpRequest, case: Case) -> HttpResponse:
    """Who is named in a case; an owner or a supervisor names and takes off."""
    actor = actor_of(request)
    colleagues = selectors.candidates(case)
    form = MemberForm(colleagues=colleagues)
    faults: list[tuple[str, str]] = []
    if request.method == "POST" and "remove" in request.POST:
        try:
            user = user_by(UUID(request.POST["remove"]))
            services.remove_member(actor=actor, case=case, user=user.pk)
        except ValueError:
            raise NotFound from None
        except NotAllowedNow as error:
            faults = [("", said(error))]
        else:
            done(request, gettext("One member less on the team."))
            return _after(actor, case)
    elif request.method == "POST":
        form = MemberForm(request.POST, colleagues=colleagues)
        if form.is_valid():
            chosen = form.cleaned_data
            try:
                services.add_member(
                    actor=actor,
                    case=case,
                    user=form.ids[chosen["user"]],
                    lead=chosen["lead"],
                    owner=chosen["owner"],
                )
            except (BadInput, NotAllowedNow) as error:
                form.add_error(None, said(error))
            else:
                done(request, gettext("The team is changed."))
                return _after(actor, case)
    shown = selectors.case_page(actor, case)
    wrong = bool(faults or form.errors)
    context = {"case": shown, "form": form, "faults": faults}
    return render(request, "cases/team.html", context, status=422 if wrong else 200)


def _after(actor, case: Case) -> HttpResponse:  # type: ignore[no-untyped-def]
    """Back to the team, or to the list for somebody who took themself off a sealed case."""
    try:
        case_by_id(actor, case.public_id)
    except NotFound:
        return redirect("case-list")
    return redirect("case-team", public_id=case.public_id)
