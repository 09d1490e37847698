"""Which sign-ins stand open: of a browser, of the command line."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.utils import timezone

from rabta.core.access.decisions import Actor
from rabta.core.errors import Refused, gettext_noop
from rabta.desk.accounts.labels import duty_label
from rabta.desk.accounts.models import Posting, Session, Token, User
from rabta.desk.accounts.rules import LONGEST_SIGN_IN
from rabta.desk.accounts.selectors.postings import actor_of, postings_of


@dataclass(frozen=True, slots=True)
class SignIn:
    """A sign-in as its owner sees it. ``ref`` names it in a form without giving its key away."""

    ref: str
    command_line: bool
    device: str
    duty: Any
    unit: str
    began: datetime
    last_seen: datetime | None
    ends: datetime
    here: bool


def sign_ins_of(user: User, *, here: str = "") -> tuple[SignIn, ...]:
    """A person's open sign-ins, the newest first. ``here`` is the key of the one that asks."""
    now = timezone.now()
    sessions = list(
        Session.objects.filter(
            user_id=user.pk, expire_date__gt=now, began__gt=now - LONGEST_SIGN_IN
        ).order_by("-began")
    )
    tokens = list(
        Token.objects.filter(user=user, ended_at__isnull=True, expires_at__gt=now)
        .select_related("posting__unit")
        .order_by("-created_at")
    )
    posted = {session.posting_id for session in sessions}
    postings = Posting.objects.select_related("unit").in_bulk([pk for pk in posted if pk])
    found = []
    for session in sessions:
        posting = postings.get(session.posting_id or 0)
        found.append(
            SignIn(
                ref=session_ref(session.session_key),
                command_line=False,
                device=session.device,
                duty=duty_label(posting.duty) if posting else "",
                unit=str(posting.unit) if posting else "",
                began=session.began,
                last_seen=session.last_seen,
                ends=min(session.expire_date, session.began + LONGEST_SIGN_IN),
                here=session.session_key == here,
            )
        )
    for token in tokens:
        found.append(
            SignIn(
                ref=str(token.public_id),
                command_line=True,
                device="",
                duty=duty_label(token.posting.duty),
                unit=str(token.posting.unit),
                began=token.created_at,
                last_seen=None,
                ends=token.expires_at,
                here=False,
            )
        )
    return tuple(found)


def session_ref(key: str) -> str:
    """A name for a session that does not open it."""
    return sha256(f"rabta session {key}".encode()).hexdigest()[:24]


def token_digest(token: str) -> str:
    """What is kept of a token. It is 256 random bits, so one round of a hash is enough."""
    return sha256(token.encode()).hexdigest()


def actor_by_token(token: str) -> Actor:
    """Who acts with a token of the command line. Raises Refused where it opens nothing (more)."""
    return actor_of(*holder_of(token))


def holder_of(token: str) -> tuple[User, Posting]:
    """Whose token of the command line it is, in which posting. Raises Refused likewise."""
    found = (
        Token.objects.filter(digest=token_digest(token))
        .select_related("user", "posting__unit")
        .first()
    )
    if found is None or found.ended_at is not None or found.expires_at <= timezone.now():
        raise _over()
    held = postings_of(found.user) if found.user.is_active else ()
    posting = next((each for each in held if each.pk == found.posting_id), None)
    if posting is None:
        raise _over()
    return found.user, posting


def _over() -> Refused:
    return Refused(
        gettext_noop("This sign-in of the command line has ended."),
        why="sign-in",
        remedy=gettext_noop("Sign in again with “rabta login”."),
    )
