"""The guard in the database: no query reaches a guarded table without a scope.

It sits where no query can go round it. Every compiled query, subqueries too, passes
``GuardedCompiler``; every statement passes ``GuardedCursor``.

* A guarded table may stand only as the root of a query that carries a scope token
  (``scope.visible_to`` puts it there). A join to one raises ``Unscoped``, whatever made it:
  ``select_related``, a filter, an order, an annotation. Compose with ``Exists(visible_to(…))``.
* Inserts, updates and deletes need an open door (``door.write``). The door opens writes, not
  reads: a select inside it still needs its scope.
* Raw SQL, or a raw fragment in a query, that names a guarded table raises.
* ``system(reason)`` lifts the guard for what cannot be scoped (a migration). Its call sites
  are a list in the tests.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from typing import Any

from django.apps import apps
from django.db.backends.utils import CursorDebugWrapper, CursorWrapper
from django.db.models.expressions import Func, RawSQL
from django.db.models.sql.compiler import SQLCompiler
from django.db.models.sql.datastructures import BaseTable
from django.db.models.sql.query import Query
from django.db.models.sql.subqueries import DeleteQuery, InsertQuery, UpdateQuery
from django.db.models.sql.where import ExtraWhere

from rabta.core.errors import Unscoped

_system: ContextVar[str] = ContextVar("rabta_system", default="")
_door: ContextVar[Any] = ContextVar("rabta_door", default=None)
_compiling: ContextVar[set[Any] | None] = ContextVar("rabta_compiling", default=None)


@contextmanager
def system(reason: str) -> Iterator[None]:
    """Lift the guard for what cannot be scoped. Every call site is on a committed list."""
    token = _system.set(reason)
    try:
        yield
    finally:
        _system.reset(token)


def lifted() -> bool:
    """Whether the guard is lifted here."""
    return bool(_system.get())


def current_door() -> Any:
    """The door that is open here, or None."""
    return _door.get()


@contextmanager
def opened(door: Any) -> Iterator[None]:
    """Let writes through for as long as this lasts. Only ``door.write`` calls it."""
    token = _door.set(door)
    try:
        yield
    finally:
        _door.reset(token)


@cache
def guarded_tables() -> frozenset[str]:
    """Names of all guarded tables, link tables included."""
    if not apps.models_ready:  # pragma: no cover - only while Django starts
        raise RuntimeError("the guard is asked before the models are there")
    from rabta.desk.wall.base import Guarded

    return frozenset(m._meta.db_table for m in apps.get_models() if issubclass(m, Guarded))


@cache
def recorded_tables() -> frozenset[str]:
    """Names of all tables that are written through the door alone; the guarded ones among them."""
    from rabta.desk.wall.base import Recorded

    return frozenset(m._meta.db_table for m in apps.get_models() if issubclass(m, Recorded))


FACTS = "wall_facts_"
"""Before the name of a guarded table: the view through which rules judge by it (rls.py)."""

LEDGER_TABLES = frozenset({"wall_writeentry", "wall_readentry"})
"""Appended to by ``ledger.append`` and by nothing else; never changed, never cut."""


@cache
def _pattern() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(guarded_tables()))
    return re.compile(rf"(?<!\w)(?:{FACTS})?(?:{names})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=4096)
def names_guarded(sql: str) -> str:
    """The first guarded table that a piece of SQL names, or an empty string."""
    found = _pattern().search(sql)
    return found.group(0) if found else ""


def refuse_raw(sql: str) -> None:
    """Refuse raw SQL that names a guarded table."""
    if lifted() or not apps.models_ready:
        return
    table = names_guarded(sql)
    if table:
        raise Unscoped(table=table)


def _check_reading(query: Query) -> None:
    """Refuse a select with a guarded table anywhere but at its scoped root."""
    if lifted():
        return
    guarded = guarded_tables()
    for table in query.extra_tables:
        if table.strip("\"'` ").lower().removeprefix(FACTS) in guarded:
            raise Unscoped(table=table)
    for alias, join in query.alias_map.items():
        table = join.table_name.removeprefix(FACTS)
        if table not in guarded or not query.alias_refcount.get(alias):
            continue
        root = isinstance(join, BaseTable) and alias == query.base_table
        scope = getattr(query, "wall_scope", None)
        if not root or scope is None or scope.table != table:
            raise Unscoped(table=table)
        scope.stand(query)
        seen = _compiling.get()
        if seen is not None:
            seen.add(scope)


def _check_writing(query: Query) -> None:
    """Refuse a write outside the door, and any change of the ledger."""
    if lifted():
        return
    table = query.get_meta().db_table
    if table in LEDGER_TABLES:
        if not isinstance(query, InsertQuery) or not getattr(_door.get(), "appending", False):
            raise Unscoped("{table} is append-only.", table=table)
    elif table in recorded_tables():
        _need_door(table)


def _need_door(table: str) -> None:
    door = _door.get()
    if door is None:
        raise Unscoped(
            "A write to {table} outside the door.",
            table=table,
            remedy="Write inside door.write(actor, event).",
        )
    door.touched.add(table)


class GuardedCompiler:
    """Mixed into each of Django's compilers; looks at a query once its SQL is made."""

    query: Query
    connection: Any

    def get_from_clause(self) -> Any:
        # Here, and only here, it is settled which tables a select joins (order, select_related).
        _check_reading(self.query)
        return super().get_from_clause()  # type: ignore[misc]

    def as_sql(self, *args: Any, **kwargs: Any) -> Any:
        if isinstance(self.query, InsertQuery | UpdateQuery | DeleteQuery):
            _check_writing(self.query)
        return super().as_sql(*args, **kwargs)  # type: ignore[misc]

    def compile(self, node: Any) -> Any:
        if isinstance(node, RawSQL):
            refuse_raw(node.sql)
        elif isinstance(node, ExtraWhere):
            for sql in node.sqls:
                refuse_raw(sql)
        elif isinstance(node, Func) and node.extra:
            for part in node.extra.values():
                if isinstance(part, str):
                    refuse_raw(part)
        return super().compile(node)  # type: ignore[misc]

    def execute_sql(self, *args: Any, **kwargs: Any) -> Any:
        token = _compiling.set(set())
        try:
            return super().execute_sql(*args, **kwargs)  # type: ignore[misc]
        finally:
            _compiling.reset(token)


