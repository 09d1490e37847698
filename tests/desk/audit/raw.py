"""The ledger's tables as whoever holds the database reaches them: past Django, past the guard."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import psycopg
from psycopg.types.json import Jsonb
from tests import node

ENTRIES = {"writes": "wall_writeentry", "reads": "wall_readentry"}
HEADS = {"writes": "wall_writehead", "reads": "wall_readhead"}


class Raw:
    """A connection of one's own to one chain's tables, and to the files beside the database."""

    def __init__(self, environ: dict[str, str], chain: str):
        self.chain = chain
        self.folder = Path(environ["RABTA_DATA_DIR"])
        self.entries, self.heads = ENTRIES[chain], HEADS[chain]
        if node.ENGINE == "postgresql":
            name = environ["RABTA_DATABASE_URL"].split("?")[0].rsplit("/", 1)[1]
            schema = "reads" if chain == "reads" else "public"
            self.connection: Any = psycopg.connect(
                host=str(node.base() / "pg"), user=node.SUPERUSER, dbname=name, autocommit=True,
                options=f"-c search_path={schema}",
            )  # fmt: skip
            self.mark = "%s"
        else:
            file = "reads.sqlite3" if chain == "reads" else "rabta.sqlite3"
            self.connection = sqlite3.connect(self.folder / file, isolation_level=None)
            self.mark = "?"

    def do(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        cursor = self.connection.execute(sql.replace("?", self.mark), values)
        return cursor.fetchall() if cursor.description else []

    def said(self, seq: int) -> dict[str, Any]:
        found = self.do(f"SELECT said FROM {self.entries} WHERE seq = ?", seq)[0][0]
        return json.loads(found) if isinstance(found, str) else found

    def json(self, said: dict[str, Any]) -> Any:
        return Jsonb(said) if node.ENGINE == "postgresql" else json.dumps(said)

    def say(self, seq: int, said: dict[str, Any]) -> None:
        self.do(f"UPDATE {self.entries} SET said = ? WHERE seq = ?", self.json(said), seq)

    def entry(self, seq: int) -> tuple[Any, ...]:
        return self.do(f"SELECT at, said, digest FROM {self.entries} WHERE seq = ?", seq)[0]

    def last(self) -> int:
        return self.do(f"SELECT max(seq) FROM {self.entries}")[0][0]

    def cut_after(self, seq: int) -> None:
        self.do(f"DELETE FROM {self.entries} WHERE seq > ?", seq)

    def noted(self) -> list[list[str]]:
        text = (self.folder / "ledger" / f"{self.chain}.heads").read_text()
        return [line.split() for line in text.splitlines()]

    def head_to(self, seq: int, digest: str, signature: str) -> None:
        self.do(
            f"UPDATE {self.heads} SET seq = ?, digest = ?, signature = ?", seq, digest, signature
        )

    def close(self) -> None:
        self.connection.close()


class Kept:
    """The four tables and the files as they were, to be put back."""

    def __init__(self, environ: dict[str, str]):
        self.environ = environ
        self.folder = Path(environ["RABTA_DATA_DIR"]) / "ledger"
        self.files = {path: path.read_bytes() for path in self.folder.iterdir()}
        self.tables: dict[str, dict[str, list[tuple[Any, ...]]]] = {}
        for chain in ENTRIES:
            raw = Raw(environ, chain)
            self.tables[chain] = {
                raw.entries: raw.do(f"SELECT seq, at, said, digest FROM {raw.entries}"),
                raw.heads: raw.do(f"SELECT chain, seq, digest, signature FROM {raw.heads}"),
            }
            raw.close()

    def restore(self) -> None:
        for path in self.folder.iterdir():
            path.unlink()
        for path, content in self.files.items():
            path.write_bytes(content)
        for chain, tables in self.tables.items():
            raw = Raw(self.environ, chain)
            for table, rows in tables.items():
                raw.do(f"DELETE FROM {table}")
                for row in rows:
                    fit = [Jsonb(v) if isinstance(v, dict) else v for v in row]
                    raw.do(f"INSERT INTO {table} VALUES (?, ?, ?, ?)", *fit)
            raw.close()
