"""The first steward of an empty node."""

from dataclasses import dataclass

from django.utils import timezone

from rabta.core.access.decisions import Actor
from rabta.core.errors import NotAllowedNow, gettext_noop
from rabta.core.words.vocabulary import AgencyKind, Duty
from rabta.desk.accounts.models import Posting, User
from rabta.desk.accounts.rules import UnitKind
from rabta.desk.accounts.services.agencies import open_agency, open_unit
from rabta.desk.accounts.services.people import open_user, post
from rabta.desk.accounts.services.secrets import enrol_totp, new_totp_secret, print_codes
from rabta.desk.wall.door import write
from rabta.desk.wall.session import acting

FOUNDER = Actor(user=0, duty=Duty.STEWARD)
"""Who acts while nobody exists yet."""


@dataclass(frozen=True, slots=True)
class NewNode:
    """The first steward's sign-in: shown once, kept nowhere."""

    user: User
    posting: Posting
    passphrase: str
    totp_secret: str
    codes: tuple[str, ...]


def make_node(steward_login: str, *, name: str = "") -> NewNode:
    """Make the first steward, with an agency and a desk of the node's own to sit at.

    Raises NotAllowedNow where anybody signs in already: this is no way round the stewards.
    """
    today = timezone.localdate()
    secret = new_totp_secret()
    with acting(FOUNDER, "create-node"), write(FOUNDER, "node.made"):
        if User.objects.exists():
            raise NotAllowedNow(
                gettext_noop("This node has people already."),
                remedy=gettext_noop("Ask its steward to open a sign-in."),
            )
        agency = open_agency(
            actor=FOUNDER,
            code="NODE",
            names={"en": "This node", "ur": "یہ نوڈ"},
            kind=AgencyKind.CENTRAL_GOV,
            opened=today,
        )
        unit = open_unit(
            actor=FOUNDER,
            agency=agency,
            code="NODE-DESK",
            names={"en": "Stewards' desk", "ur": "منتظمین کا ڈیسک"},
            kind=UnitKind.DESK,
            opened=today,
        )
        made = open_user(actor=FOUNDER, login=steward_login, name=name or steward_login)
        posting = post(
            actor=FOUNDER, user=made.user, unit=unit, duty=Duty.STEWARD, valid_from=today
        )
        user = enrol_totp(actor=FOUNDER, user=made.user, secret=secret)
        codes = print_codes(actor=FOUNDER, user=user)
    return NewNode(user, posting, made.passphrase, secret, codes)
