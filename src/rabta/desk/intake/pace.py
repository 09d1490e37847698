"""Batches that take as long as they should: a load never starves a reader."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

TARGET = 0.04
"""Seconds a transaction of a load aims to last; on SQLite it pauses as long after each."""
SMALLEST, LARGEST = 10, 500


class Pace:
    """How many rows the next batch takes, from how long the last one took."""

    def __init__(self) -> None:
        self.size = 40
        self.pauses = connection.vendor == "sqlite"

    @contextmanager
    def batch(self) -> Iterator[int]:
        """One batch: gives its size, measures it, and waits where others must have their turn."""
        begun = time.perf_counter()
        yield self.size
        took = time.perf_counter() - begun
        self.size = max(SMALLEST, min(LARGEST, int(self.size * TARGET / max(took, 0.001))))
        if self.pauses:
            time.sleep(min(took, TARGET))
