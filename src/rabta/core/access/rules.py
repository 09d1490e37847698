"""The language of the wall: comparisons, and / or / not, and ``Some(relation, rule)``.

Nothing else, so that the same rule can be evaluated on facts in Python (``holds``) and be
compiled to a database filter (``rabta.desk.wall.scope``), and both always agree. Two-valued
throughout: a comparison with a missing value is false, and its negation true.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Facts = Mapping[str, Any]
"""A record as a rule sees it: field → value, relation → sequence of further facts."""


class Op(StrEnum):
    """How two values are compared."""

    EQ = "eq"
    IN = "in"
    LT = "lt"
    LE = "le"
    GT = "gt"
    GE = "ge"


@dataclass(frozen=True, slots=True)
class Mine:
    """A fact about who asks (an attribute of ``Asker``) instead of a constant."""

    name: str


@dataclass(frozen=True, slots=True)
class Compare:
    """``field`` of the record, or a fact about who asks, against a value."""

    left: str | Mine
    op: Op
    right: Any


@dataclass(frozen=True, slots=True)
class All:
    """Every one of them holds (of none: true)."""

    rules: tuple["Rule", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of them holds (of none: false)."""

    rules: tuple["Rule", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """It does not hold."""

    rule: "Rule"


@dataclass(frozen=True, slots=True)
class Some:
    """At least one related record holds to the rule."""

    relation: str
    rule: "Rule"


Rule = Compare | All | Either | Not | Some

ALWAYS: Rule = All(())
NEVER: Rule = Either(())


def eq(left: str | Mine, right: Any) -> Rule:
    """Equal."""
    return Compare(left, Op.EQ, right)


def within(left: str | Mine, right: Any) -> Rule:
    """Member of a set."""
    return Compare(left, Op.IN, right)


def le(left: str | Mine, right: Any) -> Rule:
    """At most."""
    return Compare(left, Op.LE, right)


def ge(left: str | Mine, right: Any) -> Rule:
    """At least."""
    return Compare(left, Op.GE, right)


def both(*rules: Rule) -> Rule:
    """All of them."""
    return All(rules)


def either(*rules: Rule) -> Rule:
    """At least one of them."""
    return Either(rules)


def compare(op: Op, left: Any, right: Any) -> bool:
    """Compare two values; a missing one never matches."""
    if left is None or right is None:
        return False
    match op:
        case Op.EQ:
            return bool(left == right)
        case Op.IN:
            return left in {item for item in right if item is not None}
        case Op.LT:
            return bool(left < right)
        case Op.LE:
            return bool(left <= right)
        case Op.GT:
            return bool(left > right)
        case Op.GE:
            return bool(left >= right)


def resolve(value: Any, asker: object) -> Any:
    """The value itself, or what it says of who asks."""
    return getattr(asker, value.name) if isinstance(value, Mine) else value


def holds(rule: Rule, facts: Facts, asker: object) -> bool:
    """Whether the rule holds for a record's facts and for who asks."""
    match rule:
        case Compare(left, op, right):
            value = resolve(left, asker) if isinstance(left, Mine) else facts.get(left)
            return compare(op, value, resolve(right, asker))
        case All(rules):
            return all(holds(each, facts, asker) for each in rules)
        case Either(rules):
            return any(holds(each, facts, asker) for each in rules)
        case Not(inner):
            return not holds(inner, facts, asker)
        case Some(relation, inner):
            related: Sequence[Facts] = facts.get(relation) or ()
            return any(holds(inner, each, asker) for each in related)
