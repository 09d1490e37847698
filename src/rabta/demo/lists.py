"""The demo's own lists, read once from ``parts/``: name parts, places, units, notes."""

import csv
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files

from rabta.core.words.vocabulary import AgencyKind, Duty
from rabta.demo.dice import Weighted
from rabta.demo.world import DemoAgency, DemoOfficer, DemoUnit, Part, Place, UnitKind

OWN_WEIGHT = 3
"""How much likelier a community's own part is than one common to the whole country."""


def _text(name: str) -> str:
    return (files("rabta.demo") / "parts" / name).read_text(encoding="utf-8")


def _rows(name: str) -> Iterator[dict[str, str]]:
    return csv.DictReader(_text(name).splitlines())


@cache
def name_parts() -> tuple[tuple[str, str, int, Part], ...]:
    """All parts as (list, group, weight, part); the list is male, female or the slot."""
    found = []
    for name, fixed in (
        ("male", "given"),
        ("female", "given"),
        ("second", "second"),
        ("other", ""),
    ):
        for row in _rows(f"{name}.csv"):
            part = Part(fixed or row["slot"], row["urdu"], tuple(row["latin"].split("|")))
            kept_in = name if fixed else row["slot"]
            # "female" is the list of given names; the closing word of a woman's name stands apart.
            kept_in = "closing" if kept_in == "female" and not fixed else kept_in
            found.append((kept_in, row["group"], int(row["weight"]), part))
    return tuple(found)


@cache
def table(kept_in: str, groups: tuple[str, ...]) -> Weighted[Part]:
    """Parts of one list for a community; its own group (the first) weighs more than the others."""
    return Weighted(
        (part, weight * (OWN_WEIGHT if group == groups[0] and len(groups) > 1 else 1))
        for listed, group, weight, part in name_parts()
        if listed == kept_in and group in groups
    )


@cache
def denied_pairs() -> frozenset[tuple[str, str]]:
    """Pairs of words that would read as a well-known person."""
    lines = (line.split() for line in _text("not_these.txt").splitlines())
    return frozenset((words[0], words[1]) for words in lines if len(words) == 2 and words[0] != "#")


@cache
def places() -> Mapping[str, Place]:
    """Towns by their English name."""
    return {p.english: p for p, _ in _weighted_places()}


def _weighted_places() -> Iterator[tuple[Place, int]]:
    for row in _rows("places.csv"):
        yield Place(row["region"], row["english"], row["urdu"]), int(row["weight"])


@cache
def towns(region: str) -> Weighted[Place]:
    """Towns of a region, larger ones likelier."""
    return Weighted((p, weight) for p, weight in _weighted_places() if p.region == region)


@cache
def notes() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Texts by theme, then by language (or by law, or by part played)."""
    read = tomllib.loads(_text("notes.toml"))
    return {
        theme: {key: tuple(texts) for key, texts in group.items()} for theme, group in read.items()
    }


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@cache
def agencies() -> tuple[DemoAgency, ...]:
    """The agencies with their units."""
    units: dict[str, list[DemoUnit]] = {}
    for row in _rows("units.csv"):
        units.setdefault(row["agency"], []).append(
            DemoUnit(
                code=row["code"],
                parent=row["parent"],
                kind=UnitKind(row["kind"]),
                name=row["english"],
                name_ur=row["urdu"],
                place=row["place"],
                opened=date.fromisoformat(row["opened"]),
                closed=_day(row["closed"]),
                successor=row["successor"],
                records=row["records"],
            )
        )
    return tuple(
        DemoAgency(
            code=row["code"],
            kind=AgencyKind(row["kind"]),
            country=row["country"],
            name=row["english"],
            name_ur=row["urdu"],
            units=tuple(units[row["code"]]),
        )
        for row in _rows("agencies.csv")
    )


@cache
def officers() -> tuple[DemoOfficer, ...]:
    """The sign-ins."""
    home = {unit.code: agency.code for agency in agencies() for unit in agency.units}
    return tuple(
        DemoOfficer(
            login=row["login"],
            display_name=row["name"],
            agency=home[row["unit"]],
            unit=row["unit"],
            duty=Duty(row["duty"]),
            starts=date.fromisoformat(row["starts"]),
            ends=_day(row["ends"]),
        )
        for row in _rows("officers.csv")
    )
