"""Who one is, for programs."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from rabta.desk.frame.api import PROBLEMS
from rabta.desk.wall.routes import api_needs, signed_in

router = Router(tags=["sign-in"])


class Place(Schema):
    """An agency or a unit of one."""

    code: str
    name: str


class Me(Schema):
    """Who is signed in, and in which posting. Without one there is no duty and nothing to see."""

    login: str
    name: str
    duty: str | None
    agency: Place | None
    unit: Place | None
    until: date | None = Field(description="The day the posting ends; null while none is set.")


@router.get(
    "/me", response={200: Me, **PROBLEMS}, operation_id="me", summary="Who you are signed in as"
)
@api_needs(signed_in())
def me(request: HttpRequest) -> dict[str, Any]:
    """Yourself, your duty, your unit."""
    user, posting = request.user, request.posting  # type: ignore[attr-defined]
    unit = posting.unit if posting else None
    return {
        "login": user.login,  # type: ignore[union-attr]
        "name": user.name,  # type: ignore[union-attr]
        "duty": posting.duty if posting else None,
        "agency": {"code": unit.agency.code, "name": str(unit.agency)} if unit else None,
        "unit": {"code": unit.code, "name": str(unit)} if unit else None,
        "until": posting.valid_to if posting else None,
    }
