"""Routes that declare nothing are not served; refusals tell no more than was known, and stay."""

import pytest
from django.test import Client
from django.urls import set_urlconf
from tests.world import LOADER

from rabta.core.access.levels import Level
from rabta.core.errors import NodeNotReady
from rabta.core.words.vocabulary import Duty, Role
from rabta.desk.cases.models import RoleInCase
from rabta.desk.wall.door import write
from rabta.desk.wall.models import KnownHit, ReadEntry, WriteEntry
from rabta.desk.wall.routes import refuse_undeclared, undeclared
from rabta.desk.wall.session import acting


@pytest.fixture(autouse=True)
def addresses(settings):
    settings.ROOT_URLCONF = "tests.desk.wall.addresses"
    yield
    set_urlconf(None)


@pytest.fixture
def browser(world):
    """Signs a person in who holds one posting."""

    def signed_in(unit, duty=Duty.INVESTIGATOR):
        user = world.user()
        world.post(user, unit, duty)
        client = Client()
        client.force_login(user)
        client.user = user
        return client

    return signed_in


def reads(event):
    return [e.said for e in ReadEntry.objects.order_by("seq") if e.said["event"] == event]


def test_an_undeclared_address_is_refused_before_and_while_the_node_runs(client):
    assert undeclared() == ["forgot"]
    with pytest.raises(NodeNotReady):
        refuse_undeclared()
    answer = client.get("/forgot")
    assert answer.status_code == 503
    assert b"everything" not in answer.content


def test_a_method_that_is_not_declared_is_not_allowed(browser):
    client = browser("circle_a")
    assert client.get("/look-up").status_code == 405
    assert client.put("/person/1").status_code == 405
    assert client.head("/open").status_code == 200


def test_who_is_not_signed_in_is_sent_to_sign_in(client):
    assert client.get("/open").status_code == 200
    assert client.get("/stewards").status_code == 302


def test_another_duty_is_refused_and_that_is_recorded(browser):
    client = browser("circle_a")
    assert client.get("/stewards").status_code == 403
    said = reads("refused")[-1]
    assert said["user"] == client.user.pk
    assert said["subjects"]["refused"] == {"why": "duty", "action": "GET stewards"}
    assert browser("hq", Duty.STEWARD).get("/stewards").status_code == 200


def test_what_is_not_there_and_what_may_not_be_known_of_are_the_same_page(browser, world):
    person = world.person("circle_a")
    client = browser("post")
    there, not_there = client.get(f"/person/{person.pk}"), client.get("/person/999999")
    assert there.status_code == not_there.status_code == 404
    assert unreferenced(there) == unreferenced(not_there)


def unreferenced(answer):
    return answer.content.decode().replace(answer.headers["X-Reference"], "")


def test_below_the_level_needed_it_is_403_only_after_a_recorded_hit(browser, world):
    person = world.person("circle_a")
    world.allow("federal", "railways", Level.HIT)
    client = browser("post")
    before = client.get(f"/person/{person.pk}")
    assert before.status_code == 404
    assert client.get(f"/person/{person.pk}").status_code == 404, "asking twice is no hit"
    assert client.post("/look-up").status_code == 200
    assert client.get(f"/person/{person.pk}").status_code == 403
    assert client.post(f"/person/{person.pk}").status_code == 403
    other = browser("post")
    assert other.get(f"/person/{person.pk}").status_code == 404, "another's hit is not one's own"


def test_a_refused_record_is_written_down_and_not_as_read(browser, world):
    person = world.person("circle_a")
    world.allow("federal", "railways", Level.HIT)
    client = browser("post")
    client.get(f"/person/{person.pk}")
    (said,) = reads("refused")
    assert said["subjects"]["person"] == {"ids": [person.pk]}
    assert not reads("GET person")


def test_a_sealed_case_leaves_nothing_but_not_found(browser, world):
    person = world.person("circle_a", case=world.case("circle_a"))
    world.allow("federal", "railways", Level.HIT)
    client = browser("post")
    client.post("/look-up")
    assert client.get(f"/person/{person.pk}").status_code == 403
    sealed = world.case("circle_b", "2/2020", sealed=True)
    with acting(LOADER, "test"), write(LOADER, "person.entered") as door:
        door.create(RoleInCase(agency=sealed.agency, case=sealed, person=person, role=Role.SUSPECT))
    assert client.get(f"/person/{person.pk}").status_code == 404


def test_what_is_seen_in_full_is_no_hit(browser, world):
    person = world.person("circle_a")
    client = browser("circle_a")
    assert client.get(f"/person/{person.pk}").status_code == 200
    assert not KnownHit.objects.using("reads").exists()
    (said,) = reads("GET person")
    assert said["subjects"]["person"] == {"ids": [person.pk]}


def test_a_refusal_outlives_what_it_undid(browser):
    client = browser("circle_a")
    before = WriteEntry.objects.count()
    assert client.post("/undone").status_code == 403
    assert WriteEntry.objects.count() == before
    assert reads("refused")[-1]["subjects"]["refused"]["why"] == "second-thoughts"
