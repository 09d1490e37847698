"""Which pairs are compared at all: those that share a key that is rare enough.

Blocks are made by equality alone, of opaque keys: identifiers and name keys, or a common name
key together with a three-year cell of the birth or a key of the father's name. No block holds
more than ``CAP`` records; what would, is passed over and reported.
"""

# ruff: noqa: S608 — the SQL is made of constants of this package; no value of a record is in it

from collections.abc import Iterable

import duckdb
import pyarrow as pa

from rabta.engines.linkage.database import PLACEHOLDER, count
from rabta.engines.linkage.results import Skipped

CAP = 20
"""Most records in a block; a pair costs about as much as ten rows of blocking."""

CELL = 3
"""Years in a cell of births; two grids, shifted, so that neighbours always meet in one."""

WIDEST = 6
"""A birth known no better than this many years takes no part in blocking by birth."""


APART = 1826
"""Days between two births from which, without a shared identifier, no name makes them one."""


def candidates(connection: duckdb.DuckDBPyConnection) -> tuple[tuple[Skipped, ...], int]:
    """Fill the table ``candidates(join_key_l, join_key_r)``; say what was passed over.

    Returns the report, and the number of records that shared no usable block with another.
    """
    connection.execute(_CELLS)
    connection.execute(
        "CREATE TABLE fathers AS SELECT record, unnest(father_keys) AS token FROM people"
    )
    connection.execute("CREATE TABLE blocks (rule VARCHAR, block UBIGINT, record BIGINT)")
    common = f"(SELECT token, record FROM keys WHERE holders > {CAP})"
    born = "JOIN cells c USING (record)"
    fathered = "JOIN fathers f USING (record)"
    skipped = [
        _block(connection, rule=rule, sql=sql, cap=cap)
        for rule, cap, sql in (
            ("identifier", PLACEHOLDER, "SELECT hash(token) AS block, record FROM identifiers"),
            ("name", CAP, "SELECT hash(token) AS block, record FROM keys"),
            (
                "name and birth",
                CAP,
                f"SELECT hash(token, cell) AS block, record FROM {common} {born}",
            ),
            (
                "name and father",
                CAP,
                f"SELECT hash(k.token, f.token) AS block, record FROM {common} k {fathered}",
            ),
            (
                "name, father and birth",
                CAP,
                "SELECT hash(k.token, f.token, c.cell) AS block, record "
                f"FROM {common} k {fathered} {born}",
            ),
        )
    ]
    connection.execute(
        """CREATE TABLE met AS
           SELECT l.record AS one, r.record AS other, bool_or(l.rule = 'identifier') AS sure
           FROM blocks l JOIN blocks r
             ON l.rule = r.rule AND l.block = r.block AND l.record < r.record
           GROUP BY ALL"""
    )
    connection.execute(
        f"""CREATE TABLE candidates AS
            SELECT m.one AS join_key_l, m.other AS join_key_r, '0' AS match_key
            FROM met m JOIN people l ON l.record = m.one JOIN people r ON r.record = m.other
            WHERE m.sure OR coalesce(greatest(l.birth_earliest - r.birth_latest,
                                              r.birth_earliest - l.birth_latest) <= {APART}, true)
         """
    )
    spared = count(connection, "SELECT (SELECT count(*) FROM met) - count(*) FROM candidates")
    skipped.append(Skipped(rule="born apart", blocks=0, records=0, pairs=spared))
    unreached = count(
        connection, "SELECT count(*) FROM people WHERE record NOT IN (SELECT record FROM blocks)"
    )
    for table in ("met", "blocks", "fathers", "cells"):
        connection.execute(f"DROP TABLE {table}")
    return tuple(each for each in skipped if each.pairs), unreached


def withdraw(connection: duckdb.DuckDBPyConnection, pairs: Iterable[tuple[int, int]]) -> None:
    """Take pairs that humans have answered out of the candidates (each smaller first)."""
    listed = list(pairs)
    answered = pa.table(
        {
            "join_key_l": pa.array([left for left, _ in listed], pa.int64()),
            "join_key_r": pa.array([right for _, right in listed], pa.int64()),
        }
    )
    connection.register("answered", answered)
    connection.execute(
        """DELETE FROM candidates USING answered a
           WHERE candidates.join_key_l = a.join_key_l AND candidates.join_key_r = a.join_key_r"""
    )
    connection.unregister("answered")


_CELLS = f"""
CREATE TABLE cells AS
SELECT DISTINCT record, unnest([year // {CELL} * 2, (year + {CELL // 2 + 1}) // {CELL} * 2 + 1])
    AS cell
FROM (
    SELECT record, unnest(range(year(birth_earliest), year(birth_latest) + 1)) AS year
    FROM people WHERE year(birth_latest) - year(birth_earliest) < {WIDEST}
)"""


def _block(connection: duckdb.DuckDBPyConnection, *, rule: str, sql: str, cap: int) -> Skipped:
    """Take the blocks of one rule that hold two to ``cap`` records; count the larger ones."""
    connection.execute(f"CREATE TABLE found AS SELECT DISTINCT block, record FROM ({sql})")
    connection.execute(
        "CREATE TABLE sizes AS SELECT block, count(*) AS size FROM found GROUP BY block"
    )
    connection.execute(
        f"""INSERT INTO blocks SELECT '{rule}', block, record FROM found
            WHERE block IN (SELECT block FROM sizes WHERE size BETWEEN 2 AND {cap})"""
    )
    ((larger, spared, touched),) = connection.execute(
        f"""SELECT count(*), coalesce(sum(size * (size - 1) // 2), 0),
                   (SELECT count(DISTINCT record) FROM found
                    WHERE block IN (SELECT block FROM sizes WHERE size > {cap}))
            FROM sizes WHERE size > {cap}"""
    ).fetchall()
    connection.execute("DROP TABLE found")
    connection.execute("DROP TABLE sizes")
    return Skipped(rule=rule, blocks=larger, records=touched, pairs=int(spared))
