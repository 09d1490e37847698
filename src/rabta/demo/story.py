"""A story: people and the cases they are in, from which the records are written."""

from dataclasses import dataclass
from datetime import date, timedelta

from rabta.core.words.incoming import IncomingParticular, IncomingPerson
from rabta.core.words.vocabulary import PROTECTED_ROLES, CaseKind, Role, Sex
from rabta.demo import clerk, lists
from rabta.demo.births import Birth
from rabta.demo.clerk import Extra
from rabta.demo.dice import Dice, Weighted
from rabta.demo.docket import CIVIL, Docket, OpenCase
from rabta.demo.people import ADULT, Registry
from rabta.demo.world import DemoPerson, DemoRecord, Place

MORE_AGENCIES = Weighted([(1, 75), (2, 15), (3, 7), (4, 3)])
"""By how many agencies an offender, or a victim, is recorded."""

LARGEST_AGENCY_FILE = 3
"""Cases one agency has of one story at most."""


@dataclass(slots=True)
class Seat:
    """A person in a case, in a role; ``part`` is what they do there (recruiter, …)."""

    case: OpenCase
    person: DemoPerson
    role: Role
    part: str = ""


class Story:
    """People whose records belong together: a network, a kiln, a child at a station."""

    def __init__(self, dice: Dice, registry: Registry, docket: Docket, *, place: Place, years: int):
        self.dice, self.registry, self.docket, self.place = dice, registry, docket, place
        days = (docket.last - docket.first).days
        length = min(days, years * 365)
        start = docket.first + timedelta(days=dice.below(days - length + 1))
        self.span = (start, start + timedelta(days=length))
        self.people: list[DemoPerson] = []
        self.cases: list[OpenCase] = []
        self.seats: list[Seat] = []
        self.extras: dict[int, tuple[Extra, ...]] = {}

    def person(
        self,
        community: str,
        sex: Sex,
        ages: tuple[int, int],
        *,
        kin: DemoPerson | None = None,
        travels: bool = False,
    ) -> DemoPerson:
        """A new person of that age when the story begins."""
        made = self.registry.person(
            community, sex, ages=ages, day=self.span[0], kin=kin, travels=travels
        )
        self.people.append(made)
        return made

    def case(self, agency: str, kind: CaseKind, theme: str) -> OpenCase:
        """A new case of the story."""
        made = self.docket.open_case(
            agency, kind=kind, theme=theme, span=self.span, place=self.place
        )
        self.cases.append(made)
        return made

    def seat(self, case: OpenCase, person: DemoPerson, role: Role, part: str = "") -> None:
        """Put a person into a case, once."""
        if person.number not in case.seats:
            case.seats.add(person.number)
            self.seats.append(Seat(case, person, role, part))

    def at(self, agency: str, kind: CaseKind, theme: str) -> OpenCase:
        """A case of the story at an agency: one there is, or a new one."""
        there = [case for case in self.cases if case.agency == agency and not case.sealed]
        if there and (len(there) >= LARGEST_AGENCY_FILE or self.dice.chance(0.75)):
            return self.dice.pick(there)
        return self.case(agency, kind, theme)

    def role(self, case: OpenCase) -> Role:
        """What an offender has become by the end: the older the case, the further it went."""
        if case.agency in CIVIL:
            return Role.SUSPECT
        years = (self.docket.last - case.registered).days / 365
        if self.dice.chance(min(0.3, 0.04 * years)):
            return Role.CONVICTED
        return Role.ACCUSED if self.dice.chance(0.65) else Role.SUSPECT

    def records(self, team: tuple[str, ...]) -> list[DemoRecord]:
        """The records, those of one case together; ``team`` is named on the sealed ones."""
        counts: dict[int, int] = {}
        for seat in self.seats:
            counts[seat.person.number] = counts.get(seat.person.number, 0) + 1
        found = []
        for case in self.cases:
            rows = [seat for seat in self.seats if seat.case is case]
            if not rows:
                continue
            incoming = self.docket.close(case)
            for row, seat in enumerate(rows, 1):
                written = self._row(seat, followed=counts[seat.person.number] > 1)
                found.append(
                    DemoRecord(
                        person=IncomingPerson(
                            key=f"{incoming.key}/{row}",
                            at=f"{incoming.number} row {row}",
                            case=incoming,
                            role=seat.role,
                            particulars=written,
                            sex=Sex.UNKNOWN if self.dice.chance(0.03) else seat.person.sex,
                            nationalities=self._nationalities(seat.person),
                            note=self._part(seat),
                            link_consent=self._consents(seat),
                        ),
                        agency=case.agency,
                        unit=case.unit.code,
                        truth=seat.person.number,
                        sealed=case.sealed,
                        team=team if case.sealed else (),
                    )
                )
        return found

    def _row(self, seat: Seat, *, followed: bool) -> tuple[IncomingParticular, ...]:
        guessed = 0.25 if seat.person.cnic else 0.55
        return clerk.write(
            self.dice,
            seat.person,
            clerk.STYLES[seat.case.agency],
            Birth(seat.case.registered, guessed),
            extras=tuple(
                extra for extra in self.extras.get(seat.person.number, ()) if self.dice.chance(0.5)
            ),
            followed=followed,
        )

    def _nationalities(self, person: DemoPerson) -> tuple[str, ...]:
        if self.dice.chance(0.05):
            return ()
        if person.nationality == "AF" and self.dice.chance(0.03):
            return ("PK",)
        return (person.nationality,)

    def _part(self, seat: Seat) -> str:
        if not seat.part or not self.dice.chance(0.7):
            return ""
        return self.dice.pick(lists.notes()["part"][seat.part])

    def _consents(self, seat: Seat) -> bool:
        """Nearly half of the adults agree to linkage; for children a guardian seldom does."""
        if seat.role not in PROTECTED_ROLES:
            return False
        child = _age(seat.person.birth, seat.case.registered) < ADULT
        return self.dice.chance(0.25 if child else 0.45)


def _age(birth: date, day: date) -> int:
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
