"""Telling the team of a sealed case who searched for it or its people.

A look-up does the same work whether or not a sealed case is behind it, so nobody is told while it
runs: the machine goes through the ledger of reads afterwards. The chain's numbers are a safe mark
of how far it came: the head is locked until an entry is committed, so a lower number never comes
later.
"""

from collections.abc import Iterable

from rabta.core.access.levels import Level
from rabta.desk.audit.models import Search, Watch
from rabta.desk.cases.models import Case, Key, RoleInCase, TeamMember
from rabta.desk.cases.rules import NUMBERS
from rabta.desk.wall import ledger, machines
from rabta.desk.wall.door import write
from rabta.desk.wall.models import ReadEntry
from rabta.desk.wall.scope import visible_to
from rabta.desk.wall.session import acting

WATCHER = machines.watcher()
BATCH = 500


def tell_owners() -> int:
    """Go on through the ledger of reads; gives how many searches of sealed cases were noted."""
    with acting(WATCHER, "watch"):
        watch = Watch.objects.order_by("id").first()
        since = watch.seq if watch else 0
        entries = list(
            ReadEntry.objects.using("reads").filter(seq__gt=since).order_by("seq")[:BATCH]
        )
        if not entries:
            return 0
        asked = [entry for entry in entries if entry.said["event"] == ledger.LOOKED_UP]
        with write(WATCHER, "owners.told") as door:
            if watch is None:
                watch = door.create(Watch(seq=0))
            found = _searches(asked)
            door.create_many(found)
            door.change(watch, seq=entries[-1].seq)
    return len(found)


def _searches(entries: Iterable[ReadEntry]) -> list[Search]:
    if not entries:
        return []
    wanted = {entry.seq: set(entry.said["subjects"]["asked"]["keys"]) for entry in entries}
    by_key = _sealed_by_key({key for keys in wanted.values() for key in keys})
    teams = _teams({case for cases in by_key.values() for case in cases})
    found = []
    for entry in entries:
        user = entry.said["user"]
        cases = {case for key in wanted[entry.seq] for case in by_key.get(key, ())}
        found += [
            Search(
                case_id=case,
                entry=entry.seq,
                searcher_id=user,
                searcher_unit=entry.said["unit"],
                at=entry.at,
            )
            for case in sorted(cases)
            if user not in teams[case]
        ]
    return found


def _sealed_by_key(values: set[int]) -> dict[int, set[int]]:
    """For each stored key of a sealed case's numbers and people, the sealed cases.

    From the sealed cases outwards: they are few, and a common name's key has tens of thousands.
    """
    full = Level.FULL
    sealed = visible_to(Case, WATCHER, at_least=full).filter(sealed=True)
    roles = visible_to(RoleInCase, WATCHER, at_least=full).filter(case_id__in=sealed.values("pk"))
    cases: dict[int, set[int]] = {}
    for person, case in roles.values_list("person_id", "case_id"):
        cases.setdefault(person, set()).add(case)
    keys = visible_to(Key, WATCHER, at_least=Level.HIT).filter(
        person_id__in=roles.values("person_id")
    )
    found: dict[int, set[int]] = {}
    for case, *numbers in sealed.values_list("id", *(f"{name}_key" for name in NUMBERS)):
        for value in values.intersection(numbers):
            found.setdefault(value, set()).add(case)
    for value, person in keys.values_list("value", "person_id").iterator():
        if value in values:
            found.setdefault(value, set()).update(cases.get(person, ()))
    return found


def _teams(cases: set[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {case: set() for case in cases}
    rows = visible_to(TeamMember, WATCHER, at_least=Level.FULL).filter(case_id__in=sorted(cases))
    for case, user in rows.values_list("case_id", "user_id"):
        found[case].add(user)
    return found
