"""One individual of the SDN list, from named fields to a person; the remarks read as far as safe.

Remarks are kept whole. Out of them come only what has a fixed form: dates and places of birth,
nationalities, passports, numbered documents, telephones, gender, aliases in quotation marks
(which the Treasury calls weak). What does not fit its form stays in the remarks alone.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from rabta.core.errors import BadValue, gettext_noop
from rabta.core.words.countries import country_code
from rabta.core.words.dates import read_date
from rabta.core.words.incoming import IncomingCase, IncomingParticular, IncomingPerson
from rabta.core.words.vocabulary import CaseKind, Particular, Role, Sex

CASE = IncomingCase(key="OFAC-SDN", kind=CaseKind.LIST, number="OFAC-SDN")

_FROM_REMARKS = {"source": "remarks"}
_SEX = {"male": Sex.MALE, "female": Sex.FEMALE}

_ALIAS = re.compile(r"([af]\.k\.a\.|n\.k\.a\.) '(.+)'")
_TAIL = (
    r"(?: \((?P<country>[^()]+)\))?"
    r"(?: issued (?P<issued>[\w ]+?))?(?: expires (?P<expires>[\w ]+))?"
)
_PASSPORT = re.compile(
    r"(?P<type>(?:[\w. ]+ )?Passport) (?:No\. )?(?P<number>[^()]*?\d[^()]*?)" + _TAIL
)
_DOCUMENT = re.compile(
    r"(?P<type>Cedula No\.|Cedula de Ciudadania|Cedula de Extranjeria|Cedula de Residencia"
    r"|National ID No\.|National Foreign ID Number|Identification Number|Personal ID Card"
    r"|Bosnian Personal ID No\.|Moroccan Personal ID No\.|Kenyan ID No\.|Kuwait ID No\."
    r"|Numero de Identidad|Electoral Registry No\.|Driver's License No\.|Tax ID No\.|LE Number"
    r"|R\.?F\.?C\.?|C\.U\.R\.P\.|R\.?U\.?C\.?|D\.N\.I\.|N\.I\.E\.|NIT|SSN|C\.U\.I\.T\.|C\.U\.I\.P\."
    r"|C\.U\.I\.|RTN|I\.F\.E\.|Italian Fiscal Code|Birth Certificate Number|Residency Number"
    r"|Citizen's Card Number|Registration ID|VisaNumberID|Travel Document Number"
    r"|Military Registration Number|Refugee ID Card|Turkish Identification Number"
    r"|Stateless Person ID Card|British National Overseas Passport"
    r"|Cartilla de Servicio Militar Nacional|Credencial electoral|Seaman's Identification)"
    r" (?:# )?(?P<number>[^()]*?\d[^()]*?(?:\([0-9A-Z]\))?)" + _TAIL
)
_PHONE = re.compile(r"(?:Phone|Telephone|Mobile) (?:Number|No\.):? ?(\+?\d[\d \-]{5,20})")
_CITIZEN = re.compile(r"(?:nationality|citizen) (.+)")


def person(fields: Mapping[str, str], *, at: str) -> IncomingPerson:
    """Read one individual; raises BadValue for a missing name or number."""
    for needed in ("name", "ent_num"):
        if not fields.get(needed):
            raise BadValue(
                gettext_noop("{field}: the entry has none."),
                remedy=gettext_noop("Fill it in as on the published list."),
                field=needed,
                value="",
            )
    found = [IncomingParticular(Particular.NAME, fields["name"])]
    found += _aliases(fields)
    remarks = fields.get("remarks", "")
    sex = Sex.UNKNOWN
    nationalities: list[str] = []
    told = {item.text.casefold() for item in found}
    for piece in _pieces(remarks):
        if said := re.fullmatch(r"Gender (\w+)", piece):
            sex = _SEX.get(said[1].casefold(), sex)
        elif said := _CITIZEN.fullmatch(piece):
            if code := country_code(said[1]):  # else it stays in the remarks
                nationalities.append(code)
        elif (item := _read(piece)) and (
            item.kind is not Particular.ALIAS or item.text.casefold() not in told
        ):
            found.append(item)
    for sort in ("title", "program", "remarks"):
        if text := fields.get(sort):
            found.append(IncomingParticular(Particular.REMARK, text, detail={"type": sort}))
    return IncomingPerson(
        key=fields["ent_num"],
        at=at,
        case=CASE,
        role=Role.LISTED,
        particulars=tuple(found),
        sex=sex,
        nationalities=tuple(dict.fromkeys(nationalities)),
    )


def _aliases(fields: Mapping[str, str]) -> Iterator[IncomingParticular]:
    positions = dict.fromkeys(name.split(".")[1] for name in fields if name.startswith("alias."))
    listed: Counter[tuple[str, str]] = Counter()
    for position in positions:
        if text := fields.get(f"alias.{position}.name"):
            sort = fields.get(f"alias.{position}.type", "")
            quality = f"{sort} {fields.get(f'alias.{position}.remarks', '')}".strip()
            listed[text, quality] += 1
            # One that the list names twice stays twice: it is told apart by its turn.
            turn = listed[text, quality]
            detail = {"listed": str(turn)} if turn > 1 else {}
            yield IncomingParticular(Particular.ALIAS, text, quality=quality, detail=detail)


def _pieces(remarks: str) -> Iterator[str]:
    for piece in remarks.split(";"):
        plain = piece.strip().rstrip(".").removeprefix("alt. ")
        if plain:
            yield plain


def _read(piece: str) -> IncomingParticular | None:
    if piece.startswith("DOB "):
        return _birth(piece.removeprefix("DOB "))
    if piece.startswith("POB "):
        place = piece.removeprefix("POB ")
        return IncomingParticular(Particular.BIRTH_PLACE, place, detail=_FROM_REMARKS)
    if said := _ALIAS.fullmatch(piece):
        return IncomingParticular(
            Particular.ALIAS, said[2], quality=f"{said[1]} weak", detail=_FROM_REMARKS
        )
    if said := _PHONE.fullmatch(piece):
        return IncomingParticular(Particular.PHONE, said[1].strip(), detail=_FROM_REMARKS)
    if said := _DOCUMENT.fullmatch(piece):
        return _document(Particular.DOCUMENT, said)
    if said := _PASSPORT.fullmatch(piece):
        return _document(Particular.PASSPORT, said)
    return None


def _document(kind: Particular, said: re.Match[str]) -> IncomingParticular:
    detail = {name: text for name, text in said.groupdict().items() if text and name != "number"}
    return IncomingParticular(kind, said["number"].strip(), detail=_FROM_REMARKS | detail)


def _birth(words: str) -> IncomingParticular | None:
    """Read "1946", "circa 1950", "Dec 1955", "01 Jan 1960", or two of them joined by "to"."""
    try:
        reading = read_date(words, field="DOB")
    except BadValue:
        return None
    return IncomingParticular(Particular.BIRTH, words, date=reading, detail=_FROM_REMARKS)
