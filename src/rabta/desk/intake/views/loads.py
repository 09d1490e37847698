"""The list of loads; what a load did; how far it is; stopping it and taking it back."""

import time

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from rabta.core.access.decisions import Actor
from rabta.core.errors import BadFile
from rabta.desk.frame.components import DATE, NUMBER, Cell, Column, Pager, Table
from rabta.desk.frame.notices import done
from rabta.desk.intake import labels, reports, selectors, services
from rabta.desk.intake.models import Load
from rabta.desk.intake.rules import OWN, LoadState
from rabta.desk.intake.views.parts import MINE, count_words, onward, shown_fields, state_tag
from rabta.desk.wall.routes import actor_of, duty, needs

CASES = 100
"""Cases on a page of those that a load touched."""
INLINE_SECONDS = 4.0
"""Seconds a reader waits for a small load; what is left then, the worker takes."""


@needs(get=duty(*OWN))
def index(request: HttpRequest) -> HttpResponse:
    """The loads the reader may see, the latest first."""
    found = selectors.loads(actor_of(request))
    columns = (
        Column(gettext("File")),
        Column(gettext("Agency")),
        Column(gettext("Begun"), DATE),
        Column(gettext("State")),
        *(Column(label, NUMBER) for label in labels.COUNT.values()),
    )
    rows = [
        (
            Cell(one.file_name, reverse("load", args=[one.public_id])),
            one.agency,
            timezone.localtime(one.begun).strftime("%Y-%m-%d %H:%M"),
            labels.STATE[one.state],
            *(one.counts[name] for name in labels.COUNT),
        )
        for one in found
    ]
    empty = gettext("No file has been brought in yet.")
    table = Table(gettext("Files brought in"), columns, rows, empty)
    return render(request, "intake/list.html", {"table": table})


@needs(get=MINE)
def page(request: HttpRequest, load: Load) -> HttpResponse:
    """What a load did, line by line; one on its way is sent on to where it stands."""
    line = selectors.line(load)
    if line.state == LoadState.MAPPING:
        return redirect(onward(load), public_id=load.public_id)
    if line.running:
        return redirect("load-progress", public_id=load.public_id)
    actor = actor_of(request)
    refused = selectors.refused_rows(actor, load)
    context = {
        "load": line,
        "kind": labels.KIND.get(line.kind, line.kind),
        "state": state_tag(line.state),
        "counts": count_words(line.counts),
        "refused": [
            {
                "id": row.public_id,
                "place": labels.place(row.refusal.at),
                "refusal": row.refusal,
                "fields": shown_fields(row.refusal),
                "expires": row.expires_on,
            }
            for row in refused
        ],
        "more_refused": line.counts["refused"] - len(refused),
        "ignored": selectors.ignored_rows(actor, load),
        "cases": selectors.cases_of(actor, load),
        "undone": services.undone(actor, load),
        "applied": line.state == LoadState.APPLIED,
        "nothing_stands": line.state in {LoadState.UNDONE, LoadState.CANCELLED},
    }
    return render(request, "intake/load.html", context)


@needs(get=MINE)
def cases(request: HttpRequest, load: Load) -> HttpResponse:
    """The cases a load touched, a page of them at a time."""
    asked = request.GET.get("after", "")
    after = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else -1
    found = selectors.cases_of(actor_of(request), load, after=after, most=CASES)
    later = f"?after={found.later}" if found.later is not None else ""
    context = {"load": selectors.line(load), "cases": found, "pager": Pager(next_url=later)}
    return render(request, "intake/cases.html", context)


@needs(get=MINE)
def progress(request: HttpRequest, load: Load) -> HttpResponse:
    """How far a load is; with ``part`` in the address that alone, for the page to refresh."""
    line = selectors.line(load)
    if not line.running and "part" not in request.GET:
        return redirect("load", public_id=load.public_id)
    counts = line.counts
    context = {
        "load": line,
        "state": state_tag(line.state),
        "counts": count_words(counts),
        "applied": counts["loaded"] + counts["unchanged"] + counts["updated"],
        "to_apply": counts["read"] - counts["refused"],
        "known": line.state == LoadState.APPLYING,
        "stop_asked": load.stop_asked,
    }
    part = "intake/parts/progress.html" if "part" in request.GET else "intake/progress.html"
    return render(request, part, context)


@needs(get=MINE, post=MINE)
def stop(request: HttpRequest, load: Load) -> HttpResponse:
    """Stop a load; what it had applied is taken back."""
    if request.method == "POST":
        services.ask_to_stop(actor_of(request), load=load)
        done(request, gettext("The load was asked to stop."))
        return redirect("load", public_id=load.public_id)
    return render(request, "intake/stop.html", {"load": selectors.line(load)})


@needs(get=MINE, post=MINE)
def undo(request: HttpRequest, load: Load) -> HttpResponse:
    """Take a load back, after seeing what that means."""
    if request.method == "POST":
        services.undo(actor_of(request), load=load)
        advance(actor_of(request), load)
        return redirect("load", public_id=load.public_id)
    line = selectors.line(load)
    context = {"load": line, "brought": line.counts["loaded"], "changed": line.counts["updated"]}
    return render(request, "intake/undo.html", context)


@needs(get=MINE)
def report(request: HttpRequest, load: Load) -> HttpResponse:
    """The report as a table to keep: places and reasons, none of the values."""
    text = reports.as_csv(selectors.report_lines(actor_of(request), load))
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="load-{load.public_id}.csv"'
    return response


class _Later(Exception):
    """The reader has waited long enough."""


def advance(actor: Actor, load: Load) -> None:
    """Go on with a load for a few seconds; the worker does the rest."""
    ends = time.monotonic() + INLINE_SECONDS

    def enough(now: Load) -> None:
        if time.monotonic() > ends:
            raise _Later

    try:
        services.advance(actor, load=load, progress=enough)
    except (_Later, BadFile):
        return  # a file that cannot be read is noted on the load, whose page comes next
