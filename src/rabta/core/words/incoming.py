"""What a record looks like on its way in, whatever file or program it comes from.

Readers make these, the demo country makes these, the door of intake takes these.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from rabta.core.words.dates import PartialDate
from rabta.core.words.vocabulary import Calendar, CaseKind, Particular, Role, Sex


@dataclass(frozen=True, slots=True)
class IncomingParticular:
    """One identifying detail as the source gives it.

    ``text`` is the value as written; ``date`` holds the reading of a birth date. ``quality`` is
    the source's own word for it ("Good", "Low", "weak"), kept as it is. ``detail`` holds what
    belongs to it (issuing country, note), each a short text.
    """

    kind: Particular
    text: str
    date: PartialDate | None = None
    quality: str = ""
    detail: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class IncomingCase:
    """A case as the source gives it. ``key`` is stable in the source (an FIR number and year)."""

    key: str
    kind: CaseKind
    number: str
    fir_number: str = ""
    enquiry_number: str = ""
    station: str = ""
    registered: PartialDate | None = None
    occurred: PartialDate | None = None
    place: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class IncomingPerson:
    """A person in a role in a case, as one row or one element of the source gives it.

    ``key`` is the source's own stable reference for this person, so that the same file twice
    changes nothing. ``at`` says where it stands in the file ("row 17", "individual 3").
    """

    key: str
    at: str
    case: IncomingCase
    role: Role
    particulars: tuple[IncomingParticular, ...]
    sex: Sex = Sex.UNKNOWN
    nationalities: tuple[str, ...] = ()
    note: str = ""
    link_consent: bool = False


def as_text(person: IncomingPerson) -> str:
    """An incoming person as one text, to be kept until it is applied. ``from_text`` reads it."""
    return json.dumps(asdict(person), ensure_ascii=False, separators=(",", ":"), default=_plain)


def from_text(text: str) -> IncomingPerson:
    """What ``as_text`` wrote."""
    said = json.loads(text)
    case = said.pop("case")
    return IncomingPerson(
        **{
            **said,
            "case": IncomingCase(
                **{
                    **case,
                    "kind": CaseKind(case["kind"]),
                    "registered": _date(case["registered"]),
                    "occurred": _date(case["occurred"]),
                }
            ),
            "role": Role(said["role"]),
            "sex": Sex(said["sex"]),
            "nationalities": tuple(said["nationalities"]),
            "particulars": tuple(
                IncomingParticular(
                    kind=Particular(one["kind"]),
                    text=one["text"],
                    date=_date(one["date"]),
                    quality=one["quality"],
                    detail=one["detail"],
                )
                for one in said["particulars"]
            ),
        }
    )


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} does not travel")


def _date(said: Mapping[str, Any] | None) -> PartialDate | None:
    if said is None:
        return None
    return PartialDate(
        earliest=date.fromisoformat(said["earliest"]),
        latest=date.fromisoformat(said["latest"]),
        text=said["text"],
        calendar=Calendar(said["calendar"]),
        approximate=said["approximate"],
    )
