"""Read the individuals of the US Treasury's SDN list (CSV without header) with their aliases.

Columns as published: ent_num, name, type, program, title, call sign, vessel type, tonnage, gross
tonnage, flag, owner, remarks; "-0-" stands for nothing. The a.k.a. file: ent_num, alt_num, type,
name, remarks.
"""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from rabta.core.errors import BadFile, BadValue, gettext_noop
from rabta.core.words.incoming import IncomingPerson
from rabta.desk.intake.reading.content import Content, content_of, refuse
from rabta.desk.intake.reading.lists import ofac_fields
from rabta.desk.intake.reading.outcome import (
    ALIAS_WITHOUT_PERSON,
    BLANK,
    END_MARK,
    NOT_A_PERSON,
    Ignored,
    Limits,
    Refused,
)
from rabta.desk.intake.reading.text import checked_encoding, delimited

_FIELDS = (
    "ent_num",
    "name",
    "type",
    "program",
    "title",
    "call_sign",
    "vessel_type",
    "tonnage",
    "gross_tonnage",
    "flag",
    "owner",
    "remarks",
)
_ALT = ("ent_num", "alt_num", "type", "name", "remarks")


class _Table:
    """One of the two files: its rows as named fields, and whether its numbers only rise."""

    def __init__(self, file: Path, names: tuple[str, ...], limits: Limits):
        content = content_of(file, limits)
        if content is not Content.TEXT:
            raise refuse(file, content)
        self.file, self.names, self._limits = file, names, limits
        self._encoding = checked_encoding(file)

    def rows(self) -> Iterator[tuple[int, dict[str, str] | str]]:
        """Yield (row, fields), or (row, why) for a row that holds nothing."""
        for number, cells in delimited(
            self.file, encoding=self._encoding, delimiter=",", limits=self._limits
        ):
            texts = [cell.strip() for cell in cells]
            if not any(texts):
                yield number, BLANK
            elif texts == ["\x1a"]:
                yield number, END_MARK
            elif len(texts) != len(self.names) or not _is_number(texts[0]):
                raise self._misshapen(number, len(texts))
            else:
                fields = {
                    name: "" if text == "-0-" else text
                    for name, text in zip(self.names, texts, strict=True)
                }
                yield number, fields

    def _misshapen(self, number: int, columns: int) -> BadFile:
        return BadFile(
            gettext_noop(
                "The file “{file}” is not in the layout it should have, or was cut: row {row} has "
                "{columns} columns; a number and {more} more are expected."
            ),
            remedy=gettext_noop("Fetch it again from where it is published, without editing it."),
            file=self.file.name,
            row=number,
            columns=columns,
            more=len(self.names) - 1,
        )

    def records(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield the rows that hold something."""
        for number, row in self.rows():
            if isinstance(row, dict):
                yield number, row

    def numbers(self) -> Iterator[int]:
        """Yield the ent_num of each record; reading all proves the shape of every row."""
        for _, fields in self.records():
            yield int(fields["ent_num"])


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 18


class _Aliases:
    """The aliases of each number, asked for in rising order: merged from the file as it is read."""

    def __init__(self, table: _Table):
        self._rows = table.records()
        self._next = next(self._rows, None)

    def of(self, number: int) -> tuple[list[dict[str, str]], list[int]]:
        """Return the aliases of this number, and the rows passed over that belong to none."""
        found: list[dict[str, str]] = []
        orphans: list[int] = []
        while self._next is not None and int(self._next[1]["ent_num"]) <= number:
            row, fields = self._next
            if int(fields["ent_num"]) == number:
                found.append(fields)
            else:
                orphans.append(row)
            self._next = next(self._rows, None)
        return found, orphans

    def rest(self) -> Iterator[int]:
        """Yield the rows nobody asked for."""
        if self._next is not None:
            yield self._next[0]
            self._next = None
        for row, _ in self._rows:
            yield row


class _IndexedAliases:
    """The same for numbers in any order: the whole a.k.a. file in memory."""

    def __init__(self, table: _Table):
        self._index: dict[int, list[tuple[int, dict[str, str]]]] = {}
        for row, fields in table.records():
            self._index.setdefault(int(fields["ent_num"]), []).append((row, fields))

    def of(self, number: int) -> tuple[list[dict[str, str]], list[int]]:
        return [fields for _, fields in self._index.pop(number, [])], []

    def rest(self) -> Iterator[int]:
        for rows in self._index.values():
            yield from (row for row, _ in rows)


def open_list(
    file: Path, *, companion: Path | None, limits: Limits
) -> Iterator[IncomingPerson | Refused | Ignored]:
    """Check both files as a whole, then return an iterator over the individuals.

    The key of a person is the ent_num. Both files are merged as they stream when their numbers
    rise, as published; else the a.k.a. file is held in memory. Without a companion the persons
    come without those aliases. Raises BadFile.
    """
    table = _Table(file, _FIELDS, limits)
    rising = all(first < second for first, second in pairwise(table.numbers()))
    aliases: _Aliases | _IndexedAliases | None = None
    if companion is not None:
        alt = _Table(companion, _ALT, limits)
        sorted_alt = all(first <= second for first, second in pairwise(alt.numbers()))
        for _ in alt.numbers():  # the rest, should the order have ended the walk above
            pass
        aliases = _Aliases(alt) if rising and sorted_alt else _IndexedAliases(alt)
    if not rising:
        for _ in table.numbers():
            pass
    return _read(table, aliases, rising=rising)


def _read(
    table: _Table, aliases: _Aliases | _IndexedAliases | None, *, rising: bool
) -> Iterator[IncomingPerson | Refused | Ignored]:
    seen: set[int] = set()
    for row, fields in table.rows():
        at = f"row {row}"
        if isinstance(fields, str):
            yield Ignored(at, fields)
            continue
        number = int(fields["ent_num"])
        again = number in seen
        if not rising:
            seen.add(number)
        found, orphans = aliases.of(number) if aliases is not None else ([], [])
        for orphan in orphans:
            yield Ignored(f"a.k.a. file, row {orphan}", ALIAS_WITHOUT_PERSON, rows=0)
        if fields["type"].casefold() != "individual":
            yield Ignored(at, NOT_A_PERSON)
            continue
        for position, alias in enumerate(found, start=1):
            fields |= {f"alias.{position}.{name}": alias[name] for name in _ALT[2:]}
        try:
            if again:
                raise _twice(fields["ent_num"])
            yield ofac_fields.person(fields, at=at)
        except BadValue as error:
            yield Refused(at, {name: text for name, text in fields.items() if text}, error)
    if aliases is not None:
        for orphan in aliases.rest():
            yield Ignored(f"a.k.a. file, row {orphan}", ALIAS_WITHOUT_PERSON, rows=0)


def _twice(number: str) -> BadValue:
    return BadValue(
        gettext_noop("{field}: “{value}” stands on an earlier row too."),
        remedy=gettext_noop("Give the entry the number it has on the published list."),
        field="ent_num",
        value=number,
    )
