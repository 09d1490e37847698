"""The words people read for the closed lists of this room."""

from django.utils.translation import gettext_lazy as _

from rabta.desk.audit.rules import Said, Why

WHY = {
    Why.SAMPLE: _("Drawn at random"),
    Why.HEAVY: _("Far more in an hour than usual for this officer"),
    Why.OFF_HOURS: _("At night"),
    Why.AGAIN: _("The same look-up again and again"),
    Why.FAMILY: _("Somebody with the officer's own family name"),
}

SAID = {Said.FINE: _("Fine"), Said.ASK: _("Ask about it")}
