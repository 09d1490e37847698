"""Write the generated tables anew: ``python -m tests.access.generate``.

Makes a node of its own in a temporary folder, on the database of ``RABTA_TEST_DATABASE``.
"""

import os
from pathlib import Path


def main() -> None:
    from tests import node

    node.make_template()
    os.environ.update(node.make_node("generate"))
    import django

    django.setup()
    from django.db import transaction
    from django.test.utils import setup_test_environment
    from django.utils import timezone
    from tests.access import fields, matrix, routes, tables
    from tests.access.records import Records
    from tests.world import World

    setup_test_environment()
    made: dict[Path, list[tuple[str, ...]]] = {tables.FIELDS: fields.table()}
    for path, table in (
        (tables.MATRIX, lambda world: matrix.table(Records(world))),
        (tables.ROUTES, lambda world: routes.table(routes.Visitors(world))),
    ):
        # Each in a world of its own: what the one makes the other does not meet.
        with transaction.atomic(), transaction.atomic(using="reads"):
            made[path] = table(World(timezone.localdate()))
            transaction.set_rollback(True)
            transaction.set_rollback(True, using="reads")
    for path, rows in made.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(tables.text_of(rows), encoding="utf-8")
        print(f"{path.relative_to(tables.ROOT)}: {len(rows) - 1} rows")  # noqa: T201


if __name__ == "__main__":
    main()
