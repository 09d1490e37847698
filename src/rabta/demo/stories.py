"""The stories of the country: networks, kilns, households, begging rings, frauds, encounters."""

from collections.abc import Callable

from rabta.core.words.vocabulary import CaseKind, Particular, Role, Sex
from rabta.demo import lists
from rabta.demo.dice import Dice, Weighted
from rabta.demo.docket import Docket
from rabta.demo.people import NEAR, TRAVELLERS, Registry, account_of
from rabta.demo.story import MORE_AGENCIES, Story
from rabta.demo.world import DemoPerson

REGIONS = Weighted(
    [("punjab", 10), ("capital", 4), ("khyber", 4), ("sindh", 6), ("balochistan", 5)]
)
PARTS = Weighted(
    [
        ("recruiter", 8),
        ("transporter", 6),
        ("safe_house_keeper", 3),
        ("forger", 2),
        ("hawala", 2),
    ]
)
SMUGGLING_DESKS = Weighted(
    [("FIA", 55), ("RLY", 14), ("PUN", 14), ("KHP", 10), ("EMB", 4), ("SAH", 3)]
)
TRAFFICKING_DESKS = Weighted(
    [("PUN", 34), ("FIA", 28), ("RLY", 12), ("KHP", 16), ("SAH", 8), ("EMB", 2)]
)
CARE_DESKS = Weighted([("DAR", 8), ("SAH", 8), ("PAN", 6), ("UNB", 4), ("EMB", 1)])
ENCOUNTER_DESKS = Weighted([("RLY", 6), ("PAN", 4), ("DAR", 3), ("SAH", 2)])

FORMS: Weighted[tuple[str, tuple[int, int], int]] = Weighted(
    [
        (("kiln", (6, 50), 45), 8),
        (("household", (9, 24), 85), 6),
        (("begging", (6, 14), 40), 5),
        (("sexual", (14, 30), 90), 6),
        (("marriage", (16, 26), 98), 3),
    ]
)
"""A theme of notes, the ages of victims, how many in a hundred are women or girls."""

SEALED_TEAM = ("demo-investigator", "demo-prosecutor")
MOST_AGENCIES = 4
LEAST = 20
"""People the smallest country has: enough for the sealed case and one other story."""

Teller = Callable[[Dice, Registry, Docket, int], Story]


def _begin(dice: Dice, registry: Registry, docket: Docket, years: int) -> Story:
    place = lists.towns(REGIONS.draw(dice)).draw(dice)
    return Story(dice, registry, docket, place=place, years=years)


POLICE_OF = {"PUN": ("punjab", "capital"), "KHP": ("khyber", "capital")}


def _desk(story: Story, desks: Weighted[str], person: DemoPerson) -> str:
    """An agency that may record the person: the embassy its own, a province mostly its own."""
    while True:
        agency = desks.draw(story.dice)
        if agency == "EMB" and person.nationality != "AF":
            continue
        at_home = story.place.region in POLICE_OF.get(agency, (story.place.region,))
        if at_home or story.dice.chance(0.3):
            return agency


def _desks(story: Story, desks: Weighted[str], person: DemoPerson, first: str) -> list[str]:
    """The agencies that record a person: ``first``, and for a quarter of people others."""
    found = [first]
    wanted = MORE_AGENCIES.draw(story.dice)
    while len(found) < wanted:
        other = _desk(story, desks, person)
        if other not in found:
            found.append(other)
    return found


def _offender(
    story: Story, person: DemoPerson, desks: Weighted[str], kind: CaseKind, theme: str, part: str
) -> None:
    agencies = _desks(story, desks, person, _desk(story, desks, person))
    for agency in agencies:
        case = story.at(agency, kind, theme)
        story.seat(case, person, story.role(case), part)
    if story.dice.chance(0.08):  # the same agency meets him again, and types him anew
        again = story.case(agencies[0], kind, theme)
        story.seat(again, person, story.role(again), part)


