"""What a load did, line by line: on the page with the values, in the file without them."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext

from rabta.core.errors import BadValue, fill
from rabta.desk.intake import labels
from rabta.desk.intake.models import Load

HIDDEN = "…"
TELLS_NOTHING = frozenset({"field", "first", "most", "least"})
"""Facts of an error that quote nothing of the row."""


def refusal_text(fields: Mapping[str, str], error: BadValue, *, person: str = "") -> str:
    """A refused row as it is sealed: its raw values, and the error that can be shown again.

    ``person`` is its reading (words.incoming.as_text) where only its key stands in the way.
    """
    return json.dumps(
        {
            "fields": dict(fields),
            "message": error.template,
            "remedy": error.remedy_template,
            "facts": {name: str(value) for name, value in error.facts.items()},
            **({"person": person} if person else {}),
        },
        ensure_ascii=False,
    )


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refused row as its reader may see it, in the reader's language."""

    at: str
    fields: Mapping[str, str]
    message: str
    remedy: str
    field: str
    person: str = ""


def refusal(at: str, text: str) -> Refusal:
    """Open what ``refusal_text`` wrote."""
    said = json.loads(text)
    facts = translated(said["facts"])
    return Refusal(
        at=at,
        fields=said["fields"],
        message=fill(gettext(said["message"]), facts),
        remedy=fill(gettext(said["remedy"]), facts),
        field=said["facts"].get("field", ""),
        person=said.get("person", ""),
    )


def translated(facts: Mapping[str, str]) -> dict[str, Any]:
    """Facts with the name of the field in the reader's language."""
    return {
        name: labels.target(value) if name == "field" else value for name, value in facts.items()
    }


def masked(at: str, text: str) -> Refusal:
    """A refusal for a file that leaves the node: why and what to do, never what stood there."""
    said = json.loads(text)
    shown = {
        name: value if name in TELLS_NOTHING else HIDDEN for name, value in said["facts"].items()
    }
    facts = translated(shown)
    return Refusal(
        at=at,
        fields={},
        message=fill(gettext(said["message"]), facts),
        remedy=fill(gettext(said["remedy"]), facts),
        field=said["facts"].get("field", ""),
    )


def as_csv(lines: Iterable[Sequence[str]]) -> str:
    """Lines as a CSV that a spreadsheet opens without running anything of it."""
    file = io.StringIO()
    csv.writer(file).writerows([[safe_cell(cell) for cell in line] for line in lines])
    return "\ufeff" + file.getvalue()


def safe_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def without_values(text: str) -> dict[str, str]:
    """A refusal for the report file: which field and what to do, never what stood there."""
    said = json.loads(text)
    facts = dict(said["facts"])
    for name in facts:
        if name not in TELLS_NOTHING:
            facts[name] = HIDDEN
    return {
        "field": said["facts"].get("field", ""),
        "message": fill(said["message"], facts),
        "remedy": fill(said["remedy"], facts),
    }


def path_of(load: Load) -> Path:
    """Where the report of a load is."""
    folder: Path = settings.RABTA.data_dir / "reports"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / f"{load.public_id}.json"


def counts(load: Load) -> dict[str, int]:
    """The numbers of a load; they reconcile: read = the sum of the others."""
    return {
        "read": load.read,
        "loaded": load.loaded,
        "unchanged": load.unchanged,
        "updated": load.updated,
        "refused": load.refused,
    }
