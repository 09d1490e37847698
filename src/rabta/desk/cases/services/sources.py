"""Whom a file meets: nobody who lies under a seal.

To a file, and to whoever loads it, a sealed case does not exist: its number and its people are
strangers, and what the file says of them is entered beside them, unsealed, as for any stranger.
Whatever else a file were told (that they changed, that they did not, that they were kept) would
be a question to a sealed case, and an answer. So while a record lies under a seal, its source's
key is laid aside in a form that no file asks for.
"""

from collections.abc import Iterable

from rabta.core.access.decisions import Actor
from rabta.core.access.levels import Level
from rabta.core.words.folding import fold
from rabta.core.words.incoming import IncomingCase
from rabta.desk.cases import rules
from rabta.desk.cases.models import Case, Person, RoleInCase
from rabta.desk.cases.services.incoming import number_keys, source_key
from rabta.desk.wall import machines, session
from rabta.desk.wall.door import Door
from rabta.desk.wall.scope import visible_to

ASIDE = "/"
"""Between a key that is laid aside and its record's number: a key as files ask for it has none."""

KEEPER = machines.keeper()


def speaks_of(said: IncomingCase, case: Case) -> bool:
    """Whether what a source says of a case is said of this one.

    The source's own key says so: numbers begin anew at every station and in every year. A case
    that no source brought has none. It is known by one of its numbers, where neither station nor
    year of registration says otherwise.
    """
    if key := case.source_key.partition(ASIDE)[0]:
        return source_key(said.key) == key
    numbers = number_keys({name: getattr(said, name) for name in rules.NUMBERS})
    same_number = {getattr(case, name) for name in numbers} & set(numbers.values()) - {0}
    stations = {fold(station) for station in (said.station, case.station)} - {""}
    return bool(same_number) and len(stations) < 2 and _may_be_one_year(said, case)


def _may_be_one_year(said: IncomingCase, case: Case) -> bool:
    one, other = said.registered, rules.date_of(case, "registered")
    if one is None or other is None:
        return True
    return one.earliest.year <= other.latest.year and other.earliest.year <= one.latest.year


def hold_case(case: Case) -> None:
    """Hold a case until the transaction ends: nobody else seals it or brings people in meanwhile.

    Whoever seals, gives a role or takes in a file waits here for the others, and then reads who
    is there. Else a seal would not know of those who come in while it is set, and files would
    meet them.
    """
    with session.acting(KEEPER, "seal"):
        list(visible_to(Case, KEEPER, at_least=Level.FULL).filter(pk=case.pk).held().only_pointer())


def follow_seal(door: Door, case: Case) -> None:
    """Lay a case's key and its people's aside where it is sealed, else put them back."""
    _settle(door, case, sealed=case.sealed)
    with session.acting(KEEPER, "seal"):
        roles = visible_to(RoleInCase, KEEPER, at_least=Level.FULL).filter(case_id=case.pk)
        people = set(roles.values_list("person_id", flat=True))
    follow_seals(door, people)


def follow_seals(door: Door, people: Iterable[int]) -> None:
    """Lay aside the keys of those of these people who are in a sealed case, put back the others'.

    The machine looks: whoever seals a case may not see all of its people.
    """
    with session.acting(KEEPER, "seal"):
        known = visible_to(Person, KEEPER, at_least=Level.FULL).exclude(source_key="")
        found = list(known.filter(pk__in=list(people)).held())
        closed = in_sealed_cases(KEEPER, [person.pk for person in found])
    for person in found:
        _settle(door, person, sealed=person.pk in closed)


def in_sealed_cases(actor: Actor, ids: Iterable[int]) -> set[int]:
    """Those of these people who stand in a sealed case. ``actor`` is the machine."""
    roles = visible_to(RoleInCase, actor, at_least=Level.FULL).filter(person_id__in=list(ids))
    pairs = list(roles.values_list("person_id", "case_id"))
    sealed = set(
        visible_to(Case, actor, at_least=Level.FULL)
        .filter(sealed=True, id__in={case for _, case in pairs})
        .only_pointer()
    )
    return {person for person, case in pairs if case in sealed}


def _settle(door: Door, record: Case | Person, *, sealed: bool) -> None:
    key, aside, _ = record.source_key.partition(ASIDE)
    if not key or sealed == bool(aside):
        return
    if sealed:
        door.change(record, source_key=f"{key}{ASIDE}{record.pk}")
    elif not _taken(record, key):
        door.change(record, source_key=key)


def _taken(record: Case | Person, key: str) -> bool:
    """Whether a file brought another record under the key meanwhile: files go on with that one."""
    with session.acting(KEEPER, "seal"):
        others = visible_to(type(record), KEEPER, at_least=Level.FULL)
        return bool(others.filter(unit_id=record.unit_id, source_key=key).exists())
