"""The forms of a case: its fields, a note, its team, closing it."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rabta.core.words.dates import PartialDate
from rabta.core.words.vocabulary import CaseKind, Role
from rabta.desk.accounts.selectors.staff import Colleague
from rabta.desk.cases import labels
from rabta.desk.cases.forms.fields import MarkingForm, marking_initial, options, read_day
from rabta.desk.cases.services.cases import LONGEST_NOTE, CaseEntry

DATES = ("registered", "occurred")


class CaseForm(MarkingForm):
    """The fields of a case. ``stored`` is the case as it was read, where there is one."""

    kind = forms.ChoiceField(
        label=labels.FIELD["kind"],
        error_messages={"required": _("Choose what the case is about.")},
    )
    unit = forms.TypedChoiceField(label=labels.FIELD["unit"], coerce=int)
    fir_number = forms.CharField(label=labels.FIELD["fir_number"], max_length=64, required=False)
    enquiry_number = forms.CharField(
        label=labels.FIELD["enquiry_number"], max_length=64, required=False
    )
    station = forms.CharField(label=labels.FIELD["station"], max_length=128, required=False)
    place = forms.CharField(label=labels.FIELD["place"], max_length=256, required=False)
    registered = forms.CharField(
        label=labels.FIELD["registered"],
        max_length=64,
        required=False,
        help_text=_("As written: 17.3.2026, March 2026, 2026, 26 Ramzan 1447 AH."),
    )
    occurred = forms.CharField(
        label=labels.FIELD["occurred"],
        max_length=64,
        required=False,
        help_text=_("A day, a month, a year, or from one to another."),
    )
    sealed = forms.BooleanField(
        label=_("Seal this case from the first"),
        required=False,
        help_text=_("Nobody but its team will know that it is there: no superior, no steward."),
    )

    def __init__(
        self,
        *args: Any,
        units: tuple[tuple[str, str], ...],
        stored: CaseEntry | None = None,
        may_seal: bool = False,
        publishes: bool = False,
        **kwargs: Any,
    ):
        self.stored = stored
        initial = _initial(stored) if stored else {}
        super().__init__(*args, initial={**initial, **kwargs.pop("initial", {})}, **kwargs)
        kept = stored is not None and stored.kind is CaseKind.LIST
        left_out = () if publishes or kept else (CaseKind.LIST,)
        choices = options(labels.KIND, *left_out)
        self.fields["kind"].choices = choices if stored else [("", _("Choose")), *choices]  # type: ignore[attr-defined]
        self.fields["unit"].choices = units  # type: ignore[attr-defined]
        if stored or not may_seal:
            del self.fields["sealed"]

    def clean_registered(self) -> PartialDate | None:
        return self._day("registered")

    def clean_occurred(self) -> PartialDate | None:
        return self._day("occurred")

    def entry(self) -> CaseEntry:
        """What was sent, once it is valid."""
        said = self.cleaned_data
        return CaseEntry(
            kind=CaseKind(said["kind"]),
            unit=said["unit"],
            fir_number=said["fir_number"],
            enquiry_number=said["enquiry_number"],
            station=said["station"],
            place=said["place"],
            registered=said["registered"],
            occurred=said["occurred"],
            marking=said["marking"],
        )

    def _day(self, name: str) -> PartialDate | None:
        text = self.cleaned_data[name]
        before = getattr(self.stored, name) if self.stored else None
        # What nobody touched is not read anew: its calendar may have been known elsewhere.
        if before is not None and text == _shown(before):
            return before  # type: ignore[no-any-return]
        return read_day(text, label=self.fields[name].label) if text else None


class NoteForm(MarkingForm):
    """A note in a case."""

    text = forms.CharField(
        label=_("Note"),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=LONGEST_NOTE,
        error_messages={"required": _("Write the note.")},
    )


class CloseForm(forms.Form):
    """The day on which a case is closed."""

    closed_on = forms.CharField(
        label=labels.FIELD["closed_on"],
        max_length=64,
        error_messages={"required": _("Give the day on which the case is closed.")},
    )

    def clean_closed_on(self) -> Any:
        when = read_day(self.cleaned_data["closed_on"], label=self.fields["closed_on"].label)
        if not when.exact:
            raise forms.ValidationError(_("Give one day."))
        return when.earliest

    @classmethod
    def fresh(cls) -> "CloseForm":
        """The form with today in it."""
        return cls(initial={"closed_on": timezone.localdate().isoformat()})


class MemberForm(forms.Form):
    """Somebody to be named in a case."""

    user = forms.ChoiceField(
        label=_("Colleague"), error_messages={"required": _("Choose a colleague.")}
    )
    lead = forms.BooleanField(label=_("Leads the case"), required=False)
    owner = forms.BooleanField(
        label=_("Owner"),
        required=False,
        help_text=_("Decides who is named, and may seal the case or take the seal off."),
    )

    def __init__(self, *args: Any, colleagues: tuple[Colleague, ...], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.ids = {str(each.public_id): each.user for each in colleagues}
        self.fields["user"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose")),
            *((str(each.public_id), f"{each.name} · {each.unit}") for each in colleagues),
        ]


class RoleForm(forms.Form):
    """A role to be given to a person in a case."""

    case = forms.UUIDField()
    role = forms.ChoiceField(label=_("Role"), choices=options(labels.ROLE, Role.LISTED))


def _initial(stored: CaseEntry) -> dict[str, Any]:
    return {
        "kind": str(stored.kind),
        "unit": str(stored.unit),
        "fir_number": stored.fir_number,
        "enquiry_number": stored.enquiry_number,
        "station": stored.station,
        "place": stored.place,
        **{name: _shown(getattr(stored, name)) for name in DATES},
        **marking_initial(stored.marking),
    }


def _shown(when: PartialDate | None) -> str:
    return (when.text or when.show()) if when else ""
