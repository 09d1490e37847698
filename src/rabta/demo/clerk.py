"""What a clerk makes of a person: the particulars of one record, with the errors of real ones."""

from dataclasses import dataclass

from rabta.core.words.incoming import IncomingParticular
from rabta.core.words.vocabulary import Particular, Sex
from rabta.demo import spelling
from rabta.demo.births import Birth, write_birth
from rabta.demo.dice import Dice
from rabta.demo.world import DemoPerson, Part

Extra = tuple[Particular, str]


@dataclass(frozen=True, slots=True)
class Style:
    """The habits of an agency's desks, each a share of its records."""

    urdu: float
    both: float
    capitals: float = 0.15
    family_first: float = 0.03
    slips: float = 0.06
    numbers: float = 0.6
    roman_notes: float = 0.2


STYLES = {
    "FIA": Style(urdu=0.15, both=0.15, capitals=0.4, numbers=0.7),
    "RLY": Style(urdu=0.5, both=0.05, slips=0.1, numbers=0.45, roman_notes=0.4),
    "PUN": Style(urdu=0.8, both=0.05, slips=0.09, numbers=0.6),
    "KHP": Style(urdu=0.75, both=0.05, slips=0.09, numbers=0.5),
    "SAH": Style(urdu=0.3, both=0.1, slips=0.05, numbers=0.3, roman_notes=0.3),
    "DAR": Style(urdu=0.65, both=0.05, slips=0.08, numbers=0.35),
    "PAN": Style(urdu=0.5, both=0.05, slips=0.08, numbers=0.2, roman_notes=0.4),
    "UNB": Style(urdu=0.0, both=0.1, capitals=0.3, family_first=0.35, slips=0.03, numbers=0.4),
    "EMB": Style(urdu=0.3, both=0.2, capitals=0.3, family_first=0.2, numbers=0.8),
}

MARKS = (
    "cut mark on the left hand",
    "burn on the right arm",
    "walks with a stick",
    "بائیں ہاتھ پر زخم کا نشان",
    "ماتھے پر تل",
)

OF_FATHER = {
    (Sex.FEMALE, False): ("d/o", "D/O", "daughter of"),
    (Sex.MALE, False): ("s/o", "S/O", "s/o.", "son of"),
    (Sex.FEMALE, True): ("بنت", "دختر"),
    (Sex.MALE, True): ("ولد",),
}


def write(
    dice: Dice,
    person: DemoPerson,
    style: Style,
    birth: Birth,
    *,
    extras: tuple[Extra, ...] = (),
    followed: bool = False,
) -> tuple[IncomingParticular, ...]:
    """The particulars of one record of a person.

    ``birth`` is the day and scale of the guess at the age; ``extras`` are what the desk found on
    the person. ``followed`` people stand in several records: their age is never left out, so that
    a careful reader has something to go by.
    """
    in_urdu = dice.chance(style.urdu)
    found = _names(dice, person, style, in_urdu)
    if followed or dice.chance(0.85):
        found.append(write_birth(dice, person, birth, in_urdu=in_urdu))
    if dice.chance(0.12):
        town = person.home.urdu if in_urdu else person.home.english
        found.append(IncomingParticular(Particular.BIRTH_PLACE, town))
    found += _numbers(dice, person, style, in_urdu)
    if dice.chance(0.4):
        found.append(IncomingParticular(Particular.ADDRESS, _address(dice, person, in_urdu)))
    found += [_extra(dice, kind, text, in_urdu) for kind, text in extras]
    if dice.chance(0.03):
        found.append(IncomingParticular(Particular.REMARK, dice.pick(MARKS)))
    return tuple(found)


def _names(dice: Dice, person: DemoPerson, style: Style, in_urdu: bool) -> list[IncomingParticular]:
    found = []
    text = write_name(dice, person.name, style, in_urdu)
    father = ""
    if dice.chance(0.78):
        father = write_name(dice, person.father, style, in_urdu)
    if father and dice.chance(0.12):
        of = dice.pick(OF_FATHER[Sex.FEMALE if person.sex is Sex.FEMALE else Sex.MALE, in_urdu])
        text, father = f"{text} {of} {father}", ""
    if person.nickname is not None and dice.chance(0.6):
        called = _part(dice, person.nickname, in_urdu)
        if dice.chance(0.4):
            text = f"{text} {'عرف' if in_urdu else 'alias'} {called}"
        else:
            quality = dice.pick(("", "", "Good", "Low"))
            found.append(IncomingParticular(Particular.ALIAS, called, quality=quality))
    found.insert(0, IncomingParticular(Particular.NAME, text))
    if dice.chance(style.both):
        other = write_name(dice, person.name, style, not in_urdu)
        found.insert(1, IncomingParticular(Particular.NAME, other))
    if father:
        found.append(IncomingParticular(Particular.FATHER_NAME, father))
    return found


