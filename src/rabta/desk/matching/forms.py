"""What the pages of links are asked: a filter, a verdict."""

from django import forms
from django.utils.translation import gettext_lazy as _

from rabta.core.words.vocabulary import Verdict
from rabta.desk.matching import labels

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


class VerdictForm(forms.Form):
    """A verdict, and the version of the proposal that the judge looked at."""

    verdict = forms.ChoiceField(choices=[(str(word), word) for word in Verdict])
    version = forms.IntegerField(min_value=1)
