"""Run in a node of its own: makes a small ledger of both chains. ``python -m …populate``."""

import django

django.setup()

from django.utils import timezone  # noqa: E402
from tests.world import World  # noqa: E402

from rabta.core.words.vocabulary import Duty  # noqa: E402
from rabta.desk.accounts import services  # noqa: E402
from rabta.desk.cases.models import Case, Person  # noqa: E402
from rabta.desk.wall.scope import visible_to  # noqa: E402
from rabta.desk.wall.session import acting  # noqa: E402


def main() -> None:
    world = World(timezone.localdate())
    me = world.actor("circle_a")
    for number in range(4):
        world.person("circle_a", case=world.case("circle_a", f"{number}/2020"))
    for _ in range(4):
        with acting(me, "test reads"):
            list(visible_to(Person, me))
            list(visible_to(Case, me))
    steward = world.user()
    print(services.issue_token(steward, world.post(steward, "hq", Duty.STEWARD)))  # noqa: T201


main()
