"""People who sign in, and their postings."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password
from django.db.models import Q
from django.utils import timezone

from rabta.core.access.decisions import Actor
from rabta.core.errors import BadValue, NotAllowedNow, gettext_noop
from rabta.core.words.vocabulary import Duty
from rabta.desk.accounts.models import (
    Posting,
    PrintedCode,
    Session,
    SignInState,
    Token,
    Unit,
    User,
)
from rabta.desk.accounts.rules import (
    Held,
    Span,
    plain_login,
    plain_passphrase,
    refuse_backwards,
    refuse_outside,
    refuse_posting,
)
from rabta.desk.accounts.services.duties import steward_only
from rabta.desk.accounts.services.secrets import one_time_passphrase, sealed_totp
from rabta.desk.accounts.services.tokens import end_sign_ins
from rabta.desk.wall.door import Door, write


@dataclass(frozen=True, slots=True)
class NewSignIn:
    """A person and the passphrase for their first sign-in: shown once, kept nowhere."""

    user: User
    passphrase: str


@dataclass(frozen=True, slots=True)
class NewSecret:
    """A passphrase with its hash, made before a transaction: hashing is slow on purpose."""

    passphrase: str
    hashed: str
    once: bool

    @classmethod
    def of(cls, given: "str | NewSecret | None") -> "NewSecret":
        """The one given, or a fresh one for one sign-in."""
        if isinstance(given, NewSecret):
            return given
        chosen = one_time_passphrase() if given is None else given
        return cls(chosen, make_password(plain_passphrase(chosen)), given is None)


def open_user(
    *,
    actor: Actor,
    login: str,
    name: str,
    language: str = "en",
    passphrase: str | NewSecret | None = None,
    totp_secret: str | None = None,
) -> NewSignIn:
    """Open a sign-in for a person. It opens nothing before they are posted somewhere.

    Without a passphrase a one-time one is made, which the person replaces at the first sign-in.
    A passphrase and a second factor (base32) that are given are taken as they are, for a demo.
    """
    steward_only(actor)
    login, name = plain_login(login), " ".join(name.split())
    if not login or any(c.isspace() for c in login) or len(login) > 64:
        raise BadValue(
            field="login",
            value=login,
            remedy=gettext_noop("A login has 1 to 64 letters, digits or signs and no space."),
        )
    if not name:
        raise BadValue(field="name", value=name, remedy=gettext_noop("Give the person's name."))
    secret = NewSecret.of(passphrase)
    with write(actor, "user.opened") as door:
        if User.objects.filter(login=login).exists():
            raise NotAllowedNow(
                gettext_noop("Somebody has the login {login} already."),
                remedy=gettext_noop("Choose another login."),
                login=login,
            )
        user = User(
            login=login,
            name=name,
            language=language,
            password=secret.hashed,
            passphrase_once=secret.once,
        )
        if totp_secret is not None:
            user.totp_sealed = sealed_totp(user, totp_secret)
        door.create(user)
        SignInState(user=user).save(force_insert=True)
    return NewSignIn(user, secret.passphrase)


def open_and_post(
    *,
    actor: Actor,
    login: str,
    name: str,
    language: str,
    unit: Unit,
    duty: Duty,
    valid_from: date,
) -> NewSignIn:
    """Open a sign-in and post its person: both or neither."""
    steward_only(actor)
    secret = NewSecret.of(None)
    with write(actor, "user.opened"):
        made = open_user(actor=actor, login=login, name=name, language=language, passphrase=secret)
        post(actor=actor, user=made.user, unit=unit, duty=duty, valid_from=valid_from)
    return made


def renew_sign_in(*, actor: Actor, user: User) -> NewSignIn:
    """Give a person who lost passphrase or telephone a one-time passphrase and a fresh start.

    Their second factor, their printed codes and every sign-in of theirs end with it.
    """
    steward_only(actor)
    secret = NewSecret.of(None)
    with write(actor, "user.renewed") as door:
        user = _locked(user)
        _refuse_closed(user)
        user = door.change(
            user,
            password=secret.hashed,
            passphrase_once=True,
            totp_sealed=None,
        )
        unused = PrintedCode.objects.filter(user=user, used_at__isnull=True)
        door.remove_many(unused)
        SignInState.objects.filter(user=user).update(failures=0, locked_until=None)
        end_sign_ins(actor=actor, user=user)
    return NewSignIn(user, secret.passphrase)


def close_user(*, actor: Actor, user: User) -> User:
    """Close a person's sign-in today: their postings and sign-ins end with it."""
    steward_only(actor)
    today = timezone.localdate()
    with write(actor, "user.closed") as door:
        user = _locked(user)
        _refuse_closed(user)
        running = Posting.objects.filter(user=user).filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=today)
        )
        for posting in running:
            refuse_last_steward(posting)
            let_posting_end(door, posting, on=max(posting.valid_from, today))
        user = door.change(user, closed=today)
        end_sign_ins(actor=actor, user=user)
        return user


