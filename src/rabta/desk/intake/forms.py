"""What is asked for on the way in: the file, how its columns are read, a mended row."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rabta.core.errors import RabtaError, fill
from rabta.core.words.vocabulary import Calendar, CaseKind, Role
from rabta.desk.cases import labels as cases
from rabta.desk.intake import labels, reading, reports
from rabta.desk.intake.reading.register.fields import DATES, MONTH_FIRST
from rabta.desk.intake.rules import KINDS, LISTS
from rabta.desk.intake.storing import LARGEST

CONSTANTS = {"kind": CaseKind, "role": Role}
"""What may be one word for a whole file, and the list it is chosen from."""


def said(error: RabtaError) -> str:
    """An error as the sentence beside a field: what is wrong, what to do."""
    facts = reports.translated({name: str(value) for name, value in error.facts.items()})
    message = fill(gettext(error.template), facts)
    return f"{message} {fill(gettext(error.remedy_template), facts)}".strip()


class NewLoadForm(forms.Form):
    """Which file of a kind, whose. Of a list: its publisher, or one that is made with it."""

    kind = forms.ChoiceField(
        label=_("What is it?"), choices=[(kind, kind) for kind in KINDS], widget=forms.HiddenInput
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_("It is kept encrypted until it is loaded, then removed."),
        allow_empty_file=True,
        error_messages={"required": _("Choose a file.")},
    )
    companion = forms.FileField(
        label=_("File of its a.k.a. names"),
        # The SDN list comes in two files; without the second its aliases would be withdrawn.
        error_messages={"required": _("Choose the a.k.a. file of the list too.")},
        help_text=_("The file alt.csv, published beside the list."),
        allow_empty_file=True,
    )
    agency = forms.ChoiceField(
        label=_("Whose records are these?"),
        error_messages={"required": _("Choose whose records these are.")},
    )
    new_code = forms.CharField(
        label=_("Code of a new publisher"),
        help_text=_("Only where the publisher is not in the list above; for instance UN."),
        max_length=32,
        required=False,
        validators=[
            RegexValidator(
                r"^[\w./-]+\Z", _("A code has letters, digits, dashes, dots and slashes only.")
            )
        ],
        widget=forms.TextInput({"dir": "ltr"}),
    )
    new_name = forms.CharField(label=_("Its name"), max_length=128, required=False)

    def __init__(
        self,
        *args: Any,
        kind: str,
        agencies: Sequence[tuple[str, str]],
        making: bool,
        **kwargs: Any,
    ):
        super().__init__(*args, **kwargs)
        self.fields["kind"].initial = kind
        choices = list(agencies)
        if kind != "ofac":
            del self.fields["companion"]
        if kind in LISTS:
            # None is chosen beforehand: a list of one publisher must not become another's.
            choices.insert(0, ("", _("– choose its publisher –")))
            self.fields["agency"].label = _("Who publishes the list?")
            self.fields["agency"].required = not making
        if not making:
            del self.fields["new_code"], self.fields["new_name"]
        self.fields["agency"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A file fits in here; a publisher is chosen or made, with code and name."""
        cleaned = super().clean() or self.cleaned_data
        if "new_code" in self.fields:
            self._publisher(cleaned)
        for name in ("file", "companion"):
            found = cleaned.get(name)
            if found is not None and found.size > LARGEST:
                words = gettext("The file is larger than %(most)s MB. Load it by the command line.")
                self.add_error(name, words % {"most": LARGEST >> 20})
        return cleaned

    def _publisher(self, cleaned: Mapping[str, Any]) -> None:
        chosen, code = cleaned.get("agency"), cleaned.get("new_code")
        if self.errors.keys() & {"agency", "new_code"}:
            return
        if not chosen and not code:
            self.add_error("agency", _("Choose the publisher, or give the code of a new one."))
        elif chosen and code:
            self.add_error("new_code", _("A publisher is chosen above already: one of the two."))
        elif code and not cleaned.get("new_name"):
            self.add_error("new_name", _("Give the name of the new publisher."))


class OpenChoice(forms.ChoiceField):
    """A choice that may be left empty, and is not called optional: empty is an answer too."""

    def validate(self, value: Any) -> None:
        """An empty answer is one."""
        if value:
            super().validate(value)


class OpenText(forms.CharField):
    """A text that may be left empty, and is not called optional."""

    def validate(self, value: Any) -> None:
        """What is missing is said by the reader, who knows what a row needs."""


def targets() -> list[Any]:
    """What a column may be mapped to: fields, and the dates by calendar."""
    plain = [(name, labels.FIELD[name]) for name in reading.FIELDS]
    dated = []
    for field in reading.FIELDS:
        if field in DATES:
            ways = [f"{field}:{calendar}" for calendar in Calendar]
            group = [(way, labels.target(way)) for way in (*ways, f"{field}:{MONTH_FIRST}")]
            dated.append((_named_calendar(field), group))
    return [("", _("– not loaded –")), *plain, *dated]


def _named_calendar(field: str) -> str:
    return gettext("%(field)s, if it names no calendar") % {"field": labels.FIELD[field]}


