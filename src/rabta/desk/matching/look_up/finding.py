"""Who is found: people who share a key and may be known of, their names compared."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from rabta.core.access.decisions import Actor, Purpose
from rabta.core.access.levels import Level
from rabta.core.names import Prepared, parse, prepare, score_prepared
from rabta.core.words.vocabulary import Particular
from rabta.desk.cases import rules
from rabta.desk.cases.models import Key, ParticularRow, Person
from rabta.desk.cases.rules import ClearKey
from rabta.desk.cases.services.people import stored
from rabta.desk.matching.look_up.answers import Strength
from rabta.desk.wall import keys, machines
from rabta.desk.wall.scope import visible_to
from rabta.desk.wall.session import acting

COMPARED = 200
"""People whose names are compared, those who share most keys first."""

LEADING = 3_000
"""Of more who share keys than this, the others are not looked at: a name alone says nothing."""

BROAD = 10_000
"""A key of more people than this ("Muhammad") ranks nobody; it is asked where nothing else is."""

ASKED_AT_ONCE = 400
"""People of whom the wall is asked in one question."""


BANDS = ((0.8, Strength.STRONG), (0.6, Strength.LIKELY), (0.42, Strength.POSSIBLE))
"""Scores of two names; the last is where it is best at telling same from different."""


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
    values = {stored(key): key.kind for key in asked}
    if not values:
        return []
    machine = machines.indexer(actor)
    with acting(machine, "index", within=True):
        candidates = _candidates(machine, actor, purpose, list(values))
        ids = [person for person, _, _ in candidates]
        numbers = [value for value, kind in values.items() if kind != "name"]
        exact = _sharing_number(machine, ids, numbers)
        names = _names(machine, ids)
    spoken = prepare(parse(text).text or text)
    # Many of those who share a key share the name: each name is compared once.
    scores = {name: _score(spoken, name) for name in {n for each in names.values() for n in each}}
    found = []
    for person, agency, unit in candidates:
        if person in exact:
            found.append(Found(person, agency, unit, Strength.STRONG, 1.0))
            continue
        score = max((scores[name] for name in names[person]), default=0.0)
        band = next((band for least, band in BANDS if score >= least), None)
        if band is not None:
            found.append(Found(person, agency, unit, band, score))
    return sorted(found, key=lambda hit: (-hit.score, hit.person))


def _candidates(
    machine: Actor, actor: Actor, purpose: Purpose, values: list[int]
) -> list[tuple[int, int, int]]:
    """The people the actor may know of who share most keys: their ids, agencies and units.

    Keys are counted first and the wall asked of those who lead: far fewer than all who share
    one. It goes on until enough have passed it, so that nobody who may not be known of takes
    the place of one who may.
    """
    leading = _sharing(machine, values)
    found: list[tuple[int, int, int]] = []
    for begin in range(0, len(leading), ASKED_AT_ONCE):
        ids = leading[begin : begin + ASKED_AT_ONCE]
        seen = visible_to(Person, actor, purpose, at_least=Level.HIT).filter(pk__in=ids)
        known = {row[0]: row for row in seen.values_list("id", "agency_id", "unit_id")}
        found += [known[person] for person in ids if person in known]
        if len(found) >= COMPARED:
            break
    return found[:COMPARED]


def _sharing(machine: Actor, values: list[int]) -> list[int]:
    """Those who share keys, most keys first; a key that very many have is only walked."""
    keys_of = visible_to(Key, machine, at_least=Level.HIT)
    broad = [v for v in sorted(values) if keys_of.filter(value=v)[BROAD : BROAD + 1].only_pointer()]
    telling = keys_of.filter(value__in=set(values).difference(broad))
    counted = telling.values("person_id").annotate(shared=Count("id"))
    found = counted.order_by("-shared", "person_id").values_list("person_id", flat=True)
    people = dict.fromkeys(found[:LEADING])
    for value in broad:
        if len(people) >= LEADING:
            break
        walked = keys_of.filter(value=value).order_by("person_id")
        people |= dict.fromkeys(walked.values_list("person_id", flat=True)[:LEADING])
    return list(people)[:LEADING]


def _score(spoken: Prepared, name: str) -> float:
    score = score_prepared(spoken, prepare(name)) or 0.0
    if score < ONE_WORD and len(spoken.text.split()) == 1:
        words = (score_prepared(spoken, prepare(w)) or 0.0 for w in name.replace(",", " ").split())
        return ONE_WORD if max(words, default=0.0) >= ONE_WORD else score
    return score


def _sharing_number(machine: Actor, ids: list[int], numbers: list[int]) -> set[int]:
    if not numbers:
        return set()
    rows = visible_to(Key, machine, at_least=Level.HIT).filter(person_id__in=ids, value__in=numbers)
    return set(rows.values_list("person_id", flat=True))


def _names(machine: Actor, ids: list[int]) -> dict[int, list[str]]:
    """Names and aliases, with the father's name behind a name as a police register has it."""
    found: dict[int, list[str]] = {person: [] for person in ids}
    rows = visible_to(ParticularRow, machine, at_least=Level.FULL).filter(
        person_id__in=ids, kind__in=[Particular.NAME, Particular.ALIAS], withdrawn=False
    )
    # Columns, not rows: a few hundred names are opened for every question.
    columns = rows.values_list("id", "person_id", "kind", "sealed", "agency_id", "public_id")
    for _, person, kind, sealed, agency, public_id in columns:
        opened = keys.unseal(sealed, agency=agency, binding=public_id)
        found[person].append(rules.read(kind, opened).text)
    return found
