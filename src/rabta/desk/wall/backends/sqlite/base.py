"""SQLite behind the guard."""

from django.db.backends.sqlite3 import base

from rabta.desk.wall.guard import GuardedOperations, GuardedWrapper


class DatabaseOperations(GuardedOperations, base.DatabaseOperations):
    """Operations that hand out guarded compilers."""


class DatabaseWrapper(GuardedWrapper, base.DatabaseWrapper):
    """A connection whose every query is guarded."""

    ops_class = DatabaseOperations
