"""Every field of every model of ours, with its class: said exactly once, for a field there is."""

from collections.abc import Iterable

from django.apps import apps
from django.db import models

from rabta.core.access.levels import FieldClass
from rabta.desk.wall.base import Classified

HEADER = ("model", "field", "class")


def ours() -> list[type[models.Model]]:
    """All models of the house, link tables that Django makes included."""
    found = apps.get_models(include_auto_created=True)
    return sorted(
        (m for m in found if m.__module__.startswith("rabta.")), key=lambda m: m._meta.label
    )


def said(model: type[models.Model]) -> list[tuple[str, FieldClass]]:
    """What the model and all it is made of say of fields, one after the other."""
    found = []
    for base in model.__mro__:
        wall = base.__dict__.get("Wall")
        if wall is not None:
            for kind, names in wall.__dict__.get("fields", {}).items():
                found += [(name, kind) for name in names.split() if not _taken_off(model, name)]
    return found


def _taken_off(model: type[models.Model], name: str) -> bool:
    """Whether the model does without a field of the furniture it inherits (``name = None``)."""
    return getattr(model, name, "") is None


def problems(chosen: Iterable[type[models.Model]]) -> list[str]:
    """What is wrong with how these models classify their fields."""
    wrong = []
    for model in chosen:
        label = model._meta.label
        if not issubclass(model, Classified):
            wrong.append(f"{label} is not Classified")
            continue
        names = [name for name, _ in said(model)]
        fields = {field.name for field in model._meta.concrete_fields}
        wrong += [f"{label}.{name} has no class" for name in sorted(fields - set(names))]
        wrong += [f"{label}.{name} is no field" for name in sorted(set(names) - fields)]
        twice = {name for name in names if names.count(name) > 1}
        wrong += [f"{label}.{name} has more than one class" for name in sorted(twice)]
    return wrong


def table() -> list[tuple[str, ...]]:
    """The table of docs/know/fields.csv: model, field, class."""
    rows = [(model._meta.label, name, str(kind)) for model in ours() for name, kind in said(model)]
    return [HEADER, *sorted(rows)]
