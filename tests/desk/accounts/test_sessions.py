import re
from collections.abc import Callable
from datetime import date

import pytest
from django.conf import settings
from django.test import Client
from tests.desk.accounts.conftest import FOUNDER, PASSPHRASE, Clock

from rabta.core.errors import NotFound, Refused
from rabta.core.words.vocabulary import Duty
from rabta.desk.accounts import selectors, services
from rabta.desk.accounts.models import Posting, Session, Token, User
from rabta.desk.wall.door import write
from rabta.desk.wall.session import acting

SignIn = Callable[..., Client]


def inside(browser: Client) -> bool:
    return browser.get("/my/sign-ins").status_code == 200


def test_silence_ends_a_sign_in_and_work_prolongs_it(
    officer: User, sign_in: SignIn, clock: Clock
) -> None:
    browser = sign_in()
    for _ in range(4):
        clock.move(seconds=settings.SESSION_COOKIE_AGE - 90)
        assert inside(browser)
    clock.move(seconds=settings.SESSION_COOKIE_AGE + 1)
    assert not inside(browser)


@pytest.mark.parametrize("at_first", [0, 2])
def test_nobody_slides_into_another_duty(world, today, at_first: int) -> None:
    """With two postings or none, one works in none; it stays so when one is left, or is added."""
    user = world.user()
    held = [world.post(user, unit, Duty.CLERK) for unit in ("circle_a", "post")[:at_first]]
    browser = Client()
    browser.force_login(user)
    assert browser.get("/cases/").status_code == 403
    if held:
        with acting(FOUNDER, "test"), write(FOUNDER, "posting.ended") as door:
            door.change(held[0], valid_to=today)
    else:
        world.post(user, "circle_a", Duty.CLERK)
    assert len(selectors.postings_of(user)) == 1
    assert browser.get("/cases/").status_code == 403
    left = selectors.postings_of(user)[0]
    browser.post("/duty", {"posting": str(left.public_id)})
    assert browser.get("/cases/").status_code == 200


def test_last_seen_is_written_once_a_minute_at_most(
    officer: User, sign_in: SignIn, clock: Clock
) -> None:
    browser = sign_in()
    began = Session.objects.get(user_id=officer.pk)
    clock.move(seconds=59)
    browser.get("/")
    assert Session.objects.get(user_id=officer.pk).last_seen == began.last_seen
    clock.move(seconds=2)
    browser.get("/")
    after = Session.objects.get(user_id=officer.pk)
    assert after.last_seen == clock()
    assert after.began == began.began


def test_twelve_hours_end_it_however_busy(officer: User, sign_in: SignIn, clock: Clock) -> None:
    browser = sign_in()
    for _ in range(47):
        clock.move(minutes=15)
        assert inside(browser)
    clock.move(minutes=15)
    assert not inside(browser)


def test_sessions_that_are_over_are_forgotten(officer: User, sign_in: SignIn, clock: Clock) -> None:
    sign_in()
    clock.move(seconds=settings.SESSION_COOKIE_AGE + 1)
    stays = sign_in()
    assert services.forget_ended() >= 1
    assert Session.objects.filter(user_id=officer.pk).count() == 1
    assert inside(stays)


def test_the_very_next_request_after_a_posting_ends_opens_nothing(
    world: object, officer: User, sign_in: SignIn, today: date
) -> None:
    browser, posting = sign_in(), Posting.objects.get(user=officer)
    assert inside(browser)
    with acting(FOUNDER, "test"):
        services.end_posting(actor=FOUNDER, posting=posting, on=today)
    assert not inside(browser)


def test_a_posting_that_runs_out_by_itself_ends_the_sign_in_too(
    world: object, officer: User, sign_in: SignIn, today: date
) -> None:
    world.post(officer, "post", Duty.HELP_DESK)
    browser, posting = sign_in(), Posting.objects.get(user=officer, duty=Duty.INVESTIGATOR)
    browser.post("/duty", {"posting": str(posting.public_id)})
    assert inside(browser)
    # As on the day itself: the row says so, no verb has run. Nobody slides into the other duty.
    from rabta.desk.wall.door import write

    with acting(FOUNDER, "test"), write(FOUNDER, "test") as door:
        door.change(posting, valid_to=today)
    assert not inside(browser)


