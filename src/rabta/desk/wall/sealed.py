"""A field that is sealed in the database and clear in Python: what is said freely may name people.

Its value is encrypted with the key of the row's agency and bound to the row and the column. Django
hands a field no row when it reads or updates, so the value is opened when the attribute is first
read, and the door seals what it changes (``as_stored``).
"""

import json
from typing import Any
from uuid import UUID, uuid5

from django.db import models
from django.db.models.query_utils import DeferredAttribute

from rabta.desk.wall import keys


class _Opening(DeferredAttribute):
    """The attribute of a sealed field: bytes are opened when somebody asks."""

    def __get__(self, row: Any, cls: Any = None) -> Any:
        value = super().__get__(row, cls)
        if isinstance(value, bytes | memoryview):
            value = row.__dict__[self.field.attname] = self.field.opened(row, bytes(value))
        return value

    def __set__(self, row: Any, value: Any) -> None:
        row.__dict__[self.field.attname] = value


class Sealed(models.BinaryField):
    """What JSON can say, of a model with an ``agency_id``. What says nothing is not sealed."""

    descriptor_class = _Opening

    def get_default(self) -> Any:
        """The value of a row that says nothing; ``default`` is a callable."""
        return self.default()

    def pre_save(self, row: models.Model, add: bool) -> bytes:
        """What a new row stores."""
        return self.sealed(row, getattr(row, self.attname))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """What is sealed goes to the database, and nothing else."""
        if not isinstance(value, bytes):
            raise TypeError(f"{self.name} goes to the database sealed or not at all")
        return super().get_db_prep_value(value, connection, prepared)

    def to_python(self, value: Any) -> Any:
        """A value of the history, which is clear."""
        return value

    def sealed(self, row: Any, value: Any) -> bytes:
        """A value as this row stores it."""
        if not value:
            return b""
        text = json.dumps(value, ensure_ascii=False)
        return keys.seal(text, agency=row.agency_id, binding=self._binding(row))

    def opened(self, row: Any, stored: bytes) -> Any:
        """What ``sealed`` made, in clear."""
        if not stored:
            return self.get_default()
        return json.loads(keys.unseal(stored, agency=row.agency_id, binding=self._binding(row)))

    def _binding(self, row: Any) -> UUID:
        return uuid5(row.public_id, self.attname)


def as_stored(row: models.Model, name: str, value: Any) -> Any:
    """A value of a row's field as an update stores it."""
    field = row._meta.get_field(name)
    return field.sealed(row, value) if isinstance(field, Sealed) else value
