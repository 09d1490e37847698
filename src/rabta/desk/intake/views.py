"""Pages of loads: choose a file, map its columns, see what it would do, load, mend, undo."""

import time
from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from rabta.core.access.decisions import Actor
from rabta.core.access.levels import Level
from rabta.core.errors import BadFile, BadValue, RabtaError
from rabta.core.words import identifiers
from rabta.core.words.dates import PartialDate
from rabta.core.words.incoming import IncomingPerson
from rabta.core.words.vocabulary import Calendar, Particular
from rabta.desk.cases import labels as cases
from rabta.desk.frame.components import CODE, DATE, NUMBER, Cell, Column, Tab, Table
from rabta.desk.frame.labels import CALENDAR
from rabta.desk.frame.notices import done
from rabta.desk.intake import labels, reading, reports, selectors, services
from rabta.desk.intake.forms import MapForm, MendForm, NewLoadForm, said
from rabta.desk.intake.models import Load, LoadRow
from rabta.desk.intake.rules import FOR_OTHERS, KINDS, LISTS, OWN, LoadState, RowState
from rabta.desk.intake.selectors import load_by_id, row_by_id
from rabta.desk.wall.routes import actor_of, duty, needs, record

MINE = record(load_by_id, Level.FULL, *OWN)
MY_ROW = record(row_by_id, Level.FULL, *OWN)

