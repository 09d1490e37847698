"""People in cases: entering, reading, changing them, their roles and their history."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from rabta.core.access.levels import Level
from rabta.core.access.policies import CASE_DUTIES
from rabta.core.errors import BadInput, Conflict, NotAllowedNow
from rabta.core.words.vocabulary import Role
from rabta.desk.cases import rules, selectors
from rabta.desk.cases.forms import PersonForms, RoleForm
from rabta.desk.cases.forms.fields import said
from rabta.desk.cases.forms.people import warning
from rabta.desk.cases.models import Case, Person
from rabta.desk.cases.rules import Marking
from rabta.desk.cases.selectors.loaders import person_by_id, workable_case, workable_person
from rabta.desk.cases.services import entering as services
from rabta.desk.cases.services.people import PersonEntry
from rabta.desk.cases.views.parts import person_sides, version_of
from rabta.desk.frame.notices import done
from rabta.desk.frame.templatetags.frame import error_summary
from rabta.desk.wall.routes import actor_of, needs, record


@needs(
    get=record(workable_case, Level.FULL, *rules.WORKING_DUTIES),
    post=record(workable_case, Level.FULL, *rules.WORKING_DUTIES),
)
def add(request: HttpRequest, case: Case) -> HttpResponse:
    """Enter a person in a case."""
    context: dict[str, Any] = {"case": case, "adding": True}
    if request.method != "POST":
        return _form(request, PersonForms.fresh(), context)
    if "more" in request.POST:
        more = request.POST["more"]
        return _form(request, PersonForms.grown(request.POST, more=more, adding=True), context)
    forms = PersonForms.sent(request.POST)
    if forms.is_valid():
        entry = forms.entry()
        try:
            services.add_person(
                actor=actor_of(request), case=case, entry=entry, marking=forms.marking
            )
        except BadInput as error:
            forms.form.refuse(error)
        else:
            done(request, gettext("The person is entered."))
            _warn(request, entry)
            return redirect("case", public_id=case.public_id)
    return _form(request, forms, context, status=422)


@needs(get=record(person_by_id, Level.PSEUDONYM, *CASE_DUTIES))
def page(request: HttpRequest, person: Person) -> HttpResponse:
    """A person, as far as the reader may see them."""
    shown = selectors.person_page(actor_of(request), person)
    return render(request, "cases/person.html", _person_context(shown))


@needs(
    get=record(workable_person, Level.FULL, *rules.WORKING_DUTIES),
    post=record(workable_person, Level.FULL, *rules.WORKING_DUTIES),
)
def edit(request: HttpRequest, person: Person) -> HttpResponse:
    """Change a person; where somebody else did meanwhile, both versions side by side."""
    actor = actor_of(request)
    stored = services.stored_entry(actor=actor, person=person)
    marking = Marking(
        person.source_grade, person.information_grade, person.handling, person.handling_text
    )
    context: dict[str, Any] = {"person": person, "version": version_of(request, person.version)}
    if request.method != "POST":
        return _form(request, PersonForms.of(stored, marking), context)
    if "more" in request.POST:
        more = request.POST["more"]
        return _form(request, PersonForms.grown(request.POST, more=more, adding=False), context)
    forms = PersonForms.sent(request.POST, stored=stored)
    if forms.is_valid():
        entry = forms.entry()
        try:
            services.change_person(
                actor=actor,
                person=person,
                version=context["version"],
                entry=entry,
                marking=forms.marking,
            )
        except Conflict as conflict:
            context["sides"] = person_sides(conflict)
            context["version"] = conflict.facts["version"]
            return _form(request, forms, context, status=409)
        except BadInput as error:
            forms.form.refuse(error)
        else:
            done(request, gettext("The person is changed."))
            _warn(request, entry)
            return redirect("person", public_id=person.public_id)
    return _form(request, forms, context, status=422)


@needs(get=record(person_by_id, Level.FULL, *CASE_DUTIES))
def changes(request: HttpRequest, person: Person) -> HttpResponse:
    """What was changed in a person, each field and particular."""
    lines = selectors.person_history(actor_of(request), person)
    return render(request, "cases/history.html", {"person": person, "lines": lines})


@needs(post=record(workable_person, Level.FULL, *rules.WORKING_DUTIES))
def roles(request: HttpRequest, person: Person) -> HttpResponse:
    """Give a person a role in a case, or take one that was wrong."""
    actor = actor_of(request)
    form = RoleForm(request.POST)
    if form.is_valid():
        case = workable_case(actor, form.cleaned_data["case"])
        role = Role(form.cleaned_data["role"])
        try:
            if "remove" in request.POST:
                services.remove_role(actor=actor, case=case, person=person, role=role)
                done(request, gettext("The role is removed."))
            else:
                services.add_role(actor=actor, case=case, person=person, role=role)
                done(request, gettext("The role is added."))
            return redirect("person", public_id=person.public_id)
        except NotAllowedNow as error:
            form.add_error(None, said(error))
    context = _person_context(selectors.person_page(actor, person)) | {"role_form": form}
    return render(request, "cases/person.html", context, status=422)


def _form(
    request: HttpRequest, forms: PersonForms, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    faults = error_summary(*forms.all)["faults"]
    made = {"forms": forms, "form": forms.form, "faults": faults}
    return render(request, "cases/person_form.html", context | made, status=status)


def _person_context(shown: selectors.PersonPage) -> dict[str, Any]:
    cases = {role.case_id: role for role in shown.roles if role.workable}
    return {
        "person": shown,
        "role_form": RoleForm(),
        "role_cases": list(cases.values()) if shown.workable else [],
    }


def _warn(request: HttpRequest, entry: PersonEntry) -> None:
    kinds = rules.badly_formed(entry.particulars)
    if kinds:
        messages.warning(request, warning(kinds))
