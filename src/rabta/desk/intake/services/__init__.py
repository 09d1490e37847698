"""Verbs of intake: begin a load, stage it, apply it, stop it, mend a row, take it back."""

from rabta.desk.intake.services.applying import advance, ask_to_stop, undo
from rabta.desk.intake.services.beginning import (
    agency_for,
    begin,
    keep_mapping,
    may_load,
    receive,
    start,
)
from rabta.desk.intake.services.foreseeing import Foreseen, foresee
from rabta.desk.intake.services.mending import mend, remove_expired

__all__ = [
    "Foreseen",
    "advance",
    "agency_for",
    "ask_to_stop",
    "begin",
    "foresee",
    "keep_mapping",
    "may_load",
    "mend",
    "receive",
    "remove_expired",
    "start",
    "undo",
]
