"""What the demo writes, the house can read: numbers have a form, births agree with their text."""

import re

import pytest

from rabta.core.errors import BadValue
from rabta.core.words import identifiers
from rabta.core.words.dates import read_age, read_date
from rabta.core.words.vocabulary import Calendar, Particular
from rabta.demo import DemoPerson, DemoRecord
from rabta.demo.people import account_of

FORMS = {
    Particular.PHONE: identifiers.phone,
    Particular.PASSPORT: identifiers.passport,
    Particular.VEHICLE: identifiers.plate,
    Particular.ACCOUNT: identifiers.account,
}


def test_numbers_have_a_canonical_form(records: list[DemoRecord]) -> None:
    seen = set()
    for record in records:
        for given in record.person.particulars:
            if given.kind in FORMS:
                assert FORMS[given.kind](given.text)
                seen.add(given.kind)
    assert seen == set(FORMS)


def test_only_a_cnic_that_lacks_a_digit_cannot_be_read(records: list[DemoRecord]) -> None:
    short = 0
    for record in records:
        for given in record.person.particulars:
            if given.kind is not Particular.CNIC:
                continue
            if len(re.sub(r"\D", "", given.text)) == 12:
                short += 1
                with pytest.raises(BadValue):
                    identifiers.cnic(given.text)
            else:
                assert identifiers.cnic(given.text).startswith("0")
    assert short


def test_a_birth_reads_as_its_text(records: list[DemoRecord]) -> None:
    calendars = set()
    for record in records:
        for given in record.person.particulars:
            if given.date is None:
                continue
            calendars.add(given.date.calendar)
            registered = record.person.case.registered
            assert registered is not None
            try:
                read = read_date(given.text, calendar=given.date.calendar)
            except BadValue:
                read = read_age(given.text, on=registered)
            assert read == given.date
    assert calendars == {Calendar.GREGORIAN, Calendar.SOLAR_HIJRI, Calendar.BIKRAM_SAMBAT}


def test_births_are_near_the_truth(
    records: list[DemoRecord], people: dict[int, DemoPerson]
) -> None:
    wrong = total = 0
    for record in records:
        true = people[record.truth].birth
        for given in record.person.particulars:
            if given.date is not None:
                total += 1
                wrong += not given.date.earliest <= true <= given.date.latest
                assert abs(given.date.earliest.year - true.year) <= 4
    assert 0.1 < wrong / total < 0.6


def test_an_account_passes_the_check_of_its_kind() -> None:
    assert identifiers.account(account_of(1987)).startswith("PK")
