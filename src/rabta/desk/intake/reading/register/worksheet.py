"""The cells of one worksheet part (SpreadsheetML), streamed row by row."""

import re
from collections.abc import Sequence
from datetime import datetime, time
from decimal import Decimal, InvalidOperation

from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from rabta.core.errors import BadFile, gettext_noop
from rabta.desk.intake.reading.outcome import Limits
from rabta.desk.intake.reading.register.sheet import Merge, SheetRow

_ROWS = 1_048_576
_COLUMNS = 16_384
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_CONTROL = re.compile(r"_x00[01][0-9A-Fa-f]_")
"""How a workbook writes control characters, a carriage return for instance."""


def column_number(letters: str) -> int:
    """Return the column (from 0) of letters: A is 0, XFD is 16,383."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letters(column: int) -> str:
    """Return the letters of a column (from 0)."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


class Cells:
    """Takes the events of a worksheet part and gathers whole rows and the merged ranges."""

    def __init__(
        self,
        *,
        file: str,
        shared: Sequence[str],
        date_styles: frozenset[int],
        mac_epoch: bool,
        limits: Limits,
    ):
        self._file, self._shared, self._limits = file, shared, limits
        self._date_styles, self._epoch = date_styles, MAC_EPOCH if mac_epoch else WINDOWS_EPOCH
        self.progress = 0
        self.ready: list[SheetRow] = []
        self.merges: list[Merge] = []
        self._row = 0
        self._column = -1
        self._cells: dict[int, str] = {}
        self._faults: dict[int, str] = {}
        self._kind = "n"
        self._style = 0
        self._formula = False
        self._taking = False
        self._phonetic = False
        self._text: list[str] = []
        self._length = 0

    def take(self) -> list[SheetRow]:
        """Hand over the rows that are complete."""
        ready, self.ready = self.ready, []
        return ready

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Open a row, a cell, a value."""
        if tag == "c":
            self._open_cell(attributes)
        elif tag == "v" or (tag == "t" and not self._phonetic):
            self._taking = True
        elif tag == "f":
            self._formula = True
        elif tag == "rPh":
            self._phonetic = True
        elif tag == "row":
            self._open_row(attributes)
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def data(self, text: str) -> None:
        """Take the text of a value."""
        if self._taking:
            self._length += len(text)
            if self._length > self._limits.cell_chars:
                raise BadFile(
                    gettext_noop("The file “{file}”: cell {cell} is longer than {limit} letters."),
                    remedy=gettext_noop("Shorten or empty that cell and save the file again."),
                    file=self._file,
                    cell=f"{column_letters(max(self._column, 0))}{self._row}",
                    limit=self._limits.cell_chars,
                )
            self._text.append(text)

    def end(self, tag: str) -> None:
        """Close a value, a cell, a row."""
        if tag in ("v", "t"):
            self._taking = False
        elif tag == "c":
            self._close_cell()
        elif tag == "rPh":
            self._phonetic = False
        elif tag == "row":
            width = max(self._cells, default=-1) + 1
            cells = tuple(self._cells.get(column, "") for column in range(width))
            self.ready.append(SheetRow(self._row, cells, self._faults))
            self.progress += 1

    def _open_row(self, attributes: dict[str, str]) -> None:
        text = attributes.get("r", "")
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else self._row + 1
        if not self._row < number <= _ROWS:
            raise self._damaged(f"row {text[:12]}")
        self._row, self._column = number, -1
        self._cells, self._faults = {}, {}

    def _open_cell(self, attributes: dict[str, str]) -> None:
        found = _REFERENCE.fullmatch(attributes.get("r", ""))
        column = column_number(found[1]) if found else self._column + 1
        if column >= _COLUMNS or column < 0:
            raise self._damaged(f"row {self._row}")
        self._column = column
        self._kind = attributes.get("t", "n")
        style = attributes.get("s", "0")
        self._style = int(style) if style.isascii() and style.isdigit() and len(style) < 9 else 0
        self._formula = self._taking = self._phonetic = False
        self._text, self._length = [], 0

    def _close_cell(self) -> None:
        raw = "".join(self._text)
        if self._formula and not raw and self._kind != "str":
            self._faults[self._column] = ""
            return
        if self._kind == "e":
            self._faults[self._column] = raw[:12]
            return
        text = self._value(raw)
        if not text:
            return
        if self._column >= self._limits.columns:
            raise BadFile(
                gettext_noop("The file “{file}” has more than {limit} columns in row {row}."),
                remedy=gettext_noop("Keep the columns that are needed and save it again."),
                file=self._file,
                row=self._row,
                limit=self._limits.columns,
            )
        self._cells[self._column] = text

    def _value(self, raw: str) -> str:
        if self._kind == "s":
            index = int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 10 else -1
            if raw and not 0 <= index < len(self._shared):
                raise self._damaged(f"{column_letters(self._column)}{self._row}")
            return self._shared[index] if raw else ""
        if self._kind in ("str", "inlineStr"):
            return cell_text(raw)
        if self._kind == "b":
            return {"1": "yes", "0": "no"}.get(raw.strip(), raw.strip())
        if self._kind == "d":
            return raw.strip()
        return self._number(raw.strip())

    def _number(self, raw: str) -> str:
        try:
            number = Decimal(raw)
        except InvalidOperation:
            return raw
        if not number.is_finite() or abs(number.adjusted()) > 40:
            return raw
        if self._style in self._date_styles and 0 <= number < 2_958_466:
            return self._day(float(number)) or number_text(number)
        return number_text(number)

    def _day(self, serial: float) -> str:
        try:
            value = from_excel(serial, self._epoch)  # type: ignore[no-untyped-call]
        except (OverflowError, ValueError):  # the last day of the year 9999, rounded up
            return ""
        return _written(value)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        begin, end = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last or first)
        if begin is None or end is None:
            raise self._damaged(gettext_noop("a merged range"))
        if len(self.merges) >= self._limits.merges:
            raise self._damaged(gettext_noop("its merged ranges"))
        self.progress += 1
        merge = Merge(int(begin[2]), int(end[2]), column_number(begin[1]), column_number(end[1]))
        self.merges.append(merge)

    def _damaged(self, where: str) -> BadFile:
        return BadFile(
            gettext_noop("The workbook “{file}” is damaged at {where}."),
            remedy=gettext_noop("Open it in Excel, let it be repaired, save it, and load that."),
            file=self._file,
            where=where,
        )


def cell_text(raw: str) -> str:
    """Return a text as it shows in the cell: without outer blanks and written-out controls."""
    return _CONTROL.sub("", raw).strip()


def number_text(number: Decimal) -> str:
    """Write a number as a person would: no exponent, no ".0", 15 digits as Excel keeps."""
    if number == number.to_integral_value():
        return f"{int(number)}"
    plain = f"{number:.15g}" if len(number.as_tuple().digits) > 15 else f"{number:f}"
    if "e" in plain.lower():
        plain = f"{Decimal(plain):f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _written(value: object) -> str:
    if isinstance(value, datetime):
        if (value.hour, value.minute) == (0, 0):
            return value.date().isoformat()
        return f"{value:%Y-%m-%d %H:%M}"
    return f"{value:%H:%M}" if isinstance(value, time) else ""
