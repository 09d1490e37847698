"""The filters of the list of cases, from its address."""

from django import forms
from django.utils.translation import gettext_lazy as _

from rabta.desk.cases import labels
from rabta.desk.cases.forms.fields import options
from rabta.desk.cases.selectors.lists import CLOSED, OPEN


class Filter(forms.Form):
    """Which cases are listed. What is not understood filters nothing."""

    kind = forms.ChoiceField(
        label=labels.FIELD["kind"],
        required=False,
        choices=[("", _("All kinds")), *options(labels.KIND)],
    )
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("", _("Open and closed")), (OPEN, _("Open")), (CLOSED, _("Closed"))],
    )
    own_unit = forms.BooleanField(label=_("My units only"), required=False)
    before = forms.UUIDField(required=False, widget=forms.HiddenInput)
    after = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def asked(self) -> dict[str, object]:
        """What is asked for, as ``case_list`` takes it."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
