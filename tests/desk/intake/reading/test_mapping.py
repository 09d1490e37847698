from pathlib import Path

import pytest
from tests.desk.intake.reading.registers import (
    MAPPING,
    SIMPLE,
    Ugly,
    csv_file,
    outcomes,
    persons,
    ugly,
)

from rabta.core.errors import BadFile
from rabta.desk.intake.reading import headers, suggest_mapping


@pytest.fixture
def made() -> Ugly:
    return ugly()


def test_headers_for_the_mapping_page(made: Ugly, tmp_path: Path) -> None:
    shown = headers(made.save(tmp_path))
    assert (shown.row, shown.known) == (5, True)
    assert "Mobile No. (2)" in shown.names
    assert "column M" in shown.names
    (role,) = (column for column in shown.columns if column.name == "Role (حیثیت)")
    assert len(role.samples) == 3


def test_a_row_of_no_known_heading_may_be_a_record(tmp_path: Path) -> None:
    path = tmp_path / "bare.csv"
    path.write_text("Gulan Namewala,victim,12/2024\nTobar Testani,accused,12/2024\n")
    shown = headers(path)
    assert (shown.row, shown.known) == (1, False)


def test_the_suggested_mapping_reads_the_same(made: Ugly, tmp_path: Path) -> None:
    file = made.save(tmp_path)
    suggested = suggest_mapping(headers(file).names)
    assert suggested == {name: to for name, to in MAPPING.items() if not name.startswith("=")}
    by_default = [person.key for person in persons(outcomes(file, None))]
    assert by_default == [person.key for person in persons(outcomes(file))]


@pytest.mark.parametrize(
    ("header", "target"),
    [
        ("Muqadma No.", "case_key"),
        ("تھانہ", "station"),
        ("Father's Name", "father_name"),
        ("D.O.B.", "birth"),
        ("تاریخ پیدائش (ہجری شمسی)", "birth:solar_hijri"),
        ("Date of Birth (Hijri)", "birth:hijri"),
        ("شناختي كارڈ نمبر", "cnic"),
        ("Name / نام", "name"),
        ("Umar", "age"),
    ],
)
def test_header_words(header: str, target: str) -> None:
    assert suggest_mapping([header]) == {header: target}


def test_a_header_nobody_knows_is_not_mapped() -> None:
    assert suggest_mapping(["Colour of hair", "", "column D"]) == {}


@pytest.mark.parametrize(
    "mapping",
    [
        {**SIMPLE, "Colour": "note"},
        {**SIMPLE, "Name": "shoe_size"},
        {**SIMPLE, "FIR No": "fir_number:solar_hijri"},
        {**SIMPLE, "=accused": "role"},
        {"FIR No": "fir_number", "Role": "role"},
        {"Name": "name", "Role": "role"},
        {"FIR No": "fir_number", "Name": "name"},
    ],
)
def test_a_mapping_that_does_not_fit_is_one_sentence(
    mapping: dict[str, str], tmp_path: Path
) -> None:
    with pytest.raises(BadFile) as caught:
        outcomes(csv_file(tmp_path, "FIR No,Name,Role\n1/24,Arman,accused\n"), mapping)
    assert "{" not in str(caught.value) + caught.value.help


HEADINGS = ("FIR No", "Name", "Role", "Ref")


@pytest.mark.parametrize(
    ("more", "added"),
    [
        ({"kept": {"Naam": "alias", "Haisiyat": "role"}}, {}),
        ({"kept": {"ref": "record_key"}}, {"Ref": "record_key"}),
        ({"kept": {"FIR No": "case_key"}}, {"FIR No": "case_key"}),
        ({"kept": {"Ref": "role"}}, {"Ref": "role", "Role": None}),
        ({"kept": {"Name": ""}}, {"Name": ""}),
        ({"kept": {"Role": "", "=accused": "role"}}, {}),
        ({"kept": {"=smuggling": "kind"}}, {"=smuggling": "kind"}),
        ({"said": {"ref": "name"}}, {"Ref": "name"}),
        ({"said": {"Ref": "role"}}, {"Ref": "role", "Role": None}),
        ({"said": {"=accused": "role"}}, {"=accused": "role", "Role": None}),
        ({"said": {"Role": "note"}, "kept": {"Role": "alias"}}, {"Role": "note"}),
    ],
)
def test_what_is_said_or_kept_adds_to_the_known_words(
    more: dict[str, dict[str, str]], added: dict[str, str | None]
) -> None:
    known = {"FIR No": "fir_number", "Name": "name", "Role": "role"}
    wanted = {name: target for name, target in (known | added).items() if target is not None}
    assert suggest_mapping(HEADINGS, **more) == wanted


def test_headings_of_a_mapping_are_known_as_headers(tmp_path: Path) -> None:
    file = csv_file(tmp_path, "Return of May,\nAaa,Bbb\n1/24,Arman\n")
    shown = headers(file, mapping={"aaa": "fir_number", "column B": "name"})
    assert (shown.row, shown.known) == (2, True)
