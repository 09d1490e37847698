"""Cases by their numbers; people in columns, for engines that no page ever sees.

What is streamed is what the wall opens in full to a duty of the machine, and for the
linker that is nobody in a sealed case and no protected person who has not agreed.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from rabta.core.access.decisions import Actor
from rabta.core.access.levels import Level
from rabta.core.errors import BadValue
from rabta.core.names import NAME_KEY_VERSION, WHOLE, blocking_keys
from rabta.core.words.folding import fold
from rabta.core.words.identifiers import IDENTIFIER_KEY_VERSION, identifier_keys
from rabta.core.words.vocabulary import Particular
from rabta.desk.cases import rules
from rabta.desk.cases.models import ParticularRow, Person
from rabta.desk.cases.services import people
from rabta.desk.wall import keys
from rabta.desk.wall.scope import visible_to

if TYPE_CHECKING:
    import pyarrow as pa

FATHERS = Particular.FATHER_NAME
READ = frozenset({*rules.NAMES, *rules.IDENTIFIERS, FATHERS, Particular.BIRTH, Particular.ADDRESS})
"""Kinds of particulars that say who somebody is; remarks and places of birth stay closed."""

SHORTEST_ADDRESS = 12
"""Letters of an address that can be a home; anything shorter names a town or a district."""


def numbered(values: Sequence[int]) -> Q:
    """Cases that have one of these stored keys for one of their numbers."""
    asked = (Q(**{f"{name}_key__in": values}) for name in rules.NUMBERS)
    return reduce(or_, asked)


def people_batches(actor: Actor, *, size: int = 5000) -> "Iterator[pa.RecordBatch]":
    """Everybody the machine may match, in the columns of the linkage engine and two more.

    ``protected`` says whether the person is; ``whole_names`` holds the stored keys of the
    names written as one word each, which are among ``name_keys`` too. Names, father's names
    and births are in clear and must stay in memory; every key is stored, never clear.
    """
    import pyarrow as pa

    from rabta.engines.linkage import PEOPLE_SCHEMA

    schema = PEOPLE_SCHEMA.append(pa.field("protected", pa.bool_())).append(
        pa.field("whole_names", pa.list_(pa.string()))
    )
    gathering = _Gathering()
    after = 0
    while True:
        # Each page begins after the last one: nothing holds a cursor open while engines read.
        found = list(
            visible_to(Person, actor, at_least=Level.FULL)
            .filter(pk__gt=after)
            .order_by("pk")[:size]
        )
        if not found:
            return
        after = found[-1].pk
        columns = gathering.columns(found, _particulars(actor, first=found[0].pk, last=after))
        yield pa.RecordBatch.from_pydict(columns, schema=schema)


def _particulars(actor: Actor, *, first: int, last: int) -> Iterator[tuple[int, str, str]]:
    """Person, kind and opened text of each particular of a span of people."""
    rows = (
        visible_to(ParticularRow, actor, at_least=Level.FULL)
        .filter(person_id__gte=first, person_id__lte=last, withdrawn=False, kind__in=READ)
        .order_by("person_id", "id")
        .values_list("person_id", "kind", "sealed", "agency_id", "public_id")
    )
    for person, kind, sealed, agency, public_id in rows.iterator(chunk_size=5000):
        yield person, kind, keys.unseal(sealed, agency=agency, binding=public_id)


class _Gathering:
    """Turns people and their particulars into columns; keys once made are remembered."""

    def __init__(self) -> None:
        self._names: dict[str, tuple[list[str], list[str]]] = {}

    def columns(
        self, found: Sequence[Person], particulars: Iterator[tuple[int, str, str]]
    ) -> dict[str, list[Any]]:
        one_of = {person.pk: _One() for person in found}
        for person_id, kind, text in particulars:
            if person_id in one_of:
                self._take(one_of[person_id], rules.read(kind, text))
        births = [one_of[person.pk].born or _years(person) for person in found]
        return {
            "record": [person.pk for person in found],
            "agency": [person.agency_id for person in found],
            "names": [one_of[person.pk].names for person in found],
            "father_names": [one_of[person.pk].fathers for person in found],
            "birth_earliest": [born[0] for born in births],
            "birth_latest": [born[1] for born in births],
            "sex": [person.sex for person in found],
            "nationalities": [person.nationalities.split() for person in found],
            "identifiers": [sorted(one_of[person.pk].identifiers) for person in found],
            "name_keys": [sorted(one_of[person.pk].name_keys) for person in found],
            "protected": [person.protected for person in found],
            "whole_names": [sorted(one_of[person.pk].whole) for person in found],
        }

    def _take(self, one: "_One", detail: rules.Detail) -> None:
        kind = detail.kind
        if kind in rules.NAMES:
            one.names.append(detail.text)
            name_keys, whole = self._keys_of(detail.text)
            one.name_keys.update(name_keys)
            one.whole.update(whole)
        elif kind is FATHERS:
            one.fathers.append(detail.text)
        elif kind is Particular.BIRTH:
            if detail.date is not None:
                one.births.append((detail.date.earliest, detail.date.latest))
        elif kind is Particular.ADDRESS:
            text = fold(detail.text)
            if len(text) >= SHORTEST_ADDRESS:
                one.identifiers.add(f"address:{_stored('address', 1, text)}")
        else:
            try:
                numbers = identifier_keys(rules.IDENTIFIERS[kind], detail.text)
            except BadValue:
                return
            for number in numbers:
                one.identifiers.add(f"{kind}:{_stored(kind, IDENTIFIER_KEY_VERSION, number)}")

    def _keys_of(self, name: str) -> tuple[list[str], list[str]]:
        if name not in self._names:
            made = [
                (key, str(_stored("name", NAME_KEY_VERSION, key))) for key in blocking_keys(name)
            ]
            self._names[name] = (
                [stored for _, stored in made],
                [stored for key, stored in made if key.startswith(WHOLE)],
            )
        return self._names[name]


class _One:
    """What is known of one person while it is gathered."""

    __slots__ = ("births", "fathers", "identifiers", "name_keys", "names", "whole")

    def __init__(self) -> None:
        self.names: list[str] = []
        self.fathers: list[str] = []
        self.births: list[tuple[date, date]] = []
        self.identifiers: set[str] = set()
        self.name_keys: set[str] = set()
        self.whole: set[str] = set()

    @property
    def born(self) -> tuple[date, date] | None:
        """The interval that holds every birth date given."""
        if not self.births:
            return None
        return min(early for early, _ in self.births), max(late for _, late in self.births)


def _years(person: Person) -> tuple[date | None, date | None]:
    early, late = person.birth_year_earliest, person.birth_year_latest
    return date(early, 1, 1) if early else None, date(late, 12, 31) if late else None


def _stored(kind: str, scheme: int, text: str) -> int:
    return people.stored(rules.ClearKey(str(kind), scheme, text))
