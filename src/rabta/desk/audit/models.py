"""What a reviewer said of a look-up, and who searched for the people of a sealed case."""

from typing import ClassVar

from django.db import models

from rabta.core.access.levels import FieldClass
from rabta.desk.accounts.models import Agency, User
from rabta.desk.audit.rules import Said, Why
from rabta.desk.cases.models import Case
from rabta.desk.wall.base import Guarded, Recorded


class Review(Recorded):
    """One verdict on one look-up, or on the odd ones of which it is the last. Names no subject."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    reviewer = models.ForeignKey(User, models.PROTECT, related_name="+")
    entry = models.BigIntegerField()
    why = models.CharField(max_length=16, choices=[(w.value, w.value) for w in Why])
    officer = models.ForeignKey(User, models.PROTECT, related_name="+")
    officers_agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    said = models.CharField(max_length=8, choices=[(s.value, s.value) for s in Said])
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("agency", "entry", "why", name="one_verdict_an_agency")
        ]
        indexes: ClassVar = [models.Index(fields=["officers_agency", "said", "-id"])]

    class Wall:
        fields: ClassVar = {
            FieldClass.POINTER: "agency reviewer officer officers_agency",
            FieldClass.OPERATIONAL: "entry why said at",
        }


class Search(Guarded):
    """Somebody looked up a sealed case or a person of it.

    Its team is told; whoever searched is not.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    entry = models.BigIntegerField()
    searcher = models.ForeignKey(User, models.PROTECT, related_name="+")
    searcher_unit = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("case", "entry", name="told_once_of_a_search")
        ]

    class Wall:
        policy = "search"
        fields: ClassVar = {
            FieldClass.OPERATIONAL: "case entry searcher searcher_unit at",
        }


class Watch(Recorded):
    """How far the ledger of reads was gone through for searches of sealed cases. One row."""

    seq = models.BigIntegerField(default=0)

    class Wall:
        keeps_history = False  # a place in a book, moved every minute
        fields: ClassVar = {FieldClass.INTERNAL: "seq"}
