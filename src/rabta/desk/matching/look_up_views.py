"""The look-up page. POST only carries the question: a name never stands in an address."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext

from rabta.core.access.decisions import Actor
from rabta.core.access.policies import LOOK_UP_DUTIES
from rabta.core.errors import RabtaError, fill
from rabta.desk.matching import look_up as looking
from rabta.desk.matching.forms import LookUpForm
from rabta.desk.wall.routes import actor_of, duty, needs

LAST = "look-up-case"
"""In the session: the case the last look-up served, offered first at the next, never taken."""

LISTED = 30
"""Open cases that are offered; of more, another is named by its number."""


@needs(get=duty(*LOOK_UP_DUTIES), post=duty(*LOOK_UP_DUTIES))
def look_up(request: HttpRequest) -> HttpResponse:
    """Ask for the text and the case it serves; answer with what the asker may know.

    The box at the head of every page brings a text and no case: then the case is asked for,
    because the ledger notes it as what the asker said.
    """
    actor = actor_of(request)
    chosen = "case" in request.POST or "number" in request.POST
    if not chosen:
        text = request.POST.get("q", "").strip()
        form = _form(request, actor, text=text, focus="case" if text else "q")
        return _page(request, form, asks_case=bool(text))
    form = _form(request, actor, data=request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    text = form.cleaned_data["q"]
    try:
        case = looking.case_for(actor, form.said)
        answer = looking.look_up(actor, text=text, case=case)
    except RabtaError as error:
        fault = {
            "message": fill(gettext(error.template), error.facts),
            "remedy": fill(gettext(error.remedy_template), error.facts),
        }
        return _page(request, form, fault=fault, status=400)
    request.session[LAST] = str(case.public_id)
    return _page(request, _form(request, actor, text=text), answer=answer, serves=case.number)


def _form(
    request: HttpRequest, actor: Actor, *, data: Any = None, text: str = "", focus: str = ""
) -> LookUpForm:
    last = request.session.get(LAST, "")
    cases = looking.open_cases(actor, first=last, most=LISTED + 1)
    cut = len(cases) > LISTED
    return LookUpForm(data, cases=cases[:LISTED], cut=cut, last=last, text=text, focus=focus)


def _page(
    request: HttpRequest, form: LookUpForm, *, status: int = 200, **shown: Any
) -> TemplateResponse:
    return TemplateResponse(
        request, "matching/look_up.html", {"form": form, **shown}, status=status
    )
