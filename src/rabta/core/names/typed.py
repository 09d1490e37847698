"""What a written name says: its tokens, each with its script and its part in the name."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Script(StrEnum):
    """The script of one token. ``OTHER`` cannot be read yet (Han, Cyrillic, digits …)."""

    ARABIC = "arabic"
    LATIN = "latin"
    OTHER = "other"


class PartKind(StrEnum):
    """What a token is in a name. ``TITLE`` is an honorific that is also signed as a name."""

    GIVEN = "given"
    KUNYA = "kunya"
    PARTICLE = "particle"
    HONORIFIC = "honorific"
    TITLE = "title"
    TRIBE = "tribe"
    INITIAL = "initial"


@dataclass(frozen=True, slots=True)
class Token:
    """One token as normalised text; ``pieces`` are the halves of a compound, articles left out."""

    text: str
    script: Script
    kind: PartKind = PartKind.GIVEN
    pieces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TypedName:
    """A name as read. ``relation`` says how ``father`` is related: "s/o", "d/o", "w/o" or ""."""

    tokens: tuple[Token, ...] = ()
    father: "TypedName | None" = None
    relation: str = ""
    aliases: tuple["TypedName", ...] = ()

    def __bool__(self) -> bool:
        """Whether there is any token at all."""
        return bool(self.tokens)

    @property
    def text(self) -> str:
        """The tokens in reading order, in normalised form."""
        return " ".join(token.text for token in self.tokens)


_RUNS: Final = re.compile(
    r"(?P<latin>[a-z]+)"
    r"|(?P<arabic>[\u0620-\u065f\u066e-\u06d3\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f\u0870-\u08ff]+)"
    r"|(?P<other>[^\s]+?(?=[a-z\u0620-\u06ff\u0750-\u077f]|\s|$))"
)


def words(text: str) -> list[tuple[str, Script]]:
    """Cut normalised text into words of one script each; numbers are no part of a name."""
    found = []
    for match in _RUNS.finditer(text):
        word = match.group()
        if match.lastgroup == "other":
            if any(character.isalpha() for character in word):
                found.append((word, Script.OTHER))
        else:
            found.append((word, Script(match.lastgroup or "other")))
    return found