def post(
    *,
    actor: Actor,
    user: User,
    unit: Unit,
    duty: Duty,
    valid_from: date,
    valid_to: date | None = None,
) -> Posting:
    """Post a person to a unit in a duty, from a day to a day (excluded)."""
    steward_only(actor)
    duty = Duty(duty)
    span = Span(valid_from, valid_to)
    refuse_backwards(span)
    with write(actor, "posting.made") as door:
        user = _locked(user)
        _refuse_closed(user)
        unit = Unit.objects.select_for_update(of=("self",)).select_related("agency").get(pk=unit.pk)
        refuse_outside(span, Span(unit.opened, unit.closed), name=str(unit))
        held = Posting.objects.filter(user=user)
        refuse_posting(
            Held(unit.pk, duty, span),
            [Held(p.unit_id, Duty(p.duty), Span(p.valid_from, p.valid_to)) for p in held],
        )
        return door.create(
            Posting(user=user, unit=unit, duty=duty, valid_from=valid_from, valid_to=valid_to)
        )


def end_posting(*, actor: Actor, posting: Posting, on: date) -> Posting:
    """End a posting on a day: from that day it opens nothing, and sign-ins made in it end."""
    steward_only(actor)
    with write(actor, "posting.ended") as door:
        posting = (
            Posting.objects.select_for_update(of=("self",))
            .select_related("user", "unit")
            .get(pk=posting.pk)
        )
        if posting.valid_to is not None and posting.valid_to <= on:
            raise NotAllowedNow(
                gettext_noop("This posting ends on {day} already."),
                remedy=gettext_noop("Nothing is left to do."),
                day=posting.valid_to.isoformat(),
            )
        refuse_backwards(Span(posting.valid_from, on))
        refuse_last_steward(posting)
        return let_posting_end(door, posting, on=on)


def let_posting_end(door: Door, posting: Posting, *, on: date) -> Posting:
    """End a posting at an open door; its sign-ins end at once where the day has come."""
    posting = door.change(posting, valid_to=on)
    if on <= timezone.localdate():
        Session.objects.filter(posting_id=posting.pk).delete()
        for token in Token.objects.filter(posting=posting, ended_at__isnull=True):
            door.change(token, ended_at=timezone.now())
    return posting


def _locked(user: User) -> User:
    """The person as they are now, held until the transaction ends."""
    return User.objects.select_for_update().get(pk=user.pk)


def _refuse_closed(user: User) -> None:
    if user.closed is not None:
        raise NotAllowedNow(
            gettext_noop("The sign-in of {name} was closed on {day}."),
            remedy=gettext_noop("Open a new sign-in for them."),
            name=user.name,
            day=user.closed.isoformat(),
        )


def refuse_last_steward(posting: Posting) -> None:
    """A node without a steward could never get one again."""
    if posting.duty != Duty.STEWARD:
        return
    stewards = Posting.objects.filter(
        duty=Duty.STEWARD, valid_to__isnull=True, user__closed__isnull=True
    )
    if not stewards.exclude(pk=posting.pk).exists():
        raise NotAllowedNow(
            gettext_noop("This is the only steward of the node."),
            remedy=gettext_noop("Post another steward first."),
        )
