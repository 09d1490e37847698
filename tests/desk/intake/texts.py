"""Registers of synthetic people: names made of parts, no two alike."""

import csv
import io
from collections.abc import Sequence

HEADINGS = ("FIR No", "Station", "Kind", "Role", "Name", "Father Name", "Phone", "Date of Birth")
FIRST = ("Gulan", "Tobar", "Zarnaab", "Mirun", "Shanel", "Kashuf", "Darwez", "Palun")
LAST = ("Namewala", "Kandilwala", "Testani", "Pilotwala", "Chiraghi")


def name_of(number: int) -> str:
    """A name made of parts; no two numbers have the same."""
    return f"{FIRST[number % len(FIRST)]} {LAST[number // 8 % len(LAST)]} {_letters(number)}"


def _letters(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in f"{number:05d}").title()


def person_row(number: int, **fields: str) -> list[str]:
    """A row of the register of number ``number``."""
    row = {
        "FIR No": f"{number // 3 + 1}/2021",
        "Station": "Sadar",
        "Kind": "smuggling",
        "Role": "accused",
        "Name": name_of(number),
        "Father Name": f"{FIRST[number % 7]} Baba{_letters(number)}",
        "Phone": f"0300{number:07d}",
        "Date of Birth": f"{number % 28 + 1:02d}.{number % 12 + 1:02d}.1980",
    }
    return [{**row, **fields}[heading] for heading in HEADINGS]


def as_csv(rows: Sequence[Sequence[str]], headings: Sequence[str] = HEADINGS) -> str:
    file = io.StringIO()
    csv.writer(file).writerows([headings, *rows])
    return file.getvalue()
