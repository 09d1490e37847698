"""What every page is given."""

from typing import Any

from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, Any]:
    """The actor, the reference number of the request, and the way round the house."""
    return {
        "actor": getattr(request, "actor", None),
        "posting": getattr(request, "posting", None),
        "reference": getattr(request, "reference", ""),
    }
