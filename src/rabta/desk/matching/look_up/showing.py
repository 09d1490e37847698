"""How what was found is shown: each at the level the wall gives, the rest as desks to ask."""

from rabta.core.access.decisions import Actor, Purpose
from rabta.core.access.levels import Level
from rabta.core.words.vocabulary import Particular
from rabta.desk.accounts.selectors import Desk, desk_of
from rabta.desk.cases import rules
from rabta.desk.cases.models import Case, ParticularRow, Person, RoleInCase
from rabta.desk.cases.reach import numbered
from rabta.desk.cases.rules import Detail
from rabta.desk.matching.look_up.answers import CaseHit, DeskHit, PersonHit, Strength
from rabta.desk.matching.look_up.finding import Found
from rabta.desk.wall import keys
from rabta.desk.wall.scope import decision_of, visible_to

SHOWN = 20
SHOWN_FROM = Level.OPERATIONAL
"""From which level a record found by what identifies it is shown itself."""


def cases_found(
    actor: Actor, purpose: Purpose, values: list[int]
) -> tuple[tuple[CaseHit, ...], set[int]]:
    """Cases by their number: those the asker may open, and the units to ask about the others."""
    if not values:
        return (), set()
    rows = list(
        visible_to(Case, actor, purpose, at_least=Level.HIT).filter(numbered(values))[:SHOWN]
    )
    opened = [row for row in rows if decision_of(row).level >= Level.OPERATIONAL]
    hits = tuple(CaseHit(row.public_id, row.number, row.kind) for row in opened)
    return hits, {row.unit_id for row in rows if row not in opened}


def shown(
    actor: Actor, purpose: Purpose, best: list[Found], holding: set[int]
) -> tuple[tuple[PersonHit, ...], tuple[DeskHit, ...]]:
    """The best as the asker may see each: people at their level, the rest as desks to ask.

    ``holding`` are units that hold a case of the number asked for.
    """
    order = {hit.person: hit for hit in best}
    rows = {
        row.pk: row
        for row in visible_to(Person, actor, purpose, at_least=Level.HIT).filter(pk__in=order)
    }
    desks = desk_of({hit.unit for hit in best} | holding)
    opened = [pk for pk, row in rows.items() if decision_of(row).level >= SHOWN_FROM]
    details = _details(
        actor, purpose, [pk for pk in opened if decision_of(rows[pk]).level == Level.FULL]
    )
    cases = _cases_of(actor, purpose, opened)
    people = []
    asking = {unit: DeskHit(desk=desks[unit], strength=Strength.STRONG) for unit in holding}
    for hit in best:
        row = rows.get(hit.person)
        if row is None:
            continue
        # Below that a record goes by a pseudonym, and a name typed beside it would undo it: who
        # holds it is all that is said.
        if decision_of(row).level >= SHOWN_FROM:
            people.append(
                _person_hit(row, hit, details.get(row.pk, ()), cases[row.pk], desks[hit.unit])
            )
        elif hit.unit not in asking or asking[hit.unit].strength < hit.strength:
            asking[hit.unit] = DeskHit(desk=desks[hit.unit], strength=hit.strength)
    ranked = sorted(asking.values(), key=lambda hit: (-hit.strength, hit.desk.unit_code))
    return tuple(people), tuple(ranked)


def _person_hit(
    row: Person, hit: Found, details: tuple[Detail, ...], cases: tuple[CaseHit, ...], desk: Desk
) -> PersonHit:
    decision = decision_of(row)
    names = [detail.text for detail in details if detail.kind is Particular.NAME]
    return PersonHit(
        public_id=row.public_id,
        level=decision.level,
        why=decision.why,
        strength=hit.strength,
        name=names[0] if names else "",
        details=details,
        sex=row.sex,
        birth_years=rules.years_of_birth(row),
        protected=row.protected,
        cases=cases,
        desk=desk,
    )


def _details(actor: Actor, purpose: Purpose, ids: list[int]) -> dict[int, tuple[Detail, ...]]:
    found: dict[int, list[Detail]] = {}
    rows = visible_to(ParticularRow, actor, purpose, at_least=Level.FULL).filter(
        person_id__in=ids, withdrawn=False
    )
    for row in rows.order_by("id"):
        opened = keys.unseal(row.sealed, agency=row.agency_id, binding=row.public_id)
        found.setdefault(row.person_id, []).append(rules.read(row.kind, opened))
    return {person: tuple(each) for person, each in found.items()}


def _cases_of(actor: Actor, purpose: Purpose, ids: list[int]) -> dict[int, tuple[CaseHit, ...]]:
    roles = list(
        visible_to(RoleInCase, actor, purpose, at_least=Level.FULL).filter(person_id__in=ids)
    )
    cases = {
        row.pk: row
        for row in visible_to(Case, actor, purpose, at_least=Level.OPERATIONAL).filter(
            pk__in={role.case_id for role in roles}
        )
    }
    found: dict[int, list[CaseHit]] = {person: [] for person in ids}
    for role in roles:
        case = cases.get(role.case_id)
        if case is not None:
            found[role.person_id].append(CaseHit(case.public_id, case.number, case.kind, role.role))
    return {person: tuple(each) for person, each in found.items()}
