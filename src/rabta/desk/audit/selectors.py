"""Questions to the ledger of reads: who looked up, of another agency, and what of it is odd."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from rabta.core.access.decisions import LOOK_UP, Actor
from rabta.core.access.levels import Level
from rabta.core.errors import NotFound
from rabta.core.names import NAME_KEY_VERSION, SINGLE, name_keys
from rabta.core.names.weights import is_common
from rabta.desk.accounts.models import Agency, User
from rabta.desk.accounts.selectors import names_of, units_named
from rabta.desk.audit import rules
from rabta.desk.audit.models import Review, Search
from rabta.desk.audit.rules import LookedUp, Odd, Said, Why
from rabta.desk.cases.models import Case, Key, Person, TeamMember
from rabta.desk.cases.rules import ClearKey
from rabta.desk.cases.services.people import stored
from rabta.desk.wall import ledger, machines
from rabta.desk.wall.models import ReadEntry
from rabta.desk.wall.scope import visible_to
from rabta.desk.wall.session import acting

WATCHER = machines.watcher()
DAYS = 7
MOST = 50_000
"""Entries of a review at most, the latest of them."""
LINES = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One look-up to review, or some that are odd together. Says nothing of who was looked up."""

    entry: int
    why: Why
    officer: str
    agency: str
    at: datetime
    times: int
    case_number: str
    said: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A reviewer of another agency asks about an officer of one's own."""

    officer: str
    by_agency: str
    why: Why
    at: datetime


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """What there is to review today, and what others ask of one's own people."""

    sample: tuple[Line, ...]
    odd: tuple[Line, ...]
    asked: tuple[Asked, ...]
    looked_up: int
    days: int


def review_page(actor: Actor, *, day: date | None = None) -> ReviewPage:
    """The review of the look-ups of other agencies in the days before today, and today's."""
    day = day or timezone.localdate()
    found, odd = _reviewable(actor, day)
    sample = rules.sample_of(found, day=day, reviewer=actor.agency)
    lines = _lines(actor, [*sample, *odd[:LINES]])
    return ReviewPage(
        sample=lines[: len(sample)],
        odd=lines[len(sample) :],
        asked=_asked_of(actor),
        looked_up=len(found),
        days=DAYS,
    )


def reviewable(actor: Actor, *, entry: int, why: Why, day: date | None = None) -> Odd:
    """One thing on today's review. Raises NotFound for what does not stand on it."""
    day = day or timezone.localdate()
    found, odd = _reviewable(actor, day)
    sample = rules.sample_of(found, day=day, reviewer=actor.agency)
    for each in (*sample, *odd):
        if each.last.entry == entry and each.why is why:
            return each
    raise NotFound


def _reviewable(actor: Actor, day: date) -> tuple[list[LookedUp], list[Odd]]:
    asked, shown = _entries(day, not_of=actor.agency)
    odd = rules.odd_among(asked) + _family(actor, shown)
    return asked, sorted(odd, key=lambda one: -one.last.entry)


def _entries(
    day: date, *, not_of: int
) -> tuple[list[LookedUp], list[tuple[LookedUp, frozenset[int]]]]:
    """What others asked, and what their look-ups showed them of people, the latest first."""
    since = timezone.make_aware(datetime.combine(day - timedelta(days=DAYS), time()))
    rows = (
        ReadEntry.objects.filter(at__gte=since, said__purpose=LOOK_UP)
        .exclude(said__agency=not_of)
        .order_by("-seq")[:MOST]
    )
    asked, shown = [], []
    for row in rows.iterator():
        said = row.said
        if not said["agency"]:
            continue  # the machine, in its own duties
        about = said["subjects"]
        made = LookedUp(
            entry=row.seq,
            at=timezone.localtime(row.at),
            user=said["user"],
            agency=said["agency"],
            case=said["case"],
            keys=frozenset(about.get("asked", {}).get("keys", ())),
        )
        if said["event"] == ledger.LOOKED_UP:
            asked.append(made)
        elif ids := about.get("person", {}).get("ids"):
            shown.append((made, frozenset(ids)))
    return asked, shown


