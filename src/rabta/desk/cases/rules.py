"""What a particular says, the keys it is found by, and who may work on a record. Pure."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from rabta.core.access.decisions import Actor
from rabta.core.access.policies import CASE_DUTIES
from rabta.core.errors import BadValue, gettext_noop
from rabta.core.names import NAME_KEY_VERSION, blocking_keys, name_keys
from rabta.core.words.dates import PartialDate
from rabta.core.words.identifiers import (
    IDENTIFIER_KEY_VERSION,
    IdentifierKind,
    case_number,
    identifier_keys,
)
from rabta.core.words.incoming import IncomingParticular
from rabta.core.words.vocabulary import (
    Calendar,
    Duty,
    HandlingCode,
    InformationGrade,
    Particular,
    SourceGrade,
)

NAMES = frozenset({Particular.NAME, Particular.ALIAS})
IDENTIFIERS: Mapping[Particular, IdentifierKind] = {
    Particular.CNIC: IdentifierKind.CNIC,
    Particular.PASSPORT: IdentifierKind.PASSPORT,
    Particular.DOCUMENT: IdentifierKind.PASSPORT,
    Particular.PHONE: IdentifierKind.PHONE,
    Particular.ACCOUNT: IdentifierKind.ACCOUNT,
    Particular.VEHICLE: IdentifierKind.PLATE,
}

WORKING_DUTIES = CASE_DUTIES - {Duty.ANALYST}
"""Duties that write in cases. An analyst reads them."""

WORKED_ON = frozenset({"own-unit", "named", "machine"})
"""Reasons for seeing a record in full that let one write in it: other units' files are read."""

NOTES_OPEN = WORKED_ON | {"published-list"}
"""Reasons that open the notes of a case: free text names people, protected ones too."""


def works_on(actor: Actor, *, agency: int, why: str) -> bool:
    """Whether an actor who sees a record of an agency in full, for a reason, may write in it."""
    if actor.system:
        return True
    return actor.duty in WORKING_DUTIES and actor.agency == agency and why in WORKED_ON


def leads(actor: Actor, *, agency: int, unit: int, owner: bool) -> bool:
    """Whether an actor decides who may know of a case: an owner, or a supervisor of its unit."""
    if actor.agency != agency or actor.duty not in WORKING_DUTIES:
        return False
    return owner or (actor.duty is Duty.SUPERVISOR and unit in actor.units)


@dataclass(frozen=True, slots=True)
class Marking:
    """How good an item is said to be (4×4), and how freely it may travel."""

    source_grade: str = SourceGrade.X
    information_grade: str = InformationGrade.FOUR
    handling: str = HandlingCode.H0
    handling_text: str = ""

    def __post_init__(self) -> None:
        SourceGrade(self.source_grade), InformationGrade(self.information_grade)
        if HandlingCode(self.handling) is HandlingCode.H3 and not self.handling_text.strip():
            raise BadValue(
                gettext_noop("H3 needs a text that says the restriction."),
                remedy=gettext_noop("Write what may not be done with it, or choose another code."),
                field="handling_text",
                value="",
            )

    def fields(self) -> dict[str, str]:
        """As the fields of an item."""
        return {
            "source_grade": str(self.source_grade),
            "information_grade": str(self.information_grade),
            "handling": str(self.handling),
            "handling_text": self.handling_text,
        }


UNMARKED = Marking()
"""Neither graded nor restricted."""


def given_number(*, year: int, count: int) -> str:
    """The number of the n-th case an agency opened in a year."""
    return f"E-{year}-{count:04d}"


def sealed_number(*, year: int, letters: str) -> str:
    """The number of a case that is sealed from the first: a gap in the count would tell of it."""
    return f"E-{year}-{letters}"


def pseudonym(public_id: UUID) -> str:
    """Four signs that stand for a record where its name may not be shown."""
    return sha256(public_id.bytes).hexdigest()[:4].upper()


def badly_formed(particulars: Iterable[IncomingParticular]) -> tuple[Particular, ...]:
    """Kinds of number that nobody can be found by as they are written."""
    found = []
    for particular in particulars:
        if particular.kind in IDENTIFIERS:
            try:
                identifier_keys(IDENTIFIERS[particular.kind], particular.text)
            except BadValue:
                found.append(particular.kind)
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class ClearKey:
    """A key before it is turned into a stored one: its kind, its scheme's version, its text."""

    kind: str
    scheme: int
    text: str


@dataclass(frozen=True, slots=True)
class Detail:
    """An opened particular, as a reader may see it."""

    kind: Particular
    text: str
    date: PartialDate | None = None
    quality: str = ""
    detail: Mapping[str, str] = field(default_factory=dict)

    @property
    def given_on(self) -> str:
        """When the age was given that a birth was counted from; empty for anything else."""
        return self.detail.get("on", "") if self.kind is Particular.BIRTH else ""


