"""The review of look-ups, and the searches that the team of a sealed case is told of."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from rabta.core.access.decisions import Actor
from rabta.core.access.policies import CASE_DUTIES
from rabta.core.errors import BadInput
from rabta.core.words.vocabulary import Duty
from rabta.desk.audit import labels, selectors, services
from rabta.desk.audit.forms import VerdictForm
from rabta.desk.frame.notices import done
from rabta.desk.wall.routes import duty, needs

REVIEWERS = duty(Duty.SUPERVISOR, Duty.ANALYST)


@needs(get=REVIEWERS, post=REVIEWERS)
def review(request: HttpRequest) -> HttpResponse:
    """A sample of other agencies' look-ups and what is odd among them; a verdict on each."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if request.method == "POST":
        form = VerdictForm(request.POST)
        if not form.is_valid():
            raise BadInput
        services.review(actor, **form.cleaned_data)
        done(request, gettext("Your verdict is recorded."))
        return redirect("review")
    context = {
        "page": selectors.review_page(actor),
        "verdicts": [(str(word), label) for word, label in labels.SAID.items()],
    }
    return render(request, "audit/review.html", context)


@needs(get=duty(*CASE_DUTIES))
def searches(request: HttpRequest) -> HttpResponse:
    """Who searched for the people of sealed cases that name the reader."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return render(request, "audit/searches.html", {"lines": selectors.searches(actor)})
