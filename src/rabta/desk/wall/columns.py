"""What a scoped question may speak of: the columns that its level opens, and no others.

Fields above a row's level are taken off the row (questions.py). That is not enough: a filter, an
order or an annotation on such a field tells it all the same, a guess at a time. So every column
of a guarded table that a question names, in itself or in a subquery, must be open at the level
the question asks for. What the policy itself compares is marked and passes. Internal columns
(ids, a load's number, a stored key) may be asked by at any level.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models.expressions import Col, Func, RawSQL
from django.db.models.sql.query import Query
from django.db.models.sql.where import ExtraWhere, WhereNode

from rabta.core.access.levels import FieldClass
from rabta.core.errors import Unscoped

POLICYS_OWN = "wall_policys_own"
SHOWN_BY_THE_WALL = frozenset({"wall_grant", "wall_cap"})


def mark(query: Query) -> None:
    """Mark everything a question compares so far as the policy's own."""
    for leaf in _leaves(query.where):
        setattr(leaf, POLICYS_OWN, True)


def check(query: Query) -> None:
    """Refuse a scoped question that names a column its level does not open."""
    scope: Any = query.wall_scope  # type: ignore[attr-defined]
    if query.extra or query.extra_order_by:
        _refuse(scope.table)
    shown = scope.hidden
    asked = frozenset(shown) - _internal(query.model)
    root = query.base_table
    for name, expression in query.annotations.items():
        if name not in SHOWN_BY_THE_WALL:
            seen = query.annotation_select_mask is None or name in query.annotation_select_mask
            _look(expression, root, shown if seen else asked, scope.table)
    for expression in query.select:
        _look(expression, root, shown, scope.table)
    for leaf in _leaves(query.where):
        if not getattr(leaf, POLICYS_OWN, False):
            _look(leaf, root, asked, scope.table)
    for part in (*query.order_by, *query.distinct_fields):
        if isinstance(part, str):
            _look_by_name(part, query, asked, scope.table)
        else:
            _look(part, root, asked, scope.table, query)


def _internal(model: Any) -> frozenset[str]:
    classes = model.field_classes()
    return frozenset(
        field.attname
        for field in model._meta.concrete_fields
        if classes.get(field.name) is FieldClass.INTERNAL
    )


def _leaves(node: Any) -> Iterator[Any]:
    for child in node.children:
        if isinstance(child, WhereNode):
            yield from _leaves(child)
        else:
            yield child


def _look_by_name(part: str, query: Query, closed: frozenset[str], table: str) -> None:
    name = part.lstrip("-+").split("__")[0]
    if name in query.annotations or name == "?":
        return
    if name in closed or f"{name}_id" in closed:
        _refuse(table)


def _look(
    node: Any, root: str | None, closed: frozenset[str], table: str, query: Query | None = None
) -> None:
    """Walk an expression, into its subqueries too, for columns of the root that are closed."""
    if isinstance(node, Col):
        if node.alias == root and node.target.attname in closed:
            _refuse(table)
        return
    if isinstance(node, RawSQL | ExtraWhere) or (isinstance(node, Func) and _templated(node)):
        _refuse(table)
    if query is not None and hasattr(node, "name") and isinstance(node.name, str):
        _look_by_name(node.name, query, closed, table)
    if isinstance(node, Query):
        for each in (*node.annotations.values(), *node.select, *_leaves(node.where)):
            _look(each, root, closed, table)
    elif isinstance(node, WhereNode):
        for each in _leaves(node):
            _look(each, root, closed, table)
    elif hasattr(node, "get_source_expressions"):
        for each in node.get_source_expressions():
            if each is not None:
                _look(each, root, closed, table, query)


def _templated(node: Func) -> bool:
    # SQL handed in with the call may name any column; that of Django's own functions is theirs.
    return bool({"template", "function"} & node.extra.keys())


def _refuse(table: str) -> None:
    raise Unscoped(
        "A column of {table} that this level does not open.",
        table=table,
        remedy="Ask with at_least set to the level that opens it.",
    )
