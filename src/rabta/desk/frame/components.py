"""What the components of a page are given: small values, drawn by ``{% load frame %}``."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

NUMBER, DATE, CODE, DATA = "number", "date", "code", "data"
"""Kinds of column: aligned figures · dates · identifiers · whatever was typed (any script)."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a data table: its heading and its kind."""

    label: Any
    kind: str = DATA


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: what it says, where it leads, and a tag of a kind beside it."""

    value: Any
    url: str = ""
    tag: Any = ""
    tag_kind: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A data table. The first cell of a row names it; the first link of a row opens it."""

    caption: Any
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    empty: Any = ""

    @property
    def lines(self) -> list[list[tuple[Column, Cell]]]:
        """Rows as pairs of column and cell; plain values are made cells."""
        return [
            [
                (column, value if isinstance(value, Cell) else Cell(value))
                for column, value in zip(self.columns, row, strict=True)
            ]
            for row in self.rows
        ]


@dataclass(frozen=True, slots=True)
class Pager:
    """Where a keyset-paged list goes on. ``count`` is capped: past ``most`` it shows "1,000+"."""

    previous_url: str = ""
    next_url: str = ""
    count: int | None = None
    most: int = 1000

    @property
    def capped(self) -> bool:
        """Whether there are more than were counted."""
        return self.count is not None and self.count > self.most


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab: a link to another view of the same thing."""

    label: Any
    url: str
    here: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the way back; the last one, the page itself, carries no address."""

    label: Any
    url: str = ""
