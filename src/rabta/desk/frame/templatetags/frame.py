"""The components of a page: ``{% load frame %}``. Each draws one partial in ``frame/parts``."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.forms.widgets import Input, Textarea
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, pgettext

from rabta.core.access.levels import Level
from rabta.core.words.dates.partial import PartialDate
from rabta.core.words.vocabulary import Duty, HandlingCode
from rabta.desk.frame import labels
from rabta.desk.frame.built import Built, built
from rabta.desk.frame.components import Crumb, Pager, Tab, Table
from rabta.desk.frame.nav import address
from rabta.desk.frame.notices import undo_of

register = template.Library()

DAY_TO_DAY = len("1968-03-06–1969-03-05")
FREE_TEXT = frozenset({"text", "search"})
"""Inputs whose direction follows what is typed; numbers, addresses and secrets have their own."""


@register.simple_tag
def built_assets() -> Built:
    """Addresses of the stylesheet and the islands."""
    return built()


@register.simple_tag
def address_of(url_name: str) -> str:
    """The address of a name, or nothing where no app has it (``{% url %}`` that never raises)."""
    return address(url_name)


@register.filter
def iso(text: Any) -> SafeString | str:
    """Data inside a sentence, isolated: its direction does not disturb what stands around it."""
    return format_html("<bdi>{}</bdi>", text) if text not in (None, "") else ""


@register.filter
def duty_label(duty: Duty | str | None) -> str:
    """A duty in words."""
    return str(labels.DUTY.get(Duty(duty), duty)) if duty in list(Duty) else ""


@register.inclusion_tag("frame/parts/tag.html")
def tag(text: Any, kind: str = "") -> dict[str, Any]:
    """A tag. Kinds: protected, sealed, role, warning, good, or none; the words say it."""
    return {"text": text, "kind": kind}


@register.inclusion_tag("frame/parts/handling.html")
def handling(code: HandlingCode | str, text: str = "") -> dict[str, Any]:
    """A handling code with what it demands; ``text`` is the restriction of H3."""
    code = HandlingCode(code)
    return {
        "code": str(code),
        "open": code is HandlingCode.H0,  # no restriction: nothing to be alarmed at
        "words": labels.HANDLING[code],
        "text": text,
    }


@register.inclusion_tag("frame/parts/level.html")
def level_badge(level: Level | int, why: str = "") -> dict[str, Any]:
    """How much a reader is shown, and the reason by its code."""
    level = Level(level)
    return {
        "level": level,
        "words": labels.LEVEL[level],
        "why": labels.REASON.get(why, ""),
        "steps": [step <= level for step in Level if step],
    }


@register.simple_tag
def comma() -> str:
    """What stands between two things that are named one after the other."""
    return pgettext("between two things in a row", ", ")


@register.simple_block_tag(end_name="endrow")
def row(content: str, label: Any, change_url: str = "") -> SafeString:
    """One line of a ``<dl class="summary">`` whose value is markup of the page's own."""
    # What a block drew is markup already; strip() alone would lose that it is.
    drawn = mark_safe(content.strip())  # noqa: S308
    shown = drawn or format_html('<span class="soft">{}</span>', gettext("not recorded"))
    action = (
        format_html(
            '<dd class="act"><a href="{}">{}<span class="apart"> {}</span></a></dd>',
            change_url,
            gettext("Change"),
            label,
        )
        if change_url
        else ""
    )
    return format_html("<div><dt>{}</dt><dd>{}</dd>{}</div>", label, shown, action)


@register.inclusion_tag("frame/parts/table.html")
def data_table(table: Table) -> dict[str, Any]:
    """A table of records: sticky head, aligned figures, stacked where the screen is narrow."""
    return {"table": table}


@register.inclusion_tag("frame/parts/pager.html")
def pager(page: Pager) -> dict[str, Any]:
    """Next and previous of a keyset-paged list, and how many there are."""
    return {"page": page}


@register.inclusion_tag("frame/parts/tabs.html")
def tabs(items: Sequence[Tab], label: Any) -> dict[str, Any]:
    """Tabs that are links; ``label`` says what they are views of."""
    return {"items": items, "label": label}


@register.inclusion_tag("frame/parts/crumbs.html")
def crumbs(items: Sequence[Crumb]) -> dict[str, Any]:
    """The way back."""
    return {"items": items}


@register.inclusion_tag("frame/parts/empty.html")
def empty(text: Any, url: str = "", link: Any = "") -> dict[str, Any]:
    """That there is nothing, and what one can do about it."""
    return {"text": text, "url": url, "link": link}


@register.inclusion_tag("frame/parts/notice.html", takes_context=True)
def notice(context: template.Context, message: Any) -> dict[str, Any]:
    """A message of Django's, with its undo where it has one."""
    return {
        "kind": message.level_tag,
        "text": message.message,
        "undo_url": undo_of(message.extra_tags),
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("frame/parts/error_summary.html")
def error_summary(*forms: BaseForm) -> dict[str, Any]:
    """What is wrong with the forms of a page, each fault a link to its field. Empty: nothing."""
    faults = [
        (f"#{_first_id(form[name])}" if name in form.fields else "", error)
        for form in forms
        if form is not None and form.is_bound
        for name, errors in form.errors.items()
        for error in errors
    ]
    return {"faults": faults}


@register.inclusion_tag("frame/parts/field.html")
def field(bound: BoundField, width: str = "") -> dict[str, Any]:
    """A field with its label, hint and faults. Widths: short, medium, or all there is."""
    errors = list(bound.errors)
    described = [f"{bound.auto_id}_hint"] * bool(bound.help_text)
    described += [f"{bound.auto_id}_error"] * bool(errors)
    attrs: dict[str, str | bool] = {"aria-invalid": "true"} if errors else {}
    if described and not bound.use_fieldset:
        attrs["aria-describedby"] = " ".join(described)
    widget = bound.field.widget
    if isinstance(widget, Textarea) or getattr(widget, "input_type", "") in FREE_TEXT:
        attrs |= {} if "dir" in widget.attrs else {"dir": "auto"}
    control = bound.as_widget(attrs=attrs)
    return {
        "bound": bound,
        "control": control,
        "described": " ".join(described),
        "errors": errors,
        "width": width,
        "tick": isinstance(widget, Input) and widget.input_type == "checkbox",
        "optional": not bound.field.required,
        "file": getattr(widget, "input_type", "") == "file",
    }


@register.inclusion_tag("frame/parts/partial_date.html")
def partial_date(value: PartialDate | None, on: str = "", written: bool = True) -> dict[str, Any]:
    """A date that may be a year or a span, and, where it says more, the words it came as.

    ``on``: when an age was given that the date was counted from; without ``written`` the date
    alone.
    """
    if value is None:
        return {"value": None}
    shown = value.show().removeprefix("c. ")
    if value.approximate and len(shown) == DAY_TO_DAY:
        # An age: both its ends are days that nobody said. Its years are what can be compared.
        shown = "–".join(str(year) for year in dict.fromkeys(value.years))
    return {
        "value": value,
        "shown": shown,
        "about": value.approximate,
        "machine": value.earliest.isoformat() if value.exact else "",
        "written": value.text
        if written and value.text.strip() not in {shown, value.show()}
        else "",
        "on": on,
    }


def _first_id(bound: BoundField) -> str:
    """The id of what takes the focus: of a group of choices, the first."""
    return f"{bound.auto_id}_0" if bound.use_fieldset else str(bound.id_for_label or bound.auto_id)
