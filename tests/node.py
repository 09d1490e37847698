"""Test nodes: every test process has one of its own, on SQLite or on a real PostgreSQL.

Loaded as a plugin before Django, so that the settings are there when Django reads them.
``RABTA_TEST_DATABASE`` is ``sqlite`` (default) or ``postgresql``. A template node is migrated
once; each process, and each test that needs a node to itself, gets a copy. PostgreSQL is started
in a temporary folder, on a socket, as an unprivileged user, with the three roles of a real node:
the superuser, the migrator that owns the tables, and the app's role that the tests connect as.
"""

import atexit
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

ENGINE = os.environ.get("RABTA_TEST_DATABASE", "sqlite")
SUPERUSER, MIGRATOR, APP = "owner", "rabta_migrator", "rabta_app"
ROOT = Path(__file__).resolve().parent.parent


def worker() -> str:
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


def base() -> Path:
    """The folder all processes of one test run share; the first makes it and removes it."""
    if "RABTA_TEST_BASE" not in os.environ:
        made = Path(tempfile.mkdtemp(prefix="rabta-test-"))
        made.chmod(0o755)
        os.environ["RABTA_TEST_BASE"] = str(made)
        os.environ["RABTA_TEST_OWNER"] = str(os.getpid())
        atexit.register(end)
    return Path(os.environ["RABTA_TEST_BASE"])


def end() -> None:
    if os.environ.get("RABTA_TEST_OWNER") == str(os.getpid()):
        if ENGINE == "postgresql":
            Postgres(base() / "pg").stop()
        shutil.rmtree(base(), ignore_errors=True)


class Postgres:
    """A PostgreSQL server of the suite's own, reached through a socket in its folder."""

    def __init__(self, folder: Path):
        self.folder = folder

    @staticmethod
    def program(name: str) -> str:
        found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
        path = str(found[-1]) if found else shutil.which(name)
        if not path:
            raise pytest.UsageError(f"{name} is not there: install Debian's postgresql package")
        return path

    def run(self, *command: str) -> None:
        # PostgreSQL refuses to run as root, rightly.
        account = None
        if os.geteuid() == 0:
            names = {entry.pw_name for entry in pwd.getpwall()}
            account = "postgres" if "postgres" in names else "nobody"
            shutil.chown(self.folder, account)
        subprocess.run(
            command, check=True, user=account, cwd=self.folder, stdout=subprocess.DEVNULL, env=PLAIN
        )

    def start(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        data = str(self.folder / "data")
        self.run(
            self.program("initdb"), "-D", data, "-U", SUPERUSER, "-A", "trust", "-E", "UTF8",
            "--locale=C.UTF-8", "--no-sync",
        )  # fmt: skip
        options = (
            f"-c listen_addresses='' -c unix_socket_directories={self.folder} -c fsync=off"
            " -c synchronous_commit=off -c full_page_writes=off -c max_connections=200"
        )
        self.run(
            self.program("pg_ctl"), "-D", data, "-w", "-l", f"{data}/log", "-o", options, "start"
        )
        for role in (MIGRATOR, APP):
            self.sql(f"CREATE ROLE {role} LOGIN NOSUPERUSER NOCREATEDB")
        self.sql(f"CREATE DATABASE template_node OWNER {MIGRATOR}")

    def stop(self) -> None:
        if (self.folder / "data").exists():
            self.run(
                self.program("pg_ctl"), "-D", str(self.folder / "data"), "-m", "immediate", "stop"
            )

    def sql(self, statement: str, database: str = "postgres") -> list[tuple]:
        import psycopg

        with psycopg.connect(
            host=str(self.folder), user=SUPERUSER, dbname=database, autocommit=True
        ) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def url(self, role: str, database: str) -> str:
        return f"postgresql://{role}@/{database}?host={self.folder}"


PLAIN = {key: value for key, value in os.environ.items() if not key.startswith("RABTA_")}


def environment(name: str) -> dict[str, str]:
    """The settings of the test node of a name."""
    settings = {
        "RABTA_DATA_DIR": str(base() / "nodes" / name),
        "DJANGO_SETTINGS_MODULE": "rabta.desk.project.settings",
    }
    if ENGINE == "postgresql":
        postgres = Postgres(base() / "pg")
        settings["RABTA_DATABASE_URL"] = postgres.url(APP, f"{name}_node")
        settings["RABTA_MIGRATOR_URL"] = postgres.url(MIGRATOR, f"{name}_node")
    return settings


def make_template() -> None:
    """Start what must run and migrate the template node, once a test run."""
    if ENGINE == "postgresql":
        Postgres(base() / "pg").start()
    subprocess.run(
        [sys.executable, "-m", "rabta.cli", "migrate"],
        check=True,
        env=PLAIN | environment("template"),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )


def make_node(name: str) -> dict[str, str]:
    """Copy the template to a node of its own; gives its settings."""
    settings = environment(name)
    shutil.copytree(base() / "nodes" / "template", settings["RABTA_DATA_DIR"], dirs_exist_ok=True)
    if ENGINE == "postgresql":
        Postgres(base() / "pg").sql(
            f"CREATE DATABASE {name}_node TEMPLATE template_node OWNER {MIGRATOR}"
        )
    return settings


def files_of(settings: dict[str, str]) -> Iterator[tuple[Path, bytes]]:
    """Every file of a node, and on PostgreSQL of the server, as it lies on the disk."""
    folders = [Path(settings["RABTA_DATA_DIR"])]
    if ENGINE == "postgresql":
        Postgres(base() / "pg").sql("CHECKPOINT")
        folders.append(base() / "pg" / "data")
    for folder in folders:
        for path in folder.rglob("*"):
            # Other tests drop databases of theirs meanwhile.
            with suppress(FileNotFoundError):
                if path.is_file():
                    yield path, path.read_bytes()


def drop_node(name: str) -> None:
    """Remove a node that a test had to itself."""
    shutil.rmtree(environment(name)["RABTA_DATA_DIR"], ignore_errors=True)
    if ENGINE == "postgresql":
        Postgres(base() / "pg").sql(f"DROP DATABASE IF EXISTS {name}_node WITH (FORCE)")


# Before Django reads its settings: where this process's node will be.
os.environ.update(environment(worker()))


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    if config.pluginmanager.has_plugin("django") and not config.option.collectonly:
        if not (base() / "nodes" / "template").exists():
            make_template()
        if worker() != "main" or not getattr(config.option, "numprocesses", None):
            make_node(worker())
