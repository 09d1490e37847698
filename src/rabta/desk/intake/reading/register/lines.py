"""Walk down a register: fill merged cells, tell records from titles, totals and blank rows."""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from hashlib import blake2b
from pathlib import Path

from rabta.core.errors import BadFile, BadValue, gettext_noop
from rabta.core.words.digits import latin_digits
from rabta.core.words.incoming import IncomingPerson
from rabta.desk.intake.reading import outcome
from rabta.desk.intake.reading.outcome import Ignored, Limits, Refused
from rabta.desk.intake.reading.register import sheet as sheets
from rabta.desk.intake.reading.register.fields import (
    CASE_FIELDS,
    CASE_NUMBERS,
    DATES,
    MANY,
    NOBODYS,
    SHARED,
    check_target,
    field_of,
)
from rabta.desk.intake.reading.register.header import FoundHeader, suggest_mapping, unnamed
from rabta.desk.intake.reading.register.opening import OpenedSheet, open_sheet
from rabta.desk.intake.reading.register.person import base_key, person
from rabta.desk.intake.reading.register.sheet import Merge, SheetRow
from rabta.desk.intake.reading.register.words import (
    plain,
    role_of,
    says_count,
    says_nothing,
    says_signed,
    says_total,
)

_SERIAL = re.compile(r"([1-5]\d{4})(?:\.\d+)?")
_NUMBER = re.compile(r"[-(]?[\d.,/\s%]+\)?")
_COLUMN_NUMBER = re.compile(r"[(\[]?(\d{1,3})[)\].]?")

Outcome = IncomingPerson | Refused | Ignored


def open_register(
    file: Path, *, mapping: Mapping[str, str] | None, today: date, limits: Limits
) -> Iterator[Outcome]:
    """Check the file as a whole, find its header, then return an iterator over its rows.

    ``mapping`` goes from header to field; a header that begins with "=" is a constant for every
    row ("=smuggling" → "kind"), one whose field is "" is not loaded. Without a mapping the
    suggested one is taken. Raises BadFile.
    """
    opened = open_sheet(file, mapping=mapping, limits=limits)
    header = opened.header
    if mapping is None:
        mapping = suggest_mapping(header.names)
    constants, columns = _resolve(mapping, header, file)
    return Register(
        opened, columns=columns, constants=constants, today=today, limits=limits
    ).outcomes()


def _resolve(
    mapping: Mapping[str, str], header: FoundHeader, file: Path
) -> tuple[dict[str, str], dict[int, str]]:
    """Split a mapping into constants (target → text) and columns (index → target)."""
    places = {plain(name): column for column, name in enumerate(header.names)}
    constants: dict[str, str] = {}
    columns: dict[int, str] = {}
    for name, target in mapping.items():
        if not target:
            continue
        check_target(target)
        if name.startswith("="):
            constants[target] = name[1:]
        elif (column := places.get(plain(name))) is None:
            raise BadFile(
                gettext_noop(
                    "In row {row} of the file “{file}” no column is the one for “{field}”."
                ),
                remedy=gettext_noop("Choose the right file, or map its columns again."),
                file=file.name,
                # Not the heading: it may come from another unit's file, and be a name.
                field=target,
                row=header.row,
            )
        else:
            columns[column] = target
    fields = [field_of(target) for target in (*columns.values(), *constants)]
    for field in fields:
        if field not in MANY and fields.count(field) > 1:
            raise BadFile(
                gettext_noop("Two columns are mapped to “{field}”; only one can fill it."),
                remedy=gettext_noop("Map the columns again."),
                field=field,
            )
    _check_enough(set(fields), file)
    return constants, columns


def _check_enough(fields: set[str], file: Path) -> None:
    """Raise BadFile where no row could ever become a record."""
    if not fields & {"name", "alias", "cnic", "passport"} or not fields & CASE_NUMBERS:
        raise BadFile(
            gettext_noop("In the file “{file}” no columns are known for the case and the name."),
            remedy=gettext_noop("Map at least a case or FIR number and a name to its columns."),
            file=file.name,
        )
    if "role" not in fields:
        raise BadFile(
            gettext_noop("In the file “{file}” no column says what each person is in the case."),
            remedy=gettext_noop("Map a column to the role, or choose one role for all its rows."),
            file=file.name,
        )


