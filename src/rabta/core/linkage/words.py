"""What each code of evidence says to a human: one translatable template per code.

Codes are stable: they are stored with a proposal and stand in the API. A template names its
facts in braces; the desk translates it and fills it with ``rabta.core.errors.fill``.
"""

from collections.abc import Mapping
from types import MappingProxyType

from rabta.core.errors import gettext_noop

WORDS: Mapping[str, str] = MappingProxyType(
    {
        "name_same": gettext_noop("The names are the same."),
        "name_same_sound": gettext_noop("The names are spelled differently and read the same."),
        "name_alike": gettext_noop("The names are much alike."),
        "name_partly": gettext_noop("The names agree in part."),
        "name_hardly": gettext_noop("The names have little in common."),
        "name_differs": gettext_noop("The names differ."),
        "name_cannot_compare": gettext_noop("The names cannot be compared."),
        "father_same": gettext_noop("The fathers' names are the same or read the same."),
        "father_agrees": gettext_noop("The fathers' names are much alike."),
        "father_partly": gettext_noop("The fathers' names agree in part."),
        "father_hardly": gettext_noop("The fathers' names have little in common."),
        "father_differs": gettext_noop("The fathers' names differ."),
        "father_unknown": gettext_noop("A father's name is missing from one of the records."),
        "birth_same_day": gettext_noop("Both were born on the same day."),
        "birth_swapped": gettext_noop("The birth dates agree if day and month change places."),
        "birth_year_overlaps": gettext_noop("The years of birth agree."),
        "birth_range_overlaps": gettext_noop("The birth dates agree within wide limits."),
        "birth_close": gettext_noop("The birth dates lie within two years of each other."),
        "birth_conflicts": gettext_noop("The birth dates cannot both be right."),
        "birth_unknown": gettext_noop("A birth date is missing from one of the records."),
        "cnic_same": gettext_noop("The CNIC is the same."),
        "cnic_differs": gettext_noop("The CNICs differ."),
        "passport_same": gettext_noop("A passport number is the same."),
        "passport_differs": gettext_noop("No passport number is the same."),
        "document_same": gettext_noop("The number of another document is the same."),
        "document_differs": gettext_noop("No number of another document is the same."),
        "phone_shared": gettext_noop("They share a phone number that few others use."),
        "phone_shared_by_many": gettext_noop("They share a phone number that many others use."),
        "phone_differs": gettext_noop("They share no phone number."),
        "account_shared": gettext_noop("They share an account that few others use."),
        "account_shared_by_many": gettext_noop("They share an account that many others use."),
        "account_differs": gettext_noop("They share no account."),
        "vehicle_shared": gettext_noop("They share a vehicle that few others use."),
        "vehicle_shared_by_many": gettext_noop("They share a vehicle that many others use."),
        "vehicle_differs": gettext_noop("They share no vehicle."),
        "address_shared": gettext_noop("They share an address that few others have."),
        "address_shared_by_many": gettext_noop("They share an address that many others have."),
        "address_differs": gettext_noop("They share no address."),
        "sex_same": gettext_noop("The sex recorded is the same."),
        "sex_differs": gettext_noop("The sex recorded differs."),
        "nationality_same": gettext_noop("A nationality is the same."),
        "nationality_differs": gettext_noop("No nationality is the same."),
        "namesakes_few": gettext_noop("Hardly anyone else here has such a name."),
        "namesakes_many": gettext_noop("About {count} records here have such a name."),
    }
)
