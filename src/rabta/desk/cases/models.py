"""Cases, people in roles, and what identifies the people, which stands apart and sealed."""

from typing import ClassVar

from django.db import models

from rabta.core.access.levels import FieldClass
from rabta.core.words.vocabulary import (
    Calendar,
    CaseKind,
    HandlingCode,
    InformationGrade,
    Particular,
    Role,
    Sex,
    SourceGrade,
)
from rabta.desk.accounts.models import Agency, Unit, User
from rabta.desk.cases import rules
from rabta.desk.wall import keys
from rabta.desk.wall.base import Guarded, Recorded, choices
from rabta.desk.wall.sealed import Sealed


class Item(Guarded):
    """What every item of a file carries: whose it is, its grade (4×4) and its handling code."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    source_grade = models.CharField(max_length=1, choices=choices(SourceGrade), default="X")
    information_grade = models.CharField(
        max_length=1, choices=choices(InformationGrade), default="4"
    )
    handling = models.CharField(max_length=2, choices=choices(HandlingCode), default="H0")
    handling_text = Sealed(default=str)
    load_id = models.BigIntegerField(null=True, db_index=True)

    class Meta:
        abstract = True

    class Wall:
        policy = ""
        fields: ClassVar = {
            FieldClass.POINTER: "agency",
            FieldClass.OPERATIONAL: "source_grade information_grade handling",
            FieldClass.IDENTIFYING: "handling_text",
            FieldClass.INTERNAL: "load_id",
        }


class Case(Item):
    """A case: an FIR, an enquiry, a published list."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    source_key = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=16, choices=choices(CaseKind))
    number = models.CharField(max_length=64)
    number_key = models.BigIntegerField(db_index=True, default=0)
    fir_number = models.CharField(max_length=64, blank=True)
    fir_number_key = models.BigIntegerField(db_index=True, default=0)
    enquiry_number = models.CharField(max_length=64, blank=True)
    enquiry_number_key = models.BigIntegerField(db_index=True, default=0)
    station = models.CharField(max_length=128, blank=True)
    place = models.CharField(max_length=256, blank=True)
    registered_earliest = models.DateField(null=True)
    registered_latest = models.DateField(null=True)
    registered_text = models.CharField(max_length=64, blank=True)
    registered_calendar = models.CharField(
        max_length=16, choices=choices(Calendar), default=Calendar.GREGORIAN
    )
    registered_approximate = models.BooleanField(default=False)
    occurred_earliest = models.DateField(null=True)
    occurred_latest = models.DateField(null=True)
    occurred_text = models.CharField(max_length=64, blank=True)
    occurred_calendar = models.CharField(
        max_length=16, choices=choices(Calendar), default=Calendar.GREGORIAN
    )
    occurred_approximate = models.BooleanField(default=False)
    sealed = models.BooleanField(default=False)
    closed_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "unit", "source_key", condition=~models.Q(source_key=""), name="case_of_source"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["agency", "-id"])]

    class Wall:
        policy = "case"
        fields: ClassVar = {
            FieldClass.POINTER: "unit",
            FieldClass.STATISTICAL: "kind registered_earliest registered_latest"
            " registered_approximate occurred_earliest occurred_latest occurred_approximate"
            " closed_on",
            FieldClass.OPERATIONAL: "number fir_number enquiry_number station place"
            " registered_text registered_calendar occurred_text occurred_calendar sealed",
            FieldClass.INTERNAL: "source_key number_key fir_number_key enquiry_number_key",
        }


class Numbering(Recorded):
    """The last case number an agency gave in a year."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("agency", "year", name="one_numbering_a_year")
        ]

    class Wall:
        fields: ClassVar = {FieldClass.INTERNAL: "agency year last"}


class TeamMember(Guarded):
    """Who works a case; of a sealed case, all who may know of it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="team")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    lead = models.BooleanField(default=False)
    owner = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("case", "user", name="once_in_a_team")]

    class Wall:
        policy = "team"
        fields: ClassVar = {FieldClass.OPERATIONAL: "case user lead owner"}


class Person(Item):
    """A person as one agency records them. Holds no name: see ``ParticularRow``."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    source_key = models.CharField(max_length=80, blank=True)
    sex = models.CharField(max_length=16, choices=choices(Sex), default=Sex.UNKNOWN)
    birth_year_earliest = models.SmallIntegerField(null=True)
    birth_year_latest = models.SmallIntegerField(null=True)
    nationalities = models.CharField(max_length=64, blank=True)
    protected = models.BooleanField(default=True)
    link_consent = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "unit", "source_key", condition=~models.Q(source_key=""), name="person_of_source"
            )
        ]

    class Wall:
        policy = "person"
        fields: ClassVar = {
            FieldClass.POINTER: "unit",
            FieldClass.STATISTICAL: "sex birth_year_earliest birth_year_latest nationalities",
            FieldClass.OPERATIONAL: "protected link_consent",
            FieldClass.INTERNAL: "source_key",
        }


class RoleInCase(Item):
    """What a person is in a case."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="roles")
    person = models.ForeignKey(Person, models.PROTECT, related_name="roles")
    role = models.CharField(max_length=24, choices=choices(Role))

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("case", "person", "role", name="once_in_a_role")
        ]

    class Wall:
        policy = "role"
        fields: ClassVar = {FieldClass.OPERATIONAL: "case person role"}


class ParticularRow(Item):
    """One identifying detail of a person (a name, a CNIC, an address), sealed."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="particulars")
    kind = models.CharField(max_length=16, choices=choices(Particular))
    sealed = models.BinaryField()
    fingerprint = models.BigIntegerField()
    withdrawn = models.BooleanField(default=False)

    class Wall:
        policy = "particular"
        fields: ClassVar = {
            FieldClass.OPERATIONAL: "person kind withdrawn",
            FieldClass.IDENTIFYING: "sealed",
            FieldClass.INTERNAL: "fingerprint",
        }

    def opened(self) -> rules.Detail:
        """What it says, for whoever was given the row with its sealed part."""
        text = keys.unseal(self.sealed, agency=self.agency_id, binding=self.public_id)
        return rules.read(self.kind, text)


class Key(Guarded):
    """A stored name or identifier key: equality is all it can be asked for."""

    # An index, not a file: millions of rows that nobody opens one by one carry no furniture.
    public_id = version = created_at = created_by_id = updated_at = None

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="keys")
    kind = models.CharField(max_length=16)
    scheme = models.PositiveSmallIntegerField()
    value = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["value", "person"])]

    class Wall:
        policy = "key"
        fields: ClassVar = {
            FieldClass.POINTER: "agency person",
            FieldClass.INTERNAL: "kind scheme value",
        }


class Note(Item):
    """Free text in a case; sealed, since it names people.

    ``came_with`` is the person whose row of a file brought it along: taken back, both go.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="notes")
    came_with = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    sealed = models.BinaryField()

    class Wall:
        policy = "note"
        fields: ClassVar = {
            FieldClass.OPERATIONAL: "case",
            FieldClass.IDENTIFYING: "sealed",
            FieldClass.INTERNAL: "came_with",
        }

    def opened(self) -> str:
        """What it says, for whoever was given the row with its sealed part."""
        return keys.unseal(self.sealed, agency=self.agency_id, binding=self.public_id)
