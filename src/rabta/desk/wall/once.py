"""A secret file that is made once: there whole, or not there."""

import os
import secrets
from pathlib import Path


def made_once(path: Path, content: bytes) -> bytes:
    """What a file says; with this content, readable by this account alone, if it is not there.

    It is written under another name and linked into its place: of two processes that make it at
    once both read what the first linked, and neither reads a file that is still empty.
    """
    if not path.exists():
        draft = path.with_name(f".{path.name}-{secrets.token_hex(8)}")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:  # somebody was faster
            pass
        finally:
            draft.unlink()
    return path.read_bytes()
