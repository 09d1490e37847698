"""Work in processes of their own on a node: prepare it, die in the midst of a run, look after.

``python -m tests.desk.matching.link_work prepare`` and so on, with the settings of a node.
"""

import itertools
import json
import os
import signal
import sys

MEN = 12
"""Men, each recorded three times: three links each."""


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def prepare() -> None:
    """Make the men and an analyst; prints the token of a sign-in."""
    from django.utils import timezone
    from tests.desk.matching.records import Records
    from tests.world import World

    from rabta.core.words.vocabulary import Duty
    from rabta.desk.accounts import selectors, services

    records = Records(World(timezone.localdate()))
    for number in range(MEN):
        man = {"cnic": f"35202-12345{number:02}-1", "born": f"3 April {1950 + 3 * number}"}
        name = f"{'BDGJKLMNRSTZ'[number]}obar Kandilwala"
        for unit in ("circle_a", "circle_b", "post"):
            records.person(unit, name, **man)
    user = records.world.user("analyst")
    records.world.post(user, "hq", Duty.ANALYST)
    say(services.issue_token(user, selectors.postings_of(user)[0]))


def die(at: str) -> None:
    """Make links and be killed, for good, at the ``at``-th statement of the writing."""
    from rabta.cli import main
    from rabta.desk.matching.services import running, writing
    from rabta.desk.wall.guard import GuardedCursor

    writing.AT_ONCE = 4
    count = itertools.count(1)
    counted: list[int] = []
    begun = running.Writing.__init__

    def begins(self: object, *args: object) -> None:
        counted.append(1)
        begun(self, *args)  # type: ignore[misc]

    running.Writing.__init__ = begins  # type: ignore[method-assign,assignment]
    for name in ("execute", "executemany"):
        _count(GuardedCursor, name, count, counted, int(at))
    sys.argv = ["rabta", "link", "--json"]
    main()


def _count(
    cursor: type, name: str, count: "itertools.count[int]", counted: list[int], at: int
) -> None:
    whole = getattr(cursor, name)

    def statement(self: object, *args: object) -> object:
        if counted and next(count) == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return whole(self, *args)

    setattr(cursor, name, statement)


def judge() -> None:
    """Call the first pair different, as an officer of one of the agencies."""
    from tests.desk.matching.records import proposals

    from rabta.core.words.vocabulary import Verdict
    from rabta.desk.accounts import selectors
    from rabta.desk.accounts.models import User
    from rabta.desk.matching import services
    from rabta.desk.wall.session import acting

    user = User.objects.get(login="analyst")
    me = selectors.actor_of(user, selectors.postings_of(user)[0])
    with acting(me, "test"):
        services.judge(me, pair=min(proposals()), verdict=Verdict.DIFFERENT)


def check() -> None:
    """What stands on the node: proposals, judgements, runs."""
    from tests.desk.matching.records import LINKER, judgements, proposals

    from rabta.core.access.levels import Level
    from rabta.desk.matching.models import LinkRun
    from rabta.desk.wall.scope import visible_to
    from rabta.desk.wall.session import acting

    with acting(LINKER, "test"):
        runs = [run.state for run in visible_to(LinkRun, LINKER, at_least=Level.FULL)]
    say(
        json.dumps(
            {
                "pairs": sorted(
                    [one.left_id, one.right_id, one.state] for one in proposals().values()
                ),
                "judged": [[said.left_id, said.right_id] for said in judgements()],
                "runs": runs,
            }
        )
    )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rabta.desk.project.settings")
    import django

    django.setup()
    globals()[sys.argv[1]](*sys.argv[2:])
