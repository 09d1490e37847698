"""Read a name as it stands in a register: relations, aliases, order, parts."""

import re
from functools import lru_cache
from typing import Final

from rabta.core.names import lexicon
from rabta.core.names.compounds import assemble
from rabta.core.names.normal import MAX_LENGTH, normalise
from rabta.core.names.typed import TypedName, words

MAX_ALIASES: Final = 4

_MARKERS: Final = re.compile(
    r"(?<![^\s,;(])(?:"
    r"(?P<son>s\s?/\s?o\.?|s\.o\.?|son of|ولد)"
    r"|(?P<daughter>d\s?/\s?o\.?|d\.o\.?|daughter of|دختر)"
    r"|(?P<wife>w\s?/\s?o\.?|w\.o\.?|h\s?/\s?o\.?|wife of|widow of|husband of|زوج[هہة]|بیو[هہ])"
    r"|(?P<elsewhere>r\s?/\s?o\.?|resident of|caste|سکن[هہ]|قوم|ساکن)"
    r"|(?P<alias>alias|a\.?\s?k\.?\s?a\.?|urf|عرف|المعروف|known as|f\.?k\.?a\.?)"
    r")(?![^\s,;:)])"
    r"|(?P<at>@)",
    re.IGNORECASE,
)
_RELATIONS: Final = {"son": "s/o", "daughter": "d/o", "wife": "w/o"}
_CONTROLS: Final = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SPACES: Final = re.compile(r"\s+")
_BRACKETED: Final = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")


@lru_cache(maxsize=16384)
def parse(text: str) -> TypedName:
    """Read a written name into tokens, the father's or husband's name, and aliases.

    "s/o", "d/o", "w/o" (and their Urdu) split off the father or husband; "@", "alias", "urf"
    split off aliases; "FAMILY, Given" is put in speaking order; entries that say there is no
    name ("unknown", "FNU LNU", "نامعلوم", "N/A") give an empty name. Only the first 300
    characters are read. Never raises.
    """
    text = _SPACES.sub(" ", _CONTROLS.sub("", text[:MAX_LENGTH])).strip()
    main, father, relation = "", "", ""
    aliases: list[str] = []
    target, start = "main", 0
    for match in [*_MARKERS.finditer(text), None]:
        segment = text[start : match.start() if match else None].strip()
        if target == "main":
            main = segment
        elif target == "alias":
            aliases.append(segment)
        elif target == "father" and not father:
            father = segment
        if match is None:
            break
        start = match.end()
        label = match.lastgroup or ""
        if label in _RELATIONS:
            target, relation = "father", relation or _RELATIONS[label]
        elif label == "elsewhere":
            target = "elsewhere"
        else:
            target = "alias"
    read_father = _name(father)
    return TypedName(
        tokens=_name(main).tokens,
        father=read_father if read_father else None,
        relation=relation if read_father else "",
        aliases=tuple(name for name in map(_name, aliases[:MAX_ALIASES]) if name),
    )


def _name(text: str) -> TypedName:
    """One name without relations or aliases."""
    text = _BRACKETED.sub(" ", text) if _BRACKETED.sub("", text).strip() else text
    family, comma, given = text.partition(",")
    if not comma:
        family, comma, given = text.partition("،")
    if comma and given.strip(" ,،"):
        text = f"{given} {family}"
    text = normalise(text)
    if text in lexicon.UNKNOWN_WHOLE:
        return TypedName()
    found = [word for word in words(text) if word[0] not in lexicon.UNKNOWN]
    return TypedName(tokens=assemble(found))
