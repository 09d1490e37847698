"""Calling codes and the national numbers behind them (ITU-T E.164 and national plans)."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Plan:
    """A country's calling code, its trunk prefix ("" if none), and lengths without that prefix."""

    code: str
    trunk: str
    lengths: frozenset[int]


def _plan(code: str, trunk: str, first: int, last: int) -> Plan:
    return Plan(code, trunk, frozenset(range(first, last + 1)))


PLANS: Mapping[str, Plan] = MappingProxyType(
    {
        "PK": _plan("92", "0", 8, 10),
        "AF": _plan("93", "0", 9, 9),
        "IR": _plan("98", "0", 10, 10),
        "IN": _plan("91", "0", 10, 10),
        "BD": _plan("880", "0", 8, 10),
        "NP": _plan("977", "0", 8, 10),
        "LK": _plan("94", "0", 9, 9),
        "CN": _plan("86", "0", 10, 11),
        "TJ": _plan("992", "", 9, 9),
        "TM": _plan("993", "8", 8, 8),
        "UZ": _plan("998", "", 9, 9),
        "AE": _plan("971", "0", 8, 9),
        "SA": _plan("966", "0", 9, 9),
        "OM": _plan("968", "", 8, 8),
        "QA": _plan("974", "", 8, 8),
        "KW": _plan("965", "", 8, 8),
        "BH": _plan("973", "", 8, 8),
        "IQ": _plan("964", "0", 8, 10),
        "TR": _plan("90", "0", 10, 10),
        "LY": _plan("218", "0", 8, 9),
        "EG": _plan("20", "0", 8, 10),
        "GR": _plan("30", "", 10, 10),
        "IT": _plan("39", "", 6, 11),
        "MY": _plan("60", "0", 8, 10),
        "GB": _plan("44", "0", 9, 10),
        "DE": _plan("49", "0", 6, 12),
    }
)
"""By ISO country code: the region, its destinations and the routes between."""
