"""The look-up page. POST only carries the question: a name never stands in an address."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext

from rabta.core.access.policies import LOOK_UP_DUTIES
from rabta.core.errors import RabtaError, fill
from rabta.desk.matching import look_up as looking
from rabta.desk.wall.routes import duty, needs

CURRENT = "look-up-case"
"""In the session: the case the last look-up served, offered first at the next."""


@needs(get=duty(*LOOK_UP_DUTIES), post=duty(*LOOK_UP_DUTIES))
def look_up(request: HttpRequest) -> HttpResponse:
    """Ask for the text and the case it serves; answer with what the asker may know."""
    actor = request.actor  # type: ignore[attr-defined]
    text = request.POST.get("q", "")
    chosen = request.POST.get("case") or request.session.get(CURRENT, "")
    shown: dict[str, Any] = {"q": text, "chosen": chosen, "cases": looking.open_cases(actor)}
    status = 200
    if request.method == "POST" and text.strip() and chosen:
        try:
            case = looking.case_for(actor, chosen)
            shown["answer"] = looking.look_up(actor, text=text, case=case)
            shown["serves"] = case.number
            request.session[CURRENT] = str(case.public_id)
            shown["chosen"] = str(case.public_id)
        except RabtaError as error:
            status = 400
            shown["fault"] = {
                "message": fill(gettext(error.template), error.facts),
                "remedy": fill(gettext(error.remedy_template), error.facts),
            }
    elif request.method == "POST":
        shown["ask_case"] = bool(text.strip())
    return TemplateResponse(request, "matching/look_up.html", shown, status=status)
