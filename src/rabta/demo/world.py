"""What the demo country consists of: agencies, units, officers, true people, records."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rabta.core.words.incoming import IncomingPerson
from rabta.core.words.vocabulary import AgencyKind, Duty, Sex


class UnitKind(StrEnum):
    """What a unit of an agency is called."""

    HEADQUARTERS = "headquarters"
    ZONE = "zone"
    CIRCLE = "circle"
    POST = "post"
    STATION = "station"
    DESK = "desk"


@dataclass(frozen=True, slots=True)
class DemoUnit:
    """A unit; ``parent`` and ``successor`` are codes, the root's parent is empty.

    ``opened`` and ``closed`` are the first and the last day. ``records`` says what it keeps:
    ``yes`` cases, ``encounters`` only those, empty nothing.
    """

    code: str
    parent: str
    kind: UnitKind
    name: str
    name_ur: str
    place: str
    opened: date
    closed: date | None = None
    successor: str = ""
    records: str = ""

    def open_on(self, day: date) -> bool:
        """Whether the unit existed that day."""
        return self.opened <= day and (self.closed is None or day <= self.closed)


@dataclass(frozen=True, slots=True)
class DemoAgency:
    """An agency with its units, every parent before its children. ``country`` is ISO 3166."""

    code: str
    kind: AgencyKind
    country: str
    name: str
    name_ur: str
    units: tuple[DemoUnit, ...]


@dataclass(frozen=True, slots=True)
class DemoOfficer:
    """A sign-in with one dated posting; ``ends`` is the last day, None where it goes on."""

    login: str
    display_name: str
    agency: str
    unit: str
    duty: Duty
    starts: date
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a name: in Urdu script, and in Latin with the usual spelling first.

    ``slot`` is prefix, given, final, second, female or nickname.
    """

    slot: str
    urdu: str
    latin: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A town, its region, its name in English and Urdu."""

    region: str
    english: str
    urdu: str


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A true person. Empty text means there is none (a child has no CNIC)."""

    number: int
    name: tuple[Part, ...]
    father: tuple[Part, ...]
    sex: Sex
    birth: date
    nationality: str
    home: Place
    cnic: str
    passport: str
    document: str
    phone: str
    nickname: Part | None = None

    @property
    def full_name(self) -> str:
        """The name in the usual Latin spelling."""
        return " ".join(part.latin[0] for part in self.name)

    @property
    def full_name_urdu(self) -> str:
        """The name in Urdu script."""
        return " ".join(part.urdu for part in self.name)


@dataclass(frozen=True, slots=True)
class DemoRecord:
    """One person in one case as an agency recorded it, with the truth behind it.

    ``truth`` is the number of the true person. ``team`` holds the sign-ins of a sealed case and
    is empty otherwise. Records of one case share one ``IncomingCase``.
    """

    person: IncomingPerson
    agency: str
    unit: str
    truth: int
    sealed: bool = False
    team: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The record's key, unique in the country."""
        return self.person.key

    @property
    def consent(self) -> bool:
        """Whether the person agreed that records of them may be linked."""
        return self.person.link_consent
