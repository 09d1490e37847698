"""``/api/v1``: what programs may ask. Described by OpenAPI at ``/api/v1/openapi.json``.

A program signs in with the token of ``rabta login``; a page of ours with its cookie, and then
with the guard against forged forms. What is refused is refused as on a page: ninja's own answers
would repeat what was sent, which may be a name.
"""

from typing import Any, NoReturn

from django.conf import settings
from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.renderers import JSONRenderer
from ninja.security import APIKeyCookie, HttpBearer

from rabta.core.access.decisions import Actor
from rabta.core.errors import BadInput, gettext_noop
from rabta.desk.accounts.api import router as accounts
from rabta.desk.cases.api import router as cases
from rabta.desk.matching.api import router as matching
from rabta.desk.wall.routes import sign_in_first


class ByToken(HttpBearer):
    """The token of a sign-in of the command line (``rabta login``)."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        return _signed_in(request)


class ByCookie(APIKeyCookie):
    """The cookie of a browser that is signed in."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        return _signed_in(request)


def _signed_in(request: HttpRequest) -> Actor | None:
    # accounts.middleware has found out who it is; here it is only asked before a body is read.
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor if actor.user else None


class Readable(JSONRenderer):
    """JSON with letters as letters: Urdu is a third of the bytes."""

    json_dumps_params = {"ensure_ascii": False}


def _pass_on(request: HttpRequest, error: Exception) -> NoReturn:
    """Leave an error to frame.middleware, which answers and logs it as every other."""
    raise error


def _bad_request(request: HttpRequest, error: HttpError) -> NoReturn:
    if isinstance(error, AuthenticationError):
        raise sign_in_first() from None
    raise BadInput(
        gettext_noop("The body of the request is not JSON."),
        remedy=gettext_noop("Send it as /api/v1/openapi.json describes it."),
    ) from None


def _not_as_described(request: HttpRequest, error: ValidationError) -> NoReturn:
    """Say which fields and what kind of fault; never what was sent in them."""
    said = dict.fromkeys(f"{_field(one['loc'])} ({one['type']})" for one in error.errors)
    raise BadInput(
        gettext_noop("Not as described: {fields}."),
        remedy=gettext_noop("Send it as /api/v1/openapi.json describes it."),
        fields=", ".join(said),
    ) from None


def _field(where: tuple[Any, ...]) -> str:
    """A field by its name: what stands after where it was sent and what it was sent in."""
    return str(where[-1]) if where else "body"


api = NinjaAPI(
    title="Rabta",
    version="1",
    description="Look up, and read what you may see. The ledger holds what was asked and read.",
    docs_url=None,
    openapi_url="/openapi.json",
    auth=[ByToken(), ByCookie(csrf=False)],
    renderer=Readable(),
)
api.add_exception_handler(Exception, _pass_on)  # type: ignore[arg-type]
api.add_exception_handler(HttpError, _bad_request)  # type: ignore[arg-type]
api.add_exception_handler(ValidationError, _not_as_described)  # type: ignore[arg-type]
for router in (accounts, cases, matching):
    api.add_router("", router)
