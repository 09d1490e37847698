"""A reference number for every request, and errors that show it and nothing else."""

import logging
import secrets
import traceback
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext

from rabta.core.errors import (
    BadInput,
    BrokenLedger,
    Conflict,
    NodeNotReady,
    NotAllowedNow,
    NotFound,
    RabtaError,
    Refused,
    Unscoped,
    fill,
)

log = logging.getLogger("rabta")

API = "/api/"
"""Where programs ask. They are answered in JSON, errors included."""

STATUS: tuple[tuple[type[RabtaError], int], ...] = (
    (Unscoped, 500),
    (NotFound, 404),
    (Refused, 403),
    (Conflict, 409),
    (NotAllowedNow, 409),
    (BadInput, 400),
    (BrokenLedger, 500),
    (NodeNotReady, 503),
)


class Reference:
    """Gives each request a number, keeps pages out of caches, turns errors into pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.reference = secrets.token_hex(4).upper()  # type: ignore[attr-defined]
        response = self.get_response(request)
        response.headers["X-Reference"] = request.reference  # type: ignore[attr-defined]
        if not request.path.startswith("/static/"):
            # Computers are shared: nothing of a page stays behind in them.
            response.headers["Cache-Control"] = "no-store"
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return answer(request, error)


CONTENT = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
"""Content-Security-Policy: nothing from elsewhere, nothing written into a page."""

PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "payment",
        "usb",
    )
)


class Headers:
    """Tells the browser what no page of ours does, so that it refuses what was slipped in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response


def answer(request: HttpRequest, error: Exception) -> HttpResponse | None:
    """The page for an error; None leaves it to Django (its own 404 and the like)."""
    if isinstance(error, RabtaError):
        status = next((code for kind, code in STATUS if isinstance(error, kind)), 500)
        if getattr(error, "why", "") == "sign-in":
            status = 401
        if status >= 500:
            record(request, error)
        return page(request, status, error)
    if isinstance(error, Exception) and type(error).__module__.startswith("django.http"):
        return None
    record(request, error)
    return page(request, 500, RabtaError())


def page(request: HttpRequest, status: int, error: RabtaError) -> HttpResponse:
    """An error as a page, or as JSON for a program. The facts shown are those of a bad input."""
    shown = error if status < 500 else RabtaError()
    said = {
        "code": error.code,
        "message": fill(gettext(shown.template), shown.facts),
        "remedy": fill(gettext(shown.remedy_template), shown.facts),
        "reference": getattr(request, "reference", ""),
    }
    if request.path_info.startswith(API):
        how = {"WWW-Authenticate": "Bearer"} if status == 401 else None
        return JsonResponse({"error": said}, status=status, headers=how)
    response = TemplateResponse(request, "frame/error.html", {"error": said}, status=status)
    try:
        return response.render()
    except Exception as broken:  # the page asks who is there, and the database may be what failed
        record(request, broken)
        words = f"{said['message']} {said['remedy']} {said['reference']}"
        return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")


def record(request: HttpRequest, error: BaseException) -> None:
    """Log where it happened: class and lines, never a message, a body or a parameter."""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    where = " < ".join(
        f"{f.filename.rsplit('/rabta/', 1)[-1]}:{f.lineno}" for f in reversed(frames)
    )
    match = getattr(request, "resolver_match", None)
    log.error(
        "%s %s %s at %s",
        getattr(request, "reference", "-"),
        type(error).__name__,
        match.view_name if match else "-",
        where,
    )
