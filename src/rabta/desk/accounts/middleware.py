"""From a signed-in browser to an actor: who, in which posting, today."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from rabta.core.access.decisions import Actor
from rabta.desk.accounts import selectors
from rabta.desk.wall.session import acting

NOBODY = Actor(user=0, duty=None)


class Acting:
    """Puts ``request.actor`` and ``request.posting`` there and opens the wall's session.

    The posting is read anew at each request: from the day it ends it opens nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        actor, posting = NOBODY, None
        if request.user.is_authenticated:
            held = selectors.postings_of(request.user)
            chosen = request.session.get("posting")
            posting = next((p for p in held if p.pk == chosen), held[0] if held else None)
            actor = selectors.actor_of(request.user, posting)
        request.actor, request.posting = actor, posting  # type: ignore[attr-defined]
        with acting(actor, f"{request.method} {request.path_info.split('/')[1] or 'home'}"):
            return self.get_response(request)
