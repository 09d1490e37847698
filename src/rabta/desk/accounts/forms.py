"""Forms of this room: they read what was typed and decide nothing."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rabta.core.access.levels import Level
from rabta.core.errors import RabtaError, fill
from rabta.desk.accounts import labels
from rabta.desk.accounts.models import Agency, Posting, Unit
from rabta.desk.accounts.rules import UnitKind

FIRST = ("", _("Choose"))


def tell(form: forms.Form, error: RabtaError, *, field: str | None = None) -> None:
    """Put an error of a service on a form, in the reader's language, with its remedy."""
    said = fill(gettext(error.template), error.facts)
    form.add_error(field, f"{said} {fill(gettext(error.remedy_template), error.facts)}")


class Day(forms.DateField):
    """A day, by the browser's own calendar or typed as 2026-11-21."""

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("initial", timezone.localdate)
        kwargs.setdefault("input_formats", ["%Y-%m-%d"])
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(widget=widget, **kwargs)


class Secret(forms.CharField):
    """A passphrase: pasting and password managers are welcome, spaces are kept."""

    def __init__(self, *, fresh: bool = False, show: bool = False, **kwargs: Any):
        attrs = {
            "autocomplete": "new-password" if fresh else "current-password",
            "autocapitalize": "none",
            "autocorrect": "off",
            "spellcheck": "false",
        }
        widget = forms.TextInput(attrs) if show else forms.PasswordInput(attrs)
        super().__init__(widget=widget, strip=False, max_length=256, **kwargs)


