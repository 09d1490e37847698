"""The agencies with their units and people, as the steward and the supervisors see them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from rabta.core.errors import NotFound
from rabta.desk.accounts import labels
from rabta.desk.accounts.models import Agency, Allowance, Posting, Unit, UnitParent, User
from rabta.desk.accounts.rules import plain_login


@dataclass(frozen=True, slots=True)
class PostingLine:
    """Who sits where in which duty, from when to when (that day excluded)."""

    public_id: UUID
    user_id: UUID
    name: str
    login: str
    unit_id: UUID
    unit: str
    unit_code: str
    duty: Any
    valid_from: date
    valid_to: date | None
    running: bool


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit in its place in the tree; ``depth`` counts the units above it, ``under`` the next."""

    public_id: UUID
    code: str
    name: str
    kind: Any
    depth: int
    under: str
    opened: date
    closed: date | None
    open: bool
    successor: str
    people: tuple[PostingLine, ...]


@dataclass(frozen=True, slots=True)
class Twig:
    """A unit with those that stand under it."""

    unit: UnitLine
    below: tuple["Twig", ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """An agency with its units, each below the one it stands under."""

    public_id: UUID
    code: str
    name: str
    kind: Any
    country: str
    units: tuple[UnitLine, ...]
    people: int

    @property
    def twigs(self) -> tuple[Twig, ...]:
        """The same units as a tree, for lists within lists."""
        return _twigs(self.units, 0)


@dataclass(frozen=True, slots=True)
class AllowanceLine:
    """What an agency lets another see, to what level, on what basis, from when to when."""

    public_id: UUID
    agency: str
    recipient: str
    level: Any
    basis: str
    valid_from: date
    valid_to: date | None
    running: bool


@dataclass(frozen=True, slots=True)
class AgencyPage:
    """All the steward sees of an agency. No case of it."""

    branch: Branch
    desk_phone: str
    opened: date
    closed: date | None
    past: tuple[PostingLine, ...]
    gives: tuple[AllowanceLine, ...]
    gets: tuple[AllowanceLine, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """A person who signs in, with every posting, past ones too."""

    public_id: UUID
    name: str
    login: str
    language: str
    closed: date | None
    second_factor: bool
    passphrase_once: bool
    postings: tuple[PostingLine, ...]


def branches(*, day: date | None = None) -> tuple[Branch, ...]:
    """Every agency with its tree of units, in the order of their codes."""
    return _branches(Agency.objects.order_by("code"), day or timezone.localdate())


def agency_page(public_id: UUID, *, day: date | None = None) -> AgencyPage:
    """One agency: units, people, allowances both ways. Raises NotFound."""
    day = day or timezone.localdate()
    agency = agency_by(public_id)
    (branch,) = _branches(Agency.objects.filter(pk=agency.pk), day)
    past = (
        Posting.objects.filter(unit__agency=agency, valid_to__lte=day)
        .select_related("user", "unit")
        .order_by("-valid_to", "id")
    )
    allowances = Allowance.objects.select_related("agency", "recipient").order_by(
        "-valid_from", "id"
    )
    return AgencyPage(
        branch=branch,
        desk_phone=agency.desk_phone,
        opened=agency.opened,
        closed=agency.closed,
        past=tuple(_posting_line(posting, day) for posting in past),
        gives=tuple(_allowance_line(each, day) for each in allowances.filter(agency=agency)),
        gets=tuple(_allowance_line(each, day) for each in allowances.filter(recipient=agency)),
    )


def person_page(public_id: UUID, *, day: date | None = None) -> Person:
    """One person who signs in. Raises NotFound."""
    day = day or timezone.localdate()
    user = user_by(public_id)
    postings = Posting.objects.filter(user=user).select_related("user", "unit")
    return Person(
        public_id=user.public_id,
        name=user.name,
        login=user.login,
        language=user.language,
        closed=user.closed,
        second_factor=user.totp_sealed is not None,
        passphrase_once=user.passphrase_once,
        postings=tuple(_posting_line(p, day) for p in postings.order_by("-valid_from", "id")),
    )


def postings_at(unit_ids: Iterable[int], *, day: date | None = None) -> tuple[PostingLine, ...]:
    """Who is posted, today or from a later day, at units given by their inward ids."""
    day = day or timezone.localdate()
    running = _not_over(Posting.objects.filter(unit_id__in=sorted(unit_ids)), day)
    ordered = running.select_related("user", "unit").order_by("unit__code", "user__name", "id")
    return tuple(_posting_line(posting, day) for posting in ordered)


def open_units(agency: Agency, *, day: date | None = None) -> list[Unit]:
    """The units of an agency that are not closed on a day, for a choice."""
    units = Unit.objects.filter(agency=agency).select_related("agency").order_by("code")
    later = Q(closed__isnull=True) | Q(closed__gt=day or timezone.localdate())
    return list(units.filter(later))


def other_agencies(agency: Agency) -> list[Agency]:
    """Every agency but one, for a choice."""
    return list(Agency.objects.exclude(pk=agency.pk).order_by("code"))


def agency_by(public_id: UUID) -> Agency:
    """An agency by its outward id. Raises NotFound."""
    return _one(Agency.objects.filter(public_id=public_id))


def unit_by(public_id: UUID) -> Unit:
    """A unit, with its agency, by its outward id. Raises NotFound."""
    return _one(Unit.objects.filter(public_id=public_id).select_related("agency", "successor"))


def user_by(public_id: UUID) -> User:
    """A person by their outward id. Raises NotFound."""
    return _one(User.objects.filter(public_id=public_id))


def user_by_login(login: str) -> User | None:
    """A person by their login; None where nobody has it. For the steward's forms."""
    return User.objects.filter(login=plain_login(login)).first()


def posting_by(public_id: UUID) -> Posting:
    """A posting, with its person and unit, by its outward id. Raises NotFound."""
    postings = Posting.objects.select_related("user", "unit__agency")
    return _one(postings.filter(public_id=public_id))


def allowance_by(public_id: UUID) -> Allowance:
    """An allowance, with both agencies, by its outward id. Raises NotFound."""
    allowances = Allowance.objects.select_related("agency", "recipient")
    return _one(allowances.filter(public_id=public_id))


def known_codes() -> frozenset[str]:
    """The codes of all agencies."""
    return frozenset(Agency.objects.values_list("code", flat=True))


def known_logins(logins: Iterable[str]) -> frozenset[str]:
    """Those of some logins that somebody has already."""
    return frozenset(User.objects.filter(login__in=set(logins)).values_list("login", flat=True))


def _one(found: QuerySet[Any]) -> Any:
    row = found.first()
    if row is None:
        raise NotFound
    return row


def _not_over(rows: QuerySet[Any], day: date) -> QuerySet[Any]:
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day))


