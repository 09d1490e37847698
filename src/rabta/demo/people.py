"""True people: a name from parts, a father, a day of birth, numbers that nobody real can have."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from rabta.core.words.vocabulary import Sex
from rabta.demo import lists
from rabta.demo.dice import Dice, Weighted
from rabta.demo.world import DemoPerson, Part

NAMESAKES = 0.015
"""Share of men of some communities who are all called Muhammad Khan."""

ADULT = 18


@dataclass(frozen=True, slots=True)
class Community:
    """Where a person's name and home come from. The first group of parts is the own one."""

    nationality: str
    regions: tuple[str, ...]
    groups: tuple[str, ...]
    second: tuple[str, ...]
    prefixed: float
    """Share of men whose name begins with Muhammad or the like."""
    surnamed: float
    """Share with a second name: a tribe, a clan, a family name."""
    finals: tuple[str, ...] = ("pk",)


COMMUNITIES = {
    "punjabi": Community("PK", ("punjab", "capital"), ("pk",), ("pk",), 0.45, 0.4),
    "pashtun": Community("PK", ("khyber",), ("pashto", "pk"), ("pashto", "pk"), 0.12, 0.65),
    "sindhi": Community("PK", ("sindh",), ("sindhi", "pk"), ("sindhi",), 0.2, 0.6),
    "baloch": Community("PK", ("balochistan",), ("baloch", "pk"), ("baloch",), 0.15, 0.65),
    "afghan": Community("AF", ("afghanistan",), ("pashto", "dari"), ("dari", "pashto"), 0.15, 0.55),
    "iranian": Community("IR", ("iran",), ("persian", "dari"), ("persian", "dari"), 0.1, 0.95),
    "bengali": Community("BD", ("bangladesh",), ("bengali",), ("bengali",), 0.4, 0.5, ()),
    "nepali": Community("NP", ("nepal",), ("nepali",), ("nepali",), 0.0, 0.95, ("nepali",)),
}

NEAR = {
    "punjab": Weighted([("punjabi", 18), ("pashtun", 2), ("sindhi", 1), ("afghan", 1)]),
    "capital": Weighted([("punjabi", 10), ("pashtun", 6), ("afghan", 3)]),
    "khyber": Weighted([("pashtun", 14), ("afghan", 5), ("punjabi", 1)]),
    "sindh": Weighted(
        [("sindhi", 9), ("punjabi", 3), ("pashtun", 3), ("bengali", 3), ("baloch", 2)]
    ),
    "balochistan": Weighted([("baloch", 9), ("pashtun", 5), ("afghan", 4), ("iranian", 2)]),
}
"""Who lives in a region, for those who work there."""

TRAVELLERS = Weighted(
    [("punjabi", 12), ("pashtun", 4), ("afghan", 6), ("bengali", 3), ("nepali", 1), ("iranian", 1)]
)
"""Who is found on the way."""

MUHAMMAD = Part("given", "محمد", ("Muhammad", "Mohammad", "Mohammed", "Muhammed", "Mohd"))
KHAN = Part("second", "خان", ("Khan", "Kan"))


def cnic_of(number: int, *, female: bool) -> str:
    """The thirteen digits of a true person: leading 0, sum divisible by ten, odd last for men."""
    serial = (number * 7_368_787 + 1_234_567) % 10_000_000
    region = (number * 37 + 11) % 1000
    gender = serial % 5 * 2 + (0 if female else 1)
    open_sum = sum(map(int, f"{region}{serial}{gender}"))
    return f"0{region:03d}{-open_sum % 10}{serial:07d}{gender}"


def account_of(number: int) -> str:
    """An account at a bank that does not exist, in the form of an IBAN with its check digits."""
    inside = f"DEMO{number:016d}"
    check = 98 - int("".join(str(int(sign, 36)) for sign in f"{inside}PK00")) % 97
    return f"PK{check:02d}{inside}"


