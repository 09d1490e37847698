"""What a browser sends, read into entries; every fault stands at its field."""

from rabta.desk.cases.forms.cases import CaseForm, CloseForm, MemberForm, NoteForm, RoleForm
from rabta.desk.cases.forms.filters import Filter
from rabta.desk.cases.forms.people import PersonForms

__all__ = [
    "CaseForm",
    "CloseForm",
    "Filter",
    "MemberForm",
    "NoteForm",
    "PersonForms",
    "RoleForm",
]
