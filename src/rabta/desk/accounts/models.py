"""Agencies and their units, people and their postings, what agencies allow each other."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language

from rabta.core.access.levels import FieldClass, Level
from rabta.core.words.vocabulary import AgencyKind, Duty
from rabta.desk.wall.base import Classified, Recorded


class Named(models.Model):
    """Something with a name per language; English is always there."""

    names = models.JSONField(default=dict)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.names.get(get_language() or "en") or self.names.get("en") or ""


class Agency(Named, Recorded):
    """A body: a federal agency, a police force, a shelter, a UN body, an embassy."""

    code = models.CharField(max_length=32, unique=True)
    kind = models.CharField(max_length=24, choices=[(k.value, k.value) for k in AgencyKind])
    country = models.CharField(max_length=2, default="PK")
    opened = models.DateField()
    closed = models.DateField(null=True)
    desk_phone = models.CharField(max_length=32, blank=True)

    class Meta:
        verbose_name_plural = "agencies"

    class Wall:
        fields: ClassVar = {
            FieldClass.POINTER: "code names kind country opened closed desk_phone",
        }


class Unit(Named, Recorded):
    """A part of an agency: headquarters, a zone, a circle, a post, a station, a desk."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="units")
    code = models.CharField(max_length=48)
    kind = models.CharField(max_length=24)
    opened = models.DateField()
    closed = models.DateField(null=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="predecessors")
    desk_phone = models.CharField(max_length=32, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("agency", "code", name="unit_code_in_agency"),
        ]

    class Wall:
        fields: ClassVar = {
            FieldClass.POINTER: "agency code names kind opened closed successor desk_phone",
        }


class UnitParent(Recorded):
    """Under which unit a unit stood, from a day to a day."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="parents")
    parent = models.ForeignKey(Unit, models.PROTECT, related_name="children")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Wall:
        fields: ClassVar = {FieldClass.POINTER: "unit parent valid_from valid_to"}


class UserManager(BaseUserManager["User"]):
    """What Django's sign-in asks of users."""

    def get_by_natural_key(self, login: str | None) -> "User":
        return self.get(login=login)


class User(AbstractBaseUser, Recorded):
    """A person who signs in. What they may do comes from their posting, never from here."""

    login = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=128)
    language = models.CharField(max_length=8, default="en")
    closed = models.DateField(null=True)
    totp_sealed = models.BinaryField(null=True)
    passphrase_once = models.BooleanField(default=False)

    last_login = None  # type: ignore[assignment]
    USERNAME_FIELD = "login"
    objects = UserManager()

    class Wall:
        fields: ClassVar = {
            FieldClass.POINTER: "login name",
            FieldClass.INTERNAL: "password language closed totp_sealed passphrase_once",
        }

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:
        """Whether the sign-in is still open."""
        return self.closed is None


class Posting(Recorded):
    """A person in a duty at a unit, from a day to a day (that day excluded)."""

    user = models.ForeignKey(User, models.PROTECT, related_name="postings")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="postings")
    duty = models.CharField(max_length=24, choices=[(d.value, d.value) for d in Duty])
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="posting_ends_after_it_begins",
            )
        ]

    class Wall:
        fields: ClassVar = {FieldClass.POINTER: "user unit duty valid_from valid_to"}


class Allowance(Recorded):
    """An agency lets another see its records to a level, from a day to a day."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="allowances")
    recipient = models.ForeignKey(Agency, models.PROTECT, related_name="allowed_by")
    level = models.PositiveSmallIntegerField(choices=[(lv.value, lv.name) for lv in Level])
    basis = models.CharField(max_length=256)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Wall:
        fields: ClassVar = {FieldClass.POINTER: "agency recipient level basis valid_from valid_to"}


class SignInState(Classified):
    """Failed tries, lock-out and the last second-factor step used. Machinery; not recorded."""

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="sign_in")
    failures = models.PositiveIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)

    class Wall:
        fields: ClassVar = {FieldClass.INTERNAL: "user failures locked_until last_step"}

    def __str__(self) -> str:
        return f"sign-in of {self.user_id}"


class PrintedCode(Recorded):
    """A second factor on paper: used once."""

    user = models.ForeignKey(User, models.CASCADE, related_name="printed_codes")
    digest = models.CharField(max_length=128)
    used_at = models.DateTimeField(null=True)

    class Wall:
        fields: ClassVar = {FieldClass.INTERNAL: "user digest used_at"}


class Session(AbstractBaseSession, Classified):
    """A sign-in on one device; its owner sees the list and can end any of them."""

    user_id = models.BigIntegerField(null=True, db_index=True)
    posting_id = models.BigIntegerField(null=True)
    device = models.CharField(max_length=128, blank=True)
    began = models.DateTimeField(default=timezone.now)
    last_seen = models.DateTimeField(auto_now=True)

    class Wall:
        fields: ClassVar = {
            FieldClass.INTERNAL: "session_key session_data expire_date user_id posting_id device"
            " began last_seen"
        }

    @classmethod
    def get_session_store_class(cls):  # type: ignore[no-untyped-def]
        from rabta.desk.accounts.sessions import SessionStore

        return SessionStore


class Token(Recorded):
    """A sign-in of the command line: ends by itself; only its digest is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    posting = models.ForeignKey(Posting, models.CASCADE)
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Wall:
        fields: ClassVar = {FieldClass.INTERNAL: "user posting digest expires_at ended_at"}
