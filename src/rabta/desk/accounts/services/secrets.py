"""Passphrases, the second factor, printed codes: made here, kept only as hashes or sealed."""

import hmac
import secrets
from hashlib import sha256

import pyotp
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone

from rabta.core.access.decisions import Actor
from rabta.core.errors import BadInput, gettext_noop
from rabta.desk.accounts.models import PrintedCode, User
from rabta.desk.accounts.rules import ALPHABET, CODES, grouped, plain_code, plain_passphrase
from rabta.desk.accounts.services.duties import own_or_steward
from rabta.desk.accounts.services.tokens import end_sign_ins
from rabta.desk.wall import keys
from rabta.desk.wall.door import write

LONGEST_PASSPHRASE = 256


def one_time_passphrase() -> str:
    """Twenty random letters and digits in groups: about 99 bits."""
    return grouped(secrets.choice(ALPHABET) for _ in range(20))


def new_totp_secret() -> str:
    """A fresh secret of the second factor: 160 bits in base32."""
    return str(pyotp.random_base32(32))


def sealed_totp(user: User, secret: str) -> bytes:
    """The second factor's secret as it is kept."""
    return keys.seal(secret, agency=0, binding=user.public_id)


def totp_secret_of(user: User) -> str | None:
    """The second factor's secret in clear, for comparing a code; None before enrolment."""
    if user.totp_sealed is None:
        return None
    return keys.unseal(user.totp_sealed, agency=0, binding=user.public_id)


def code_digest(user: User, code: str) -> str:
    """What is kept of a printed code: an HMAC under a key that is not in the database."""
    said = b"printed code|" + user.public_id.bytes + plain_code(code).encode()
    return hmac.new(keys.keyring().match, said, sha256).hexdigest()


def set_passphrase(*, actor: Actor, user: User, passphrase: str, keep: str = "") -> User:
    """Set a person's passphrase; every other sign-in of theirs ends (``keep``: a session's key).

    Raises BadInput for one that is too short, too long or among the common ones.
    """
    own_or_steward(actor, user)
    chosen = plain_passphrase(passphrase)
    if len(chosen) > LONGEST_PASSPHRASE:
        raise BadInput(
            gettext_noop("The passphrase has more than {most} characters."),
            remedy=gettext_noop("Choose a shorter one."),
            most=LONGEST_PASSPHRASE,
        )
    if chosen.casefold() in {user.login, plain_passphrase(user.name).casefold()}:
        raise BadInput(
            gettext_noop("The passphrase is the login or the name."),
            remedy=gettext_noop("Choose another: four unrelated words are good and easy to type."),
        )
    try:
        validate_password(chosen, user)
    except ValidationError as why:
        raise BadInput(
            gettext_noop("This passphrase is too easy to guess. {why}"),
            remedy=gettext_noop("Choose another: four unrelated words are good and easy to type."),
            why=" ".join(str(message) for message in why.messages),
        ) from None
    with write(actor, "passphrase.set") as door:
        user = door.change(
            User.objects.get(pk=user.pk), password=make_password(chosen), passphrase_once=False
        )
        end_sign_ins(actor=actor, user=user, keep=keep)
    return user


def enrol_totp(*, actor: Actor, user: User, secret: str) -> User:
    """Set the secret of a person's second factor (base32), sealed."""
    own_or_steward(actor, user)
    with write(actor, "second-factor.enrolled") as door:
        return door.change(User.objects.get(pk=user.pk), totp_sealed=sealed_totp(user, secret))


def print_codes(*, actor: Actor, user: User) -> tuple[str, ...]:
    """Make ten codes for paper, each good for one sign-in; codes made before end.

    They are returned this once; only digests are kept.
    """
    own_or_steward(actor, user)
    codes = tuple(grouped(secrets.choice(ALPHABET) for _ in range(10)) for _ in range(CODES))
    with write(actor, "codes.printed") as door:
        old = PrintedCode.objects.filter(user=user, used_at__isnull=True)
        door.remove_many(old)
        door.create_many([PrintedCode(user=user, digest=code_digest(user, c)) for c in codes])
    return codes


def use_printed_code(*, actor: Actor, user: User, code: str) -> bool:
    """Use up a printed code; False where there is none like it that is unused."""
    digest = code_digest(user, code)
    with write(actor, "code.used") as door:
        found = (
            PrintedCode.objects.select_for_update()
            .filter(user=user, digest=digest, used_at__isnull=True)
            .first()
        )
        if found is None:
            return False
        door.change(found, used_at=timezone.now())
    return True
