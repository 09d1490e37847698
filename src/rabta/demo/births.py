"""Days of birth as desks write them: a day, a year, a guess at an age, another calendar."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from rabta.core.words.dates import PartialDate, read_age, read_date
from rabta.core.words.incoming import IncomingParticular
from rabta.core.words.vocabulary import Calendar, Particular
from rabta.demo import spelling
from rabta.demo.dice import Dice
from rabta.demo.world import DemoPerson

AGES = ("about {age}", "age {age} years", "{age} yrs", "approx. {age}")
AGES_URDU = ("عمر تقریباً {age} سال", "{age} سال", "عمر {age} سال")
DAYS = ("{d:02d}-{m:02d}-{y}", "{d:02d}/{m:02d}/{y}", "{y}-{m:02d}-{d:02d}", "{d}.{m}.{y}")


@dataclass(frozen=True, slots=True)
class Birth:
    """What a guess starts from: the day of the record, and how often the desk only guesses."""

    day: date
    guessed: float


def write_birth(
    dice: Dice, person: DemoPerson, asked: Birth, *, in_urdu: bool
) -> IncomingParticular:
    """The birth of a person, as written and as read; the year is off by one in a tenth of them."""
    true = person.birth
    year = true.year + (dice.pick((-1, 1)) if dice.chance(0.1) else 0)
    eastern = in_urdu and dice.chance(0.5)
    if dice.chance(asked.guessed):
        text = _shown(_age(dice, true, asked.day, in_urdu), eastern)
        read = read_age(text, on=PartialDate(asked.day, asked.day, asked.day.isoformat()))
    elif person.nationality in ("AF", "IR") and dice.chance(0.4):
        begun = year if true >= date(true.year, 3, 21) else year - 1
        text = _shown(str(begun - 621), eastern)
        read = read_date(text, calendar=Calendar.SOLAR_HIJRI)
    elif person.nationality == "NP" and dice.chance(0.4):
        begun = year if true >= date(true.year, 4, 14) else year - 1
        text = f"{begun + 57} BS"
        read = read_date(text)
    elif dice.chance(0.45):
        text = _shown(str(year), eastern)
        read = PartialDate(date(year, 1, 1), date(year, 12, 31), text)
    else:
        text, day = _day(dice, true, year)
        text = _shown(text, eastern)
        read = PartialDate(day, day, text)
    return IncomingParticular(Particular.BIRTH, text, date=read)


def _shown(text: str, eastern: bool) -> str:
    return spelling.eastern(text) if eastern else text


def _age(dice: Dice, true: date, day: date, in_urdu: bool) -> str:
    """A guess at an age, off by two years at most, by one for a child."""
    age = max(1, int((day - true).days / 365.25))
    if age > 25 and dice.chance(0.4):
        age = (age + 2) // 5 * 5
    else:
        age = max(1, age + (dice.between(-1, 1) if age < 16 else dice.between(-2, 2)))
    return dice.pick(AGES_URDU if in_urdu else AGES).format(age=age)


def _day(dice: Dice, true: date, year: int) -> tuple[str, date]:
    month, day = true.month, min(true.day, monthrange(year, true.month)[1])
    if dice.chance(0.12):
        month = day = 1
    elif day <= 12 and dice.chance(0.05):
        month, day = day, month
    return dice.pick(DAYS).format(d=day, m=month, y=year), date(year, month, day)
