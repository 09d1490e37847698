"""Where the weights come from: the data themselves, or the committed ones where data are few.

u comes from pairs drawn at random, m from expectation maximisation on blocks: records born on
the same day teach everything but birth, records with the same CNIC or passport everything but
that, and where there are few of those, namesakes everything but names. What a block cannot
teach keeps the committed chances, and so does a comparison whose trained chances point the
wrong way.
"""

# ruff: noqa: S608 — the SQL is made of constants of this package; no value of a record is in it

import contextlib
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import duckdb
from splink import DuckDBAPI, Linker
from splink.internals.splink_dataframe import SplinkDataFrame

from rabta.engines.linkage import names
from rabta.engines.linkage.database import count
from rabta.engines.linkage.model import LADDERS, Ladder, Weights, read_chances, settings
from rabta.engines.linkage.names import Spellings

ENOUGH = 500
"""Fewer records than this teach nothing that holds."""

CHANCE_PAIRS = 300_000
"""Pairs drawn at random for u."""

DRAWS = 50
"""Of names, at most so many pairs a record: small data hold no more than that to find out."""

LESSON = 200_000
"""Most pairs a training block may hold."""

ERRS = 0.005
"""Least m of any level: a clerk errs once in two hundred, whatever the lesson held."""

ENOUGH_PAIRS = 200
"""Fewer pairs than this make no training block."""


