"""Records of people that the linker may match, and proposals and judgements between them."""

from collections.abc import Iterable
from typing import Any

from tests.world import World

from rabta.core.access.decisions import Actor
from rabta.core.access.levels import Level
from rabta.core.words.dates import read_date
from rabta.core.words.incoming import IncomingParticular
from rabta.core.words.vocabulary import Duty, Particular, Role, SystemDuty, Verdict
from rabta.desk.cases.models import Case, Person, RoleInCase
from rabta.desk.cases.services import people
from rabta.desk.cases.services.people import Origin, PersonEntry
from rabta.desk.matching import services
from rabta.desk.matching.models import Judgement, LinkRun, Proposal
from rabta.desk.wall.door import write
from rabta.desk.wall.scope import visible_to
from rabta.desk.wall.session import acting

LOADER = Actor(user=0, duty=SystemDuty.LOADER)
LINKER = Actor(user=0, duty=SystemDuty.LINKER)
KEEPER = Actor(user=0, duty=SystemDuty.KEEPER)

NAME, SAME_NAME = "Zubair Gondalwala", "Zubayr Gondalvala"
FATHER, CNIC = "Naveed Gondalwala", "35202-1234567-1"
EVIDENCE = [
    {"code": "cnic_same", "polarity": "for"},
    {"code": "father_differs", "polarity": "against"},
]
REASON = "The CNIC is the same."


class Records:
    """Makes people with particulars in a world, and what is said of two of them."""

    def __init__(self, world: World):
        self.world = world
        self.judges: dict[str, Actor] = {}
        self._numbers = 0

    def case(self, unit: str, **fields: Any) -> Case:
        self._numbers += 1
        return self.world.case(unit, f"{self._numbers}/2020", **fields)

    def person(
        self,
        unit: str,
        name: str = NAME,
        *,
        case: Case | None = None,
        role: Role = Role.ACCUSED,
        consent: bool = False,
        born: str = "3 April 1985",
        **more: str,
    ) -> Person:
        said = [IncomingParticular(Particular.NAME, name)]
        said.append(IncomingParticular(Particular.BIRTH, born, date=read_date(born)))
        said += [IncomingParticular(Particular(kind), text) for kind, text in more.items()]
        case = case or self.case(unit)
        with acting(LOADER, "test"):
            return people.enter(
                LOADER,
                case=case,
                entry=PersonEntry(tuple(said), link_consent=consent, roles=(role,)),
                origin=Origin(agency=self.world.units[unit].agency_id),
            )

    def judge(self, unit: str, duty: Duty = Duty.INVESTIGATOR) -> Actor:
        """An officer of a unit in a duty; the same one every time."""
        key = f"{unit}/{duty}"
        if key not in self.judges:
            self.judges[key] = self.world.actor(unit, duty)
        return self.judges[key]

    def propose(
        self, one: Person, other: Person, *, probability: float = 0.999, worth: int = 300
    ) -> Proposal:
        left, right = sorted((one, other), key=lambda person: person.pk)
        with acting(LINKER, "test"), write(LINKER, "test") as door:
            run = door.create(LinkRun(state="done"))
            return door.create(
                Proposal(
                    left=left,
                    right=right,
                    run=run,
                    state="open",
                    probability=probability,
                    strength="strong" if probability >= 0.99 else "possible",
                    worth=worth,
                    across=left.agency_id != right.agency_id,
                    bridge=False,
                    cluster=left.pk,
                    evidence=EVIDENCE,
                    namesakes="10",
                )
            )

    def say(self, actor: Actor, one: Person, other: Person, verdict: Verdict) -> Judgement:
        with acting(actor, "test"):
            return services.judge(actor, pair=(one.pk, other.pk), verdict=verdict)

    def seal(self, case: Case) -> None:
        with acting(KEEPER, "test"), write(KEEPER, "test") as door:
            found = visible_to(Case, KEEPER, at_least=Level.FULL).get(pk=case.pk)
            door.change(found, sealed=True)

    def consent(self, person: Person, given: bool) -> None:
        with acting(KEEPER, "test"), write(KEEPER, "test") as door:
            found = visible_to(Person, KEEPER, at_least=Level.FULL).get(pk=person.pk)
            door.change(found, link_consent=given)

    def add_role(self, person: Person, case: Case, role: Role) -> None:
        with acting(LOADER, "test"), write(LOADER, "test") as door:
            door.create(RoleInCase(agency=case.agency, case=case, person=person, role=role))


def proposals() -> dict[tuple[int, int], Proposal]:
    """Every proposal there is, by its pair: read as the one duty that no rule holds back."""
    with acting(KEEPER, "test"):
        return {
            (one.left_id, one.right_id): one
            for one in visible_to(Proposal, KEEPER, at_least=Level.FULL)
        }


def judgements() -> list[Judgement]:
    with acting(KEEPER, "test"):
        return list(visible_to(Judgement, KEEPER, at_least=Level.FULL).order_by("id"))


def pair(one: Person, other: Person) -> tuple[int, int]:
    left, right = sorted((one.pk, other.pk))
    return left, right


def open_pairs(found: Iterable[Proposal] | None = None) -> set[tuple[int, int]]:
    rows = proposals().values() if found is None else found
    return {(one.left_id, one.right_id) for one in rows if one.state == "open"}
