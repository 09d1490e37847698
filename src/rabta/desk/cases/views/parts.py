"""What the views of this room share: who asks, the version a form was made from, both sides."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext

from rabta.core.errors import Conflict
from rabta.core.words.dates import PartialDate
from rabta.core.words.incoming import IncomingParticular
from rabta.desk.cases import labels
from rabta.desk.cases.services.cases import CaseEntry
from rabta.desk.cases.services.people import PersonEntry
from rabta.desk.frame.labels import date_in_words

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Side:
    """A field in both versions of a conflict."""

    label: Any
    theirs: str
    yours: str

    @property
    def differs(self) -> bool:
        """Whether the two say different things."""
        return self.theirs != self.yours


def version_of(request: HttpRequest, stands: int) -> int:
    """The version a form was made from; of a form that is yet to be made, the one that stands."""
    text = request.POST.get("version", "")
    if request.method != "POST":
        return stands
    return int(text) if text.isascii() and text.isdigit() else 0


def case_sides(conflict: Conflict, units: dict[str, str]) -> list[Side]:
    """Both versions of a case, field by field."""
    theirs, yours = conflict.facts["theirs"], conflict.facts["yours"]
    names = ("kind", "unit", "fir_number", "enquiry_number", "station", "place", "registered",
             "occurred")  # fmt: skip
    sides = [
        Side(
            labels.FIELD[name],
            _case_word(name, getattr(theirs, name), units),
            _case_word(name, getattr(yours, name), units),
        )
        for name in names
    ]
    return sides + _marking_sides(theirs, yours)


def person_sides(conflict: Conflict) -> list[Side]:
    """Both versions of a person: the closed fields, and each kind of particular."""
    theirs: PersonEntry = conflict.facts["theirs"]
    yours: PersonEntry = conflict.facts["yours"]
    sides = [
        Side(
            labels.FIELD["sex"],
            str(labels.word(labels.SEX, theirs.sex)),
            str(labels.word(labels.SEX, yours.sex)),
        ),
        Side(
            labels.FIELD["nationalities"],
            " ".join(theirs.nationalities) or NOTHING,
            " ".join(yours.nationalities) or NOTHING,
        ),
        Side(labels.FIELD["link_consent"], _yes(theirs.link_consent), _yes(yours.link_consent)),
    ]
    for kind, label in labels.PARTICULAR.items():
        both = [_of_kind(entry, kind) for entry in (theirs, yours)]
        if any(both):
            sides.append(Side(label, both[0] or NOTHING, both[1] or NOTHING))
    return sides


def _marking_sides(theirs: CaseEntry, yours: CaseEntry) -> list[Side]:
    mine, other = yours.marking.fields(), theirs.marking.fields()
    return [
        Side(
            labels.FIELD[name],
            str(labels.word(labels.LISTS.get(name, {}), other[name])) or NOTHING,
            str(labels.word(labels.LISTS.get(name, {}), mine[name])) or NOTHING,
        )
        for name in mine
    ]


def _case_word(name: str, value: Any, units: dict[str, str]) -> str:
    if isinstance(value, PartialDate):
        return date_in_words(value)
    if name == "unit":
        return units.get(str(value), NOTHING)
    if name == "kind":
        return str(labels.word(labels.KIND, value))
    return value or NOTHING


def _yes(value: bool) -> str:
    return gettext("yes") if value else gettext("no")


def _of_kind(entry: PersonEntry, kind: Any) -> str:
    return "; ".join(_shown(each) for each in entry.particulars if each.kind == kind)


def _shown(particular: IncomingParticular) -> str:
    return particular.text or (date_in_words(particular.date) if particular.date else "")
