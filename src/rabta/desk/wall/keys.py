"""Keys live outside the database, in ``RABTA_DATA_DIR/keys``; this is the seam all secrets pass.

Three master keys are made once by ``rabta migrate``:

* ``identity-N.key`` seals what identifies a person. Each agency has a key of its own, derived
  from it, so that a body can later be given its key alone.
* ``match-N.key`` turns clear name keys into stored ones: without it a stolen database cannot be
  asked whether it holds a name.
* ``ledger-N.key`` signs the ledger's heads (Ed25519).

N is the version; a sealed value names the version that sealed it, so two can live side by side.
"""

import hmac
import secrets
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from rabta.core.errors import NodeNotReady
from rabta.desk.wall.once import made_once

KINDS = ("identity", "match", "ledger")
NONCE = 12


@dataclass(frozen=True)
class Keyring:
    """The node's master keys of one version."""

    version: int
    identity: bytes
    match: bytes
    ledger: bytes
    _agencies: dict[int, AESGCM] = field(default_factory=dict, repr=False, compare=False)

    def cipher(self, agency: int) -> AESGCM:
        """The cipher under an agency's own key."""
        if agency not in self._agencies:
            derived = HKDF(
                algorithm=SHA256(), length=32, salt=None, info=b"rabta identity %d" % agency
            ).derive(self.identity)
            self._agencies[agency] = AESGCM(derived)
        return self._agencies[agency]

    @property
    def signer(self) -> Ed25519PrivateKey:
        """The key that signs the ledger's heads."""
        return Ed25519PrivateKey.from_private_bytes(self.ledger)


def make_keys(folder: Path, *, version: int = 1) -> None:
    """Make the master keys that are not there yet, readable by this account alone."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for kind in KINDS:
        made_once(folder / f"{kind}-{version}.key", secrets.token_bytes(32))


@lru_cache(maxsize=4)
def _read(data_dir: str, version: int) -> Keyring:
    folder = Path(data_dir) / "keys"
    try:
        parts = {kind: (folder / f"{kind}-{version}.key").read_bytes() for kind in KINDS}
    except FileNotFoundError as missing:
        raise NodeNotReady(
            what=f"the key file {Path(missing.filename).name} is not there"
        ) from None
    return Keyring(version=version, **parts)


def keyring(version: int = 1) -> Keyring:
    """The master keys of a version. Raises NodeNotReady where a file is missing."""
    return _read(str(settings.RABTA.data_dir), version)


def seal(text: str, *, agency: int, binding: UUID) -> bytes:
    """Encrypt a text under an agency's key, bound to the row it belongs to.

    Layout: one byte key version, twelve bytes nonce, ciphertext with its tag (AES-256-GCM).
    Bound, so that a sealed value moved to another row does not open there.
    """
    ring = keyring()
    nonce = secrets.token_bytes(NONCE)
    sealed = ring.cipher(agency).encrypt(nonce, text.encode(), binding.bytes)
    return bytes([ring.version]) + nonce + sealed


def unseal(sealed: bytes | memoryview, *, agency: int, binding: UUID) -> str:
    """Open what ``seal`` made. Raises NodeNotReady where key or row is not the right one."""
    blob = bytes(sealed)
    try:
        opened = (
            keyring(blob[0])
            .cipher(agency)
            .decrypt(blob[1 : 1 + NONCE], blob[1 + NONCE :], binding.bytes)
        )
    except InvalidTag:
        raise NodeNotReady(what="a sealed value does not open with this node's keys") from None
    return opened.decode()


def match_key(clear: str, *, version: int) -> int:
    """Turn a clear key into a stored one: the first 64 bits of an HMAC, signed for the database.

    Sixty-four bits, for an index of bigints: among 10⁷ keys a chance meeting has odds of
    1 in 350,000, and whatever meets is compared before it counts.
    """
    digest = hmac.new(keyring().match, b"%d|" % version + clear.encode(), sha256).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


def match_text(clear: str) -> str:
    """A clear key as 128 bits in hexadecimal, where a table asks for uniqueness."""
    return hmac.new(keyring().match, b"text|" + clear.encode(), sha256).hexdigest()[:32]
