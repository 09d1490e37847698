"""From a browser signed in or a program with a token to an actor: who, in which posting, today."""

from collections.abc import Callable
from datetime import datetime

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from rabta.core.access.decisions import Actor
from rabta.core.errors import Refused
from rabta.desk.accounts import selectors
from rabta.desk.accounts.models import Posting
from rabta.desk.accounts.rules import SEEN_EVERY
from rabta.desk.accounts.sessions import settled_posting
from rabta.desk.frame.middleware import API, page
from rabta.desk.wall.session import acting

NOBODY = Actor(user=0, duty=None)


class Acting:
    """Puts ``request.actor`` and ``request.posting`` there and opens the wall's session.

    The posting is read anew at each request: from the day it ends it opens nothing, and the
    sign-in that was made in it is over. Nobody slides into another duty of theirs unasked.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            actor, posting = _by_token(request) or _by_session(request)
        except Refused as refusal:
            # A token that opens nothing: nobody acts, not even whose cookie came with it.
            return page(request, 401, refusal)
        if request.path_info.startswith(API) and not actor.user:
            # Who comes as nobody has nothing that a forged form could use, and is told so.
            request.csrf_processing_done = True  # type: ignore[attr-defined]
        request.actor, request.posting = actor, posting  # type: ignore[attr-defined]
        with acting(actor, _action(request)):
            return self.get_response(request)


def _by_token(request: HttpRequest) -> tuple[Actor, Posting] | None:
    """Who calls the API with a token of the command line; None where no token came.

    Raises Refused where the token opens nothing (more). Pages take no token.
    """
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not request.path_info.startswith(API):
        return None
    user, posting = selectors.holder_of(token.strip())
    request.user = user
    # A forged form rides on the cookie that a browser sends by itself; it sends no token so.
    request.csrf_processing_done = True  # type: ignore[attr-defined]
    return selectors.actor_of(user, posting), posting


def _by_session(request: HttpRequest) -> tuple[Actor, Posting | None]:
    if not request.user.is_authenticated:
        return NOBODY, None
    held = selectors.postings_of(request.user)
    chosen = settled_posting(request.session, held)
    posting = next((posting for posting in held if posting.pk == chosen), None)
    if chosen is not None and posting is None:
        logout(request)
        return NOBODY, None
    _seen(request)
    return selectors.actor_of(request.user, posting), posting


def _action(request: HttpRequest) -> str:
    """What entries of the ledger say was asked: the method and the room."""
    parts = request.path_info.split("/")
    room = f"api/{parts[3]}" if request.path_info.startswith(API) and parts[3:] else parts[1]
    return f"{request.method} {room or 'home'}"


def _seen(request: HttpRequest) -> None:
    """Move the end of silence on, once a minute at most: saving is a write."""
    now = timezone.now()
    seen = request.session.get("seen")
    if seen is None or datetime.fromisoformat(seen) + SEEN_EVERY <= now:
        request.session["seen"] = now.isoformat()
