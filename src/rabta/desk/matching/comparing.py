"""The two ends of a link side by side, line by line, in words."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from rabta.core.access.levels import Level
from rabta.core.words.vocabulary import Particular
from rabta.desk.cases import labels
from rabta.desk.cases.rules import Detail
from rabta.desk.cases.selectors.histories import country_name
from rabta.desk.matching.selectors import Link, Side

Values = tuple[str | Detail, ...] | None
"""Texts, and births whose date was read: an age is compared by the years it means."""


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One kind of detail in both records: what is recorded, nothing, or None where it is closed."""

    label: Any
    first: Values
    second: Values


def compared(link: Link) -> list[ComparedRow]:
    """Every kind of detail that one of the ends holds and the reader may see."""
    rows = [
        ComparedRow(label, _detail(link.first, kind), _detail(link.second, kind))
        for kind, label in labels.PARTICULAR.items()
    ]
    rows += [
        ComparedRow(
            labels.FIELD["sex"],
            _from(link.first, Level.PSEUDONYM, _sex(link.first)),
            _from(link.second, Level.PSEUDONYM, _sex(link.second)),
        ),
        ComparedRow(
            labels.FIELD["nationalities"],
            _from(link.first, Level.PSEUDONYM, *map(country_name, link.first.nationalities)),
            _from(link.second, Level.PSEUDONYM, *map(country_name, link.second.nationalities)),
        ),
    ]
    rows.append(ComparedRow(_("In cases"), _roles(link.first), _roles(link.second)))
    return [row for row in rows if row.first or row.second]


def _detail(side: Side, kind: Any) -> Values:
    if kind is Particular.BIRTH and not side.details.get(kind):
        return _from(side, Level.PSEUDONYM, side.born)  # the years alone
    if kind is Particular.BIRTH and side.births:
        return side.births
    return side.details.get(kind, ()) if side.full else None


def _from(side: Side, level: Level, *texts: str) -> Values:
    return tuple(text for text in texts if text) if side.level >= level else None


def _sex(side: Side) -> str:
    return str(labels.word(labels.SEX, side.sex)) if side.sex else ""


def _roles(side: Side) -> Values:
    if side.level < Level.OPERATIONAL:
        return None
    return tuple(f"{number}: {labels.word(labels.ROLE, role)}" for number, role in side.roles)
