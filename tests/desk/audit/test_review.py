"""The review page: another agency's look-ups, without a word of who was looked up."""

import pytest
from django.test import Client
from tests.world import LOADER

from rabta.core.access.decisions import LOOK_UP, Purpose
from rabta.core.access.levels import Level
from rabta.core.errors import NotFound
from rabta.core.names import NAME_KEY_VERSION, name_keys
from rabta.core.words.vocabulary import Duty, Role
from rabta.desk.accounts.models import User
from rabta.desk.audit import selectors, services
from rabta.desk.audit.models import Review
from rabta.desk.audit.rules import Said, Why
from rabta.desk.cases.models import Key, Person
from rabta.desk.cases.rules import ClearKey
from rabta.desk.cases.services.people import stored
from rabta.desk.wall import ledger
from rabta.desk.wall.door import write
from rabta.desk.wall.models import WriteEntry
from rabta.desk.wall.scope import visible_to
from rabta.desk.wall.session import acting

SUBJECT = "Zimroo Qalbanday"


@pytest.fixture
def house(world):
    """An officer of the railways who looks up a person of her own family name, for a case."""
    officer = world.user()
    with acting(LOADER, "test"), write(LOADER, "user.changed") as door:
        door.change(officer, name="Farzo Qalbanday")
    world.officer = world.actor("post", user=officer)
    world.hers = world.case("post", "77/2024")
    world.subject = world.person("circle_a", SUBJECT)
    with acting(LOADER, "test"), write(LOADER, "person.entered") as door:
        for key in name_keys(SUBJECT):
            door.create(
                Key(
                    agency_id=world.subject.agency_id,
                    person=world.subject,
                    kind="name",
                    scheme=NAME_KEY_VERSION,
                    value=stored(ClearKey("name", NAME_KEY_VERSION, key)),
                )
            )
    world.reviewer = world.actor("hq", Duty.SUPERVISOR)
    return world


def look_up(house, times=1):
    purpose = Purpose(LOOK_UP, house.hers.pk)
    for _ in range(times):
        with acting(house.officer, "POST look-up"):
            asked = {"kinds": ["name"], "keys": [1, 2]}
            ledger.append_reads(
                [ledger.Draft(house.officer, "looked-up", LOOK_UP, purpose.case, {"asked": asked})]
            )
            assert list(visible_to(Person, house.officer, purpose, at_least=Level.HIT))


def page(house, actor=None):
    actor = actor or house.reviewer
    with acting(actor, "test"):
        return selectors.review_page(actor)


def test_a_sample_says_who_when_and_for_which_case_and_not_of_whom(house):
    look_up(house)
    shown = page(house)
    (line,) = shown.sample
    assert (line.officer, line.agency, line.why) == ("Farzo Qalbanday", "Railways", Why.SAMPLE)
    assert line.case_number == "", "another agency's case, which the reviewer may not open"
    assert SUBJECT not in repr(shown)


def test_ones_own_agency_is_not_on_ones_page(house):
    look_up(house)
    own = page(house, house.actor("rhq", Duty.SUPERVISOR))
    assert (own.sample, own.odd, own.looked_up) == ((), (), 0)


def test_family_and_again_are_odd(house):
    look_up(house, 4)
    whys = [line.why for line in page(house).odd if line.why is not Why.OFF_HOURS]
    assert sorted(set(whys)) == [Why.AGAIN, Why.FAMILY]


@pytest.mark.parametrize(("sealed", "role"), [(True, Role.ACCUSED), (False, Role.VICTIM)])
def test_a_family_name_tells_of_no_record_that_is_closed_to_the_reviewer(house, sealed, role):
    look_up(house)
    assert any(line.why is Why.FAMILY for line in page(house).odd)
    officer = User.objects.get(pk=house.officer.user)
    hidden = house.case("post", "78/2024", sealed=sealed, team=[officer])
    theirs = house.person("post", SUBJECT, case=hidden, role=role)
    with acting(LOADER, "test"), write(LOADER, "person.entered") as door:
        keys = visible_to(Key, LOADER, at_least=Level.HIT).filter(person_id=house.subject.pk)
        copies = list(keys)
        door.remove_many(keys)
        for key in copies:
            key.pk, key.person_id, key.agency_id = None, theirs.pk, theirs.agency_id
            door.create(key)
    look_up(house)
    assert not any(line.why is Why.FAMILY for line in page(house).odd)


def test_a_family_name_that_many_bear_points_at_nobody():
    assert selectors._family_keys("Farzo Qalbanday")
    assert not selectors._family_keys("Farzo Khan")
    assert not selectors._family_keys("Qalbanday")


def test_a_case_that_is_open_to_the_reviewer_is_named(house):
    house.allow("railways", "federal", Level.OPERATIONAL)
    house.reviewer = house.actor("hq", Duty.ANALYST)
    look_up(house)
    assert page(house).sample[0].case_number == "77/2024"


def test_a_verdict_is_recorded_and_told_to_the_officers_agency(house):
    look_up(house)
    line = page(house).sample[0]
    with acting(house.reviewer, "test"):
        services.review(house.reviewer, entry=line.entry, why=line.why, said=Said.ASK)
    assert page(house).sample[0].said == "ask"
    (asked,) = page(house, house.actor("rhq", Duty.SUPERVISOR)).asked
    assert (asked.officer, asked.by_agency) == ("Farzo Qalbanday", "Federal")
    said = WriteEntry.objects.order_by("-seq").values_list("said", flat=True)[0:9]
    assert "look-up.reviewed" in [each["event"] for each in said]
    with acting(house.reviewer, "test"):
        services.review(house.reviewer, entry=line.entry, why=line.why, said=Said.FINE)
    assert Review.objects.get().said == "fine"
    assert page(house, house.actor("rhq", Duty.SUPERVISOR)).asked == ()


def test_what_does_not_stand_on_the_page_gets_no_verdict(house):
    look_up(house)
    line = page(house).sample[0]
    own = house.actor("rhq", Duty.SUPERVISOR)
    for actor, entry, why in (
        (own, line.entry, line.why),
        (house.reviewer, line.entry + 1000, line.why),
        (house.reviewer, line.entry, Why.HEAVY),
    ):
        with acting(actor, "test"), pytest.raises(NotFound):
            services.review(actor, entry=entry, why=why, said=Said.FINE)


def test_the_page(house):
    look_up(house, 4)
    user = house.user()
    house.post(user, "hq", Duty.SUPERVISOR)
    client = Client()
    client.force_login(user)
    shown = client.get("/review").content.decode()
    assert "Farzo Qalbanday" in shown
    assert "Zimroo" not in shown
    line = page(house).sample[0]
    sent = {"entry": line.entry, "why": line.why, "said": "fine"}
    assert client.post("/review", sent).status_code == 302
    assert client.post("/review", sent | {"said": "x"}).status_code == 400
    assert Review.objects.get().said == "fine"
