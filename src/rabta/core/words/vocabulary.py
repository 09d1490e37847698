"""Closed lists of the field's own terms. The values are stored; the labels are translated."""

from enum import StrEnum


class CaseKind(StrEnum):
    """What a case is about. ``list`` is a published list (for instance of sanctions)."""

    TRAFFICKING = "trafficking"
    SMUGGLING = "smuggling"
    BOTH = "both"
    OTHER = "other"
    LIST = "list"


class Role(StrEnum):
    """What a person is in a case. One person may hold several roles, also in one case."""

    VICTIM = "victim"
    POSSIBLE_VICTIM = "possible_victim"
    SMUGGLED_PERSON = "smuggled_person"
    WITNESS = "witness"
    REPORTER = "reporter"
    FAMILY = "family"
    SUSPECT = "suspect"
    ACCUSED = "accused"
    CONVICTED = "convicted"
    LISTED = "listed"


PROTECTED_ROLES = frozenset(
    {
        Role.VICTIM,
        Role.POSSIBLE_VICTIM,
        Role.SMUGGLED_PERSON,
        Role.WITNESS,
        Role.REPORTER,
        Role.FAMILY,
    }
)
"""Whoever holds one of these anywhere is protected everywhere; so is whoever holds none at all."""


class Sex(StrEnum):
    """Sex or gender as recorded (GLOTIP, HTCDS)."""

    FEMALE = "female"
    MALE = "male"
    TRANSGENDER = "transgender"
    UNKNOWN = "unknown"


class Particular(StrEnum):
    """What can identify a person. Each is stored apart from the person, encrypted."""

    NAME = "name"
    FATHER_NAME = "father_name"
    ALIAS = "alias"
    BIRTH = "birth"
    BIRTH_PLACE = "birth_place"
    CNIC = "cnic"
    PASSPORT = "passport"
    DOCUMENT = "document"
    PHONE = "phone"
    ACCOUNT = "account"
    VEHICLE = "vehicle"
    ADDRESS = "address"
    REMARK = "remark"


class Verdict(StrEnum):
    """What a human says of a proposed link."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"
    CANNOT_COMPARE = "cannot_compare"


class HandlingCode(StrEnum):
    """Europol handling codes, version 1. H3 needs a text that says the restriction."""

    H0 = "H0"
    H1 = "H1"
    H2 = "H2"
    H3 = "H3"


class SourceGrade(StrEnum):
    """4×4, the source: A no doubt … X cannot be assessed (Europol Regulation, art. 29)."""

    A = "A"
    B = "B"
    C = "C"
    X = "X"


class InformationGrade(StrEnum):
    """4×4, the information: 1 accuracy not in doubt … 4 cannot be corroborated."""

    ONE = "1"
    TWO = "2"
    THREE = "3"
    FOUR = "4"


class Calendar(StrEnum):
    """The calendar a date was written in; all are kept as Gregorian intervals."""

    GREGORIAN = "gregorian"
    SOLAR_HIJRI = "solar_hijri"
    HIJRI = "hijri"
    BIKRAM_SAMBAT = "bikram_sambat"


class AgencyKind(StrEnum):
    """What sort of body an agency is (after the data dictionary; HTCDS org_Type maps to it)."""

    FEDERAL_LE = "federal_le"
    PROVINCIAL_POLICE = "provincial_police"
    RAILWAYS_POLICE = "railways_police"
    NGO = "ngo"
    SHELTER = "shelter"
    HEALTH = "health"
    CENTRAL_GOV = "central_gov"
    LOCAL_GOV = "local_gov"
    IMMIGRATION = "immigration"
    LEGAL = "legal"
    PROSECUTION = "prosecution"
    COURT = "court"
    IO = "io"
    FOREIGN_LE = "foreign_le"
    EMBASSY = "embassy"
    LIST_OWNER = "list_owner"


class Duty(StrEnum):
    """What a person acts as, one at a time, in a dated posting."""

    CLERK = "clerk"
    INVESTIGATOR = "investigator"
    HELP_DESK = "help_desk"
    SUPERVISOR = "supervisor"
    PROSECUTOR = "prosecutor"
    LIAISON = "liaison"
    ANALYST = "analyst"
    CASE_WORKER = "case_worker"
    PROGRAMME = "programme"
    OBSERVER = "observer"
    STEWARD = "steward"


class SystemDuty(StrEnum):
    """What the machine acts as where it must reach rows that no person may read."""

    LINKER = "linker"
    INDEXER = "indexer"
    LOADER = "loader"
    KEEPER = "keeper"
    WATCHER = "watcher"
    HISTORIAN = "historian"
    VERIFIER = "verifier"
