"""Files from the browser, kept encrypted while they wait. Never in clear on a disk."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from rabta.core.errors import BadFile, gettext_noop
from rabta.desk.wall.keys import keyring

CHUNK = 1 << 20
LARGEST = 64 << 20
"""Bytes a file from the browser may have; larger ones come by the command line."""


def store(file: BinaryIO) -> tuple[str, str]:
    """Keep a file; gives the name it is kept under and the digest of its bytes."""
    name = secrets.token_hex(16)
    cipher = _cipher()
    digest, size = sha256(), 0
    folder = _folder()
    with open(folder / name, "wb") as kept:
        number = 0
        while chunk := file.read(CHUNK):
            size += len(chunk)
            if size > LARGEST:
                break
            digest.update(chunk)
            nonce = secrets.token_bytes(12)
            sealed = cipher.encrypt(nonce, chunk, f"{name}:{number}".encode())
            kept.write(len(sealed).to_bytes(4, "big") + nonce + sealed)
            number += 1
    if size > LARGEST:
        remove(name)
        raise BadFile(
            gettext_noop("The file is larger than {most} MB."),
            remedy=gettext_noop("Load it by the command line: rabta load."),
            most=LARGEST >> 20,
        )
    return name, digest.hexdigest()


@contextmanager
def opened(name: str, file_name: str) -> Iterator[Path]:
    """A kept file in clear, in memory alone, under a path that ends as this does.

    The path carries the file's own name: what readers say of a file, they say by its name.
    Raises FileNotFoundError where it is no longer kept.
    """
    cipher = _cipher()
    with (
        open(_folder() / name, "rb") as kept,
        os.fdopen(os.memfd_create("rabta", os.MFD_CLOEXEC), "wb") as clear,
        TemporaryDirectory(prefix="rabta-") as folder,
    ):
        number = 0
        while size := kept.read(4):
            nonce = kept.read(12)
            sealed = kept.read(int.from_bytes(size, "big"))
            clear.write(cipher.decrypt(nonce, sealed, f"{name}:{number}".encode()))
            number += 1
        clear.flush()
        path = Path(folder) / (_plain_name(file_name) or "file")
        path.symlink_to(f"/proc/{os.getpid()}/fd/{clear.fileno()}")
        yield path


def _plain_name(file_name: str) -> str:
    """A file's name as it may stand in a folder: its end kept, for that says what it is."""
    plain = "".join(letter for letter in file_name if letter.isprintable() and letter != "/")
    return plain.strip(". ").encode()[-200:].decode(errors="ignore")


def remove(name: str) -> None:
    """Remove a kept file."""
    if name:
        (_folder() / name).unlink(missing_ok=True)


def size(name: str) -> int:
    """Bytes a kept file takes; 0 where it is not kept."""
    path = _folder() / name
    return path.stat().st_size if name and path.is_file() else 0


def _folder() -> Path:
    folder: Path = settings.RABTA.data_dir / "uploads"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _cipher() -> AESGCM:
    return keyring().cipher(0)
