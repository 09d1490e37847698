"""The words people read for the closed lists of this room."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from rabta.core.words.vocabulary import Calendar
from rabta.desk.frame.labels import CALENDAR
from rabta.desk.intake.reading import outcome
from rabta.desk.intake.rules import LoadState, TakenBack

KIND = {
    "agency-return": _("Register of an agency (.xlsx or CSV)"),
    "un-consolidated": _("UN Security Council consolidated list (XML)"),
    "ofac": _("US Treasury SDN list, individuals (CSV)"),
}

STATE = {
    LoadState.MAPPING: _("not started"),
    LoadState.STAGING: _("being read"),
    LoadState.STAGED: _("read, not applied yet"),
    LoadState.APPLYING: _("being applied"),
    LoadState.APPLIED: _("loaded"),
    LoadState.CANCELLED: _("stopped"),
    LoadState.UNDOING: _("being taken back"),
    LoadState.UNDONE: _("taken back"),
    LoadState.FAILED: _("could not be read"),
}

STATE_TAG = {
    LoadState.APPLIED: "good",
    LoadState.FAILED: "warning",
    LoadState.UNDOING: "warning",
}

COUNT = {
    "read": _("Read"),
    "loaded": _("Loaded"),
    "unchanged": _("Unchanged"),
    "updated": _("Updated"),
    "refused": _("Refused"),
}

FIELD = {
    "case_key": _("Case number of the agency"),
    "fir_number": _("FIR number"),
    "enquiry_number": _("Enquiry number"),
    "station": _("Police station or post"),
    "registered": _("Registered on"),
    "occurred": _("Happened on"),
    "place": _("Place"),
    "kind": _("Kind of case"),
    "role": _("Role of the person"),
    "name": _("Name"),
    "father_name": _("Father’s name"),
    "alias": _("Also known as"),
    "sex": _("Sex"),
    "birth": _("Date of birth"),
    "age": _("Age"),
    "nationality": _("Nationality"),
    "cnic": _("CNIC"),
    "passport": _("Passport"),
    "phone": _("Phone"),
    "account": _("Account"),
    "vehicle": _("Vehicle"),
    "address": _("Address"),
    "birth_place": _("Place of birth"),
    "note": _("Note on the case"),
    "link_consent": _("Agrees to be matched"),
    "record_key": _("Key of the row"),
}

MONTH_FIRST = _("month before day")

NO_RECORD: Mapping[str, Any] = {
    outcome.BLANK: _("blank"),
    outcome.HEADER: _("header"),
    outcome.REPEATED_HEADER: _("the header repeated"),
    outcome.ABOVE_HEADER: _("title above the header"),
    outcome.COLUMN_NUMBERS: _("numbers of the columns"),
    outcome.TOTAL: _("total"),
    outcome.SIGNED: _("who prepared or checked it"),
    outcome.SAID: _("said to be no record"),
    outcome.NOTHING_MAPPED: _("nothing in the mapped columns"),
    outcome.NOT_MAPPED: _("column without a mapping: not loaded"),
    outcome.OTHER_SHEET: _("another sheet: not read; load it as a file of its own"),
    outcome.NOT_A_PERSON: _("not a person"),
    outcome.END_MARK: _("end-of-file mark"),
    outcome.ALIAS_WITHOUT_PERSON: _("alias of a number that is not in the list"),
    TakenBack.REMOVED: _("taken back: removed"),
    TakenBack.RESTORED: _("taken back: as it was before"),
    TakenBack.KEPT: _("kept: somebody worked on it since"),
}


def target(name: str) -> str:
    """The word for a field, with its calendar where it names one."""
    field, _colon, added = name.partition(":")
    label = str(FIELD.get(field, field))
    if not added:
        return label
    way = MONTH_FIRST if added == "month_first" else CALENDAR.get(Calendar(added), added)
    return f"{label} ({way})"


_PLACES = (
    (re.compile(r"row (\d+)"), _("row {}")),
    (re.compile(r"rows (\d+–\d+)"), _("rows {}")),
    (re.compile(r"individual (\d+)"), _("individual {}")),
    (re.compile(r"entity (\d+)"), _("entity {}")),
    (re.compile(r"column ([A-Z]+)"), _("column {}")),
    (re.compile(r"sheet “(.*)”?"), _("sheet “{}”")),
)


def place(at: str) -> str:
    """Where in a file something stands, in the reader's language."""
    for pattern, words in _PLACES:
        if found := pattern.fullmatch(at):
            return str(words).format(found[1].removesuffix("”"))
    return at


def why(code: str) -> Any:
    """Why a row is no record."""
    return NO_RECORD.get(code, code)
