"""Look-up: one text in, what the asker may know out, and whom to ask for the rest.

In this order, so that nothing leaks: the keys asked for are noted in the ledger of reads (as
stored keys, never the text); the database finds who shares a key *and* may be known of; the
machine opens their names and compares; only then are the best kept and shown at the level the
wall gives each. One shape of work whether or not anybody is found.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from rabta.core.access.decisions import LOOK_UP, Actor, Purpose
from rabta.core.access.levels import Level
from rabta.core.access.policies import LOOK_UP_DUTIES
from rabta.core.errors import BadValue, NotAllowedNow, NotFound, Refused, gettext_noop
from rabta.core.names import asking_keys, compare, name_keys, parse
from rabta.core.words.identifiers import (
    IDENTIFIER_KEY_VERSION,
    IdentifierKind,
    identifier_keys,
    kinds_of,
)
from rabta.core.words.vocabulary import CaseKind, Particular, SystemDuty
from rabta.desk.accounts.selectors import Desk, desk_of
from rabta.desk.cases import rules
from rabta.desk.cases.models import Case, Key, ParticularRow, Person, RoleInCase
from rabta.desk.cases.rules import ClearKey, Detail
from rabta.desk.cases.services.incoming import case_key
from rabta.desk.cases.services.people import stored
from rabta.desk.wall import keys, ledger
from rabta.desk.wall.scope import decision_of, visible_to
from rabta.desk.wall.session import acting

LONGEST = 200
"""Characters of a text that is looked up."""
COMPARED = 300
"""People whose names are compared, those who share most keys first."""
SHOWN = 20
SHOWN_FROM = Level.OPERATIONAL
"""From which level a record found by what identifies it is shown itself."""


class Strength(IntEnum):
    """How well a hit fits what was typed. Coarse on purpose: a finer scale would say more."""

    POSSIBLE = 1
    LIKELY = 2
    STRONG = 3


BANDS = ((0.8, Strength.STRONG), (0.6, Strength.LIKELY), (0.42, Strength.POSSIBLE))
"""Scores of ``names.compare``; the last is where it is best at telling same from different."""


@dataclass(frozen=True, slots=True)
class PersonHit:
    """A person whose record the asker may open, with or without what identifies them."""

    public_id: UUID
    level: Level
    why: str
    strength: Strength
    name: str
    details: tuple[Detail, ...]
    sex: str
    birth_years: str
    protected: bool
    cases: tuple["CaseHit", ...]
    desk: Desk


@dataclass(frozen=True, slots=True)
class CaseHit:
    """A case the asker may open."""

    public_id: UUID
    number: str
    kind: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class DeskHit:
    """Another desk holds something: how strong the best of it is, and whom to ask."""

    desk: Desk
    strength: Strength


@dataclass(frozen=True, slots=True)
class Answer:
    """What a look-up found: people, cases by their number, desks to ask. ``more`` was cut off."""

    kinds: tuple[str, ...]
    people: tuple[PersonHit, ...]
    cases: tuple[CaseHit, ...]
    desks: tuple[DeskHit, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class _Found:
    person: int
    agency: int
    unit: int
    strength: Strength
    score: float


def look_up(actor: Actor, *, text: str, case: Case) -> Answer:
    """Look a text up for a case. Raises Refused for a duty that may not, BadValue for no text."""
    purpose = _purpose(actor, case)
    text = text.strip()
    if not text or len(text) > LONGEST:
        raise BadValue(
            gettext_noop("Type a name, a number or a plate of at most {most} characters."),
            field="text",
            value="",
            most=LONGEST,
        )
    kinds = kinds_of(text)
    asked = _asked(text, kinds)
    cases = _case_keys(text, kinds)
    _note(actor, purpose, kinds, [stored(key) for key in asked] + cases)
    found = _find(actor, purpose, text, asked)
    if not found and _may_be_name(text):
        found = _find(actor, purpose, text, _single_keys(text))
    hits, holding = _cases_found(actor, purpose, cases)
    people, desks = _shown(actor, purpose, found[:SHOWN], holding)
    return Answer(
        kinds=tuple(map(str, kinds)),
        people=people,
        cases=hits,
        desks=desks,
        more=len(found) > SHOWN,
    )


def _purpose(actor: Actor, case: Case) -> Purpose:
    if actor.duty not in LOOK_UP_DUTIES:
        raise Refused(
            gettext_noop("Your duty does not look people up."),
            why="duty",
            remedy=gettext_noop("Ask an investigator or a supervisor of your unit."),
        )
    if case.kind == CaseKind.LIST or case.closed_on is not None:
        raise NotAllowedNow(
            gettext_noop("A look-up serves an open case."),
            remedy=gettext_noop("Choose the open case you are working on."),
        )
    return Purpose(LOOK_UP, case=case.pk)


def case_for(actor: Actor, said: str) -> Case:
    """The case a look-up serves, by its number or outward id; NotFound where there is none."""
    mine = visible_to(Case, actor, at_least=Level.OPERATIONAL)
    try:
        found = mine.filter(public_id=UUID(said.strip()))
    except ValueError:
        clear = identifier_keys(IdentifierKind.CASE_NUMBER, said) if said.strip() else ()
        forms = {rules.folded_number(said), *(key.partition(":")[2] for key in clear)}
        found = mine.filter(number_key__in=[case_key(form) for form in sorted(forms)])
    # Several agencies may use one number; one's own comes first.
    rows = sorted(found[:SHOWN], key=lambda row: (row.agency_id != actor.agency, -row.pk))
    if not rows:
        raise NotFound(
            gettext_noop("You have no case with this number."),
            remedy=gettext_noop("A look-up serves a case of yours: give its number as it stands."),
        )
    return rows[0]  # type: ignore[no-any-return]


def open_cases(actor: Actor, *, most: int = 30) -> tuple[CaseHit, ...]:
    """Open cases of the actor's own units that a look-up may serve, the latest first."""
    rows = visible_to(Case, actor, at_least=Level.FULL).filter(
        unit_id__in=sorted(actor.units), closed_on__isnull=True
    )
    rows = rows.exclude(kind=CaseKind.LIST).order_by("-id")[:most]
    return tuple(CaseHit(row.public_id, row.number, row.kind) for row in rows)


