"""Words for an answer of a look-up."""

from typing import Any
from uuid import UUID

from django import template

from rabta.core.words.vocabulary import CaseKind, Particular, Role
from rabta.desk.cases import labels, rules
from rabta.desk.matching.labels import STRENGTH
from rabta.desk.matching.look_up import Strength
from rabta.desk.matching.rules import Strength as Band

register = template.Library()

KINDS = {Strength.STRONG: "good", Strength.LIKELY: "role", Strength.POSSIBLE: ""}


@register.filter
def strength(value: Strength) -> Any:
    """How well a hit fits, in the words of links and of the command line."""
    return STRENGTH[Band(value.name.lower())]


@register.filter
def strength_kind(value: Strength) -> str:
    """The kind of tag a strength is drawn with."""
    return KINDS[value]


@register.filter
def pseudonym(public_id: UUID) -> str:
    """What a person is called by whoever may not read the name."""
    return rules.pseudonym(public_id)


@register.filter
def case_kind(value: str) -> Any:
    """A kind of case in words."""
    return labels.KIND.get(CaseKind(value), value)


@register.filter
def role(value: str) -> Any:
    """A role in words."""
    return labels.ROLE.get(Role(value), value)


@register.filter
def particular(value: str) -> Any:
    """A kind of particular in words."""
    return labels.PARTICULAR.get(Particular(value), value)
