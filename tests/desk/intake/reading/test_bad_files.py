import io
import struct
import tracemalloc
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from tests.desk.intake.reading import lists
from tests.desk.intake.reading.registers import TODAY, ugly

from rabta.core.errors import BadFile
from rabta.core.words.incoming import IncomingPerson
from rabta.desk.intake.reading import (
    KINDS,
    Headers,
    Ignored,
    Limits,
    Refused,
    headers,
    read,
    reread,
)

MAPPING = {"FIR No": "fir_number", "Name": "name", "Role": "role"}
CSV = "FIR No,Name,Role\n1/24,Arman,accused\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)
SMALL = Limits(unpacked=4_000_000, part=2_000_000, record=500_000)


def workbook(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


GOOD = workbook(("FIR No", "Name", "Role"), ("1/24", "Arman", "accused"))


def changed(part: str, text: str | None, *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The good workbook with one of its parts changed, or left out."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old, zipfile.ZipFile(stream, "w", method) as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        if text is not None:
            new.writestr(part, text)
    return stream.getvalue()


def sheet(rows: str, before: str = "") -> bytes:
    return changed(
        "xl/worksheets/sheet1.xml",
        f'<?xml version="1.0"?>{before}<worksheet xmlns="http://schemas.openxmlformats.org/'
        f'spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>',
    )


def inline(cell: str, text: str) -> str:
    return f'<c r="{cell}" t="inlineStr"><is><t>{text}</t></is></c>'


HEAD = f'<row r="1">{inline("A1", "FIR No")}{inline("B1", "Name")}{inline("C1", "Role")}</row>'


def lying(size: int) -> bytes:
    """A bomb whose directory claims that its sheet is small."""
    bomb = bytearray(sheet(HEAD + f'<row r="2">{inline("A2", "x" * 6_000_000)}</row>'))
    with zipfile.ZipFile(io.BytesIO(bytes(bomb))) as package:
        real = package.getinfo("xl/worksheets/sheet1.xml").file_size
    for at in range(len(bomb) - 4):
        if bomb[at : at + 4] == struct.pack("<I", real):
            bomb[at : at + 4] = struct.pack("<I", size)
    return bytes(bomb)


LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'

TABLES: dict[str, tuple[str, bytes, str]] = {
    "empty": ("a.csv", b"", "is empty"),
    "blank": ("a.csv", b"\xef\xbb\xbf \r\n", "is empty"),
    "windows 1256": ("a.csv", CSV.replace("Arman", "نورگل").encode("cp1256"), "not UTF-8: line 2"),
    "windows 1252": ("a.csv", CSV.replace("Arman", "José").encode("cp1252"), "not UTF-8: line 2"),
    "utf-16 without mark": ("a.csv", CSV.encode("utf-16-le"), "UTF-16 without its mark"),
    "utf-16 cut": ("a.csv", CSV.encode("utf-16") + b"\x20", "breaks off"),
    "utf-8 cut": ("a.csv", CSV.encode() + "ن".encode()[:1], "breaks off"),
    "nul": ("a.csv", CSV.encode() + b"1/24,Ar\x00man,accused\n", "line 3 holds a NUL"),
    "binary": ("a.csv", bytes(range(256)) * 8, "NUL|not UTF-8"),
    "pdf": ("a.xlsx", b"%PDF-1.7\n", "is a PDF"),
    "picture": ("a.csv", b"\x89PNG\r\n\x1a\n", "is a picture"),
    "csv called xlsx": ("a.xlsx", CSV.encode(), "called a workbook, but"),
    "xlsx called csv": ("a.csv", GOOD, "called a text file, but"),
    "old excel": ("a.xls", OLE, "old Office"),
    "old excel called xlsx": ("a.xlsx", OLE, "old Office"),
    "password": ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
    "web page": ("a.xls", b"<html><table><tr><td>FIR No", "is a web page"),
    "xml": ("a.xlsx", b"<?xml version='1.0'?><a/>", "is an XML file"),
    "cut workbook": ("a.xlsx", GOOD[: len(GOOD) // 2], "damaged"),
    "zip": ("a.xlsx", changed("xl/workbook.xml", None)[:0] + b"PK\x03\x04" + bytes(60), "damaged"),
    "no workbook part": ("a.xlsx", changed("xl/workbook.xml", None), "damaged"),
    "no sheet part": ("a.xlsx", changed("xl/worksheets/sheet1.xml", None), "damaged"),
    "broken sheet": ("a.xlsx", changed("xl/worksheets/sheet1.xml", "<worksheet><"), "breaks off"),
    "entities": ("a.xlsx", sheet(HEAD, before=LAUGHS), "declares entities"),
    "shared text out of range": (
        "a.xlsx",
        sheet(HEAD + '<row r="2"><c r="A2" t="s"><v>999</v></c></row>'),
        "damaged at A2",
    ),
    "rows out of order": ("a.xlsx", sheet(HEAD + '<row r="1"/>'), "damaged"),
    "row beyond any sheet": ("a.xlsx", sheet(HEAD + '<row r="99999999"/>'), "damaged"),
    "zip bomb": ("a.xlsx", sheet(HEAD + " " * 5_000_000), "zip bomb"),
    "zip bomb by ratio": ("a.xlsx", sheet(HEAD + " " * 1_500_000), "zip bomb"),
    "lying zip bomb": ("a.xlsx", lying(1000), "damaged|breaks off"),
    "huge cell": (
        "a.xlsx",
        changed(
            "xl/worksheets/sheet1.xml",
            f"<worksheet><sheetData>{HEAD}"
            f'<row r="2">{inline("B2", "x" * 40_000)}</row></sheetData></worksheet>',
        ),
        "cell B2 is longer than 32767",
    ),
    "huge csv cell": ("a.csv", (CSV + f"1/24,{'x' * 40_000},accused\n").encode(), "cell 3:2"),
    "huge quoted csv cell": ("a.csv", (CSV + f'1/24,"{"x" * 140_000}"\n').encode(), "too long"),
    "csv row without end": ("a.csv", (CSV + '1,"x\n",' * 200_000).encode(), "does not end"),
    "open quotation mark": ("a.csv", (CSV + '1/24,"Arman,accused\n').encode(), "quotation marks"),
    "too many columns": ("a.csv", (CSV + "x," * 300 + "\n").encode(), "more than 256 columns"),
    "too many columns in a sheet": (
        "a.xlsx",
        sheet(HEAD + f'<row r="2">{inline("XFD2", "x")}</row>'),
        "more than 256 columns",
    ),
    "no header": ("a.csv", b"12\n13\n", "no row that could be a header"),
    "only numbers": ("a.csv", b"1,2\n3,4\n", "no row that could be a header"),
}


@pytest.mark.parametrize("case", TABLES)
def test_a_bad_table_gets_one_clear_sentence(case: str, tmp_path: Path) -> None:
    name, content, sentence = TABLES[case]
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(BadFile, match=sentence) as caught:
        read("agency-return", file, mapping=MAPPING, today=TODAY, limits=SMALL)
    for text in (str(caught.value), caught.value.help):
        assert "{" not in text
        assert text.endswith(".")


def test_a_missing_file_a_folder_and_a_large_one(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="cannot be opened"):
        read("agency-return", tmp_path / "gone.csv", today=TODAY)
    with pytest.raises(BadFile, match="is no file"):
        read("ofac", tmp_path, today=TODAY)
    file = tmp_path / "a.csv"
    file.write_text(CSV)
    with pytest.raises(BadFile, match="are the most"):
        headers(file, limits=Limits(file=10))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"a,b\n", "plain text"),
        (b"%PDF-1.7", "is a PDF"),
        (f"<?xml version='1.0'?>{LAUGHS}<l>&b;</l>".encode(), "declares entities"),
        (
            b"<?xml version='1.0'?><!DOCTYPE l SYSTEM 'file:///etc/passwd'><l/>",
            "declares entities",
        ),
        (b"<?xml version='1.0' encoding='klingon'?><CONSOLIDATED_LIST/>", "encoding|well-formed"),
        (b"<?xml version='1.0'?><CONSOLIDATED_LIST><a></b>", "well-formed XML at line 1"),
        (b"<?xml version='1.0'?><CONSOLIDATED_LIST><INDIVIDUALS>", "breaks off"),
        (b"<?xml version='1.0'?>" + b"<CONSOLIDATED_LIST>" * 100, "nested deeper"),
        (
            b"<?xml version='1.0'?><CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><FIRST_NAME>"
            + b"x" * 700_000,
            "entry larger than",
        ),
        (
            "<?xml version='1.0' encoding='UTF-8'?><CONSOLIDATED_LIST>é</CONSOLIDATED_LIST>".encode(
                "latin-1"
            ),
            "well-f",
        ),
    ],
)
def test_a_bad_xml_list_gets_one_clear_sentence(
    content: bytes, sentence: str, tmp_path: Path
) -> None:
    file = tmp_path / "list.xml"
    file.write_bytes(content)
    with pytest.raises(BadFile, match=sentence):
        read("un-consolidated", file, today=TODAY, limits=SMALL)


def test_a_truncated_list_yields_nothing(tmp_path: Path) -> None:
    file = lists.un_list(tmp_path, lists.individual(1, "DMi.001"), lists.individual(2, "DMi.002"))
    file.write_bytes(file.read_bytes()[:-200])
    with pytest.raises(BadFile, match="breaks off"):
        read("un-consolidated", file, today=TODAY)


def test_an_unknown_kind(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="tea-leaves"):
        read("tea-leaves", tmp_path, today=TODAY)


def all_read(kind: str, file: Path, companion: Path | None = None) -> list[object]:
    """All that comes out of a file: its headers, its rows, and BadFile where there are none."""
    found: list[object] = []
    try:
        found.append(headers(file, limits=SMALL))
    except BadFile as bad:
        found.append(bad)
    try:
        found.extend(read(kind, file, companion=companion, today=TODAY, limits=SMALL))
    except BadFile as bad:
        found.append(bad)
    return found


def understood(kind: str, item: object) -> bool:
    """Whether it is a row, or says why it is none; a refused one can be read again."""
    match item:
        case Refused():
            again = reread(kind, item.fields, at=item.at, today=TODAY)
            return bool(str(item.error)) and isinstance(again, IncomingPerson | Refused)
        case BadFile():
            return bool(str(item))
        case _:
            return isinstance(item, IncomingPerson | Ignored | Headers)


anything = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@anything
@given(
    content=st.one_of(
        st.binary(max_size=400),
        st.text(max_size=300).map(str.encode),
        st.lists(st.lists(st.text(max_size=12), max_size=6), max_size=8).map(
            lambda rows: "\n".join(",".join(row) for row in rows).encode("utf-8", "replace")
        ),
    ),
    kind=st.sampled_from(KINDS),
    suffix=st.sampled_from([".csv", ".xlsx", ".xml", ""]),
)
def test_any_bytes_give_rows_or_bad_file(
    content: bytes, kind: str, suffix: str, tmp_path: Path
) -> None:
    file = tmp_path / f"any{suffix}"
    file.write_bytes(content)
    assert all(understood(kind, item) for item in all_read(kind, file, companion=file))


@anything
@given(data=st.data())
def test_damaged_files_give_rows_or_bad_file(data: st.DataObject, tmp_path: Path) -> None:
    sources = [
        ("agency-return", ".xlsx", GOOD),
        ("agency-return", ".csv", CSV.encode()),
        ("un-consolidated", ".xml", lists.un_list(tmp_path, lists.individual(1, "D")).read_bytes()),
        ("ofac", ".csv", lists.sdn_row(3, "TARINPUR, Gulzad").encode()),
    ]
    kind, suffix, whole = data.draw(st.sampled_from(sources))
    content = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    content = content[: data.draw(st.integers(len(content) // 2, len(content)))]
    file = tmp_path / f"damaged{suffix}"
    file.write_bytes(bytes(content))
    assert all(understood(kind, item) for item in all_read(kind, file, companion=file))


@anything
@given(
    inside=st.text(st.sampled_from('<>/="rcvtfs A1B2 &;'), max_size=60)
    | st.sampled_from(["<row/>", '<row r="2"><c r="A2"><f>1</f></c></row>', '<c r="Z9"/>'])
)
def test_any_markup_in_a_sheet_gives_rows_or_bad_file(inside: str, tmp_path: Path) -> None:
    file = tmp_path / "any.xlsx"
    file.write_bytes(sheet(HEAD + inside))
    found = all_read("agency-return", file)
    assert all(understood("agency-return", item) for item in found)


def test_the_ugly_register_cut_anywhere(tmp_path: Path) -> None:
    whole = ugly().save(tmp_path).read_bytes()
    file = tmp_path / "cut.xlsx"
    for end in range(0, len(whole), 257):
        file.write_bytes(whole[:end])
        with pytest.raises(BadFile):
            read("agency-return", file, today=TODAY)


@pytest.mark.parametrize("kind", ["csv", "xml", "xlsx"])
def test_memory_does_not_grow_with_the_file(kind: str, tmp_path: Path) -> None:
    def peak(rows: int) -> int:
        file = tmp_path / f"{rows}.{kind}"
        if kind == "csv":
            lines = (f"{n // 9}/24,Arman{n},accused,{'x' * 200}\n" for n in range(rows))
            file.write_text("FIR No,Name,Role,Remarks\n" + "".join(lines))
        elif kind == "xml":
            file = lists.un_list(tmp_path, *(lists.individual(n, f"D{n}") for n in range(rows)))
        else:
            file.write_bytes(
                sheet(
                    HEAD
                    + "".join(
                        f'<row r="{n}" spans="1:4" ht="15">{inline(f"A{n}", f"{n // 9}/24")}'
                        f"{inline(f'B{n}', f'Arman{n}')}{inline(f'C{n}', 'accused')}"
                        f"{inline(f'D{n}', 'x' * 200)}</row>"
                        for n in range(2, rows + 2)
                    )
                )
            )
        reader = "un-consolidated" if kind == "xml" else "agency-return"
        tracemalloc.start()
        count = sum(
            isinstance(item, IncomingPerson) for item in read(reader, file, today=date(2026, 1, 1))
        )
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert count == rows
        return most

    few, many = (100, 500) if kind == "xml" else (500, 2000)
    peak(few)  # tables of words are built once
    assert peak(many) - peak(few) < 300 * (many - few)
