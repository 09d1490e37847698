"""One row of a register, from mapped fields to a person in a role in a case.

The key of a row is its ``record_key`` where one is mapped. Else it is made of the case, the name
and the father's name, with a number for the second of the same: so the same file changes nothing,
a row put in between shifts no other, and a row whose telephone or role was corrected stays the
same row. A corrected name makes another row. Such a key holds a name in clear: whoever stores it
keeps it as identity, or under a keyed hash.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import TypeVar

from rabta.core.errors import BadValue, gettext_noop
from rabta.core.words import identifiers
from rabta.core.words.countries import country_code
from rabta.core.words.dates import PartialDate, read_age, read_date
from rabta.core.words.digits import latin_digits
from rabta.core.words.incoming import IncomingCase, IncomingParticular, IncomingPerson
from rabta.core.words.vocabulary import Calendar, CaseKind, Particular, Sex
from rabta.desk.intake.reading.register.fields import (
    CASE_FIELDS,
    calendar_of,
    field_of,
    month_first,
)
from rabta.desk.intake.reading.register.names import NameCell, read_name
from rabta.desk.intake.reading.register.words import (
    answer_of,
    kind_of,
    plain,
    role_of,
    says_nothing,
    sex_of,
)

_SEVERAL = re.compile(r"[;\n\r،؛]+|\s/\s|/(?=\s*[+0۰٠])")
_LINES = re.compile(r"[\n\r]+")
_COMMAS = re.compile(r"[;\n\r،؛,/&]+|\s+(?:and|اور)\s+")
_IDENTIFIERS = {
    "cnic": Particular.CNIC,
    "passport": Particular.PASSPORT,
    "phone": Particular.PHONE,
    "account": Particular.ACCOUNT,
    "vehicle": Particular.VEHICLE,
}
_WHO = ("name", "alias", "cnic", "passport", "phone", "account")
_Value = TypeVar("_Value")
_YEAR = re.compile(r"(?:19|20)\d\d|[/\-]\s*\d\d\s*$")
_ANY_YEAR = re.compile(r"\b(?:1[2-5]|19|2\d)\d\d\b")
_GREGORIAN_YEAR = re.compile(r"\b(?:19|2\d)\d\d\b")


def person(fields: Mapping[str, str], *, at: str, today: date) -> IncomingPerson:
    """Read one row; ``fields`` goes from target ("birth:solar_hijri") to text.

    ``today`` bounds dates, and is the day an age is counted from where the case has no date.
    Raises BadValue for the first value that cannot be taken, naming its field.
    """
    given = _given(fields)
    for field in ("sex", "link_consent"):  # "unknown" and "no" are words here
        if field in fields:
            given[field] = fields[field]
    case = _case(given, today)
    role = _word(given, "role", role_of)
    if role is None:
        raise _missing("role", gettext_noop("Write what the person is: accused, victim, witness …"))
    particulars = tuple(_distinct(_particulars(given, case, today)))
    nationalities = tuple(_nationalities(given))
    return IncomingPerson(
        key=_key(fields, today),
        at=at,
        case=case,
        role=role,
        particulars=particulars,
        sex=_word(given, "sex", sex_of) or Sex.UNKNOWN,
        nationalities=nationalities,
        note=given.get("note", ""),
        link_consent=_word(given, "link_consent", answer_of) or False,
    )


def named_case(fields: Mapping[str, str], *, today: date) -> IncomingCase:
    """Return the case that a row names, also where the row cannot be taken.

    Where it says something of the case that cannot be read, its numbers and station are all
    there is; a row that names no case gives an empty key.
    """
    given = _given(fields)
    try:
        return _case(given, today)
    except BadValue:
        return _numbered(given, today)


def _given(fields: Mapping[str, str]) -> dict[str, str]:
    return {field: text for field, text in fields.items() if not says_nothing(text)}


def base_key(fields: Mapping[str, str], *, today: date) -> str:
    """Return what the key of a row is made of, "" where it has too little for one.

    The second row with the same is told apart by the field "double" (2, 3 …).
    """
    if key := fields.get("record_key", "").strip():
        return key
    case = case_key(fields, today=today)
    who = next((fields[field] for field in _WHO if plain(fields.get(field, ""))), "")
    if not case or not who:
        return ""
    return "|".join((case, plain(who), plain(fields.get("father_name", ""))))


def _key(fields: Mapping[str, str], today: date) -> str:
    key, double = base_key(fields, today=today), fields.get("double", "")
    if not double:
        return key
    if fields.get("record_key", "").strip():
        raise BadValue(
            gettext_noop("{field}: “{value}” stands on an earlier row too."),
            remedy=gettext_noop("Give each row a number of its own."),
            field="record_key",
            value=key,
        )
    return f"{key}|{double}"


def case_key(fields: Mapping[str, str], *, today: date) -> str:
    """Return what says which case it is: its number in one form, with its station and year.

    A station counts except for a case_key, which is the agency's own and stands alone; the year
    of registration is added to an FIR or enquiry number that names none, for they begin anew
    each year.
    """
    if own := _one_form(fields.get("case_key", "").strip()):
        return own
    number = fields.get("fir_number", "").strip() or fields.get("enquiry_number", "").strip()
    if not number:
        return ""
    parts = [_one_form(number), plain(fields.get("station", ""))]
    if not _YEAR.search(latin_digits(number)):
        dates = (text for target, text in fields.items() if field_of(target) == "registered")
        found = _ANY_YEAR.search(latin_digits(next(dates, "")))
        parts.append(found[0] if found else _year_read(fields, today))
    return " ".join(part for part in parts if part)


def _year_read(fields: Mapping[str, str], today: date) -> str:
    """The year of registration that is written with two digits; "" where there is none."""
    try:
        registered = _date(fields, "registered", today)
    except BadValue:  # its row is refused for it
        return ""
    return str(registered.earliest.year) if registered else ""


def _one_form(number: str) -> str:
    try:
        return identifiers.case_number(number)
    except BadValue:
        return plain(number)


def _case(fields: Mapping[str, str], today: date) -> IncomingCase:
    case = _numbered(fields, today)
    if not case.key:
        raise _missing("case_key", gettext_noop("Write the case or FIR number on the row."))
    return replace(
        case,
        kind=_word(fields, "kind", kind_of) or CaseKind.OTHER,
        registered=_date(fields, "registered", today),
        occurred=_date(fields, "occurred", today),
        place=fields.get("place", ""),
    )


def _numbered(fields: Mapping[str, str], today: date) -> IncomingCase:
    numbers = [fields.get(field, "") for field in ("case_key", "fir_number", "enquiry_number")]
    return IncomingCase(
        key=case_key(fields, today=today),
        kind=CaseKind.OTHER,
        number=next(filter(None, numbers), ""),
        fir_number=numbers[1],
        enquiry_number=numbers[2],
        station=fields.get("station", ""),
    )


def _particulars(
    fields: Mapping[str, str], case: IncomingCase, today: date
) -> Iterator[IncomingParticular]:
    cell = read_name(fields.get("name", ""))
    yield from _named(Particular.NAME, cell.names)
    yield from _named(Particular.FATHER_NAME, (*_lines(fields, "father_name"), *cell.fathers))
    aliases = (part for text in _several(fields, "alias") for part in _said_as(read_name(text)))
    yield from _named(Particular.ALIAS, (*cell.aliases, *aliases))
    for spouse in cell.spouses:
        yield IncomingParticular(Particular.REMARK, spouse, detail={"type": "wife of"})
    who = {*cell.names, *cell.aliases} or {field for field in _WHO[1:] if field in fields}
    if not who:
        raise _missing("name", gettext_noop("Write a name, or a number that identifies."))
    yield from _births(fields, case, today)
    yield from _named(Particular.BIRTH_PLACE, _lines(fields, "birth_place"))
    for field, kind in _IDENTIFIERS.items():
        for text in _several(fields, field):
            _check(field, text)
            yield IncomingParticular(kind, text)
    yield from _named(Particular.ADDRESS, _lines(fields, "address"))


def _check(field: str, text: str) -> None:
    """Raise BadValue for a number that cannot be one; the text itself is kept as written."""
    match field:
        case "cnic":
            identifiers.cnic(text, field=field)
        case "passport":
            identifiers.passport(text, field=field)
        case "phone":
            identifiers.phone(text, field=field)
        case "account":
            identifiers.account(text, field=field)
        case "vehicle":
            identifiers.plate(text, field=field)


def _named(kind: Particular, texts: Iterable[str]) -> Iterator[IncomingParticular]:
    yield from (IncomingParticular(kind, text) for text in texts)


def _said_as(cell: NameCell) -> tuple[str, ...]:
    return (*cell.names, *cell.aliases)


def _distinct(found: Iterable[IncomingParticular]) -> Iterator[IncomingParticular]:
    seen: set[tuple[Particular, str]] = set()
    for item in found:
        if (key := (item.kind, item.text)) not in seen:
            seen.add(key)
            yield item


def _births(
    fields: Mapping[str, str], case: IncomingCase, today: date
) -> Iterator[IncomingParticular]:
    if reading := _date(fields, "birth", today):
        yield IncomingParticular(Particular.BIRTH, reading.text, date=reading)
    if age := fields.get("age"):
        on = case.registered or case.occurred or PartialDate(today, today, today.isoformat())
        counted = {"age": age, "on": on.show()}
        fits = read_age(age, on=on)
        yield IncomingParticular(Particular.BIRTH, age, date=fits, detail=counted)


def _date(fields: Mapping[str, str], field: str, today: date) -> PartialDate | None:
    """Read a date in the calendar its column is mapped with.

    A year from 1900 on in a column of Hijri dates is a Gregorian one: such a Hijri year lies
    centuries ahead, and spreadsheets keep the cells that were typed as their own dates.
    """
    target = next((name for name in fields if field_of(name) == field), None)
    if target is None:
        return None
    text = fields[target]
    calendar = calendar_of(target)
    lunar_or_solar = calendar in (Calendar.SOLAR_HIJRI, Calendar.HIJRI)
    if lunar_or_solar and _GREGORIAN_YEAR.search(latin_digits(text)):
        calendar = Calendar.GREGORIAN
    return read_date(
        text,
        calendar=calendar,
        day_first=not month_first(target),
        today=today,
        recent=field in CASE_FIELDS,
        field=field,
    )


def _nationalities(fields: Mapping[str, str]) -> Iterator[str]:
    for text in _COMMAS.split(fields.get("nationality", "")):
        if not text.strip():
            continue
        code = country_code(text)
        if code is None:
            raise BadValue(
                gettext_noop("{field}: “{value}” is not known as a country."),
                remedy=gettext_noop("Write the name of the country, or its ISO code."),
                field="nationality",
                value=text.strip(),
            )
        yield code


def _several(fields: Mapping[str, str], field: str) -> Iterator[str]:
    parts = (part.strip() for part in _SEVERAL.split(fields.get(field, "")))
    yield from (part for part in parts if part and not says_nothing(part))


def _lines(fields: Mapping[str, str], field: str) -> Iterator[str]:
    parts = (part.strip() for part in _LINES.split(fields.get(field, "")))
    yield from (part for part in parts if part and not says_nothing(part))


def _word(
    fields: Mapping[str, str], field: str, read: Callable[[str], _Value | None]
) -> _Value | None:
    """Read a word of a closed list; None where there is none, BadValue for one not known."""
    text = fields.get(field, "").strip()
    if not text or not plain(text):
        return None
    value = read(text)
    if value is None:
        raise BadValue(
            gettext_noop("{field}: the word “{value}” is not known."),
            remedy=gettext_noop("Write it in one of the words the list offers."),
            field=field,
            value=text,
        )
    return value


def _missing(field: str, remedy: str) -> BadValue:
    return BadValue(gettext_noop("{field}: there is none."), remedy=remedy, field=field, value="")
