"""Write the generated tables anew: ``python -m tests.access.generate``.

Makes a node of its own in a temporary folder, on the database of ``RABTA_TEST_DATABASE``.
"""

import os


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
    with transaction.atomic(), transaction.atomic(using="reads"):
        world = World(timezone.localdate())
        made = {
            tables.FIELDS: fields.table(),
            tables.MATRIX: matrix.table(Records(world)),
            tables.ROUTES: routes.table(routes.Visitors(world)),
        }
    for path, rows in made.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(tables.text_of(rows), encoding="utf-8")
        print(f"{path.relative_to(tables.ROOT)}: {len(rows) - 1} rows")  # noqa: T201


if __name__ == "__main__":
    main()
