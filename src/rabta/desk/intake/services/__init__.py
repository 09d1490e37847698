"""Verbs of intake: begin a load, stage it, apply it, stop it, mend a row, take it back."""

from rabta.desk.intake.services.applying import advance, ask_to_stop, undo
from rabta.desk.intake.services.beginning import (
    agency_for,
    begin,
    keep_mapping,
    may_load,
    receive,
    start,
    without_people,
)
from rabta.desk.intake.services.foreseeing import (
    Foreseen,
    choose_columns,
    columns_of,
    foresee,
    foresee_received,
    mapping_of,
    size_of,
)
from rabta.desk.intake.services.mending import DOUBLE, mend, remove_expired, set_aside
from rabta.desk.intake.services.staging import fail
from rabta.desk.intake.services.taking_back import Undone, undone

__all__ = [
    "DOUBLE",
    "Foreseen",
    "Undone",
    "advance",
    "agency_for",
    "ask_to_stop",
    "begin",
    "choose_columns",
    "columns_of",
    "fail",
    "foresee",
    "foresee_received",
    "keep_mapping",
    "mapping_of",
    "may_load",
    "mend",
    "receive",
    "remove_expired",
    "set_aside",
    "size_of",
    "start",
    "undo",
    "undone",
    "without_people",
]
