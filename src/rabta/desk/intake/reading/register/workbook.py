"""Open an Excel workbook (.xlsx, .xlsm) as a package of parts and read its sheets as streams.

Only what a register needs is opened: the list of sheets, the shared texts, which styles are
dates, and the cells. Drawings, charts, macros and links are never touched, so a workbook whose
drawing part is missing opens like any other. Memory holds the shared texts and one row.
"""

import posixpath
import re
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from rabta.core.errors import BadFile, gettext_noop
from rabta.desk.intake.reading import markup
from rabta.desk.intake.reading.outcome import Limits
from rabta.desk.intake.reading.register.sheet import Merge, SheetRow
from rabta.desk.intake.reading.register.worksheet import Cells, cell_text, column_number
from rabta.desk.intake.reading.text import cell_too_long

_MB = 1024 * 1024

BROKEN = (
    zipfile.BadZipFile, EOFError, KeyError, OSError, OverflowError, RuntimeError, ValueError,
    struct.error,
)  # fmt: skip
"""What zipfile raises for a broken package: it documents no root error (fuzzed, and its source).

Unknown compressions and passwords are RuntimeErrors, broken names ValueErrors.
"""


class Workbook:
    """An opened workbook: its visible worksheets in order, readable as often as needed."""

    def __init__(self, file: Path, *, limits: Limits):
        self._file, self._limits = file, limits
        with self._package() as package:
            self._check(package)
            relations = self._relations(package, "_rels/.rels", "")
            main = next((path for kind, path in relations.values() if kind == "officeDocument"), "")
            main = main or "xl/workbook.xml"
            found = _Main()
            self._parse(package, main, found)
            folder, name = posixpath.split(main)
            parts = self._relations(package, f"{folder}/_rels/{name}.rels", folder)
            self.mac_epoch = found.mac_epoch
            self.sheets = tuple(
                Worksheet(self, title, parts[relation][1])
                for title, relation, visible in found.sheets
                if visible and parts.get(relation, ("", ""))[0] == "worksheet"
            )
            self.hidden = tuple(title for title, _, visible in found.sheets if not visible)
            by_kind = dict(parts.values())
            self.shared = self._shared(package, by_kind.get("sharedStrings", ""))
            self.date_styles = self._date_styles(package, by_kind.get("styles", ""))
        if not self.sheets:
            raise self._damaged(gettext_noop("it has no sheet that is shown"))

    @property
    def name(self) -> str:
        """The name of the file, as messages say it."""
        return self._file.name

    @property
    def limits(self) -> Limits:
        """The limits it is read within."""
        return self._limits

    def _package(self) -> zipfile.ZipFile:
        try:
            return zipfile.ZipFile(self._file)
        except BROKEN:
            raise markup.damaged(self.name) from None

    def _check(self, package: zipfile.ZipFile) -> None:
        """Refuse what would unpack to too much, before anything is unpacked.

        A directory that lies about a size does not help a bomb: zipfile stops at the size that
        stands there and then fails the checksum.
        """
        parts = package.infolist()
        if any(part.flag_bits & 0x1 for part in parts):
            raise BadFile(
                gettext_noop("The workbook “{file}” is encrypted."),
                remedy=gettext_noop("Save it without a password and load that."),
                file=self.name,
            )
        total = sum(part.file_size for part in parts)
        swollen = any(
            part.file_size > _MB and part.file_size > self._limits.ratio * part.compress_size
            for part in parts
        )
        if total > self._limits.unpacked or swollen or len(parts) > 10_000:
            raise BadFile(
                gettext_noop("The workbook “{file}” would unpack to {size} bytes: a zip bomb."),
                remedy=gettext_noop("Ask for the file again; if it is real, divide it."),
                file=self.name,
                size=total,
            )

    def open_part(self, package: zipfile.ZipFile, path: str) -> IO[bytes]:
        """Open one part for reading; raises BadFile where it is missing or damaged."""
        try:
            return package.open(path)
        except BROKEN:
            raise self._damaged(path) from None

    def _parse(self, package: zipfile.ZipFile, path: str, handler: markup.Handler) -> None:
        try:
            size = package.getinfo(path).file_size
        except KeyError:
            raise self._damaged(path) from None
        if size > self._limits.part:
            raise BadFile(
                gettext_noop("The workbook “{file}”: its part {part} has {size} bytes."),
                remedy=gettext_noop("Divide the workbook, or save it as “CSV UTF-8”."),
                file=self.name,
                part=path,
                size=size,
            )
        with self.open_part(package, path) as stream:
            for _ in markup.parse(stream, handler, name=self.name, limits=self._limits):
                pass

    def _relations(
        self, package: zipfile.ZipFile, path: str, folder: str
    ) -> dict[str, tuple[str, str]]:
        if path not in package.namelist():
            return {}
        found = _Relations(folder)
        self._parse(package, path, found)
        return found.targets

    def _shared(self, package: zipfile.ZipFile, path: str) -> list[str]:
        found = _SharedTexts(self._file, self._limits)
        if path and path in package.namelist():
            self._parse(package, path, found)
        return found.texts

    def _date_styles(self, package: zipfile.ZipFile, path: str) -> frozenset[int]:
        found = _Styles()
        if path and path in package.namelist():
            self._parse(package, path, found)
        formats = [found.formats.get(style, BUILTIN_FORMATS.get(style)) for style in found.styles]
        return frozenset(
            index
            for index, written in enumerate(formats)
            if is_date_format(written)  # type: ignore[no-untyped-call]
        )

    def _damaged(self, where: str) -> BadFile:
        return BadFile(
            gettext_noop("The workbook “{file}” is damaged: {where}."),
            remedy=gettext_noop("Open it in Excel, let it be repaired, save it, and load that."),
            file=self.name,
            where=where,
        )

    def pieces(self, path: str) -> Iterator[bytes]:
        """Stream the bytes of a part, each piece with the last 200 bytes of the one before."""
        with self._package() as package, self.open_part(package, path) as stream:
            last = b""
            while piece := markup.read_piece(stream, self.name):
                yield last + piece
                last = piece[-200:]

    def read(self, path: str, cells: Cells) -> Iterator[SheetRow]:
        """Stream the rows of one worksheet part."""
        with self._package() as package, self.open_part(package, path) as stream:
            for _ in markup.parse(stream, cells, name=self.name, limits=self._limits):
                yield from cells.take()


