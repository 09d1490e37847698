"""Batches that take as long as they should: a load never starves anybody who reads or writes."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

TARGET = 0.1
"""Seconds a transaction of a load aims to last. SQLite lets one write at a time: there others
have half as long after each, in which the load reads its next rows."""
FIRST, SMALLEST, LARGEST = 60, 30, 500


class Pace:
    """How many rows the next batch takes, from how long the last one's transaction lasted."""

    def __init__(self) -> None:
        self.size = FIRST
        self._pauses = connection.vendor == "sqlite"
        self._free_until = 0.0

    @contextmanager
    def turn(self) -> Iterator[None]:
        """The transaction of one batch: waits until others had their turn, then is measured."""
        if self._pauses:
            time.sleep(max(0.0, self._free_until - time.perf_counter()))
        begun = time.perf_counter()
        yield
        ended = time.perf_counter()
        took = ended - begun
        self.size = max(SMALLEST, min(LARGEST, int(self.size * TARGET / max(took, 0.001))))
        self._free_until = ended + min(took, TARGET) / 2