def _part(dice: Dice, part: Part, in_urdu: bool) -> str:
    return spelling.urdu(dice, part) if in_urdu else spelling.latin(dice, part)


def write_name(dice: Dice, parts: tuple[Part, ...], style: Style, in_urdu: bool) -> str:
    """A name as written: parts dropped, swapped, respelled; the given name is always there."""
    kept = list(parts)
    if len(kept) > 1 and dice.chance(0.18):
        kept.remove(dice.pick([part for part in kept if part.slot != "given"]))
    words = [_part(dice, part, in_urdu) for part in kept]
    if dice.chance(style.slips):
        at = dice.below(len(words))
        *before, last = words[at].split(" ")
        words[at] = " ".join([*before, spelling.slip(dice, last)])
    if len(words) > 1:
        if not in_urdu and dice.chance(style.family_first):
            return f"{words[-1].upper()}, {' '.join(words[:-1])}"
        if dice.chance(0.03):
            words = [words[-1], *words[:-1]]
    text = " ".join(words)
    return text.upper() if not in_urdu and dice.chance(style.capitals) else text


def _numbers(
    dice: Dice, person: DemoPerson, style: Style, in_urdu: bool
) -> list[IncomingParticular]:
    found: list[tuple[Particular, str, dict[str, str]]] = []
    digits_too = in_urdu and dice.chance(0.4)
    if person.cnic and dice.chance(style.numbers):
        text = _cnic(dice, person.cnic)
        found.append((Particular.CNIC, text, {}))
    if person.phone and dice.chance(0.55):
        found.append((Particular.PHONE, _phone(dice, person.phone), {}))
    if person.passport and dice.chance(0.5):
        detail = {"country": person.nationality}
        found.append((Particular.PASSPORT, person.passport, detail))
    if person.document and dice.chance(style.numbers):
        detail = {"type": "proof of registration", "country": "PK"}
        found.append((Particular.DOCUMENT, person.document, detail))
    return [
        IncomingParticular(
            kind,
            spelling.eastern(text)
            if digits_too and kind in (Particular.CNIC, Particular.PHONE)
            else text,
            detail=detail,
        )
        for kind, text, detail in found
    ]


def _cnic(dice: Dice, digits: str) -> str:
    if dice.chance(0.08):
        at = dice.between(1, 12)
        if dice.chance(0.6):
            wrong = (int(digits[at]) + dice.between(1, 9)) % 10
            digits = f"{digits[:at]}{wrong}{digits[at + 1 :]}"
        else:
            return digits[:at] + digits[at + 1 :]
    if dice.chance(0.7):
        return f"{digits[:5]}-{digits[5:12]}-{digits[12]}"
    return digits


def _phone(dice: Dice, digits: str) -> str:
    how = dice.below(4)
    if how == 0:
        return f"+92 {digits[1:4]} {digits[4:]}"
    if how == 1:
        return f"{digits[:4]}-{digits[4:]}"
    return f"0092{digits[1:]}" if how == 2 else digits


def _address(dice: Dice, person: DemoPerson, in_urdu: bool) -> str:
    number = dice.between(2, 480)
    if in_urdu:
        shapes = ("چک نمبر {n}، {town}", "محلہ نمبر {n}، {town}", "ڈاکخانہ خاص، {town}")
        return spelling.eastern(dice.pick(shapes).format(n=number, town=person.home.urdu))
    latin_shapes = ("Chak No. {n}, {town}", "Street {n}, {town}", "P.O. Khas, {town}", "{town}")
    return dice.pick(latin_shapes).format(n=number, town=person.home.english)


def _extra(dice: Dice, kind: Particular, text: str, in_urdu: bool) -> IncomingParticular:
    if kind is Particular.PHONE:
        text = _phone(dice, text)
        text = spelling.eastern(text) if in_urdu and dice.chance(0.3) else text
    elif kind is Particular.VEHICLE and dice.chance(0.3):
        text = text.replace("-", dice.pick((" ", "")))
    return IncomingParticular(kind, text)
