"""Work in processes of their own on a node: prepare it, die in the midst of a load, read, check.

``python -m tests.desk.intake.node_work prepare`` and so on, with the settings of a node.
"""

import itertools
import json
import os
import signal
import sys


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def prepare() -> None:
    """Make the world and a supervisor of circle_a; prints the token of a sign-in."""
    from django.utils import timezone
    from tests.world import World

    from rabta.core.words.vocabulary import Duty
    from rabta.desk.accounts import selectors, services

    world = World(timezone.localdate())
    user = world.user("loader")
    world.post(user, "circle_a", Duty.SUPERVISOR)
    say(services.issue_token(user, selectors.postings_of(user)[0]))


def die(at: str, *arguments: str) -> None:
    """Run a command and be killed, for good, at its ``at``-th statement; batches are small."""
    from rabta.cli import main
    from rabta.desk.intake import pace
    from rabta.desk.wall.guard import GuardedCursor

    pace.FIRST = pace.SMALLEST = pace.LARGEST = 20
    count = itertools.count(1)
    for name in ("execute", "executemany"):
        _count(GuardedCursor, name, count, int(at))
    sys.argv = ["rabta", *arguments]
    main()


def _count(cursor: type, name: str, count: "itertools.count[int]", at: int) -> None:
    whole = getattr(cursor, name)

    def counted(self: object, *args: object) -> object:
        if next(count) == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return whole(self, *args)

    setattr(cursor, name, counted)


def work() -> None:
    """Read people and open cases, each entered in the ledger, until a load is through."""
    from rabta.core.access.decisions import Actor
    from rabta.core.access.levels import Level
    from rabta.core.words.vocabulary import CaseKind, SystemDuty
    from rabta.desk.accounts import selectors
    from rabta.desk.accounts.models import Unit, User
    from rabta.desk.cases.models import Case, Person
    from rabta.desk.intake.models import Load
    from rabta.desk.wall.door import write
    from rabta.desk.wall.scope import visible_to
    from rabta.desk.wall.session import acting

    user = User.objects.get(login="loader")
    me = selectors.actor_of(user, selectors.postings_of(user)[0])
    machine = Actor(user=0, duty=SystemDuty.LOADER)
    unit = Unit.objects.get(code="circle_a")
    seen, written, states = 0, 0, set()
    while "applied" not in states:
        with acting(me, "read"):
            people = visible_to(Person, me, at_least=Level.PSEUDONYM)
            seen += bool(len(people.order_by("-id")[:20]))
            with write(me, "case.opened") as door:
                door.create(
                    Case(
                        agency_id=unit.agency_id,
                        unit=unit,
                        kind=CaseKind.SMUGGLING,
                        number=f"W/{written}",
                    )
                )
            written += 1
        with acting(machine, "look"):
            states = set(
                visible_to(Load, machine, at_least=Level.FULL).values_list("state", flat=True)
            )
    say(json.dumps({"seen": seen, "written": written}))


def check() -> None:
    """What stands on the node: loads with their counts and rows, people, names that are doubled."""
    from collections import Counter

    from rabta.core.access.decisions import Actor
    from rabta.core.access.levels import Level
    from rabta.core.words.vocabulary import Particular, SystemDuty
    from rabta.desk.cases.models import Case, ParticularRow, Person
    from rabta.desk.intake.models import Load, LoadRow
    from rabta.desk.wall.scope import visible_to
    from rabta.desk.wall.session import acting

    machine = Actor(user=0, duty=SystemDuty.LOADER)

    def rows(model: type) -> object:
        return visible_to(model, machine, at_least=Level.FULL)

    with acting(machine, "check"):
        names = Counter(
            row.opened().text for row in rows(ParticularRow).filter(kind=Particular.NAME)
        )
        loads = [
            {
                "state": load.state,
                "counts": [load.read, load.loaded, load.unchanged, load.updated, load.refused],
                "staged": load.staged,
                "rows": Counter(rows(LoadRow).filter(load=load).values_list("state", flat=True)),
            }
            for load in rows(Load).order_by("id")
        ]
        say(
            json.dumps(
                {
                    "loads": loads,
                    "people": rows(Person).count(),
                    "cases": rows(Case).exclude(source_key=None).exclude(source_key="").count(),
                    "doubled": [name for name, count in names.items() if count > 1],
                    "names": sorted(names),
                }
            )
        )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rabta.desk.project.settings")
    import django

    django.setup()
    {"prepare": prepare, "die": die, "work": work, "check": check}[sys.argv[1]](*sys.argv[2:])