def _asked(text: str, kinds: Sequence[IdentifierKind]) -> frozenset[ClearKey]:
    """The keys to ask with, for everything the text may be."""
    found: set[ClearKey] = set()
    for kind in kinds:
        if kind in {IdentifierKind.NAME, IdentifierKind.CASE_NUMBER}:
            continue
        clear = identifier_keys(kind, text)
        for particular, of in rules.IDENTIFIERS.items():
            if of == kind:
                found |= {ClearKey(str(particular), IDENTIFIER_KEY_VERSION, key) for key in clear}
    if _may_be_name(text):
        found |= {ClearKey("name", rules.NAME_KEY_VERSION, key) for key in asking_keys(text)}
    return frozenset(found)


def _may_be_name(text: str) -> bool:
    return sum(sign.isalpha() for sign in text) >= 2 and not any(sign.isdigit() for sign in text)


def _single_keys(text: str) -> frozenset[ClearKey]:
    """Each word by itself: for a record that holds fewer words of the name than were typed."""
    singles = (key for key in name_keys(text) if key.startswith("s:"))
    return frozenset(ClearKey("name", rules.NAME_KEY_VERSION, key) for key in singles)


def _case_keys(text: str, kinds: Sequence[IdentifierKind]) -> list[int]:
    if IdentifierKind.CASE_NUMBER not in kinds:
        return []
    forms = {key.partition(":")[2] for key in identifier_keys(IdentifierKind.CASE_NUMBER, text)}
    return [case_key(form) for form in sorted(forms)]


def _note(actor: Actor, purpose: Purpose, kinds: Iterable[str], values: list[int]) -> None:
    """Enter the question itself, found or not; the owner of a sealed case is told from this."""
    ledger.append_reads(
        [
            ledger.Draft(
                actor=actor,
                event="looked-up",
                purpose=purpose.name,
                case=purpose.case,
                subjects={"asked": {"kinds": sorted(map(str, kinds)), "keys": sorted(values)}},
            )
        ]
    )


