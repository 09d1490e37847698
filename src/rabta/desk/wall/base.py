"""What every guarded table has: an outward id, a version, who wrote it, and a class per field."""

import secrets
import time
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from typing import Any, ClassVar
from uuid import UUID

from django.db import models

from rabta.core.access.levels import OPENS, FieldClass, Level
from rabta.core.words.ids import uuid7


def new_public_id() -> UUID:
    """A fresh outward identifier."""
    return uuid7(unix_ms=time.time_ns() // 1_000_000, random=secrets.token_bytes(10))


def choices(words: Iterable[StrEnum]) -> list[tuple[str, str]]:
    """A closed list as Django wants it; the labels.py of a room has the words people read."""
    return [(word.value, word.value) for word in words]


class Classified(models.Model):
    """A model that says of each of its fields what it tells about a person.

    ``class Wall`` names, per ``FieldClass``, the fields as one string. A field that is in none
    fails ``tests/access/test_fields.py``; a field that is in none is also opened by nothing.
    """

    class Meta:
        abstract = True

    class Wall:
        fields: ClassVar[dict[FieldClass, str]] = {}

    @classmethod
    @cache
    def field_classes(cls) -> dict[str, FieldClass]:
        """Field name → class, inherited furniture included."""
        classes: dict[str, FieldClass] = {}
        for base in reversed(cls.__mro__):
            wall = base.__dict__.get("Wall")
            if wall is not None:
                for kind, names in wall.__dict__.get("fields", {}).items():
                    classes.update(dict.fromkeys(names.split(), kind))
        return classes

    @classmethod
    @cache
    def hidden_at(cls, level: Level) -> frozenset[str]:
        """Attribute names that a reader at this level does not get.

        Machinery goes with a record that is open in full, inside the house only: the door keeps
        what it said before. ``OPENS`` does not open it, so no page, export or peer gets it.
        """
        opened = OPENS[level] | (MACHINERY if level is Level.FULL else frozenset())
        classes = cls.field_classes()
        return frozenset(
            field.attname
            for field in cls._meta.concrete_fields
            if field.name not in ALWAYS_THERE and classes.get(field.name) not in opened
        )


MACHINERY = frozenset({FieldClass.INTERNAL})
ALWAYS_THERE = frozenset({"id", "version"})
"""The inward id and the version: machinery that a record in hand cannot do without."""


class Recorded(Classified):
    """A table that anyone inside may read and that is written through the door alone."""

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by_id = models.BigIntegerField(default=0)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True

    class Wall:
        fields: ClassVar[dict[FieldClass, str]] = {
            FieldClass.POINTER: "public_id",
            FieldClass.INTERNAL: "id version created_at created_by_id updated_at",
        }

    def __str__(self) -> str:
        """The outward id alone: an object that is printed must not name anybody."""
        return f"{self._meta.model_name} {self.public_id}"


class Guarded(Recorded):
    """A table that no query reaches without a scope, besides."""

    class Meta:
        abstract = True

    class Wall:
        policy = ""

    _wall_decision: Any = None
