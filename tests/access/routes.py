"""Every address × method × duty, by what it declares and by really asking: ``routes.csv``."""

import re
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.test import Client
from tests.world import World

from rabta.core.words.vocabulary import Duty
from rabta.desk.wall.routes import Need, routes

HEADER = ("address", "method", "needs", "record, level", "served", "refused")
SAMPLES = {
    "int": "999999",
    "str": "none",
    "slug": "none",
    "path": "none",
    "uuid": "00000000-0000-7000-8000-000000000000",
    "uuidstr": "00000000-0000-7000-8000-000000000000",
}
"""What stands in an address for a record: one that is not there."""

OUT, UNPOSTED = "signed-out", "no-duty"
VISITORS = (OUT, UNPOSTED, *(duty.value for duty in Duty))


class Visitors:
    """A browser for each duty, one for somebody without a posting, one that is signed out."""

    def __init__(self, world: World):
        self.users: dict[str, Any] = {OUT: None, UNPOSTED: world.user()}
        for duty in Duty:
            user = world.user()
            world.post(user, "circle_a", duty)
            self.users[duty.value] = user

    def ask(self, who: str, method: str, path: str) -> int:
        """The status of one request, of which nothing stays."""
        client = Client(raise_request_exception=False)
        with transaction.atomic(), transaction.atomic(using="reads"):
            if self.users[who] is not None:
                client.force_login(self.users[who])
            status: int = client.generic(method, path).status_code
            transaction.set_rollback(True)
            transaction.set_rollback(True, using="reads")
        return status


def addresses() -> Iterator[tuple[str, str, Need]]:
    """Every address with each method it declares; the API's operations like all others."""
    for at, view in routes():
        declared: dict[str, Need] = getattr(view, "wall_needs", {})
        for method, need in sorted(declared.items()):
            if method != "HEAD":
                yield _plain(at), method, need


def table(visitors: Visitors) -> list[tuple[str, ...]]:
    """A row for each address and method: what it declares, whom it served, whom it refused."""
    rows = []
    for at, method, need in addresses():
        served, refused = [], []
        for who in VISITORS:
            status = visitors.ask(who, method, path_of(at))
            if status == 405 or status >= 500:
                refused.append(f"{who}:{status}")
            else:
                (refused if _is_refusal(status, need, who) else served).append(who)
        rows.append((at, method, _said(need), _record(need), " ".join(served), " ".join(refused)))
    return [HEADER, *sorted(set(rows))]


def foreseen(need: Need, who: str) -> bool:
    """Whether the declaration alone lets somebody in; the record may still turn them away."""
    if not need.sign_in:
        return True
    if who == OUT:
        return False
    return need.duties is None or (who != UNPOSTED and Duty(who) in need.duties)


def path_of(at: str) -> str:
    """An address with something in its gaps."""
    return "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda gap: SAMPLES[gap[1] or "str"], at)


def _plain(at: str) -> str:
    return at.replace("^", "").replace("$", "")


def _is_refusal(status: int, need: Need, who: str) -> bool:
    return status in {401, 403} or (need.sign_in and who == OUT and status == 302)


def _said(need: Need) -> str:
    if not need.sign_in:
        return "anyone"
    if need.duties is None:
        return "signed in"
    return " ".join(duty.value for duty in Duty if duty in need.duties)


def _record(need: Need) -> str:
    if need.load is None:
        return ""
    return f"{getattr(need.load, '__name__', 'loader')}, {need.level.name.lower()}"
