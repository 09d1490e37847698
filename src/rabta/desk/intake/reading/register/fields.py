"""The fields that a column of a register can be mapped to."""

from rabta.core.errors import BadFile, gettext_noop
from rabta.core.words.vocabulary import Calendar

FIELDS = (
    "case_key",
    "fir_number",
    "enquiry_number",
    "station",
    "registered",
    "occurred",
    "place",
    "kind",
    "role",
    "name",
    "father_name",
    "alias",
    "sex",
    "birth",
    "age",
    "nationality",
    "cnic",
    "passport",
    "phone",
    "account",
    "vehicle",
    "address",
    "birth_place",
    "note",
    "link_consent",
    "record_key",
)
"""All of them, in the order of a register. A target may add a calendar: "birth:solar_hijri",
or for dates that are written month/day/year: "registered:month_first"."""

CASE_NUMBERS = frozenset({"case_key", "fir_number", "enquiry_number"})
"""What says which case it is: where all of these are blank, the row goes on with the case above."""

CASE_FIELDS = CASE_NUMBERS | {"station", "registered", "occurred", "place", "kind"}
"""What belongs to the case and is filled down."""

DATES = frozenset({"registered", "occurred", "birth"})
"""What may name its calendar, or that its month stands first."""

MONTH_FIRST = "month_first"

MANY = frozenset(
    {"name", "father_name", "alias", "nationality", "cnic", "passport", "phone", "account"}
    | {"vehicle", "address", "note"}
)
"""What several columns may be mapped to; their values are joined by line breaks."""

NOBODYS = CASE_NUMBERS | {"father_name", "cnic", "passport", "phone", "record_key"}
"""What neither a total nor a line of signatures has. (What a total counts may stand anywhere.)"""

CONSTANTS = ("kind", "role")
"""What may be one word for a whole file."""

SHARED = CASE_FIELDS | {"role", "sex", "father_name", "nationality", "address", "birth_place"}
"""What a cell merged over several rows says of each of them.

Never a name, a number that identifies, a birth or a consent: those are one person's own.
"""


def field_of(target: str) -> str:
    """Return the field of a target without its calendar."""
    return target.partition(":")[0]


def calendar_of(target: str) -> Calendar | None:
    """Return the calendar a target names, if any."""
    name = target.partition(":")[2]
    return Calendar(name) if name and name != MONTH_FIRST else None


def month_first(target: str) -> bool:
    """Whether the column writes month/day/year."""
    return target.partition(":")[2] == MONTH_FIRST


def check_target(target: str) -> None:
    """Raise BadFile for a target that is no field, or whose calendar is none."""
    field, colon, calendar = target.partition(":")
    added = field in DATES and calendar in (*Calendar, MONTH_FIRST)
    if field not in FIELDS or (colon and not added):
        raise BadFile(
            gettext_noop("The mapping names the field “{target}”, which there is not."),
            remedy=gettext_noop("Map the columns again."),
            target=target,
        )
