"""Strength, worth and namesakes of proposals; the life of a run and of a proposal. Pure."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from rabta.core.access.decisions import LINK_REVIEW, Purpose
from rabta.core.linkage import Evidence

REVIEW = Purpose(LINK_REVIEW)
"""What proposals and judgements are read for; it opens the far end of a link as a hit, no more."""


class Strength(StrEnum):
    """How strong a proposed link is: the band of its probability."""

    STRONG = "strong"
    LIKELY = "likely"
    POSSIBLE = "possible"


class ProposalState(StrEnum):
    """Where a proposal stands. Superseded: a later run no longer proposes it."""

    OPEN = "open"
    JUDGED = "judged"
    SUPERSEDED = "superseded"


class RunState(StrEnum):
    """Where a run stands. Interrupted: it ended without a word (killed, power cut)."""

    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"
    INTERRUPTED = "interrupted"


STRONG_FROM, LIKELY_FROM = 0.99, 0.9


def strength(probability: float) -> Strength:
    """The band a probability (0–1) falls in."""
    if probability >= STRONG_FROM:
        return Strength.STRONG
    return Strength.LIKELY if probability >= LIKELY_FROM else Strength.POSSIBLE


MOST_BITS = 30
ACROSS, BRIDGE = 150, 50


def worth(*, weight: float, across: bool, bridge: bool) -> int:
    """Where a proposal stands among those to be judged: a higher one deserves a minute sooner.

    ``weight`` in bits, ten points each, no more than thirty bits. A link between two agencies
    tells what neither knows (150 points); one that would join two groups changes more (50).
    """
    return round(10 * min(weight, MOST_BITS)) + ACROSS * across + BRIDGE * bridge


NAMESAKES = ((3, "1"), (8, "5"), (30, "10"), (75, "50"), (300, "100"))
MANY = "500+"


def namesakes(count: int) -> str:
    """About how many have such a name: 1, 5, 10, 50, 100 or 500+. Never nearer."""
    return next((said for below, said in NAMESAKES if count < below), MANY)


NOT_SHOWN = "namesakes_"
"""The engine counts namesakes among all it was given; ours are counted over unprotected people."""


def evidence_kept(found: Iterable[Evidence]) -> list[dict[str, Any]]:
    """What is stored of the reasons: codes and which way they point, never a value or a fact."""
    return [
        {"code": one.code, "polarity": str(one.polarity)}
        for one in found
        if not one.code.startswith(NOT_SHOWN)
    ]