class MapForm(forms.Form):
    """How the columns of a register are read; a select a column, and what no column says."""

    use_required_attribute = False

    def __init__(
        self, *args: Any, headers: reading.Headers, proposed: Mapping[str, str], **kwargs: Any
    ):
        super().__init__(*args, **kwargs)
        self.columns = {
            f"column_{number}": column
            for number, column in enumerate(headers.columns)
            if not column.name.startswith("=")  # it would be read as a constant
        }
        if not headers.known:
            self.fields["header"] = _header_field(headers.row)
        choices = targets()
        for field, column in self.columns.items():
            self.fields[field] = OpenChoice(
                label=format_html("<bdi>{}</bdi>", column.name),
                choices=choices,
                initial=proposed.get(column.name, ""),
                # Each in its own direction, or the samples of an Urdu column change places.
                help_text=format_html_join(
                    " · ", "<bdi>{}</bdi>", ((sample[:60],) for sample in column.samples)
                ),
            )
        for name, words in CONSTANTS.items():
            said = (word[1:] for word, to in proposed.items() if word[:1] == "=" and to == name)
            self.fields[f"constant_{name}"] = OpenChoice(
                label=_constant_label(name),
                choices=[("", _("– a column says it –")), *_words(name, words)],
                initial=next(said, ""),
            )

    @property
    def header_field(self) -> forms.BoundField | None:
        """The tick that says that the row is a header, where nothing else says so."""
        return self["header"] if "header" in self.fields else None

    @property
    def column_fields(self) -> Iterator[forms.BoundField]:
        """The selects of the columns."""
        return (self[name] for name in self.columns)

    @property
    def constant_fields(self) -> Iterator[forms.BoundField]:
        """The selects of what holds for every row."""
        return (self[f"constant_{name}"] for name in CONSTANTS)

    def mapping(self) -> dict[str, str]:
        """The mapping as readers take it: heading → field or nothing, “=word” → field."""
        chosen = {
            column.name: self.cleaned_data.get(name, "") for name, column in self.columns.items()
        }
        constants = {
            f"={self.cleaned_data[f'constant_{name}']}": name
            for name in CONSTANTS
            if self.cleaned_data.get(f"constant_{name}")
        }
        return chosen | constants

    def clean(self) -> dict[str, Any]:
        """A field that only one column can fill is chosen once; who, which case, what role."""
        cleaned = super().clean() or self.cleaned_data
        taken: dict[str, str] = {}
        for name in self.columns:
            field = reading.field_of(cleaned.get(name, ""))
            if field and field not in reading.MANY and field in taken:
                words = gettext("“%(field)s” is chosen for “%(other)s” already; only one can be.")
                other = self.columns[taken[field]].name
                self.add_error(name, words % {"field": labels.FIELD[field], "other": other})
            taken.setdefault(field, name)
        for name in CONSTANTS:
            if name in taken and cleaned.get(f"constant_{name}"):
                self.add_error(
                    f"constant_{name}", _("A column says it already: choose one of the two.")
                )
        self._enough(taken, cleaned)
        return cleaned

    def _enough(self, taken: Mapping[str, str], cleaned: Mapping[str, Any]) -> None:
        if not taken.keys() & {"name", "alias", "cnic", "passport"}:
            self.add_error(None, _("Choose the column that says who the person is: a name."))
        if not taken.keys() & {"case_key", "fir_number", "enquiry_number"}:
            self.add_error(None, _("Choose the column that says which case it is: its number."))
        if "role" not in taken and not cleaned.get("constant_role"):
            self.add_error("constant_role", _("No column says the role: choose one for all rows."))


def _header_field(row: int) -> forms.Field:
    """A row of which no word is known may be a record: the reader of the file says what it is."""
    record = _(
        "If it is a record already: write the names of the columns above it in the file, save it"
        " and bring it in again."
    )
    return forms.BooleanField(
        label=gettext("Row %(row)s holds the names of the columns and is no record.")
        % {"row": row},
        help_text=record,
        error_messages={
            "required": _("No known name of a column stands in this row: say that it is a header.")
        },
    )


def _constant_label(name: str) -> Any:
    return {"kind": _("Kind of every case"), "role": _("Role of every person")}[name]


def _words(name: str, words: Any) -> list[tuple[str, Any]]:
    shown: Mapping[Any, Any] = {"kind": cases.KIND, "role": cases.ROLE}[name]
    return [(str(word), shown[word]) for word in words if word not in {CaseKind.LIST, Role.LISTED}]


class MendForm(forms.Form):
    """The fields of a refused row, as they came."""

    use_required_attribute = False

    def __init__(self, *args: Any, refusal: reports.Refusal, hidden: frozenset[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.names: dict[str, str] = {}
        shown = [name for name in refusal.fields if name not in hidden]
        if refusal.field and not any(reading.field_of(n) == refusal.field for n in shown):
            shown.insert(0, refusal.field)
        for number, name in enumerate(shown):
            field = f"value_{number}"
            self.names[field] = name
            self.fields[field] = _mended_field(name, refusal.fields.get(name, ""))

    def values(self) -> dict[str, str]:
        """The mended values under the names the reader kept them."""
        return {name: self.cleaned_data.get(field, "") for field, name in self.names.items()}

    def refuse(self, refusal: reports.Refusal) -> None:
        """Put what is still wrong beside its field."""
        at = next((f for f, n in self.names.items() if reading.field_of(n) == refusal.field), None)
        self.add_error(at, f"{refusal.message} {refusal.remedy}".strip())


def _mended_field(name: str, text: str) -> forms.Field:
    """A field of a row: of closed words a list to choose from, what stands there among them."""
    label = labels.target(name)
    if name in CONSTANTS:
        words = _words(name, CONSTANTS[name])
        there = [] if text in {value for value, _label in words} else [(text, text or "–")]
        return OpenChoice(label=label, initial=text, choices=[*there, *words])
    return OpenText(
        label=label,
        initial=text,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}) if "\n" in text else forms.TextInput,
    )
