"""Every component of the frame on one page. An address of the tests alone, never of a node."""

from datetime import date
from pathlib import Path

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from rabta.core.words.dates.partial import PartialDate
from rabta.core.words.vocabulary import Duty
from rabta.desk.frame import components as c
from rabta.desk.frame.notices import done
from rabta.desk.project.urls import handler403, handler404, handler500
from rabta.desk.wall.routes import anyone, duty, needs

__all__ = ["handler403", "handler404", "handler500"]

PAGE = Path(__file__).with_name("gallery.html")


class Sample(forms.Form):
    """A form with one of each kind of field, filled in badly."""

    name = forms.CharField(label="Name", help_text="As it stands in the register, in any script.")
    number = forms.CharField(label="CNIC", required=False)
    born = forms.DateField(label="Born on")
    notes = forms.CharField(label="Notes", widget=forms.Textarea, required=False)
    sex = forms.ChoiceField(
        label="Sex", choices=[("f", "female"), ("m", "male")], widget=forms.RadioSelect
    )
    kind = forms.ChoiceField(label="Kind", choices=[("t", "trafficking"), ("s", "smuggling")])
    sealed = forms.BooleanField(label="Seal this case", required=False, help_text="Named people.")
    file = forms.FileField(label="Register", help_text="Excel or CSV, up to 50 MB.", required=False)


BAD = {"name": "", "born": "31-02-2021", "number": "35202", "kind": "t"}


def table(rows: int = 12) -> c.Table:
    """A table with a column of each kind, in two scripts."""
    names = ("Jehanlal Testpur", "زرتاشیہ نمونہ خان", "Mst. Gulrang Misali", "Sardaraka Nomunai")
    return c.Table(
        caption="People in cases of this circle",
        columns=(
            c.Column("Name"),
            c.Column("Role"),
            c.Column("Case", c.CODE),
            c.Column("First seen", c.DATE),
            c.Column("Cases", c.NUMBER),
        ),
        rows=[
            (
                c.Cell(names[i % 4], url=f"#row-{i}"),
                c.Cell(
                    "victim" if i % 4 == 2 else "accused",
                    tag="protected" if i % 4 == 2 else "",
                    tag_kind="protected",
                ),
                f"{100 + i * 7}/2019",
                date(2019, 1 + i % 12, 1 + i % 28).isoformat(),
                c.Cell(i * 113 if i != 3 else ""),
            )
            for i in range(rows)
        ],
        empty="No people yet.",
    )


def context() -> dict[str, object]:
    """What the gallery shows."""
    return {
        "form": Sample(BAD),
        "table": table(),
        "bare": table(0),
        "pager": c.Pager(previous_url="?before=1", next_url="?after=2", count=1001),
        "tabs": [
            c.Tab("People", "#", here=True, count=12),
            c.Tab("Notes", "#notes", count=3),
            c.Tab("History", "#history"),
        ],
        "crumbs": [c.Crumb("Cases", "#"), c.Crumb("114/2019 نمونہ", "#"), c.Crumb("People")],
        "typed": "زرتاشیہ <b>",
        "exact": PartialDate(date(1988, 3, 4), date(1988, 3, 4), "4 Mar 1988"),
        "about": PartialDate(date(1971, 1, 1), date(1971, 12, 31), "لگ بھگ 1971", approximate=True),
        "span": PartialDate(date(1970, 1, 1), date(1973, 12, 31), "1970–1973"),
    }


@needs(get=anyone(), post=anyone())
def gallery(request: HttpRequest) -> HttpResponse:
    """The page, with a notice of each kind."""
    done(request, "The link is marked “same”.", undo_url="/undo")
    messages.info(request, "The load is running.")
    messages.warning(request, "3 rows were refused.")
    messages.error(request, "The file cannot be read.")
    page = engines["django"].from_string(PAGE.read_text(encoding="utf-8"))
    return HttpResponse(page.render(context(), request))


@needs(post=duty(Duty.INVESTIGATOR))
def officers_only(request: HttpRequest) -> HttpResponse:
    """A page of one duty, that is sent to."""
    return HttpResponse("")


@needs(get=anyone())
def gallery_deeper(request: HttpRequest, deeper: str) -> HttpResponse:
    """A page below another, for the way round."""
    return HttpResponse(deeper)


urlpatterns = [
    path("gallery", gallery, name="gallery"),
    path("here/", gallery, name="gallery-room"),
    path("look-up-here", officers_only, name="officers-only"),
    path("here/<str:deeper>", gallery_deeper, name="gallery-deeper"),
    path("", include("rabta.desk.project.urls")),
]
