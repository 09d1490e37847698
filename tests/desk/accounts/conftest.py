"""A steward, a clock that only moves when told, and a browser that signs in."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pyotp
import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import Client
from django.utils import timezone

from rabta.core.access.decisions import Actor
from rabta.core.words.vocabulary import Duty
from rabta.desk.accounts import services
from rabta.desk.accounts.models import User
from rabta.desk.wall.session import acting

FOUNDER = Actor(user=0, duty=Duty.STEWARD)
PASSPHRASE = "walnut ladder copper rain"
TOTP = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


class Clock:
    """The time of the tests: stands still until it is moved."""

    def __init__(self, at: datetime):
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)

    def code(self, steps: int = 0, secret: str = TOTP) -> str:
        """What the app on the telephone shows, so many steps from now."""
        return pyotp.TOTP(secret).at(self.at, counter_offset=steps)


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same hash with less work in it: its cost is for attackers, not for tests."""
    for name, value in (("time_cost", 1), ("memory_cost", 64), ("parallelism", 1)):
        monkeypatch.setattr(Argon2PasswordHasher, name, value)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    real = timezone.now()
    noon = timezone.localtime(real).replace(hour=12, minute=0, second=5, microsecond=0)
    made = Clock(noon)
    monkeypatch.setattr(timezone, "now", made)
    return made


@pytest.fixture
def founder(db: None) -> Iterator[Actor]:
    """Acts as the steward for the whole test."""
    with acting(FOUNDER, "test"):
        yield FOUNDER


@pytest.fixture
def officer(world: object, clock: Clock) -> User:
    """An investigator of circle_a with a passphrase and a second factor."""
    with acting(FOUNDER, "test"):
        made = services.open_user(
            actor=FOUNDER,
            login="officer",
            name="Officer Namewala",
            passphrase=PASSPHRASE,
            totp_secret=TOTP,
        )
    world.post(made.user, "circle_a", Duty.INVESTIGATOR)
    return made.user


@pytest.fixture
def sign_in(clock: Clock) -> Callable[..., Client]:
    """Signs a browser in through the pages, as a person does."""

    def go(login: str = "officer", agent: str = "Mozilla/5.0 (X11; Linux) Firefox/130.0") -> Client:
        browser = Client(headers={"user-agent": agent})
        clock.move(seconds=60)  # a step of the second factor works once
        answer = browser.post("/sign-in", {"login": login, "passphrase": PASSPHRASE})
        assert answer.headers["Location"] == "/sign-in/code"
        answer = browser.post("/sign-in/code", {"code": clock.code()})
        assert answer.status_code == 302, answer.content.decode()
        return browser

    return go
