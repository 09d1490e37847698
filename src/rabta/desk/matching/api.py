"""Look-up for programs: the question in a body, the answer as ``rabta find --json`` gives it."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from rabta.core.access.policies import LOOK_UP_DUTIES
from rabta.desk.frame.api import PROBLEMS, LevelName
from rabta.desk.matching import look_up as looking
from rabta.desk.matching.look_up_json import as_dict
from rabta.desk.wall.routes import api_needs, duty

router = Router(tags=["look-up"])

StrengthName = Annotated[
    str,
    Field(
        description="How well it fits what was asked.",
        json_schema_extra={"enum": [one.name.lower() for one in looking.Strength]},
    ),
]


class Question(Schema):
    """A text, and the case the look-up serves."""

    text: str = Field(
        min_length=1,
        max_length=looking.LONGEST,
        description="A name in any script, a CNIC, phone, passport, plate or case number.",
    )
    case: str = Field(
        min_length=1, max_length=64, description="Number or id of your open case that it serves."
    )


class Whom(Schema):
    """A desk to ask."""

    agency: str
    agency_code: str
    unit: str
    unit_code: str
    phone: str


class FoundCase(Schema):
    """A case that is open to you."""

    id: UUID
    number: str
    kind: str
    role: str = Field(description="What the person is in it; empty for a case by itself.")


class FoundDetail(Schema):
    """One thing that identifies a person. You see it where the person is open in full."""

    kind: str
    text: str
    quality: str


class FoundPerson(Schema):
    """A person whose record is open to you, as far as it is open."""

    id: UUID
    level: LevelName
    why: str = Field(description="The rule that opens it, by its code.")
    strength: StrengthName
    pseudonym: str
    name: str
    details: list[FoundDetail]
    sex: str
    birth_years: str
    cases: list[FoundCase]
    desk: Whom


class FoundDesk(Schema):
    """Another desk holds something: that it does, and how well it fits, is all that is said."""

    strength: StrengthName
    desk: Whom


class Found(Schema):
    """What a look-up found, the best first."""

    kinds: list[str] = Field(description="What the text may be.")
    people: list[FoundPerson]
    cases: list[FoundCase]
    desks: list[FoundDesk]
    more: bool = Field(description="There was more than is shown.")


@router.post(
    "/look-up",
    response={200: Found, **PROBLEMS},
    operation_id="look_up",
    summary="Look a person, a number, a plate or a case up",
)
@api_needs(duty(*LOOK_UP_DUTIES))
def look_up(request: HttpRequest, question: Question) -> dict[str, Any]:
    """Own records as far as they are open; of another agency what it allows, else whom to ask.

    Every look-up is entered in the ledger with the case it serves.
    """
    actor = request.actor  # type: ignore[attr-defined]
    case = looking.case_for(actor, question.case)
    return as_dict(looking.look_up(actor, text=question.text, case=case))
