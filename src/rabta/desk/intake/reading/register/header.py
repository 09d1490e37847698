"""Find the header of a register among titles and blanks, name its columns, propose a mapping."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rabta.desk.intake.reading.register.fields import CONSTANTS, DATES, MANY, field_of
from rabta.desk.intake.reading.register.sheet import Merge, SheetRow
from rabta.desk.intake.reading.register.words import CALENDARS, HEADERS, plain
from rabta.desk.intake.reading.register.worksheet import column_letters

_DIVIDERS = re.compile(r"[\n\r/|()\[\],:–—-]+")
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_LONGEST = 60
_CALENDAR_WORDS = sorted(CALENDARS, key=len, reverse=True)


@dataclass(frozen=True, slots=True)
class FoundHeader:
    """Where the header stands (index in the rows looked at), its row number, its columns' names.

    ``score`` counts the columns that were recognised; 0 means the widest row of text was taken,
    which may be a record.
    """

    index: int
    row: int
    names: tuple[str, ...]
    score: int

    def name_of(self, column: int) -> str:
        """Return the name of a column (from 0), also of one to the right of the header."""
        return self.names[column] if column < len(self.names) else unnamed(column)


def unnamed(column: int) -> str:
    """Name a column (from 0) that has no header."""
    return f"column {column_letters(column)}"


def unique_names(cells: Sequence[str]) -> tuple[str, ...]:
    """Name the columns: a blank header is "column D", a doubled one "Name (2)"."""
    names: list[str] = []
    taken: set[str] = set()
    for column, cell in enumerate(cells):
        words = " ".join(cell.split()) or unnamed(column)
        name, count = words, 1
        while plain(name) in taken:
            count += 1
            name = f"{words} ({count})"
        taken.add(plain(name))
        names.append(name)
    return tuple(names)


def field_for(header: str) -> str:
    """Return the target a header means ("birth:solar_hijri"), or "" when it is not known."""
    if len(header) > _LONGEST:
        return ""
    header = re.sub(r"\(\d+\)$", "", header.strip())
    for words in _readings(header):
        if words in HEADERS:
            field = HEADERS[words]
            calendar = _calendar(plain(header)) if field in DATES else ""
            return f"{field}:{calendar}" if calendar else field
    return ""


def _readings(header: str) -> Iterable[str]:
    """Yield the ways to read a header: whole, without its calendar, its parts, one script only."""
    whole = plain(header)
    yield whole
    yield _without_calendar(whole)
    for part in _DIVIDERS.split(header):
        yield plain(part)
        yield _without_calendar(plain(part))
    words = whole.split()
    yield " ".join(word for word in words if _ARABIC.search(word))
    yield " ".join(word for word in words if not _ARABIC.search(word))


def _calendar(words: str) -> str:
    for known in _CALENDAR_WORDS:
        if f" {known} " in f" {words} ":
            return CALENDARS[known]
    return ""


def _without_calendar(words: str) -> str:
    for known in _CALENDAR_WORDS:
        if f" {known} " in f" {words} ":
            return f" {words} ".replace(f" {known} ", " ").strip()
    return words


def suggest_mapping(
    headers: Iterable[str],
    *,
    said: Mapping[str, str] | None = None,
    kept: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Propose a mapping: what is said of this file, what was kept of another, and known words.

    ``kept`` adds to the known words for the headings it names, ``said`` to both; the stronger one
    has the heading, and the field that only one column can fill. A heading with the target "" is
    not loaded. Of what was kept, a constant holds only where no heading of this file is known to
    say the field, and no heading that says it is passed over: who is a victim in this file is not
    decided by an earlier one.
    """
    names = tuple(headers)
    known = {name: field_for(name) for name in names}
    says = {field_of(target) for target in known.values()}
    chosen = _Chosen()
    called = {plain(name): name for name in names}
    for name, target in (said or {}).items():
        chosen.put(name if name.startswith("=") else called.get(plain(name), name), target)
    constants = {name: target for name, target in (kept or {}).items() if name.startswith("=")}
    columns = {
        called[plain(name)]: target
        for name, target in (kept or {}).items()
        if name not in constants and plain(name) in called
    }
    for name, target in columns.items():
        if target or field_of(known[name]) not in CONSTANTS:
            chosen.add(name, target)
    for name, target in known.items():
        if target:
            chosen.add(name, target)
    for name, target in constants.items():
        if field_of(target) not in says:
            chosen.add(name, target)
    return chosen.mapping


class _Chosen:
    """A mapping as it grows: what stands in it is stronger than what comes later."""

    def __init__(self) -> None:
        self.mapping: dict[str, str] = {}
        self._used: set[str] = set()

    def put(self, name: str, target: str) -> None:
        """Take a heading as it is said, whatever else stands there."""
        self.mapping[name] = target
        if target:
            self._used.add(field_of(target))

    def add(self, name: str, target: str) -> None:
        """Take a heading unless it, or the field that one column alone can fill, is taken."""
        field = field_of(target)
        if name not in self.mapping and (field in MANY or field not in self._used):
            self.put(name, target)


def find_header(
    rows: Sequence[SheetRow],
    *,
    merges: Sequence[Merge] = (),
    mapping: Mapping[str, str] | None = None,
) -> FoundHeader | None:
    """Find the row that names the columns; None where no row holds two texts.

    It is the row with most known words and headings of the mapping (two words, or one of its
    headings, at least), else the first row nearly as wide as the widest.
    """
    wanted = {plain(name) for name in mapping or ()}
    best: FoundHeader | None = None
    for index, row in enumerate(rows):
        cells = _filled(row, rows, merges)
        names = unique_names(cells)
        # A blank cell is no heading, though a mapping may name its column by the letter.
        called = {name for name, cell in zip(names, cells, strict=True) if plain(cell)}
        named = {name for name in called if plain(name) in wanted}
        score = len(named) + len({field_of(field_for(name)) for name in called - named} - {""})
        if score >= (1 if named else 2) and (best is None or score > best.score):
            best = FoundHeader(index, row.number, names, score)
    return best or _widest(rows, merges)


def _widest(rows: Sequence[SheetRow], merges: Sequence[Merge]) -> FoundHeader | None:
    counts = [sum(_is_word(cell) for cell in row.cells) for row in rows]
    most = max(counts, default=0)
    for index, (row, count) in enumerate(zip(rows, counts, strict=True)):
        if count >= max(2, 0.6 * most):
            return FoundHeader(index, row.number, unique_names(_filled(row, rows, merges)), 0)
    return None


def _is_word(cell: str) -> bool:
    return any(letter.isalpha() for letter in cell)


def _filled(row: SheetRow, rows: Sequence[SheetRow], merges: Sequence[Merge]) -> tuple[str, ...]:
    """Return the cells of a row with what is merged into it from rows above."""
    cells = list(row.cells)
    for merge in merges:
        if merge.top < row.number <= merge.bottom and merge.left < 16_384:
            above = next((other for other in rows if other.number == merge.top), None)
            text = above.cell(merge.left) if above else ""
            if text and merge.left < 256:
                cells += [""] * (merge.left + 1 - len(cells))
                cells[merge.left] = cells[merge.left] or text
    return tuple(cells)
