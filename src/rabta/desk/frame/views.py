"""Pages that belong to no room: the first page, the language, is the node well, errors."""

from django.conf import settings
from django.db import connections
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from rabta.core.errors import NotFound, RabtaError, Refused, gettext_noop
from rabta.desk.frame import middleware
from rabta.desk.frame.nav import address, links_for
from rabta.desk.wall.routes import anyone, needs, signed_in


@needs(get=signed_in())
def home(request: HttpRequest) -> HttpResponse:
    """Where one stands and what one can do from here."""
    links = links_for(request.actor, request.path)  # type: ignore[attr-defined]
    return render(request, "frame/home.html", {"todo": [link for link in links if not link.here]})


@needs(post=anyone())
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep a language in a cookie and go back; anything unknown changes nothing."""
    wanted, back = request.POST.get("language", ""), request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    response = HttpResponseRedirect(back if safe else address("home") or "/")
    if wanted in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            wanted,
            max_age=365 * 24 * 3600,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


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
