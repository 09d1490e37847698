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


@register.inclusion_tag("cases/parts/grade.html")
def grade(code: str) -> dict[str, Any]:
    """A grade (4×4) that says what its letter and its figure mean."""
    return {
        "code": code,
        "source": labels.word(labels.SOURCE_GRADE, code[:1]),
        "information": labels.word(labels.INFORMATION_GRADE, code[1:]),
    }


@register.inclusion_tag("cases/parts/legend.html")
def legend(opened: bool = False) -> dict[str, Any]:
    """What grades and handling codes mean; folded, unless it is to be printed."""
    return {
        "opened": opened,
        "sources": labels.SOURCE_GRADE.values(),
        "informations": labels.INFORMATION_GRADE.values(),
        "handlings": labels.HANDLING.values(),
    }


@register.filter
def country(code: str) -> str:
    """A country by its code."""
    return country_name(code)
