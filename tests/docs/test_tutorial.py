"""The tutorial's people and cases are in the demo country, and go by the sign-ins it names."""

import re
import shlex

import pytest
from tests.docs.reading import commands, text_of

from rabta.core.names import compare
from rabta.core.words.vocabulary import Particular
from rabta.demo import Country, build_country

PAGES = ("README.md", "docs/learn/the-main-job.md")
CASE = re.compile(r"(?:FIR|Enquiry) \d+/\d{4}")


@pytest.fixture(scope="module")
def country() -> Country:
    return build_country(seed=2018, people=2000)


@pytest.fixture(scope="module")
def records(country):
    return list(country.records())


@pytest.mark.parametrize("page", PAGES)
def test_cases_are_there(page, records):
    said = set(CASE.findall(text_of(page)))
    assert said
    assert said <= {record.person.case.number for record in records}


def test_the_sealed_case_is_sealed_and_names_who_is_said(records):
    team = {r.team for r in records if r.person.case.number == "FIR 296/2019" and r.sealed}
    assert team == {("demo-investigator", "demo-prosecutor")}


@pytest.mark.parametrize("page", PAGES)
def test_who_is_looked_up_is_held_by_several_agencies(page, records):
    for line in commands(text_of(page)):
        words = shlex.split(line)
        if words[:2] != ["rabta", "find"] or CASE.fullmatch(words[2]):
            continue
        holding = {
            record.agency
            for record in records
            for one in record.person.particulars
            if one.kind is Particular.NAME and (compare(words[2], one.text).score or 0) >= 0.6
        }
        assert {"FIA", "PUN", "RLY", "SAH"} <= holding


@pytest.mark.parametrize("page", PAGES)
def test_sign_ins_are_there(page, country):
    said = set(re.findall(r"`(demo-[a-z-]+)`", text_of(page)))
    assert said
    assert said <= {officer.login for officer in country.people_of_the_desk}
