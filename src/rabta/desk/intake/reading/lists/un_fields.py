"""One individual of the UN Security Council consolidated list, from flat fields to a person.

A field's name is its path under INDIVIDUAL, with a number where an element repeats:
``FIRST_NAME``, ``INDIVIDUAL_ALIAS/ALIAS_NAME``, ``INDIVIDUAL_ALIAS[2]/QUALITY``. The names are
the list's own.
"""

import re
from collections.abc import Iterator, Mapping

from rabta.core.errors import BadValue, gettext_noop
from rabta.core.words.countries import country_code
from rabta.core.words.dates import read_date
from rabta.core.words.incoming import IncomingCase, IncomingParticular, IncomingPerson
from rabta.core.words.vocabulary import CaseKind, Particular, Role, Sex

CASE = IncomingCase(key="UN-SC", kind=CaseKind.LIST, number="UN-SC")

_NAMES = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_PLACE = ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY")
_REMARKS = {
    "REFERENCE_NUMBER": "reference",
    "UN_LIST_TYPE": "list_type",
    "LIST_TYPE/VALUE": "list",
    "LISTED_ON": "listed_on",
    "LAST_DAY_UPDATED/VALUE": "updated_on",
    "DELISTED_ON": "delisted_on",
    "SUBMITTED_BY": "submitted_by",
    "TITLE/VALUE": "title",
    "DESIGNATION/VALUE": "designation",
    "NATIONALITY2": "nationality",
    "COMMENTS1": "comments",
}
_ALIAS = {
    "NOTE": "note",
    "DATE_OF_BIRTH": "date_of_birth",
    "YEAR": "date_of_birth",
    "CITY_OF_BIRTH": "city_of_birth",
    "COUNTRY_OF_BIRTH": "country_of_birth",
}
_DOCUMENT = {
    "TYPE_OF_DOCUMENT": "type",
    "TYPE_OF_DOCUMENT2": "type2",
    "ISSUING_COUNTRY": "country",
    "COUNTRY_OF_ISSUE": "country_of_issue",
    "CITY_OF_ISSUE": "city_of_issue",
    "DATE_OF_ISSUE": "issued",
    "NOTE": "note",
}
_PASSPORT = re.compile(r"passport|passeport|pasaporte", re.IGNORECASE)
_SEX = {"male": Sex.MALE, "female": Sex.FEMALE}
_INDEX = re.compile(r"\[\d+\]")


def person(fields: Mapping[str, str], *, key: str, at: str) -> IncomingPerson:
    """Read one individual; raises BadValue for a missing name or an impossible date."""
    name = " ".join(fields[part] for part in _NAMES if fields.get(part))
    if not name and not fields.get("NAME_ORIGINAL_SCRIPT"):
        raise BadValue(
            gettext_noop("{field}: the entry has no name."),
            remedy=gettext_noop("Fill in FIRST_NAME as on the published list."),
            field="FIRST_NAME",
            value="",
        )
    found: list[IncomingParticular] = []
    if name:
        found.append(IncomingParticular(Particular.NAME, name))
    if original := fields.get("NAME_ORIGINAL_SCRIPT"):
        found.append(IncomingParticular(Particular.NAME, original, detail={"script": "original"}))
    found += _aliases(fields)
    found += [
        birth for group in _groups(fields, "INDIVIDUAL_DATE_OF_BIRTH") for birth in _birth(group)
    ]
    found += _places(fields, "INDIVIDUAL_PLACE_OF_BIRTH", Particular.BIRTH_PLACE)
    found += _documents(fields)
    found += _places(fields, "INDIVIDUAL_ADDRESS", Particular.ADDRESS)
    found += _remarks(fields)
    nationalities = _values(fields, "NATIONALITY/VALUE")
    return IncomingPerson(
        key=key,
        at=at,
        case=CASE,
        role=Role.LISTED,
        particulars=tuple(found),
        sex=_SEX.get(fields.get("GENDER", "").casefold(), Sex.UNKNOWN),
        nationalities=tuple(dict.fromkeys(filter(None, map(country_code, nationalities)))),
    )


def _groups(fields: Mapping[str, str], element: str) -> Iterator[dict[str, str]]:
    """Yield the fields of each such element, in the order of the file."""
    groups: dict[str, dict[str, str]] = {}
    for path, text in fields.items():
        head, _, tail = path.partition("/")
        if tail and _INDEX.sub("", head) == element:
            group = groups.setdefault(head, {})
            plain = _INDEX.sub("", tail)
            group[plain] = f"{group[plain]}; {text}" if plain in group else text
    yield from groups.values()


def _values(fields: Mapping[str, str], path: str) -> list[str]:
    return [text for name, text in fields.items() if _INDEX.sub("", name) == path]


def _details(group: Mapping[str, str], names: Mapping[str, str]) -> dict[str, str]:
    return {said: group[name] for name, said in names.items() if group.get(name)}


def _aliases(fields: Mapping[str, str]) -> Iterator[IncomingParticular]:
    for group in _groups(fields, "INDIVIDUAL_ALIAS"):
        if text := group.get("ALIAS_NAME"):
            yield IncomingParticular(
                Particular.ALIAS,
                text,
                quality=group.get("QUALITY", ""),
                detail=_details(group, _ALIAS),
            )


def _birth(group: Mapping[str, str]) -> Iterator[IncomingParticular]:
    sort = group.get("TYPE_OF_DATE", "")
    first = group.get("FROM_YEAR") or group.get("DATE") or group.get("YEAR")
    last = group.get("TO_YEAR") or first
    note = {"note": group["NOTE"]} if group.get("NOTE") else {}
    if not first or not last:
        if note:
            yield IncomingParticular(Particular.BIRTH, note["note"], quality=sort, detail=note)
        return
    words = first if first == last else f"{first} to {last}"
    text = f"circa {words}" if sort == "APPROXIMATELY" else words
    reading = read_date(text, field="INDIVIDUAL_DATE_OF_BIRTH")
    yield IncomingParticular(Particular.BIRTH, text, date=reading, quality=sort, detail=note)


def _places(
    fields: Mapping[str, str], element: str, kind: Particular
) -> Iterator[IncomingParticular]:
    for group in _groups(fields, element):
        text = ", ".join(group[part] for part in _PLACE if group.get(part))
        note = group.get("NOTE", "")
        if text or note:
            detail = {"country": group.get("COUNTRY", ""), "note": note}
            kept = {name: value for name, value in detail.items() if value}
            yield IncomingParticular(kind, text or note, detail=kept)


def _documents(fields: Mapping[str, str]) -> Iterator[IncomingParticular]:
    for group in _groups(fields, "INDIVIDUAL_DOCUMENT"):
        text = group.get("NUMBER") or group.get("NOTE") or group.get("TYPE_OF_DOCUMENT")
        if not text:
            continue
        sort = " ".join((group.get("TYPE_OF_DOCUMENT", ""), group.get("TYPE_OF_DOCUMENT2", "")))
        passport = _PASSPORT.search(sort) and group.get("NUMBER")
        kind = Particular.PASSPORT if passport else Particular.DOCUMENT
        yield IncomingParticular(kind, text, detail=_details(group, _DOCUMENT))


def _remarks(fields: Mapping[str, str]) -> Iterator[IncomingParticular]:
    for path, sort in _REMARKS.items():
        for text in _values(fields, path):
            yield IncomingParticular(Particular.REMARK, text, detail={"type": sort})
    for text in _values(fields, "NATIONALITY/VALUE"):
        if country_code(text) is None:  # not in ISO 3166: kept in words
            yield IncomingParticular(Particular.REMARK, text, detail={"type": "nationality"})
