"""The model: what is compared, at which levels, and what each level is called as evidence.

A comparison is a ladder of levels, the strongest first; the last one holds for whatever is
left. Splink numbers them from the bottom (0) and gives −1 where nothing can be compared.
Each level has two chances: m among records of one person, u among records of two.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from rabta.engines.linkage.database import STRONG, WEAK
from rabta.engines.linkage.names import ALIKE, CANNOT, HARDLY, PARTLY, SAME, SOUND

Chances = Mapping[str, tuple[float, float]]
"""By code of evidence: m and u."""


@dataclass(frozen=True, slots=True)
class Level:
    """One rung. ``frequency`` names the column by whose share the u of a pair is set."""

    code: str
    sql: str
    frequency: str = ""


@dataclass(frozen=True, slots=True)
class Ladder:
    """One comparison. ``silent`` is when it says nothing; ``unknown`` its code then, if told."""

    name: str
    silent: str
    levels: tuple[Level, ...]
    unknown: str = ""

    def code(self, gamma: int) -> str:
        """The evidence that a level found by Splink stands for; empty for none."""
        return self.unknown if gamma < 0 else self.levels[len(self.levels) - 1 - gamma].code


def _names(name: str, column: str, rungs: tuple[tuple[str, int], ...], *, unknown: str) -> Ladder:
    level = f"{column}_level({column}_l, {column}_r)"
    return Ladder(
        name,
        f"{column}_l IS NULL OR {column}_r IS NULL OR {level} = {CANNOT}",
        (
            *(
                Level(code, f"{level} >= {number}", column if number >= ALIKE else "")
                for code, number in rungs
            ),
            Level(f"{name}_differs", "ELSE"),
        ),
        unknown,
    )


_EXACT = "birth_earliest_l = birth_latest_l AND birth_earliest_r = birth_latest_r"
_OVERLAP = "birth_earliest_l <= birth_latest_r AND birth_earliest_r <= birth_latest_l"
_NARROW = "birth_latest_l - birth_earliest_l <= 400 AND birth_latest_r - birth_earliest_r <= 400"

_BIRTH = Ladder(
    "birth",
    "birth_earliest_l IS NULL OR birth_earliest_r IS NULL",
    (
        Level("birth_same_day", f"{_EXACT} AND birth_earliest_l = birth_earliest_r"),
        Level(
            "birth_swapped",
            f"{_EXACT} AND year(birth_earliest_l) = year(birth_earliest_r)"
            " AND month(birth_earliest_l) = day(birth_earliest_r)"
            " AND day(birth_earliest_l) = month(birth_earliest_r)",
        ),
        Level("birth_year_overlaps", f"{_OVERLAP} AND {_NARROW}"),
        Level("birth_range_overlaps", _OVERLAP),
        Level(
            "birth_close",
            "birth_earliest_l - birth_latest_r <= 731 AND birth_earliest_r - birth_latest_l <= 731",
        ),
        Level("birth_conflicts", "ELSE"),
    ),
    "birth_unknown",
)


def _strong(kind: str) -> Ladder:
    return Ladder(
        kind,
        f"{kind}_l IS NULL OR {kind}_r IS NULL",
        (
            Level(f"{kind}_same", f"list_has_any({kind}_l, {kind}_r)"),
            Level(f"{kind}_differs", "ELSE"),
        ),
    )


def _weak(kind: str) -> Ladder:
    return Ladder(
        kind,
        f"{kind}_l IS NULL OR {kind}_r IS NULL",
        (
            Level(f"{kind}_shared", f"coalesce(list_has_any({kind}_few_l, {kind}_few_r), false)"),
            Level(f"{kind}_shared_by_many", f"list_has_any({kind}_l, {kind}_r)"),
            Level(f"{kind}_differs", "ELSE"),
        ),
    )


LADDERS: tuple[Ladder, ...] = (
    _names(
        "name",
        "name_id",
        (
            ("name_same", SAME),
            ("name_same_sound", SOUND),
            ("name_alike", ALIKE),
            ("name_partly", PARTLY),
            ("name_hardly", HARDLY),
        ),
        unknown="name_cannot_compare",
    ),
    _names(
        "father",
        "father_id",
        (
            ("father_same", SOUND),
            ("father_agrees", ALIKE),
            ("father_partly", PARTLY),
            ("father_hardly", HARDLY),
        ),
        unknown="father_unknown",
    ),
    _BIRTH,
    Ladder(
        "sex",
        "sex_l IS NULL OR sex_r IS NULL",
        (Level("sex_same", "sex_l = sex_r"), Level("sex_differs", "ELSE")),
    ),
    Ladder(
        "nationality",
        "nationalities_l IS NULL OR nationalities_r IS NULL",
        (
            Level("nationality_same", "list_has_any(nationalities_l, nationalities_r)"),
            Level("nationality_differs", "ELSE"),
        ),
    ),
    *(_strong(kind) for kind in STRONG),
    *(_weak(kind) for kind in WEAK),
)


@dataclass(frozen=True, slots=True)
class Weights:
    """The chances of every level, and how many true pairs a record is in on average."""

    chances: Chances
    pairs_per_record: float
    origin: str


@cache
def committed() -> Weights:
    """The weights that come with Rabta: used as they are where data are few.

    Their origin is told in the file; ``benchmarks.linkage`` makes it anew.
    """
    text = files("rabta.engines.linkage").joinpath("weights.json").read_text(encoding="utf-8")
    data = json.loads(text)
    chances = {code: (float(m), float(u)) for code, (m, u) in data["chances"].items()}
    return Weights(chances, float(data["pairs_per_record"]), str(data["origin"]))


def settings(chances: Chances, *, prior: float, fixed_u: frozenset[str]) -> dict[str, Any]:
    """The settings that Splink takes.

    ``prior`` is the chance that two records drawn at random are one person. The u of the
    ladders named in ``fixed_u`` is taken from ``chances`` and not estimated by Splink.
    """
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "record",
        "probability_two_random_records_match": prior,
        "comparisons": [
            _comparison(ladder, chances, fix_u=ladder.name in fixed_u) for ladder in LADDERS
        ],
        # The pairs are ours (``blocking``); Splink asks for a rule and never uses it.
        "blocking_rules_to_generate_predictions": ["l.record = r.record"],
        "retain_matching_columns": True,  # else Splink keeps no levels
        "retain_intermediate_calculation_columns": True,
        "em_convergence": 0.0005,
        "max_iterations": 30,
    }


def _comparison(ladder: Ladder, chances: Chances, *, fix_u: bool) -> dict[str, Any]:
    levels: list[dict[str, Any]] = [
        {
            "sql_condition": ladder.silent,
            "label_for_charts": ladder.unknown or "unknown",
            "is_null_level": True,
        }
    ]
    for level in ladder.levels:
        m, u = chances[level.code]
        rung: dict[str, Any] = {
            "sql_condition": level.sql,
            "label_for_charts": level.code,
            "m_probability": m,
            "u_probability": u,
            "fix_u_probability": fix_u,
        }
        if level.frequency:
            rung["tf_adjustment_column"] = level.frequency
            rung["tf_adjustment_weight"] = 1.0
            rung["tf_minimum_u_value"] = 1e-5
            rung["disable_tf_exact_match_detection"] = True
        levels.append(rung)
    return {"output_column_name": ladder.name, "comparison_levels": levels}


def read_chances(model: Mapping[str, Any]) -> dict[str, tuple[float | None, float | None]]:
    """The m and u in a saved model of Splink, by code; None where nothing was observed."""
    return {
        level["label_for_charts"]: (
            _number(level.get("m_probability")),
            _number(level.get("u_probability")),
        )
        for comparison in model["comparisons"]
        for level in comparison["comparison_levels"]
        if not level.get("is_null_level")
    }


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) else None
