"""The second lock, met by the app's own role with no guard before it: PostgreSQL alone."""

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from tests import node
from tests.conftest import ROOT
from tests.world import LOADER

from rabta.core.access.decisions import LOOK_UP, Actor, Purpose
from rabta.core.access.levels import Level
from rabta.core.errors import NodeNotReady
from rabta.core.words.vocabulary import Duty, Role
from rabta.desk.accounts.models import Posting
from rabta.desk.cases.models import Case, Note, ParticularRow, Person, RoleInCase, TeamMember
from rabta.desk.wall import rls
from rabta.desk.wall.base import Guarded
from rabta.desk.wall.door import write
from rabta.desk.wall.models import History
from rabta.desk.wall.scope import visible_to

only_postgresql = pytest.mark.skipif(
    node.ENGINE != "postgresql", reason="row-level security is PostgreSQL's: SQLite has none"
)
GUARDED = [m for m in apps.get_models() if issubclass(m, Guarded)]


class Hand:
    """The app's role at the keyboard of a database client."""

    def __init__(self, name: str = "") -> None:
        made = settings.DATABASES["default"]
        self.connection = psycopg.connect(
            host=made["HOST"], user=made["USER"], dbname=name or made["NAME"],
            options="-c search_path=public,reads",
        )  # fmt: skip

    def do(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        cursor = self.connection.execute(sql, values)
        return cursor.fetchall() if cursor.description else []

    def stand(self, mode: str, *reach: int, user: int = 0) -> None:
        for name, value in (
            ("mode", mode),
            ("user", str(user)),
            ("reach", ",".join(map(str, reach))),
        ):
            self.do(f"SELECT set_config('rabta.{name}', '{value}', false)")

    def count(self, table: str) -> int:
        return self.do(f"SELECT count(*) FROM {table}")[0][0]


@pytest.fixture
def hand() -> Iterator[Hand]:
    made = Hand()
    yield made
    made.connection.rollback()
    made.connection.close()


@pytest.fixture(scope="module")
def furnished() -> Iterator[dict[str, Any]]:
    """A node of its own with a little in it; gives the ids the tests speak of."""
    name = f"rls_{node.worker()}"
    environ = node.PLAIN | node.make_node(name)
    made = subprocess.run(
        [sys.executable, "-m", "tests.desk.wall.furnish"],
        env=environ, cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    yield json.loads(made.stdout) | {"name": f"{name}_node"}
    node.drop_node(name)


@pytest.fixture
def there(furnished: dict[str, Any]) -> Iterator[Hand]:
    """The app's role in the furnished node."""
    made = Hand(furnished["name"])
    yield made
    made.connection.rollback()
    made.connection.close()


FULL_ROWS = (Case, Person, RoleInCase, ParticularRow, Note)


@only_postgresql
@pytest.mark.own_node
class TestRows:
    def test_with_nothing_set_no_guarded_row_is_there(self, there):
        for model in GUARDED:
            assert there.count(model._meta.db_table) == 0, model
        for model in rls.facts():
            assert there.count(f"wall_facts_{model._meta.db_table}") == 0, model

    def test_the_machine_finds_them(self, there):
        there.stand("machine")
        for model in FULL_ROWS:
            assert there.count(model._meta.db_table) == 2, model

    def test_within_reach_are_the_rows_of_that_agency_alone(self, furnished, there):
        there.stand("actor", furnished["railways"])
        for model in FULL_ROWS:
            owners = there.do(f"SELECT DISTINCT agency_id FROM {model._meta.db_table}")
            assert owners == [(furnished["railways"],)], model
        assert there.count(TeamMember._meta.db_table) == 0, "the team of a case out of reach"

    def test_a_look_up_reaches_hits_and_nothing_that_hangs_on_them(self, furnished, there):
        there.stand("look-up", furnished["shelter"])
        assert there.count(Case._meta.db_table) == 2
        assert there.count(Person._meta.db_table) == 2

    def test_whoever_is_named_reaches_that_case(self, furnished, there):
        there.stand("actor", furnished["shelter"], user=furnished["member"])
        assert there.do(f"SELECT id FROM {Case._meta.db_table}") == [(furnished["case"],)]
        assert there.count(Person._meta.db_table) == 1
        assert there.count(Note._meta.db_table) == 1

    def test_rows_of_others_are_neither_changed_nor_made(self, furnished, there):
        there.stand("actor", furnished["railways"])
        table = Person._meta.db_table
        assert there.connection.execute(f"UPDATE {table} SET sex = 'x'").rowcount == 1
        assert there.connection.execute(f"DELETE FROM {Note._meta.db_table}").rowcount == 1
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            there.do(f"UPDATE {table} SET agency_id = {furnished['federal']}")


LEDGER = ("public.wall_writeentry", "reads.wall_readentry")
REFUSED = [
    *(f"{verb} {table}" for table in LEDGER for verb in ("DELETE FROM", "TRUNCATE", "DROP TABLE")),
    *(f"UPDATE {table} SET digest = ''" for table in LEDGER),
    "ALTER TABLE cases_person DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE cases_person NO FORCE ROW LEVEL SECURITY",
    "ALTER TABLE cases_person ADD COLUMN x int",
    "DROP TABLE cases_person",
    "TRUNCATE cases_person",
    "DROP POLICY rabta_reach ON cases_person",
    "CREATE POLICY mine ON cases_person USING (true)",
    "CREATE TABLE mine (x int)",
    "CREATE VIEW public.mine AS SELECT * FROM cases_person",
    "DROP VIEW wall_facts_cases_case",
    "UPDATE wall_facts_cases_case SET sealed = false",
    "DELETE FROM wall_facts_cases_case",
    "INSERT INTO wall_facts_cases_teammember (case_id, user_id) VALUES (1, 1)",
    "SET ROLE rabta_migrator",
    "SET SESSION AUTHORIZATION rabta_migrator",
    "CREATE ROLE mine",
]


@only_postgresql
@pytest.mark.parametrize("sql", REFUSED)
def test_the_apps_role_may_not(hand, sql):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        hand.do(sql)


@only_postgresql
def test_no_guarded_table_is_without_force(hand):
    found = dict(
        hand.do(
            "SELECT relname, relrowsecurity AND relforcerowsecurity FROM pg_class"
            " WHERE relkind = 'r'"
        )
    )
    for model in GUARDED:
        assert found[model._meta.db_table], model
    assert hand.do(
        "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
    ) == [(False,)]


@only_postgresql
def test_a_node_whose_app_owns_its_tables_is_refused():
    for role in ("", connection.settings_dict["USER"]):
        with pytest.raises(NodeNotReady):
            rls.apply(connection, role=role)


def test_the_views_carry_keys_and_flags_and_nothing_that_identifies():
    for model, columns in rls.facts().items():
        fields = {f.attname for f in model._meta.concrete_fields if f.get_internal_type() in
                  {"TextField", "BinaryField", "JSONField"}}  # fmt: skip
        assert not columns & fields, model
        assert columns < {f.attname for f in model._meta.concrete_fields}, model


def test_another_agencys_sealed_case_hides_a_person_though_it_is_out_of_reach(world, acting):
    """What a cap judges by lies beyond the actor's reach, and must be seen by the cap."""
    person = world.person("circle_a", case=world.case("circle_a"))
    sealed = world.case("circle_b", "2/2020", sealed=True)
    hunter = world.actor("post")
    looking = Purpose(LOOK_UP, 1)
    with acting(hunter, "test"):
        assert visible_to(Person, hunter, looking, at_least=Level.HIT).filter(pk=person.pk).exists()
    with acting(LOADER, "test"), write(LOADER, "person.entered") as door:
        door.create(RoleInCase(agency=sealed.agency, case=sealed, person=person, role=Role.SUSPECT))
    with acting(hunter, "test"):
        rows = visible_to(Person, hunter, looking, at_least=Level.HIT)
        assert not rows.filter(pk=person.pk).exists()


def test_who_is_named_in_a_case_of_another_agency_does_not_meet_it(world, acting):
    user = world.user()
    case = world.case("circle_a", team=[user])
    world.person("circle_a", case=case)
    gone = world.actor("post", user=user)
    with acting(gone, "test"):
        assert not visible_to(Case, gone, at_least=Level.HIT).exists()
        assert not visible_to(Person, gone, at_least=Level.HIT).exists()


def test_a_steward_changes_what_no_agency_owns(world, acting, today):
    steward = world.actor("hq", Duty.STEWARD)
    posting = Posting.objects.filter(user_id=steward.user).get()
    with acting(steward, "test"), write(steward, "posting.ended") as door:
        door.change(posting, valid_to=today)
    verifier = Actor(user=0, duty=LOADER.duty)
    with acting(verifier, "test"):
        kept = visible_to(History, verifier, at_least=Level.FULL).filter(record_id=posting.pk)
        assert [row.agency_id for row in kept] == [0]