class GuardedOperations:
    """Hands out guarded compilers; mixed into each backend's operations."""

    def compiler(self, compiler_name: str) -> type[SQLCompiler]:
        base = super().compiler(compiler_name)  # type: ignore[misc]
        return _guarded(base)


@cache
def _guarded(base: type[SQLCompiler]) -> type[SQLCompiler]:
    return type(f"Guarded{base.__name__}", (GuardedCompiler, base), {})


_CURSOR_ATTRIBUTES = frozenset(
    {"description", "rowcount", "lastrowid", "fetchone", "fetchmany", "fetchall", "close",
     "arraysize", "connection", "rownumber", "itersize", "name", "closed", "nextset",
     "statusmessage", "query", "_last_executed"}
)  # fmt: skip


class GuardedCursor(CursorWrapper):
    """A cursor that refuses raw SQL on guarded tables, and drivers' own ways round it."""

    def execute(self, sql: Any, params: Any = None) -> Any:
        self._pass(sql)
        return super().execute(sql, params)

    def executemany(self, sql: Any, param_list: Any) -> Any:
        self._pass(sql)
        return super().executemany(sql, param_list)

    def callproc(self, *args: Any, **kwargs: Any) -> Any:
        if not lifted():
            raise Unscoped(table="callproc")
        return super().callproc(*args, **kwargs)

    def _pass(self, sql: Any) -> None:
        scopes = _compiling.get()
        if scopes is None:
            refuse_raw(sql if isinstance(sql, str) else str(sql))
        self.db.take_position(scopes or ())

    def __getattr__(self, name: str) -> Any:
        # COPY, stream and executescript speak to the driver past every check above.
        if name not in _CURSOR_ATTRIBUTES and not lifted():
            raise Unscoped(table=f"cursor.{name}")
        return super().__getattr__(name)


class GuardedDebugCursor(GuardedCursor, CursorDebugWrapper):
    """The same while queries are being counted."""


class GuardedWrapper:
    """Mixed into each backend's connection."""

    def make_cursor(self, cursor: Any) -> CursorWrapper:
        return GuardedCursor(cursor, self)  # type: ignore[arg-type]

    def make_debug_cursor(self, cursor: Any) -> CursorDebugWrapper:
        return GuardedDebugCursor(cursor, self)  # type: ignore[arg-type]

    def take_position(self, scopes: Any) -> None:
        """Tell the database on whose behalf the next statement runs, where it can use it."""

    def leave_position(self) -> None:
        """Forget on whose behalf statements ran."""
