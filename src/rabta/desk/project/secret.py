"""The secret that signs cookies: a file beside the keys, made on first use."""

import secrets
from pathlib import Path

from rabta.desk.wall.once import made_once


def session_secret(folder: Path) -> str:
    """Read the secret, or make it. Two processes that start at once agree on one."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = secrets.token_urlsafe(48)
    return made_once(folder / "session.key", fresh.encode()).decode("ascii")
