"""What the policies promise, said once more in plain cases."""

import ast
import inspect
from datetime import date, timedelta

import pytest

from rabta.core.access import policies
from rabta.core.access.decisions import CASE_WORK, LOOK_UP, Actor, Asker, Purpose, decide
from rabta.core.access.levels import Level
from rabta.core.access.policies import POLICIES, REASONS
from rabta.core.words.vocabulary import CaseKind, Duty, SystemDuty

TODAY = date(2024, 5, 1)
MINE, THEIRS = 1, 2
HUMAN = list(Duty)
OUTSIDE = [Duty.PROGRAMME, Duty.OBSERVER, Duty.STEWARD]


def asker(duty, *, agency=MINE, units=(11,), purpose=CASE_WORK, user=5):
    actor = Actor(user=user, duty=duty, agency=agency, unit=11, units=frozenset(units))
    return Asker.of(actor, purpose, today=TODAY)


def agency(*allowances):
    return [{"allowances": allowances, "kind": "federal_le"}]


def allowance(level, *, to=MINE, since=TODAY, until=None):
    return {"recipient_id": to, "level": int(level), "valid_from": since, "valid_to": until}


def case(**facts):
    return {
        "agency_id": MINE, "unit_id": 11, "kind": CaseKind.SMUGGLING, "sealed": False,
        "team": [], "agency": agency(), **facts,
    }  # fmt: skip


def person(**facts):
    return {
        "agency_id": MINE, "unit_id": 11, "protected": False, "link_consent": False,
        "roles": [], "agency": agency(), **facts,
    }  # fmt: skip


def level(kind, facts, who):
    return decide(POLICIES[kind], facts, who).level


LOOKING = Purpose(LOOK_UP, 1)


@pytest.mark.parametrize("duty", OUTSIDE)
@pytest.mark.parametrize("purpose", [CASE_WORK, LOOKING])
def test_who_works_no_cases_sees_no_case_and_no_person(duty, purpose):
    mine = [{"user_id": 5}]
    assert not level("case", case(team=mine), asker(duty, purpose=purpose))
    assert not level("person", person(), asker(duty, purpose=purpose))


@pytest.mark.parametrize("duty", [d for d in HUMAN if d not in OUTSIDE])
def test_ones_own_unit_is_open_in_full(duty):
    assert level("case", case(), asker(duty)) == Level.FULL
    assert level("person", person(), asker(duty)) == Level.FULL
    assert level("person", person(protected=True), asker(duty)) == Level.FULL


def test_the_other_unit_of_ones_agency_is_for_wide_duties():
    for duty in HUMAN:
        wanted = Level.FULL if duty in policies.WIDE_DUTIES else Level.NOTHING
        assert level("case", case(unit_id=99), asker(duty)) == wanted


def test_another_agency_learns_on_a_look_up_that_there_is_something():
    theirs = case(agency_id=THEIRS)
    assert level("case", theirs, asker(Duty.INVESTIGATOR)) == Level.NOTHING
    assert level("case", theirs, asker(Duty.INVESTIGATOR, purpose=LOOKING)) == Level.HIT
    assert level("case", theirs, asker(Duty.CLERK, purpose=LOOKING)) == Level.NOTHING


@pytest.mark.parametrize("opened", [Level.HIT, Level.PSEUDONYM, Level.OPERATIONAL, Level.FULL])
def test_an_owner_opens_to_a_level_from_a_day_to_a_day(opened):
    def seen(**dates):
        return level(
            "case",
            case(agency_id=THEIRS, agency=agency(allowance(opened, **dates))),
            asker(Duty.ANALYST),
        )

    assert seen() == opened
    assert not seen(since=TODAY + timedelta(days=1))
    assert not seen(since=TODAY - timedelta(days=9), until=TODAY)
    assert seen(until=TODAY + timedelta(days=1)) == opened
    assert not seen(to=3)


