import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from tests.desk.accounts.conftest import FOUNDER, PASSPHRASE, TOTP, Clock

from rabta.core.words.vocabulary import Duty
from rabta.desk.accounts import selectors, services
from rabta.desk.accounts.models import Agency, Allowance, Posting, User
from rabta.desk.wall.routes import routes
from rabta.desk.wall.session import acting

SignIn = Callable[..., Client]


@pytest.fixture
def steward(world: object, clock: Clock, sign_in: SignIn) -> Client:
    with acting(FOUNDER, "test"):
        user = services.open_user(
            actor=FOUNDER, login="steward", name="S. Tew", passphrase=PASSPHRASE, totp_secret=TOTP
        ).user
    world.post(user, "listdesk", Duty.STEWARD)
    return sign_in("steward")


def text_of(answer: object) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def test_the_tree_shows_agencies_units_and_how_many_people(steward: Client, world: object) -> None:
    world.post(world.user(), "circle_a", Duty.CLERK)
    page = text_of(steward.get("/agencies")).partition("Take an agency aboard")[2]
    assert page.index("Federal") < page.index("hq") < page.index("circle_a") < page.index("Lists")
    assert "1 person" in page


def test_a_unit_is_opened_moved_and_closed_by_its_pages(
    steward: Client, world: object, today: date
) -> None:
    agency = world.agencies["federal"]
    answer = steward.post(
        reverse("open-unit", args=[agency.public_id]),
        {
            "code": "new-post",
            "name": "New post",
            "name_ur": "نئی چوکی",
            "kind": "post",
            "parent": str(world.units["circle_a"].public_id),
            "opened": str(today),
        },
    )
    assert answer.status_code == 302, text_of(answer)
    unit = agency.units.get(code="new-post")
    assert unit.names == {"en": "New post", "ur": "نئی چوکی"}
    assert unit.pk in selectors.units_below(world.units["circle_a"].pk)
    over = reverse("close-unit", args=[world.units["circle_a"].public_id])
    refused = steward.post(over, {"on": str(today), "successor": ""})
    assert refused.status_code == 400
    assert "Open units stand below circle_a: New post." in text_of(refused)
    to = {"parent": str(world.units["circle_b"].public_id), "on": str(today)}
    assert steward.post(reverse("move-unit", args=[unit.public_id]), to).status_code == 302
    into = {"on": str(today), "successor": str(world.units["circle_b"].public_id)}
    assert steward.post(over, into).status_code == 302
    page = text_of(steward.get(reverse("agency", args=[agency.public_id])))
    assert "merged into circle_b" in page
    assert "under circle_b" in page


def test_a_person_gets_a_sign_in_a_posting_and_an_end(
    steward: Client, world: object, today: date
) -> None:
    agency = world.agencies["railways"]
    said = {
        "login": "p.new",
        "name": "P. New",
        "language": "ur",
        "unit": str(world.units["post"].public_id),
        "duty": "help_desk",
        "valid_from": str(today),
    }
    shown = steward.post(reverse("open-person", args=[agency.public_id]), said)
    user = User.objects.get(login="p.new")
    given = re.search(r"([a-z2-9]{5}-){3}[a-z2-9]{5}", shown.content.decode())[0]
    assert user.check_password(given)
    assert steward.post(reverse("open-person", args=[agency.public_id]), said).status_code == 400

    there = reverse("post-person", args=[world.units["rhq"].public_id])
    post = {"login": "P.New", "duty": "clerk", "valid_from": str(today), "valid_to": ""}
    assert steward.post(there, post).status_code == 302
    assert "holds this duty" in text_of(steward.post(there, post))
    assert steward.post(there, post | {"login": "none"}).status_code == 400
    assert len(selectors.postings_of(user)) == 2

    posting = Posting.objects.get(user=user, duty="clerk")
    end = reverse("end-posting", args=[posting.public_id])
    assert steward.post(end, {"on": str(today)}).status_code == 302
    page = text_of(steward.get(reverse("person-of-node", args=[user.public_id])))
    assert "P. New" in page
    renewed = steward.post(reverse("renew-person", args=[user.public_id]), {"go": "1"})
    assert given not in renewed.content.decode()
    closing = steward.post(reverse("close-person", args=[user.public_id]), {"go": "1"})
    assert closing.status_code == 302
    assert User.objects.get(pk=user.pk).closed == today


def test_an_allowance_is_made_and_ended_by_its_pages(
    steward: Client, world: object, today: date
) -> None:
    agency, recipient = world.agencies["federal"], world.agencies["railways"]
    said = {
        "recipient": str(recipient.public_id),
        "level": "2",
        "basis": "Agreement 3 of 2020",
        "valid_from": str(today),
        "valid_to": str(today + timedelta(days=30)),
    }
    address = reverse("allow", args=[agency.public_id])
    assert steward.post(address, said | {"basis": ""}).status_code == 400
    assert steward.post(address, said).status_code == 302
    page = text_of(steward.get(reverse("agency", args=[recipient.public_id])))
    assert "Agreement 3 of 2020" in page
    allowance = Allowance.objects.get()
    end = reverse("end-allowance", args=[allowance.public_id])
    assert steward.post(end, {"on": str(today)}).status_code == 302
    assert Allowance.objects.get().valid_to == today


