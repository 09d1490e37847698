"""Routes declare what they need, per method, or they are refused when they are called.

    @needs(get=record(case_by_id, Level.PSEUDONYM), post=record(case_by_id, Level.FULL))
    def case_page(request, case): ...

A need names who may come at all and, where the route is about one record, the loader that finds
it through the wall: the view is handed the record and cannot be handed another. ``Gate`` refuses
any route without needs while the server runs; ``undeclared`` lists them before it starts.
An operation of the API declares its needs with ``api_needs``; ``declare_api`` marks its address.
"""

import functools
import inspect
import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
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

log = logging.getLogger("rabta")

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

    def admit(self, actor: Actor) -> None:
        """Raise Refused where the actor's duty is none of those that may come."""
        if self.duties is not None and actor.duty not in self.duties:
            raise Refused(
                gettext_noop("This page belongs to another duty than yours."),
                why="duty",
                remedy=gettext_noop("Change your duty, or ask someone who has it."),
            )

    def meet(self, actor: Actor, captured: dict[str, Any]) -> Guarded | None:
        """Raise Refused or NotFound where the need is not met; hand over the record if any."""
        self.admit(actor)
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


def actor_of(request: HttpRequest) -> Actor:
    """Who asks, as the middleware found."""
    return request.actor  # type: ignore[attr-defined,no-any-return]


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
                    raise sign_in_first()
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


def sign_in_first() -> Refused:
    """What a program is told that comes as nobody."""
    return Refused(
        gettext_noop("Sign in first."),
        why="sign-in",
        remedy=gettext_noop("Send the token of a sign-in: Authorization: Bearer TOKEN."),
    )


def api_needs(need: Need) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare what an operation of the API needs: ``operation(request, …)``.

    Where the need is about a record, ``operation(request, record, …)`` is handed it; what the
    loader takes stands in the address instead, and its signature tells ninja of which type.
    """

    def wrap(operation: Callable[..., Any]) -> Callable[..., Any]:
        own = list(inspect.signature(operation).parameters.values())
        taken: list[inspect.Parameter] = []
        if need.load is not None:
            taken = list(inspect.signature(need.load).parameters.values())[1:]
            own = [own[0], *taken, *own[2:]]

        @functools.wraps(operation)
        def guarded(request: HttpRequest, **said: Any) -> Any:
            if not need.sign_in:
                return operation(request, **said)
            with _noting(request):
                captured = {each.name: said.pop(each.name) for each in taken}
                found = need.meet(request.actor, captured)  # type: ignore[attr-defined]
                first = (request,) if found is None else (request, found)
                return operation(*first, **said)

        guarded.__signature__ = inspect.Signature(own)  # type: ignore[attr-defined]
        guarded.wall_need = need  # type: ignore[attr-defined]
        return guarded

    return wrap


def declare_api(api: Any) -> tuple[list[Any], str, str]:
    """The addresses of an API, each marked with what its operations need, for ``path(…)``.

    One operation without needs leaves its whole address unmarked, and so refused; so is what
    ninja mounts by itself, save two: its description needs a sign-in like the rest, and its
    root, by which it knows where it stands, holds nothing.
    """
    # Here and not above: a command that serves nothing starts without it.
    from ninja.openapi.views import default_home, openapi_json
    from ninja.operation import PathView

    patterns, app, namespace = api.urls
    for pattern in patterns:
        view = pattern.callback
        own = getattr(view, "func", None)
        if own is openapi_json:
            pattern.callback = needs(get=signed_in())(view)
            pattern.callback.answers_json = True
        elif own is default_home:
            pattern.callback = needs(get=anyone())(view)
        elif inspect.isfunction(view):
            at = inspect.getclosurevars(view).nonlocals.get("self")
            if isinstance(at, PathView):
                pattern.callback = _declared(view, at.operations)
    return patterns, app, namespace


def _declared(view: Callable[..., Any], operations: Iterable[Any]) -> Callable[..., Any]:
    """A view of ninja's that asks who comes before it reads what they sent."""
    declared: dict[str, Need] = {}
    for operation in operations:
        need = getattr(operation.view_func, "wall_need", None)
        if need is None:
            return view
        declared.update(dict.fromkeys(operation.methods, need))

    @functools.wraps(view)
    def guarded(request: HttpRequest, **captured: Any) -> Any:
        need = declared.get(request.method or "")
        if need is not None and need.sign_in:
            with _noting(request):
                need.admit(request.actor)  # type: ignore[attr-defined]
        return view(request, **captured)

    # Ninja takes a view out of the guard against forged forms. Who comes with a token is let past
    # it by accounts.middleware; who comes with a cookie is not.
    guarded.csrf_exempt = False  # type: ignore[attr-defined]
    guarded.wall_needs = declared  # type: ignore[attr-defined]
    return guarded


@contextmanager
def _noting(request: HttpRequest) -> Iterator[None]:
    """Refuse a program that comes as nobody; enter a refusal of anybody else in the ledger."""
    if not request.user.is_authenticated:
        raise sign_in_first()
    try:
        yield
    except Refused as refusal:
        _note(request.actor, refusal)  # type: ignore[attr-defined]
        raise


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
    ) -> HttpResponse | None:
        if hasattr(view, "wall_needs"):
            return None
        # Answered here: what middleware raises at this point reaches no page for errors.
        refusal = NodeNotReady(what=gettext_noop("this address declares no needs"))
        log.error("%s at an address that declares no needs", type(refusal).__name__)
        return HttpResponse(str(refusal), status=503, content_type="text/plain; charset=utf-8")


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
