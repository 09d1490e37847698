"""One country for all tests of the demo."""

import pytest

from rabta.demo import Country, DemoPerson, DemoRecord, build_country


@pytest.fixture(scope="session")
def country() -> Country:
    return build_country(people=2000)


@pytest.fixture(scope="session")
def records(country: Country) -> list[DemoRecord]:
    return list(country.records())


@pytest.fixture(scope="session")
def people(country: Country) -> dict[int, DemoPerson]:
    return {person.number: person for person in country.persons()}
