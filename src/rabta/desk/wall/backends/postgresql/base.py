"""PostgreSQL behind the guard, with row-level security as a coarse second lock.

Before a statement runs, the connection's settings are brought to the scope that the compiled
query carries, or to nothing: a statement that slipped past the guard then meets policies that
let no row through.
"""

from collections.abc import Iterable
from typing import Any

from django.db.backends.postgresql import base

from rabta.desk.wall.guard import GuardedOperations, GuardedWrapper, current_door, lifted
from rabta.desk.wall.position import NOWHERE, Position, position_of


class DatabaseOperations(GuardedOperations, base.DatabaseOperations):
    """Operations that hand out guarded compilers."""


class DatabaseWrapper(GuardedWrapper, base.DatabaseWrapper):
    """A connection whose every query is guarded and whose settings say for whom it runs."""

    ops_class = DatabaseOperations

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self._position: Position | None = None

    def take_position(self, scopes: Iterable[Any]) -> None:
        wanted = position_of(scopes, door=current_door(), lifted=lifted())
        # A statement without a scope touches no guarded table: it need not move the settings.
        if wanted is None or wanted == self._position:
            return
        self._set_position(wanted)

    def leave_position(self) -> None:
        if self._position is not None and not self.needs_rollback:
            self._set_position(NOWHERE)
        self._position = None

    def _set_position(self, wanted: Position) -> None:
        if self.connection is None:
            return
        with self.wrap_database_errors, self.connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('rabta.mode', %s, false),"
                " set_config('rabta.user', %s, false),"
                " set_config('rabta.reach', %s, false)",
                wanted,
            )
        self._position = wanted

    # A rolled-back transaction takes its settings back with it: forget what was believed.
    def _rollback(self) -> None:
        self._position = None
        super()._rollback()

    def _savepoint_rollback(self, sid: str) -> None:
        super()._savepoint_rollback(sid)
        self._position = None

    def connect(self) -> None:
        self._position = None
        super().connect()