class Register:
    """One walk down a sheet. Memory: the open merges, the case above, a number a record."""

    def __init__(
        self,
        opened: OpenedSheet,
        *,
        columns: Mapping[int, str],
        constants: Mapping[str, str],
        today: date,
        limits: Limits,
    ):
        self._sheet, self._header = opened.sheet, opened.header
        self._columns, self._constants = columns, constants
        self._today, self._limits = today, limits
        self._fill = _Fill(opened.sheet.merges)
        self._names = [plain(name) for name in opened.header.names]
        self._case: dict[str, str] = {}
        self._seen: set[int] = set()
        self._doubles: dict[int, int] = {}
        self._first_record = True

    def outcomes(self) -> Iterator[Outcome]:
        """Yield one outcome for every row, and remarks on what is not read at all."""
        for other in self._sheet.others:
            yield Ignored(f"sheet “{other}”", outcome.OTHER_SHEET, rows=0)
        for column in range(len(self._header.names)):
            if column not in self._columns:
                # By its letter: what was taken for its heading may be a name.
                yield Ignored(unnamed(column), outcome.NOT_MAPPED, rows=0)
        expected = 1
        for row in self._sheet.rows():
            if row.blank:
                continue  # counted with the gap before the next row that holds something
            if row.number > expected:
                yield self._gap(expected, row.number - 1)
            yield self._outcome(self._fill.into(row))
            expected = row.number + 1
        # What follows the last row that holds something are cells with a format and no content:
        # a sheet may have a million of them, and nobody would call them rows.

    def _gap(self, first: int, last: int) -> Ignored:
        self._case = {}
        at = f"row {first}" if first == last else f"rows {first}–{last}"
        return Ignored(at, outcome.BLANK, rows=last - first + 1)

    def _outcome(self, row: SheetRow) -> Outcome:
        at = f"row {row.number}"
        if row.number <= self._header.row:
            is_header = row.number == self._header.row
            return Ignored(at, outcome.HEADER if is_header else outcome.ABOVE_HEADER)
        if why := self._no_record(row):
            if why != outcome.REPEATED_HEADER:  # a page break: the case may go on below it
                self._case = {}
            return Ignored(at, why)
        return self._record(row, at)

    def _no_record(self, row: SheetRow) -> str:
        texts = [cell for cell in row.cells if cell]
        if _is_total(texts):
            return outcome.TOTAL
        if why := self._closing_line(row):
            return why
        same = sum(
            len(cell) <= len(name) + 20 and plain(cell) == name
            for cell, name in zip(row.cells, self._names, strict=False)
            if cell
        )
        if same >= 2 and same >= 0.6 * len(texts):
            return outcome.REPEATED_HEADER
        if self._first_record and _are_column_numbers(texts):
            return outcome.COLUMN_NUMBERS
        if not any(row.cell(column) or column in row.faults for column in self._columns):
            return outcome.NOTHING_MAPPED
        return ""

    def _closing_line(self, row: SheetRow) -> str:
        """Say whether a row that begins like a total or a signature also has nobody's details."""
        first = next((column for column, cell in enumerate(row.cells) if cell), 0)
        label = row.cell(first)
        why = outcome.TOTAL if says_total(label) else outcome.SIGNED if says_signed(label) else ""
        if not why:
            return ""
        others = {
            field_of(target): row.cell(column)
            for column, target in self._columns.items()
            if column != first and row.cell(column) and not says_nothing(row.cell(column))
        }
        somebody = others.keys() & NOBODYS or role_of(others.get("role", ""))
        return "" if somebody else why

    def _record(self, row: SheetRow, at: str) -> IncomingPerson | Refused:
        self._first_record = False
        fields = self._fields(row)
        fault = next((column for column in self._columns if column in row.faults), None)
        if fault is not None:
            return Refused(at, fields, _fault(self._columns[fault], row.faults[fault]))
        try:
            return person(fields, at=at, today=self._today)
        except BadValue as error:
            return Refused(at, fields, self._own_fault(row, fields, at) or error)

    def _own_fault(self, row: SheetRow, fields: Mapping[str, str], at: str) -> BadValue | None:
        """What is wrong with what the row says itself, leaving aside what stands above it.

        Else a total below a record with a bad date would be told of a date it does not hold.
        """
        own = {target for column, target in self._columns.items() if row.cell(column)}
        kept = {*own, *self._constants, *CASE_NUMBERS, "double"}
        if kept >= fields.keys():
            return None
        try:
            person({t: text for t, text in fields.items() if t in kept}, at=at, today=self._today)
        except BadValue as error:
            return error
        return None

    def _fields(self, row: SheetRow) -> dict[str, str]:
        fields = {target: text for target, text in self._constants.items() if text}
        for column, target in self._columns.items():
            own = row.cell(column)
            text = own or (self._fill.merged(column) if field_of(target) in SHARED else "")
            if not text or column in row.faults:
                continue
            if field_of(target) in DATES:
                text = self._unserial(text)
            fields[target] = f"{fields[target]}\n{text}" if target in fields else text
        self._carry(fields)
        self._count(fields)
        return fields

    def _unserial(self, text: str) -> str:
        """Read a bare serial number of a spreadsheet as the day it stands for."""
        found = _SERIAL.fullmatch(latin_digits(text))
        if found is None:
            return text
        days = int(found[1]) + (1462 if self._sheet.mac_epoch else 0)
        return (date(1899, 12, 30) + timedelta(days=days)).isoformat()

    def _carry(self, fields: dict[str, str]) -> None:
        """Go on with the case above where the row says nothing of which case it is."""
        mapped = {target for target in self._columns.values() if field_of(target) in CASE_FIELDS}
        if any(field_of(target) in CASE_NUMBERS for target in fields):
            self._case = {target: fields[target] for target in mapped if target in fields}
        else:
            for target, text in self._case.items():
                fields.setdefault(target, text)

    def _count(self, fields: dict[str, str]) -> None:
        """Note on the second record with the same key that it is the second."""
        if base := base_key(fields, today=self._today):
            digest = int.from_bytes(blake2b(base.encode(), digest_size=8).digest(), "big")
            if digest in self._seen:
                count = self._doubles[digest] = self._doubles.get(digest, 1) + 1
                fields["double"] = str(count)
            self._seen.add(digest)