def _men(story: Story, count: int) -> list[DemoPerson]:
    """Offenders of a place: mostly men, now and then a brother of the one before."""
    dice, found = story.dice, list[DemoPerson]()
    near = NEAR[story.place.region]
    while len(found) < count:
        community = near.draw(dice)
        sex = Sex.FEMALE if dice.chance(0.08) else Sex.MALE
        found.append(story.person(community, sex, (20, 58), travels=True))
        if len(found) < count and dice.chance(0.06):
            older = found[-1]
            age = (story.span[0] - older.birth).days // 365
            ages = (max(18, age - 4), age + 4)
            found.append(story.person(community, Sex.MALE, ages, kin=older, travels=True))
    return found


def smuggling(dice: Dice, registry: Registry, docket: Docket, budget: int) -> Story:
    """A network of five to twenty-five, the phones and vehicles it shares, those it carried."""
    story = _begin(dice, registry, docket, dice.between(2, 6))
    count = min(dice.between(5, 25), max(5, budget * 2 // 3))
    phones = [registry.phone() for _ in range(1 + count // 8)]
    vehicles = [f"DEMO-{registry.count + at:05d}" for at in range(1 + count // 10)]
    for person in _men(story, count):
        part = PARTS.draw(dice)
        found = []
        if dice.chance(0.55):
            found.append((Particular.PHONE, dice.pick(phones)))
        if part == "transporter" or dice.chance(0.1):
            found.append((Particular.VEHICLE, dice.pick(vehicles)))
        if part == "hawala":
            found.append((Particular.ACCOUNT, account_of(person.number)))
        story.extras[person.number] = tuple(found)
        _offender(story, person, SMUGGLING_DESKS, CaseKind.SMUGGLING, "smuggling", part)
    for _ in range(min(dice.between(2, 14), budget - count)):
        community = TRAVELLERS.draw(dice)
        sex = Sex.FEMALE if dice.chance(0.12) else Sex.MALE
        traveller = story.person(community, sex, (15, 38), travels=True)
        own = [case for case in story.cases if case.agency in ("FIA", "RLY", "PUN", "KHP")]
        case = dice.pick(own) if own else story.case("FIA", CaseKind.SMUGGLING, "smuggling")
        story.seat(case, traveller, Role.SMUGGLED_PERSON)
        if dice.chance(0.08):
            care = story.at("UNB", CaseKind.SMUGGLING, "smuggling")
            story.seat(care, traveller, Role.SMUGGLED_PERSON)
    return story


def trafficking(dice: Dice, registry: Registry, docket: Docket, budget: int) -> Story:
    """Victims and those who kept them: some found by police, some only known to a shelter."""
    story = _begin(dice, registry, docket, dice.between(1, 3))
    theme, ages, women = FORMS.draw(dice)
    accused = dice.between(1, 3)
    victims = max(1, min(dice.between(1, 12 if theme == "kiln" else 6), budget - accused - 1))
    keepers = _men(story, accused)
    for person in keepers:
        part = "exploiter" if dice.chance(0.6) else "recruiter"
        _offender(story, person, TRAFFICKING_DESKS, CaseKind.TRAFFICKING, theme, part)
        seen = {seat.case.agency for seat in story.seats if seat.person is person}
        once_victim = person.sex is Sex.FEMALE and dice.chance(0.25)
        if once_victim and len(seen) < MOST_AGENCIES:
            care = story.at("DAR", CaseKind.TRAFFICKING, theme)
            story.seat(care, person, Role.VICTIM)
    lead = story.cases[0].agency
    near, kin = NEAR[story.place.region], None
    for _ in range(victims):
        sex = Sex.FEMALE if dice.below(100) < women else Sex.MALE
        if theme == "sexual" and dice.chance(0.06):
            sex = Sex.TRANSGENDER
        family = kin if kin is not None and dice.chance(0.5 if theme == "kiln" else 0.1) else None
        community = near.draw(dice) if family is None else _community_of(family)
        kin = story.person(community, sex, ages, kin=family)
        _victim(story, kin, lead, theme)
    if len(story.people) < budget and dice.chance(0.5):
        other = story.person(near.draw(dice), dice.pick((Sex.MALE, Sex.FEMALE)), (19, 60))
        role = dice.pick((Role.WITNESS, Role.REPORTER, Role.FAMILY))
        story.seat(story.at(lead, CaseKind.TRAFFICKING, theme), other, role)
    return story


def _victim(story: Story, person: DemoPerson, lead: str, theme: str) -> None:
    dice = story.dice
    first = lead if dice.chance(0.75) else _desk(story, CARE_DESKS, person)
    role = Role.VICTIM if dice.chance(0.7) else Role.POSSIBLE_VICTIM
    for agency in _desks(story, CARE_DESKS, person, first):
        story.seat(story.at(agency, CaseKind.TRAFFICKING, theme), person, role)


def _community_of(person: DemoPerson) -> str:
    foreign = {"AF": "afghan", "IR": "iranian", "BD": "bengali", "NP": "nepali"}
    regions = {"khyber": "pashtun", "sindh": "sindhi", "balochistan": "baloch"}
    if person.nationality in foreign:
        return foreign[person.nationality]
    return regions.get(person.home.region, "punjabi")


def fraud(dice: Dice, registry: Registry, docket: Docket, budget: int) -> Story:
    """A complaint against an agent who took the money."""
    story = _begin(dice, registry, docket, 2)
    agents = min(dice.between(1, 2), budget)
    for person in _men(story, agents):
        kind = CaseKind.SMUGGLING if dice.chance(0.6) else CaseKind.OTHER
        _offender(story, person, SMUGGLING_DESKS, kind, "fraud", "recruiter")
    for _ in range(min(dice.between(1, 2), budget - agents)):
        other = story.person(NEAR[story.place.region].draw(dice), Sex.MALE, (19, 45), travels=True)
        story.seat(story.cases[0], other, Role.REPORTER)
    return story


def encounter(dice: Dice, registry: Registry, docket: Docket, budget: int) -> Story:
    """A child alone, a young person without papers: noted, nobody accused."""
    story = _begin(dice, registry, docket, 1)
    desk = ENCOUNTER_DESKS.draw(dice)
    case = story.case(desk, CaseKind.OTHER, "encounter")
    first = None
    for _ in range(min(1 + dice.chance(0.25), budget)):
        community = NEAR[story.place.region].draw(dice) if first is None else _community_of(first)
        sex = dice.pick((Sex.MALE, Sex.MALE, Sex.FEMALE))
        first = story.person(community, sex, (6, 19), kin=first)
        story.seat(case, first, Role.POSSIBLE_VICTIM)
        if dice.chance(0.25):  # met again elsewhere
            other = _desk(story, CARE_DESKS, first)
            if other != desk:
                again = story.case(other, CaseKind.OTHER, "encounter")
                story.seat(again, first, Role.POSSIBLE_VICTIM)
    return story


def sealed(dice: Dice, registry: Registry, docket: Docket, budget: int) -> Story:
    """The one sealed case: an official and two he worked with, both known elsewhere too."""
    place = lists.places()["Islamabad"]
    story = Story(dice, registry, docket, place=place, years=2)
    case = story.case("FIA", CaseKind.SMUGGLING, "sealed")
    case.sealed = True
    official = story.person("punjabi", Sex.MALE, (28, 50))
    story.seat(case, official, Role.SUSPECT, "official")
    for agency in ("RLY", "PUN"):
        helper = story.person("punjabi", Sex.MALE, (25, 50), travels=True)
        story.seat(case, helper, Role.SUSPECT, "recruiter")
        known = story.case(agency, CaseKind.SMUGGLING, "smuggling")
        story.seat(known, helper, Role.ACCUSED, "recruiter")
    traveller = story.person("pashtun", Sex.MALE, (19, 30), travels=True)
    story.seat(case, traveller, Role.SMUGGLED_PERSON)
    return story


STORIES: Weighted[Teller] = Weighted(
    [(smuggling, 10), (trafficking, 30), (fraud, 22), (encounter, 16)]
)
