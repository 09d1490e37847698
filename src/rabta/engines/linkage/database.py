"""A DuckDB that lives in memory only, and the people in it."""

# ruff: noqa: S608 — the SQL is made of constants of this package; no value of a record is in it

from collections.abc import Iterable
from itertools import pairwise

import duckdb
import pyarrow as pa

from rabta.core.errors import BadInput, gettext_noop
from rabta.engines.linkage.results import PEOPLE_SCHEMA

STRONG = ("cnic", "passport", "document")
"""Kinds of identifier that single a person out."""

WEAK = ("phone", "account", "vehicle", "address")
"""Kinds of identifier that people share."""

PLACEHOLDER = 50
"""An identifier that more records hold than this is a placeholder, or a call shop: no evidence."""

FEW = 4
"""Up to so many holders a shared phone, account, vehicle or address says much."""


def connect() -> duckdb.DuckDBPyConnection:
    """Open a database that writes nothing to disk, loads nothing and reads no file."""
    connection = duckdb.connect(
        ":memory:",
        config={"autoinstall_known_extensions": False, "autoload_known_extensions": False},
    )
    # Names are in here: what does not fit in memory must fail rather than spill to a file.
    connection.execute("SET temp_directory = ''")
    connection.execute("SET enable_progress_bar = false")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def count(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    """The one number that a query yields."""
    # All rows are fetched: a result left open holds the connection.
    return int(connection.execute(sql).fetchall()[0][0])


def gather(people: Iterable[pa.RecordBatch] | pa.Table) -> pa.Table:
    """Bring the people into one table of ``PEOPLE_SCHEMA``, ordered by record.

    Raises BadInput for a missing column, a record that comes twice or without an id.
    """
    batches = people.to_batches() if isinstance(people, pa.Table) else people
    table = pa.Table.from_batches([_shaped(batch) for batch in batches], PEOPLE_SCHEMA)
    table = table.sort_by("record").combine_chunks()
    records = table["record"].to_pylist()
    twice = next((one for one, two in pairwise(records) if one == two), None)
    if twice is not None or (records and records[-1] is None):
        raise BadInput(
            gettext_noop("The record {record} comes twice or without an id."), record=twice
        )
    return table


def _shaped(batch: pa.RecordBatch) -> pa.RecordBatch:
    missing = [name for name in PEOPLE_SCHEMA.names if name not in batch.schema.names]
    if missing:
        raise BadInput(gettext_noop("The column {column} is missing."), column=missing[0])
    return batch.select(PEOPLE_SCHEMA.names).cast(PEOPLE_SCHEMA)


def load(connection: duckdb.DuckDBPyConnection, *, people: pa.Table, derived: pa.Table) -> None:
    """Make the table ``people`` that blocking and Splink read.

    ``derived`` holds record, name_id, father_id, father_keys (see ``names``).
    Raises BadInput for an identifier of an unknown kind.
    """
    connection.register("incoming", people)
    connection.register("derived", derived)
    kinds = ", ".join(f"'{kind}'" for kind in STRONG + WEAK)
    connection.execute(
        """CREATE TABLE held AS
           SELECT DISTINCT record, split_part(identifier, ':', 1) AS kind, identifier
           FROM (SELECT record, unnest(identifiers) AS identifier FROM incoming)
           WHERE identifier IS NOT NULL"""
    )
    strange = connection.execute(
        f"SELECT kind FROM held WHERE kind NOT IN ({kinds}) ORDER BY 1 LIMIT 1"
    ).fetchall()
    if strange:
        raise BadInput(
            gettext_noop("“{kind}” is no kind of identifier that linkage knows."),
            kind=strange[0][0],
        )
    connection.execute(
        """CREATE TABLE identifiers AS
           SELECT record, kind, dense_rank() OVER (ORDER BY identifier) AS token,
                  count(*) OVER (PARTITION BY identifier) AS holders
           FROM held"""
    )
    connection.execute(
        """CREATE TABLE keys AS
           SELECT record, dense_rank() OVER (ORDER BY key) AS token,
                  count(*) OVER (PARTITION BY key) AS holders
           FROM (SELECT DISTINCT record, unnest(name_keys) AS key FROM incoming)
           WHERE key IS NOT NULL"""
    )
    columns = [_list_of(kind, f"kind = '{kind}'") for kind in STRONG]
    columns += [_list_of(kind, f"kind = '{kind}'") for kind in WEAK]
    columns += [_list_of(f"{kind}_few", f"kind = '{kind}' AND holders <= {FEW}") for kind in WEAK]
    connection.execute(
        f"""CREATE TABLE people AS
            WITH tokens AS (
                SELECT record, {", ".join(columns)}
                FROM identifiers WHERE holders <= {PLACEHOLDER} GROUP BY record
            )
            SELECT i.record, i.agency,
                   CASE WHEN i.sex IN ('', 'unknown') THEN NULL ELSE i.sex END AS sex,
                   i.birth_earliest, {_LATEST} AS birth_latest,
                   CASE WHEN len(i.nationalities) > 0 THEN i.nationalities END AS nationalities,
                   d.name_id, d.father_id, d.father_keys,
                   t.* EXCLUDE (record),
                   NULL::VARCHAR AS teach_birth, NULL::VARCHAR AS teach_name,
                   NULL::VARCHAR AS teach_cnic, NULL::VARCHAR AS teach_passport
            FROM incoming i JOIN derived d USING (record) LEFT JOIN tokens t USING (record)
            ORDER BY i.record"""
    )
    connection.execute("DROP TABLE held")
    connection.unregister("incoming")
    connection.unregister("derived")


# A birth on 1 January stands in registers for "that year" far more often than for the day.
_LATEST = """CASE WHEN i.birth_earliest = i.birth_latest AND month(i.birth_earliest) = 1
                       AND day(i.birth_earliest) = 1
                  THEN i.birth_earliest + 364 ELSE coalesce(i.birth_latest, i.birth_earliest) END"""


def _list_of(name: str, condition: str) -> str:
    return f"list(token ORDER BY token) FILTER (WHERE {condition}) AS {name}"
