"""The committed table of routes is what the node really answers."""

import csv

import pytest
from tests.access import routes, tables

from rabta.desk.wall.routes import undeclared


def test_every_address_declares_its_needs():
    assert undeclared() == []


def test_the_table_is_what_the_node_answers(world):
    rows = routes.table(routes.Visitors(world))
    assert not (said := tables.difference(tables.ROUTES, rows)), said


@pytest.fixture(scope="module")
def committed() -> list[dict[str, str]]:
    with open(tables.ROUTES, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_whoever_the_declaration_keeps_out_was_refused(committed):
    answered = {(row["address"], row["method"]): row for row in committed}
    for at, method, need in routes.addresses():
        refused = answered[at, method]["refused"].split()
        for who in routes.VISITORS:
            if not routes.foreseen(need, who):
                assert who in refused, (at, method, who)


def test_nothing_breaks_whoever_comes(committed):
    """A status stands in the table where a page broke, or a declared method had no answer."""
    for row in committed:
        assert ":" not in row["refused"], row


def test_signed_out_one_reaches_what_anyone_may_and_nothing_else(committed):
    for row in committed:
        assert (routes.OUT in row["served"].split()) is (row["needs"] == "anyone"), row


def test_every_address_is_in_it(committed):
    told = {(row["address"], row["method"]) for row in committed}
    assert told == {(at, method) for at, method, _ in routes.addresses()}
