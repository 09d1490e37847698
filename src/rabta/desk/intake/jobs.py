"""What the worker does for intake: loads that wait go on, rows whose time is over are emptied."""

import logging
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from rabta.core.access.levels import Level
from rabta.core.errors import RabtaError
from rabta.desk.intake import services
from rabta.desk.intake.models import Load
from rabta.desk.intake.rules import UNFINISHED, LoadState
from rabta.desk.wall import machines
from rabta.desk.wall.scope import visible_to
from rabta.desk.wall.session import acting

log = logging.getLogger("rabta")

MACHINE = machines.loader()
IDLE = timedelta(seconds=60)
"""How long nothing has moved before the worker takes up what another process began."""


def advance_waiting() -> int:
    """Go on with the loads of the browser, and with what a command that ended left half done.

    Each goes on in the name of whoever brought it in. A file that only the command line has is
    read by the command line alone. Gives how many loads moved.
    """
    with acting(MACHINE, "work"):
        rows = visible_to(Load, MACHINE, at_least=Level.FULL)
        theirs = Q(stored_as="") & ~Q(state=LoadState.UNDOING)
        waiting = list(
            rows.filter(state__in=UNFINISHED)
            .exclude(theirs & Q(updated_at__gt=timezone.now() - IDLE))
            .exclude(theirs & Q(state=LoadState.STAGING))
            .order_by("id")
        )
    moved = 0
    for load in waiting:
        begun_by = machines.loader(agency=load.agency_id, on_behalf_of=load.created_by_id)
        with acting(begun_by, "work"):
            try:
                services.advance(begun_by, load=load)
            except RabtaError:
                continue  # noted on the load, where whoever brought it in reads it
            except Exception as error:  # one load that cannot go on does not stop those behind it
                log.error("load %s: %s", load.public_id, type(error).__name__)
                continue
        moved += 1
    return moved


def remove_expired() -> int:
    """Empty the refused rows that nobody mended in time; gives how many."""
    with acting(MACHINE, "work"):
        return services.remove_expired(MACHINE)


DUE = (advance_waiting, remove_expired)
