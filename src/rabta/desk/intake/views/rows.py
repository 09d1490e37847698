"""A refused row: mend it, or say that it is no record."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from rabta.desk.frame.notices import done
from rabta.desk.intake import labels, selectors, services
from rabta.desk.intake.forms import MendForm
from rabta.desk.intake.models import LoadRow
from rabta.desk.intake.rules import RowState
from rabta.desk.intake.views.parts import HIDDEN, MY_ROW, status
from rabta.desk.wall.routes import actor_of, needs


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
    return render(request, "intake/mend.html", context, status=status(form))


@needs(post=MY_ROW)
def set_aside(request: HttpRequest, row: LoadRow) -> HttpResponse:
    """Say that a refused row is no record, and count it so."""
    actor = actor_of(request)
    load = selectors.load_of(actor, row)
    services.set_aside(actor, load=load, row=row)
    done(request, gettext("The row is counted with those that are no records."))
    return redirect("load", public_id=load.public_id)