def _branches(agencies: QuerySet[Agency], day: date) -> tuple[Branch, ...]:
    chosen = list(agencies)
    units = list(
        Unit.objects.filter(agency__in=chosen).select_related("successor").order_by("code")
    )
    parent_of = dict(
        _not_over(UnitParent.objects.filter(unit__agency__in=chosen, valid_from__lte=day), day)
        .order_by("valid_from", "id")
        .values_list("unit_id", "parent_id")
    )
    people: dict[int, list[PostingLine]] = {}
    running = _not_over(Posting.objects.filter(unit__agency__in=chosen), day)
    for posting in running.select_related("user", "unit").order_by("user__name", "id"):
        people.setdefault(posting.unit_id, []).append(_posting_line(posting, day))
    made = []
    for agency in chosen:
        own = [unit for unit in units if unit.agency_id == agency.pk]
        name_of = {unit.pk: str(unit) for unit in own}
        lines = tuple(
            _unit_line(
                unit,
                depth,
                name_of.get(parent_of.get(unit.pk, 0), ""),
                tuple(people.get(unit.pk, ())),
                day,
            )
            for unit, depth in _in_order(own, parent_of)
        )
        made.append(
            Branch(
                public_id=agency.public_id,
                code=agency.code,
                name=str(agency),
                kind=labels.agency_kind_label(agency.kind),
                country=agency.country,
                units=lines,
                people=len({person.user_id for line in lines for person in line.people}),
            )
        )
    return tuple(made)


def _in_order(units: list[Unit], parent_of: dict[int, int]) -> list[tuple[Unit, int]]:
    """Each unit after the one it stands under, with its depth."""
    here = {unit.pk for unit in units}
    children: dict[int | None, list[Unit]] = {}
    for unit in units:
        parent = parent_of.get(unit.pk)
        children.setdefault(parent if parent in here else None, []).append(unit)
    ordered: list[tuple[Unit, int]] = []
    waiting = [(unit, 0) for unit in reversed(children.get(None, []))]
    while waiting:
        unit, depth = waiting.pop()
        ordered.append((unit, depth))
        waiting.extend((child, depth + 1) for child in reversed(children.get(unit.pk, [])))
    return ordered


def _twigs(lines: tuple[UnitLine, ...], depth: int) -> tuple[Twig, ...]:
    """Lines in the order of the tree as lists within lists."""
    heads = [at for at, line in enumerate(lines) if line.depth == depth]
    ends = [*heads[1:], len(lines)] if heads else []
    return tuple(
        Twig(lines[head], _twigs(lines[head + 1 : end], depth + 1))
        for head, end in zip(heads, ends, strict=True)
    )


def _unit_line(
    unit: Unit, depth: int, under: str, people: tuple[PostingLine, ...], day: date
) -> UnitLine:
    return UnitLine(
        public_id=unit.public_id,
        code=unit.code,
        name=str(unit),
        kind=labels.unit_kind_label(unit.kind),
        depth=depth,
        under=under,
        opened=unit.opened,
        closed=unit.closed,
        open=unit.opened <= day and (unit.closed is None or day < unit.closed),
        successor=str(unit.successor) if unit.successor else "",
        people=people,
    )


def _posting_line(posting: Posting, day: date) -> PostingLine:
    return PostingLine(
        public_id=posting.public_id,
        user_id=posting.user.public_id,
        name=posting.user.name,
        login=posting.user.login,
        unit_id=posting.unit.public_id,
        unit=str(posting.unit),
        unit_code=posting.unit.code,
        duty=labels.duty_label(posting.duty),
        valid_from=posting.valid_from,
        valid_to=posting.valid_to,
        running=posting.valid_from <= day and (posting.valid_to is None or day < posting.valid_to),
    )


def _allowance_line(allowance: Allowance, day: date) -> AllowanceLine:
    return AllowanceLine(
        public_id=allowance.public_id,
        agency=str(allowance.agency),
        recipient=str(allowance.recipient),
        level=labels.level_label(allowance.level),
        basis=allowance.basis,
        valid_from=allowance.valid_from,
        valid_to=allowance.valid_to,
        running=allowance.valid_from <= day
        and (allowance.valid_to is None or day < allowance.valid_to),
    )
