"""A small world for tests: agencies, units, people in duties, and records made through the door."""

from datetime import date, timedelta
from typing import Any

from rabta.core.access.decisions import Actor
from rabta.core.words.incoming import IncomingParticular
from rabta.core.words.vocabulary import AgencyKind, CaseKind, Duty, Particular, Role, SystemDuty
from rabta.desk.accounts import selectors
from rabta.desk.accounts.models import Agency, Allowance, Posting, Unit, UnitParent, User
from rabta.desk.cases.models import Case, Note, ParticularRow, Person, RoleInCase, TeamMember
from rabta.desk.cases.rules import written
from rabta.desk.wall import keys
from rabta.desk.wall.base import new_public_id
from rabta.desk.wall.door import write
from rabta.desk.wall.session import acting

FOUNDER = Actor(user=0, duty=Duty.STEWARD)
LOADER = Actor(user=0, duty=SystemDuty.LOADER)


class World:
    """federal (hq → circle_a, circle_b), railways (hq → post), shelter (house)."""

    def __init__(self, today: date):
        self.today = today
        self.since = today - timedelta(days=400)
        self.agencies: dict[str, Agency] = {}
        self.units: dict[str, Unit] = {}
        self._users = 0
        with acting(FOUNDER, "test"), write(FOUNDER, "world.made") as door:
            self.door = door
            self._agency("federal", AgencyKind.FEDERAL_LE, "hq", "circle_a", "circle_b")
            self._agency("railways", AgencyKind.RAILWAYS_POLICE, "rhq", "post")
            self._agency("shelter", AgencyKind.SHELTER, "house")
            self._agency("lists", AgencyKind.LIST_OWNER, "listdesk")
        del self.door

    def _agency(self, code: str, kind: AgencyKind, head: str, *units: str) -> None:
        names = {"en": code.title()}
        agency = self.door.create(Agency(code=code, names=names, kind=kind, opened=self.since))
        self.agencies[code] = agency
        for name in (head, *units):
            unit = self.door.create(
                Unit(agency=agency, code=name, names={"en": name}, kind="unit", opened=self.since)
            )
            self.units[name] = unit
            if name != head:
                self.door.create(
                    UnitParent(unit=unit, parent=self.units[head], valid_from=self.since)
                )

    def user(self, login: str = "") -> User:
        self._users += 1
        login = login or f"user{self._users}"
        with acting(FOUNDER, "test"), write(FOUNDER, "user.opened") as door:
            return door.create(User(login=login, name=f"Officer {self._users}", password="!"))

    def post(self, user: User, unit: str, duty: Duty, **dates: Any) -> Posting:
        with acting(FOUNDER, "test"), write(FOUNDER, "posting.made") as door:
            return door.create(
                Posting(
                    user=user,
                    unit=self.units[unit],
                    duty=duty,
                    valid_from=dates.get("valid_from", self.since),
                    valid_to=dates.get("valid_to"),
                )
            )

    def actor(
        self, unit: str, duty: Duty = Duty.INVESTIGATOR, *, user: User | None = None
    ) -> Actor:
        user = user or self.user()
        self.post(user, unit, duty)
        return selectors.actor_of(user, selectors.postings_of(user)[0])

    def allow(self, owner: str, recipient: str, level: int, **dates: Any) -> Allowance:
        with acting(FOUNDER, "test"), write(FOUNDER, "allowance.made") as door:
            return door.create(
                Allowance(
                    agency=self.agencies[owner],
                    recipient=self.agencies[recipient],
                    level=level,
                    basis="test",
                    valid_from=dates.get("valid_from", self.since),
                    valid_to=dates.get("valid_to"),
                )
            )

    def case(self, unit: str, number: str = "1/2020", **fields: Any) -> Case:
        team = fields.pop("team", ())
        fields.setdefault("kind", CaseKind.SMUGGLING)
        with acting(LOADER, "test"), write(LOADER, "case.opened") as door:
            at = self.units[unit]
            case = door.create(Case(agency=at.agency, unit=at, number=number, **fields))
            for user in team:
                door.create(TeamMember(case=case, user=user))
        return case

    def person(
        self,
        unit: str,
        name: str = "Testa Namewala",
        *,
        case: Case | None = None,
        role: Role = Role.ACCUSED,
        **fields: Any,
    ) -> Person:
        at = self.units[unit]
        fields.setdefault("protected", role is not Role.ACCUSED and role is not Role.LISTED)
        with acting(LOADER, "test"), write(LOADER, "person.entered") as door:
            person = door.create(Person(agency=at.agency, unit=at, **fields))
            public_id = new_public_id()
            said = IncomingParticular(Particular.NAME, name)
            door.create(
                ParticularRow(
                    public_id=public_id,
                    agency=at.agency,
                    person=person,
                    kind=Particular.NAME,
                    fingerprint=1,
                    sealed=keys.seal(written(said), agency=at.agency_id, binding=public_id),
                )
            )
            if case is not None:
                door.create(RoleInCase(agency=at.agency, case=case, person=person, role=role))
        return person

    def note(self, case: Case, text: str) -> Note:
        public_id = new_public_id()
        with acting(LOADER, "test"), write(LOADER, "note.added") as door:
            return door.create(
                Note(
                    public_id=public_id,
                    agency=case.agency,
                    case=case,
                    sealed=keys.seal(text, agency=case.agency_id, binding=public_id),
                )
            )
