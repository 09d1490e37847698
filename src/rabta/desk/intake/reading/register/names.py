"""What a name cell of a register holds beside the name: a second script, an alias, a parent."""

import re
from dataclasses import dataclass

_ALIAS = re.compile(r"\s*@+\s*|\s+(?:alias|urf|a\.?k\.?a\.?|عرف)\s+", re.IGNORECASE)
_PARENT = re.compile(r"\s+(?:[sd]\s?/\s?o|son of|daughter of|ولد|دختر)[\s.:]+", re.IGNORECASE)
_SPOUSE = re.compile(r"\s+(?:w\s?/\s?o|wife of|زوجہ)[\s.:]+", re.IGNORECASE)
_SCRIPTS = (
    re.compile(r"[A-Za-z\u00c0-\u024f]"),
    re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]"),
    re.compile(r"[\u0900-\u097f]"),
)


@dataclass(frozen=True, slots=True)
class NameCell:
    """The parts of one name cell; each list holds texts as written."""

    names: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    fathers: tuple[str, ...] = ()
    spouses: tuple[str, ...] = ()


def read_name(cell: str) -> NameCell:
    """Take a name cell apart: "… s/o …", "… @ …", "… عرف …", two scripts on two lines or by "/".

    What is not one of these forms stays one name.
    """
    names: list[str] = []
    aliases: list[str] = []
    fathers: list[str] = []
    spouses: list[str] = []
    for text in _by_script(cell):
        text, *husband = _SPOUSE.split(text, maxsplit=1)
        spouses += husband
        text, *father = _PARENT.split(text, maxsplit=1)
        fathers += father
        name, *others = (part for part in _ALIAS.split(text))
        names.append(name)
        aliases += others
    return NameCell(_kept(names), _kept(aliases), _kept(fathers), _kept(spouses))


def _kept(texts: list[str]) -> tuple[str, ...]:
    stripped = (text.strip(" \t,;،؛/|") for text in texts)
    return tuple(dict.fromkeys(text for text in stripped if text))


def _by_script(cell: str) -> list[str]:
    """Divide at line breaks, and at "/", "|" or brackets where the scripts on both sides differ."""
    parts: list[str] = []
    for line in re.split(r"[\r\n]+", cell):
        found = re.fullmatch(r"([^()/|]+?)\s*[/|(]\s*([^()/|]+?)\s*\)?", line.strip())
        if found and _script(found[1]) != _script(found[2]):
            parts += [found[1], found[2]]
        elif line.strip():
            parts.append(line)
    return parts


def _script(text: str) -> frozenset[int]:
    return frozenset(index for index, letters in enumerate(_SCRIPTS) if letters.search(text))
