"""What every page is given."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from rabta.desk.frame.nav import address, links_for, open_address


def frame(request: HttpRequest) -> dict[str, Any]:
    """The actor, the reference number of the request, and the way round the house."""
    actor = getattr(request, "actor", None)
    return {
        "actor": actor,
        "posting": getattr(request, "posting", None),
        "reference": getattr(request, "reference", ""),
        "nav": links_for(actor, request.path),
        "look_up_url": open_address(actor, "look-up", method="POST"),
        "node_name": settings.RABTA.name,
        "exit_url": settings.RABTA.exit_url,
        "frame_here": _way_back(request),
    }


def _way_back(request: HttpRequest) -> str:
    """Where a change of language returns to: this page, if asking for it again shows it."""
    match = request.resolver_match
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    if match is not None and "GET" in getattr(match.func, "wall_needs", {}):
        return request.path
    return address("home") or "/"
