"""A name made ready to be compared and filed: read once, used often."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rabta.core.names.compounds import FAITH, GOD, is_linked
from rabta.core.names.normal import MAX_LENGTH
from rabta.core.names.parsing import parse
from rabta.core.names.sounds import Reading, join, read_arabic, read_latin, skeletons_of
from rabta.core.names.typed import PartKind, Script, Token, TypedName
from rabta.core.names.weights import weight_of

MAX_UNITS: Final = 8

_PIECES: Final[dict[str, Reading]] = {
    GOD: Reading("lah", ("L",)),
    FAITH: Reading("din", ("dn",)),
    "abd": Reading("abd", ("abd",)),
    "عبد": Reading("abd", ("abd",)),
    "abu": Reading("abu", ("ab",)),
    "ابو": Reading("abu", ("ab",)),
    "umm": Reading("um", ("am",)),
    "ام": Reading("um", ("am",)),
}
_FACTORS: Final[dict[PartKind, float]] = {
    PartKind.GIVEN: 1.0,
    PartKind.KUNYA: 0.8,
    PartKind.TRIBE: 0.8,
    PartKind.TITLE: 0.45,
    PartKind.INITIAL: 0.25,
}
"""How much a part says about a person; particles and honorifics say nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """One token that counts: its sounds, skeletons (best first) and weight (0..1).

    The same token of two names is one object, so that it is known again at no cost.

    ``filings`` are the skeletons it is filed under in keys: one row, or two for a name with
    the article inside it ("Zia-ul-Haq" is also found as "Zia Haq").
    """

    text: str
    script: Script
    kind: PartKind
    sounds: str
    skeletons: tuple[str, ...]
    weight: float
    filings: tuple[tuple[str, ...], ...]
    bones: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """A name ready to compare. ``unreadable`` is empty, or the code of the reason why not.

    ``text`` are its tokens in reading order; ``wholes`` the skeletons of the whole name written
    as one word.
    """

    typed: TypedName
    text: str
    units: tuple[Unit, ...]
    unreadable: str
    wholes: tuple[str, ...]
    father: "Prepared | None" = None
    aliases: tuple["Prepared", ...] = ()


@lru_cache(maxsize=65536)
def prepare(text: str) -> Prepared:
    """Read a name once for many comparisons; kept for names seen lately. Never raises."""
    return prepare_typed(parse(text[:MAX_LENGTH]))


def prepare_typed(typed: TypedName) -> Prepared:
    """The same for a name that is parsed already."""
    units = _units(typed.tokens)
    readable = [unit for unit in units if unit.script is not Script.OTHER]
    unreadable = ""
    if not typed.tokens:
        unreadable = "empty"
    elif not readable:
        unreadable = "unreadable"
    elif max(len(unit.sounds) for unit in readable) < 2:
        unreadable = "too-short"
    return Prepared(
        typed=typed,
        text=typed.text,
        units=units,
        unreadable=unreadable,
        wholes=skeletons_of(
            "".join(unit.sounds for unit in readable if unit.kind is not PartKind.INITIAL)
        ),
        father=prepare_typed(typed.father) if typed.father else None,
        aliases=tuple(prepare_typed(alias) for alias in typed.aliases),
    )


def _units(tokens: tuple[Token, ...]) -> tuple[Unit, ...]:
    counted = [token for token in tokens if token.kind in _FACTORS]
    if not any(token.kind is not PartKind.INITIAL for token in counted):
        # Nothing but titles or articles: then they are all we know of the name.
        counted = [token for token in tokens if token.kind is not PartKind.PARTICLE] or list(tokens)
    return tuple(_unit(token) for token in counted[:MAX_UNITS])


@lru_cache(maxsize=65536)
def _unit(token: Token) -> Unit:
    if token.script is Script.OTHER:
        return Unit(token.text, token.script, token.kind, "", ("",), 1.0, (), "")
    read = read_arabic if token.script is Script.ARABIC else read_latin
    readings = tuple(_PIECES.get(piece) or read(piece) for piece in token.pieces)
    reading = join(readings)
    filings: tuple[tuple[str, ...], ...] = (reading.skeletons,)
    if is_linked(token):
        filings = tuple(piece.skeletons for piece in readings)
    elif token.pieces[0] in ("abd", "عبد") and token.pieces[-1] != GOD:
        # The first half is often left out in speech: Abdul Karim is called Karim.
        filings = ((*reading.skeletons, readings[-1].skeletons[0]),)
    weight = weight_of(reading.skeletons[0]) * _FACTORS.get(token.kind, 0.45)
    return Unit(
        token.text,
        token.script,
        token.kind,
        reading.sounds,
        reading.skeletons,
        weight,
        filings,
        skeletons_of(reading.sounds)[0],
    )
