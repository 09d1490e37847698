"""The list of proposed links, one link to be judged, the judgements and their undo."""

from collections.abc import Mapping
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from rabta.core.access.levels import Level
from rabta.core.access.policies import JUDGING_DUTIES
from rabta.core.errors import BadValue, Conflict
from rabta.core.words.vocabulary import Verdict
from rabta.desk.frame.components import Crumb, Pager
from rabta.desk.frame.notices import done
from rabta.desk.matching import labels, selectors, services
from rabta.desk.matching.comparing import compared
from rabta.desk.matching.forms import Filter, VerdictForm
from rabta.desk.matching.models import Judgement, Proposal
from rabta.desk.wall.routes import actor_of, duty, needs, record

JUDGES = duty(*JUDGING_DUTIES)
ONE_PROPOSAL = record(selectors.proposal_by_id, Level.FULL, *JUDGING_DUTIES)
ONE_JUDGEMENT = record(selectors.judgement_by_id, Level.FULL, *JUDGING_DUTIES)


@needs(get=JUDGES)
def link_list(request: HttpRequest) -> HttpResponse:
    """The links to be judged, those the reader can compare first."""
    form = Filter(request.GET)
    found = selectors.link_list(actor_of(request), **form.asked())  # type: ignore[arg-type]
    kept = form.kept()

    def address(**at: UUID | None) -> str:
        where = {name: str(value) for name, value in at.items() if value}
        return "?" + urlencode(kept | where) if where else ""

    context = {
        "filter": form,
        "kept": _query(kept),
        "links": found.lines,
        "pager": Pager(address(before=found.previous), address(after=found.next), found.count),
        "run": selectors.latest_run(actor_of(request)),
    }
    return render(request, "matching/links.html", context)


@needs(get=ONE_PROPOSAL)
def link(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Two records side by side, why they may be one person, and the four answers."""
    return _link_page(request, proposal)


@needs(post=ONE_PROPOSAL)
def judge(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Take down what the judge says, offer to undo it, go on to the next link."""
    actor = actor_of(request)
    form = VerdictForm(request.POST)
    if not form.is_valid():
        raise BadValue(field="verdict", value=request.POST.get("verdict", "")[:40])
    pair = (proposal.left_id, proposal.right_id)
    try:
        judgement = services.judge(
            actor,
            pair=pair,
            verdict=Verdict(form.cleaned_data["verdict"]),
            version=form.cleaned_data["version"],
        )
    except Conflict:
        now = selectors.proposal_by_id(actor, public_id=proposal.public_id)
        return _link_page(request, now, conflict=True)
    kept = Filter(request.GET).kept()
    undo = _address("judgement-undo", kept, public_id=judgement.public_id)
    said = labels.VERDICT[Verdict(judgement.verdict)]
    done(request, gettext("Judged: {verdict}.").format(verdict=said), undo_url=undo)
    if selectors.conflicting_at(actor, pair=pair):
        messages.warning(
            request, gettext("This contradicts what was judged before. Look at the judgements.")
        )
        return redirect("judgement-list")
    following = selectors.next_after(actor, proposal, **kept)
    if following is None:
        return redirect(_address("link-list", kept))
    return redirect(_address("link", kept, public_id=following))


@needs(get=JUDGES)
def judgement_list(request: HttpRequest) -> HttpResponse:
    """What was judged, and what cannot all be true."""
    before = Filter({"before": request.GET.get("before", "")}).asked().get("before")
    found = selectors.judgement_list(actor_of(request), before=before)  # type: ignore[arg-type]
    context = {
        "judgements": found.lines,
        "conflicting": found.conflicting,
        "pager": Pager(next_url=f"?before={found.older}" if found.older else ""),
        "crumbs": _crumbs(gettext("Judgements"), {}),
    }
    return render(request, "matching/judgements.html", context)


@needs(post=ONE_JUDGEMENT)
def undo(request: HttpRequest, judgement: Judgement) -> HttpResponse:
    """Take a judgement back; its link is open again."""
    actor = actor_of(request)
    services.undo_judgement(actor, public_id=judgement.public_id)
    messages.success(request, gettext("The judgement is undone. It stays in the list."))
    back = selectors.proposal_of(actor, pair=(judgement.left_id, judgement.right_id))
    if back is None:
        return redirect("judgement-list")
    return redirect(_address("link", Filter(request.GET).kept(), public_id=back))


def _link_page(request: HttpRequest, proposal: Proposal, *, conflict: bool = False) -> HttpResponse:
    actor = actor_of(request)
    shown = selectors.link_of(actor, proposal)
    kept = Filter(request.GET).kept()
    context = {
        "kept": _query(kept),
        "link": shown,
        "rows": compared(shown),
        "history": selectors.judgements_of(actor, pair=shown.pair),
        "conflicting": selectors.conflicting_at(actor, pair=shown.pair),
        "conflict": conflict,
        "answers": [
            (number, str(word), label, labels.VERDICT_HINT[word])
            for number, (word, label) in enumerate(labels.VERDICT.items(), start=1)
        ],
        "crumbs": _crumbs(gettext("Two records"), kept),
    }
    return render(request, "matching/link.html", context, status=409 if conflict else 200)


def _crumbs(here: str, kept: Mapping[str, str]) -> list[Crumb]:
    return [Crumb(gettext("Links"), _address("link-list", kept)), Crumb(here)]


def _address(name: str, kept: Mapping[str, str], **of: UUID) -> str:
    """An address of this room that carries the filter on, from link to link."""
    return reverse(name, kwargs=of) + _query(kept)


def _query(kept: Mapping[str, str]) -> str:
    return "?" + urlencode(kept) if kept else ""
