"""Find the header of a register among titles and blanks, name its columns, propose a mapping."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rabta.desk.intake.reading.register.fields import DATES, MANY
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


def suggest_mapping(headers: Iterable[str]) -> dict[str, str]:
    """Propose a mapping from known English, Urdu and Roman Urdu header words.

    A field that only one column can fill goes to the first that is known; the rest stay unmapped.
    """
    mapping: dict[str, str] = {}
    used: set[str] = set()
    for header in headers:
        target = field_for(header)
        field = target.partition(":")[0]
        if target and (field in MANY or field not in used):
            mapping[header] = target
            used.add(field)
    return mapping


def find_header(
    rows: Sequence[SheetRow],
    *,
    merges: Sequence[Merge] = (),
    mapping: Mapping[str, str] | None = None,
) -> FoundHeader | None:
    """Find the row that names the columns; None where no row holds two texts.

    With a mapping it is the row that holds most of the mapped headers, else the row with most
    known words (two at least), else the first row nearly as wide as the widest.
    """
    wanted = {plain(name) for name in mapping or ()}
    best: FoundHeader | None = None
    for index, row in enumerate(rows):
        names = unique_names(_filled(row, rows, merges))
        if wanted:
            score = sum(plain(name) in wanted for name in names)
        else:
            score = len({field_for(name).partition(":")[0] for name in names} - {""})
        if score >= (1 if wanted else 2) and (best is None or score > best.score):
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
