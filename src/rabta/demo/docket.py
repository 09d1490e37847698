"""Cases: which desk keeps one, its number, its days, the law of the day, its note."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from rabta.core.words.dates import PartialDate
from rabta.core.words.incoming import IncomingCase
from rabta.core.words.vocabulary import CaseKind
from rabta.demo import lists, spelling
from rabta.demo.clerk import STYLES
from rabta.demo.dice import Dice
from rabta.demo.world import DemoUnit, Place

LAW_CHANGED = date(2018, 6, 1)
"""From this day on an offence is trafficking or smuggling; before it was both in one."""

CIVIL = frozenset({"SAH", "DAR", "PAN", "UNB", "EMB"})
"""Agencies that keep files, not FIRs."""


@dataclass(slots=True)
class OpenCase:
    """A case that is still being filled; ``theme`` names its notes, ``seats`` its people."""

    agency: str
    unit: DemoUnit
    kind: CaseKind
    theme: str
    registered: date
    occurred: date
    place: Place
    encounter: bool = False
    sealed: bool = False
    seats: set[int] = field(default_factory=set)


class Docket:
    """Opens cases at units that existed that day, and numbers them by unit and year."""

    def __init__(self, dice: Dice, *, first: date, last: date, people: int):
        self.dice = dice
        self.first, self.last = first, last
        years = last.year - first.year + 1
        self._month_room = max(40, people * 13 // (1000 * years))
        self._next: dict[tuple[str, str, int, int], int] = {}
        self._units = {
            agency.code: [
                (unit, lists.places()[unit.place].region) for unit in agency.units if unit.records
            ]
            for agency in lists.agencies()
        }

    def unit(self, agency: str, region: str, *, day: date, encounter: bool) -> DemoUnit:
        """A unit of the agency that was open, one of the region if there is any."""
        wanted = "encounters" if encounter else "yes"
        found = [
            (unit, there)
            for unit, there in self._units[agency]
            if unit.records == wanted and unit.open_on(day)
        ]
        if not found:  # no help desk yet that day: the station notes it
            return self.unit(agency, region, day=day, encounter=False)
        near = [unit for unit, there in found if there == region]
        return self.dice.pick(near or [unit for unit, _ in found])

    def open_case(
        self,
        agency: str,
        *,
        kind: CaseKind,
        theme: str,
        span: tuple[date, date],
        place: Place,
    ) -> OpenCase:
        """A case registered on a day of ``span``, of something up to 400 days before.

        It happened at ``place``, or where the unit sits when that is in another region.
        """
        dice = self.dice
        registered = span[0] + timedelta(days=dice.below((span[1] - span[0]).days + 1))
        encounter = theme == "encounter" and agency == "RLY"
        late = dice.below(3 if theme == "encounter" else 400 if dice.chance(0.3) else 45)
        occurred = registered - timedelta(days=late)
        unit = self.unit(agency, place.region, day=registered, encounter=encounter)
        there = lists.places()[unit.place]
        if agency not in CIVIL and there.region != place.region:
            place = there
        return OpenCase(
            agency=agency,
            unit=unit,
            kind=self._kind(kind, agency, occurred),
            theme=theme,
            registered=registered,
            occurred=occurred,
            place=place,
            encounter=theme == "encounter",
        )

    def _kind(self, kind: CaseKind, agency: str, occurred: date) -> CaseKind:
        """Before the laws of 2018 police files seldom told the two crimes apart."""
        told_apart = occurred >= LAW_CHANGED or agency in CIVIL or kind is CaseKind.OTHER
        return kind if told_apart or self.dice.chance(0.4) else CaseKind.BOTH

    def close(self, case: OpenCase) -> IncomingCase:
        """The case as a source gives it, now that its people are known."""
        dice = self.dice
        series = self._series(case)
        year = case.registered.year
        number = f"{self._number(case, series)}/{year}"
        enquiry = series == "ENQ"
        fir = series == "FIR"
        both = fir and case.agency == "FIA" and dice.chance(0.2)
        in_urdu = dice.chance(STYLES[case.agency].urdu)
        text = case.registered.strftime("%d-%m-%Y")
        return IncomingCase(
            key=f"{case.unit.code}/{series}/{number}",
            kind=case.kind,
            number=f"{'Enquiry' if enquiry else series} {number}",
            fir_number=number if fir else "",
            enquiry_number=f"{self._number(case, 'ENQ')}/{year}" if both else number * enquiry,
            station=(case.unit.name_ur if in_urdu else case.unit.name) if fir or enquiry else "",
            registered=PartialDate(case.registered, case.registered, text),
            occurred=self._occurred(case),
            place=case.place.urdu if in_urdu else case.place.english,
            note=self._note(case, in_urdu),
        )

    def _series(self, case: OpenCase) -> str:
        if case.agency in CIVIL:
            return "FILE"
        if case.encounter:
            return "ENC"
        return "ENQ" if case.agency == "FIA" and self.dice.chance(0.35) else "FIR"

    def _number(self, case: OpenCase, series: str) -> int:
        """A free number that rises with the months; the desk's other work fills the gaps."""
        year, month, room = case.registered.year, case.registered.month, self._month_room
        key = (case.unit.code, series, year, month)
        before = self._next.get(key)
        if before is None:
            before = self.dice.below(room // 2)
        used = before + self.dice.between(1, 4)
        if used <= room:
            self._next[key] = used
            return (month - 1) * room + used
        rest = (case.unit.code, series, year, 0)
        self._next[rest] = self._next.get(rest, 0) + 1
        return 12 * room + self._next[rest]

    def _occurred(self, case: OpenCase) -> PartialDate:
        day = case.occurred
        if case.encounter or self.dice.chance(0.6):
            return PartialDate(day, day, day.strftime("%d-%m-%Y"))
        first = day.replace(day=1)
        after = (first + timedelta(days=32)).replace(day=1)
        last = min(after - timedelta(days=1), case.registered)
        return PartialDate(first, last, day.strftime("%m/%Y"))

    def _note(self, case: OpenCase, in_urdu: bool) -> str:
        dice, texts = self.dice, lists.notes()
        roman = dice.chance(STYLES[case.agency].roman_notes)
        theme = texts[case.theme]
        text = dice.pick(theme["ur" if in_urdu else "roman" if roman else "en"])
        count = str(len(case.seats) + dice.between(1, 6))  # not all of a group get a file
        return text.format(
            place=case.place.urdu if in_urdu else case.place.english,
            count=spelling.eastern(count) if in_urdu else count,
            law=dice.pick(texts["law"][self._law(case)]),
        )

    @staticmethod
    def _law(case: OpenCase) -> str:
        if case.occurred < LAW_CHANGED:
            return "before"
        if case.kind is CaseKind.OTHER:
            return "other"
        return "smuggling" if case.kind is CaseKind.SMUGGLING else "trafficking"
