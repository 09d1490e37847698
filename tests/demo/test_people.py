"""True people: names from parts only, nobody well known, numbers that cannot be real."""

from datetime import date

from rabta.core.words.vocabulary import Sex
from rabta.demo import DemoPerson, Part, lists
from rabta.demo.dice import Dice
from rabta.demo.people import COMMUNITIES, KHAN, MUHAMMAD, Registry, acceptable, cnic_of


def test_names_come_from_parts(people: dict[int, DemoPerson]) -> None:
    parts = {part for _, _, _, part in lists.name_parts()} | {MUHAMMAD, KHAN}
    for person in people.values():
        assert set(person.name) <= parts
        assert set(person.father) <= parts
        assert sum(part.slot == "given" for part in person.name) == 1
        assert acceptable(person.name)
        assert acceptable(person.father)


def test_a_combination_that_reads_as_somebody_known_is_refused() -> None:
    known = Part("given", "عمران", ("Imran", "Emran"))
    assert not acceptable([known, KHAN])
    assert not acceptable([MUHAMMAD, known, KHAN])
    assert acceptable([KHAN, known])
    assert not acceptable([KHAN, KHAN])


def test_a_cnic_is_unique_and_one_wrong_digit_makes_it_nobodys() -> None:
    numbers = range(0, 5_000_000, 4_999)
    held = {cnic_of(number, female=number % 2 == 0) for number in numbers}
    assert len(held) == len(numbers)
    for cnic in list(held)[:20]:
        assert len(cnic) == 13
        for at in range(13):
            for digit in "0123456789":
                changed = cnic[:at] + digit + cnic[at + 1 :]
                assert changed == cnic or sum(map(int, changed)) % 10 != 0


def test_the_last_digit_of_a_cnic_is_odd_for_men() -> None:
    assert int(cnic_of(12, female=False)[-1]) % 2 == 1
    assert int(cnic_of(12, female=True)[-1]) % 2 == 0


def test_phones_are_given_once() -> None:
    registry = Registry(Dice(1))
    given = [registry.phone() for _ in range(5000)]
    assert len(set(given)) == len(given)


def test_ages_and_kin() -> None:
    registry, day = Registry(Dice(5)), date(2020, 1, 1)
    for community in COMMUNITIES:
        child = registry.person(community, Sex.FEMALE, ages=(6, 9), day=day)
        assert 6 * 365 <= (day - child.birth).days < 10 * 366
        assert child.cnic == ""
        brother = registry.person(community, Sex.MALE, ages=(20, 20), day=day, kin=child)
        assert brother.father == child.father
        assert brother.home == child.home
        assert brother.number == child.number + 1
        assert brother.nationality == COMMUNITIES[community].nationality


def test_people_live_where_their_community_does(people: dict[int, DemoPerson]) -> None:
    homes = {c.nationality: set[str]() for c in COMMUNITIES.values()}
    for community in COMMUNITIES.values():
        homes[community.nationality] |= set(community.regions)
    for person in people.values():
        assert person.home.region in homes[person.nationality]
