"""Days of birth as desks write them: a day, a year, a guess at an age, another calendar."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from rabta.core.words.dates import PartialDate
from rabta.core.words.incoming import IncomingParticular
from rabta.core.words.vocabulary import Calendar, Particular
from rabta.demo import spelling
from rabta.demo.dice import Dice
from rabta.demo.world import DemoPerson

GUESS = 2
"""Years either side of a guessed age."""

AGES = ("about {age}", "age {age} years", "{age} yrs", "umar {age} saal")
AGES_URDU = ("عمر تقریباً {age} سال", "{age} سال", "بعمر {age} سال")
DAYS = ("{d:02d}-{m:02d}-{y}", "{d:02d}/{m:02d}/{y}", "{y}-{m:02d}-{d:02d}", "{d}.{m}.{y}")


@dataclass(frozen=True, slots=True)
class Birth:
    """What a guess starts from: the day of the record, and how often the desk only guesses."""

    day: date
    guessed: float


def write_birth(
    dice: Dice, person: DemoPerson, asked: Birth, *, in_urdu: bool
) -> IncomingParticular:
    """The birth of a person, read and as written; the year is off by one in a tenth of them."""
    true = person.birth
    year = true.year + (dice.pick((-1, 1)) if dice.chance(0.1) else 0)
    if dice.chance(asked.guessed):
        read = _age(dice, true, asked.day, in_urdu)
    elif person.nationality in ("AF", "IR") and dice.chance(0.4):
        read = _solar(year if true >= date(true.year, 3, 21) else year - 1)
    elif person.nationality == "NP" and dice.chance(0.4):
        read = _bikram(year if true >= date(true.year, 4, 14) else year - 1)
    elif dice.chance(0.45):
        read = PartialDate(date(year, 1, 1), date(year, 12, 31), str(year))
    else:
        read = _day(dice, true, year)
    text = spelling.eastern(read.text) if in_urdu and dice.chance(0.5) else read.text
    if text != read.text:
        read = PartialDate(read.earliest, read.latest, text, read.calendar, read.approximate)
    return IncomingParticular(Particular.BIRTH, text, date=read)


def _age(dice: Dice, true: date, day: date, in_urdu: bool) -> PartialDate:
    age = max(1, int((day - true).days / 365.25))
    age = max(1, age + dice.between(-1, 1)) if age < 16 else age + dice.between(-2, 2)
    if age > 25 and dice.chance(0.4):
        age = round(age / 5) * 5
    text = dice.pick(AGES_URDU if in_urdu else AGES).format(age=age)
    born = day.year - age
    return PartialDate(
        date(born - GUESS, 1, 1), date(born + GUESS, 12, 31), text, approximate=True
    )


def _day(dice: Dice, true: date, year: int) -> PartialDate:
    month, day = true.month, min(true.day, monthrange(year, true.month)[1])
    if dice.chance(0.12):
        month = day = 1
    elif day <= 12 and dice.chance(0.05):
        month, day = day, month
    read = date(year, month, day)
    return PartialDate(read, read, dice.pick(DAYS).format(d=day, m=month, y=year))


def _solar(year: int) -> PartialDate:
    """A Solar Hijri year that begins in March of ``year``; its first day may be off by one."""
    return PartialDate(
        date(year, 3, 21), date(year + 1, 3, 20), str(year - 621), Calendar.SOLAR_HIJRI
    )


def _bikram(year: int) -> PartialDate:
    """A Bikram Sambat year that begins in April of ``year``; its first day may be off by one."""
    return PartialDate(
        date(year, 4, 14), date(year + 1, 4, 13), f"{year + 57} BS", Calendar.BIKRAM_SAMBAT
    )
