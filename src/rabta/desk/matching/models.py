"""Runs of the linker, the links they propose, and what humans said of pairs of records."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from rabta.core.access.levels import FieldClass
from rabta.core.words.vocabulary import Duty, Verdict
from rabta.desk.accounts.models import Agency, User
from rabta.desk.cases.models import Person
from rabta.desk.matching.rules import ProposalState, RunState, Strength
from rabta.desk.wall.base import Guarded, choices


class LinkRun(Guarded):
    """One run of the linker over everybody it may match: when, by whom, what came of it."""

    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=16, choices=choices(RunState))
    finished_at = models.DateTimeField(null=True)
    people = models.PositiveIntegerField(default=0)
    compared = models.PositiveBigIntegerField(default=0)
    proposed = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    withdrawn = models.PositiveIntegerField(default=0)
    unreached = models.PositiveIntegerField(default=0)
    skipped = models.JSONField(default=list)
    notes = models.JSONField(default=list)

    class Wall:
        policy = "link_run"
        keeps_history = False  # the machine's own book-keeping
        fields: ClassVar = {
            FieldClass.OPERATIONAL: "by state finished_at people compared proposed added changed"
            " withdrawn unreached skipped notes",
        }


class Pair(Guarded):
    """Two records of people, the one entered first on the left."""

    left = models.ForeignKey(Person, models.PROTECT, related_name="+")
    right = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    class Wall:
        policy = ""
        fields: ClassVar = {FieldClass.POINTER: "left right"}


class Proposal(Pair):
    """A link the linker proposes. Holds codes of reasons, no value of either record."""

    run = models.ForeignKey(LinkRun, models.PROTECT, related_name="+")
    state = models.CharField(max_length=16, choices=choices(ProposalState))
    probability = models.FloatField()
    strength = models.CharField(max_length=16, choices=choices(Strength))
    worth = models.IntegerField()
    across = models.BooleanField()
    bridge = models.BooleanField()
    cluster = models.BigIntegerField()
    evidence = models.JSONField(default=list)
    namesakes = models.CharField(max_length=8)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("left", "right", name="one_proposal_a_pair"),
            models.CheckConstraint(condition=Q(left__lt=F("right")), name="proposal_in_order"),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "-worth", "id"])]

    class Wall:
        policy = "proposal"
        keeps_history = False  # made by the machine, made anew at each run
        fields: ClassVar = {
            FieldClass.POINTER: "strength state",
            FieldClass.OPERATIONAL: "probability worth across bridge evidence namesakes",
            FieldClass.INTERNAL: "run cluster",
        }


class Judgement(Pair):
    """What a human said of two records. It stays; undone, it says nothing any more."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    duty = models.CharField(max_length=24, choices=choices(Duty))
    at = models.DateTimeField()
    verdict = models.CharField(max_length=16, choices=choices(Verdict))
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(left__lt=F("right")), name="judgement_in_order"),
        ]
        indexes: ClassVar = [models.Index(fields=["left", "right"])]

    class Wall:
        policy = "judgement"
        fields: ClassVar = {
            FieldClass.POINTER: "agency",
            FieldClass.OPERATIONAL: "by duty at verdict undone_at undone_by",
        }
