"""What was changed in a case and in a person: by whom, when, before and after, readable."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language, gettext

from rabta.core.access.decisions import Actor
from rabta.core.access.levels import FieldClass, Level
from rabta.core.words.countries import countries
from rabta.desk.accounts.selectors.staff import names_of, units_named
from rabta.desk.cases import labels
from rabta.desk.cases.models import Case, ParticularRow, Person
from rabta.desk.frame.labels import date_in_words
from rabta.desk.wall import history
from rabta.desk.wall.base import Guarded
from rabta.desk.wall.scope import visible_to


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One field before and after, in words; ``by`` is empty for the machine."""

    at: datetime
    by: str
    event: Any
    field: Any
    before: str
    after: str


def case_history(actor: Actor, case: Case) -> tuple[ChangeLine, ...]:
    """The changes of a case, the latest first. Raises Refused below FULL."""
    return _lines(Case, history.of(case))


def person_history(actor: Actor, person: Person) -> tuple[ChangeLine, ...]:
    """The changes of a person and of what identifies them, the latest first, withdrawn ones too.

    Raises Refused below FULL.
    """
    lines = list(_lines(Person, history.of(person)))
    rows = list(visible_to(ParticularRow, actor, at_least=Level.FULL).filter(person_id=person.pk))
    changes = history.of_many(rows)
    names = names_of(
        {row.created_by_id for row in rows}
        | {change.user for found in changes.values() for change in found}
    )
    for row in rows:
        detail = row.opened()
        text = detail.text or (date_in_words(detail.date) if detail.date else "")
        label = labels.PARTICULAR[detail.kind]
        lines.append(
            ChangeLine(
                at=row.created_at,
                by=names.get(row.created_by_id, ""),
                event=gettext("Entered"),
                field=label,
                before="",
                after=text,
            )
        )
        for change in changes[row.pk]:
            gone = bool(change.after)
            lines.append(
                ChangeLine(
                    at=change.at,
                    by=names.get(change.user, ""),
                    event=gettext("Withdrawn") if gone else gettext("Brought back"),
                    field=label,
                    before=text if gone else "",
                    after="" if gone else text,
                )
            )
    return tuple(sorted(lines, key=lambda line: line.at, reverse=True))


def _lines(model: type[Guarded], changes: Iterable[history.Change]) -> tuple[ChangeLine, ...]:
    classes = model.field_classes()
    told = [
        change
        for change in changes
        if classes.get(change.field.removesuffix("_id"), classes.get(change.field))
        is not FieldClass.INTERNAL
    ]
    names = names_of({change.user for change in told})
    unit_ids = {
        value
        for change in told
        if change.field == "unit_id"
        for value in (change.before, change.after)
    }
    units = {unit: found.name for unit, found in units_named(unit_ids).items()} if unit_ids else {}
    return tuple(
        ChangeLine(
            at=change.at,
            by=names.get(change.user, ""),
            event=labels.EVENT.get(change.event, change.event),
            field=labels.FIELD.get(change.field, change.field),
            before=_said(change.field, change.before, units),
            after=_said(change.field, change.after, units),
        )
        for change in told
    )


def _said(field: str, value: Any, units: dict[int, str]) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if field == "unit_id":
        return units.get(value, "")
    if field == "nationalities":
        return ", ".join(country_name(code) for code in str(value).split())
    if isinstance(value, date):
        return value.isoformat()
    return str(labels.word(labels.LISTS.get(field, {}), value))


def country_name(code: str) -> str:
    """The name of a country by its code, in the reader's language; the code where there is none."""
    found = countries().get(code)
    if found is None:
        return code
    return found.urdu if get_language() == "ur" else found.name
