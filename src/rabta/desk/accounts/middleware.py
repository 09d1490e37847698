"""From a signed-in browser to an actor: who, in which posting, today."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from rabta.core.access.decisions import Actor
from rabta.desk.accounts import selectors
from rabta.desk.accounts.models import Posting
from rabta.desk.accounts.rules import SEEN_EVERY
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
        actor, posting = NOBODY, None
        if request.user.is_authenticated:
            held = selectors.postings_of(request.user)
            chosen = request.session.get("posting")
            posting = _posting(held, chosen)
            if chosen is not None and posting is None:
                logout(request)
            else:
                actor = selectors.actor_of(request.user, posting)
                _seen(request)
        request.actor, request.posting = actor, posting  # type: ignore[attr-defined]
        with acting(actor, f"{request.method} {request.path_info.split('/')[1] or 'home'}"):
            return self.get_response(request)


def _posting(held: Sequence[Posting], chosen: int | None) -> Posting | None:
    if chosen is None:
        return held[0] if len(held) == 1 else None
    return next((posting for posting in held if posting.pk == chosen), None)


def _seen(request: HttpRequest) -> None:
    """Move the end of silence on, once a minute at most: saving is a write."""
    now = timezone.now()
    seen = request.session.get("seen")
    if seen is None or datetime.fromisoformat(seen) + SEEN_EVERY <= now:
        request.session["seen"] = now.isoformat()
