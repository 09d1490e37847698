"""Taking an agency aboard: one page, then the answers to be checked, then done."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from rabta.core.errors import BadInput, NotAllowedNow, fill
from rabta.core.words.vocabulary import Duty
from rabta.desk.accounts import services
from rabta.desk.accounts.forms import OnboardForm, tell
from rabta.desk.accounts.labels import agency_kind_label
from rabta.desk.accounts.plans import Plan, people_from_table, units_from_table
from rabta.desk.wall.routes import duty, needs

STEWARD = duty(Duty.STEWARD)


@needs(get=STEWARD, post=STEWARD)
def onboard(request: HttpRequest) -> HttpResponse:
    """The form; ``step=check`` shows what would be opened, ``step=do`` opens it."""
    step = request.POST.get("step", "")
    form = OnboardForm(request.POST or None)
    if step == "change" or not (request.method == "POST" and form.is_valid()):
        return _form(request, form)
    plan = _plan(form)
    for problem in services.problems_of(plan):
        said = fill(_(problem.message), dict(problem.facts))
        at = problem.part if problem.part in form.fields else None
        where = _("Line %(line)s: %(what)s") % {"line": problem.line, "what": said}
        form.add_error(at, where if at else said)
    if form.errors:
        return _form(request, form)
    if step != "do":
        context = {"form": form, "plan": plan, "kind": agency_kind_label(plan.kind)}
        return render(request, "accounts/onboard_check.html", context)
    try:
        done = services.onboard(actor=request.actor, plan=plan)  # type: ignore[attr-defined]
    except (BadInput, NotAllowedNow) as error:
        tell(form, error)
        return _form(request, form)
    onward = reverse("agency", args=[done.agency.public_id])
    context = {"made": done.people, "onward": onward, "agency": done.agency, "units": done.units}
    return render(request, "accounts/new_sign_ins.html", context)


def _form(request: HttpRequest, form: OnboardForm) -> HttpResponse:
    status = 400 if form.is_bound and form.errors else 200
    return render(request, "accounts/onboard.html", {"form": form}, status=status)


def _plan(form: OnboardForm) -> Plan:
    said = form.cleaned_data
    today = timezone.localdate()
    names = {"en": said["name"]} | ({"ur": said["name_ur"]} if said["name_ur"] else {})
    return Plan(
        code=said["code"],
        kind=said["kind"],
        names=names,
        opened=said["opened"],
        country=said["country"],
        phone=said["phone"],
        units=units_from_table(said["units"], opened=said["opened"]),
        people=people_from_table(said["people"], starts=max(today, said["opened"])),
    )
