"""Routes declare what they need, per method, or they are refused when they are called.

    @needs(get=record(case_by_id, Level.PSEUDONYM), post=record(case_by_id, Level.FULL))
    def case_page(request, case): ...

A need names who may come at all and, where the route is about one record, the loader that finds
it through the wall: the view is handed the record and cannot be handed another. ``Gate`` refuses
any route without needs while the server runs; ``undeclared`` lists them before it starts.
"""

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import URLPattern, URLResolver, get_resolver

from rabta.core.access.decisions import Actor
from rabta.core.access.levels import Level
from rabta.core.errors import NodeNotReady, NotFound, Refused, Unscoped, gettext_noop
from rabta.core.words.vocabulary import Duty
from rabta.desk.wall import hits, session
from rabta.desk.wall.base import Guarded
from rabta.desk.wall.scope import decision_of

Loader = Callable[..., Guarded]
"""``loader(actor, **captured)`` → a record read through the wall; raises NotFound."""

READING = frozenset({"GET", "HEAD"})


@dataclass(frozen=True, slots=True)
class Need:
    """What one method of one route needs of whoever calls it."""

    sign_in: bool = True
    duties: frozenset[Duty] | None = None
    load: Loader | None = None
    level: Level = Level.NOTHING

    def meet(self, actor: Actor, captured: dict[str, Any]) -> Guarded | None:
        """Raise Refused or NotFound where the need is not met; hand over the record if any."""
        if self.duties is not None and actor.duty not in self.duties:
            raise Refused(
                gettext_noop("This page belongs to another duty than yours."),
                why="duty",
                remedy=gettext_noop("Change your duty, or ask someone who has it."),
            )
        if self.load is None:
            return None
        found = self.load(actor, **captured)
        decision = decision_of(found)
        if decision.level < self.level:
            self._deny(actor, found, decision.why)
        return found

    def _deny(self, actor: Actor, found: Guarded, why: str) -> NoReturn:
        """Refuse whoever was told before that the record is there; for others it is not."""
        session.withdraw(actor, found)
        kind = found.Wall.policy  # type: ignore[attr-defined]
        refusal = Refused(why=why) if hits.known(actor.user, kind, found.pk) else NotFound(why=why)
        refusal.record = found  # type: ignore[attr-defined]
        raise refusal


def anyone() -> Need:
    """Nobody need sign in. For the sign-in itself and for ``/healthz``."""
    return Need(sign_in=False)


def signed_in() -> Need:
    """Whoever signed in, in any duty or none: their own sign-ins, their language."""
    return Need()


def duty(*duties: Duty) -> Need:
    """One of these duties."""
    return Need(duties=frozenset(duties))


def record(load: Loader, level: Level, *duties: Duty) -> Need:
    """One record, found by its loader, open to the actor at a level at least."""
    return Need(duties=frozenset(duties) or None, load=load, level=level)


def needs(**methods: Need) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Declare what each method of a view needs; a method that is not named is not allowed."""
    declared = {name.upper(): need for name, need in methods.items()}
    if "GET" in declared:
        declared.setdefault("HEAD", declared["GET"])

    def wrap(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @functools.wraps(view)
        def guarded(request: HttpRequest, **captured: Any) -> HttpResponse:
            need = declared.get(request.method or "")
            if need is None:
                return HttpResponseNotAllowed(sorted(declared))
            if not need.sign_in:
                return view(request, **captured)
            if not request.user.is_authenticated:
                if getattr(guarded, "answers_json", False):
                    raise Refused(gettext_noop("Sign in first."), why="sign-in")
                return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
            try:
                found = need.meet(request.actor, captured)  # type: ignore[attr-defined]
                return view(request, **captured) if found is None else view(request, found)
            except Refused as refusal:
                _note(request.actor, refusal)  # type: ignore[attr-defined]
                raise

        guarded.wall_needs = declared  # type: ignore[attr-defined]
        return guarded

    return wrap


def _note(actor: Actor, refusal: Refused) -> None:
    """Write a refusal to the ledger, now that what it undid is undone.

    A record that was not found is only noted where it is there. A programmer's mistake is none.
    """
    record = getattr(refusal, "record", None)
    if isinstance(refusal, Unscoped) or (isinstance(refusal, NotFound) and record is None):
        return
    session.deny(actor, refusal.why, record)


class Gate:
    """Middleware: a route that declared no needs is not served, whatever a check reported."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> None:
        if not hasattr(view, "wall_needs"):
            raise NodeNotReady(what="this address declares no needs")


def routes(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every address of the node with its view."""
    for entry in (resolver or get_resolver()).url_patterns:
        at = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, at)
        elif isinstance(entry, URLPattern):
            yield at, entry.callback


def undeclared() -> list[str]:
    """Addresses whose view declares no needs. The entry points refuse to start with any."""
    return [at for at, view in routes() if not hasattr(view, "wall_needs")]


def refuse_undeclared() -> None:
    """Stop an entry point that would serve an undeclared route."""
    missing = undeclared()
    if missing:
        raise NodeNotReady(what=f"addresses that declare no needs: {', '.join(missing)}")
