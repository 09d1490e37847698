"""Read text and delimited rows from outside: strict encodings, bounded lines and cells."""

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path

from rabta.core.errors import BadFile, gettext_noop
from rabta.desk.intake.reading.outcome import Limits

_CHUNK = 1 << 16
_SAVE_AS_UTF8 = gettext_noop("Save it as “CSV UTF-8” in Excel and load that.")


def checked_encoding(file: Path) -> str:
    """Return "utf-8-sig" or "utf-16" after reading the whole file once, in constant memory.

    Nothing is guessed: UTF-8, or UTF-16 with its byte order mark. Raises BadFile with the line
    of the first byte that does not fit, or of the first NUL.
    """
    with file.open("rb") as stream:
        head = stream.read(3)
        encoding = "utf-16" if head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8"
        decoder = codecs.getincrementaldecoder(encoding)()
        stream.seek(0)
        line = 1
        while True:
            chunk = stream.read(_CHUNK)
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                raise _undecodable(file, encoding, line, error) from None
            if "\x00" in text:
                raise _nul(file, line + text[: text.index("\x00")].count("\n"), head, text)
            line += text.count("\n")
            if not chunk:
                return "utf-8-sig" if encoding == "utf-8" else encoding


def _undecodable(file: Path, encoding: str, line: int, error: UnicodeDecodeError) -> BadFile:
    if error.reason in ("unexpected end of data", "truncated data"):
        return BadFile(
            gettext_noop("The file “{file}” breaks off in the middle of a letter."),
            remedy=gettext_noop("Fetch or save it again; it was cut."),
            file=file.name,
        )
    if encoding == "utf-16":
        return BadFile(
            gettext_noop("The file “{file}” claims to be UTF-16, but is not (from line {line})."),
            remedy=_SAVE_AS_UTF8,
            file=file.name,
            line=line,
        )
    return BadFile(
        gettext_noop("The file “{file}” is not UTF-8: line {line} holds the byte {byte}."),
        remedy=_SAVE_AS_UTF8,
        file=file.name,
        line=line + error.object[: error.start].count(b"\n"),
        byte=f"0x{error.object[error.start]:02X}",
    )


def _nul(file: Path, line: int, head: bytes, text: str) -> BadFile:
    if text[:200].count("\x00") * 3 >= len(text[:200]):
        return BadFile(
            gettext_noop("The file “{file}” looks like UTF-16 without its mark."),
            remedy=_SAVE_AS_UTF8,
            file=file.name,
        )
    return BadFile(
        gettext_noop("The file “{file}” is not text: line {line} holds a NUL byte."),
        remedy=gettext_noop("Look whether it is the right file; if so, save it again."),
        file=file.name,
        line=line,
    )


class _Lines:
    """Lines of a text file, none longer than a record may be, counted between two records."""

    def __init__(self, stream: io.TextIOBase, file: Path, limits: Limits):
        self._stream, self._file, self._limits = stream, file, limits
        self.number = 0
        self.since_record = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._stream.readline(self._limits.record + 1)
        if not line:
            raise StopIteration
        self.number += 1
        self.since_record += len(line)
        if self.since_record > self._limits.record:
            raise BadFile(
                gettext_noop("The file “{file}”: the row at line {line} does not end."),
                remedy=gettext_noop("Look for a quotation mark that is opened and never closed."),
                file=self._file.name,
                line=self.number,
            )
        return line


def delimited(
    file: Path, *, encoding: str, delimiter: str, limits: Limits
) -> Iterator[tuple[int, list[str]]]:
    """Yield (row number from 1, cells) of a delimited file, row by row.

    Raises BadFile for quotation marks that do not fit, a cell or a row beyond the limits.
    """
    with file.open(encoding=encoding, newline="") as stream:
        lines = _Lines(stream, file, limits)
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        number = 0
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise _bad_csv(file, lines.number, error) from None
            number += 1
            lines.since_record = 0
            _check(cells, file=file, number=number, limits=limits)
            yield number, cells


def _bad_csv(file: Path, line: int, error: csv.Error) -> BadFile:
    if "field larger" in str(error):
        return BadFile(
            gettext_noop("The file “{file}”: a cell that ends at line {line} is far too long."),
            remedy=gettext_noop("Look for a quotation mark that is opened and never closed."),
            file=file.name,
            line=line,
        )
    return BadFile(
        gettext_noop("The file “{file}”: the quotation marks at line {line} do not fit together."),
        remedy=gettext_noop("Open it in Excel, look at that row, and save it as “CSV UTF-8”."),
        file=file.name,
        line=line,
    )


def _check(cells: list[str], *, file: Path, number: int, limits: Limits) -> None:
    if len(cells) > limits.columns and any(cells[limits.columns :]):
        raise too_many_columns(file, number, limits)
    for position, cell in enumerate(cells, start=1):
        if len(cell) > limits.cell_chars:
            raise cell_too_long(file, f"{number}:{position}", limits)


def too_many_columns(file: Path, row: int, limits: Limits) -> BadFile:
    """Make the error for a row that is wider than any register."""
    return BadFile(
        gettext_noop("The file “{file}” has more than {limit} columns in row {row}."),
        remedy=gettext_noop("Keep the columns that are needed and save it again."),
        file=file.name,
        row=row,
        limit=limits.columns,
    )


def cell_too_long(file: Path, cell: str, limits: Limits) -> BadFile:
    """Make the error for a cell longer than a spreadsheet allows; ``cell`` says which."""
    return BadFile(
        gettext_noop("The file “{file}”: cell {cell} is longer than {limit} characters."),
        remedy=gettext_noop("Shorten or empty that cell and save the file again."),
        file=file.name,
        cell=cell,
        limit=limits.cell_chars,
    )
