"""Grants open, caps close, the strictest cap wins, and there is always a reason."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from rabta.core.access.decisions import (
    CASE_WORK,
    Actor,
    Allowed,
    Asker,
    Cap,
    Denied,
    Grant,
    Policy,
    decide,
    settle,
)
from rabta.core.access.levels import OPENS, FieldClass, Level
from rabta.core.access.rules import ALWAYS, NEVER, eq
from rabta.core.words.vocabulary import Duty, SystemDuty

ASKER = Asker.of(Actor(user=1, duty=Duty.ANALYST, agency=2), CASE_WORK, today=date(2024, 1, 1))
LEVELS = st.sampled_from(list(Level))


def grant(level, when=ALWAYS, why="g"):
    return Grant(level, when, why)


def cap(level, when=ALWAYS, why="c"):
    return Cap(level, when, why)


def test_without_a_grant_the_answer_is_no():
    assert decide(Policy("x"), {}, ASKER) == Denied("no-grant", "ask-owner")
    assert decide(Policy("x", grants=(grant(Level.FULL, NEVER),)), {}, ASKER).level == 0


def test_a_cap_alone_opens_nothing():
    assert not decide(Policy("x", caps=(cap(Level.FULL),)), {}, ASKER).level


@given(st.lists(LEVELS, min_size=1), st.lists(LEVELS))
def test_the_widest_grant_under_the_strictest_cap(opened, closed):
    policy = Policy(
        "x",
        grants=tuple(grant(level, why=f"g{level}") for level in opened),
        caps=tuple(cap(level, why=f"c{level}") for level in closed),
    )
    said = decide(policy, {}, ASKER)
    assert said.level == min([max(opened), *closed])
    if closed and min(closed) < max(opened):
        assert said.why == f"c{min(closed)}"
    elif max(opened):
        assert said.why == f"g{max(opened)}"


@given(st.lists(st.tuples(LEVELS, st.booleans())), st.lists(st.tuples(LEVELS, st.booleans())))
def test_rules_that_do_not_hold_neither_open_nor_close(grants, caps):
    when = {True: eq("x", 1), False: eq("x", 2)}
    policy = Policy(
        "x",
        grants=tuple(grant(level, when[on]) for level, on in grants),
        caps=tuple(cap(level, when[on]) for level, on in caps),
    )
    opened = [level for level, on in grants if on]
    closed = [level for level, on in caps if on]
    assert decide(policy, {"x": 1}, ASKER).level == min([max(opened, default=0), *closed])


def test_a_cap_at_nothing_denies_with_its_reason():
    said = settle(grant(Level.FULL), cap(Level.NOTHING, why="sealed"))
    assert said == Denied("sealed", "ask-owner")
    assert isinstance(settle(grant(Level.FULL), cap(Level.HIT)), Allowed)


def test_each_level_opens_what_those_below_it_open_and_none_opens_the_machinery():
    for lower, higher in zip(list(Level), list(Level)[1:], strict=False):
        assert OPENS[lower] < OPENS[higher]
    assert all(FieldClass.INTERNAL not in opened for opened in OPENS.values())
    assert Allowed(Level.HIT, "x").opens == {FieldClass.POINTER}


def test_who_asks_is_laid_out_from_who_acts():
    machine = Actor(user=0, duty=SystemDuty.LINKER)
    assert machine.system
    assert not Actor(user=1, duty=None).system
    nobody = Asker.of(Actor(user=1, duty=None), CASE_WORK, today=date(2024, 1, 1))
    assert nobody.duty == ""
    assert ASKER.duty == "analyst"
