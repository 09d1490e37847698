"""People of a file that is not loaded yet, as they are read."""

from collections.abc import Callable, Iterable

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from rabta.core.errors import BadValue
from rabta.core.words import identifiers
from rabta.core.words.dates import PartialDate
from rabta.core.words.incoming import IncomingPerson
from rabta.core.words.vocabulary import Calendar, Particular
from rabta.desk.cases import labels as cases
from rabta.desk.frame.components import CODE, Column, Table
from rabta.desk.frame.labels import CALENDAR
from rabta.desk.intake import labels


def people_read(people: list[IncomingPerson]) -> Table:
    """The first people as they are read: what a wrong column or calendar would spoil."""
    columns = (
        Column(gettext("Name")),
        Column(gettext("Father’s name")),
        Column(gettext("Role")),
        Column(gettext("Case number"), CODE),
        Column(gettext("Registered on")),
        Column(gettext("Date of birth")),
        Column(gettext("CNIC"), CODE),
        Column(gettext("Phone"), CODE),
        Column(gettext("Where in the file")),
    )
    rows = [
        (
            _first(person, Particular.NAME),
            _first(person, Particular.FATHER_NAME),
            str(cases.ROLE[person.role]),
            person.case.number,
            _day_read(person.case.registered) if person.case.registered else "",
            _births_read(person),
            _numbers_read(person, Particular.CNIC, identifiers.cnic),
            _numbers_read(person, Particular.PHONE, identifiers.phone),
            labels.place(person.at),
        )
        for person in people
    ]
    return Table(gettext("First people of the file, as they are read"), columns, rows,
                 gettext("None."))  # fmt: skip


def _first(person: IncomingPerson, kind: Particular) -> str:
    return next((one.text for one in person.particulars if one.kind == kind), "")


def _beside(texts: Iterable[str]) -> SafeString:
    """Texts beside each other, each in its own direction."""
    return format_html_join(" · ", "<bdi>{}</bdi>", ((text,) for text in texts))


def _day_read(day: PartialDate) -> SafeString:
    """A date as it is read; its calendar if it is another, its text if that says it otherwise."""
    calendar = str(CALENDAR[day.calendar]) if day.calendar is not Calendar.GREGORIAN else ""
    return _beside(text for text in dict.fromkeys((day.show(), calendar, day.text)) if text)


def _births_read(person: IncomingPerson) -> SafeString:
    births = [one for one in person.particulars if one.kind == Particular.BIRTH]
    return format_html_join(
        " · ", "{}", ((_day_read(one.date) if one.date else one.text,) for one in births)
    )


def _numbers_read(
    person: IncomingPerson, kind: Particular, read: Callable[[str], str]
) -> SafeString:
    """Numbers in the form by which they are compared; one that has none, as it is written."""
    found = []
    for one in person.particulars:
        if one.kind == kind:
            try:
                found.append(read(one.text))
            except BadValue:
                found.append(one.text)
    return _beside(found)
