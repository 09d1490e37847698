"""Random rules over the tables of the house, and a random world with holes in it to ask of."""

from datetime import date, timedelta
from random import Random
from typing import Any

from django.db import models

from rabta.core.access.decisions import CASE_WORK, LOOK_UP, Actor, Asker, Purpose
from rabta.core.access.rules import All, Compare, Either, Mine, Not, Op, Rule, Some
from rabta.core.words.vocabulary import CaseKind, Duty, Role, SystemDuty
from rabta.desk.accounts.models import Agency, Allowance, Posting, Unit, UnitParent, User
from rabta.desk.cases.models import Case, Note, ParticularRow, Person, RoleInCase, TeamMember
from rabta.desk.wall.door import write
from rabta.desk.wall.session import acting

TODAY = date(2024, 6, 1)
ASKED = (Case, Person, RoleInCase, TeamMember, Agency, Unit, Allowance)
"""Where a rule may begin."""

REACHED = frozenset({*ASKED, User, Posting, UnitParent, ParticularRow, Note})
"""Where it may lead."""

MACHINE = Actor(user=0, duty=SystemDuty.VERIFIER)
LOADER = Actor(user=0, duty=SystemDuty.LOADER)


def holes(rng: Random, value: Any) -> Any:
    return None if rng.random() < 0.3 else value


def some_day(rng: Random, today: date = TODAY) -> date:
    return today + timedelta(days=rng.randint(-2, 2))


def fill(world: Any, rng: Random, *, records: int = 12, today: date = TODAY) -> None:
    """Put random cases, people, roles, teams and allowances into a world; NULL where it may be."""
    units = [u for u in world.units.values() if u.code != "listdesk"]
    users = [world.user() for _ in range(4)]
    agencies = list(world.agencies.values())
    with acting(LOADER, "test"), write(LOADER, "world.filled") as door:
        cases = []
        for number in range(records):
            unit = rng.choice(units)
            cases.append(
                door.create(
                    Case(
                        agency_id=unit.agency_id, unit=unit, number=str(number),
                        kind=rng.choice([k for k in CaseKind if k is not CaseKind.LIST]),
                        sealed=rng.random() < 0.3,
                        registered_earliest=holes(rng, some_day(rng, today)),
                        registered_latest=holes(rng, some_day(rng, today)),
                        closed_on=holes(rng, some_day(rng, today)),
                        load_id=holes(rng, rng.randint(1, 3)),
                    )
                )
            )  # fmt: skip
        lists = world.units["listdesk"]
        cases.append(
            door.create(Case(agency_id=lists.agency_id, unit=lists, number="L", kind=CaseKind.LIST))
        )
        people = []
        for _ in range(records * 2):
            unit = rng.choice([*units, lists])
            people.append(
                door.create(
                    Person(
                        agency_id=unit.agency_id, unit=unit, protected=rng.random() < 0.5,
                        link_consent=rng.random() < 0.4,
                        birth_year_earliest=holes(rng, rng.randint(1990, 1993)),
                        birth_year_latest=holes(rng, rng.randint(1990, 1993)),
                        load_id=holes(rng, rng.randint(1, 3)),
                    )
                )
            )  # fmt: skip
        said = set()
        for _ in range(records * 3):
            case, person, role = rng.choice(cases), rng.choice(people), rng.choice(list(Role))
            if (case.pk, person.pk, role) not in said:
                said.add((case.pk, person.pk, role))
                door.create(RoleInCase(agency=case.agency, case=case, person=person, role=role))
        for case in cases:
            for user in rng.sample(users, rng.randint(0, 2)):
                door.create(TeamMember(case=case, user=user))
        for _ in range(records):
            owner, recipient = rng.sample(agencies, 2)
            door.create(
                Allowance(
                    agency=owner, recipient=recipient, level=rng.randint(0, 4), basis="test",
                    valid_from=some_day(rng, today), valid_to=holes(rng, today + timedelta(days=3)),
                )
            )  # fmt: skip
    world.users, world.cases, world.people = users, cases, people


