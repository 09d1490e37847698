"""Words of this room in templates: ``{% load matching %}``."""

from typing import Any

from django import template
from django.utils.translation import gettext

from rabta.core.words.vocabulary import Verdict
from rabta.desk.matching import labels
from rabta.desk.matching.rules import Strength
from rabta.desk.matching.selectors import Reason

register = template.Library()


@register.filter
def strength_label(strength: Strength) -> Any:
    """How strong a link is, in words."""
    return labels.STRENGTH[strength]


@register.filter
def verdict_label(verdict: Verdict) -> Any:
    """A verdict in words."""
    return labels.VERDICT[verdict]


@register.filter
def state_label(state: Any) -> Any:
    """Where a proposal stands, in words."""
    return labels.STATE[state]


@register.filter
def sentence(reason: Reason) -> str:
    """A reason in the reader's language."""
    return gettext(reason.template)


@register.filter
def polarity_label(reason: Reason) -> Any:
    """Which way a reason points, in words."""
    return labels.POLARITY[reason.polarity]