def indexer(actor: Actor) -> Actor:
    """The machine that opens names to compare them, on behalf of somebody."""
    return Actor(user=actor.user, duty=SystemDuty.INDEXER)


def _find(actor: Actor, purpose: Purpose, text: str, asked: Iterable[ClearKey]) -> list[_Found]:
    """People who share a key and may be known of, the best first."""
    by_kind: dict[str, list[int]] = {}
    for key in asked:
        by_kind.setdefault(key.kind, []).append(stored(key))
    if not by_kind:
        return []
    values = [value for each in by_kind.values() for value in each]
    numbers = {value for kind, each in by_kind.items() if kind != "name" for value in each}
    machine = indexer(actor)
    with acting(machine, "index"):
        sharing = visible_to(Key, machine, at_least=Level.HIT).filter(value__in=values)
        shared = (
            sharing.filter(person_id=OuterRef("pk"))
            .order_by()
            .values("person_id")
            .annotate(n=Count("id"))
            .values("n")
        )
        candidates = _candidates(actor, purpose, sharing, shared)
    return _ranked(machine, text, candidates, numbers)


def _candidates(
    actor: Actor, purpose: Purpose, sharing: QuerySet[Any], shared: QuerySet[Any]
) -> list[tuple[int, int, int]]:
    # The wall's filter stands in this question: what may not be known of is never counted,
    # cut off, or compared.
    return list(
        visible_to(Person, actor, purpose, at_least=Level.HIT)
        .filter(pk__in=sharing.values("person_id"))
        .annotate(shared=Coalesce(Subquery(shared), 0))
        .order_by("-shared", "id")
        .values_list("id", "agency_id", "unit_id")[:COMPARED]
    )


def _ranked(
    machine: Actor, text: str, candidates: list[tuple[int, int, int]], numbers: set[int]
) -> list[_Found]:
    ids = [person for person, _, _ in candidates]
    with acting(machine, "index"):
        exact = _sharing_number(machine, ids, numbers)
        names = _names(machine, ids)
    spoken = parse(text).text or text
    found = []
    for person, agency, unit in candidates:
        if person in exact:
            found.append(_Found(person, agency, unit, Strength.STRONG, 1.0))
            continue
        score = max((_score(spoken, name) for name in names[person]), default=0.0)
        band = next((band for least, band in BANDS if score >= least), None)
        if band is not None:
            found.append(_Found(person, agency, unit, band, score))
    return sorted(found, key=lambda hit: (-hit.score, hit.person))


ONE_WORD = BANDS[-1][0]
"""What a single typed word that is one word of a name is worth: possible, never more."""


def _score(typed: str, name: str) -> float:
    score = compare(typed, name).score or 0.0
    if score < ONE_WORD and len(typed.split()) == 1:
        words = (compare(typed, word).score or 0.0 for word in name.replace(",", " ").split())
        return ONE_WORD if max(words, default=0.0) >= ONE_WORD else score
    return score


def _sharing_number(machine: Actor, ids: list[int], numbers: set[int]) -> set[int]:
    if not numbers:
        return set()
    rows = visible_to(Key, machine, at_least=Level.HIT).filter(person_id__in=ids, value__in=numbers)
    return {row.person_id for row in rows}


def _names(machine: Actor, ids: list[int]) -> dict[int, list[str]]:
    """Names and aliases, with the father's name behind a name as a police register has it."""
    found: dict[int, list[str]] = {person: [] for person in ids}
    rows = visible_to(ParticularRow, machine, at_least=Level.FULL).filter(
        person_id__in=ids, kind__in=[Particular.NAME, Particular.ALIAS], withdrawn=False
    )
    for row in rows:
        opened = keys.unseal(row.sealed, agency=row.agency_id, binding=row.public_id)
        found[row.person_id].append(rules.read(row.kind, opened).text)
    return found


