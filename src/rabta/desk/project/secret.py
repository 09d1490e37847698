"""The secret that signs cookies: a file beside the keys, made on first use."""

import os
import secrets
from pathlib import Path


def session_secret(folder: Path) -> str:
    """Read the secret, or make it. Two processes that start at once agree on one."""
    path = folder / "session.key"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    with os.fdopen(handle, "w") as file:
        file.write(secret := secrets.token_urlsafe(48))
    return secret
