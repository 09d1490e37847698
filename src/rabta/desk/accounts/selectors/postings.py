"""Who holds which posting, and what follows from it: the actor, their units, whom to ask."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from rabta.core.access.decisions import Actor
from rabta.core.words.vocabulary import AgencyKind, Duty
from rabta.desk.accounts.models import Agency, Allowance, Posting, Unit, UnitParent, User
from rabta.desk.accounts.tree import Edge, below

OVERSEEING = frozenset({Duty.SUPERVISOR, Duty.ANALYST, Duty.LIAISON, Duty.INVESTIGATOR, Duty.CLERK})
"""Duties whose own unit includes every unit below it."""


@dataclass(frozen=True, slots=True)
class Desk:
    """A unit as others may know it: whom to ask."""

    agency: str
    agency_code: str
    unit: str
    unit_code: str
    phone: str


def postings_of(user: User, *, day: date | None = None) -> tuple[Posting, ...]:
    """The postings a person holds on a day; from the day one ends, it gives nothing."""
    day = day or timezone.localdate()
    held = (
        Posting.objects.filter(user=user, valid_from__lte=day)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day))
        .select_related("unit__agency")
        .order_by("-valid_from", "id")
    )
    return tuple(held)


def units_below(unit_id: int, *, day: date | None = None) -> frozenset[int]:
    """Ids of a unit and of all that stand under it or were merged into them."""
    edges = (
        Edge(*row)
        for row in UnitParent.objects.values_list("unit_id", "parent_id", "valid_from", "valid_to")
    )
    day = day or timezone.localdate()
    merged = Unit.objects.filter(successor__isnull=False, closed__lte=day)
    return below(unit_id, edges, merged.values_list("id", "successor_id"), day)


def reach_of(agency_id: int, *, day: date | None = None) -> frozenset[int]:
    """Agencies whose rows could be opened at all: one's own, who allows it, published lists."""
    day = day or timezone.localdate()
    allowed = (
        Allowance.objects.filter(recipient_id=agency_id, valid_from__lte=day)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day))
        .values_list("agency_id", flat=True)
    )
    lists = Agency.objects.filter(kind=AgencyKind.LIST_OWNER).values_list("id", flat=True)
    return frozenset({agency_id, *allowed, *lists})


def with_people() -> QuerySet[Posting, int]:
    """Ids of the agencies that anybody is, or ever was, posted to; to compose with.

    The records of a body whose desk is empty today are its own, and a file loaded for it would
    tell of them.
    """
    return Posting.objects.values_list("unit__agency_id", flat=True)


def has_people(agency_id: int) -> bool:
    """Whether an agency is one of those."""
    return with_people().filter(unit__agency_id=agency_id).exists()


def actor_of(user: User, posting: Posting | None) -> Actor:
    """Who a person acts as in one of their postings, today; without one, nobody in particular."""
    if posting is None:
        return Actor(user=user.pk, duty=None)
    duty = Duty(posting.duty)
    own = frozenset({posting.unit_id})
    return Actor(
        user=user.pk,
        duty=duty,
        agency=posting.unit.agency_id,
        unit=posting.unit_id,
        units=units_below(posting.unit_id) if duty in OVERSEEING else own,
        posting=posting.pk,
        reach=reach_of(posting.unit.agency_id),
    )


def desk_of(unit_ids: set[int], *, day: date | None = None) -> dict[int, Desk]:
    """Whom to ask about records of these units; of a closed unit, the one that took over."""
    day = day or timezone.localdate()
    desks: dict[int, Desk] = {}
    for unit in Unit.objects.filter(id__in=unit_ids).select_related("agency"):
        at = standing(unit, day=day)
        desks[unit.pk] = Desk(
            agency=str(at.agency),
            agency_code=at.agency.code,
            unit=str(at),
            unit_code=at.code,
            phone=at.desk_phone or at.agency.desk_phone,
        )
    return desks


def standing(unit: Unit, *, day: date) -> Unit:
    """The unit that stands for one on a day: itself, or along the mergers the one still open."""
    met = {unit.pk}
    while unit.closed and unit.closed <= day and unit.successor and unit.successor_id not in met:
        unit = unit.successor
        met.add(unit.pk)
    return unit
