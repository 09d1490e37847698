"""What holds of postings, units and sign-ins, as pure functions: the time is handed in."""

import hmac
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

import pyotp

from rabta.core.errors import BadInput, NotAllowedNow, Refused, gettext_noop
from rabta.core.words.vocabulary import Duty

TRIES = 5
FIRST_LOCK = timedelta(minutes=15)
LONGEST_LOCK = timedelta(days=1)
LONGEST_SIGN_IN = timedelta(hours=12)
"""A sign-in ends after so long, however busy it is."""
SEEN_EVERY = timedelta(minutes=1)
"""How often at most a sign-in's last sight is written down."""
TO_FINISH = timedelta(minutes=10)
"""How long a passphrase that was right waits for its second factor."""
TOTP_STEP = 30
CODES = 10
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and digits that nobody takes for one another on paper: no i, l, o, 0, 1."""


class UnitKind(StrEnum):
    """What a unit of an agency is called."""

    HEADQUARTERS = "headquarters"
    ZONE = "zone"
    CIRCLE = "circle"
    POST = "post"
    STATION = "station"
    DESK = "desk"


class SignInFailed(Refused):
    """A sign-in that did not come about. The same words whatever the cause, so that they tell
    nobody whether a login exists, whether it is locked, or which half was wrong."""

    code = "sign-in-failed"
    message = gettext_noop("This sign-in did not work.")
    remedy = gettext_noop(
        "Check the login and the passphrase. After five tries that fail, signing in is closed"
        " for 15 minutes, and longer each time after that: try again later."
    )


class CodeFailed(Refused):
    """A second factor that was wrong, was used before, or came when signing in is closed."""

    code = "code-failed"
    message = gettext_noop("This code cannot be used.")
    remedy = gettext_noop(
        "Each code works once. Wait for the next code, or use a printed one. After five tries"
        " that fail, signing in is closed for 15 minutes, and longer each time after that."
    )


@dataclass(frozen=True, slots=True)
class Span:
    """From a day to a day (excluded); without an end it goes on."""

    start: date
    end: date | None = None

    def meets(self, other: "Span") -> bool:
        """Whether the two share a day. A span that ends on its first day has none."""
        if self.end == self.start or other.end == other.start:
            return False
        return (self.end is None or other.start < self.end) and (
            other.end is None or self.start < other.end
        )


@dataclass(frozen=True, slots=True)
class Held:
    """A posting as the rules see it."""

    unit: int
    duty: Duty
    span: Span


def refuse_backwards(span: Span) -> None:
    """Raise BadInput for a span whose end lies before its first day."""
    if span.end is not None and span.end < span.start:
        raise BadInput(
            gettext_noop("The end, {end}, lies before the beginning, {start}."),
            remedy=gettext_noop("Correct one of the two days."),
            start=span.start.isoformat(),
            end=span.end.isoformat(),
        )


def refuse_posting(wanted: Held, held: Iterable[Held]) -> None:
    """Raise NotAllowedNow where a posting meets one that it cannot stand beside.

    The same duty at the same unit twice; or the steward's duty beside any other: the steward
    runs the node and reads no case, so nobody may be both on one day.
    """
    for other in held:
        if not wanted.span.meets(other.span):
            continue
        if (wanted.unit, wanted.duty) == (other.unit, other.duty):
            raise NotAllowedNow(
                gettext_noop("This person holds this duty at this unit already."),
                remedy=gettext_noop("End the posting that stands, or choose other days."),
            )
        if (wanted.duty is Duty.STEWARD) is not (other.duty is Duty.STEWARD):
            raise NotAllowedNow(
                gettext_noop("A steward cannot hold another duty at the same time."),
                remedy=gettext_noop("End the other posting first; the steward reads no case."),
            )


def refuse_outside(wanted: Span, life: Span, *, name: str) -> None:
    """Raise NotAllowedNow where a posting does not lie within the days a unit is open."""
    if wanted.start < life.start:
        raise NotAllowedNow(
            gettext_noop("{name} opens on {day}; nobody can be posted there before."),
            remedy=gettext_noop("Choose a later day."),
            name=name,
            day=life.start.isoformat(),
        )
    if life.end is not None and (wanted.end is None or wanted.end > life.end):
        raise NotAllowedNow(
            gettext_noop("{name} closes on {day}; nobody can be posted there after."),
            remedy=gettext_noop("Choose the unit that took over, or an end no later than that."),
            name=name,
            day=life.end.isoformat(),
        )


def lock_after(failures: int) -> timedelta | None:
    """For how long signing in is closed by this failure, the n-th in a row; None: not yet.

    Every fifth failure closes it: for 15 minutes, then for double, at most for a day.
    """
    if failures < TRIES or failures % TRIES:
        return None
    doublings = min(failures // TRIES - 1, 10)
    return min(FIRST_LOCK * 2**doublings, LONGEST_LOCK)


def matching_step(secret: str, code: str, *, at: datetime, last_step: int) -> int | None:
    """The time step that a code of the second factor belongs to, one step either way allowed.

    A step that was used, or lies before one that was, matches no more: a code that somebody
    read over a shoulder is worth nothing. RFC 6238, section 5.2.
    """
    totp = pyotp.TOTP(secret, interval=TOTP_STEP)
    now = int(at.timestamp()) // TOTP_STEP
    found = None
    for step in (now - 1, now, now + 1):
        right = hmac.compare_digest(totp.generate_otp(step).encode(), code.encode())
        if right and step > last_step:
            found = step
    return found


def plain_login(text: str) -> str:
    """A login as it is kept: without spaces around, without case."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def plain_passphrase(text: str) -> str:
    """A passphrase in one form, so that it is the same from every keyboard (NIST 800-63B)."""
    return unicodedata.normalize("NFKC", text)


def plain_code(text: str) -> str:
    """A code of the second factor as it is compared: Western digits, no spaces, no dashes."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    kept = (c for c in folded if c.isalnum())
    return "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in kept)


def grouped(letters: Iterable[str], *, size: int = 5) -> str:
    """Letters in groups that can be read aloud: ``abcde-fghjk``."""
    text = "".join(letters)
    return "-".join(text[at : at + size] for at in range(0, len(text), size))


BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


def device_of(user_agent: str) -> str:
    """A browser's account of itself in two words, for the list of one's own sign-ins."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    if browser and system:
        return f"{browser}, {system}"
    return browser or system or re.sub(r"[^\w./ -]", "", user_agent)[:40].strip()