def written(particular: IncomingParticular) -> str:
    """A particular as the one text that is sealed; equal particulars make equal texts."""
    said: dict[str, Any] = {"text": particular.text}
    if particular.date is not None:
        said["date"] = {
            "earliest": particular.date.earliest.isoformat(),
            "latest": particular.date.latest.isoformat(),
            "text": particular.date.text,
            "calendar": str(particular.date.calendar),
            "approximate": particular.date.approximate,
        }
    if particular.quality:
        said["quality"] = particular.quality
    if particular.detail:
        said["detail"] = dict(particular.detail)
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read(kind: str, text: str) -> Detail:
    """What ``written`` wrote."""
    said = json.loads(text)
    when = said.get("date")
    return Detail(
        kind=Particular(kind),
        text=said["text"],
        date=PartialDate(
            earliest=date.fromisoformat(when["earliest"]),
            latest=date.fromisoformat(when["latest"]),
            text=when["text"],
            calendar=Calendar(when["calendar"]),
            approximate=when["approximate"],
        )
        if when
        else None,
        quality=said.get("quality", ""),
        detail=said.get("detail", {}),
    )


def incoming(detail: Detail) -> IncomingParticular:
    """A detail that was read, as something to write again."""
    return IncomingParticular(
        kind=detail.kind,
        text=detail.text,
        date=detail.date,
        quality=detail.quality,
        detail=detail.detail,
    )


def date_columns(name: str, when: PartialDate | None) -> dict[str, Any]:
    """A partial date as the columns of a record; no date empties them."""
    return {
        f"{name}_earliest": when.earliest if when else None,
        f"{name}_latest": when.latest if when else None,
        f"{name}_text": when.text[:64] if when else "",
        f"{name}_calendar": str(when.calendar if when else Calendar.GREGORIAN),
        f"{name}_approximate": when is not None and when.approximate,
    }


def date_of(record: Any, name: str, *, written: bool = True) -> PartialDate | None:
    """What ``date_columns`` wrote; the words it came as only where they may be shown."""
    earliest = getattr(record, f"{name}_earliest")
    if earliest is None:
        return None
    return PartialDate(
        earliest=earliest,
        latest=getattr(record, f"{name}_latest"),
        text=getattr(record, f"{name}_text") if written else "",
        calendar=Calendar(getattr(record, f"{name}_calendar")) if written else Calendar.GREGORIAN,
        approximate=getattr(record, f"{name}_approximate"),
    )


def clear_keys(particulars: Iterable[IncomingParticular]) -> frozenset[ClearKey]:
    """All keys a person is found by: of names and aliases, of the father's name, of numbers.

    A number that is not well formed has no key; it is kept as it was written all the same.
    """
    found: set[ClearKey] = set()
    for particular in particulars:
        kind = particular.kind
        if kind in NAMES:
            found |= {ClearKey("name", NAME_KEY_VERSION, key) for key in name_keys(particular.text)}
        elif kind is Particular.FATHER_NAME:
            keys = blocking_keys(particular.text)
            found |= {ClearKey("father", NAME_KEY_VERSION, key) for key in keys}
        elif kind in IDENTIFIERS:
            try:
                keys_of_number = identifier_keys(IDENTIFIERS[kind], particular.text)
            except BadValue:
                continue
            found |= {ClearKey(str(kind), IDENTIFIER_KEY_VERSION, key) for key in keys_of_number}
    return frozenset(found)


def birth_years(particulars: Iterable[IncomingParticular]) -> tuple[int | None, int | None]:
    """The first and last year any of the birth dates may fall in."""
    dates = [p.date for p in particulars if p.kind is Particular.BIRTH and p.date is not None]
    if not dates:
        return None, None
    return min(d.earliest.year for d in dates), max(d.latest.year for d in dates)


def years_of_birth(person: Any) -> str:
    """The years a person may be born in, as text: "1990", "1988–1990"; the known end alone."""
    years = dict.fromkeys((person.birth_year_earliest, person.birth_year_latest))
    return "–".join(str(year) for year in years if year is not None)


NUMBERS = ("number", "fir_number", "enquiry_number")
"""The fields of a case that hold a number somebody may know it by; each has a key beside it."""


def folded_number(text: str) -> str:
    """A case number as it is compared: "FIR 12/2019" and "12/2019" are one.

    One that cannot be read is compared as it stands.
    """
    try:
        return case_number(text).removeprefix("FIR-")
    except BadValue:
        return text.strip()
