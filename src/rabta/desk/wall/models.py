"""Tables of the wall itself: the two chains of the ledger, their heads, and the history."""

from typing import ClassVar

from django.db import models

from rabta.core.access.levels import FieldClass
from rabta.desk.wall.base import Classified, Guarded


class Entry(Classified):
    """An entry of a chain: its number, when, what it says, and the hash that ties it."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    said = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        abstract = True

    class Wall:
        fields: ClassVar = {FieldClass.INTERNAL: "seq at said digest"}

    def __str__(self) -> str:
        return f"entry {self.seq}"


class Head(Classified):
    """The last entry of a chain, signed."""

    chain = models.CharField(max_length=16, primary_key=True)
    seq = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    signature = models.CharField(max_length=128, blank=True)

    class Meta:
        abstract = True

    class Wall:
        fields: ClassVar = {FieldClass.INTERNAL: "chain seq digest signature"}

    def __str__(self) -> str:
        return f"{self.chain} {self.seq}"


class WriteEntry(Entry):
    """What was written, by whom."""


class ReadEntry(Entry):
    """What was read, by whom, for which case."""


class WriteHead(Head):
    """The head of the chain of writes."""


class ReadHead(Head):
    """The head of the chain of reads."""


class KnownHit(Classified):
    """A person was told, short of its content, that a record is there (hits.py)."""

    user_id = models.BigIntegerField()
    kind = models.CharField(max_length=16)
    record_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("user_id", "kind", "record_id", name="told_once")
        ]

    class Wall:
        fields: ClassVar = {FieldClass.INTERNAL: "id user_id kind record_id at"}

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id}"


ENTRY_OF: dict[str, type[Entry]] = {"writes": WriteEntry, "reads": ReadEntry}
HEAD_OF: dict[str, type[Head]] = {"writes": WriteHead, "reads": ReadHead}


class History(Guarded):
    """What a record said before a change: sealed, and erasable without breaking the ledger."""

    agency_id = models.BigIntegerField()
    kind = models.CharField(max_length=32)
    record_id = models.BigIntegerField()
    record_version = models.PositiveIntegerField()
    event = models.CharField(max_length=64)
    load_id = models.BigIntegerField(null=True, db_index=True)
    sealed = models.BinaryField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["kind", "record_id", "record_version"])]
        verbose_name_plural = "history"

    class Wall:
        policy = "history"
        fields: ClassVar = {
            FieldClass.POINTER: "agency_id",
            FieldClass.OPERATIONAL: "kind record_id record_version event",
            FieldClass.IDENTIFYING: "sealed",
            FieldClass.INTERNAL: "load_id",
        }
