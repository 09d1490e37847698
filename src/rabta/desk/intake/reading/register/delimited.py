"""A register as delimited text: find the separator, then yield rows as from any sheet."""

import csv
import itertools
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from rabta.desk.intake.reading.outcome import Limits
from rabta.desk.intake.reading.register.sheet import Merge, SheetRow
from rabta.desk.intake.reading.text import checked_encoding, delimited

_SEPARATORS = (",", ";", "\t")
_SAMPLE = 1 << 16


class DelimitedSheet:
    """A CSV file as a sheet. The separator is that which divides most rows alike."""

    def __init__(self, file: Path, *, limits: Limits):
        self._file, self._limits = file, limits
        self._encoding = checked_encoding(file)
        self.name = ""
        self.others: tuple[str, ...] = ()
        self.merges: tuple[Merge, ...] = ()
        self.mac_epoch = False
        with file.open(encoding=self._encoding, newline="") as stream:
            sample = stream.read(_SAMPLE)
        first = sample.splitlines()[0].strip() if sample.strip() else ""
        said = first[4:5] if first.lower().startswith("sep=") else ""
        self.named = said in _SEPARATORS
        self._separator = said if self.named else _separator(sample)

    def rows(self) -> Iterator[SheetRow]:
        """Yield the rows in order; raises BadFile."""
        for number, cells in delimited(
            self._file, encoding=self._encoding, delimiter=self._separator, limits=self._limits
        ):
            texts = [cell.strip() for cell in cells]
            while texts and not texts[-1]:
                texts.pop()
            yield SheetRow(number, tuple(texts))

    def glance(self, rows: int) -> None:
        """Nothing is merged here."""

    def survey(self) -> None:
        """Read all of it once, so that nothing fails half-way."""
        for _ in self.rows():
            pass


def _separator(sample: str) -> str:
    return max(_SEPARATORS, key=lambda separator: _fit(sample, separator))


def _fit(sample: str, separator: str) -> int:
    """Count the cells of the rows that are as wide as most are; 0 where nothing is divided."""
    widths: Counter[int] = Counter()
    reader = csv.reader(sample.splitlines(keepends=True), delimiter=separator)
    try:
        for cells in itertools.islice(reader, 200):
            if len(cells) > 1:
                widths[len(cells)] += 1
    except csv.Error:
        pass  # the sample may end inside a cell; what was counted until then serves
    return max((width * count for width, count in widths.items()), default=0)
