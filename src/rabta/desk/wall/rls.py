"""Row-level security on PostgreSQL: a coarse second lock over rows, behind the guard.

It cannot redact and knows no duties. It knows whose rows an actor could reach at all: those of
the agencies in ``rabta.reach`` (the actor's own, and those whose owners opened them), those of
cases the actor is named in, of every agency while a look-up asks for hits, and everything for
the machine's own duties. With nothing set, no row is there. The settings are read in a
sub-select, once a statement, not once a row.

A rule of the wall must judge by all that is recorded, also by rows that are beyond the reach: a
person is hidden because another agency's case is sealed. Under row-level security that case
would not be there and the person would show. So what rules speak of is read through views
(``wall_facts_…``): keys and flags alone, owned by the role that owns the tables.
"""

from functools import cache

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field

from rabta.core.access.decisions import Beyond, Policy
from rabta.core.access.policies import POLICIES
from rabta.core.access.rules import All, Compare, Either, Not, Rule, Some
from rabta.core.errors import NodeNotReady
from rabta.desk.wall.base import Guarded
from rabta.desk.wall.guard import FACTS

MODE = "(SELECT current_setting('rabta.mode', true))"
ME = "(SELECT nullif(current_setting('rabta.user', true), '')::bigint)"
REACH = (
    "(SELECT unnest(string_to_array("
    "nullif(current_setting('rabta.reach', true), ''), ',')::bigint[]))"
)
MACHINE = f"{MODE} IN ('machine', 'system')"
ANYBODY = f"{MODE} IN ('actor', 'look-up', 'machine', 'system')"


def guarded_models() -> list[type[Guarded]]:
    """Every guarded model of the node."""
    return [model for model in apps.get_models() if issubclass(model, Guarded)]


def policy_of(model: type[Guarded]) -> Policy:
    """The policy of a model's kind."""
    return POLICIES[model.Wall.policy]  # type: ignore[attr-defined]


def rule_for(model: type[Guarded]) -> str:
    """The policy's expression for a model: by its agency column where it has one."""
    table = model._meta.db_table
    columns = {field.column for field in model._meta.concrete_fields}
    policy = policy_of(model)
    ways = [MACHINE]
    if "agency_id" in columns:
        ways.append(f"agency_id IN {REACH}")
    if Beyond.ASKED in policy.beyond:
        ways.append(f"{MODE} = 'look-up'")
    if Beyond.WRITTEN in policy.beyond:
        ways.append(f"({ANYBODY} AND created_by_id = {ME})")
    parents = policy.inherits
    if parents:
        # Where one of several must be open in full, any of them may be the one within reach.
        any_of = tuple(parents) if policy.one_at else tuple(parents)[:1]
        ways.extend(_with_its_parent(model, relation) for relation in any_of)
    elif Beyond.NAMED in policy.beyond:
        ways.append(f"{table}.id IN ({_where_i_am_named(policy.kind)})")
    elif "agency_id" not in columns:
        ways.append(ANYBODY)
    return " OR ".join(ways)


def _with_its_parent(model: type[Guarded], relation: str) -> str:
    """Where the row it hangs on may be reached; that row's own policy says so."""
    link: Field[object, object] = model._meta.get_field(relation)  # type: ignore[assignment]
    parent = link.related_model._meta.db_table  # type: ignore[union-attr]
    mine = model._meta.db_table
    return f"({ANYBODY} AND EXISTS (SELECT 1 FROM {parent} p WHERE p.id = {mine}.{link.column}))"


def _where_i_am_named(kind: str) -> str:
    team = FACTS + _table_of("team")
    if kind == "case":
        return f"SELECT t.case_id FROM {team} t WHERE t.user_id = {ME}"
    role = FACTS + _table_of("role")
    return (
        f"SELECT r.person_id FROM {role} r JOIN {team} t ON t.case_id = r.case_id"
        f" WHERE t.user_id = {ME}"
    )


@cache
def _table_of(kind: str) -> str:
    return next(m for m in guarded_models() if m.Wall.policy == kind)._meta.db_table  # type: ignore[attr-defined]


