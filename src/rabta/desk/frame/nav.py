"""The way round the house: one list of rooms, of which each reader is shown those open to them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, ResolverMatch, resolve, reverse
from django.utils.translation import gettext_lazy

from rabta.core.access.decisions import Actor
from rabta.core.words.vocabulary import Duty


@dataclass(frozen=True, slots=True)
class NavItem:
    """A room: what it is called, its address by name, and what one does there.

    ``duties`` narrows whom it is shown to; it opens nothing. What the address itself needs
    (wall/routes.py) is asked besides, so no one is shown a door that is closed to them.
    """

    label: Any
    url_name: str
    duties: frozenset[Duty] | None = None
    hint: Any = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A room as it is drawn for one reader; ``here`` where the page shown lies in it."""

    label: str
    url: str
    hint: str
    here: bool


ITEMS: tuple[NavItem, ...] = (
    NavItem(gettext_lazy("Home"), "home"),
    NavItem(
        gettext_lazy("Look up"),
        "look-up",
        hint=gettext_lazy("Ask who knows a person, a number or a vehicle."),
    ),
    NavItem(
        gettext_lazy("Cases"),
        "case-list",
        hint=gettext_lazy("List, read and enter cases and the people in them."),
    ),
    NavItem(
        gettext_lazy("Links"),
        "link-list",
        hint=gettext_lazy("Judge whether two records speak of the same person."),
    ),
    NavItem(
        gettext_lazy("Load a file"),
        "loads",
        hint=gettext_lazy("Bring in a register or a list; mend refused rows; undo a load."),
    ),
    NavItem(
        gettext_lazy("Review of look-ups"),
        "review",
        hint=gettext_lazy("See a sample of look-ups of another agency, and what is odd."),
    ),
    NavItem(
        gettext_lazy("Searches of sealed cases"),
        "searches",
        hint=gettext_lazy("See who looked up people of sealed cases that name you."),
    ),
    NavItem(
        gettext_lazy("Agencies"),
        "agencies",
        hint=gettext_lazy("Agencies, their units, people and postings."),
    ),
    NavItem(
        gettext_lazy("People at my units"),
        "my-units",
        hint=gettext_lazy("See who is posted where you oversee."),
    ),
    NavItem(
        gettext_lazy("My sign-ins"),
        "my-sign-ins",
        hint=gettext_lazy("See where you are signed in, and end any of them."),
    ),
)
"""Every room, in the order in which it is shown. A room whose address is not there is left out."""


def links_for(
    actor: Actor | None, path: str, items: tuple[NavItem, ...] = ITEMS
) -> tuple[Link, ...]:
    """The rooms open to an actor (nobody who is not signed in), the one ``path`` lies in marked."""
    if actor is None or not actor.user:
        return ()
    shown = tuple(_open_to(actor, items))
    inside = [url for _, url in shown if url != "/" and path.startswith(url)]
    here = max(inside, key=len) if inside else path
    return tuple(Link(str(item.label), url, str(item.hint), url == here) for item, url in shown)


def open_address(actor: Actor | None, url_name: str, *, method: str = "GET") -> str:
    """An address by its name, or nothing where no app has it or it is closed to the actor."""
    url = address(url_name)
    return url if url and actor is not None and _admits(resolve(url), actor, method) else ""


def _open_to(actor: Actor, items: tuple[NavItem, ...]) -> Iterator[tuple[NavItem, str]]:
    for item in items:
        url = address(item.url_name)
        if url and _fits(item, resolve(url), actor):
            yield item, url


def address(url_name: str) -> str:
    """The address of a name, or nothing where no app has it."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def _fits(item: NavItem, match: ResolverMatch, actor: Actor) -> bool:
    if item.duties is not None and actor.duty not in item.duties:
        return False
    return _admits(match, actor, "GET")


def _admits(match: ResolverMatch, actor: Actor, method: str) -> bool:
    need = getattr(match.func, "wall_needs", {}).get(method)
    return need is not None and (need.duties is None or actor.duty in need.duties)
