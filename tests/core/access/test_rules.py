"""Rules on facts: two-valued, whatever is missing."""

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rabta.core.access.rules import (
    ALWAYS,
    NEVER,
    Compare,
    Mine,
    Not,
    Op,
    Some,
    both,
    either,
    eq,
    ge,
    holds,
    le,
    within,
)


@dataclass(frozen=True)
class Who:
    user: int = 7
    units: frozenset[int] = frozenset({1, 2})
    nothing: None = None


WHO = Who()
VALUES = st.none() | st.integers(-3, 3)
OPS = st.sampled_from([op for op in Op if op is not Op.IN])


def test_of_none_all_hold_and_at_least_one_does_not():
    assert holds(ALWAYS, {}, WHO)
    assert not holds(NEVER, {}, WHO)


@given(OPS, VALUES, VALUES)
def test_a_missing_value_never_matches_and_its_negation_always_does(op, left, right):
    rule = Compare("x", op, right)
    said = holds(rule, {"x": left}, WHO)
    if left is None or right is None:
        assert not said
    assert holds(Not(rule), {"x": left}, WHO) is not said


@given(st.integers(-3, 3), st.integers(-3, 3))
def test_comparisons_mean_what_they_say(left, right):
    def ask(op):
        return holds(Compare("x", op, right), {"x": left}, WHO)

    assert ask(Op.EQ) is (left == right)
    assert ask(Op.LT) is (left < right)
    assert ask(Op.LE) is (left <= right)
    assert ask(Op.GT) is (left > right)
    assert ask(Op.GE) is (left >= right)


def test_a_field_that_is_not_there_is_missing():
    assert not holds(eq("x", 1), {}, WHO)
    assert holds(Not(eq("x", 1)), {}, WHO)


def test_a_set_with_a_missing_member_does_not_match_the_missing():
    assert not holds(within("x", {None, 1}), {"x": None}, WHO)
    assert holds(within("x", {None, 1}), {"x": 1}, WHO)


def test_facts_about_who_asks_stand_on_either_side():
    assert holds(eq("user_id", Mine("user")), {"user_id": 7}, WHO)
    assert holds(within("unit_id", Mine("units")), {"unit_id": 2}, WHO)
    assert not holds(within("unit_id", Mine("units")), {"unit_id": 3}, WHO)
    assert holds(eq(Mine("user"), 7), {}, WHO)
    assert not holds(eq(Mine("nothing"), Mine("nothing")), {}, WHO)


def test_some_asks_for_one_related_record_to_which_all_of_it_holds():
    facts = {"team": [{"user_id": 7, "lead": False}, {"user_id": 8, "lead": True}]}
    mine, led = eq("user_id", 7), eq("lead", True)
    assert holds(both(Some("team", mine), Some("team", led)), facts, WHO)
    assert not holds(Some("team", both(mine, led)), facts, WHO)
    assert holds(Some("team", Not(mine)), facts, WHO)
    assert not holds(Not(Some("team", mine)), facts, WHO)


@pytest.mark.parametrize("facts", [{}, {"team": None}, {"team": []}])
def test_some_of_none_is_no(facts):
    assert not holds(Some("team", ALWAYS), facts, WHO)
    assert holds(Not(Some("team", ALWAYS)), facts, WHO)


def test_a_validity_that_ends_today_has_ended_and_one_without_end_has_not():
    today = date(2024, 3, 1)
    valid = both(le("valid_from", today), Not(le("valid_to", today)))
    assert holds(valid, {"valid_from": today, "valid_to": None}, WHO)
    assert not holds(valid, {"valid_from": date(2020, 1, 1), "valid_to": today}, WHO)
    assert not holds(valid, {"valid_from": None, "valid_to": None}, WHO)


def test_either_needs_one_and_both_need_all():
    yes, no = ge("x", 0), ge("x", 9)
    facts = {"x": 1}
    assert holds(either(no, yes), facts, WHO)
    assert not holds(both(yes, no), facts, WHO)
