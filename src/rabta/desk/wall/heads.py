"""Signed heads noted outside the database, so that a cut tail shows.

``RABTA_DATA_DIR/ledger/CHAIN.heads`` has a line for a head: day, number, digest, signature. It
does not grow for ever: once it is long, the last head of each day that is over is kept, and of
today the last. Every process appends and shortens it under one lock.
"""

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from django.conf import settings

from rabta.core.errors import BrokenLedger, gettext_noop
from rabta.desk.wall import keys

STEP = 128 * 1024
"""Bytes of growth after which the file is shortened: some six hundred heads."""


class Noted(NamedTuple):
    """A head as it stood at a moment of a day."""

    day: str
    seq: int
    digest: str
    signature: str

    def line(self) -> str:
        return f"{self.day} {self.seq} {self.digest} {self.signature}\n"


def statement(chain: str, seq: int, digest: str) -> bytes:
    """The words that are signed for a head, by the node and by whoever countersigns it."""
    return f"rabta ledger {chain} {seq} {digest}".encode()


def sign(chain: str, seq: int, digest: str) -> str:
    """Sign a head with the node's key, which is not in the database."""
    return keys.keyring().signer.sign(statement(chain, seq, digest)).hex()


def is_ours(chain: str, seq: int, digest: str, signature: str) -> bool:
    """Whether this node's key signed a head."""
    try:
        keys.keyring().signer.public_key().verify(
            bytes.fromhex(signature), statement(chain, seq, digest)
        )
    except (InvalidSignature, ValueError):
        return False
    return True


def folder() -> Path:
    """Where heads are noted."""
    path: Path = settings.RABTA.ledger
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def note(chain: str, head: Noted) -> None:
    """Note a head whose entries are committed."""
    with _alone(chain):
        path = folder() / f"{chain}.heads"
        line = head.line()
        with open(path, "a", encoding="ascii") as file:
            file.write(line)
        size = path.stat().st_size
        # Once each time it has grown by so much: after years the days alone are longer than that.
        if size // STEP > (size - len(line)) // STEP:
            _shorten(path, chain)


def noted(chain: str) -> list[Noted]:
    """The heads that are noted. Raises BrokenLedger where a line is none."""
    path = folder() / f"{chain}.heads"
    if not path.exists():
        return []
    with _alone(chain):
        return list(_read(path, chain))


def kept(heads: Iterable[Noted]) -> list[Noted]:
    """Of every day the highest head, in the order of the chain."""
    last: dict[str, Noted] = {}
    for head in heads:
        if head.day not in last or head.seq > last[head.day].seq:
            last[head.day] = head
    return sorted(last.values(), key=lambda head: head.seq)


def _shorten(path: Path, chain: str) -> None:
    fresh = path.with_suffix(".new")
    with open(fresh, "w", encoding="ascii") as file:
        file.writelines(head.line() for head in kept(_read(path, chain)))
        file.flush()
        os.fsync(file.fileno())
    os.replace(fresh, path)


def _read(path: Path, chain: str) -> Iterator[Noted]:
    for line in path.read_text(encoding="ascii", errors="replace").splitlines():
        parts = line.split()
        if len(parts) != 4 or not parts[1].isdigit():
            raise BrokenLedger(
                chain=chain, entry="?", what=gettext_noop("a line of its noted heads is spoilt")
            )
        yield Noted(parts[0], int(parts[1]), parts[2], parts[3])


@contextmanager
def _alone(chain: str) -> Iterator[None]:
    """Hold the chain's lock. On a file of its own: the noted one is replaced when shortened."""
    with open(folder() / f"{chain}.lock", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
