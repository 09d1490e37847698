"""Names as the model sees them: sets of spellings, how well two sets agree, how common they are.

Records with the same set of spellings share a number, so that each two sets are compared once.
Sets without a common name key are not compared at all: they differ.
"""

# ruff: noqa: S608 — the SQL is made of constants of this package; no value of a record is in it

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

import duckdb
import pyarrow as pa

from rabta.core.names import SINGLE, Prepared, name_keys, prepare, score_prepared

CANNOT, DIFFERS, HARDLY, PARTLY, ALIKE, SOUND, SAME = -1, 0, 1, 2, 3, 4, 5
"""How well two sets of names agree; the numbers stand in SQL."""

FROM_SCORE = ((0.85, SOUND), (0.6, ALIKE), (0.3, PARTLY), (0.1, HARDLY))
"""The level that a score of ``rabta.core.names.compare`` reaches.

Of pairs drawn at random fewer than one in two hundred reach the lowest; what each level is
worth is learnt, not set.
"""

SPELLINGS = 12
"""Of a person with more names than this the first ones are compared."""

BATCH = 50_000
"""Pairs of sets compared between two reports of progress."""


@dataclass(frozen=True, slots=True)
class Spellings:
    """All sets of names met in one column of the people.

    ``of_record`` gives the number of each row's set, None for a row without a name.
    By number of the set: its ``texts``; ``prepared``, each ready to compare and with its keys;
    ``keys`` of all of them; ``share``, how large a part of the rows has a name that sounds
    like one of the set, itself included (0–1).
    """

    of_record: tuple[int | None, ...]
    texts: tuple[tuple[str, ...], ...]
    prepared: tuple[tuple[tuple[Prepared, frozenset[int]], ...], ...]
    keys: tuple[frozenset[int], ...]
    share: tuple[float, ...]

    def level(self, left: int, right: int) -> int:
        """How well two sets agree: the best of their spellings."""
        if left == right:
            return SAME if self.prepared[left] else CANNOT
        if self.keys[left] and self.keys[right] and self.keys[left].isdisjoint(self.keys[right]):
            return DIFFERS
        if not set(self.texts[left]).isdisjoint(self.texts[right]):
            return SAME
        best = CANNOT
        for one, some in self.prepared[left]:
            for other, more in self.prepared[right]:
                if some and more and some.isdisjoint(more):
                    best = max(best, DIFFERS)
                    continue
                best = max(best, _level(one, other))
                if best == SOUND:
                    return best
        return best


def read(column: Sequence[Sequence[str | None] | None]) -> Spellings:
    """Number the sets of names of a column of lists and prepare each name once."""
    prepared: dict[str, Prepared] = {}
    keys_of: dict[str, frozenset[int]] = {}
    filed: dict[str, frozenset[int]] = {}
    number_of_key: dict[str, int] = {}
    number_of_set: dict[tuple[str, ...], int] = {}
    of_record: list[int | None] = []
    for row in column:
        spellings = tuple(sorted({name.strip() for name in row or () if name and name.strip()}))
        if not spellings:
            of_record.append(None)
            continue
        spellings = spellings[:SPELLINGS]
        for text in spellings:
            if text not in prepared:
                prepared[text] = prepare(text)
                made = name_keys(text)
                keys_of[text] = _numbered(made, number_of_key)
                blocking = (key for key in made if not key.startswith(SINGLE))
                filed[text] = _numbered(blocking, number_of_key)
        of_record.append(number_of_set.setdefault(spellings, len(number_of_set)))
    sets = tuple(number_of_set)
    keys = tuple(frozenset().union(*(keys_of[text] for text in spellings)) for spellings in sets)
    holders: Counter[int] = Counter()
    for number, times in Counter(n for n in of_record if n is not None).items():
        for key in keys[number]:
            holders[key] += times
    rows = max(1, len(of_record))
    share = tuple(
        min(
            1.0,
            sum(median(holders[k] for k in filed[t]) if filed[t] else 1 for t in spellings) / rows,
        )
        for spellings in sets
    )
    return Spellings(
        of_record=tuple(of_record),
        texts=sets,
        prepared=tuple(tuple((prepared[t], keys_of[t]) for t in spellings) for spellings in sets),
        keys=keys,
        share=share,
    )


def fathers(
    names: Spellings, father_names: Sequence[Sequence[str | None] | None]
) -> list[list[str | None]]:
    """The fathers' names of each row, also those that stand inside the person's own name."""
    column = []
    for number, given in zip(names.of_record, father_names, strict=True):
        found = list(given or ())
        for name, _ in names.prepared[number] if number is not None else ():
            if name.typed.father:
                found.append(name.typed.father.text)
        column.append(found)
    return column


