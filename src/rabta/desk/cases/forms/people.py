"""The form of a person: closed fields, and rows of what identifies them, as many as it takes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rabta.core.errors import BadValue
from rabta.core.words.countries import country_code
from rabta.core.words.dates import PartialDate, read_age, read_date
from rabta.core.words.incoming import IncomingParticular
from rabta.core.words.vocabulary import Particular, Role, Sex
from rabta.desk.cases import labels
from rabta.desk.cases.forms.fields import MarkingForm, marking_initial, options, said
from rabta.desk.cases.rules import Marking
from rabta.desk.cases.selectors.histories import country_name
from rabta.desk.cases.services.people import PersonEntry

MORE = 3
MOST_ROWS = 300


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that stand together, and the kinds a fresh form begins with."""

    name: str
    title: Any
    hint: Any
    kinds: tuple[Particular, ...]
    first: tuple[Particular, ...]


GROUPS = (
    Group(
        "names",
        _("Names"),
        _("In any script, as written; one spelling a row."),
        (Particular.NAME, Particular.FATHER_NAME, Particular.ALIAS),
        (Particular.NAME, Particular.FATHER_NAME, Particular.ALIAS),
    ),
    Group(
        "births",
        _("Birth"),
        _("A date as written, a year, or an age: 17.3.1998, 1998, about 35."),
        (Particular.BIRTH, Particular.BIRTH_PLACE),
        (Particular.BIRTH, Particular.BIRTH_PLACE),
    ),
    Group(
        "numbers",
        _("Documents and numbers"),
        _("One a row, as written."),
        (
            Particular.CNIC,
            Particular.PASSPORT,
            Particular.DOCUMENT,
            Particular.PHONE,
            Particular.ACCOUNT,
            Particular.VEHICLE,
        ),
        (Particular.CNIC, Particular.PASSPORT, Particular.PHONE),
    ),
    Group(
        "others",
        _("Addresses and remarks"),
        "",
        (Particular.ADDRESS, Particular.REMARK),
        (Particular.ADDRESS, Particular.REMARK),
    ),
)

Stored = Mapping[tuple[str, str], IncomingParticular]
"""Particulars as they were read, by kind and text: what nobody touched is kept with all it has."""


