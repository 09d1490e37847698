"""What the pages of this room are asked: a filter, a verdict, a text to look up and its case."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rabta.core.words.vocabulary import CaseKind, Verdict
from rabta.desk.cases.labels import KIND
from rabta.desk.matching import labels
from rabta.desk.matching.look_up import LONGEST, CaseHit

NO_CASE = _("Choose the case this look-up serves, or type its number.")
AGENCIES, OWN = "agencies", "own"


class Filter(forms.Form):
    """Which links are listed. What is not understood filters nothing."""

    strength = forms.ChoiceField(
        label=_("Strength"),
        required=False,
        choices=[("", _("All")), *((str(word), label) for word, label in labels.STRENGTH.items())],
    )
    between = forms.ChoiceField(
        label=_("Between"),
        required=False,
        choices=[
            ("", _("All records")),
            (AGENCIES, _("Records of two agencies")),
            (OWN, _("Records of one agency")),
        ],
    )
    before = forms.UUIDField(required=False, widget=forms.HiddenInput)
    after = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def asked(self) -> dict[str, object]:
        """What is asked for, as ``link_list`` takes it."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def kept(self) -> dict[str, str]:
        """The choice without the place in the list, as ``next_after`` takes it."""
        asked = self.asked()
        return {name: str(asked[name]) for name in ("strength", "between") if name in asked}


class VerdictForm(forms.Form):
    """A verdict, and the version of the proposal that the judge looked at."""

    verdict = forms.ChoiceField(choices=[(str(word), word) for word in Verdict])
    version = forms.IntegerField(min_value=1)


class LookUpForm(forms.Form):
    """A text, and the open case it serves: one that is offered, or another by its number."""

    q = forms.CharField(
        label=_("Name, CNIC, phone, passport, plate or case number"),
        help_text=_("As you hear it, in any script or spelling."),
        max_length=LONGEST,
        error_messages={"required": _("Type a name, a number or a plate.")},
        widget=forms.TextInput(
            attrs={"type": "search", "autocomplete": "off", "spellcheck": "false"}
        ),
    )
    case = forms.CharField(
        label=_("The open case this serves"),
        help_text=_("Every look-up is noted with its case."),
        error_messages={"required": NO_CASE},
        widget=forms.Select,
    )
    number = forms.CharField(
        label=_("Number of another case"),
        required=False,
        max_length=64,
        error_messages={"required": NO_CASE},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        cases: Sequence[CaseHit],
        cut: bool,
        last: str = "",
        text: str = "",
        focus: str = "",
    ):
        """``cases`` are offered, ``cut`` short or whole; ``last`` is chosen beforehand.

        ``focus``: the field that has the focus when the page opens.
        """
        ids = [str(case.public_id) for case in cases]
        chosen = last if last in ids else ""
        super().__init__(data, initial={"q": text, "case": chosen})
        self.cut = cut
        said = [f"{case.number} · {KIND[CaseKind(case.kind)]}" for case in cases]
        nothing = [] if chosen else [("", _("Choose a case"))]
        # The number stands for the choice; without a list it is the only way to say the case.
        self.fields["case"].required = not (data and data.get("number", "").strip())
        if cases:
            self.fields["case"].widget.choices = [*nothing, *zip(ids, said, strict=True)]
            self.fields["number"].help_text = _("Typed here, it is taken instead of the list.")
        else:
            del self.fields["case"]
            self.fields["number"].label = _("Number of the open case this serves")
            self.fields["number"].help_text = _("Every look-up is noted with its case.")
            self.fields["number"].required = not (data and data.get("case", "").strip())
        at = focus if focus in self.fields else "number" if focus else ""
        if at:
            self.fields[at].widget.attrs["autofocus"] = True

    @property
    def said(self) -> str:
        """What names the case: its number where one was typed, else the choice."""
        return self.cleaned_data["number"] or self.data.get("case", "")
