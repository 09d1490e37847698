"""A compiled rule as one node of a query: its SQL is made once, not at every question.

Django takes milliseconds to turn a policy into SQL, and the database microseconds to answer. The
node keeps the SQL with its root table left open, and puts in whatever the table is called where
the node stands. Aliases inside are renamed, so that they never meet those of the query around.
"""

import re
from typing import Any

from django.db.models import Expression, Field, Model
from django.db.models.sql.query import Query

ALIAS = re.compile(r"\b((?:r+_)?)([A-Z]+\d+)\b")
"""Django's aliases of subqueries (U0, V3), and those renamed by a rule inside this one."""


def _deeper(found: re.Match[str]) -> str:
    """U0 → r_U0 → rr_U0: one r for each rule that stands around it, so that none hides another."""
    return f"r{found[1] or '_'}{found[2]}"


class Ruled(Expression):
    """An expression on one model whose SQL is kept; copies of it share what is kept."""

    def __init__(self, model: type[Model], expression: Any, output_field: "Field[Any, Any]"):
        super().__init__(output_field=output_field)
        self.model = model
        self.expression = expression
        self.alias: str | None = None
        self.kept: dict[str, tuple[list[str], tuple[Any, ...]]] = {}

    def resolve_expression(self, query: Any = None, *args: Any, **kwargs: Any) -> "Ruled":
        resolved: Ruled = self.copy()
        resolved.alias = query.get_initial_alias()
        return resolved

    def relabeled_clone(self, change_map: dict[str | None, str]) -> "Ruled":
        clone: Ruled = self.copy()
        clone.alias = change_map.get(self.alias, self.alias)  # type: ignore[arg-type]
        return clone

    def get_group_by_cols(self) -> list[Any]:
        return [self]

    def as_sql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, tuple[Any, ...]]:
        if connection.vendor not in self.kept:
            self.kept[connection.vendor] = self._make(connection)
        parts, params = self.kept[connection.vendor]
        return f"{compiler.quote_name_unless_alias(self.alias)}.".join(parts), params

    def _make(self, connection: Any) -> tuple[list[str], tuple[Any, ...]]:
        query = Query(self.model)
        root = f"{connection.ops.quote_name(query.get_initial_alias())}."
        node = self.expression.resolve_expression(query)
        sql, params = query.get_compiler(connection=connection).compile(node)
        return ALIAS.sub(_deeper, f"({sql})").split(root), tuple(params)