class Row(forms.Form):
    """One particular: its kind and what is written. An empty row says nothing."""

    kind = forms.ChoiceField(label=_("Kind"))
    text = forms.CharField(label=_("As written"), required=False, max_length=2000)

    def __init__(self, *args: Any, group: Group, stored: Stored, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.stored = stored
        words = {kind: labels.PARTICULAR[kind] for kind in group.kinds}
        self.fields["kind"].choices = options(words)  # type: ignore[attr-defined]
        # Rows stand under the title of their group: to the eye a label a row says nothing more.
        self.fields["kind"].widget.attrs["aria-label"] = _("%(group)s: kind") % {
            "group": group.title
        }
        self.fields["text"].widget.attrs |= {
            "aria-label": _("%(group)s: as written") % {"group": group.title},
            "dir": "auto",
        }

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if "kind" in cleaned and cleaned.get("text"):
            known = self.stored.get((cleaned["kind"], " ".join(cleaned["text"].split())))
            try:
                cleaned["particular"] = known or _particular(cleaned["kind"], cleaned["text"])
            except BadValue as error:
                self.add_error("text", said(error))
        return cleaned


Rows = formset_factory(Row, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS)


class PersonForm(MarkingForm):
    """The closed fields of a person; roles only where the person is entered in a case."""

    roles = forms.MultipleChoiceField(
        label=_("Role in this case"),
        choices=options(labels.ROLE, Role.LISTED),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Whoever may be a victim is protected at once. More than one may hold."),
        error_messages={"required": _("Choose at least one role.")},
    )
    sex = forms.ChoiceField(
        label=labels.FIELD["sex"], choices=options(labels.SEX), initial=str(Sex.UNKNOWN)
    )
    nationalities = forms.CharField(
        label=labels.FIELD["nationalities"],
        required=False,
        max_length=200,
        help_text=_("Countries by name or code, parted by semicolons: Pakistan; AF"),
    )
    link_consent = forms.BooleanField(
        label=_("Agrees that this record is matched with those of other agencies"),
        required=False,
        help_text=_("Without it a protected person enters no matching."),
    )

    def __init__(self, *args: Any, adding: bool, kept: tuple[str, ...] = (), **kwargs: Any):
        self.kept = kept
        super().__init__(*args, **kwargs)
        if not adding:
            del self.fields["roles"]

    def clean_nationalities(self) -> tuple[str, ...]:
        codes = []
        for part in re.split(r"[;؛،\n]", self.cleaned_data["nationalities"]):
            if part.strip():
                codes += self._codes(part.strip())
        return tuple(dict.fromkeys(codes))

    def _codes(self, text: str) -> list[str]:
        code = text if text in self.kept else country_code(text)
        if code:
            return [code]
        if "," in text:
            return [code for part in text.split(",") if part.strip() for code in self._codes(part)]
        raise ValidationError(
            _("“%(text)s” is no country we know. Write its name or its two letters."),
            params={"text": text},
        )


class PersonForms:
    """The form of a person as a whole: ``form`` and one set of rows a group."""

    def __init__(self, form: PersonForm, sets: list[tuple[Group, BaseFormSet]]):
        self.form = form
        self.sets = sets

    @classmethod
    def fresh(cls) -> "PersonForms":
        """Empty, for a person who is entered."""
        rows = {g.name: [{"kind": str(kind), "text": ""} for kind in g.first] for g in GROUPS}
        return cls(PersonForm(adding=True), _sets(rows, {}))

    @classmethod
    def of(cls, entry: PersonEntry, marking: Marking) -> "PersonForms":
        """As a person is stored, with an empty row in each group."""
        rows: dict[str, list[dict[str, str]]] = {group.name: [] for group in GROUPS}
        for particular in entry.particulars:
            row = {"kind": str(particular.kind), "text": _shown(particular)}
            rows[_group_of(particular.kind).name].append(row)
        for group in GROUPS:
            rows[group.name].append({"kind": str(group.first[-1]), "text": ""})
        initial = {
            "sex": str(entry.sex),
            "nationalities": "; ".join(country_name(code) for code in entry.nationalities),
            "link_consent": entry.link_consent,
            **marking_initial(marking),
        }
        return cls(PersonForm(adding=False, initial=initial), _sets(rows, _stored(entry)))

    @classmethod
    def sent(cls, data: Any, *, stored: PersonEntry | None = None) -> "PersonForms":
        """As a browser sent it; ``stored`` where the person is there already."""
        known = _stored(stored) if stored else {}
        sets = [(g, Rows(data, prefix=g.name, form_kwargs=_kwargs(g, known))) for g in GROUPS]
        kept = stored.nationalities if stored else ()
        return cls(PersonForm(data, adding=stored is None, kept=kept), sets)

    @classmethod
    def grown(cls, data: Any, *, more: str, adding: bool) -> "PersonForms":
        """As a browser sent it and not yet judged, with more empty rows in one group."""
        rows = {}
        for group in GROUPS:
            total = min(_whole(data.get(f"{group.name}-TOTAL_FORMS")), MOST_ROWS - MORE)
            rows[group.name] = [
                {
                    "kind": data.get(f"{group.name}-{at}-kind", ""),
                    "text": data.get(f"{group.name}-{at}-text", ""),
                }
                for at in range(total)
            ]
            if group.name == more:
                rows[more] += [{"kind": str(group.first[-1]), "text": ""}] * MORE
        form = PersonForm(adding=adding)
        form.initial = {
            name: data.getlist(name) if name == "roles" else data.get(name) for name in form.fields
        }
        return cls(form, _sets(rows, {}))

    @property
    def all(self) -> list[forms.Form]:
        """Every form, for the summary of faults."""
        return [self.form, *(row for _group, rows in self.sets for row in rows.forms)]

    def is_valid(self) -> bool:
        """Whether all of it can be read, and there is something to know the person by."""
        valid = all([self.form.is_valid(), *(rows.is_valid() for _group, rows in self.sets)])
        if valid and not self._particulars():
            self.form.add_error(
                None, _("Enter something to know this person by: a name, a number, a remark.")
            )
            valid = False
        return valid

    def entry(self) -> PersonEntry:
        """What was sent, once it is valid."""
        cleaned = self.form.cleaned_data
        return PersonEntry(
            particulars=self._particulars(),
            sex=Sex(cleaned["sex"]),
            nationalities=cleaned["nationalities"],
            link_consent=cleaned["link_consent"],
            roles=tuple(Role(role) for role in cleaned.get("roles", ())),
        )

    @property
    def marking(self) -> Marking:
        """Grade and handling as sent, once it is valid."""
        return self.form.cleaned_data["marking"]  # type: ignore[no-any-return]

    def _particulars(self) -> tuple[IncomingParticular, ...]:
        found = {}
        for _group, rows in self.sets:
            for row in rows.forms:
                particular = row.cleaned_data.get("particular")
                if particular is not None:
                    found[particular.kind, _shown(particular)] = particular
        return tuple(found.values())


def _sets(rows: dict[str, list[dict[str, str]]], stored: Stored) -> list[tuple[Group, BaseFormSet]]:
    return [
        (g, Rows(prefix=g.name, initial=rows[g.name], form_kwargs=_kwargs(g, stored)))
        for g in GROUPS
    ]


def _kwargs(group: Group, stored: Stored) -> dict[str, Any]:
    return {"group": group, "stored": stored}


def _stored(entry: PersonEntry) -> Stored:
    return {(str(each.kind), _shown(each)): each for each in entry.particulars}


def _particular(kind: str, text: str) -> IncomingParticular:
    if kind == Particular.BIRTH:
        return _birth(text)
    return IncomingParticular(Particular(kind), text)


def _birth(text: str) -> IncomingParticular:
    """A date of birth, or an age today. Raises BadValue of the date where it is neither."""
    today = timezone.localdate()
    field = str(labels.PARTICULAR[Particular.BIRTH])
    try:
        date = read_date(text, today=today, field=field)
        return IncomingParticular(Particular.BIRTH, text, date=date)
    except BadValue as no_date:
        try:
            date = read_age(text, on=PartialDate(today, today, ""), field=field)
        except BadValue:
            raise no_date from None
    counted = {"age": text, "on": today.isoformat()}
    return IncomingParticular(Particular.BIRTH, text, date=date, detail=counted)


def _shown(particular: IncomingParticular) -> str:
    # In one line, as the input draws it: what a browser sends back unchanged is unchanged.
    return " ".join(particular.text.split()) or (particular.date.show() if particular.date else "")


def _group_of(kind: Particular) -> Group:
    return next(group for group in GROUPS if kind in group.kinds)


def _whole(text: Any) -> int:
    return int(text) if isinstance(text, str) and text.isascii() and text.isdigit() else 0


def warning(kinds: tuple[Particular, ...]) -> str:
    """What to say of numbers by which nobody will be found, as they are written."""
    words = ", ".join(str(labels.PARTICULAR[kind]) for kind in kinds)
    return gettext("Kept as written, but nobody can be found by it: %(kinds)s. Check it.") % {
        "kinds": words
    }
