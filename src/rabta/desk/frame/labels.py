"""The words people read for closed lists that every page speaks of: duties, levels, reasons."""

from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from rabta.core.access.levels import Level
from rabta.core.words.dates import PartialDate
from rabta.core.words.vocabulary import Calendar, Duty, HandlingCode

DUTY = {
    Duty.CLERK: gettext_lazy("Clerk"),
    Duty.INVESTIGATOR: gettext_lazy("Investigating officer"),
    Duty.HELP_DESK: gettext_lazy("Help-desk officer"),
    Duty.SUPERVISOR: gettext_lazy("Supervisor"),
    Duty.PROSECUTOR: gettext_lazy("Prosecutor"),
    Duty.LIAISON: gettext_lazy("Liaison officer"),
    Duty.ANALYST: gettext_lazy("Analyst"),
    Duty.CASE_WORKER: gettext_lazy("Case worker"),
    Duty.PROGRAMME: gettext_lazy("Programme officer"),
    Duty.OBSERVER: gettext_lazy("Observer"),
    Duty.STEWARD: gettext_lazy("Steward"),
}

CALENDAR = {
    Calendar.GREGORIAN: gettext_lazy("Gregorian"),
    Calendar.SOLAR_HIJRI: gettext_lazy("Solar Hijri"),
    Calendar.HIJRI: gettext_lazy("Hijri"),
    Calendar.BIKRAM_SAMBAT: gettext_lazy("Bikram Sambat"),
}

LEVEL = {
    Level.NOTHING: pgettext_lazy("what a reader may see", "nothing"),
    Level.HIT: pgettext_lazy("what a reader may see", "hit only"),
    Level.PSEUDONYM: pgettext_lazy("what a reader may see", "without names"),
    Level.OPERATIONAL: pgettext_lazy("what a reader may see", "facts of the case"),
    Level.FULL: pgettext_lazy("what a reader may see", "in full"),
}

HANDLING = {
    HandlingCode.H0: gettext_lazy("May be used to prevent and fight crime."),
    HandlingCode.H1: gettext_lazy("Not in court without permission of the agency that gave it."),
    HandlingCode.H2: gettext_lazy("Not passed on without permission of the agency that gave it."),
    HandlingCode.H3: gettext_lazy("Other restrictions apply; read them before use."),
}

# The sentences stand in core, which knows no language; here they are marked for translation.
REASON = {
    "named": gettext_lazy("You are named in this case."),
    "own-unit": gettext_lazy("Your unit holds this record."),
    "own-agency": gettext_lazy("Your agency holds this record."),
    "published-list": gettext_lazy("This stands on a published list."),
    "machine": gettext_lazy("The machine works on this in a duty of its own."),
    "owner-allows": gettext_lazy("The agency that holds this lets yours see it to this extent."),
    "duty": gettext_lazy("Your duty works with this."),
    "hit-only": gettext_lazy("Another agency holds something; ask its desk."),
    "sealed": gettext_lazy("There is nothing here that you can open."),
    "protected": gettext_lazy("This person is protected; the body that holds the record decides."),
    "no-consent": gettext_lazy("The person has not agreed to be matched."),
    "no-grant": gettext_lazy("There is nothing here that you can open."),
    "inherited": gettext_lazy("You may see what this belongs to."),
}


def date_in_words(when: PartialDate) -> str:
    """A date as plain text in the reader's language: "1971-03-17", "1970–1973", "about 1971"."""
    shown = when.show()
    if not when.approximate:
        return shown
    # Isolated from left to right: a span beside an Urdu word would be read from its end.
    about = pgettext("an approximate date", "about")
    return f"{about} \u2066{shown.removeprefix('c. ')}\u2069"