@pytest.mark.parametrize("how", ["closed", "renewed", "passphrase"])
def test_what_ends_every_sign_in(officer: User, sign_in: SignIn, how: str) -> None:
    browser = sign_in()
    posting = Posting.objects.get(user=officer)
    token = services.issue_token(officer, posting)
    with acting(FOUNDER, "test"):
        if how == "closed":
            services.close_user(actor=FOUNDER, user=officer)
        elif how == "renewed":
            services.renew_sign_in(actor=FOUNDER, user=officer)
        else:
            services.set_passphrase(actor=FOUNDER, user=officer, passphrase="brass rain and walnut")
    assert not inside(browser)
    with pytest.raises(Refused):
        selectors.actor_by_token(token)


def test_ones_own_sign_ins_are_listed_and_any_can_be_ended(officer: User, sign_in: SignIn) -> None:
    here = sign_in()
    there = sign_in(agent="Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/5")
    token = services.issue_token(officer, Posting.objects.get(user=officer))
    page = here.get("/my/sign-ins").content.decode()
    assert "Firefox, Linux" in page
    assert "Chrome, Windows" in page
    assert "Command line" in page
    assert there.session.session_key not in page
    listed = selectors.sign_ins_of(officer, here=here.session.session_key)
    assert [item.here for item in listed] == [False, True, False]
    for item in (listed[0], listed[2]):
        assert here.post("/my/sign-ins", {"ref": item.ref}).status_code == 302
    assert not inside(there)
    with pytest.raises(Refused):
        selectors.actor_by_token(token)
    assert inside(here)
    assert here.post("/my/sign-ins", {"ref": listed[1].ref}).headers["Location"] == "/sign-in"
    assert not inside(here)


def test_all_others_can_be_ended_at_once(officer: User, sign_in: SignIn) -> None:
    here, there = sign_in(), sign_in()
    here.post("/my/sign-ins", {"others": "1"})
    assert inside(here)
    assert not inside(there)


def test_nobody_ends_anothers_sign_in(world: object, officer: User, sign_in: SignIn) -> None:
    browser = sign_in()
    (mine,) = selectors.sign_ins_of(officer)
    other = world.actor("post", Duty.CLERK)
    user = User.objects.get(pk=other.user)
    with acting(other, "test"):
        with pytest.raises(NotFound):
            services.end_sign_in(actor=other, user=user, ref=mine.ref)
        with pytest.raises(Refused):
            services.end_sign_in(actor=other, user=officer, ref=mine.ref)
    assert inside(browser)


def test_a_changed_passphrase_keeps_only_where_it_was_changed(
    officer: User, sign_in: SignIn
) -> None:
    here, there = sign_in(), sign_in()
    new = {"passphrase": "brass rain and walnut", "again": "brass rain and walnut"}
    assert here.post("/my/passphrase", {"now": "wrong", **new}).status_code == 400
    assert here.post("/my/passphrase", {"now": PASSPHRASE, **new}).status_code == 302
    assert inside(here)
    assert not inside(there)
    assert User.objects.get(pk=officer.pk).check_password("brass rain and walnut")


def test_new_codes_are_shown_after_the_passphrase(officer: User, sign_in: SignIn) -> None:
    browser = sign_in()
    assert browser.get("/my/codes").status_code == 200
    assert browser.post("/my/codes", {"now": "wrong"}).status_code == 400
    page = browser.post("/my/codes", {"now": PASSPHRASE}).content.decode()
    assert len(set(re.findall(r">([a-z2-9]{5}-[a-z2-9]{5})<", page))) == 10


def test_a_token_acts_in_its_posting_until_it_ends(
    world: object, officer: User, clock: Clock, today: date
) -> None:
    posting = Posting.objects.get(user=officer)
    token = services.issue_token(officer, posting, minutes=30)
    actor = selectors.actor_by_token(token)
    assert (actor.user, actor.duty, actor.posting) == (officer.pk, Duty.INVESTIGATOR, posting.pk)
    assert token not in Token.objects.get().digest
    clock.move(minutes=31)
    with pytest.raises(Refused):
        selectors.actor_by_token(token)
    second = services.issue_token(officer, posting)
    services.end_token(token=second)
    services.end_token(token=second)
    third = services.issue_token(officer, posting)
    with acting(FOUNDER, "test"):
        services.end_posting(actor=FOUNDER, posting=posting, on=today)
    for dead in (second, third, "anything", ""):
        with pytest.raises(Refused):
            selectors.actor_by_token(dead)
    with pytest.raises(Refused):
        services.issue_token(officer, posting)


def test_a_token_is_issued_only_for_a_posting_of_ones_own(world: object, officer: User) -> None:
    other = world.post(world.user(), "post", Duty.CLERK)
    with pytest.raises(Refused):
        services.issue_token(officer, other)
