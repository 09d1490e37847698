"""Open a register, whichever file it is, and find the sheet and the row that hold its header."""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rabta.core.errors import BadFile, gettext_noop
from rabta.desk.intake.reading.content import Content, table_content
from rabta.desk.intake.reading.outcome import Column, Headers, Limits
from rabta.desk.intake.reading.register.delimited import DelimitedSheet
from rabta.desk.intake.reading.register.header import FoundHeader, find_header
from rabta.desk.intake.reading.register.sheet import SheetRow
from rabta.desk.intake.reading.register.workbook import Workbook, Worksheet

_SAMPLES = 3


@dataclass(frozen=True, slots=True)
class OpenedSheet:
    """A sheet that was read once to its end, with its header."""

    sheet: Worksheet | DelimitedSheet
    header: FoundHeader


def open_sheet(file: Path, *, mapping: Mapping[str, str] | None, limits: Limits) -> OpenedSheet:
    """Open the sheet whose header is known best; the whole of it is read once. Raises BadFile."""
    sheet = _best(file, mapping, limits)
    sheet.survey()
    first = list(itertools.islice(_filled_rows(sheet), limits.header_rows))
    header = find_header(first, merges=sheet.merges, mapping=_columns(mapping))
    if header is None:
        raise _no_header(file)
    return OpenedSheet(sheet, header)


def headers_of(file: Path, *, mapping: Mapping[str, str] | None, limits: Limits) -> Headers:
    """Return the header of a register with sample values; only its first rows are read."""
    sheet = _best(file, mapping, limits)
    sheet.glance(4 * limits.header_rows)
    first = list(itertools.islice(_filled_rows(sheet), 2 * limits.header_rows))
    top = first[: limits.header_rows]
    header = find_header(top, merges=sheet.merges, mapping=_columns(mapping))
    if header is None:
        raise _no_header(file)
    below = first[header.index + 1 :]
    width = max([len(header.names), *(len(row.cells) for row in below)])
    columns = tuple(
        Column(header.name_of(column), _samples(below, column)) for column in range(width)
    )
    return Headers(columns, row=header.row, known=header.score > 0, sheet=sheet.name)


def _samples(rows: list[SheetRow], column: int) -> tuple[str, ...]:
    texts = dict.fromkeys(row.cell(column) for row in rows if row.cell(column))
    return tuple(itertools.islice(texts, _SAMPLES))


def _columns(mapping: Mapping[str, str] | None) -> Mapping[str, str] | None:
    if mapping is None:
        return None
    return {name: target for name, target in mapping.items() if not name.startswith("=")} or None


def _sheets(
    file: Path, limits: Limits
) -> tuple[list[Worksheet] | list[DelimitedSheet], tuple[str, ...]]:
    """Return the sheets that can be read, and the names of hidden ones."""
    if table_content(file, limits) is Content.TEXT:
        return [DelimitedSheet(file, limits=limits)], ()
    book = Workbook(file, limits=limits)
    return list(book.sheets), book.hidden


def _best(
    file: Path, mapping: Mapping[str, str] | None, limits: Limits
) -> Worksheet | DelimitedSheet:
    """Return the sheet with the best header, the first of equals; note the names of the others."""
    sheets, hidden = _sheets(file, limits)
    best = sheets[0]
    if len(sheets) > 1:
        most = (-1, -1)
        for sheet in sheets:
            sheet.glance(4 * limits.header_rows)
            first = list(itertools.islice(_filled_rows(sheet), limits.header_rows))
            header = find_header(first, merges=sheet.merges, mapping=_columns(mapping))
            rank = (header.score, len(header.names)) if header else (-1, -1)
            if rank > most:
                best, most = sheet, rank
    best.others = (*(sheet.name for sheet in sheets if sheet is not best), *hidden)
    return best


def _filled_rows(sheet: Worksheet | DelimitedSheet) -> Iterator[SheetRow]:
    return (row for row in sheet.rows() if not row.blank)


def _no_header(file: Path) -> BadFile:
    return BadFile(
        gettext_noop("The file “{file}” has no row that could be a header."),
        remedy=gettext_noop("Write the names of the columns above the first record and save it."),
        file=file.name,
    )
