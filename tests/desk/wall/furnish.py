"""Run in a node of its own: two agencies with a case each (``python -m``)."""

import json

import django

django.setup()

from django.utils import timezone  # noqa: E402
from tests.world import World  # noqa: E402


def main() -> None:
    world = World(timezone.localdate())
    member = world.user()
    case = world.case("circle_a", team=[member])
    for each, unit in ((case, "circle_a"), (world.case("post", "9/2020"), "post")):
        world.person(unit, case=each)
        world.note(each, "a note")
    ids = {code: agency.pk for code, agency in world.agencies.items()}
    print(json.dumps(ids | {"member": member.pk, "case": case.pk}))  # noqa: T201


main()
