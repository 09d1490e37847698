"""The two ends of a link, each as far as its reader may see it and no further."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from rabta.core.access.decisions import Actor
from rabta.core.access.levels import Level
from rabta.core.words.vocabulary import Particular
from rabta.desk.accounts.selectors import Desk, desk_of
from rabta.desk.cases import rules
from rabta.desk.cases.models import Case, ParticularRow, Person, RoleInCase
from rabta.desk.cases.rules import Detail
from rabta.desk.frame.labels import date_in_words
from rabta.desk.matching.rules import REVIEW
from rabta.desk.wall.scope import decision_of, visible_to

FULL = Level.FULL


@dataclass(frozen=True, slots=True)
class Side:
    """One end of a link. What its level does not open is empty.

    ``desk`` is whom to ask, at every level. ``public_id``, ``sex``, ``born``, ``nationalities``
    from PSEUDONYM, ``roles`` (case number, role) from OPERATIONAL, ``details`` (kind → texts) and
    ``births``, as far as a date was read, at FULL alone.
    """

    record: int
    level: Level
    why: str
    desk: Desk
    own: bool
    public_id: UUID | None = None
    sex: str = ""
    born: str = ""
    nationalities: tuple[str, ...] = ()
    protected: bool = False
    roles: tuple[tuple[str, str], ...] = ()
    details: dict[Particular, tuple[str, ...]] = field(default_factory=dict)
    births: tuple[Detail, ...] = ()

    @property
    def full(self) -> bool:
        """Whether everything of it is open to the reader."""
        return self.level >= FULL

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers of the cases it stands in, each once."""
        return tuple(dict.fromkeys(number for number, _ in self.roles))

    @property
    def name(self) -> str:
        """The first name recorded; empty below FULL and where nobody knows one."""
        for kind in (Particular.NAME, Particular.ALIAS):
            if self.details.get(kind):
                return self.details[kind][0]
        return ""


NAMES = frozenset({Particular.NAME, Particular.ALIAS})


def sides(
    actor: Actor, ids: Collection[int], *, whole: bool, cases: bool = False
) -> dict[int, Side]:
    """The ends of links by the record's id; ``whole`` with every detail, else names alone.

    ``cases``: with their roles too, which tell two namesakes apart.
    A record that the actor may not know of is left out.
    """
    people = list(visible_to(Person, actor, REVIEW, at_least=Level.HIT).filter(pk__in=ids))
    desks = desk_of({person.unit_id for person in people})
    details = _details(actor, people, kinds=None if whole else NAMES)
    roles = _roles(actor, people) if whole or cases else {}
    return {
        person.pk: _side(
            actor,
            person,
            desk=desks[person.unit_id],
            details=details.get(person.pk, ()),
            roles=tuple(roles.get(person.pk, ())),
        )
        for person in people
    }


def _side(
    actor: Actor,
    person: Person,
    *,
    desk: Desk,
    details: Sequence[Detail],
    roles: tuple[tuple[str, str], ...],
) -> Side:
    decision = decision_of(person)
    level = decision.level
    if level < Level.PSEUDONYM:
        return Side(
            record=person.pk, level=level, why=decision.why, desk=desk,
            own=person.agency_id == actor.agency,
        )  # fmt: skip
    return Side(
        record=person.pk,
        level=level,
        why=decision.why,
        desk=desk,
        own=person.agency_id == actor.agency,
        public_id=person.public_id,
        sex=person.sex,
        born=rules.years_of_birth(person),
        nationalities=tuple(person.nationalities.split()),
        protected=level >= Level.OPERATIONAL and person.protected,
        roles=roles,
        details=_texts(details),
        births=tuple(one for one in details if one.kind is Particular.BIRTH and one.date),
    )


def _texts(details: Sequence[Detail]) -> dict[Particular, tuple[str, ...]]:
    """What is said of each kind, each text once."""
    found: dict[Particular, dict[str, None]] = defaultdict(dict)
    for one in details:
        text = one.text or (date_in_words(one.date) if one.date else "")
        found[one.kind].setdefault(text)
    return {kind: tuple(texts) for kind, texts in found.items()}


def _details(
    actor: Actor, people: Sequence[Person], *, kinds: frozenset[Particular] | None
) -> dict[int, list[Detail]]:
    """What identifies those whom the actor sees in full, in one question."""
    open_ids = [person.pk for person in people if decision_of(person).level >= FULL]
    if not open_ids:
        return {}
    rows = visible_to(ParticularRow, actor, REVIEW, at_least=FULL).filter(
        person_id__in=open_ids, withdrawn=False
    )
    if kinds is not None:
        rows = rows.filter(kind__in=kinds)
    found: dict[int, list[Detail]] = defaultdict(list)
    for row in rows.order_by("id"):
        found[row.person_id].append(row.opened())
    return found


def _roles(actor: Actor, people: Sequence[Person]) -> dict[int, list[tuple[str, str]]]:
    """Case number and role of each, where the actor may see both the case and the person."""
    open_ids = [p.pk for p in people if decision_of(p).level >= Level.OPERATIONAL]
    held = list(visible_to(RoleInCase, actor, REVIEW, at_least=FULL).filter(person_id__in=open_ids))
    cases = visible_to(Case, actor, REVIEW, at_least=Level.OPERATIONAL)
    numbers = {
        case.pk: case.number for case in cases.filter(pk__in={role.case_id for role in held})
    }
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for role in held:
        if role.case_id in numbers:
            found[role.person_id].append((numbers[role.case_id], role.role))
    return found
