"""Making and upgrading a node: its keys and its two databases."""

from django.conf import settings
from django.core.management import call_command
from django.db import ProgrammingError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from rabta.core.errors import NodeNotReady
from rabta.desk.wall import guard, keys


def migrate(*, verbosity: int = 1) -> None:
    """Make what is missing, upgrade what is old. Safe to run again."""
    settings.RABTA.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    keys.make_keys(settings.RABTA.keys)
    with guard.system("migrate"):
        reads = connections["reads"]
        if reads.vendor == "postgresql":
            # Its tables live in a schema of their own, beside those of the records.
            _make_schema(reads)
        for database in ("default", "reads"):
            call_command("migrate", database=database, verbosity=verbosity, interactive=False)


def _make_schema(reads: BaseDatabaseWrapper) -> None:
    try:
        with reads.cursor() as cursor:
            cursor.execute("CREATE SCHEMA IF NOT EXISTS reads")
    except ProgrammingError:
        raise NodeNotReady(
            what="the role of RABTA_DATABASE_URL may not make tables; name the one that may in"
            " RABTA_MIGRATOR_URL"
        ) from None
