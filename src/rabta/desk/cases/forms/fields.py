"""What the forms of this room share: grades and handling codes, dates as they are written."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rabta.core.errors import BadValue, RabtaError, fill
from rabta.core.words.dates import PartialDate, read_date
from rabta.desk.cases import labels
from rabta.desk.cases.rules import Marking


def options(words: dict[Any, Any], *leave_out: Any) -> list[tuple[str, Any]]:
    """A closed list as the choices of a field."""
    return [(str(value), label) for value, label in words.items() if value not in leave_out]


def said(error: RabtaError) -> str:
    """An error of the house as the sentence beside a field: what is wrong, what to do."""
    message = fill(gettext(error.template), error.facts)
    remedy = fill(gettext(error.remedy_template), error.facts)
    return f"{message} {remedy}".strip()


def read_day(text: str, *, label: Any) -> PartialDate:
    """A date in the past, as written. Raises ValidationError with what to do about it."""
    try:
        return read_date(text, today=timezone.localdate(), field=str(label))
    except BadValue as error:
        raise ValidationError(said(error)) from None


class MarkingForm(forms.Form):
    """The fields every item carries: grade (4×4) and handling code."""

    source_grade = forms.ChoiceField(
        label=labels.FIELD["source_grade"], choices=options(labels.SOURCE_GRADE), initial="X"
    )
    information_grade = forms.ChoiceField(
        label=labels.FIELD["information_grade"],
        choices=options(labels.INFORMATION_GRADE),
        initial="4",
    )
    handling = forms.ChoiceField(
        label=labels.FIELD["handling"], choices=options(labels.HANDLING), initial="H0"
    )
    handling_text = forms.CharField(
        label=labels.FIELD["handling_text"],
        max_length=256,
        required=False,
        help_text=_("What may not be done with it. H3 needs it."),
    )

    marking_fields = ("source_grade", "information_grade", "handling", "handling_text")

    @property
    def markings(self) -> list[forms.BoundField]:
        """The fields of grade and handling, for the page to draw together."""
        return [self[name] for name in self.marking_fields]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if all(name in cleaned for name in self.marking_fields):
            try:
                cleaned["marking"] = Marking(
                    **{name: cleaned[name] for name in self.marking_fields}
                )
            except BadValue as error:
                self.add_error("handling_text", said(error))
        return cleaned

    def refuse(self, error: RabtaError) -> None:
        """Put what a service said beside the field it spoke of, or above the form."""
        field = error.facts.get("field")
        self.add_error(field if field in self.fields else None, said(error))


def marking_initial(marking: Marking) -> dict[str, str]:
    """A marking as what the form shows first."""
    return marking.fields()