class Registry:
    """Makes true people, numbered from 0, and telephone numbers, each given once."""

    def __init__(self, dice: Dice):
        self.dice = dice
        self.count = 0
        self._phones = 0

    def phone(self) -> str:
        """A number of the fictional block that nobody has yet, as eleven digits."""
        self._phones += 1
        return f"0399{(self._phones * 6_180_339 + 271_828) % 10_000_000:07d}"

    def person(
        self,
        community: str,
        sex: Sex,
        *,
        ages: tuple[int, int],
        day: date,
        kin: DemoPerson | None = None,
        travels: bool = False,
    ) -> DemoPerson:
        """A new person of an age in ``ages`` (both included) on ``day``.

        A child of ``kin``'s father shares the father, the family name, the home and the country.
        """
        dice, home_of = self.dice, COMMUNITIES[community]
        if kin is None:
            father = self._man(home_of, second=None)
            home = lists.towns(dice.pick(home_of.regions)).draw(dice)
        else:
            father, home = kin.father, kin.home
        family = next((part for part in father if part.slot == "second"), None)
        name = self._name(home_of, sex, family)
        while kin is not None and name == kin.name:
            name = self._name(home_of, sex, family)
        age = dice.between(*ages)
        birth = day - timedelta(days=int(age * 365.25) + dice.below(360))
        number, self.count = self.count, self.count + 1
        has_cnic = home_of.nationality == "PK" and age >= ADULT and dice.chance(0.92)
        has_document = home_of.nationality == "AF" and dice.chance(0.6)
        return DemoPerson(
            number=number,
            name=name,
            father=father,
            sex=sex,
            birth=birth,
            nationality=home_of.nationality,
            home=home,
            cnic=cnic_of(number, female=sex is Sex.FEMALE) if has_cnic else "",
            passport=f"ZZ{(number * 3_141_593 + 59) % 10_000_000:07d}"
            if dice.chance(0.6 if travels else 0.15)
            else "",
            document=f"DEMO-{(number * 27_182_819 + 5) % 1_000_000_000:09d}"
            if has_document
            else "",
            phone=self.phone() if age >= 14 else "",
            nickname=lists.table("nickname", ("pk", "pashto")).draw(dice)
            if sex is Sex.MALE and age >= ADULT and dice.chance(0.2)
            else None,
        )

    def _name(self, home_of: Community, sex: Sex, family: Part | None) -> tuple[Part, ...]:
        if sex is Sex.FEMALE:
            return self._woman(home_of, family)
        return self._man(home_of, second=family)

    def _man(self, home_of: Community, *, second: Part | None) -> tuple[Part, ...]:
        dice = self.dice
        if home_of.nationality in ("PK", "AF") and dice.chance(NAMESAKES):
            return (MUHAMMAD, KHAN)
        while True:
            name: list[Part] = []
            given = lists.table("male", home_of.groups).draw(dice)
            two_words = " " in given.latin[0]
            if not two_words and dice.chance(home_of.prefixed):
                group = "bengali" if home_of.nationality == "BD" else "pk"
                name.append(lists.table("prefix", (group,)).draw(dice))
            name.append(given)
            if second is not None and dice.chance(0.85):
                name.append(second)
            elif second is None and dice.chance(home_of.surnamed):
                name.append(lists.table("second", home_of.second).draw(dice))
            elif not name[:-1] and not two_words and home_of.finals and dice.chance(0.75):
                name.append(lists.table("final", home_of.finals).draw(dice))
            if acceptable(name):
                return tuple(name)

    def _woman(self, home_of: Community, family: Part | None) -> tuple[Part, ...]:
        dice = self.dice
        while True:
            name = [lists.table("female", home_of.groups).draw(dice)]
            closing = {"BD": "bengali", "AF": "dari"}.get(home_of.nationality, "pk")
            if home_of.nationality in ("IR", "NP"):
                name.append(family or lists.table("second", home_of.second).draw(dice))
            elif dice.chance(0.6):
                name.append(lists.table("closing", (closing,)).draw(dice))
            elif family is not None and dice.chance(0.4):
                name.append(family)
            if acceptable(name):
                return tuple(name)


def acceptable(name: Sequence[Part]) -> bool:
    """Whether a combination of parts reads as nobody well known, and repeats no word."""
    words = [word for part in name for word in part.latin[0].split()]
    return len(set(words)) == len(words) and not any(
        pair in lists.denied_pairs() for pair in combinations(words, 2)
    )
