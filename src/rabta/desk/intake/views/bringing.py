"""Bringing a file in: choose it, say what its columns are, see what it would do, start."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from rabta.core.errors import BadFile, RabtaError
from rabta.desk.frame.components import Tab
from rabta.desk.intake import labels, reading, selectors, services
from rabta.desk.intake.forms import MapForm, NewLoadForm, said
from rabta.desk.intake.models import Load
from rabta.desk.intake.rules import FOR_OTHERS, KINDS, LISTS, OWN, LoadState
from rabta.desk.intake.views.loads import advance
from rabta.desk.intake.views.parts import MINE, REGISTER, count_words, onward, shown_fields, status
from rabta.desk.intake.views.people import people_read
from rabta.desk.wall.routes import actor_of, duty, needs

FORESEEN = 200
"""Items of a file that the preview looks at."""
SHOWN = 10
INLINE_BYTES = 300_000
"""A file of at most so many bytes is loaded while its reader waits."""


@needs(get=duty(*OWN), post=duty(*OWN))
def new(request: HttpRequest) -> HttpResponse:
    """Choose a file; it is looked at as a whole before anything else is asked."""
    actor = actor_of(request)
    asked = request.POST.get("kind") or request.GET.get("kind")
    kind = asked if asked in KINDS else REGISTER
    agencies = selectors.agencies_for(actor, kind=kind)
    making = kind in LISTS and actor.duty in FOR_OTHERS
    form = NewLoadForm(
        request.POST or None, request.FILES or None, kind=kind, agencies=agencies, making=making
    )
    if request.method == "POST" and form.is_valid():
        try:
            load = _received(request, form)
        except RabtaError as error:
            form.add_error("file", said(error))
        else:
            return redirect(onward(load), public_id=load.public_id)
    context = {
        "form": form,
        "kinds": [
            Tab(labels.KIND[one], f"{reverse('load-new')}?kind={one}", here=one == kind)
            for one in KINDS
        ],
        "closed": not agencies and not making,
    }
    return render(request, "intake/new.html", context, status=status(form))


def _received(request: HttpRequest, form: NewLoadForm) -> Load:
    actor, given = actor_of(request), form.cleaned_data
    kind = given["kind"]
    made = given.get("new_code", "")
    agency, unit = services.agency_for(
        actor,
        code=made or given["agency"],
        kind=kind,
        create=bool(made),
        name=given.get("new_name", ""),
    )
    load = services.receive(
        actor,
        agency=agency,
        unit=unit,
        kind=kind,
        file=given["file"],
        file_name=given["file"].name,
        companion=given.get("companion"),
    )
    try:
        if kind == REGISTER:
            services.columns_of(actor, load=load)
        else:
            services.foresee_received(actor, load=load, mapping=None, most=1)
    except BadFile as bad:
        services.fail(actor, load, bad)
        raise
    return load


@needs(get=MINE)
def columns(request: HttpRequest, load: Load) -> HttpResponse:
    """Say what each column of a register is."""
    if load.state != LoadState.MAPPING or load.kind != REGISTER:
        return redirect("load", public_id=load.public_id)
    return _columns_page(request, load, _map_form(request, load))


@needs(get=MINE, post=MINE)
def preview(request: HttpRequest, load: Load) -> HttpResponse:
    """What the file would do, judged by its first rows; nothing is written."""
    if load.state != LoadState.MAPPING:
        return redirect("load", public_id=load.public_id)
    actor = actor_of(request)
    register = load.kind == REGISTER
    if register and request.method == "POST":
        form = _map_form(request, load)
        if not form.is_valid():
            return _columns_page(request, load, form)
        # Kept at once: the page can be opened again, in another language too.
        load = services.choose_columns(actor, load=load, mapping=form.mapping())
    if register and not load.mapping:
        return redirect("load-map", public_id=load.public_id)
    try:
        seen = services.foresee_received(
            actor, load=load, mapping=load.mapping or None, most=FORESEEN
        )
    except BadFile as bad:
        if not register:
            services.fail(actor, load, bad)
            return redirect("load", public_id=load.public_id)
        return _columns_page(request, load, _map_form(request, load), bad=bad)
    context = {
        "load": selectors.line(load),
        "register": register,
        "counts": count_words(seen.counts()),
        "ignored": seen.ignored,
        "all": seen.read + seen.ignored < FORESEEN,
        "people": people_read(seen.first[:SHOWN]),
        "refusals": [
            {"place": labels.place(one.at), "refusal": one, "fields": shown_fields(one)}
            for one in seen.refusals[:SHOWN]
        ],
    }
    return render(request, "intake/preview.html", context)


@needs(post=MINE)
def start(request: HttpRequest, load: Load) -> HttpResponse:
    """Start a load; a small one is through when the answer comes."""
    if load.state != LoadState.MAPPING:
        return redirect("load", public_id=load.public_id)
    if load.kind == REGISTER and not load.mapping:
        return redirect("load-map", public_id=load.public_id)
    begun = services.start(actor_of(request), load=load, mapping=load.mapping or None)
    if services.size_of(begun) <= INLINE_BYTES:
        advance(actor_of(request), begun)
    return redirect("load", public_id=load.public_id)


def _map_form(request: HttpRequest, load: Load) -> MapForm:
    kept = selectors.kept_mapping(load.agency_id, load.kind)
    found = services.columns_of(actor_of(request), load=load, mapping={**kept, **load.mapping})
    proposed = load.mapping or reading.suggest_mapping(found.names, kept=kept)
    return MapForm(request.POST or None, headers=found, proposed=proposed)


def _columns_page(
    request: HttpRequest, load: Load, form: MapForm, *, bad: BadFile | None = None
) -> HttpResponse:
    context = {"form": form, "load": selectors.line(load), "bad": said(bad) if bad else ""}
    return render(request, "intake/columns.html", context, status=422 if bad else status(form))
