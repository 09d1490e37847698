"""Questions about cases and the people in them, answered as far as the reader may see."""

from rabta.desk.cases.selectors.histories import (
    ChangeLine,
    case_history,
    person_history,
)
from rabta.desk.cases.selectors.lists import PAGE, CaseLine, CaseList, case_list
from rabta.desk.cases.selectors.loaders import (
    case_by_id,
    person_by_id,
    workable_case,
    workable_person,
)
from rabta.desk.cases.selectors.pages import (
    CasePage,
    MemberLine,
    NoteLine,
    candidates,
    case_page,
    unit_choices,
    unit_names,
)
from rabta.desk.cases.selectors.persons import (
    DetailLine,
    PersonLine,
    PersonPage,
    RoleLine,
    person_page,
)

__all__ = [
    "PAGE",
    "CaseLine",
    "CaseList",
    "CasePage",
    "ChangeLine",
    "DetailLine",
    "MemberLine",
    "NoteLine",
    "PersonLine",
    "PersonPage",
    "RoleLine",
    "candidates",
    "case_by_id",
    "case_history",
    "case_list",
    "case_page",
    "person_by_id",
    "person_history",
    "person_page",
    "unit_choices",
    "unit_names",
    "workable_case",
    "workable_person",
]