FORESEEN = 200
"""Items of a file that the preview looks at."""
SHOWN = 10
INLINE_BYTES = 300_000
INLINE_SECONDS = 4.0
"""A small file is loaded while its reader waits; what is left then, and larger ones, the worker
takes."""
REGISTER = "agency-return"


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
            return redirect(_onward(load), public_id=load.public_id)
    context = {
        "form": form,
        "kinds": [
            Tab(labels.KIND[one], f"{reverse('load-new')}?kind={one}", here=one == kind)
            for one in KINDS
        ],
        "closed": not agencies and not making,
    }
    return render(request, "intake/new.html", context, status=_status(form))


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
def page(request: HttpRequest, load: Load) -> HttpResponse:
    """What a load did, line by line; one on its way is sent on to where it stands."""
    line = selectors.line(load)
    if line.state == LoadState.MAPPING:
        return redirect(_onward(load), public_id=load.public_id)
    if line.running:
        return redirect("load-progress", public_id=load.public_id)
    actor = actor_of(request)
    refused = selectors.refused_rows(actor, load)
    context = {
        "load": line,
        "kind": labels.KIND.get(line.kind, line.kind),
        "state": _state(line.state),
        "counts": _counts(line.counts),
        "refused": [
            {
                "id": row.public_id,
                "place": labels.place(row.refusal.at),
                "refusal": row.refusal,
                "fields": _shown_fields(row.refusal),
                "expires": row.expires_on,
            }
            for row in refused
        ],
        "more_refused": line.counts["refused"] - len(refused),
        "ignored": selectors.ignored_rows(actor, load),
        "undone": services.undone(actor, load),
        "applied": line.state == LoadState.APPLIED,
        "nothing_stands": line.state in {LoadState.UNDONE, LoadState.CANCELLED},
    }
    return render(request, "intake/load.html", context)


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
        "counts": _counts(seen.counts()),
        "ignored": seen.ignored,
        "all": seen.read + seen.ignored < FORESEEN,
        "people": _people(seen.first[:SHOWN]),
        "refusals": [
            {"place": labels.place(one.at), "refusal": one, "fields": _shown_fields(one)}
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
        _advance(actor_of(request), begun)
    return redirect("load", public_id=load.public_id)


@needs(get=MINE)
def progress(request: HttpRequest, load: Load) -> HttpResponse:
    """How far a load is; with ``part`` in the address that alone, for the page to refresh."""
    line = selectors.line(load)
    if not line.running and "part" not in request.GET:
        return redirect("load", public_id=load.public_id)
    counts = line.counts
    context = {
        "load": line,
        "state": _state(line.state),
        "counts": _counts(counts),
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
        _advance(actor_of(request), load)
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


@needs(get=MY_ROW, post=MY_ROW)
def mend(request: HttpRequest, row: LoadRow) -> HttpResponse:
    """Mend a refused row and load it; what is still wrong is said again."""
    actor = actor_of(request)
    load = selectors.load_of(actor, row)
    if row.state != RowState.REFUSED or not row.sealed:
        return redirect("load", public_id=load.public_id)
    shown = selectors.refused_row(actor, row)
    form = MendForm(request.POST or None, refusal=shown.refusal, hidden=HIDDEN)
    if request.method == "POST" and form.is_valid():
        wrong = services.mend(actor, load=load, row=row, fields=form.values())
        if wrong is None:
            done(request, gettext("The row is mended and loaded."))
            return redirect("load", public_id=load.public_id)
        form.refuse(wrong)
    context = {
        "form": form,
        "load": selectors.line(load),
        "row": shown,
        "place": labels.place(shown.refusal.at),
    }
    return render(request, "intake/mend.html", context, status=_status(form))


@needs(post=MY_ROW)
def set_aside(request: HttpRequest, row: LoadRow) -> HttpResponse:
    """Say that a refused row is no record, and count it so."""
    actor = actor_of(request)
    load = selectors.load_of(actor, row)
    services.set_aside(actor, load=load, row=row)
    done(request, gettext("The row is counted with those that are no records."))
    return redirect("load", public_id=load.public_id)


HIDDEN = frozenset({services.DOUBLE})


def _status(form: Any) -> int:
    return 422 if form.is_bound and form.errors else 200


def _onward(load: Load) -> str:
    return "load-map" if load.kind == REGISTER else "load-preview"


def _map_form(request: HttpRequest, load: Load) -> MapForm:
    kept = selectors.kept_mapping(load.agency_id, load.kind)
    found = services.columns_of(actor_of(request), load=load, mapping={**kept, **load.mapping})
    proposed = load.mapping or reading.suggest_mapping(found.names, kept=kept)
    return MapForm(request.POST or None, headers=found, proposed=proposed)


def _columns_page(
    request: HttpRequest, load: Load, form: MapForm, *, bad: BadFile | None = None
) -> HttpResponse:
    context = {"form": form, "load": selectors.line(load), "bad": said(bad) if bad else ""}
    status = 422 if bad else _status(form)
    return render(request, "intake/columns.html", context, status=status)


class _Later(Exception):
    """The reader has waited long enough."""


def _advance(actor: Actor, load: Load) -> None:
    """Go on with a load for a few seconds; the worker does the rest."""
    ends = time.monotonic() + INLINE_SECONDS

    def enough(now: Load) -> None:
        if time.monotonic() > ends:
            raise _Later

    try:
        services.advance(actor, load=load, progress=enough)
    except (_Later, BadFile):
        return  # a file that cannot be read is noted on the load, whose page comes next


def _state(state: LoadState) -> Cell:
    return Cell("", tag=labels.STATE[state], tag_kind=labels.STATE_TAG.get(state, ""))


def _counts(counts: dict[str, int]) -> list[tuple[str, int]]:
    return [(str(label), counts[name]) for name, label in labels.COUNT.items()]


def _shown_fields(refusal: reports.Refusal) -> list[tuple[str, str]]:
    return [
        (labels.target(name), text) for name, text in refusal.fields.items() if name not in HIDDEN
    ]


def _people(people: list[IncomingPerson]) -> Table:
    """The first people as they are read: what a wrong column or calendar would spoil."""
    columns = (
        Column(gettext("Name")),
        Column(gettext("Father’s name")),
        Column(gettext("Role")),
        Column(gettext("Case number"), CODE),
        Column(gettext("Registered on")),
        Column(gettext("Date of birth")),
        Column(gettext("CNIC"), CODE),
        Column(gettext("Phone"), CODE),
        Column(gettext("Where in the file")),
    )
    rows = [
        (
            _first(person, Particular.NAME),
            _first(person, Particular.FATHER_NAME),
            str(cases.ROLE[person.role]),
            person.case.number,
            _day_read(person.case.registered) if person.case.registered else "",
            _births_read(person),
            _numbers_read(person, Particular.CNIC, identifiers.cnic),
            _numbers_read(person, Particular.PHONE, identifiers.phone),
            labels.place(person.at),
        )
        for person in people
    ]
    return Table(gettext("First people of the file, as they are read"), columns, rows,
                 gettext("None."))  # fmt: skip


def _first(person: IncomingPerson, kind: Particular) -> str:
    return next((one.text for one in person.particulars if one.kind == kind), "")


def _beside(texts: Iterable[str]) -> SafeString:
    """Texts beside each other, each in its own direction."""
    return format_html_join(" · ", "<bdi>{}</bdi>", ((text,) for text in texts))


def _day_read(day: PartialDate) -> SafeString:
    """A date as it is read; its calendar if it is another, its text if that says it otherwise."""
    calendar = str(CALENDAR[day.calendar]) if day.calendar is not Calendar.GREGORIAN else ""
    return _beside(text for text in dict.fromkeys((day.show(), calendar, day.text)) if text)


def _births_read(person: IncomingPerson) -> SafeString:
    births = [one for one in person.particulars if one.kind == Particular.BIRTH]
    return format_html_join(
        " · ", "{}", ((_day_read(one.date) if one.date else one.text,) for one in births)
    )


def _numbers_read(
    person: IncomingPerson, kind: Particular, read: Callable[[str], str]
) -> SafeString:
    """Numbers in the form by which they are compared; one that has none, as it is written."""
    found = []
    for one in person.particulars:
        if one.kind == kind:
            try:
                found.append(read(one.text))
            except BadValue:
                found.append(one.text)
    return _beside(found)
