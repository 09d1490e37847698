"""The words people read for the closed lists of this room."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from rabta.core.words.vocabulary import (
    CaseKind,
    HandlingCode,
    InformationGrade,
    Particular,
    Role,
    Sex,
    SourceGrade,
)
from rabta.desk.frame.labels import CALENDAR

KIND = {
    CaseKind.TRAFFICKING: _("Trafficking in persons"),
    CaseKind.SMUGGLING: _("Smuggling of migrants"),
    CaseKind.BOTH: _("Trafficking and smuggling"),
    CaseKind.OTHER: _("Other"),
    CaseKind.LIST: _("Published list"),
}

ROLE = {
    Role.VICTIM: _("Victim"),
    Role.POSSIBLE_VICTIM: _("Possible victim"),
    Role.SMUGGLED_PERSON: _("Smuggled person"),
    Role.WITNESS: _("Witness"),
    Role.REPORTER: _("Reporter"),
    Role.FAMILY: _("Family"),
    Role.SUSPECT: _("Suspect"),
    Role.ACCUSED: _("Accused"),
    Role.CONVICTED: _("Convicted"),
    Role.LISTED: _("Listed"),
}

SEX = {
    Sex.FEMALE: _("Female"),
    Sex.MALE: _("Male"),
    Sex.TRANSGENDER: _("Transgender"),
    Sex.UNKNOWN: _("Not known"),
}

PARTICULAR = {
    Particular.NAME: _("Name"),
    Particular.FATHER_NAME: _("Father’s name"),
    Particular.ALIAS: _("Also known as"),
    Particular.BIRTH: _("Date of birth"),
    Particular.BIRTH_PLACE: _("Place of birth"),
    Particular.CNIC: _("CNIC"),
    Particular.PASSPORT: _("Passport"),
    Particular.DOCUMENT: _("Other document"),
    Particular.PHONE: _("Phone"),
    Particular.ACCOUNT: _("Account"),
    Particular.VEHICLE: _("Vehicle"),
    Particular.ADDRESS: _("Address"),
    Particular.REMARK: _("Remark"),
}

HANDLING = {
    HandlingCode.H0: _("H0: to prevent and fight crime"),
    HandlingCode.H1: _("H1: not in court without permission"),
    HandlingCode.H2: _("H2: not passed on without permission"),
    HandlingCode.H3: _("H3: other restriction, see text"),
}

SOURCE_GRADE = {
    SourceGrade.A: _("A: no doubt about the source"),
    SourceGrade.B: _("B: source mostly reliable"),
    SourceGrade.C: _("C: source mostly unreliable"),
    SourceGrade.X: _("X: source cannot be assessed"),
}

INFORMATION_GRADE = {
    InformationGrade.ONE: _("1: accuracy not in doubt"),
    InformationGrade.TWO: _("2: known to the source, not to the officer"),
    InformationGrade.THREE: _("3: not known to the source, but corroborated"),
    InformationGrade.FOUR: _("4: cannot be corroborated"),
}

FIELD = {
    "kind": _("Kind"),
    "number": _("Number"),
    "fir_number": _("FIR number"),
    "enquiry_number": _("Enquiry number"),
    "station": _("Police station or post"),
    "place": _("Place"),
    "registered": _("Registered on"),
    "registered_earliest": _("Registered on, earliest"),
    "registered_latest": _("Registered on, latest"),
    "registered_text": _("Registered on, as written"),
    "registered_calendar": _("Registered on, calendar"),
    "registered_approximate": _("Registered on, about"),
    "occurred": _("Happened on"),
    "occurred_earliest": _("Happened on, earliest"),
    "occurred_latest": _("Happened on, latest"),
    "occurred_text": _("Happened on, as written"),
    "occurred_calendar": _("Happened on, calendar"),
    "occurred_approximate": _("Happened on, about"),
    "unit": _("Lead unit"),
    "unit_id": _("Lead unit"),
    "sealed": _("Sealed"),
    "closed_on": _("Closed on"),
    "source_grade": _("Grade of the source"),
    "information_grade": _("Grade of the information"),
    "handling": _("Handling code"),
    "handling_text": _("Restriction"),
    "sex": _("Sex"),
    "nationalities": _("Nationalities"),
    "birth_year_earliest": _("Year of birth, earliest"),
    "birth_year_latest": _("Year of birth, latest"),
    "protected": _("Protected"),
    "link_consent": _("Agrees to be matched"),
}

EVENT = {
    "case.opened": _("Case opened"),
    "case.changed": _("Case changed"),
    "case.sealed": _("Case sealed"),
    "case.unsealed": _("Seal taken off"),
    "case.closed": _("Case closed"),
    "case.reopened": _("Case opened again"),
    "person.entered": _("Person entered"),
    "person.changed": _("Person changed"),
    "role.added": _("Role added"),
    "role.removed": _("Role removed"),
}

LISTS: dict[str, dict[Any, Any]] = {
    "kind": KIND,
    "registered_calendar": CALENDAR,
    "occurred_calendar": CALENDAR,
    "sex": SEX,
    "handling": HANDLING,
    "source_grade": SOURCE_GRADE,
    "information_grade": INFORMATION_GRADE,
}
"""Which closed list a stored field's values come from."""


def word(labels: dict[Any, Any], value: Any) -> Any:
    """The word for a stored value; the value itself where a later version has it no more."""
    return next((label for key, label in labels.items() if key == value), value)
