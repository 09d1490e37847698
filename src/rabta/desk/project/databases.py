"""From settings to Django's DATABASES. ``reads`` is the ledger of reads: see wall/ledger.py."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from rabta.core.errors import NodeNotReady
from rabta.desk.project.config import Config

# FULL: power fails daily, and a commit that was answered must be there after it.
# IMMEDIATE: with SQLite's default most concurrent writers fail with "database is locked".
# MEMORY: what a question sorts is spilled into no file. Each connection keeps 64 MB of pages.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
    "PRAGMA temp_store=MEMORY;PRAGMA cache_size=-65536;",
}


def databases(config: Config, *, as_migrator: bool = False) -> dict[str, dict[str, Any]]:
    """The two databases of a node: its records, and the ledger of what was read."""
    url = config.migrator_url if as_migrator and config.migrator_url else config.database_url
    if not url:
        return {
            "default": _sqlite(config, "rabta.sqlite3"),
            "reads": _sqlite(config, "reads.sqlite3"),
        }
    return {"default": _postgresql(url, "public"), "reads": _postgresql(url, "reads")}


def _sqlite(config: Config, name: str) -> dict[str, Any]:
    return {
        "ENGINE": "rabta.desk.wall.backends.sqlite",
        "NAME": str(config.data_dir / name),
        "OPTIONS": dict(SQLITE_OPTIONS),
        "CONN_MAX_AGE": None,
    }


def _postgresql(url: str, schema: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise NodeNotReady(what="RABTA_DATABASE_URL is not postgresql://user@host/name")
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "rabta.desk.wall.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": {"options": f"-c search_path={schema}", **query},
        "CONN_MAX_AGE": None,
    }


class ReadsApart:
    """Router: the ledger of reads lives in ``reads``, everything else in ``default``."""

    models = frozenset({"readentry", "readhead", "knownhit"})

    def _home(self, app_label: str, model_name: str | None) -> str:
        return "reads" if app_label == "wall" and model_name in self.models else "default"

    def db_for_read(self, model: Any, **_: Any) -> str:
        return self._home(model._meta.app_label, model._meta.model_name)

    db_for_write = db_for_read

    def allow_relation(self, one: Any, other: Any, **_: Any) -> bool:
        return self.db_for_read(one) == self.db_for_read(other)

    def allow_migrate(
        self, db: str, app_label: str, model_name: str | None = None, **_: Any
    ) -> bool:
        return db == self._home(app_label, model_name)
