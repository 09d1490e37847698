"""What a reviewer said of a look-up of another agency's officer."""

from typing import ClassVar

from django.db import models

from rabta.core.access.levels import FieldClass
from rabta.desk.accounts.models import Agency, User
from rabta.desk.audit.rules import Said, Why
from rabta.desk.wall.base import Recorded


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