class SignInForm(forms.Form):
    """Login and passphrase. With ``show`` the passphrase can be read while it is typed."""

    login = forms.CharField(
        label=_("Login"),
        max_length=64,
        widget=forms.TextInput(
            {
                "autocomplete": "username",
                "autocapitalize": "none",
                "spellcheck": "false",
                "dir": "ltr",
            }
        ),
    )

    def __init__(self, *args: Any, show: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["passphrase"] = Secret(label=_("Passphrase"), show=show)
        if show:
            # What was typed is never sent back in a page.
            self.fields["passphrase"].widget.format_value = lambda value: None  # type: ignore[attr-defined]


class CodeForm(forms.Form):
    """A code of the second factor."""

    code = forms.CharField(
        label=_("Code"),
        help_text=_("Six digits from the app on your telephone, or one of your printed codes."),
        max_length=32,
        widget=forms.TextInput(
            {
                "autocomplete": "one-time-code",
                "autocapitalize": "none",
                "spellcheck": "false",
                "dir": "ltr",
            }
        ),
    )


class NewPassphraseForm(forms.Form):
    """A passphrase to be set, typed twice."""

    passphrase = Secret(
        label=_("New passphrase"),
        fresh=True,
        help_text=_("At least 12 characters. Four unrelated words are good and easy to type."),
    )
    again = Secret(label=_("The new passphrase again"), fresh=True)

    def clean(self) -> dict[str, Any] | None:
        said = super().clean() or {}
        if said.get("passphrase") and said.get("again") and said["passphrase"] != said["again"]:
            self.add_error("again", _("The two are not the same. Type both again."))
        return said


class OwnPassphraseForm(NewPassphraseForm):
    """The same for somebody signed in, who shows first that it is them."""

    now = Secret(label=_("Your passphrase now"))
    field_order = ("now", "passphrase", "again")


class ConfirmForm(forms.Form):
    """The passphrase once more, before something grave."""

    now = Secret(label=_("Your passphrase"))


class DutyForm(forms.Form):
    """One of one's own postings."""

    posting = forms.ChoiceField(label=_("In which duty do you work now?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, held: Iterable[Posting], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["posting"].choices = [  # type: ignore[attr-defined]
            (str(p.public_id), f"{labels.duty_label(p.duty)} · {p.unit} · {p.unit.agency}")
            for p in held
        ]


def _units(units: Iterable[Unit]) -> list[tuple[str, Any]]:
    return [(str(unit.public_id), f"{unit} ({unit.code})") for unit in units]


class UnitForm(forms.Form):
    """A unit to be opened."""

    code = forms.CharField(label=_("Code"), max_length=32, widget=forms.TextInput({"dir": "ltr"}))
    name = forms.CharField(label=_("Name in English"), max_length=120)
    name_ur = forms.CharField(label=_("Name in Urdu"), max_length=120, required=False)
    kind = forms.ChoiceField(label=_("Kind"))
    parent = forms.ChoiceField(label=_("Stands under"), required=False)
    opened = Day(label=_("Opens on"))
    phone = forms.CharField(label=_("Telephone of the desk"), max_length=32, required=False)

    def __init__(self, *args: Any, units: Iterable[Unit], **kwargs: Any):
        super().__init__(*args, **kwargs)
        kinds = [(kind.value, labels.UNIT_KINDS[kind]) for kind in UnitKind]
        self.fields["kind"].choices = [FIRST, *kinds]  # type: ignore[attr-defined]
        self.fields["parent"].choices = [  # type: ignore[attr-defined]
            ("", _("No other unit: at the top")),
            *_units(units),
        ]

    @property
    def names(self) -> dict[str, str]:
        """The names as they are kept."""
        return {"en": self.cleaned_data["name"], "ur": self.cleaned_data["name_ur"]}


class PersonForm(forms.Form):
    """A person to be given a sign-in and posted."""

    login = forms.CharField(label=_("Login"), max_length=64, widget=forms.TextInput({"dir": "ltr"}))
    name = forms.CharField(label=_("Name"), max_length=128)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    unit = forms.ChoiceField(label=_("Unit"))
    duty = forms.ChoiceField(label=_("Duty"))
    valid_from = Day(label=_("From"))

    def __init__(self, *args: Any, units: Iterable[Unit], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [FIRST, *_units(units)]  # type: ignore[attr-defined]
        self.fields["duty"].choices = [FIRST, *_duties()]  # type: ignore[attr-defined]


class PostForm(forms.Form):
    """Somebody who has a sign-in, to be posted at a unit."""

    login = forms.CharField(label=_("Login"), max_length=64, widget=forms.TextInput({"dir": "ltr"}))
    duty = forms.ChoiceField(label=_("Duty"))
    valid_from = Day(label=_("From"))
    valid_to = Day(
        label=_("Until"),
        required=False,
        initial=None,
        help_text=_("The first day on which the posting is over."),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["duty"].choices = [FIRST, *_duties()]  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """The day on which something ends."""

    on = Day(label=_("Ends on"), help_text=_("From this day it opens nothing any more."))


class MoveForm(forms.Form):
    """Another place in the tree, from a day on."""

    parent = forms.ChoiceField(label=_("Stands under"), required=False)
    on = Day(label=_("From"))

    def __init__(self, *args: Any, units: Iterable[Unit], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["parent"].choices = [  # type: ignore[attr-defined]
            ("", _("No other unit: at the top")),
            *_units(units),
        ]


class CloseForm(forms.Form):
    """The day a unit closes, and which one takes over."""

    on = Day(label=_("Closes on"))
    successor = forms.ChoiceField(
        label=_("Merged into"),
        required=False,
        help_text=_("Its postings go on there, and its records are seen from there."),
    )

    def __init__(self, *args: Any, units: Iterable[Unit], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["successor"].choices = [  # type: ignore[attr-defined]
            ("", _("No other unit: it ends")),
            *_units(units),
        ]


class AllowanceForm(forms.Form):
    """What an agency lets another see."""

    recipient = forms.ChoiceField(label=_("Which agency may see"))
    level = forms.TypedChoiceField(
        label=_("To what extent"), coerce=lambda value: Level(int(value)), widget=forms.RadioSelect
    )
    basis = forms.CharField(
        label=_("What allows it"),
        max_length=256,
        help_text=_("A law, an agreement, a letter with its number and date."),
    )
    valid_from = Day(label=_("From"))
    valid_to = Day(label=_("Until"), required=False, initial=None)

    def __init__(self, *args: Any, agencies: Iterable[Agency], **kwargs: Any):
        super().__init__(*args, **kwargs)
        others = [(str(agency.public_id), str(agency)) for agency in agencies]
        self.fields["recipient"].choices = [FIRST, *others]  # type: ignore[attr-defined]
        self.fields["level"].choices = [  # type: ignore[attr-defined]
            (str(int(level)), labels.LEVELS[level]) for level in Level if level
        ]


class OnboardForm(forms.Form):
    """An agency with its units and people, in tables that can be pasted from a sheet."""

    code = forms.CharField(
        label=_("Code of the agency"), max_length=32, widget=forms.TextInput({"dir": "ltr"})
    )
    name = forms.CharField(label=_("Name in English"), max_length=120)
    name_ur = forms.CharField(label=_("Name in Urdu"), max_length=120, required=False)
    kind = forms.ChoiceField(label=_("Kind"))
    country = forms.CharField(
        label=_("Country"),
        max_length=2,
        initial="PK",
        help_text=_("Two letters."),
        widget=forms.TextInput({"dir": "ltr"}),
    )
    phone = forms.CharField(label=_("Telephone of the desk"), max_length=32, required=False)
    opened = Day(label=_("From"))
    units = forms.CharField(
        label=_("Units, one a line"),
        required=False,
        strip=False,
        help_text=_(
            "Code, kind, under which unit, name, name in Urdu, telephone: parted by commas or"
            " tabs. Kinds: headquarters, zone, circle, post, station, desk."
        ),
        widget=forms.Textarea({"rows": 8, "spellcheck": "false"}),
    )
    people = forms.CharField(
        label=_("People, one a line"),
        required=False,
        strip=False,
        help_text=_(
            "Login, name, code of the unit, duty, language: parted by commas or tabs."
            " Duties: clerk, investigator, help_desk, supervisor, prosecutor, liaison, analyst,"
            " case_worker, programme, observer, steward."
        ),
        widget=forms.Textarea({"rows": 8, "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        kinds = [(kind.value, label) for kind, label in labels.AGENCY_KINDS.items()]
        self.fields["kind"].choices = [FIRST, *kinds]  # type: ignore[attr-defined]


def _duties() -> list[tuple[str, Any]]:
    return [(duty.value, label) for duty, label in labels.DUTIES.items()]
