"""The tables of a node as facts: what ``holds`` is told of a record, read past the guard."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from django.db import models

from rabta.desk.wall import guard


class Rows(dict[type[models.Model], dict[int, dict[str, Any]]]):
    """The rows of a table as plain values, read when they are first asked for."""

    def __missing__(self, model: type[models.Model]) -> dict[int, dict[str, Any]]:
        with guard.system("test facts"):
            found = {row.pk: dict(row.__dict__) for row in model._base_manager.all()}
        self[model] = found
        return found


class Node:
    """The records of a node as they stand when they are first asked for."""

    def __init__(self) -> None:
        self.rows = Rows()
        self._related: dict[tuple[type[models.Model], str], dict[int, list[Record]]] = {}

    def record(self, model: type[models.Model], pk: int) -> "Record":
        return Record(self, model, self.rows[model][pk])

    def records(self, model: type[models.Model]) -> list["Record"]:
        return [self.record(model, pk) for pk in sorted(self.rows[model])]

    def pointing(self, model: type[models.Model], attname: str, at: int) -> list["Record"]:
        if (model, attname) not in self._related:
            index = self._related.setdefault((model, attname), {})
            for record in self.records(model):
                index.setdefault(record.row[attname], []).append(record)
        return self._related[model, attname].get(at, [])


class Record(Mapping[str, Any]):
    """One row: its columns by their attribute names, its relations as records."""

    def __init__(self, node: Node, model: type[models.Model], row: dict[str, Any]):
        self.node, self.model, self.row = node, model, row

    @property
    def _relations(self) -> dict[str, Any]:
        return _relations_of(self.model)

    def __getitem__(self, name: str) -> Any:
        if name not in self._relations:
            return self.row[name]
        link = self._relations[name]
        target = link.related_model
        if link.concrete:
            pk = self.row[link.attname]
            return [] if pk is None else [self.node.record(target, pk)]
        return self.node.pointing(target, link.field.attname, self.row["id"])

    def __iter__(self) -> Iterator[str]:
        return iter(self.row)

    def __len__(self) -> int:
        return len(self.row)


@cache
def _relations_of(model: type[models.Model]) -> dict[str, Any]:
    return {f.name: f for f in model._meta.get_fields() if f.is_relation}
