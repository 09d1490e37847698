"""What a reader yields beside persons, and the limits it reads within."""

from collections.abc import Mapping
from dataclasses import dataclass

from rabta.core.errors import BadValue

_MB = 1024 * 1024

# Why a row is no record: codes that are kept with it; intake.labels has their words.
BLANK = "blank"
HEADER = "header"
REPEATED_HEADER = "repeated-header"
ABOVE_HEADER = "above-header"
COLUMN_NUMBERS = "column-numbers"
TOTAL = "total"
SIGNED = "signed"
SAID = "said"
NOTHING_MAPPED = "nothing-mapped"
NOT_MAPPED = "not-mapped"
OTHER_SHEET = "other-sheet"
NOT_A_PERSON = "not-a-person"
END_MARK = "end-mark"
ALIAS_WITHOUT_PERSON = "alias-without-person"


@dataclass(frozen=True, slots=True)
class Refused:
    """A record that cannot be taken, kept as it came so that it can be mended and read again.

    ``fields`` are the raw values under the names that ``reread`` takes; ``error`` says which
    value, why, and what to do. ``at`` says where it stands in the file ("row 17").
    """

    at: str
    fields: Mapping[str, str]
    error: BadValue


@dataclass(frozen=True, slots=True)
class Ignored:
    """Rows that hold no record: ``why`` is one of the codes of this module.

    ``rows`` counts rows of the sheet (or records of the list); it is 0 for a remark about a
    column, another sheet or a row of a companion file. So for every file: the sum of ``rows``
    plus the persons plus the refused is the number of its rows.
    """

    at: str
    why: str
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file may ask of the machine; beyond it the file is refused in one sentence.

    Sizes are bytes: ``unpacked`` and ``ratio`` guard against zip bombs (the ratio counts for
    parts over a megabyte), ``part`` is the most that is held in memory at once (the shared
    texts of a workbook), ``record`` the most that may stand between two records.
    """

    file: int = 512 * _MB
    unpacked: int = 1024 * _MB
    ratio: int = 200
    part: int = 64 * _MB
    record: int = 4 * _MB
    cell_chars: int = 32_767
    columns: int = 256
    header_rows: int = 50
    merges: int = 100_000


@dataclass(frozen=True, slots=True)
class Column:
    """One column as the mapping page shows it: its name, and up to three values from below it."""

    name: str
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Headers:
    """The header of a register: its columns, the number of its row, the name of its sheet.

    ``known`` says whether its words are those of headers; if not, it may be a record.
    """

    columns: tuple[Column, ...]
    row: int
    known: bool
    sheet: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, unique, in order."""
        return tuple(column.name for column in self.columns)
