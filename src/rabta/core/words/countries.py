"""Countries by their ISO 3166-1 codes, and how registers and sanctions lists write them.

Source: ISO 3166-1 (facts), with spellings, former names and nationalities gathered for the
region, and names in Urdu after the Unicode CLDR, in data/countries.csv.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from rabta.core.words.folding import fold


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory of ISO 3166-1 with every spelling known here; ``name`` is English."""

    alpha2: str
    alpha3: str
    name: str
    urdu: str
    variants: tuple[str, ...]


@cache
def countries() -> Mapping[str, Country]:
    """Return all countries by two-letter code, in the order of their English names."""
    text = files("rabta.core.words").joinpath("data/countries.csv").read_text("utf-8")
    return MappingProxyType(
        {
            row["alpha2"]: Country(
                row["alpha2"],
                row["alpha3"],
                row["name"],
                row["urdu"],
                tuple(filter(None, row["variants"].split("|"))),
            )
            for row in csv.DictReader(text.splitlines())
        }
    )


def country_code(text: str) -> str | None:
    """Return the two-letter code for a code, a name, a former name or a nationality, or None.

    A nationality that is also a people living across borders (Tajik, Uzbek) gives None. Case,
    accents, "the" and the order of words around a comma or bracket do not matter: "Congo,
    Democratic Republic of the" is CD. Kosovo, which ISO 3166-1 lacks, gives None, and so does
    what fits two countries ("Korea", "Dominican").
    """
    if len(text) > _LONGEST:
        return None
    if (code := _codes().get(text.strip().upper())) is not None:
        return code
    keys = filter(None, map(_key, _forms(text)))
    return next((code for key in keys if (code := _names().get(key)) is not None), None)


_LONGEST = 120
_BRACKET = re.compile(r"^([^()]*)\(([^()]*)\)\s*$")
_NO_LETTER = re.compile(r"[^\w\u0900-\u0fff]|_")


@cache
def _codes() -> Mapping[str, str]:
    return MappingProxyType(
        {
            code: country.alpha2
            for country in countries().values()
            for code in (country.alpha2, country.alpha3)
        }
    )


@cache
def _names() -> Mapping[str, str]:
    return MappingProxyType(
        {
            _key(form): country.alpha2
            for country in countries().values()
            for spelling in (country.name, country.urdu, *country.variants)
            for form in _forms(spelling)
        }
    )


def _forms(text: str) -> Iterator[str]:
    """Give the text, and with what follows a comma or stands in brackets put first."""
    yield text
    if bracket := _BRACKET.match(text):
        yield f"{bracket[2]} {bracket[1]}"
    before, comma, after = text.partition(",")
    if comma:
        yield f"{after} {before}"


def _key(text: str) -> str:
    words = _NO_LETTER.sub(" ", text.casefold().replace("'", "").replace("’", "")).split()
    if all(len(word) == 1 for word in words):
        return fold("".join(words))
    joined = ("st" if word == "saint" else word for word in words)
    return fold("".join(word for word in joined if word not in ("the", "and")))
