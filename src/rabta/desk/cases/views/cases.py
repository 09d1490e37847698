"""The list of cases, a case, entering and changing it, its notes, history and print."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from rabta.core.access.levels import Level
from rabta.core.access.policies import CASE_DUTIES
from rabta.core.errors import BadInput, Conflict, NotAllowedNow
from rabta.core.words.vocabulary import AgencyKind, Duty
from rabta.desk.cases import labels, rules, selectors
from rabta.desk.cases.forms import CaseForm, CloseForm, Filter, NoteForm
from rabta.desk.cases.models import Case
from rabta.desk.cases.selectors.loaders import case_by_id, workable_case
from rabta.desk.cases.services import cases as services
from rabta.desk.cases.views.parts import case_sides, version_of
from rabta.desk.frame.components import CODE, DATE, NUMBER, Cell, Column, Pager, Table
from rabta.desk.frame.labels import date_in_words
from rabta.desk.frame.notices import done
from rabta.desk.wall.routes import actor_of, duty, needs, record

PRINTED_PEOPLE = 500


@needs(get=duty(*CASE_DUTIES))
def index(request: HttpRequest) -> HttpResponse:
    """The cases the reader may see, filtered by what the address says."""
    form = Filter(request.GET)
    asked = form.asked()
    found = selectors.case_list(actor_of(request), **asked)  # type: ignore[arg-type]
    kept = {name: asked[name] for name in ("kind", "status", "own_unit") if name in asked}
    if "own_unit" in kept:
        kept["own_unit"] = "1"

    def address(**at: UUID | None) -> str:
        where = {name: str(value) for name, value in at.items() if value}
        return "?" + urlencode(kept | where) if where else ""

    pager = Pager(address(after=found.newer), address(before=found.older), found.count)
    context = {
        "filter": form,
        "table": _table(found),
        "pager": pager,
        "may_open": actor_of(request).duty in rules.WORKING_DUTIES,
    }
    return render(request, "cases/list.html", context)


@needs(get=duty(*rules.WORKING_DUTIES), post=duty(*rules.WORKING_DUTIES))
def new(request: HttpRequest) -> HttpResponse:
    """Enter a case."""
    actor = actor_of(request)
    kind = request.posting.unit.agency.kind  # type: ignore[attr-defined]
    form = CaseForm(
        request.POST or None,
        units=selectors.unit_choices(actor),
        may_seal=actor.duty is not Duty.CLERK,
        publishes=kind == AgencyKind.LIST_OWNER,
        initial={"unit": str(actor.unit)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            case = services.open_case(
                actor=actor, entry=form.entry(), sealed=form.cleaned_data.get("sealed", False)
            )
        except (BadInput, NotAllowedNow) as error:
            form.refuse(error)
        else:
            done(request, gettext("The case is entered. Now enter the people in it."))
            return redirect("case", public_id=case.public_id)
    return render(request, "cases/open.html", {"form": form}, status=_status(form))


@needs(get=record(case_by_id, Level.PSEUDONYM, *CASE_DUTIES))
def page(request: HttpRequest, case: Case) -> HttpResponse:
    """A case, as far as the reader may see it."""
    after = Filter({"after": request.GET.get("people", "")}).asked().get("after")
    shown = selectors.case_page(actor_of(request), case, people_after=after)  # type: ignore[arg-type]
    return render(request, "cases/case.html", {"case": shown, "later": after is not None})


@needs(
    get=record(workable_case, Level.FULL, *rules.WORKING_DUTIES),
    post=record(workable_case, Level.FULL, *rules.WORKING_DUTIES),
)
def edit(request: HttpRequest, case: Case) -> HttpResponse:
    """Change a case; where somebody else did meanwhile, both versions side by side."""
    actor = actor_of(request)
    stored = services.entry_of(case)
    units = _with_unit(selectors.unit_choices(actor), case)
    form = CaseForm(request.POST or None, units=units, stored=stored)
    context = {"form": form, "case": case, "version": version_of(request, case.version)}
    if request.method == "POST" and form.is_valid():
        try:
            services.change_case(
                actor=actor, case=case, version=context["version"], entry=form.entry()
            )
        except Conflict as conflict:
            context["sides"] = case_sides(conflict, dict(units))
            context["version"] = conflict.facts["version"]
            return render(request, "cases/edit.html", context, status=409)
        except (BadInput, NotAllowedNow) as error:
            form.refuse(error)
        else:
            done(request, gettext("The case is changed."))
            return redirect("case", public_id=case.public_id)
    return render(request, "cases/edit.html", context, status=_status(form))


@needs(
    get=record(workable_case, Level.FULL, *rules.WORKING_DUTIES),
    post=record(workable_case, Level.FULL, *rules.WORKING_DUTIES),
)
def note(request: HttpRequest, case: Case) -> HttpResponse:
    """Write a note in a case."""
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        services.add_note(
            actor=actor_of(request), case=case, text=said["text"], marking=said["marking"]
        )
        done(request, gettext("The note is added."))
        return redirect("case", public_id=case.public_id)
    return render(request, "cases/note.html", {"form": form, "case": case}, status=_status(form))


@needs(get=record(case_by_id, Level.FULL, *CASE_DUTIES))
def changes(request: HttpRequest, case: Case) -> HttpResponse:
    """What was changed in a case, each field."""
    lines = selectors.case_history(actor_of(request), case)
    return render(request, "cases/history.html", {"case": case, "lines": lines})


@needs(get=record(case_by_id, Level.OPERATIONAL, *CASE_DUTIES))
def printed(request: HttpRequest, case: Case) -> HttpResponse:
    """A case laid out for print; that it was, is entered in the ledger."""
    actor = actor_of(request)
    shown = selectors.case_page(actor, case, people=PRINTED_PEOPLE)
    services.record_print(actor=actor, case=case)
    return render(request, "cases/print.html", {"case": shown})


@needs(
    get=record(workable_case, Level.FULL, *rules.WORKING_DUTIES),
    post=record(workable_case, Level.FULL, *rules.WORKING_DUTIES),
)
def close(request: HttpRequest, case: Case) -> HttpResponse:
    """Close a case on a day."""
    form = CloseForm(request.POST) if request.method == "POST" else CloseForm.fresh()
    if request.method == "POST" and form.is_valid():
        try:
            services.close_case(
                actor=actor_of(request), case=case, on=form.cleaned_data["closed_on"]
            )
        except BadInput as error:
            form.add_error("closed_on", gettext(error.template).format_map(error.facts))
        else:
            back = reverse("case-reopen", args=[case.public_id])
            done(request, gettext("The case is closed."), undo_url=back)
            return redirect("case", public_id=case.public_id)
    return render(request, "cases/close.html", {"form": form, "case": case}, status=_status(form))


@needs(post=record(workable_case, Level.FULL, *rules.WORKING_DUTIES))
def reopen(request: HttpRequest, case: Case) -> HttpResponse:
    """Open a closed case again."""
    services.reopen_case(actor=actor_of(request), case=case)
    done(request, gettext("The case is open again."))
    return redirect("case", public_id=case.public_id)


def _status(form: Any) -> int:
    return 422 if form.is_bound and form.errors else 200


def _with_unit(units: tuple[tuple[str, str], ...], case: Case) -> tuple[tuple[str, str], ...]:
    """The units to choose from, the case's own among them: one may be named in another's case."""
    if any(value == str(case.unit_id) for value, _name in units):
        return units
    return (*selectors.unit_names([case.unit_id]), *units)


def _table(found: selectors.CaseList) -> Table:
    columns = (
        Column(labels.FIELD["number"], CODE),
        Column(labels.FIELD["kind"]),
        Column(labels.FIELD["registered"], DATE),
        Column(labels.FIELD["station"]),
        Column(gettext("People"), NUMBER),
        Column(gettext("Unit")),
        Column(gettext("Agency")),
    )
    rows = []
    for line in found.lines:
        hidden = line.level < Level.OPERATIONAL
        name = gettext("Case %(code)s") % {"code": line.number} if hidden else line.number
        tag, tag_kind = ("", "")
        if line.sealed:
            tag, tag_kind = gettext("sealed"), "sealed"
        elif line.closed_on:
            tag = gettext("closed")
        rows.append(
            (
                Cell(name, reverse("case", args=[line.public_id]), tag, tag_kind),
                labels.word(labels.KIND, line.kind),
                date_in_words(line.registered) if line.registered else "",
                line.station,
                line.people if not hidden else "",
                line.unit,
                line.agency,
            )
        )
    return Table(
        gettext("Cases"), columns, rows, gettext("There is no case here that you can see.")
    )
