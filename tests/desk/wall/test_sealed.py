"""A sealed field: clear in Python, sealed in the database, bound to its row and its column."""

import pytest
from django.db import connection
from tests.desk.matching.records import Records
from tests.world import LOADER

from rabta.core.access.levels import Level
from rabta.core.errors import NodeNotReady, Unscoped
from rabta.core.words.vocabulary import Duty
from rabta.desk.cases.models import Case
from rabta.desk.wall import guard, history
from rabta.desk.wall.door import write
from rabta.desk.wall.scope import visible_to
from rabta.desk.wall.session import acting

WORDS = "never to her father Karim Khattakzai"


@pytest.fixture
def me(world):
    return world.actor("circle_a", Duty.SUPERVISOR)


@pytest.fixture
def case(world, me):
    made = Records(world).case("circle_a")
    with acting(me, "test"), write(me, "case.changed") as door:
        found = visible_to(Case, me, at_least=Level.FULL).get(pk=made.pk)
        return door.change(found, handling="H3", handling_text=WORDS)


def stored(case: Case) -> bytes:
    with guard.system("test"), connection.cursor() as cursor:
        cursor.execute("SELECT handling_text FROM cases_case WHERE id = %s", [case.pk])
        return bytes(cursor.fetchone()[0])


def test_it_is_clear_for_who_sees_the_row_in_full_and_sealed_in_the_table(me, case) -> None:
    assert case.handling_text == WORDS
    assert b"Khattakzai" not in stored(case)
    with acting(me, "test"):
        assert visible_to(Case, me).get(pk=case.pk).handling_text == WORDS


def test_it_is_taken_off_a_row_below_full(world, case) -> None:
    world.allow("federal", "railways", Level.OPERATIONAL)
    other = world.actor("post", Duty.SUPERVISOR)
    with acting(other, "test"):
        seen = visible_to(Case, other, at_least=Level.OPERATIONAL).get(pk=case.pk)
        assert seen.handling == "H3"
        with pytest.raises(Unscoped):
            seen.handling_text  # noqa: B018


def test_a_value_moved_to_another_row_does_not_open(world, me, case) -> None:
    other = Records(world).case("circle_a")
    with guard.system("test"), connection.cursor() as cursor:
        said = "UPDATE cases_case SET handling_text = %s WHERE id = %s"
        cursor.execute(said, [stored(case), other.pk])
    with acting(me, "test"):
        moved = visible_to(Case, me, at_least=Level.FULL).get(pk=other.pk)
        with pytest.raises(NodeNotReady):
            moved.handling_text  # noqa: B018


def test_the_history_keeps_what_it_said(me, case) -> None:
    with acting(me, "test"), write(me, "case.changed") as door:
        now = visible_to(Case, me, at_least=Level.FULL).get(pk=case.pk)
        door.change(now, handling_text="ask first")
        lines = [(each.before, each.after) for each in history.of(now)]
    assert (WORDS, "ask first") in lines


def test_nothing_said_is_nothing_sealed(world, me) -> None:
    made = Records(world).case("circle_a")
    assert stored(made) == b""
    with acting(LOADER, "test"):
        assert visible_to(Case, LOADER).get(pk=made.pk).handling_text == ""


def test_a_clear_value_never_reaches_the_database(case) -> None:
    with guard.system("test"), pytest.raises(TypeError):
        Case._base_manager.filter(pk=case.pk).update(handling_text=WORDS)
