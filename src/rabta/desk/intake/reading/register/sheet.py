"""A sheet as its readers yield it: rows of texts with their numbers, whatever file it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rabta.core.errors import gettext_noop

FORMULA = gettext_noop("{field}: the cell holds a formula whose value was never saved.")
FORMULA_REMEDY = gettext_noop("Open the workbook in Excel, save it, and load it again.")
ERROR_VALUE = gettext_noop("{field}: the cell shows the error {value}.")
ERROR_REMEDY = gettext_noop("Correct the formula, or write the value itself.")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: its number in the sheet, its cells as text, and which of them hold no value.

    ``faults`` maps a column (from 0) to the error it shows, or to "" for a formula without a
    saved value. Rows the file does not mention are blank; the numbers say so.
    """

    number: int
    cells: tuple[str, ...]
    faults: Mapping[int, str] = field(default_factory=dict)

    def cell(self, column: int) -> str:
        """Return the text of a column (from 0), empty where the row is shorter."""
        return self.cells[column] if column < len(self.cells) else ""

    @property
    def blank(self) -> bool:
        """Whether nothing stands in it."""
        return not self.faults and not any(self.cells)


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range; rows from 1 and columns from 0, both ends included."""

    top: int
    bottom: int
    left: int
    right: int
