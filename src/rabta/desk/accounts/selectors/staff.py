"""Names behind inward ids, and who is posted in an agency today: for the rooms that work cases."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from rabta.core.words.vocabulary import Duty
from rabta.desk.accounts.models import Posting, Unit, User


@dataclass(frozen=True, slots=True)
class UnitName:
    """A unit by its inward id, as it is called."""

    id: int
    public_id: UUID
    name: str
    agency_id: int
    agency: str
    agency_kind: str
    open: bool


@dataclass(frozen=True, slots=True)
class Colleague:
    """A person in one posting that runs today."""

    user: int
    public_id: UUID
    name: str
    duty: Duty
    unit: str


def names_of(user_ids: Iterable[int]) -> dict[int, str]:
    """The names of people by their inward ids; the machine (0) has none."""
    wanted = {user for user in user_ids if user}
    return dict(User.objects.filter(id__in=wanted).values_list("id", "name")) if wanted else {}


def units_named(unit_ids: Iterable[int], *, day: date | None = None) -> dict[int, UnitName]:
    """Units by their inward ids, closed ones too, in the order of their codes."""
    day = day or timezone.localdate()
    found = Unit.objects.filter(id__in=set(unit_ids)).select_related("agency").order_by("code")
    return {
        unit.pk: UnitName(
            id=unit.pk,
            public_id=unit.public_id,
            name=str(unit),
            agency_id=unit.agency_id,
            agency=str(unit.agency),
            agency_kind=unit.agency.kind,
            open=unit.opened <= day and (unit.closed is None or day < unit.closed),
        )
        for unit in found
    }


def colleagues(agency_id: int, *, day: date | None = None) -> tuple[Colleague, ...]:
    """Everybody posted in an agency today, one line a posting, by name."""
    day = day or timezone.localdate()
    running = (
        Posting.objects.filter(
            unit__agency_id=agency_id, valid_from__lte=day, user__closed__isnull=True
        )
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day))
        .select_related("user", "unit")
        .order_by("user__name", "id")
    )
    return tuple(
        Colleague(
            user=posting.user_id,
            public_id=posting.user.public_id,
            name=posting.user.name,
            duty=Duty(posting.duty),
            unit=str(posting.unit),
        )
        for posting in running
    )