def _numbered(keys: Iterable[str], number_of_key: dict[str, int]) -> frozenset[int]:
    return frozenset(number_of_key.setdefault(key, len(number_of_key)) for key in sorted(keys))


def derived(people: pa.Table, *, names: Spellings, fathers: Spellings) -> pa.Table:
    """The columns that ``database.load`` joins to the people."""
    father_keys = [
        sorted(fathers.keys[number]) if number is not None else [] for number in fathers.of_record
    ]
    return pa.table(
        {
            "record": people["record"],
            "name_id": pa.array(names.of_record, pa.int64()),
            "father_id": pa.array(fathers.of_record, pa.int64()),
            "father_keys": pa.array(father_keys, pa.list_(pa.int64())),
        }
    )


def tables(connection: duckdb.DuckDBPyConnection, *, column: str, spellings: Spellings) -> None:
    """Make ``<column>_scores``, filled by ``score``, its look-up macro, and ``<column>_tf``."""
    connection.execute(f"CREATE TABLE {column}_scores (one BIGINT, other BIGINT, level TINYINT)")
    connection.execute(
        f"""CREATE MACRO {column}_level(a, b) AS (
              SELECT s.level FROM {column}_scores s
              WHERE s.one = least(a, b) AND s.other = greatest(a, b))"""
    )
    share = pa.table(
        {
            column: pa.array(range(len(spellings.share)), pa.int64()),
            f"tf_{column}": pa.array(spellings.share, pa.float64()),
        }
    )
    connection.register("share", share)
    connection.execute(f"CREATE TABLE {column}_tf AS SELECT * FROM share")
    connection.unregister("share")


def score(
    connection: duckdb.DuckDBPyConnection,
    *,
    column: str,
    spellings: Spellings,
    pairs: str,
    advance: Callable[[float], None] = lambda done: None,
) -> None:
    """Compare the sets of names of all pairs of records that the query ``pairs`` yields.

    ``pairs`` yields join_key_l and join_key_r. What differs is not stored: a pair that the
    table does not hold differs. ``advance`` hears how much is done (0–1).
    """
    wanted = f"""SELECT DISTINCT least(l.{column}, r.{column}) AS one,
                        greatest(l.{column}, r.{column}) AS other
                 FROM ({pairs}) p JOIN people l ON l.record = p.join_key_l
                      JOIN people r ON r.record = p.join_key_r
                 WHERE l.{column} IS NOT NULL AND r.{column} IS NOT NULL"""
    asked = connection.sql(
        f"""SELECT one, other FROM ({wanted}) ANTI JOIN {column}_scores USING (one, other)
            ORDER BY one, other"""
    ).to_arrow_table()
    for done, batch in enumerate(asked.to_batches(max_chunksize=BATCH)):
        connection.register("scored", _scored(batch, spellings))
        connection.execute(f"INSERT INTO {column}_scores SELECT * FROM scored")
        connection.unregister("scored")
        advance(min(1.0, (done + 1) * BATCH / asked.num_rows))


def by_chance(spellings: Spellings, *, pairs: int, seed: int) -> dict[int, float]:
    """How often two records drawn at random agree at each level (sums to one)."""
    named = [number for number in spellings.of_record if number is not None]
    counts: Counter[int] = Counter()
    if len(named) > 1:
        chance = random.Random(seed)  # noqa: S311 — a sample, not a secret
        rows = range(len(named))
        for left, right in zip(
            chance.choices(rows, k=pairs), chance.choices(rows, k=pairs), strict=True
        ):
            if left != right:
                counts[spellings.level(named[left], named[right])] += 1
    levels = (DIFFERS, HARDLY, PARTLY, ALIKE, SOUND, SAME)
    total = sum(counts[level] for level in levels) + 1.0
    return {level: (counts[level] + 1 / len(levels)) / total for level in levels}


def _scored(batch: pa.RecordBatch, spellings: Spellings) -> pa.Table:
    found = list(_found(batch["one"].to_pylist(), batch["other"].to_pylist(), spellings))
    return pa.table(
        {
            "one": pa.array([one for one, _, _ in found], pa.int64()),
            "other": pa.array([other for _, other, _ in found], pa.int64()),
            "level": pa.array([level for _, _, level in found], pa.int8()),
        }
    )


def _found(
    ones: Iterable[int], others: Iterable[int], spellings: Spellings
) -> Iterator[tuple[int, int, int]]:
    for one, other in zip(ones, others, strict=True):
        level = spellings.level(one, other)
        if level != DIFFERS:
            yield one, other, level


def _level(one: Prepared, other: Prepared) -> int:
    reached = score_prepared(one, other)
    if reached is None:
        return CANNOT
    return next((level for score, level in FROM_SCORE if reached >= score), DIFFERS)