@dataclass(frozen=True, slots=True)
class Trained:
    """The chances to predict with, the prior, and notes on how they came about."""

    chances: Mapping[str, tuple[float, float]]
    prior: float
    notes: tuple[str, ...]


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Keep Splink from writing to any log while it works: its messages quote SQL."""
    logger = logging.getLogger("splink")
    before = logger.level
    # A level, not ``disabled``: the children that Splink logs through inherit a level only.
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(before)


def linker(
    api: DuckDBAPI,
    connection: duckdb.DuckDBPyConnection,
    *,
    people: SplinkDataFrame,
    chances: Mapping[str, tuple[float, float]],
    prior: float,
    fixed_u: frozenset[str] = frozenset(),
) -> Linker:
    """A linker over the people, with the shares of names as its term frequencies."""
    made = Linker(
        people,
        settings(chances, prior=prior, fixed_u=fixed_u),
        log_level=None,
        validate_settings=False,
    )
    for column in ("name_id", "father_id"):
        table = api.register(connection.table(f"{column}_tf"))
        made.table_management.register_term_frequency_lookup(table, column)
    return made


def train(
    api: DuckDBAPI,
    connection: duckdb.DuckDBPyConnection,
    *,
    people: SplinkDataFrame,
    spellings: Mapping[str, Spellings],
    start: Weights,
    seed: int,
) -> Trained:
    """Learn the chances from the people; ``spellings`` by column (name_id, father_id)."""
    number = count(connection, "SELECT count(*) FROM people")
    prior = min(0.5, start.pairs_per_record * 2 / max(1, number - 1))
    if number < ENOUGH:
        return Trained(start.chances, prior, ("weights-committed",))
    chances = dict(start.chances)
    for name, column in (("name", "name_id"), ("father", "father_id")):
        chances |= _by_chance(name, chances, spellings[column], seed=seed)
    rules = _rules(connection, seed=seed)
    prior = _prior(connection, number=number, fallback=prior)
    notes = ["weights-trained"]
    teacher = linker(
        api,
        connection,
        people=people,
        chances=chances,
        prior=prior,
        fixed_u=frozenset({"name", "father"}),
    )
    with quiet():
        teacher.training.estimate_u_using_random_sampling(
            max_pairs=CHANCE_PAIRS * 1.01, seed=seed, min_count_per_level=None, num_chunks=1
        )
        for pairs, rule in rules:
            for column, known in spellings.items():
                names.score(connection, column=column, spellings=known, pairs=pairs)
            teacher.training.estimate_parameters_using_expectation_maximisation(
                rule, estimate_without_term_frequencies=True
            )
    learnt = read_chances(teacher.misc.save_model_to_json())
    for ladder in LADDERS:
        taken = _taken(ladder, learnt, chances)
        if taken is None:
            notes.append(f"weights-committed:{ladder.name}")
        else:
            chances |= taken
    return Trained(chances, prior, tuple(notes))


def _taken(
    ladder: Ladder,
    learnt: Mapping[str, tuple[float | None, float | None]],
    before: Mapping[str, tuple[float, float]],
) -> dict[str, tuple[float, float]] | None:
    """The learnt chances of one comparison, or None where they cannot be trusted.

    They are rounded, so that the order in which threads add up leaves no trace.
    """
    codes = [level.code for level in ladder.levels]
    ms = [learnt[code][0] for code in codes]
    us = [learnt[code][1] for code in codes]
    if all(m is None for m in ms) or all(u is None for u in us):
        return None
    chances = {}
    for code, m, u in zip(codes, ms, us, strict=True):
        old_m, old_u = before[code]
        # A level never seen is rare, not impossible.
        chances[code] = (
            _rounded(max(m, ERRS) if m is not None else min(old_m, ERRS)),
            _rounded(max(u, 1e-7) if u is not None else min(old_u, 1e-6)),
        )
    top, bottom = chances[codes[0]], chances[codes[-1]]
    if top[0] <= top[1] or bottom[0] >= bottom[1]:
        return None
    return chances


def _rounded(chance: float) -> float:
    return float(f"{chance:.4g}")


def _by_chance(
    ladder: str, chances: Mapping[str, tuple[float, float]], spellings: Spellings, *, seed: int
) -> dict[str, tuple[float, float]]:
    drawn = min(CHANCE_PAIRS, DRAWS * len(spellings.of_record))
    found = names.by_chance(spellings, pairs=drawn, seed=seed)
    us = {
        "name": {
            "name_same": found[names.SAME],
            "name_same_sound": found[names.SOUND],
            "name_alike": found[names.ALIKE],
            "name_partly": found[names.PARTLY],
            "name_hardly": found[names.HARDLY],
            "name_differs": found[names.DIFFERS],
        },
        "father": {
            "father_same": found[names.SAME] + found[names.SOUND],
            "father_agrees": found[names.ALIKE],
            "father_partly": found[names.PARTLY],
            "father_hardly": found[names.HARDLY],
            "father_differs": found[names.DIFFERS],
        },
    }[ladder]
    return {code: (chances[code][0], _rounded(u)) for code, u in us.items()}


def _rules(connection: duckdb.DuckDBPyConnection, *, seed: int) -> list[tuple[str, str]]:
    """Training blocks: the query for their pairs, and the same as a rule for Splink.

    The columns ``teach_*`` hold a value only where it was drawn for training. Splink leaves
    out of the training each comparison whose columns the rule names.
    """
    taught = {
        "birth": (
            "CASE WHEN birth_earliest = birth_latest THEN birth_earliest - DATE '1970-01-01' END",
            "l.birth_earliest = r.birth_earliest AND l.birth_latest = r.birth_latest",
        ),
        "cnic": ("hash(cnic)", "l.cnic = r.cnic"),
        "passport": ("hash(passport)", "l.passport = r.passport"),
        "name": ("name_id", "l.name_id = r.name_id"),
    }
    rules: list[tuple[str, str]] = []
    for kind, (value, rule) in taught.items():
        drawn = f"teach_{kind}"
        connection.execute(
            f"CREATE TABLE sizes AS SELECT {value} AS value, count(*) AS size "
            "FROM people GROUP BY ALL HAVING value IS NOT NULL AND size BETWEEN 2 AND 200"
        )
        pairs = count(connection, "SELECT coalesce(sum(size * (size - 1) // 2), 0) FROM sizes")
        part = min(1000, LESSON * 1000 // max(1, pairs))
        connection.execute(
            f"""UPDATE people SET {drawn} = ({value})::VARCHAR
                WHERE {value} IN (SELECT value FROM sizes WHERE hash(value, {seed}) % 1000 < {part})
            """
        )
        connection.execute("DROP TABLE sizes")
        # Namesakes are mostly two persons and a poor lesson: only where nothing else teaches birth.
        if min(pairs, LESSON) >= ENOUGH_PAIRS and not (kind == "name" and len(rules) > 1):
            full = f"{rule} AND l.{drawn} = r.{drawn}"
            rules.append(
                (
                    "SELECT l.record AS join_key_l, r.record AS join_key_r "
                    f"FROM people l JOIN people r ON {full} AND l.record < r.record",
                    full,
                )
            )
    return rules


def _prior(connection: duckdb.DuckDBPyConnection, *, number: int, fallback: float) -> float:
    """The chance that two records are one person, by capture and recapture (Chapman 1951).

    Two rules that hardly ever err, a shared identifier that singles out and the same names
    with the same day of birth, each catch some true pairs; how many both catch tells how many
    there are. Kept between what the two found and three pairs a record.
    """
    first = """SELECT DISTINCT l.record AS one, r.record AS other FROM identifiers l
               JOIN identifiers r ON l.token = r.token AND l.record < r.record
               WHERE l.kind IN ('cnic', 'passport', 'document') AND l.holders <= 20"""
    second = f"""SELECT l.record AS one, r.record AS other FROM candidates c
                JOIN people l ON l.record = c.join_key_l JOIN people r ON r.record = c.join_key_r
                WHERE l.birth_earliest = l.birth_latest AND l.birth_earliest = r.birth_earliest
                  AND l.birth_latest = r.birth_latest
                  AND name_id_level(l.name_id, r.name_id) >= {names.SOUND}"""
    caught = count(connection, f"SELECT count(*) FROM ({first})")
    recaught = count(connection, f"SELECT count(*) FROM ({second})")
    both = count(connection, f"SELECT count(*) FROM (({first}) INTERSECT ({second}))")
    if min(caught, recaught) < ENOUGH_PAIRS // 10 or both < ENOUGH_PAIRS // 20:
        return fallback
    found = (caught + 1) * (recaught + 1) / (both + 1) - 1
    found = min(max(found, caught + recaught - both), 3.0 * number)
    return float(_rounded(found / (number * (number - 1) / 2)))
