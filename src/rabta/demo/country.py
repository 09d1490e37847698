"""The country: its agencies and officers, and its records as a stream."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rabta.core.errors import BadValue, gettext_noop
from rabta.core.words.vocabulary import Particular
from rabta.demo import lists
from rabta.demo.dice import Dice
from rabta.demo.docket import Docket
from rabta.demo.people import Registry
from rabta.demo.stories import LEAST, SEALED_TEAM, STORIES, fraud, sealed, smuggling
from rabta.demo.story import Story
from rabta.demo.world import DemoAgency, DemoOfficer, DemoPerson, DemoRecord

MOST = 5_000_000
"""People the largest country has; beyond it the fictional numbers would run out."""

EARLIEST = 2004
"""Before this year too few of the demo's units were open."""

NAMED = frozenset({Particular.NAME, Particular.FATHER_NAME, Particular.ALIAS})


@dataclass(frozen=True, slots=True)
class Country:
    """A synthetic country. Each walk tells the same stories anew; nothing is kept between."""

    seed: int
    size: int
    first: date
    last: date

    @property
    def agencies(self) -> tuple[DemoAgency, ...]:
        """The agencies with their units; one circle merged into another in 2023."""
        return lists.agencies()

    @property
    def people_of_the_desk(self) -> tuple[DemoOfficer, ...]:
        """The sign-ins, at least one for every duty."""
        return lists.officers()

    def records(self) -> Iterator[DemoRecord]:
        """All records, those of one case one after another."""
        for story in self._stories():
            yield from story.records(SEALED_TEAM)

    def persons(self) -> Iterator[DemoPerson]:
        """The true people, by number from 0."""
        for story in self._stories():
            story.records(SEALED_TEAM)  # the draws of writing come between those of two stories
            yield from story.people

    def truth(self) -> Iterator[tuple[str, int]]:
        """For every record its key and the number of the true person."""
        for record in self.records():
            yield record.key, record.truth

    def known_names(self) -> Iterator[str]:
        """Every name as written in any record, and every true name in both scripts.

        A name may come more than once. Some are a single common word ("Gul"): who searches a
        dump for them takes the longer ones.
        """
        for story in self._stories():
            for record in story.records(SEALED_TEAM):
                for given in record.person.particulars:
                    if given.kind in NAMED:
                        yield given.text
            for person in story.people:
                yield person.full_name
                yield person.full_name_urdu

    def _stories(self) -> Iterator[Story]:
        dice = Dice(self.seed)
        registry = Registry(dice)
        docket = Docket(dice, first=self.first, last=self.last, people=self.size)
        yield sealed(dice, registry, docket, self.size)
        while (budget := self.size - registry.count) > 0:
            tell = STORIES.draw(dice) if budget >= LEAST else fraud
            if registry.count < LEAST <= budget:
                tell = smuggling  # the smallest country has a network too
            yield tell(dice, registry, docket, budget)


def build_country(
    *, seed: int = 2018, people: int = 2000, first_year: int = 2014, last_year: int = 2026
) -> Country:
    """A country of so many true people, with cases from 1 January to 30 June of the last year.

    Deterministic for the same arguments. Raises BadValue for a size outside 20 to 5,000,000,
    years before 2004 or an end before the beginning.
    """
    if not LEAST <= people <= MOST:
        raise BadValue(
            gettext_noop("{field}: “{value}” is not between {least} and {most}."),
            field="people",
            value=people,
            least=LEAST,
            most=MOST,
        )
    if not EARLIEST <= first_year <= last_year <= date.max.year:
        raise BadValue(
            gettext_noop("{field}: “{value}” is no span of years from {least} on."),
            field="years",
            value=f"{first_year}-{last_year}",
            least=EARLIEST,
        )
    return Country(
        seed=seed, size=people, first=date(first_year, 1, 1), last=date(last_year, 6, 30)
    )
