"""A scoped question and its rows: the token it carries, and what is taken off each row.

Fields that a row's level does not open are taken off the instance: reading one raises, it cannot
be read by mistake. Every row of a person that is read is noted for the ledger.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

from django.db import models
from django.db.models.sql.query import Query

from rabta.core.access.decisions import (
    Actor,
    Allowed,
    Decision,
    Denied,
    Purpose,
    settle,
)
from rabta.core.access.levels import FieldClass, Level
from rabta.core.access.policies import POLICIES
from rabta.core.errors import Unscoped
from rabta.desk.wall import columns, session
from rabta.desk.wall.base import Guarded

GRANT, CAP = "wall_grant", "wall_cap"


@dataclass(frozen=True, slots=True)
class Scope:
    """The token a scoped query carries: for whom, what for, down to which level.

    ``hidden`` are the columns that level does not open; ``judging`` marks the subqueries of the
    policy itself, which compare what they must.
    """

    table: str
    actor: Actor
    purpose: Purpose
    at_least: Level
    hidden: frozenset[str] = frozenset()
    judging: bool = False

    def stand(self, query: Query) -> None:
        """Raise Unscoped unless its actor is the one who acts and its columns are open.

        The guard asks this of every query when it is compiled: a question that was kept does
        not outlive the session it was asked in.
        """
        session.require(self.actor)
        if not self.judging:
            columns.check(query)


class ScopedQuery(Query):
    """A query that cannot be widened again once its scope is in it."""

    wall_scope: Scope

    def combine(self, rhs: Query, connector: str) -> NoReturn:
        raise Unscoped(
            "Scoped questions on {table} cannot be joined by | & ^.",
            table=self.wall_scope.table,
            remedy="Ask with one filter of Q objects.",
        )

    def clear_where(self) -> NoReturn:
        raise Unscoped(table=self.wall_scope.table)


class ScopedQuerySet(models.QuerySet[Any]):
    """Rows as their reader may see them; every row of a person that is read is noted."""

    def __or__(self, other: Any) -> NoReturn:
        self._refuse_combining()

    __and__ = __xor__ = __or__  # type: ignore[assignment]

    def _refuse_combining(self) -> NoReturn:
        self._scope.__class__  # noqa: B018 - a plain queryset would fail here
        raise Unscoped(
            "Scoped questions on {table} cannot be joined by | & ^.",
            table=self.model._meta.db_table,
            remedy="Ask with one filter of Q objects.",
        )

    @property
    def _scope(self) -> Scope:
        return self.query.wall_scope  # type: ignore[attr-defined,no-any-return]

    def _fetch_all(self) -> None:
        fresh = self._result_cache is None
        super()._fetch_all()
        if fresh:
            for row in self._result_cache or ():
                self._show(row)

    def iterator(self, chunk_size: int | None = None) -> Iterator[Any]:
        for row in super().iterator(chunk_size=chunk_size or 2000):
            self._show(row)
            yield row

    _columns: tuple[str, ...] | None = None
    """The columns asked for instead of rows, where columns were asked for."""

    def _clone(self) -> Any:
        clone = super()._clone()  # type: ignore[misc]
        clone._columns = self._columns
        return clone

    def values(self, *fields: Any, **expressions: Any) -> Any:
        self._refuse_hidden(fields)
        rows = super().values(*fields, **expressions)
        rows._columns = self._named(fields, expressions)
        return rows

    def values_list(self, *fields: Any, flat: bool = False, named: bool = False) -> Any:
        self._refuse_hidden(fields)
        rows = super().values_list(*fields, flat=flat, named=named)
        rows._columns = self._named(fields, {})
        return rows

    def _named(self, fields: Iterable[Any], expressions: Iterable[str]) -> tuple[str, ...]:
        said = tuple(f if isinstance(f, str) else "" for f in fields)
        every = tuple(f.attname for f in self.model._meta.concrete_fields)
        return (said or every) + tuple(expressions)

    def held(self) -> Any:
        """The rows as they stand now, by their ids; nobody else changes them until we are through.

        Whoever holds several kinds takes loads first, then cases, then people: held in one order
        by all, no two wait for each other. (SQLite lets one write at a time anyway.)
        """
        return self.select_for_update(of=("self",)).order_by("id")

    def only_pointer(self) -> Any:
        """The inward ids alone, for composing with other questions."""
        return super().values_list("id", flat=True)

    def _refuse_hidden(self, fields: Iterable[Any]) -> None:
        """Columns bypass what is taken off rows: they must be open at the level asked for."""
        hidden = self._scope.hidden
        wanted = {str(f) for f in fields} or {f.attname for f in self.model._meta.concrete_fields}
        wanted |= {f"{name}_id" for name in wanted}
        if wanted & hidden:
            raise Unscoped(
                "A column of {table} that this level does not open.",
                table=self.model._meta.db_table,
                remedy="Ask with at_least set to the level that opens it.",
            )

    def _show(self, row: Any) -> None:
        if not isinstance(row, Guarded):
            self._note_columns(row)
            return
        decision = decided(row, self.model)
        row._wall_decision = decision
        for name in self.model.hidden_at(decision.level):
            row.__dict__.pop(name, None)
        full = decision.level is Level.FULL
        session.note_read(self._scope.actor, self._scope.purpose, row, full=full)

    def _note_columns(self, row: Any) -> None:
        """Columns of a person are a read as much as the row; ids and pointers alone are none."""
        columns = self._columns
        if columns is None or not self._telling(columns):
            return
        at = next((i for i, name in enumerate(columns) if name in {"id", "pk"}), None)
        pk = None
        if at is not None:
            pk = row[columns[at]] if isinstance(row, dict) else row[at]
        scope = self._scope
        session.note_columns(scope.actor, scope.purpose, self.model.Wall.policy, pk)

    def _telling(self, columns: tuple[str, ...]) -> bool:
        classes = self.model.field_classes()
        silent = {FieldClass.POINTER, FieldClass.INTERNAL}
        for name in columns:
            known = classes.get(name) or classes.get(name.removesuffix("_id"))
            # What is no field is worked out of some: it tells.
            if name != "pk" and (known or FieldClass.OPERATIONAL) not in silent:
                return True
        return False


def decision_of(record: Guarded) -> Decision:
    """What was decided when this record was read. A record not read through the wall: denied."""
    return record._wall_decision or Denied("no-grant", "ask-owner")


def tokened(model: type[models.Model], scope: Scope) -> ScopedQuerySet:
    """All rows of a model under a token; whoever calls it puts the policy's filter in."""
    query = ScopedQuery(model)
    query.wall_scope = scope
    return ScopedQuerySet(model=model, query=query)


def decided(row: Guarded, model: type[Guarded]) -> Decision:
    """What the policy says of a row, from the columns the question brought along."""
    policy = POLICIES[model.Wall.policy]  # type: ignore[attr-defined]
    if policy.inherits:
        return Allowed(Level.FULL, "inherited")
    grant, cap = row.__dict__.get(GRANT), row.__dict__.get(CAP)
    return settle(
        policy.grants_widest_first[grant] if grant is not None else None,
        policy.caps_strictest_first[cap] if cap is not None else None,
    )
