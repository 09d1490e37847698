"""One finding about a pair of records: its code, which way it points, how far, and its facts."""

from dataclasses import dataclass
from enum import StrEnum

from rabta.core.errors import fill
from rabta.core.linkage.words import WORDS

FEW_NAMESAKES = 5
"""Below this many namesakes the exact number is not told: it could point at a person."""


class Polarity(StrEnum):
    """Which way a finding points: towards one person, away from it, or neither."""

    FOR = "for"
    AGAINST = "against"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One finding. ``weight`` is in bits: +10 makes one person 1,024 times as likely.

    ``facts`` fill the template; they are rounded and never identify anyone.
    """

    code: str
    polarity: Polarity
    weight: float
    facts: tuple[tuple[str, int | str], ...] = ()

    @property
    def template(self) -> str:
        """The sentence with its gaps, to be translated and filled with ``facts``."""
        return WORDS[self.code]

    def __str__(self) -> str:
        return fill(self.template, dict(self.facts))


def evidence(code: str, weight: float, **facts: int | str) -> Evidence:
    """Make a finding whose polarity follows from its weight in bits (within ±0.5 is neutral).

    Raises KeyError for a code that has no words.
    """
    WORDS[code]
    weight = round(weight, 1)
    if weight >= 0.5:
        polarity = Polarity.FOR
    elif weight <= -0.5:
        polarity = Polarity.AGAINST
    else:
        polarity = Polarity.NEUTRAL
    return Evidence(code, polarity, weight, tuple(sorted(facts.items())))


def rounded_count(count: int) -> int:
    """Round a count of namesakes to one leading digit; fewer than five is told as zero.

    The exact number would let a reader subtract what she knows and find a person out.
    """
    if count < FEW_NAMESAKES:
        return 0
    unit: int = 10 ** (len(str(count)) - 1)
    if unit == 1:
        return 5 if count < 8 else 10
    return (count + unit // 2) // unit * unit
