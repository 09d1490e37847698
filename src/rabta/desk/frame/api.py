"""What every answer of the API is made of: levels by name, partial dates, errors."""

from datetime import date
from typing import Annotated, Any

from ninja import Schema
from pydantic import BeforeValidator, Field

from rabta.core.access.levels import Level


def _named(level: Any) -> Any:
    return level.name.lower() if isinstance(level, Level) else level


LevelName = Annotated[
    str,
    BeforeValidator(_named),
    Field(
        description="How far the record is open to you.",
        json_schema_extra={"enum": [level.name.lower() for level in Level]},
    ),
]


class Dated(Schema):
    """A date as far as it is known: the first and the last day it may be."""

    earliest: date
    latest: date
    text: str = Field(description="The words it came as.")
    calendar: str = Field(description="The calendar those words are in.")
    approximate: bool


class Fault(Schema):
    """What went wrong, in words, and under a code that stays the same."""

    code: str
    message: str
    remedy: str
    reference: str = Field(description="Give this number when you ask for help.")


class Problem(Schema):
    """The answer to what was not done."""

    error: Fault


PROBLEMS = dict.fromkeys((400, 401, 403, 404, 409, 500, 503), Problem)
"""What any operation may answer instead: for ``response={200: …, **PROBLEMS}``."""
