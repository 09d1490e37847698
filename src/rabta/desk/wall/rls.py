"""Row-level security on PostgreSQL: a coarse second lock over rows, behind the guard.

It cannot redact and knows no duties. It knows whose rows an actor could reach at all: those of
the agencies in ``rabta.reach`` (the actor's own, and those whose owners opened them), of every
agency while a look-up asks for hits, and everything for the machine's own duties. With nothing
set, no row is there. The settings are read in a sub-select, once a statement, not once a row.
"""

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper

from rabta.desk.wall.base import Guarded

MODE = "(SELECT current_setting('rabta.mode', true))"
REACH = (
    "(SELECT unnest(string_to_array("
    "nullif(current_setting('rabta.reach', true), ''), ',')::bigint[]))"
)


def rule_for(model: type[Guarded]) -> str:
    """The policy's expression for a model: by its agency column where it has one."""
    columns = {field.column for field in model._meta.concrete_fields}
    machine = f"{MODE} IN ('machine', 'system')"
    if "agency_id" not in columns:
        return f"{machine} OR {MODE} IN ('actor', 'look-up')"
    reach = f"agency_id IN {REACH}"
    if model.Wall.policy in {"case", "person", "key"}:  # type: ignore[attr-defined]
        reach = f"{reach} OR {MODE} = 'look-up'"
    return f"{machine} OR {reach}"


def apply(connection: BaseDatabaseWrapper) -> None:
    """Put every guarded table under row-level security, and the app's role in its place."""
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
        for model in apps.get_models():
            table = model._meta.db_table
            if not issubclass(model, Guarded) or table not in present:
                continue
            name = connection.ops.quote_name(table)
            cursor.execute(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY")
            cursor.execute(f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY")
            cursor.execute(f"DROP POLICY IF EXISTS rabta_reach ON {name}")
            cursor.execute(f"CREATE POLICY rabta_reach ON {name} USING ({rule_for(model)})")


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
        present = set(connection.introspection.table_names(cursor))
        # The migrator is no superuser and is under FORCE too: without a policy of its own a
        # data migration by hand would quietly update no row.
        for model in apps.get_models():
            if issubclass(model, Guarded) and model._meta.db_table in present:
                name = connection.ops.quote_name(model._meta.db_table)
                cursor.execute(f"DROP POLICY IF EXISTS rabta_migrator ON {name}")
                cursor.execute(
                    f"CREATE POLICY rabta_migrator ON {name} TO CURRENT_USER USING (true)"
                )
        for table in LEDGER:
            if table in present:
                name = connection.ops.quote_name(table)
                cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {name} FROM {quoted}")