_MERGED = re.compile(rb'mergeCell\s[^<>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')


class Worksheet:
    """One sheet; ``survey`` reads it once to the end, so that nothing fails half-way."""

    def __init__(self, book: Workbook, name: str, path: str):
        self._book, self._path = book, path
        self.name = name
        self.merges: tuple[Merge, ...] = ()
        self.others: tuple[str, ...] = ()

    @property
    def mac_epoch(self) -> bool:
        """Whether its serial dates count from 1904."""
        return self._book.mac_epoch

    def _cells(self) -> Cells:
        return Cells(
            file=self._book.name,
            shared=self._book.shared,
            date_styles=self._book.date_styles,
            mac_epoch=self._book.mac_epoch,
            limits=self._book.limits,
        )

    def rows(self) -> Iterator[SheetRow]:
        """Yield the rows in order."""
        return self._book.read(self._path, self._cells())

    def glance(self, rows: int) -> None:
        """Learn the merged ranges of the first rows without reading the cells.

        They stand behind all cells, so the part is unpacked to its end, but not parsed.
        """
        found: dict[tuple[bytes, ...], None] = {}
        for piece in self._book.pieces(self._path):
            for match in _MERGED.finditer(piece):
                if int(match[2]) <= rows:
                    found[match.groups()] = None
        self.merges = tuple(
            Merge(int(top), int(end), column_number(left.decode()), column_number(right.decode()))
            for left, top, right, end in found
        )

    def survey(self) -> None:
        """Read all of it once: learn the merged ranges, which stand behind the cells."""
        cells = self._cells()
        for _ in self._book.read(self._path, cells):
            pass
        self.merges = tuple(sorted(cells.merges, key=lambda merge: (merge.top, merge.left)))


class _Main:
    """The workbook part: the sheets (name, relation, whether shown) and the epoch of dates."""

    def __init__(self) -> None:
        self.progress = 0
        self.mac_epoch = False
        self.sheets: list[tuple[str, str, bool]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "workbookPr":
            self.mac_epoch = attributes.get("date1904", "0") in ("1", "true", "on")
        elif tag == "sheet":
            plain = {markup.local(name): text for name, text in attributes.items()}
            shown = plain.get("state", "visible") == "visible"
            self.sheets.append((plain.get("name", ""), plain.get("id", ""), shown))

    def data(self, text: str) -> None:
        pass

    def end(self, tag: str) -> None:
        pass


class _Relations:
    """A relations part: id → (kind, path in the package)."""

    def __init__(self, folder: str):
        self.progress = 0
        self._folder = folder
        self.targets: dict[str, tuple[str, str]] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            target = attributes.get("Target", "")
            path = target if target.startswith("/") else posixpath.join(self._folder, target)
            self.targets[attributes.get("Id", "")] = (kind, posixpath.normpath(path).lstrip("/"))

    def data(self, text: str) -> None:
        pass

    def end(self, tag: str) -> None:
        pass


class _SharedTexts:
    """The shared texts, rich text joined, phonetic readings left out."""

    def __init__(self, file: Path, limits: Limits):
        self.progress = 0
        self.texts: list[str] = []
        self._file, self._limits = file, limits
        self._text: list[str] = []
        self._length = 0
        self._taking = self._phonetic = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "si":
            self._text, self._length = [], 0
        elif tag == "rPh":
            self._phonetic = True
        elif tag == "t":
            self._taking = not self._phonetic

    def data(self, text: str) -> None:
        if self._taking:
            self._length += len(text)
            if self._length > self._limits.cell_chars:
                raise cell_too_long(self._file, f"(text {len(self.texts) + 1})", self._limits)
            self._text.append(text)

    def end(self, tag: str) -> None:
        if tag == "t":
            self._taking = False
        elif tag == "rPh":
            self._phonetic = False
        elif tag == "si":
            self.texts.append(cell_text("".join(self._text)))
            self.progress += 1


class _Styles:
    """The styles part: number formats by id, and the format id of each cell style."""

    def __init__(self) -> None:
        self.progress = 0
        self.formats: dict[int, str] = {}
        self.styles: list[int] = []
        self._inside = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "numFmt":
            self.formats[_small(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif tag == "cellXfs":
            self._inside = True
        elif tag == "xf" and self._inside:
            self.styles.append(_small(attributes.get("numFmtId")))

    def data(self, text: str) -> None:
        pass

    def end(self, tag: str) -> None:
        if tag == "cellXfs":
            self._inside = False


def _small(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0