def _family(actor: Actor, shown: list[tuple[LookedUp, frozenset[int]]]) -> list[Odd]:
    """Whose own family name the people bear who were shown to them.

    Of people of the reviewer's agency whom the reviewer may see: a line tells that a record of
    this name is there.
    """
    every = {person for _, persons in shown for person in persons}
    mine = visible_to(Person, actor, at_least=Level.PSEUDONYM).filter(agency_id=actor.agency)
    known = set(mine.filter(pk__in=every).only_pointer())
    people: dict[int, set[int]] = defaultdict(set)
    for each, persons in shown:
        people[each.user] |= persons & known
    names = dict(User.objects.filter(id__in=people).values_list("id", "name"))
    kin: dict[int, frozenset[int]] = {}
    with acting(WATCHER, "ledger.review"):
        for user, ids in people.items():
            keys = _family_keys(names.get(user, ""))
            if keys:
                bear = visible_to(Key, WATCHER, at_least=Level.HIT).filter(
                    person_id__in=ids, value__in=keys
                )
                kin[user] = frozenset(bear.values_list("person_id", flat=True))
    return rules.family(shown, kin)


def _family_keys(name: str) -> frozenset[int]:
    """The stored keys of the last word of an officer's name; none of one that many bear."""
    words = name.split()
    if len(words) < 2:
        return frozenset()
    return frozenset(
        stored(ClearKey("name", NAME_KEY_VERSION, key))
        for key in name_keys(words[-1])
        if key.startswith(SINGLE) and not is_common(key.removeprefix(SINGLE))
    )


def _lines(actor: Actor, odd: list[Odd]) -> tuple[Line, ...]:
    users = User.objects.in_bulk({each.last.user for each in odd})
    agencies = Agency.objects.in_bulk({each.last.agency for each in odd})
    cases = _case_numbers(actor, {each.last.case for each in odd})
    verdicts = {
        (entry, why): said
        for entry, why, said in Review.objects.filter(
            agency_id=actor.agency, entry__in={each.last.entry for each in odd}
        ).values_list("entry", "why", "said")
    }

    def line(each: Odd) -> Line:
        last = each.last
        return Line(
            entry=last.entry,
            why=each.why,
            officer=_named(users, last.user),
            agency=_named(agencies, last.agency),
            at=last.at,
            times=each.times,
            case_number=cases.get(last.case, ""),
            said=verdicts.get((last.entry, each.why), ""),
        )

    return tuple(line(each) for each in odd)


def _named(rows: dict[int, Any], pk: int) -> str:
    return str(rows[pk]) if pk in rows else ""


def _case_numbers(actor: Actor, ids: Iterable[int]) -> dict[int, str]:
    """Numbers of those of the cases that the reviewer may read anyway."""
    seen = visible_to(Case, actor, at_least=Level.OPERATIONAL).filter(id__in=set(ids))
    return {case.pk: case.number for case in seen}


def _asked_of(actor: Actor) -> tuple[Asked, ...]:
    rows = (
        Review.objects.filter(officers_agency_id=actor.agency, said=Said.ASK)
        .select_related("officer", "agency")
        .order_by("-id")[:LINES]
    )
    return tuple(
        Asked(str(row.officer), str(row.agency), Why(row.why), timezone.localtime(row.at))
        for row in rows
    )


@dataclass(frozen=True, slots=True)
class SearchLine:
    """Somebody outside the team searched for a sealed case or a person of it."""

    case_number: str
    case: UUID
    officer: str
    unit: str
    agency: str
    at: datetime


def searches(actor: Actor, *, most: int = LINES) -> tuple[SearchLine, ...]:
    """Searches for sealed cases in whose team the actor is, the latest first.

    For the team alone, also once the case is unsealed, and never for whoever searched.
    """
    teams = visible_to(TeamMember, actor, at_least=Level.FULL).filter(user_id=actor.user)
    told = visible_to(Search, actor, at_least=Level.FULL).exclude(searcher_id=actor.user)
    told = told.filter(case_id__in=teams.values("case_id"))
    rows = list(told.order_by("-at", "-id")[:most])
    cases = {
        case.pk: case
        for case in visible_to(Case, actor, at_least=Level.FULL).filter(
            id__in={row.case_id for row in rows}
        )
    }
    names = names_of({row.searcher_id for row in rows})
    units = units_named({row.searcher_unit for row in rows})
    return tuple(
        SearchLine(
            case_number=cases[row.case_id].number,
            case=cases[row.case_id].public_id,
            officer=names.get(row.searcher_id, ""),
            unit=units[row.searcher_unit].name if row.searcher_unit in units else "",
            agency=units[row.searcher_unit].agency if row.searcher_unit in units else "",
            at=row.at,
        )
        for row in rows
        if row.case_id in cases
    )
