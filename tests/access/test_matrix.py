"""The committed matrix is what the wall really does, and holds what it promises."""

import csv

import pytest
from tests.access import matrix, tables
from tests.access.records import Records

from rabta.core.words.vocabulary import Duty


def test_the_matrix_is_what_the_wall_does(world):
    rows = matrix.table(Records(world))
    assert not (said := tables.difference(tables.MATRIX, rows)), said


@pytest.fixture(scope="module")
def committed() -> list[dict[str, str]]:
    with open(tables.MATRIX, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


OPEN = ("operational", "full")


def test_nobody_without_a_duty_sees_anything(committed):
    assert {row["level"] for row in committed if row["relation"] == "no duty"} == {"nothing"}


def test_stewards_programme_officers_and_observers_see_no_record_of_a_case(committed):
    about = {"case", "person", "particular", "note", "role", "team", "key", "history"}
    for row in committed:
        if row["kind"] in about and row["level"] != "nothing":
            assert not {"steward", "programme", "observer"} & set(row["duties"].split()), row


def test_identifying_fields_of_the_protected_stay_with_their_unit_and_who_is_named(committed):
    for row in committed:
        inside = row["relation"] in {"own unit", "other agency, named", "the machine"}
        about = row["record"].startswith("protected") and row["kind"] in {"person", "particular"}
        if about and not inside:
            assert "identifying" not in row["field classes"], row
            assert row["level"] not in OPEN, row


def test_of_what_is_sealed_only_the_named_and_the_machine_see_anything(committed):
    about = {"case", "person", "particular", "note", "role", "team", "key"}
    for row in committed:
        if row["record"] == "sealed" and row["kind"] in about and row["level"] != "nothing":
            assert row["relation"] in {"other agency, named", "the machine"}, row


def test_another_agency_gets_a_hit_on_a_look_up_and_nothing_else(committed):
    for row in committed:
        if row["relation"] == "other agency" and row["record"] != "published list":
            if row["purpose"] == "case-work" and row["kind"] not in {"link_run"}:
                assert row["level"] == "nothing", row
            if row["kind"] in {"case", "person"}:
                assert row["level"] in {"nothing", "hit"}, row


def test_every_duty_and_kind_is_in_it(committed):
    duties = {duty for row in committed for duty in row["duties"].split()}
    assert {duty.value for duty in Duty} <= duties
