"""What is due, run by ``rabta work``: each job is small, may be killed, and may run again."""

import logging
from collections.abc import Callable
from importlib import import_module

from django.db import close_old_connections

log = logging.getLogger("rabta")

JOBS = ("rabta.desk.intake.jobs", "rabta.desk.audit.jobs")
"""Modules with ``DUE``: functions that do what is due and give how much they did."""


def run_due() -> int:
    """Run every job once; one that fails is logged and does not stop the others."""
    done = 0
    for job in jobs():
        close_old_connections()
        try:
            done += job()
        except Exception as error:
            log.error("job %s: %s", job.__name__, type(error).__name__)
    return done


def jobs() -> list[Callable[[], int]]:
    """All jobs of the house."""
    return [job for module in JOBS for job in import_module(module).DUE]
