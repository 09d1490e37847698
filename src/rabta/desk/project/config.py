"""Every ``RABTA_*`` setting, read once, typed, in one place. Their table is docs/do/settings.md."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from rabta.core.errors import NodeNotReady


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of a node."""

    data_dir: Path
    """RABTA_DATA_DIR: database file, keys, uploads, reports. Default: ./var"""
    database_url: str
    """RABTA_DATABASE_URL: postgresql://user:secret@host:port/name; empty: SQLite in the data dir"""
    migrator_url: str
    """RABTA_MIGRATOR_URL: the role that owns the tables; empty: the same as the database URL"""
    time_zone: str
    """RABTA_TIME_ZONE: days and cut-offs follow it. Default: Asia/Karachi"""
    language: str
    """RABTA_LANGUAGE: the language before anybody chose one. Default: en"""
    hosts: tuple[str, ...]
    """RABTA_HOSTS: names the node answers to, separated by commas. Default: this machine only"""
    https: bool
    """RABTA_HTTPS: 1 where people reach the node by https; cookies then never travel without"""
    idle_minutes: int
    """RABTA_IDLE_MINUTES: a sign-in ends after so much silence. Default: 20"""
    name: str = ""
    """RABTA_NAME: what the node is called at the head of its pages and prints. Default: nothing"""
    exit_url: str = "about:blank"
    """RABTA_EXIT_URL: the page that "quick exit" shows. Default: an empty one"""

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> "Config":
        """Read the settings from an environment. Raises NodeNotReady for one that cannot be."""
        return cls(
            data_dir=Path(environ.get("RABTA_DATA_DIR", "var")).absolute(),
            database_url=environ.get("RABTA_DATABASE_URL", ""),
            migrator_url=environ.get("RABTA_MIGRATOR_URL", ""),
            time_zone=environ.get("RABTA_TIME_ZONE", "Asia/Karachi"),
            language=environ.get("RABTA_LANGUAGE", "en"),
            hosts=tuple(
                host.strip()
                for host in environ.get("RABTA_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
                if host.strip()
            ),
            https=environ.get("RABTA_HTTPS", "") == "1",
            idle_minutes=_whole(environ, "RABTA_IDLE_MINUTES", 20),
            name=environ.get("RABTA_NAME", ""),
            exit_url=environ.get("RABTA_EXIT_URL", "") or "about:blank",
        )

    @property
    def keys(self) -> Path:
        """Where the keys are."""
        return self.data_dir / "keys"

    @property
    def ledger(self) -> Path:
        """Where the ledger's signed heads are noted."""
        return self.data_dir / "ledger"

    @property
    def app_role(self) -> str:
        """The role the app connects as, where another one owns the tables."""
        if not (self.database_url and self.migrator_url):
            return ""
        return unquote(urlsplit(self.database_url).username or "")


def _whole(environ: Mapping[str, str], name: str, default: int) -> int:
    text = environ.get(name, str(default))
    if not text.isdigit():
        raise NodeNotReady(what=f"{name} must be a whole number")
    return int(text)