PLAN = {
    "code": "TST",
    "name": "Test body",
    "name_ur": "نمونہ ادارہ",
    "kind": "ngo",
    "country": "PK",
    "phone": "",
    "opened": "2025-01-01",
    "units": "T-HQ, headquarters, , Head office, صدر دفتر\nT-1, desk, T-HQ, Desk",
    "people": "t.one, T. One, T-1, case_worker",
}


def test_an_agency_comes_aboard_after_its_answers_were_checked(steward: Client) -> None:
    checked = steward.post("/agencies/onboard", PLAN | {"step": "check"})
    page = text_of(checked)
    assert "Check the answers" in page
    assert "T. One" in page
    assert not Agency.objects.filter(code="TST").exists()
    hidden = dict(
        re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', checked.content.decode())
    )
    again = {name: unescape(hidden[name]) for name in PLAN if name in hidden}
    assert again["units"].split("\n")[0] == PLAN["units"].split("\n")[0]
    assert (
        "Head office"
        in steward.post("/agencies/onboard", again | {"step": "change"}).content.decode()
    )
    done = steward.post("/agencies/onboard", again | {"step": "do"})
    agency = Agency.objects.get(code="TST")
    assert agency.units.count() == 2
    given = re.search(r"([a-z2-9]{5}-){3}[a-z2-9]{5}", done.content.decode())[0]
    assert User.objects.get(login="t.one").check_password(given)
    twice = steward.post("/agencies/onboard", again | {"step": "do"})
    assert twice.status_code == 400
    assert "already" in text_of(twice)


def test_every_bad_line_of_a_table_is_named(steward: Client) -> None:
    bad = PLAN | {"units": "T-HQ, castle, , Head\n, desk, , Desk", "people": "x, X, T-9, boss"}
    page = text_of(steward.post("/agencies/onboard", bad | {"step": "do"}))
    for said in ("Line 1: “castle” is no kind", "Line 2:", "no unit T-9", "“boss” is no duty"):
        assert said in page
    assert not Agency.objects.filter(code="TST").exists()


def test_a_supervisor_reads_who_is_at_their_units_and_changes_nothing(
    world: object, officer: User, clock: Clock, sign_in: SignIn
) -> None:
    with acting(FOUNDER, "test"):
        user = services.open_user(
            actor=FOUNDER, login="super", name="S. Uper", passphrase=PASSPHRASE, totp_secret=TOTP
        ).user
    world.post(user, "hq", Duty.SUPERVISOR)
    world.post(world.user(), "post", Duty.CLERK)
    browser = sign_in("super")
    page = text_of(browser.get("/my/units"))
    assert "Officer Namewala" in page
    assert "circle_a" in page
    assert "Clerk" not in page
    assert browser.get("/agencies").status_code == 403
    posting = Posting.objects.get(user=officer)
    assert browser.post(reverse("end-posting", args=[posting.public_id])).status_code == 403


def addresses() -> list[tuple[str, object]]:
    """Every address of the node with sample values in it, and its view."""
    sample = "00000000-0000-7000-8000-000000000000"
    found = []
    for at, view in routes():
        at = re.sub(r"<uuid:\w+>", sample, at)
        at = re.sub(r"<int:\w+>", "1", at)
        found.append(("/" + re.sub(r"<(?:\w+:)?\w+>", "x", at), view))
    return found


def test_a_steward_comes_nowhere_but_to_their_own_pages(steward: Client) -> None:
    seen = set()
    for address, view in addresses():
        needs = getattr(view, "wall_needs", {})
        for method, need in needs.items():
            if method == "HEAD" or not need.sign_in or need.duties is None:
                continue
            if Duty.STEWARD in need.duties:
                continue
            answer = steward.generic(method, address)
            assert answer.status_code in {403, 404}, (method, address)
            seen.add(address)
    assert "/my/units" in seen


def test_nobody_but_a_steward_comes_to_the_stewards_pages(officer: User, sign_in: SignIn) -> None:
    browser, closed = sign_in(), 0
    for address, view in addresses():
        for method, need in getattr(view, "wall_needs", {}).items():
            if need.duties == frozenset({Duty.STEWARD}):
                assert browser.generic(method, address).status_code == 403
                assert Client().generic(method, address).status_code == 302
                closed += 1
    assert closed > 20


def test_an_id_that_is_not_there_is_not_found(steward: Client) -> None:
    for address, view in addresses():
        need = getattr(view, "wall_needs", {}).get("GET")
        if need and need.duties == frozenset({Duty.STEWARD}) and "0000" in address:
            assert steward.get(address).status_code == 404


def test_each_page_shows_nothing_of_a_case(steward: Client, world: object) -> None:
    case = world.case("circle_a", number="7/2024")
    world.person("circle_a", "Testa Casewala", case=case)
    federal = world.agencies["federal"].public_id
    for address in ("/", "/agencies", reverse("agency", args=[federal])):
        page = steward.get(address).content.decode()
        assert "7/2024" not in page
        assert "Casewala" not in page