class Rules:
    """Draws rules; values come from what stands in the tables, from who asks, or are missing."""

    ORDERED = (models.DateField, models.IntegerField)

    def __init__(self, rng: Random, rows: dict[type[models.Model], dict[int, dict[str, Any]]]):
        self.rng, self.rows = rng, rows

    def rule(self, model: type[models.Model], depth: int = 4) -> Rule:
        kind = self.rng.choice("caensss" if depth else "c")
        if kind == "c":
            return self._compare(model)
        if kind in "ae":
            few = self.rng.randint(0, 3)
            rules = tuple(self.rule(model, depth - 1) for _ in range(few))
            return All(rules) if kind == "a" else Either(rules)
        if kind == "n":
            return Not(self.rule(model, depth - 1))
        links = [
            f for f in model._meta.get_fields()
            if f.is_relation and f.related_model in REACHED and not f.many_to_many
            and (f.concrete or f.related_name is None or not f.related_name.endswith("+"))
        ]  # fmt: skip
        link = self.rng.choice(links)
        return Some(link.name, self.rule(link.related_model, depth - 1))

    def _compare(self, model: type[models.Model]) -> Rule:
        if self.rng.random() < 0.12:
            return self._of_the_asker()
        fields = [
            f for f in model._meta.concrete_fields
            if not isinstance(f, models.JSONField | models.BinaryField | models.UUIDField
                              | models.DateTimeField)
        ]  # fmt: skip
        field = self.rng.choice(fields)
        ordered = isinstance(field, self.ORDERED) or field.is_relation
        op = self.rng.choice([Op.EQ, Op.EQ, Op.IN, Op.LT, Op.LE, Op.GT, Op.GE] if ordered
                             else [Op.EQ, Op.IN])  # fmt: skip
        if self.rng.random() < 0.15:
            mine = self._mine_for(field, op)
            if mine:
                return Compare(field.attname, op, mine)
        if op is Op.IN:
            few = [self._value(model, field) for _ in range(self.rng.randint(0, 4))]
            return Compare(field.attname, op, frozenset(few))
        return Compare(field.attname, op, self._value(model, field))

    def _value(self, model: type[models.Model], field: models.Field) -> Any:
        if self.rng.random() < 0.1 or not self.rows[model]:
            return None
        row = self.rows[model][self.rng.choice(sorted(self.rows[model]))]
        return row[field.attname]

    def _mine_for(self, field: models.Field, op: Op) -> Mine | None:
        if isinstance(field, models.DateField):
            return Mine("today") if op is not Op.IN else None
        target = field.related_model if field.is_relation else None
        if target is Unit:
            return Mine("units") if op is Op.IN else Mine("unit")
        if op is Op.IN:
            return None
        if target is Agency:
            return Mine("agency")
        return Mine("user") if field.attname == "user_id" else None

    def _of_the_asker(self) -> Rule:
        if self.rng.random() < 0.5:
            words = [*Duty, *SystemDuty, "", None]
            return Compare(Mine("duty"), Op.IN, frozenset(self.rng.sample(words, 6)))
        return Compare(Mine("purpose"), Op.EQ, self.rng.choice([LOOK_UP, CASE_WORK.name, None]))

    def asker(self) -> Asker:
        units = sorted(self.rows[Unit])
        unit = self.rng.choice(units)
        actor = Actor(
            user=self.rng.choice([0, 1, 2, 3, 4, 5]),
            duty=self.rng.choice([*Duty, *SystemDuty, None]),
            agency=self.rows[Unit][unit]["agency_id"],
            unit=unit,
            units=frozenset(self.rng.sample(units, self.rng.randint(0, 4))),
        )
        purpose = self.rng.choice([CASE_WORK, Purpose(LOOK_UP, 1)])
        return Asker.of(actor, purpose, today=TODAY)
