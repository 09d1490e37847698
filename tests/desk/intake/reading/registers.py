"""Makes registers as ugly as real ones, with synthetic names; used by the tests of the readers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from rabta.core.words.incoming import IncomingPerson
from rabta.core.words.vocabulary import Particular
from rabta.desk.intake.reading import Ignored, Refused, read

TODAY = date(2026, 11, 21)

UPPER = ("S. No", "FIR No / مقدمہ نمبر", "Police Station\nتھانہ", "Date of Registration")
LOWER = (
    "Name نام",
    "ولدیت",
    "Role (حیثیت)",
    "CNIC شناختی کارڈ نمبر",
    "تاریخ پیدائش (شمسی)",
    "Age",
    "Mobile No.",
    "Mobile No.",
    "",
    "Nationality",
    "Remarks",
)
FIRST_LOWER = len(UPPER) + 1

MAPPING = {
    "FIR No / مقدمہ نمبر": "fir_number",
    "Police Station تھانہ": "station",
    "Date of Registration": "registered",
    "Name نام": "name",
    "ولدیت": "father_name",
    "Role (حیثیت)": "role",
    "CNIC شناختی کارڈ نمبر": "cnic",
    "تاریخ پیدائش (شمسی)": "birth:solar_hijri",
    "Age": "age",
    "Mobile No.": "phone",
    "Mobile No. (2)": "phone",
    "Nationality": "nationality",
    "Remarks": "note",
    "=smuggling": "kind",
}


@dataclass
class Ugly:
    """A register under construction, with what a reader must find in it."""

    book: Workbook = field(default_factory=Workbook)
    row: int = 0
    persons: int = 0
    refused: int = 0
    ignored: int = 0

    @property
    def sheet(self) -> Worksheet:
        sheet = self.book.active
        assert isinstance(sheet, Worksheet)
        return sheet

    def put(self, *cells: object) -> int:
        """Write one row; None leaves a cell out."""
        self.row += 1
        for column, value in enumerate(cells, start=1):
            if value is not None:
                self.sheet.cell(self.row, column, value)
        return self.row

    def merge(self, column: int, first: int, last: int) -> None:
        self.sheet.merge_cells(
            start_row=first, end_row=last, start_column=column, end_column=column
        )

    def header(self) -> None:
        """Two titles, a blank row, a header of two rows with merged cells, the column numbers."""
        self.put("Anti-Human Trafficking Circle Demoabad: monthly return")
        self.sheet.merge_cells("A1:N1")
        self.put("انسداد انسانی سمگلنگ سرکل: ماہانہ گوشوارہ")
        self.sheet.merge_cells("A2:N2")
        self.put()
        upper = self.put(*UPPER, "Particulars of the persons / کوائف")
        lower = self.put(*[None] * len(UPPER), *LOWER)
        for column in range(1, FIRST_LOWER):
            self.merge(column, upper, lower)
        self.sheet.merge_cells(start_row=upper, end_row=upper, start_column=5, end_column=12)
        self.put(*(f"({number})" for number in range(1, len(UPPER) + len(LOWER) + 1)))
        self.ignored += 6

    def case(
        self, number: str, station: str, day: object, *people: tuple[object, ...], merged: bool
    ) -> None:
        """Write a case over the rows of its people, its cells merged or only written once."""
        first = self.row + 1
        for index, person in enumerate(people):
            head = (index + 1, number, station, day) if index == 0 else (index + 1,)
            self.put(*head, *[None] * (len(UPPER) - len(head)), *person)
            self.persons += 1
        if merged and len(people) > 1:
            for column in range(2, FIRST_LOWER):
                self.merge(column, first, self.row)

    def total(self, label: str, count: object) -> None:
        self.put(None, label, None, None, count)
        self.ignored += 1

    def save(self, folder: Path) -> Path:
        path = folder / "register.xlsx"
        self.book.save(path)
        return path


def ugly() -> Ugly:
    """A register of 9 good records and 4 bad ones in two scripts and two calendars."""
    made = Ugly()
    made.header()
    made.case(
        "12/2024",
        "Demoabad",
        date(2024, 3, 5),
        ("Gulzad Tarinpur @ Zadu", "Marwan Tarinpur", "accused", "35202-1234567-1", "1370/02/14"),
        ("نورگل سمندوال", "سیدگل سمندوال", "متاثرہ", "۳۵۲۰۲۷۶۵۴۳۲۱۹", "۱۳۸۱/۰۷/۰۱", "۲۲"),
        (
            "Khanmir Bazidgar",
            "Dilmir",
            "گواہ",
            None,
            None,
            41,
            3001234567,
            "0321-7654321; 042 35761234",
        ),
        merged=True,
    )
    made.case(
        "13/24",
        "Demoabad",
        45400,
        ("Sherdil Nazkhel s/o Mirdil", None, "Suspect", 3520212345679, "1365"),
        (
            "Zarmina Nazkhel",
            "Mirdil",
            "Victim",
            "nil",
            None,
            "about 16",
            None,
            None,
            None,
            "افغانستان",
        ),
        merged=False,
    )
    made.total("Total", "=COUNTA(E7:E11)")
    made.put(*UPPER, *LOWER)  # the header again, as at the top of a printed page
    made.ignored += 1
    made.case(
        "١٤/٢٠٢٤",
        "تھانہ دیموآباد",
        "17-04-2024",
        ("Gulzad Tarinpur", "Marwan Tarinpur", "ملزم"),
        ("Gulzad Tarinpur", "Marwan Tarinpur", "ملزم"),
        ("Habibzai Rodkhan\nحبیب‌زی رودخان", "Rodkhan", "complainant", None, None, 50),
        ("=not a formula", "Rodkhan", "witness"),
        merged=True,
    )
    made.sheet.cell(made.row, FIRST_LOWER).data_type = "s"
    made.put()
    made.ignored += 1
    made.put(1, "15/2024", "Demoabad", "31-02-2024", "Mirzada Kohpal", "Kohpal", "accused")
    made.put(2, "16/2024", "Demoabad", "05-03-2024", "Mirzada Kohpal", "Kohpal", "stranger")
    made.put(3, "17/2024", "Demoabad", "05-03-2024", '="Mirzada"&" Kohpal"', "Kohpal", "accused")
    made.put(4, "18/2024", "Demoabad", "05-03-2024", "Mirzada Kohpal", "Kohpal", "accused", "35202")
    made.refused += 4
    made.put(5)
    made.ignored += 1  # a number printed in advance, and no record
    made.total("میزان", "۱۳")
    return made


Outcome = IncomingPerson | Refused | Ignored


def outcomes(file: Path, mapping: Mapping[str, str] | None = MAPPING) -> list[Outcome]:
    return list(read("agency-return", file, mapping=mapping, today=TODAY))


def persons(found: list[Outcome]) -> list[IncomingPerson]:
    return [item for item in found if isinstance(item, IncomingPerson)]


def refused(found: list[Outcome]) -> list[Refused]:
    return [item for item in found if isinstance(item, Refused)]


def ignored(found: list[Outcome]) -> list[Ignored]:
    return [item for item in found if isinstance(item, Ignored)]


def texts(person: IncomingPerson, kind: Particular) -> list[str]:
    return [item.text for item in person.particulars if item.kind is kind]


def csv_file(folder: Path, text: str, *, encoding: str = "utf-8", name: str = "r.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


SIMPLE = {"FIR No": "fir_number", "Name": "name", "Role": "role"}
