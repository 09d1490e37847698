"""Who is found: people who share a key and may be known of, their names compared."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from rabta.core.access.decisions import Actor, Purpose
from rabta.core.access.levels import Level
from rabta.core.names import compare, parse
from rabta.core.words.vocabulary import Particular
from rabta.desk.cases import rules
from rabta.desk.cases.models import Key, ParticularRow, Person
from rabta.desk.cases.rules import ClearKey
from rabta.desk.cases.services.people import stored
from rabta.desk.matching.look_up.answers import Strength
from rabta.desk.wall import keys, machines
from rabta.desk.wall.scope import visible_to
from rabta.desk.wall.session import acting

COMPARED = 300
"""People whose names are compared, those who share most keys first."""


BANDS = ((0.8, Strength.STRONG), (0.6, Strength.LIKELY), (0.42, Strength.POSSIBLE))
"""Scores of ``names.compare``; the last is where it is best at telling same from different."""


ONE_WORD = BANDS[-1][0]
"""What a single typed word that is one word of a name is worth: possible, never more."""


@dataclass(frozen=True, slots=True)
class Found:
    person: int
    agency: int
    unit: int
    strength: Strength
    score: float


def find(actor: Actor, purpose: Purpose, text: str, asked: Iterable[ClearKey]) -> list[Found]:
    """People who share a key and may be known of, the best first."""
    by_kind: dict[str, list[int]] = {}
    for key in asked:
        by_kind.setdefault(key.kind, []).append(stored(key))
    if not by_kind:
        return []
    values = [value for each in by_kind.values() for value in each]
    numbers = {value for kind, each in by_kind.items() if kind != "name" for value in each}
    machine = machines.indexer(actor)
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
) -> list[Found]:
    ids = [person for person, _, _ in candidates]
    with acting(machine, "index"):
        exact = _sharing_number(machine, ids, numbers)
        names = _names(machine, ids)
    spoken = parse(text).text or text
    found = []
    for person, agency, unit in candidates:
        if person in exact:
            found.append(Found(person, agency, unit, Strength.STRONG, 1.0))
            continue
        score = max((_score(spoken, name) for name in names[person]), default=0.0)
        band = next((band for least, band in BANDS if score >= least), None)
        if band is not None:
            found.append(Found(person, agency, unit, band, score))
    return sorted(found, key=lambda hit: (-hit.score, hit.person))


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
