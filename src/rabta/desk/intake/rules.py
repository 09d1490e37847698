"""The life of a load and of a row, as tables."""

from collections.abc import Mapping
from enum import StrEnum

from rabta.core.errors import NotAllowedNow, gettext_noop
from rabta.core.words.vocabulary import Duty


class LoadState(StrEnum):
    """Where a load stands."""

    MAPPING = "mapping"
    STAGING = "staging"
    STAGED = "staged"
    APPLYING = "applying"
    APPLIED = "applied"
    CANCELLED = "cancelled"
    UNDOING = "undoing"
    UNDONE = "undone"
    FAILED = "failed"


class RowState(StrEnum):
    """Where a row stands."""

    WAITING = "waiting"
    LOADED = "loaded"
    UNCHANGED = "unchanged"
    UPDATED = "updated"
    REFUSED = "refused"
    IGNORED = "ignored"


class TakenBack(StrEnum):
    """What became of a row's person when its load was taken back: why the row is ignored now."""

    REMOVED = "removed"
    RESTORED = "restored"
    KEPT = "kept"


TRANSITIONS: Mapping[LoadState, frozenset[LoadState]] = {
    LoadState.MAPPING: frozenset({LoadState.STAGING, LoadState.CANCELLED, LoadState.FAILED}),
    LoadState.STAGING: frozenset({LoadState.STAGED, LoadState.CANCELLED, LoadState.FAILED}),
    LoadState.STAGED: frozenset({LoadState.APPLYING, LoadState.CANCELLED}),
    LoadState.APPLYING: frozenset({LoadState.APPLIED, LoadState.UNDOING}),
    LoadState.APPLIED: frozenset({LoadState.APPLYING, LoadState.UNDOING}),
    LoadState.UNDOING: frozenset({LoadState.UNDONE, LoadState.CANCELLED}),
    LoadState.CANCELLED: frozenset(),
    LoadState.UNDONE: frozenset(),
    LoadState.FAILED: frozenset(),
}

UNFINISHED = frozenset({LoadState.STAGING, LoadState.STAGED, LoadState.APPLYING, LoadState.UNDOING})
KINDS = ("agency-return", "un-consolidated", "ofac")
LISTS = frozenset({"un-consolidated", "ofac"})
REFUSED_ROWS_KEPT_DAYS = 30

OWN = frozenset(
    {
        Duty.CLERK,
        Duty.INVESTIGATOR,
        Duty.HELP_DESK,
        Duty.SUPERVISOR,
        Duty.LIAISON,
        Duty.ANALYST,
        Duty.CASE_WORKER,
    }
)
"""Duties that bring in files of their own agency."""

FOR_OTHERS = frozenset({Duty.SUPERVISOR, Duty.LIAISON, Duty.ANALYST, Duty.STEWARD})
"""Duties that bring in files of a body that has nobody at this node: a published list."""


def step(now: LoadState, to: LoadState) -> LoadState:
    """The next state, if the table allows it."""
    if to not in TRANSITIONS[now]:
        raise NotAllowedNow(
            gettext_noop("A load that is {now} cannot become {to}."), now=str(now), to=str(to)
        )
    return to
