"""Name keys: one kind of key for look-up, for blocking, and for the blind question.

A key is a short clear text that two spellings of one name share; whoever stores or sends keys
puts them through a keyed hash first. Three prefixes, all from the same consonant skeletons:

``p:`` a pair of tokens, in alphabetical order: ``p:krm.rSd``. It survives another order, a
    missing or added token, and any script. This is the key to look up and to block with.
``w:`` the whole name written as one word: ``w:rSdkrm``. It survives words written together or
    apart, and it is the only blocking key of a name of one token.
``s:`` a single token: ``s:rSd``. It answers an officer who types one word and is far too broad
    for anything else.

*Stored* with a person: all of ``name_keys``. *Asked* with: ``asking_keys``, which are ``p:`` and
``w:``, and ``s:`` only where a single word was typed. *Blocked* with: ``blocking_keys``, never
``s:``.

Titles that are also signed as names count; honorifics, articles, bin, initials do not. Pairs of
two very common names (Ali, Muhammad, Khan …) are left out where the name has a rarer pair.
"""

from itertools import combinations
from typing import Final

from rabta.core.errors import BadValue, gettext_noop
from rabta.core.names.prepared import Prepared, Unit, prepare
from rabta.core.names.sounds import skeletons_of
from rabta.core.names.typed import PartKind, Script
from rabta.core.names.weights import is_common

NAME_KEY_VERSION: Final[int] = 1
"""Goes up whenever any key of any name changes; both versions are stored during the change."""

PAIR: Final = "p:"
WHOLE: Final = "w:"
SINGLE: Final = "s:"

MAX_PAIRS: Final = 9
MAX_WHOLES: Final = 2
MAX_SINGLES: Final = 7


def name_keys(text: str, version: int = NAME_KEY_VERSION) -> frozenset[str]:
    """All keys to store for a name and its aliases; empty if it cannot be read.

    Raises BadValue for a version that this code cannot make.
    """
    if version != NAME_KEY_VERSION:
        raise BadValue(
            gettext_noop("Name keys of version {value} cannot be made here."),
            remedy=gettext_noop("Upgrade the node that lags behind, then index names again."),
            field="version",
            value=str(version),
        )
    prepared = prepare(text)
    keys: set[str] = set()
    for name in (prepared, *prepared.aliases):
        keys |= _keys(name)
    return frozenset(keys)


def blocking_keys(text: str, version: int = NAME_KEY_VERSION) -> frozenset[str]:
    """The keys that bring two records together for comparison: ``p:`` and ``w:``."""
    return frozenset(key for key in name_keys(text, version) if not key.startswith(SINGLE))


def asking_keys(text: str, version: int = NAME_KEY_VERSION) -> frozenset[str]:
    """The keys to ask stored keys with: ``p:`` and ``w:``, and ``s:`` if only one word is given."""
    keys = name_keys(text, version)
    if any(key.startswith(PAIR) for key in keys):
        return frozenset(key for key in keys if not key.startswith(SINGLE))
    return keys


def _keys(name: Prepared) -> set[str]:
    units = [unit for unit in name.units if _significant(unit)]
    if name.unreadable or not units:
        return set()
    rows = [(row, unit.weight) for unit in units for row in unit.filings]
    keys = {PAIR + pair for pair in _pairs(rows)}
    whole = "".join(unit.sounds for unit in units)
    keys |= {WHOLE + skeleton for skeleton in skeletons_of(whole)[:MAX_WHOLES]}
    singles = dict.fromkeys(skeleton for row, _ in rows for skeleton in row)
    keys |= {SINGLE + skeleton for skeleton in list(singles)[:MAX_SINGLES]}
    return keys


def _pairs(rows: list[tuple[tuple[str, ...], float]]) -> list[str]:
    """The pairs to file under, the rarest first, at most ``MAX_PAIRS``."""
    weighed: dict[str, float] = {}
    common: dict[str, float] = {}
    for (one, weight), (two, other) in combinations(rows, 2):
        for a in one:
            for b in two:
                into = common if is_common(a) and is_common(b) else weighed
                into.setdefault(".".join(sorted((a, b))), -(weight + other))
    chosen = weighed or common
    return sorted(chosen, key=lambda pair: (chosen[pair], pair))[:MAX_PAIRS]


def _significant(unit: Unit) -> bool:
    return unit.script is not Script.OTHER and unit.kind is not PartKind.INITIAL
