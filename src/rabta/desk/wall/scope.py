"""``visible_to``: the one way to read a guarded table.

The policy of the model's kind (``rabta.core.access.policies``) is compiled to a filter, and the
same rules annotate each row with what it opens and why. Fields that a row's level does not open
are taken off the instance: reading one raises, it cannot be read by mistake.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NoReturn

from django.core.exceptions import FieldDoesNotExist
from django.db import connections, models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.db.models.sql.datastructures import BaseTable
from django.db.models.sql.query import Query
from django.utils import timezone

from rabta.core.access.decisions import (
    CASE_WORK,
    Actor,
    Allowed,
    Asker,
    Decision,
    Denied,
    Policy,
    Purpose,
    settle,
)
from rabta.core.access.levels import FieldClass, Level
from rabta.core.access.policies import POLICIES
from rabta.core.access.rules import (
    All,
    Compare,
    Either,
    Mine,
    Not,
    Op,
    Rule,
    Some,
    compare,
    resolve,
)
from rabta.core.errors import Unscoped
from rabta.desk.wall import columns, session
from rabta.desk.wall.base import Classified, Guarded
from rabta.desk.wall.guard import FACTS
from rabta.desk.wall.ruled import Ruled

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
        decision = _decision(row, self.model)
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


def visible_to(
    model: type[Guarded],
    actor: Actor,
    purpose: Purpose = CASE_WORK,
    *,
    at_least: Level = Level.PSEUDONYM,
) -> ScopedQuerySet:
    """The rows of a guarded model that an actor may see for a purpose, at a level or above.

    Fails closed: outside an ``acting`` session, or for another than its actor, it raises.
    """
    session.require(actor)
    return _scoped(model, actor, purpose, at_least)


def _scoped(
    model: type[Guarded], actor: Actor, purpose: Purpose, at_least: Level
) -> ScopedQuerySet:
    # A policy takes milliseconds to compile and a request asks the same many times over. What is
    # kept is the question, unasked; the key holds all it depends on, the day among it.
    return _compiled(model, actor, purpose, at_least, timezone.localdate()).all()  # type: ignore[no-any-return]


@lru_cache(maxsize=512)
def _compiled(
    model: type[Guarded], actor: Actor, purpose: Purpose, at_least: Level, today: date
) -> ScopedQuerySet:
    policy = POLICIES[model.Wall.policy]  # type: ignore[attr-defined]
    asker = Asker.of(actor, purpose, today=today)
    hidden = model.hidden_at(Level.FULL if policy.inherits else max(at_least, Level.HIT))
    rows = _tokened(model, Scope(model._meta.db_table, actor, purpose, at_least, hidden))
    if policy.inherits:
        for relation, level in policy.inherits.items():
            link = model._meta.get_field(relation)
            owner = _scoped(link.related_model, actor, purpose, level)  # type: ignore[arg-type]
            seen = Q(Exists(owner.filter(pk=OuterRef(link.attname))))  # type: ignore[union-attr]
            rows = rows.filter(_once(model, seen))
        rows = _with_one_at(rows, model, policy, actor, purpose)
    else:
        rows = _filtered(rows, model, policy, asker, at_least)
    columns.mark(rows.query)
    return rows


def _with_one_at(
    rows: ScopedQuerySet, model: type[Guarded], policy: Policy, actor: Actor, purpose: Purpose
) -> ScopedQuerySet:
    """Keep the rows of which one relation at least is open to the level the policy asks for."""
    if not policy.one_at:
        return rows
    wide = Q()
    for relation in policy.inherits:
        link = model._meta.get_field(relation)
        owner = _scoped(link.related_model, actor, purpose, policy.one_at)  # type: ignore[arg-type]
        wide |= Q(Exists(owner.filter(pk=OuterRef(link.attname))))  # type: ignore[union-attr]
    return rows.filter(_once(model, wide))


def _once(model: type[models.Model], condition: Q) -> Ruled:
    """A condition whose SQL is made once."""
    return Ruled(model, condition, models.BooleanField())


def _tokened(model: type[models.Model], scope: Scope) -> ScopedQuerySet:
    query = ScopedQuery(model)
    query.wall_scope = scope
    return ScopedQuerySet(model=model, query=query)


def _filtered(
    rows: ScopedQuerySet, model: type[Guarded], policy: Policy, asker: Asker, at_least: Level
) -> ScopedQuerySet:
    scope = rows.query.wall_scope  # type: ignore[attr-defined]
    at_least = max(at_least, Level.HIT)

    def made(rule: Rule) -> Q | bool:
        return compile_rule(rule, model, asker, scope)

    grants: list[Q | bool] = []
    for grant in policy.grants_widest_first:
        # Once one always holds, the narrower ones after it can open nothing more.
        grants.append(False if True in grants else made(grant.when))
    caps = [made(cap.when) for cap in policy.caps_strictest_first]
    opened = _any(
        q
        for grant, q in zip(policy.grants_widest_first, grants, strict=True)
        if grant.level >= at_least
    )
    closed = _any(
        q for cap, q in zip(policy.caps_strictest_first, caps, strict=True) if cap.level < at_least
    )
    if opened is False or closed is True:
        return rows.none()
    if opened is not True:
        rows = rows.filter(_once(model, opened))
    if closed is not False:
        rows = rows.filter(_once(model, ~Q(closed)))
    decided = {GRANT: _first(grants), CAP: _first(caps)}
    kept = {name: Ruled(model, of, models.IntegerField()) for name, of in decided.items()}
    return rows.annotate(**kept)


def _any(parts: Iterable[Q | bool]) -> Q | bool:
    found: Q | bool = False
    for part in parts:
        if part is True:
            return True
        if part is not False:
            found = part if found is False else found | part  # type: ignore[operator]
    return found


def _first(conditions: list[Q | bool]) -> Any:
    """The index of the first condition that holds, as a column; NULL where none does."""
    whens, default = [], None
    for index, condition in enumerate(conditions):
        if condition is True:
            default = Value(index)
            break
        if condition is not False:
            whens.append(When(condition, then=Value(index)))
    if not whens:
        return default if default is not None else Value(None, output_field=models.IntegerField())
    return Case(*whens, default=default, output_field=models.IntegerField())


def _decision(row: Guarded, model: type[Guarded]) -> Decision:
    policy = POLICIES[model.Wall.policy]  # type: ignore[attr-defined]
    if policy.inherits:
        return Allowed(Level.FULL, "inherited")
    grant, cap = row.__dict__.get(GRANT), row.__dict__.get(CAP)
    return settle(
        policy.grants_widest_first[grant] if grant is not None else None,
        policy.caps_strictest_first[cap] if cap is not None else None,
    )


LOOKUPS = {Op.EQ: "exact", Op.IN: "in", Op.LT: "lt", Op.LE: "lte", Op.GT: "gt", Op.GE: "gte"}


def compile_rule(rule: Rule, model: type[models.Model], asker: Asker, scope: Scope) -> Q | bool:
    """Turn a rule into a filter on a model; what depends on the asker alone is decided at once."""
    match rule:
        case Compare(left, op, right):
            value = resolve(right, asker)
            if isinstance(left, Mine):
                return compare(op, resolve(left, asker), value)
            return _comparison(left, op, value, model)
        case All(rules):
            q = Q()
            for each in sorted(rules, key=_about_record):
                part = compile_rule(each, model, asker, scope)
                if part is False:
                    return False
                if part is not True:
                    q &= part  # type: ignore[arg-type]
            return q if q else True
        case Either(rules):
            return _any(
                compile_rule(each, model, asker, scope) for each in sorted(rules, key=_about_record)
            )
        case Not(inner):
            made_inner = compile_rule(inner, model, asker, scope)
            return not made_inner if isinstance(made_inner, bool) else ~Q(made_inner)
        case Some(relation, inner):
            return _related(relation, inner, model, asker, scope)


def _about_record(rule: Rule) -> int:
    """What depends on the asker alone comes first: it often settles the rest unasked."""
    match rule:
        case Compare(left):
            return 0 if isinstance(left, Mine) else 2
        case Not(inner):
            return _about_record(inner)
        case Some():
            return 3
        case _:
            return 1


def _comparison(name: str, op: Op, value: Any, model: type[models.Model]) -> Q | bool:
    if op is Op.IN:
        value = sorted(item for item in value if item is not None)
        if not value:
            return False
    if value is None:
        return False
    test = Q(**{f"{name}__{LOOKUPS[op]}": value})
    field = _field(model, name)
    # Two-valued: with NULL the comparison is false and, negated, true, as in Python.
    return test & Q(**{f"{name}__isnull": False}) if field.null else test


def _field(model: type[models.Model], name: str) -> Any:
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return next(f for f in model._meta.concrete_fields if f.attname == name)


def _facts_of(target: type[Guarded], token: Scope) -> ScopedQuerySet:
    """The rows of a table for a rule to judge by, also those beyond the actor's reach (rls.py)."""
    rows = _tokened(target, token)
    if connections[rows.db].vendor == "postgresql":
        alias = rows.query.get_initial_alias()
        view = FACTS + target._meta.db_table
        rows.query.alias_map[alias] = BaseTable(view, alias)
        rows.query.table_map = {view: [alias]}
    return rows


def _related(
    relation: str, inner: Rule, model: type[models.Model], asker: Asker, scope: Scope
) -> Q | bool:
    link: Any = model._meta.get_field(relation)
    target: type[models.Model] = link.related_model
    made = compile_rule(inner, target, asker, scope)
    if made is False:
        return False
    where = (
        {"pk": OuterRef(link.attname)} if link.concrete else {link.field.attname: OuterRef("pk")}
    )
    if issubclass(target, Classified) and issubclass(target, Guarded):
        token = Scope(
            target._meta.db_table, scope.actor, scope.purpose, scope.at_least, judging=True
        )
        rows: models.QuerySet[Any] = _facts_of(target, token)
    else:
        rows = target._base_manager.all()
    rows = rows.filter(**where)
    return Q(Exists(rows if made is True else rows.filter(made)))
