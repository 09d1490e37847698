"""Name keys: one kind of key for look-up, for blocking, and for the blind question."""

from itertools import combinations
from typing import Final

from rabta.core.names.prepared import Prepared, Unit, prepare
from rabta.core.names.sounds import skeletons_of
from rabta.core.names.typed import PartKind, Script

NAME_KEY_VERSION: Final = 1
MAX_PAIRS: Final = 10
MAX_SINGLES: Final = 6


def name_keys(text: str, version: int = NAME_KEY_VERSION) -> frozenset[str]:
    keys: set[str] = set()
    prepared = prepare(text)
    for name in (prepared, *prepared.aliases):
        keys |= _keys(name)
    return frozenset(keys)


def _keys(name: Prepared) -> set[str]:
    units = significant(name)
    if not units:
        return set()
    rows=[(row,u.weight) for u in units for row in u.filings if row[0]]
    pairs: list[str] = []
    for one, two in sorted(combinations(rows, 2), key=lambda pair: -(pair[0][1] + pair[1][1])):
        pairs += ["p:" + ".".join(sorted((a, b))) for a in one[0] for b in two[0]]
    keys = set(list(dict.fromkeys(pairs))[:MAX_PAIRS])
    keys |= {"w:" + w for w in skeletons_of("".join(u.sounds for u in units))[:2]}
    return keys


def significant(name: Prepared) -> list[Unit]:
    return [u for u in name.units if u.script is not Script.OTHER and u.kind is not PartKind.INITIAL and u.skeletons[0]]
