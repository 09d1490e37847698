"""What the pages of loads share: whose they are, and how a load and its rows are shown."""

from typing import Any

from rabta.core.access.levels import Level
from rabta.desk.frame.components import Cell
from rabta.desk.intake import labels, reports, services
from rabta.desk.intake.models import Load
from rabta.desk.intake.rules import OWN, LoadState
from rabta.desk.intake.selectors import load_by_id, row_by_id
from rabta.desk.wall.routes import record

MINE = record(load_by_id, Level.FULL, *OWN)
MY_ROW = record(row_by_id, Level.FULL, *OWN)
REGISTER = "agency-return"
HIDDEN = frozenset({services.DOUBLE})
"""Fields of a refused row that its reader is not shown."""


def status(form: Any) -> int:
    """The status of an answer with a form: whether it was refused."""
    return 422 if form.is_bound and form.errors else 200


def onward(load: Load) -> str:
    """The page a load that is not started goes on with."""
    return "load-map" if load.kind == REGISTER else "load-preview"


def state_tag(state: LoadState) -> Cell:
    """Where a load stands, as a tag."""
    return Cell("", tag=labels.STATE[state], tag_kind=labels.STATE_TAG.get(state, ""))


def count_words(counts: dict[str, int]) -> list[tuple[str, int]]:
    """The counts of a load with their words."""
    return [(str(label), counts[name]) for name, label in labels.COUNT.items()]


def shown_fields(refusal: reports.Refusal) -> list[tuple[str, str]]:
    """What a refused row says, by the words for its fields."""
    return [
        (labels.target(name), text) for name, text in refusal.fields.items() if name not in HIDDEN
    ]
