"""The filter and the decision are one: what ``holds`` says, both databases say."""

from random import Random

import pytest
from django.apps import apps
from django.db.models import Q
from tests.desk.wall.facts import Node
from tests.desk.wall.random_rules import ASKED, MACHINE, Rules, fill

from rabta.core.access.decisions import (
    CASE_WORK,
    LINK_REVIEW,
    LOOK_UP,
    Actor,
    Asker,
    Purpose,
    decide,
)
from rabta.core.access.levels import Level
from rabta.core.access.policies import POLICIES
from rabta.core.access.rules import holds
from rabta.core.words.vocabulary import Duty, SystemDuty
from rabta.desk.accounts import selectors
from rabta.desk.cases.models import Case, Person, RoleInCase
from rabta.desk.wall import compiling
from rabta.desk.wall.base import Guarded
from rabta.desk.wall.compiling import compile_rule
from rabta.desk.wall.questions import Scope, tokened
from rabta.desk.wall.scope import decision_of, visible_to
from rabta.desk.wall.session import acting

SEEDS = range(6)
RULES_EACH = 500


@pytest.mark.parametrize("seed", SEEDS)
def test_a_random_rule_means_the_same_in_python_and_in_the_database(world, seed, monkeypatch):
    # The views of rls.py carry what the policies speak of; random rules speak of anything.
    monkeypatch.setattr(compiling, "facts_of", tokened)
    rng = Random(seed)
    fill(world, rng)
    node = Node()
    rules = Rules(rng, node.rows)
    matched = disagreed = 0
    with acting(MACHINE, "test"):
        for _ in range(RULES_EACH):
            model = rng.choice(ASKED)
            rule, asker = rules.rule(model), rules.asker()
            expected = {r["id"] for r in node.records(model) if holds(rule, r, asker)}
            scope = Scope(model._meta.db_table, MACHINE, CASE_WORK, Level.HIT)
            made = compile_rule(rule, model, asker, scope)
            if isinstance(made, bool):
                found = set(node.rows[model]) if made else set()
            else:
                rows = (
                    tokened(model, scope)
                    if issubclass(model, Guarded)
                    else model._base_manager.all()
                )
                found = set(rows.filter(Q(made)).values_list("id", flat=True))
            disagreed += found != expected
            matched += bool(expected) and len(expected) < len(node.rows[model])
    assert disagreed == 0
    # A test that only met rules of nobody or everybody would prove little.
    assert matched > RULES_EACH / 10


def askers(world):
    """Every duty at three desks, who is named in cases, the machine, and nobody in particular."""
    for unit in ("hq", "circle_a", "post", "house"):
        for duty in Duty:
            user = world.users[len(duty) % len(world.users)]
            world.post(user, unit, duty)
            for posting in selectors.postings_of(user):
                if posting.duty == duty and posting.unit_id == world.units[unit].pk:
                    yield selectors.actor_of(user, posting)
    for duty in SystemDuty:
        yield Actor(user=0, duty=duty)
    yield Actor(user=world.users[0].pk, duty=None)


PURPOSES = (CASE_WORK, Purpose(LOOK_UP, 1), Purpose(LINK_REVIEW))
OWN_RULES = [
    model
    for model in apps.get_models()
    if issubclass(model, Guarded) and POLICIES[model.Wall.policy].grants
]


@pytest.mark.parametrize("seed", range(2))
def test_what_is_shown_is_what_is_decided(world, today, seed):
    """For every policy with rules of its own, every kind of actor, every record and level."""
    fill(world, Random(seed), today=today)
    actors = list(askers(world))
    node = Node()
    met = set()
    for actor in actors:
        for purpose in PURPOSES:
            asker = Asker.of(actor, purpose, today=today)
            for model in OWN_RULES:
                policy = POLICIES[model.Wall.policy]
                decided = {r["id"]: decide(policy, r, asker) for r in node.records(model)}
                with acting(actor, "test"):
                    for level in list(Level)[1:]:
                        rows = visible_to(model, actor, purpose, at_least=level)
                        shown = {row.pk: decision_of(row) for row in rows}
                        wanted = {pk: said for pk, said in decided.items() if said.level >= level}
                        assert shown == wanted, (model, actor, purpose, level)
                met |= {said.why for said in decided.values()}
    assert met >= {
        "named", "own-unit", "own-agency", "published-list", "machine", "owner-allows",
        "hit-only", "sealed", "protected", "no-consent", "no-grant",
    }  # fmt: skip


def test_what_inherits_is_shown_where_all_it_hangs_on_is(world, today):
    fill(world, Random(7), today=today)
    roles = Node().rows[RoleInCase].values()
    for actor in list(askers(world)):
        for purpose in PURPOSES:
            with acting(actor, "test"):
                people = set(visible_to(Person, actor, purpose).values_list("id", flat=True))
                cases = set(
                    visible_to(Case, actor, purpose, at_least=Level.OPERATIONAL).values_list(
                        "id", flat=True
                    )
                )
                shown = set(visible_to(RoleInCase, actor, purpose).values_list("id", flat=True))
            assert shown == {
                r["id"] for r in roles if r["case_id"] in cases and r["person_id"] in people
            }
