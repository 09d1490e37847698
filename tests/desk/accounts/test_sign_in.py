import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from tests.desk.accounts.conftest import FOUNDER, PASSPHRASE, Clock

from rabta.core.words.vocabulary import Duty
from rabta.desk.accounts import services
from rabta.desk.accounts.models import PrintedCode, Session, SignInState, User
from rabta.desk.wall.models import WriteEntry
from rabta.desk.wall.session import acting

SignIn = Callable[..., Client]


def try_in(login: str, passphrase: str = "wrong", browser: Client | None = None) -> object:
    return (browser or Client()).post("/sign-in", {"login": login, "passphrase": passphrase})


def words(answer: object, *, login: str) -> str:
    """A page without what differs from request to request."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
    text = text.replace(f'value="{login}"', "")
    return text.replace(answer.headers["X-Reference"], "")


def events() -> list[str]:
    return [entry.said["event"] for entry in WriteEntry.objects.order_by("seq")]


def test_who_signs_in_with_both_factors_is_in_their_posting(officer: User, sign_in: SignIn) -> None:
    browser = sign_in()
    page = browser.get("/").content.decode()
    assert "Officer Namewala" in page
    assert "circle_a" in page
    entry = WriteEntry.objects.latest("seq").said
    assert (entry["event"], entry["user"]) == ("sign-in.done", officer.pk)


def test_a_passphrase_alone_opens_nothing(officer: User) -> None:
    browser = Client()
    answer = try_in("officer", PASSPHRASE, browser)
    assert answer.headers["Location"] == "/sign-in/code"
    assert browser.get("/").headers["Location"].startswith("/sign-in?next=")
    for closed in ("/sign-in/passphrase", "/sign-in/second-factor"):
        assert browser.get(closed).headers["Location"] == "/sign-in"


def test_the_login_may_be_typed_in_any_case(officer: User) -> None:
    assert try_in(" Officer ", PASSPHRASE).status_code == 302


def test_what_is_wrong_is_never_told(officer: User, clock: Clock) -> None:
    unknown = words(try_in("nobody"), login="nobody")
    wrong = words(try_in("officer"), login="officer")
    for _ in range(5):
        try_in("officer")
    locked = words(try_in("officer", PASSPHRASE), login="officer")
    with acting(FOUNDER, "test"):
        closed_user = services.open_user(
            actor=FOUNDER, login="gone", name="Gone", passphrase=PASSPHRASE
        ).user
        services.close_user(actor=FOUNDER, user=closed_user)
    closed = words(try_in("gone", PASSPHRASE), login="gone")
    assert unknown == wrong == locked == closed
    assert "did not work" in unknown


@pytest.mark.parametrize("login", ["officer", "nobody"])
def test_the_work_is_done_whether_or_not_the_login_exists(
    officer: User, login: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from argon2.low_level import hash_secret, verify_secret

    runs = []
    monkeypatch.setattr(
        "argon2.low_level.verify_secret", lambda *a, **k: runs.append(1) or verify_secret(*a, **k)
    )
    monkeypatch.setattr(
        "argon2.low_level.hash_secret", lambda *a, **k: runs.append(1) or hash_secret(*a, **k)
    )
    monkeypatch.setattr(
        "argon2._password_hasher.verify_secret",
        lambda *a, **k: runs.append(1) or verify_secret(*a, **k),
    )
    try_in(login)
    assert len(runs) == 1
    before = len(events())
    try_in(login)
    assert events()[before:] == ["sign-in.failed"]


def test_five_failures_close_it_for_a_quarter_of_an_hour(officer: User, clock: Clock) -> None:
    for _ in range(5):
        try_in("officer")
    assert events()[-2:] == ["sign-in.failed", "sign-in.closed"]
    assert try_in("officer", PASSPHRASE).status_code == 400
    clock.move(minutes=14)
    assert try_in("officer", PASSPHRASE).status_code == 400
    clock.move(minutes=2)
    assert try_in("officer", PASSPHRASE).status_code == 302
    for _ in range(5):
        try_in("officer")
    state = SignInState.objects.get(user=officer)
    assert (state.failures, state.locked_until) == (10, clock() + timedelta(minutes=30))


def test_tries_at_a_closed_login_make_it_no_worse(officer: User, clock: Clock) -> None:
    for _ in range(9):
        try_in("officer")
    state = SignInState.objects.get(user=officer)
    assert (state.failures, state.locked_until) == (5, clock() + timedelta(minutes=15))


def test_a_right_passphrase_does_not_wipe_out_failures(
    officer: User, clock: Clock, sign_in: SignIn
) -> None:
    for _ in range(4):
        try_in("officer")
    browser = Client()
    try_in("officer", PASSPHRASE, browser)
    assert SignInState.objects.get(user=officer).failures == 4
    assert browser.post("/sign-in/code", {"code": "000000"}).status_code == 400
    assert browser.post("/sign-in/code", {"code": clock.code()}).status_code == 400
    clock.move(minutes=20)
    sign_in()
    assert SignInState.objects.get(user=officer).failures == 0


def test_a_code_of_the_app_works_once(officer: User, clock: Clock) -> None:
    code = clock.code()
    for status in (302, 400):
        browser = Client()
        try_in("officer", PASSPHRASE, browser)
        assert browser.post("/sign-in/code", {"code": code}).status_code == status
    # and what the app showed before it does not work any more either
    assert browser.post("/sign-in/code", {"code": clock.code(-1)}).status_code == 400
    assert browser.post("/sign-in/code", {"code": clock.code(1)}).status_code == 302


def test_a_printed_code_works_once(officer: User, clock: Clock) -> None:
    with acting(FOUNDER, "test"):
        codes = services.print_codes(actor=FOUNDER, user=officer)
    for status, typed in ((302, codes[3].upper()), (400, codes[3]), (302, f" {codes[4]} ")):
        browser = Client()
        try_in("officer", PASSPHRASE, browser)
        assert browser.post("/sign-in/code", {"code": typed}).status_code == status
    assert PrintedCode.objects.filter(user=officer, used_at__isnull=False).count() == 2


def test_a_passphrase_waits_ten_minutes_for_its_code(officer: User, clock: Clock) -> None:
    browser = Client()
    try_in("officer", PASSPHRASE, browser)
    clock.move(minutes=11)
    answer = browser.post("/sign-in/code", {"code": clock.code()})
    assert answer.headers["Location"] == "/sign-in"


def test_the_first_sign_in_sets_up_everything(world: object, clock: Clock) -> None:
    with acting(FOUNDER, "test"):
        made = services.open_user(actor=FOUNDER, login="new", name="New Namewala")
    world.post(made.user, "post", Duty.HELP_DESK)
    browser = Client()
    answer = try_in("new", made.passphrase, browser)
    assert answer.headers["Location"] == "/sign-in/passphrase"
    assert browser.get("/sign-in/second-factor").headers["Location"] == "/sign-in"
    page = "/sign-in/passphrase"
    for one, two in ((PASSPHRASE, "other"), ("short", "short"), (made.passphrase, made.passphrase)):
        assert browser.post(page, {"passphrase": one, "again": two}).status_code == 400
    answer = browser.post(page, {"passphrase": PASSPHRASE, "again": PASSPHRASE})
    assert answer.headers["Location"] == "/sign-in/second-factor"

    shown = browser.get("/sign-in/second-factor").content.decode()
    assert "<svg" in shown
    assert "style=" not in shown
    secret = re.search(r"<code class=\"code\">([A-Z2-7-]+)</code>", shown)[1].replace("-", "")
    assert secret in browser.get("/sign-in/second-factor").content.decode().replace("-", "")
    wrong = browser.post("/sign-in/second-factor", {"code": clock.code(40, secret)})
    assert wrong.status_code == 400
    done = browser.post("/sign-in/second-factor", {"code": clock.code(0, secret)})
    codes = re.findall(r">([a-z2-9]{5}-[a-z2-9]{5})<", done.content.decode())
    assert len(set(codes)) == 10
    assert "New Namewala" in browser.get("/").content.decode()
    user = User.objects.get(login="new")
    assert not user.passphrase_once
    assert services.totp_secret_of(user) == secret

    again = Client()
    try_in("new", PASSPHRASE, again)
    assert again.post("/sign-in/code", {"code": clock.code(0, secret)}).status_code == 400
    assert again.post("/sign-in/code", {"code": codes[0]}).status_code == 302


def test_the_key_of_the_session_changes_at_each_step(officer: User, clock: Clock) -> None:
    browser = Client()
    browser.get("/sign-in")
    session = browser.session
    session["planted"] = "by somebody else"
    session.save()
    keys = {session.session_key}
    try_in("officer", PASSPHRASE, browser)
    keys.add(browser.session.session_key)
    browser.post("/sign-in/code", {"code": clock.code()})
    keys.add(browser.session.session_key)
    assert len(keys) == 3
    assert "planted" not in browser.session
    assert Session.objects.filter(session_key__in=keys).count() == 1


def test_it_goes_on_where_one_wanted_to_go_if_that_is_here(officer: User, clock: Clock) -> None:
    for wanted, to in (("/my/sign-ins", "/my/sign-ins"), ("https://elsewhere.example/", "/")):
        browser = Client()
        browser.post("/sign-in", {"login": "officer", "passphrase": PASSPHRASE, "next": wanted})
        clock.move(seconds=60)
        answer = browser.post("/sign-in/code", {"code": clock.code()})
        assert answer.headers["Location"] == to


def test_it_goes_on_in_the_language_of_the_person_or_of_the_browser(
    officer: User, sign_in: SignIn, clock: Clock
) -> None:
    assert sign_in().cookies["rabta_language"].value == "en"
    browser = Client()
    browser.cookies["rabta_language"] = "ur"
    try_in("officer", PASSPHRASE, browser)
    clock.move(seconds=60)
    browser.post("/sign-in/code", {"code": clock.code()})
    assert browser.cookies["rabta_language"].value == "ur"
    assert 'lang="ur"' in browser.get("/my/sign-ins").content.decode()


def test_the_passphrase_can_be_shown_and_is_never_sent_back(officer: User) -> None:
    assert 'type="password"' in Client().get("/sign-in").content.decode()
    shown = Client().get("/sign-in?show=1").content.decode()
    assert 'type="password"' not in shown
    for address in ("/sign-in", "/sign-in?show=1"):
        answer = Client().post(address, {"login": "officer", "passphrase": "tell-tale"})
        assert "tell-tale" not in answer.content.decode()


def test_nothing_that_was_typed_stands_in_the_ledger(officer: User) -> None:
    try_in("my-passphrase-typed-as-login")
    try_in("officer", "another-secret")
    said = str([entry.said for entry in WriteEntry.objects.all()])
    assert "typed" not in said
    assert "secret" not in said
    failed = [e.said for e in WriteEntry.objects.all() if e.said["event"] == "sign-in.failed"]
    assert [entry["user"] for entry in failed] == [0, officer.pk]


def test_with_several_postings_one_is_chosen_and_can_be_changed(
    world: object, officer: User, sign_in: SignIn
) -> None:
    world.post(officer, "hq", Duty.SUPERVISOR)
    browser = sign_in()
    page = browser.get("/duty").content.decode()
    first, second = re.findall(r'name="posting" value="([\w-]+)"', page)
    assert browser.get("/my/units").status_code == 403
    before = browser.session.session_key
    assert browser.post("/duty", {"posting": first}).status_code == 302
    middle = browser.session.session_key
    statuses = {browser.get("/my/units").status_code}
    browser.post("/duty", {"posting": second})
    statuses.add(browser.get("/my/units").status_code)
    assert statuses == {200, 403}
    assert len({before, middle, browser.session.session_key}) == 3
    assert browser.post("/duty", {"posting": "another"}).status_code == 400
    assert events()[-1] == "duty.changed"


def test_signing_out_ends_the_session(officer: User, sign_in: SignIn) -> None:
    browser = sign_in()
    key = browser.session.session_key
    assert browser.get("/sign-out").status_code == 200
    assert browser.post("/sign-out").headers["Location"] == "/sign-in"
    assert not Session.objects.filter(session_key=key).exists()
    assert browser.get("/").status_code == 302
    assert events()[-1] == "sign-in.left"
