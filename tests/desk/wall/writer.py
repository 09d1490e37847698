"""Run in a node of its own by ``test_concurrency``: writes, loads or reads, and says what it did.

python -m tests.desk.wall.writer made                     → the ids of what was made
python -m tests.desk.wall.writer change USER CASES TIMES  → how many changes, how many conflicts
python -m tests.desk.wall.writer bulk STOP                → how many rows, until STOP is there
python -m tests.desk.wall.writer read USER TIMES          → how many reads
"""

import json
import sys
from pathlib import Path

import django

django.setup()

from django.db.models import F, Value  # noqa: E402
from django.utils import timezone  # noqa: E402
from tests.world import LOADER, World  # noqa: E402

from rabta.core.access.levels import Level  # noqa: E402
from rabta.core.errors import Conflict  # noqa: E402
from rabta.core.words.vocabulary import Duty  # noqa: E402
from rabta.desk.accounts import selectors  # noqa: E402
from rabta.desk.accounts.models import User  # noqa: E402
from rabta.desk.cases.models import Case, Person  # noqa: E402
from rabta.desk.wall.door import write  # noqa: E402
from rabta.desk.wall.scope import visible_to  # noqa: E402
from rabta.desk.wall.session import acting  # noqa: E402

WRITERS = 8


def actor(user: int):
    signed_in = User.objects.get(pk=user)
    return selectors.actor_of(signed_in, selectors.postings_of(signed_in)[0])


def made() -> dict:
    world = World(timezone.localdate())
    cases = [world.case("circle_a", f"{n}/2020", station="") for n in range(WRITERS + 1)]
    users = [world.user() for _ in range(WRITERS)]
    for user in users:
        world.post(user, "circle_a", Duty.INVESTIGATOR)
    world.person("circle_a", case=cases[0])
    return {"cases": [c.pk for c in cases], "users": [u.pk for u in users]}


def change(user: int, cases: list[int], times: int) -> dict:
    """Add a letter to each case's station again and again; on a conflict read it anew."""
    me, done, conflicts = actor(user), 0, 0
    for _ in range(times):
        for case in cases:
            while True:
                with acting(me, "test"):
                    found = visible_to(Case, me, at_least=Level.FULL).get(pk=case)
                    try:
                        with write(me, "case.changed") as door:
                            door.change(found, station=found.station + "x")
                        done += 1
                        break
                    except Conflict:
                        conflicts += 1
    return {"done": done, "conflicts": conflicts}


def bulk(stop: Path) -> dict:
    """Many rows in many transactions, back to back, without a pause, until told to stop."""
    rows = 0
    with acting(LOADER, "test"):
        case = visible_to(Case, LOADER, at_least=Level.FULL).order_by("id").first()
        print("begun", flush=True)  # noqa: T201
        while not stop.exists():
            with write(LOADER, "load.applied") as door:
                new = [
                    Person(agency_id=case.agency_id, unit_id=case.unit_id, protected=False)
                    for _ in range(100)
                ]
                door.create_many(new)
                rows += len(new)
    return {"rows": rows}


def read(user: int, times: int) -> dict:
    me, done = actor(user), 0
    for _ in range(times):
        with acting(me, "test"):
            shown = visible_to(Person, me).annotate(n=Value(1)).filter(id__gt=F("id") - 1)[:20]
            done += bool(list(shown))
    return {"reads": done}


def main(what: str, *words: str) -> None:
    match what:
        case "made":
            said = made()
        case "change":
            said = change(int(words[0]), json.loads(words[1]), int(words[2]))
        case "bulk":
            said = bulk(Path(words[0]))
        case "read":
            said = read(int(words[0]), int(words[1]))
    print(json.dumps(said))  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
