"""From a rule of ``rabta.core.access.rules`` to a filter of the database, with the same meaning."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import connections, models
from django.db.models import Exists, OuterRef, Q
from django.db.models.sql.datastructures import BaseTable

from rabta.core.access.decisions import (
    Asker,
)
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
from rabta.desk.wall.base import Classified, Guarded
from rabta.desk.wall.guard import FACTS
from rabta.desk.wall.questions import Scope, ScopedQuerySet, tokened

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
            return any_of(
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


def facts_of(target: type[Guarded], token: Scope) -> ScopedQuerySet:
    """The rows of a table for a rule to judge by, also those beyond the actor's reach (rls.py)."""
    rows = tokened(target, token)
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
        rows: models.QuerySet[Any] = facts_of(target, token)
    else:
        rows = target._base_manager.all()
    rows = rows.filter(**where)
    return Q(Exists(rows if made is True else rows.filter(made)))


def any_of(parts: Iterable[Q | bool]) -> Q | bool:
    """At least one of them; what is settled already stays a plain truth value."""
    found: Q | bool = False
    for part in parts:
        if part is True:
            return True
        if part is not False:
            found = part if found is False else found | part  # type: ignore[operator]
    return found
