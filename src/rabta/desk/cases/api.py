"""Cases for programs, as far as the reader may see them."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from rabta.core.access.levels import Level
from rabta.core.access.policies import CASE_DUTIES
from rabta.core.words.vocabulary import CaseKind
from rabta.desk.cases import selectors
from rabta.desk.cases.models import Case
from rabta.desk.cases.selectors.loaders import case_by_id
from rabta.desk.frame.api import PROBLEMS, Dated, LevelName
from rabta.desk.wall.routes import api_needs, duty, record

router = Router(tags=["cases"])

MOST = 200
"""Cases in one answer."""


class Line(Schema):
    """A case in a list. Below the level operational it has a pseudonym for its number."""

    id: UUID = Field(validation_alias="public_id")
    level: LevelName
    number: str
    kind: str
    agency: str
    unit: str
    registered: Dated | None
    station: str
    people: int = Field(description="How many people in it you may know of.")
    sealed: bool
    closed_on: date | None


class Lines(Schema):
    """A page of cases, the latest first."""

    cases: list[Line] = Field(validation_alias="lines")
    count: int = Field(description="How many there are; it stops at 1,001.")
    older: UUID | None = Field(description="For ``before``, to read on; null at the end.")
    newer: UUID | None = Field(description="For ``after``, to read back; null at the start.")


class Member(Schema):
    """Somebody who works on a case."""

    user: UUID
    name: str
    lead: bool
    owner: bool


class Note(Schema):
    """A note in a case."""

    text: str
    at: datetime
    by: str
    grade: str
    handling: str
    handling_text: str


class InCase(Schema):
    """A person in a case. Below the level full a pseudonym is all there is for a name."""

    id: UUID = Field(validation_alias="public_id")
    level: LevelName
    why: str
    pseudonym: str
    name: str
    father_name: str
    numbers: list[str]
    sex: str
    born: str
    nationalities: list[str]
    protected: bool
    roles: list[str]
    handling: list[str]


class Whole(Schema):
    """A case, as far as it is open to you: what is not open is empty."""

    id: UUID = Field(validation_alias="public_id")
    version: int
    level: LevelName
    why: str
    number: str
    kind: str
    agency: str
    unit: str
    fir_number: str
    enquiry_number: str
    station: str
    place: str
    registered: Dated | None
    occurred: Dated | None
    closed_on: date | None
    sealed: bool
    grade: str
    handling: str
    handling_text: str
    strictest: str = Field(description="The strictest handling code of all that is shown.")
    people: list[InCase]
    more_people: UUID | None = Field(description="For ``people_after``; null at the end.")
    notes: list[Note]
    team: list[Member]


@router.get(
    "/cases",
    response={200: Lines, **PROBLEMS},
    operation_id="list_cases",
    summary="The cases you may see",
)
@api_needs(duty(*CASE_DUTIES))
def list_cases(
    request: HttpRequest,
    kind: CaseKind | None = None,
    status: Literal["open", "closed"] | None = None,
    own_units: bool = False,
    before: UUID | None = None,
    after: UUID | None = None,
    size: Annotated[int, Query(ge=1, le=MOST)] = selectors.PAGE,
) -> selectors.CaseList:
    """A page at a time: ``before`` gives what was entered before that case, ``after`` after it."""
    return selectors.case_list(
        request.actor,  # type: ignore[attr-defined]
        kind=kind or "",
        status=status or "",
        own_unit=own_units,
        before=before,
        after=after,
        size=size,
    )


@router.get(
    "/cases/{uuid:public_id}",
    response={200: Whole, **PROBLEMS},
    operation_id="read_case",
    summary="One case with the people in it",
)
@api_needs(record(case_by_id, Level.PSEUDONYM, *CASE_DUTIES))
def read_case(
    request: HttpRequest, case: Case, people_after: UUID | None = None
) -> selectors.CasePage:
    """Fifty of its people at a time; what was read is entered in the ledger."""
    return selectors.case_page(
        request.actor,  # type: ignore[attr-defined]
        case,
        people_after=people_after,
    )
