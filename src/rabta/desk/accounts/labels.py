"""The words people read for the closed lists of this room; duties stand in the frame."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from rabta.core.access.levels import Level
from rabta.core.words.vocabulary import AgencyKind, Duty
from rabta.desk.accounts.rules import UnitKind
from rabta.desk.frame.labels import DUTY as DUTIES

AGENCY_KINDS: dict[AgencyKind, Any] = {
    AgencyKind.FEDERAL_LE: _("Federal law enforcement"),
    AgencyKind.PROVINCIAL_POLICE: _("Provincial police"),
    AgencyKind.RAILWAYS_POLICE: _("Railways police"),
    AgencyKind.NGO: _("Non-governmental organisation"),
    AgencyKind.SHELTER: _("Shelter"),
    AgencyKind.HEALTH: _("Health service"),
    AgencyKind.CENTRAL_GOV: _("Federal or central government"),
    AgencyKind.LOCAL_GOV: _("Provincial or local government"),
    AgencyKind.IMMIGRATION: _("Immigration"),
    AgencyKind.LEGAL: _("Legal aid"),
    AgencyKind.PROSECUTION: _("Prosecution service"),
    AgencyKind.COURT: _("Court"),
    AgencyKind.IO: _("International organisation"),
    AgencyKind.FOREIGN_LE: _("Law enforcement of another country"),
    AgencyKind.EMBASSY: _("Embassy"),
    AgencyKind.LIST_OWNER: _("Publisher of a list"),
}

UNIT_KINDS: dict[UnitKind, Any] = {
    UnitKind.HEADQUARTERS: _("Headquarters"),
    UnitKind.ZONE: _("Zone"),
    UnitKind.CIRCLE: _("Circle"),
    UnitKind.POST: _("Post"),
    UnitKind.STATION: _("Station"),
    UnitKind.DESK: _("Desk"),
}

LEVELS: dict[Level, Any] = {
    Level.NOTHING: _("Nothing"),
    Level.HIT: _("That there is a record, and whom to ask"),
    Level.PSEUDONYM: _("Kind, year and sex, without a name"),
    Level.OPERATIONAL: _("What the work is about, without a name"),
    Level.FULL: _("Everything"),
}


__all__ = [
    "AGENCY_KINDS",
    "DUTIES",
    "LEVELS",
    "UNIT_KINDS",
    "agency_kind_label",
    "duty_label",
    "level_label",
    "unit_kind_label",
]


def duty_label(value: str) -> Any:
    """The word for a stored duty; the stored value where a later version has it no more."""
    return DUTIES[Duty(value)] if value in set(Duty) else value


def agency_kind_label(value: str) -> Any:
    """The word for a stored kind of agency."""
    return AGENCY_KINDS[AgencyKind(value)] if value in set(AgencyKind) else value


def unit_kind_label(value: str) -> Any:
    """The word for a stored kind of unit."""
    return UNIT_KINDS[UnitKind(value)] if value in set(UnitKind) else value


def level_label(value: int) -> Any:
    """The words for a stored level."""
    return LEVELS[Level(value)]