@cache
def facts() -> dict[type[Guarded], frozenset[str]]:
    """The guarded tables that rules of other records speak of, with the columns they speak of."""
    found: dict[type[Guarded], set[str]] = {}

    def walk(rule: Rule, model: type[Guarded], inside: bool) -> None:
        match rule:
            case Compare(left, _, _):
                if inside and isinstance(left, str):
                    found[model].add(left)
            case All(rules) | Either(rules):
                for each in rules:
                    walk(each, model, inside)
            case Not(inner):
                walk(inner, model, inside)
            case Some(relation, inner):
                link = model._meta.get_field(relation)
                target = link.related_model
                guarded = issubclass(target, Guarded)  # type: ignore[arg-type]
                if link.concrete and inside:
                    found[model].add(link.attname)  # type: ignore[union-attr]
                if guarded:
                    found.setdefault(target, {"id"})  # type: ignore[arg-type]
                    if not link.concrete:
                        found[target].add(link.field.attname)  # type: ignore[index,union-attr]
                walk(inner, target, guarded)  # type: ignore[arg-type]

    for model in guarded_models():
        policy = policy_of(model)
        for part in (*policy.grants, *policy.caps):
            walk(part.when, model, False)
    return {model: frozenset(names) for model, names in found.items()}


def withdraw(connection: BaseDatabaseWrapper) -> None:
    """Take the views away before tables change under them; what hangs on them closes."""
    with connection.cursor() as cursor:
        for model in facts():
            cursor.execute(f"DROP VIEW IF EXISTS {FACTS}{model._meta.db_table} CASCADE")


def apply(connection: BaseDatabaseWrapper, *, role: str) -> None:
    """Put every guarded table under row-level security for the app's role.

    Raises NodeNotReady where the app's role owns the tables: there would be no second lock, and
    rules could not be told of rows beyond an actor's reach.
    """
    if not role or role == connection.settings_dict["USER"]:
        raise NodeNotReady(
            what="on PostgreSQL RABTA_MIGRATOR_URL must name another role than RABTA_DATABASE_URL"
        )
    quoted = connection.ops.quote_name(role)
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
        models = [m for m in guarded_models() if m._meta.db_table in present]
        for model, columns in facts().items():
            if model in models:
                _view(cursor, model, columns)
        for model in models:
            name = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY")
            cursor.execute(f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY")
            for policy in ("rabta_reach", "rabta_migrator", "rabta_append"):
                cursor.execute(f"DROP POLICY IF EXISTS {policy} ON {name}")
            cursor.execute(
                f"CREATE POLICY rabta_reach ON {name} TO {quoted} USING ({rule_for(model)})"
            )
            # The migrator is no superuser and is under FORCE too: without a policy of its own a
            # data migration by hand would quietly update no row.
            cursor.execute(f"CREATE POLICY rabta_migrator ON {name} TO CURRENT_USER USING (true)")
            if Beyond.APPENDED in policy_of(model).beyond:
                cursor.execute(
                    f"CREATE POLICY rabta_append ON {name} FOR INSERT TO {quoted}"
                    f" WITH CHECK ({ANYBODY})"
                )


def _view(cursor: object, model: type[Guarded], columns: frozenset[str]) -> None:
    table = model._meta.db_table
    said = ", ".join(sorted(columns))
    cursor.execute(f"DROP VIEW IF EXISTS {FACTS}{table} CASCADE")  # type: ignore[attr-defined]
    cursor.execute(  # type: ignore[attr-defined]
        f"CREATE VIEW {FACTS}{table} AS SELECT {said} FROM {table} WHERE {ANYBODY}"
    )


LEDGER = ("wall_writeentry", "wall_readentry")


def give(connection: BaseDatabaseWrapper, *, role: str) -> None:
    """Give the app's role what it needs and no more: of the ledger, only reading and appending."""
    quoted = connection.ops.quote_name(role)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        schema = connection.ops.quote_name(cursor.fetchone()[0])
        cursor.execute(f"GRANT USAGE ON SCHEMA {schema} TO {quoted}")
        cursor.execute(
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {quoted}"
        )
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {quoted}")
        present = set(connection.introspection.table_names(cursor, include_views=True))
        for table in LEDGER:
            if table in present:
                name = connection.ops.quote_name(table)
                cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {name} FROM {quoted}")
        for table in present:
            if table.startswith(FACTS):
                # A write through a view would pass by the policies of the table below it.
                cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON {table} FROM {quoted}")
