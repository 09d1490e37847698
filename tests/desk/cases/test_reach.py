"""People in columns for the linker: who comes, what of them, and that keys are never clear."""

from datetime import date

import pytest
from tests.desk.matching.records import LINKER, LOADER, Records
from tests.world import World

from rabta.core.errors import Unscoped
from rabta.core.names import NAME_KEY_VERSION, blocking_keys
from rabta.core.words.vocabulary import Duty, Role
from rabta.desk.cases import rules
from rabta.desk.cases.reach import people_batches
from rabta.desk.cases.services import people
from rabta.desk.wall.session import acting
from rabta.engines.linkage import PEOPLE_SCHEMA

NAME = "Tobar Kandilwala"


@pytest.fixture
def records(world: World) -> Records:
    return Records(world)


def fed(actor=LINKER, *, size: int = 5000) -> dict[int, dict]:
    with acting(actor, "test"):
        return {
            row["record"]: row
            for batch in people_batches(actor, size=size)
            for row in batch.to_pylist()
        }


def test_a_person_comes_with_all_that_identifies(records: Records) -> None:
    one = records.person(
        "circle_a", NAME, alias="طوبار قندیل والا", father_name="Kohbar Kandilwala",
        cnic="35202-1234567-1", phone="0300-1234567", address="House 7, Lane 12, Testabad",
        vehicle="LEA 1234", born="1985", remark="said to travel",
    )  # fmt: skip
    row = fed()[one.pk]
    assert row["agency"] == records.world.agencies["federal"].pk
    assert row["names"] == [NAME, "طوبار قندیل والا"]
    assert row["father_names"] == ["Kohbar Kandilwala"]
    assert (row["birth_earliest"], row["birth_latest"]) == (date(1985, 1, 1), date(1985, 12, 31))
    kinds = {key.partition(":")[0] for key in row["identifiers"]}
    assert kinds == {"cnic", "phone", "vehicle", "address"}
    assert row["protected"] is False


def test_keys_are_stored_ones_of_names_that_block_and_no_others(records: Records) -> None:
    one = records.person("circle_a", NAME, cnic="35202-1234567-1")
    row = fed()[one.pk]
    stored = {
        str(people.stored(rules.ClearKey("name", NAME_KEY_VERSION, key)))
        for key in blocking_keys(NAME)
    }
    assert set(row["name_keys"]) == stored
    assert set(row["whole_names"]) < stored
    assert "3520212345671" not in repr(row)


def test_equal_numbers_make_equal_keys_in_any_writing(records: Records) -> None:
    one = records.person("circle_a", cnic="35202-1234567-1")
    other = records.person("post", cnic="۳۵۲۰۲۱۲۳۴۵۶۷۱")
    rows = fed()
    assert rows[one.pk]["identifiers"] == rows[other.pk]["identifiers"] != []


def test_a_number_that_cannot_be_read_and_a_short_address_say_nothing(records: Records) -> None:
    one = records.person("circle_a", cnic="not known", address="Testabad")
    assert fed()[one.pk]["identifiers"] == []


def test_several_births_make_the_interval_that_holds_them(records: Records) -> None:
    one = records.person("circle_a", born="3 April 1985")
    assert fed()[one.pk]["birth_earliest"] == date(1985, 4, 3)


def test_who_may_not_be_matched_does_not_come(records: Records) -> None:
    records.person("house", role=Role.VICTIM)
    agreed = records.person("house", role=Role.VICTIM, consent=True)
    records.person("circle_a", case=records.case("circle_a", sealed=True))
    twice = records.person("circle_a")
    records.add_role(twice, records.case("circle_b", sealed=True), Role.SUSPECT)
    plain = records.person("circle_a")
    rows = fed()
    assert set(rows) == {agreed.pk, plain.pk}
    assert rows[agreed.pk]["protected"] is True


def test_pages_of_any_size_hold_the_same_people_once(records: Records) -> None:
    for number in range(7):
        records.person("circle_a", f"Man{number} Kandilwala")
    with acting(LINKER, "test"):
        sizes = [batch.num_rows for batch in people_batches(LINKER, size=3)]
    assert sizes == [3, 3, 1]
    assert fed(size=3) == fed()


def test_the_engine_finds_its_columns(records: Records) -> None:
    records.person("circle_a")
    with acting(LINKER, "test"):
        (batch,) = people_batches(LINKER)
    assert batch.select(PEOPLE_SCHEMA.names).schema.equals(PEOPLE_SCHEMA)


def test_another_duty_of_the_machine_is_not_held_back_and_a_person_sees_theirs(
    records: Records,
) -> None:
    victim = records.person("house", role=Role.VICTIM)
    assert set(fed(LOADER)) == {victim.pk}
    assert fed(records.judge("circle_a", Duty.ANALYST)) == {}


def test_nobody_acting_nobody_comes(records: Records) -> None:
    with pytest.raises(Unscoped):
        list(people_batches(LINKER))
