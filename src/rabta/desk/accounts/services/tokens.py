"""Sign-ins that stand open: the command line's tokens, and ending any sign-in."""

import secrets
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from rabta.core.access.decisions import Actor
from rabta.core.errors import NotFound, Refused, gettext_noop
from rabta.desk.accounts.models import Posting, Session, Token, User
from rabta.desk.accounts.rules import LONGEST_SIGN_IN
from rabta.desk.accounts.selectors import actor_of, postings_of
from rabta.desk.accounts.selectors.sign_ins import session_ref, token_digest
from rabta.desk.accounts.services.duties import own_or_steward
from rabta.desk.wall.door import write
from rabta.desk.wall.session import acting

TOKEN_MINUTES = 480


def issue_token(user: User, posting: Posting, *, minutes: int = TOKEN_MINUTES) -> str:
    """Sign a person in to the command line in a posting of theirs, for so many minutes.

    Gives the token in clear, this once; only its digest is kept. Raises Refused where the
    posting is not theirs today.
    """
    if posting.pk not in {held.pk for held in postings_of(user)}:
        raise Refused(
            gettext_noop("This posting is not yours today."),
            why="duty",
            remedy=gettext_noop("Choose another of your postings."),
        )
    actor = actor_of(user, posting)
    token = secrets.token_urlsafe(32)
    ends = timezone.now() + timedelta(minutes=minutes)
    with acting(actor, "login"), write(actor, "token.issued") as door:
        door.create(Token(user=user, posting=posting, digest=token_digest(token), expires_at=ends))
    return token


def end_token(*, token: str) -> None:
    """End a sign-in of the command line. Quiet where it has ended already."""
    found = (
        Token.objects.filter(digest=token_digest(token), ended_at__isnull=True)
        .select_related("user", "posting__unit")
        .first()
    )
    if found is None:
        return
    actor = actor_of(found.user, found.posting)
    with acting(actor, "logout"), write(actor, "token.ended") as door:
        door.change(found, ended_at=timezone.now())


def end_sign_in(*, actor: Actor, user: User, ref: str) -> str:
    """End one of a person's sign-ins by its ref (``selectors.sign_ins_of``).

    Gives the key of the session that ended, or nothing for a token. Raises NotFound.
    """
    own_or_steward(actor, user)
    with write(actor, "sign-in.ended") as door:
        for session in Session.objects.filter(user_id=user.pk):
            key = str(session.session_key)
            if session_ref(key) == ref:
                session.delete()
                door.note("user", [user.pk], "one sign-in ended")
                return key
        for token in Token.objects.filter(user=user, ended_at__isnull=True):
            if str(token.public_id) == ref:
                door.change(token, ended_at=timezone.now())
                return ""
    raise NotFound


def forget_ended() -> int:
    """Forget the sessions whose time is over; gives their number. For the regular work."""
    now = timezone.now()
    over = Q(expire_date__lte=now) | Q(began__lte=now - LONGEST_SIGN_IN)
    ended, _ = Session.objects.filter(over).delete()
    return ended


def end_sign_ins(*, actor: Actor, user: User, keep: str = "") -> None:
    """End every sign-in of a person, save the session of one key."""
    own_or_steward(actor, user)
    with write(actor, "sign-in.all-ended") as door:
        for token in Token.objects.filter(user=user, ended_at__isnull=True):
            door.change(token, ended_at=timezone.now())
        ended, _ = Session.objects.filter(user_id=user.pk).exclude(session_key=keep).delete()
        if ended:
            door.note("user", [user.pk], "sign-ins ended")