def _cases_found(
    actor: Actor, purpose: Purpose, values: list[int]
) -> tuple[tuple[CaseHit, ...], set[int]]:
    """Cases by their number: those the asker may open, and the units to ask about the others."""
    if not values:
        return (), set()
    rows = list(
        visible_to(Case, actor, purpose, at_least=Level.HIT).filter(number_key__in=values)[:SHOWN]
    )
    opened = [row for row in rows if decision_of(row).level >= Level.OPERATIONAL]
    hits = tuple(CaseHit(row.public_id, row.number, row.kind) for row in opened)
    return hits, {row.unit_id for row in rows if row not in opened}


def _shown(
    actor: Actor, purpose: Purpose, best: list[_Found], holding: set[int]
) -> tuple[tuple[PersonHit, ...], tuple[DeskHit, ...]]:
    """The best as the asker may see each: people at their level, the rest as desks to ask.

    ``holding`` are units that hold a case of the number asked for.
    """
    order = {hit.person: hit for hit in best}
    rows = {
        row.pk: row
        for row in visible_to(Person, actor, purpose, at_least=Level.HIT).filter(pk__in=order)
    }
    desks = desk_of({hit.unit for hit in best} | holding)
    opened = [pk for pk, row in rows.items() if decision_of(row).level >= SHOWN_FROM]
    details = _details(actor, [pk for pk in opened if decision_of(rows[pk]).level == Level.FULL])
    cases = _cases_of(actor, opened)
    people = []
    asking = {unit: DeskHit(desk=desks[unit], strength=Strength.STRONG) for unit in holding}
    for hit in best:
        row = rows.get(hit.person)
        if row is None:
            continue
        # Below that a record goes by a pseudonym, and a name typed beside it would undo it: who
        # holds it is all that is said.
        if decision_of(row).level >= SHOWN_FROM:
            people.append(
                _person_hit(row, hit, details.get(row.pk, ()), cases[row.pk], desks[hit.unit])
            )
        elif hit.unit not in asking or asking[hit.unit].strength < hit.strength:
            asking[hit.unit] = DeskHit(desk=desks[hit.unit], strength=hit.strength)
    ranked = sorted(asking.values(), key=lambda hit: (-hit.strength, hit.desk.unit_code))
    return tuple(people), tuple(ranked)


def _person_hit(
    row: Person, hit: _Found, details: tuple[Detail, ...], cases: tuple[CaseHit, ...], desk: Desk
) -> PersonHit:
    decision = decision_of(row)
    names = [detail.text for detail in details if detail.kind is Particular.NAME]
    earliest, latest = row.birth_year_earliest, row.birth_year_latest
    years = "" if earliest is None else str(earliest)
    if earliest != latest:
        years = f"{earliest}–{latest}"
    return PersonHit(
        public_id=row.public_id,
        level=decision.level,
        why=decision.why,
        strength=hit.strength,
        name=names[0] if names else "",
        details=details,
        sex=row.sex,
        birth_years=years,
        protected=row.protected,
        cases=cases,
        desk=desk,
    )


def _details(actor: Actor, ids: list[int]) -> dict[int, tuple[Detail, ...]]:
    found: dict[int, list[Detail]] = {}
    rows = visible_to(ParticularRow, actor, Purpose(LOOK_UP), at_least=Level.FULL).filter(
        person_id__in=ids, withdrawn=False
    )
    for row in rows.order_by("id"):
        opened = keys.unseal(row.sealed, agency=row.agency_id, binding=row.public_id)
        found.setdefault(row.person_id, []).append(rules.read(row.kind, opened))
    return {person: tuple(each) for person, each in found.items()}


def _cases_of(actor: Actor, ids: list[int]) -> dict[int, tuple[CaseHit, ...]]:
    roles = list(visible_to(RoleInCase, actor, at_least=Level.FULL).filter(person_id__in=ids))
    cases = {
        row.pk: row
        for row in visible_to(Case, actor, at_least=Level.OPERATIONAL).filter(
            pk__in={role.case_id for role in roles}
        )
    }
    found: dict[int, list[CaseHit]] = {person: [] for person in ids}
    for role in roles:
        case = cases.get(role.case_id)
        if case is not None:
            found[role.person_id].append(CaseHit(case.public_id, case.number, case.kind, role.role))
    return {person: tuple(each) for person, each in found.items()}