class _Fill:
    """What cells merged over several rows say in the rows below their first."""

    def __init__(self, merges: Sequence[Merge]):
        self._waiting = [merge for merge in merges if merge.bottom > merge.top][::-1]
        self._open: list[tuple[Merge, str]] = []
        self._row = 0

    def into(self, row: SheetRow) -> SheetRow:
        """Take note of a row; rows come in order."""
        self._row = row.number
        self._open = [(merge, text) for merge, text in self._open if merge.bottom >= row.number]
        while self._waiting and self._waiting[-1].top <= row.number:
            merge = self._waiting.pop()
            if merge.bottom >= row.number and merge.top == row.number:
                self._open.append((merge, row.cell(merge.left)))
        return row

    def merged(self, column: int) -> str:
        """Return what is merged into this column of the row noted last."""
        return next((text for merge, text in self._open if merge.left == column), "")


def _is_total(texts: Sequence[str]) -> bool:
    """Whether all that stands there is the label of a total, and what it counts."""
    labels = (
        text for text in texts if not _NUMBER.fullmatch(latin_digits(text)) and not says_count(text)
    )
    found = False
    for text in labels:
        if not says_total(text):
            return False
        found = True
    return found


def _are_column_numbers(texts: Sequence[str]) -> bool:
    found = [_COLUMN_NUMBER.fullmatch(latin_digits(text)) for text in texts]
    numbers = [int(match[1]) for match in found if match]
    return len(numbers) == len(texts) >= 3 and all(
        later == earlier + 1 for earlier, later in itertools.pairwise(numbers)
    )


def _fault(field: str, shown: str) -> BadValue:
    if shown:
        return BadValue(sheets.ERROR_VALUE, remedy=sheets.ERROR_REMEDY, field=field, value=shown)
    return BadValue(sheets.FORMULA, remedy=sheets.FORMULA_REMEDY, field=field, value="")
