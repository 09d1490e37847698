"""Words for why a look-up is shown and what was said of it."""

from typing import Any

from django import template

from rabta.desk.audit import labels
from rabta.desk.audit.rules import Said, Why

register = template.Library()


@register.filter
def why_label(why: str) -> Any:
    """Why a look-up is shown, in words."""
    return labels.WHY[Why(why)]


@register.filter
def said_label(said: str) -> Any:
    """What a reviewer said, in words."""
    return labels.SAID[Said(said)]
