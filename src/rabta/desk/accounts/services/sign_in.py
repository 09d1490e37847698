"""Signing in, in two steps, with the same words and the same work whatever is wrong.

A try is counted before it is judged, in one statement: a hundred guesses at once are a hundred
tries. A try that was right is taken off again; the row of failures ends with the second factor.
"""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import check_password
from django.db import transaction
from django.db.models import F, Q

from rabta.core.access.decisions import Actor
from rabta.core.errors import NotFound
from rabta.desk.accounts.models import Posting, SignInState, User
from rabta.desk.accounts.rules import (
    CodeFailed,
    SignInFailed,
    lock_after,
    matching_step,
    plain_code,
    plain_login,
    plain_passphrase,
)
from rabta.desk.accounts.services.secrets import (
    LONGEST_PASSPHRASE,
    totp_secret_of,
    use_printed_code,
)
from rabta.desk.wall.door import write
from rabta.desk.wall.session import acting

UNUSABLE = "!"
"""A hash that no passphrase has; comparing with it costs what comparing with a real one costs."""


@dataclass(frozen=True, slots=True)
class Try:
    """A try that was counted. ``open``: it may be judged. ``locks``: failing, it closes."""

    open: bool
    locks: bool


def first_factor(*, login: str, passphrase: str, now: datetime) -> User:
    """The person whose login and passphrase these are. Raises SignInFailed, and says no more."""
    user = User.objects.filter(login=plain_login(login), closed__isnull=True).first()
    counted = _count(user.pk if user else 0, now)
    # For a login that nobody has, the hasher does its full work for nothing: it takes as long.
    right = check_password(
        plain_passphrase(passphrase[:LONGEST_PASSPHRASE]), user.password if user else UNUSABLE
    )
    if user is None or not right or not counted.open:
        _failed(user.pk if user else 0, counted)
        raise SignInFailed
    _take_off(user, counted)
    return user


def second_factor(*, user: User, code: str, now: datetime) -> None:
    """Check the second factor: a code of the app, or a printed one. Raises CodeFailed."""
    who = Actor(user=user.pk, duty=None)
    counted = _count(user.pk, now)
    if not counted.open or not _right_code(who, user, code, now):
        _failed(user.pk, counted)
        raise CodeFailed
    _start_over(user)


def _right_code(who: Actor, user: User, code: str, now: datetime) -> bool:
    said = plain_code(code)
    secret = totp_secret_of(user)
    if len(said) == 6 and said.isdigit():
        return secret is not None and use_step(user, secret=secret, code=said, now=now)
    with acting(who, "sign-in"):
        return use_printed_code(actor=who, user=user, code=said)


def use_step(user: User, *, secret: str, code: str, now: datetime) -> bool:
    """Use up the time step of a code of the app; of two that come at once, one is let in."""
    last = SignInState.objects.filter(user=user).values_list("last_step", flat=True).first() or 0
    step = matching_step(secret, plain_code(code), at=now, last_step=last)
    if step is None:
        return False
    SignInState.objects.get_or_create(user=user)
    used = SignInState.objects.filter(user=user, last_step__lt=step).update(last_step=step)
    return bool(used)


def finish_sign_in(*, user: User) -> None:
    """Enter a sign-in that came about in the ledger."""
    who = Actor(user=user.pk, duty=None)
    with acting(who, "sign-in"), write(who, "sign-in.done") as door:
        door.note("user", [user.pk], "signed in")


def change_duty(*, actor: Actor, posting: Posting) -> None:
    """Enter in the ledger that somebody goes on in another posting of theirs."""
    if posting.user_id != actor.user:
        raise NotFound
    with write(actor, "duty.changed") as door:
        door.note("posting", [posting.pk], "taken up")


def sign_out(*, actor: Actor) -> None:
    """Enter in the ledger that somebody signed out."""
    with write(actor, "sign-in.left") as door:
        door.note("user", [actor.user], "signed out")


def _count(user_id: int, now: datetime) -> Try:
    """Count a try before it is judged. For a login that nobody has: the same statements."""
    open_now = Q(locked_until__isnull=True) | Q(locked_until__lte=now)
    with transaction.atomic():
        if user_id:
            SignInState.objects.get_or_create(user_id=user_id)
        mine = SignInState.objects.filter(user_id=user_id)
        counted = mine.filter(open_now).update(failures=F("failures") + 1)
        failures = mine.values_list("failures", flat=True).first() or 0
        lock = lock_after(failures) if counted else None
        if lock is not None:
            mine.update(locked_until=now + lock)
    return Try(open=bool(counted), locks=lock is not None)


def _take_off(user: User, counted: Try) -> None:
    """A try that was right counts for nothing, and does not close what it would have closed."""
    mine = SignInState.objects.filter(user=user)
    mine.filter(failures__gt=0).update(failures=F("failures") - 1)
    if counted.locks:
        mine.update(locked_until=None)


def _start_over(user: User) -> None:
    SignInState.objects.filter(user=user).update(failures=0, locked_until=None)


def _failed(user_id: int, counted: Try) -> None:
    """Enter the failure; what was typed stands nowhere: people type passphrases into logins."""
    who = Actor(user=user_id, duty=None)
    with acting(who, "sign-in"):
        with write(who, "sign-in.failed") as door:
            door.note("user", [user_id], "failed")
        if counted.locks:
            with write(who, "sign-in.closed") as door:
                door.note("user", [user_id], "closed for a time")