@pytest.mark.parametrize("duty", HUMAN)
@pytest.mark.parametrize("purpose", [CASE_WORK, LOOKING])
def test_a_sealed_case_is_nothing_to_anyone_who_is_not_named(duty, purpose):
    sealed = case(sealed=True, agency=agency(allowance(Level.FULL)))
    assert not level("case", sealed, asker(duty, purpose=purpose))
    inside = person(roles=[{"case": [sealed]}])
    assert not level("person", inside, asker(duty, purpose=purpose))


def test_a_sealed_case_is_open_to_whoever_is_named_and_works_cases():
    sealed = case(sealed=True, unit_id=99, team=[{"user_id": 5}])
    assert level("case", sealed, asker(Duty.CLERK)) == Level.FULL
    assert not level("case", sealed, asker(Duty.STEWARD))


def test_nobody_takes_a_case_along_to_another_agency():
    left = case(sealed=True, agency_id=THEIRS, team=[{"user_id": 5}])
    assert not level("case", left, asker(Duty.CLERK))
    there = person(agency_id=THEIRS, protected=True, roles=[{"case": [left]}])
    assert not level("person", there, asker(Duty.CASE_WORKER))


def test_one_sealed_case_is_enough_to_hide_a_person_from_the_other():
    open_case, sealed = case(), case(sealed=True)
    both_in = person(roles=[{"case": [open_case]}, {"case": [sealed]}])
    assert not level("person", both_in, asker(Duty.SUPERVISOR))


@pytest.mark.parametrize("unknown", [True, None])
def test_unknown_is_protected(unknown):
    facts = person(agency_id=THEIRS, protected=unknown, agency=agency(allowance(Level.FULL)))
    assert not level("person", facts, asker(Duty.INVESTIGATOR))
    assert not level("person", facts, asker(Duty.INVESTIGATOR, purpose=LOOKING))


def test_consent_opens_a_pseudonym_and_no_more():
    facts = person(
        agency_id=THEIRS, protected=True, link_consent=True, agency=agency(allowance(Level.FULL))
    )
    assert level("person", facts, asker(Duty.INVESTIGATOR)) == Level.PSEUDONYM


def test_the_rest_of_ones_own_agency_sees_a_protected_person_by_pseudonym():
    facts = person(unit_id=99, protected=True)
    assert level("person", facts, asker(Duty.SUPERVISOR)) == Level.PSEUDONYM


def test_the_machine_opens_what_each_duty_is_for_and_nothing_else():
    opened = {
        duty: {kind for kind in ("case", "person", "load") if level(kind, {}, asker(duty))}
        for duty in SystemDuty
    }
    assert opened == {
        SystemDuty.LOADER: {"case", "person", "load"},
        SystemDuty.LINKER: set(),  # nobody who did not agree, and of {} nothing is known
        SystemDuty.INDEXER: {"person"},
        SystemDuty.KEEPER: {"case", "person"},
        SystemDuty.WATCHER: {"case", "person"},
        SystemDuty.HISTORIAN: set(),
        SystemDuty.VERIFIER: set(),
    }


def test_the_linker_does_not_touch_who_did_not_agree():
    assert level("person", person(protected=True), asker(SystemDuty.LINKER)) == Level.NOTHING
    assert level("person", person(protected=True), asker(SystemDuty.KEEPER)) == Level.FULL
    agreed = person(protected=True, link_consent=True)
    assert level("person", agreed, asker(SystemDuty.LINKER)) == Level.FULL


def test_a_policy_has_rules_of_its_own_or_inherits_never_both():
    for policy in POLICIES.values():
        assert bool(policy.grants) != bool(policy.inherits)


def test_every_reason_has_words():
    used = {rule.why for p in POLICIES.values() for rule in (*p.grants, *p.caps)}
    assert used <= set(REASONS)


def test_policies_is_data_and_asks_nobody():
    tree = ast.parse(inspect.getsource(policies))
    roots = {
        (node.module or "").split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
    }
    assert roots == {"rabta"}
