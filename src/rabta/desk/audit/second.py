"""The second body: it signs heads with a key this node does not hold, and keeps what it signed.

Its public keys lie in ``RABTA_DATA_DIR/keys/second-NAME.pub`` (PEM), put there by hand. What it
signed lies in ``RABTA_DATA_DIR/ledger/CHAIN.countersigned``, a line each: number, hash, the name
of the body, signature. The words signed are those of the head (``heads.statement``).
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_public_key,
)
from django.conf import settings

from rabta.core.errors import BadFile, BrokenLedger, NodeNotReady, gettext_noop
from rabta.desk.wall import heads, keys

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")


@dataclass(frozen=True, slots=True)
class Countersigned:
    """A head that a second body signed."""

    chain: str
    seq: int
    digest: str
    body: str
    signature: str

    def holds(self) -> bool:
        """Whether the body's key made the signature. Raises NodeNotReady without its key."""
        try:
            public_key(self.body).verify(
                bytes.fromhex(self.signature), heads.statement(self.chain, self.seq, self.digest)
            )
        except (InvalidSignature, ValueError):
            return False
        return True


def own_public_key() -> str:
    """The public half of the key that signs this node's heads, as PEM: for the second body."""
    public = keys.keyring().signer.public_key()
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def public_key(body: str) -> Ed25519PublicKey:
    """The public key of a second body. Raises NodeNotReady where it is not there or is none."""
    path = settings.RABTA.keys / f"second-{body}.pub"
    try:
        key = load_pem_public_key(path.read_bytes())
    except FileNotFoundError:
        raise NodeNotReady(what=f"the key file {path.name} is not there") from None
    except ValueError:
        raise NodeNotReady(what=f"the key file {path.name} is no public key") from None
    if not isinstance(key, Ed25519PublicKey):
        raise NodeNotReady(what=f"the key file {path.name} is no Ed25519 key")
    return key


def read(text: str) -> Countersigned:
    """Read what a second body sent: JSON with chain, seq, digest, body, signature.

    Raises BadFile where it is not that.
    """
    try:
        said = json.loads(text)
        made = Countersigned(
            str(said["chain"]),
            int(said["seq"]),
            str(said["digest"]),
            str(said["body"]),
            str(said["signature"]),
        )
    except (ValueError, KeyError, TypeError):
        raise BadFile(
            gettext_noop("This is no countersigned head."),
            remedy=gettext_noop("It is JSON with chain, seq, digest, body and signature."),
        ) from None
    if not NAME.fullmatch(made.body):
        raise BadFile(
            gettext_noop("The name of the second body cannot be used."),
            remedy=gettext_noop("Use small letters, digits and hyphens."),
        )
    return made


def keep(made: Countersigned) -> None:
    """Keep a countersigned head outside the database."""
    line = f"{made.seq} {made.digest} {made.body} {made.signature}\n"
    with open(_path(made.chain), "a", encoding="ascii") as file:
        file.write(line)


def kept(chain: str) -> Iterator[Countersigned]:
    """The countersigned heads of a chain. Raises BrokenLedger where one does not hold."""
    path = _path(chain)
    if not path.exists():
        return
    for line in path.read_text(encoding="ascii", errors="replace").splitlines():
        parts = line.split()
        if len(parts) != 4 or not parts[0].isdigit() or not NAME.fullmatch(parts[2]):
            raise BrokenLedger(
                chain=chain, entry="?", what=gettext_noop("a countersigned head is spoilt")
            )
        made = Countersigned(chain, int(parts[0]), parts[1], parts[2], parts[3])
        if not made.holds():
            raise BrokenLedger(
                chain=chain,
                entry=made.seq,
                what=gettext_noop("the second body did not sign what is noted as signed by it"),
            )
        yield made


def _path(chain: str) -> Path:
    return heads.folder() / f"{chain}.countersigned"
