"""Pages that belong to no room: is the node well, errors."""

from django.db import connections
from django.http import HttpRequest, HttpResponse, JsonResponse

from rabta.core.errors import NotFound, RabtaError, Refused, gettext_noop
from rabta.desk.frame import middleware
from rabta.desk.wall.routes import anyone, needs


@needs(get=anyone())
def healthz(request: HttpRequest) -> HttpResponse:
    """Whether the node answers and reaches its databases. Says nothing else."""
    for name in ("default", "reads"):
        with connections[name].cursor() as cursor:
            cursor.execute("SELECT 1")
    return JsonResponse({"ok": True})


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """No such address; the same words as for a record that may not be known of."""
    return middleware.page(request, 404, NotFound())


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Refused by Django itself."""
    return middleware.page(request, 403, Refused())


def broken(request: HttpRequest) -> HttpResponse:
    """An error outside any view."""
    return middleware.page(request, 500, RabtaError())


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was not asked for here, or one left open too long."""
    return middleware.page(
        request,
        403,
        Refused(
            gettext_noop("This form is out of date."),
            why="csrf",
            remedy=gettext_noop("Go back, load the page again and send it once more."),
        ),
    )
