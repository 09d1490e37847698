"""Words for stored values on the pages of cases: ``{% load cases %}``."""

from typing import Any

from django import template

from rabta.desk.cases import labels
from rabta.desk.cases.selectors.histories import country_name

register = template.Library()


@register.filter
def kind_label(value: str) -> Any:
    """A kind of case in words."""
    return labels.word(labels.KIND, value)


@register.filter
def role_label(value: str) -> Any:
    """A role in words."""
    return labels.word(labels.ROLE, value)


@register.filter
def sex_label(value: str) -> Any:
    """Sex as recorded, in words."""
    return labels.word(labels.SEX, value)


@register.filter
def particular_label(value: str) -> Any:
    """A kind of particular in words."""
    return labels.word(labels.PARTICULAR, value)


@register.filter
def country(code: str) -> str:
    """A country by its code."""
    return country_name(code)
