"""What a reviewer sends: which line, and what they say of it."""

from django import forms

from rabta.desk.audit.rules import Said, Why


class VerdictForm(forms.Form):
    """A line of the review and its verdict."""

    entry = forms.IntegerField(min_value=1)
    why = forms.TypedChoiceField(choices=[(w.value, w.value) for w in Why], coerce=Why)
    said = forms.TypedChoiceField(choices=[(s.value, s.value) for s in Said], coerce=Said)
