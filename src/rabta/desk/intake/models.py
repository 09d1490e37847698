"""Loads and their rows. A row is sealed while it waits, and emptied once it is applied."""

from typing import ClassVar

from django.db import models

from rabta.core.access.levels import FieldClass
from rabta.desk.accounts.models import Agency, Unit
from rabta.desk.intake.rules import LoadState, RowState
from rabta.desk.wall.base import Guarded, Recorded, choices
from rabta.desk.wall.sealed import Sealed


class Load(Guarded):
    """One file of one agency on its way in: the unit of progress, of resuming and of undo."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    brought_from = models.BigIntegerField(default=0)
    kind = models.CharField(max_length=24)
    file_name = models.CharField(max_length=128)
    file_digest = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=64, blank=True)
    companion_as = models.CharField(max_length=64, blank=True)
    mapping = Sealed(default=dict)
    state = models.CharField(max_length=16, choices=choices(LoadState))
    staged = models.PositiveIntegerField(default=0)
    ignored = models.PositiveIntegerField(default=0)
    read = models.PositiveIntegerField(default=0)
    loaded = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    stop_asked = models.BooleanField(default=False)
    failure = models.JSONField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["agency", "file_digest"])]

    class Wall:
        policy = "load"
        keeps_history = False  # its own book-keeping: counts and states, moved at every batch
        fields: ClassVar = {
            FieldClass.POINTER: "agency unit brought_from kind state",
            FieldClass.OPERATIONAL: "file_name staged ignored read loaded unchanged"
            " updated refused stop_asked failure finished_at",
            FieldClass.IDENTIFYING: "mapping",
            FieldClass.INTERNAL: "file_digest stored_as companion_as",
        }


class LoadRow(Guarded):
    """A row of a load: waiting, applied, refused and kept to be mended, or ignored and why."""

    load = models.ForeignKey(Load, models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()
    at = models.CharField(max_length=64)
    key_hash = models.BigIntegerField(null=True)
    state = models.CharField(max_length=16, choices=choices(RowState))
    sealed = models.BinaryField(null=True)
    why = models.CharField(max_length=32, blank=True)
    person_id = models.BigIntegerField(null=True)
    expires_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("load", "position", name="row_of_load")]
        indexes: ClassVar = [
            models.Index(fields=["load", "state", "position"]),
            models.Index(fields=["load", "key_hash"]),
        ]

    class Wall:
        policy = "load_row"
        keeps_history = False
        fields: ClassVar = {
            FieldClass.OPERATIONAL: "load position at state why expires_on",
            FieldClass.IDENTIFYING: "sealed",
            FieldClass.INTERNAL: "person_id key_hash",
        }


class Mapping(Recorded):
    """How an agency's register is read: its column headings to our fields. Kept per agency.

    Sealed: what was taken for a heading may be a name.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24)
    columns = Sealed(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("agency", "kind", name="one_mapping_of_a_kind")
        ]

    class Wall:
        fields: ClassVar = {
            FieldClass.POINTER: "agency",
            FieldClass.OPERATIONAL: "kind",
            FieldClass.IDENTIFYING: "columns",
        }
