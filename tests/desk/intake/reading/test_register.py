from pathlib import Path

import pytest
from openpyxl import Workbook
from tests.desk.intake.reading.registers import (
    SIMPLE,
    TODAY,
    Outcome,
    Ugly,
    csv_file,
    ignored,
    outcomes,
    persons,
    refused,
    texts,
    ugly,
)

from rabta.core.words.incoming import IncomingPerson
from rabta.core.words.vocabulary import Calendar, CaseKind, Particular, Role, Sex
from rabta.desk.intake.reading import Refused, headers, reread


@pytest.fixture
def made() -> Ugly:
    return ugly()


@pytest.fixture
def found(made: Ugly, tmp_path: Path) -> list[Outcome]:
    return outcomes(made.save(tmp_path))


def test_every_row_is_accounted_for(made: Ugly, found: list[Outcome]) -> None:
    assert len(persons(found)) == made.persons == 9
    assert len(refused(found)) == made.refused == 4
    assert sum(item.rows for item in ignored(found)) == made.ignored
    assert made.persons + made.refused + made.ignored == made.row
    rows = [item.at for item in found if item.at.startswith("row ")]
    assert rows == [f"row {number}" for number in range(1, made.row + 1)]


def test_what_is_no_record_says_why(found: list[Outcome]) -> None:
    assert [(item.at, item.why) for item in ignored(found) if item.rows] == [
        ("row 1", "above-header"),
        ("row 2", "above-header"),
        ("row 3", "blank"),
        ("row 4", "above-header"),
        ("row 5", "header"),
        ("row 6", "column-numbers"),
        ("row 12", "total"),
        ("row 13", "repeated-header"),
        ("row 18", "blank"),
        ("row 23", "nothing-mapped"),
        ("row 24", "total"),
    ]


def test_unmapped_columns_are_reported(found: list[Outcome]) -> None:
    assert [item.at for item in ignored(found) if not item.rows] == [
        "column A",
        "column M",
    ]


def test_a_merged_case_holds_for_each_of_its_rows(found: list[Outcome]) -> None:
    first = persons(found)[:3]
    assert {person.case.number for person in first} == {"12/2024"}
    assert {person.case.key for person in first} == {"12-2024 demoabad"}
    assert all(person.case.registered is not None for person in first)
    assert {str(person.case.registered.earliest) for person in first if person.case.registered} == {
        "2024-03-05"
    }
    assert [person.role for person in first] == [Role.ACCUSED, Role.VICTIM, Role.WITNESS]
    assert {person.case.kind for person in first} == {CaseKind.SMUGGLING}


def test_a_case_written_once_goes_on_below(found: list[Outcome]) -> None:
    fourth, fifth = persons(found)[3:5]
    assert fourth.case == fifth.case
    assert fourth.case.registered is not None
    assert fourth.case.registered.earliest.isoformat() == "2024-04-18"  # serial 45400


def test_two_calendars_and_digits(found: list[Outcome]) -> None:
    born = [item for item in persons(found)[0].particulars if item.kind is Particular.BIRTH]
    assert [item.text for item in born] == ["1370/02/14"]
    assert born[0].date is not None
    assert born[0].date.calendar is Calendar.SOLAR_HIJRI
    assert born[0].date.earliest.isoformat() == "1991-05-04"
    second = persons(found)[1]
    assert texts(second, Particular.CNIC) == ["۳۵۲۰۲۷۶۵۴۳۲۱۹"]
    assert texts(second, Particular.BIRTH) == ["۱۳۸۱/۰۷/۰۱", "۲۲"]


def test_numbers_and_several_in_a_cell(found: list[Outcome]) -> None:
    assert texts(persons(found)[2], Particular.PHONE) == [
        "3001234567",
        "0321-7654321",
        "042 35761234",
    ]
    assert texts(persons(found)[3], Particular.CNIC) == ["3520212345679"]


def test_name_cells(found: list[Outcome]) -> None:
    first, *_ = found_persons = persons(found)
    assert texts(first, Particular.NAME) == ["Gulzad Tarinpur"]
    assert texts(first, Particular.ALIAS) == ["Zadu"]
    assert texts(found_persons[3], Particular.NAME) == ["Sherdil Nazkhel"]
    assert texts(found_persons[3], Particular.FATHER_NAME) == ["Mirdil"]
    assert texts(found_persons[7], Particular.NAME) == ["Habibzai Rodkhan", "حبیب‌زی رودخان"]


def test_text_that_looks_like_a_formula_stays_text(found: list[Outcome]) -> None:
    assert texts(persons(found)[8], Particular.NAME) == ["=not a formula"]


def test_an_age_is_counted_from_the_day_of_the_case(found: list[Outcome]) -> None:
    fifth = persons(found)[4]
    assert fifth.nationalities == ("AF",)
    (born,) = (item for item in fifth.particulars if item.kind is Particular.BIRTH)
    assert born.date is not None
    assert born.date.latest.isoformat() == "2008-04-18"


def test_refusals_name_the_value_and_keep_the_row(found: list[Outcome]) -> None:
    bad = refused(found)
    assert [item.error.facts.get("field") for item in bad] == ["registered", "role", "name", "cnic"]
    assert bad[1].fields["role"] == "stranger"
    assert "formula" in str(bad[2].error)
    assert all(item.error.help for item in bad)


def test_a_mended_row_is_read_again(found: list[Outcome]) -> None:
    bad = refused(found)[1]
    assert isinstance(reread("agency-return", bad.fields, at=bad.at, today=TODAY), Refused)
    mended = reread("agency-return", {**bad.fields, "role": "ملزم"}, at=bad.at, today=TODAY)
    assert isinstance(mended, IncomingPerson)
    assert mended.role is Role.ACCUSED
    assert mended.at == "row 20"


def test_the_same_file_twice_is_the_same(made: Ugly, tmp_path: Path) -> None:
    file = made.save(tmp_path)
    first, second = persons(outcomes(file)), persons(outcomes(file))
    assert first == second
    assert len({person.key for person in first}) == len(first)


def test_an_inserted_row_shifts_no_key(tmp_path: Path) -> None:
    head, one, two, new = (
        "FIR No,Name,Role\n",
        "1/24,Arman,accused\n",
        "1/24,Zarif,victim\n",
        ("1/24,Torak,witness\n"),
    )
    before = persons(outcomes(csv_file(tmp_path, head + one + two), SIMPLE))
    after = persons(outcomes(csv_file(tmp_path, head + one + new + two), SIMPLE))
    assert {person.key for person in before} < {person.key for person in after}


def test_a_corrected_detail_keeps_the_key_and_a_double_gets_its_own(tmp_path: Path) -> None:
    head = "FIR No,Name,Role,Phone\n"
    mapping = {**SIMPLE, "Phone": "phone"}
    rows = "1/24,Arman,suspect,03001234567\n1/24,Arman,suspect,\n"
    first = persons(outcomes(csv_file(tmp_path, head + rows), mapping))
    assert len({person.key for person in first}) == 2
    changed = rows.replace("suspect,0300", "accused,0301", 1)
    second = persons(outcomes(csv_file(tmp_path, head + changed), mapping))
    assert [person.key for person in first] == [person.key for person in second]
    assert first != second


def test_a_record_key_is_the_key_and_may_stand_once(tmp_path: Path) -> None:
    text = "FIR No,Name,Role,Record ID\n1/24,Arman,accused,A7\n2/24,Zarif,accused,A7\n"
    found = outcomes(csv_file(tmp_path, text), {**SIMPLE, "Record ID": "record_key"})
    assert [person.key for person in persons(found)] == ["A7"]
    assert [item.error.facts["field"] for item in refused(found)] == ["record_key"]


def test_a_case_is_not_carried_over_a_blank_row_or_a_total(tmp_path: Path) -> None:
    text = "FIR No,Name,Role\n1/24,Arman,accused\nTotal,,1\n,Zarif,accused\n,,\n,Torak,accused\n"
    found = outcomes(csv_file(tmp_path, text), SIMPLE)
    assert [person.at for person in persons(found)] == ["row 2"]
    assert [item.at for item in refused(found)] == ["row 4", "row 6"]


def test_fir_numbers_begin_anew_each_year(tmp_path: Path) -> None:
    text = (
        "FIR No,Name,Role,Date,Station\n12,Arman,accused,05-03-2023,Demoabad\n"
        "12,Arman,accused,05-03-2024,Demoabad\n12,Arman,accused,06-03-2024,Otherabad\n"
    )
    mapping = {**SIMPLE, "Date": "registered", "Station": "station"}
    assert [person.case.key for person in persons(outcomes(csv_file(tmp_path, text), mapping))] == [
        "12 demoabad 2023",
        "12 demoabad 2024",
        "12 otherabad 2024",
    ]


def test_a_case_may_be_dated_with_two_digits_of_the_year(tmp_path: Path) -> None:
    text = (
        "FIR No,Name,Role,Date,Occurred,Birth\n"
        "12,Arman,accused,03-Feb-24,02-02-24,\n"
        "12,Arman,accused,05-Mar-23,,\n"
        "13,Zarif,accused,03-Feb-24,,03-Feb-20\n"
    )
    mapping = {**SIMPLE, "Date": "registered", "Occurred": "occurred", "Birth": "birth"}
    found = outcomes(csv_file(tmp_path, text), mapping)
    first, second = persons(found)
    assert first.case.registered is not None
    assert first.case.occurred is not None
    assert first.case.registered.show() == "2024-02-03"
    assert first.case.registered.text == "03-Feb-24"
    assert first.case.occurred.show() == "2024-02-02"
    # FIR numbers begin anew each year, however it is written.
    assert (first.case.key, second.case.key) == ("12 2024", "12 2023")
    (bad,) = refused(found)
    assert "century" in str(bad.error)


def test_month_first_is_said_by_the_mapping(tmp_path: Path) -> None:
    text = "FIR No,Name,Role,Date\n1/24,Arman,accused,03/25/2024\n"
    file = csv_file(tmp_path, text)
    assert refused(outcomes(file, {**SIMPLE, "Date": "registered"}))
    (person,) = persons(outcomes(file, {**SIMPLE, "Date": "registered:month_first"}))
    assert person.case.registered is not None
    assert person.case.registered.earliest.isoformat() == "2024-03-25"


def test_a_spreadsheet_date_in_a_hijri_column_is_gregorian(tmp_path: Path) -> None:
    text = "FIR No,Name,Role,Birth\n1/24,Arman,accused,1990-05-17\n"
    (person,) = persons(
        outcomes(csv_file(tmp_path, text), {**SIMPLE, "Birth": "birth:solar_hijri"})
    )
    (born,) = (item for item in person.particulars if item.kind is Particular.BIRTH)
    assert born.date is not None
    assert born.date.earliest.isoformat() == "1990-05-17"


@pytest.mark.parametrize(
    ("word", "role"),
    [
        ("Accused", Role.ACCUSED),
        ("ملزمہ", Role.ACCUSED),
        ("mulzim", Role.ACCUSED),
        ("متاثرہ", Role.VICTIM),
        ("مُتَاثِرہ", Role.VICTIM),
        ("possible_victim", Role.POSSIBLE_VICTIM),
        ("تارکین وطن", Role.SMUGGLED_PERSON),
        ("گواه", Role.WITNESS),
        ("مدعی", Role.REPORTER),
        ("رشتہ دار", Role.FAMILY),
        ("مشتبہ", Role.SUSPECT),
        ("سزا یافتہ", Role.CONVICTED),
    ],
)
def test_role_words(word: str, role: Role, tmp_path: Path) -> None:
    text = f"FIR No,Name,Role\n1/24,Arman,{word}\n"
    (person,) = persons(outcomes(csv_file(tmp_path, text), SIMPLE))
    assert person.role is role


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("1/24,Arman,accused,maybe,PK,yes", "sex"),
        ("1/24,Arman,accused,m,Atlantis,yes", "nationality"),
        ("1/24,Arman,accused,m,PK,perhaps", "link_consent"),
        ("1/24,,accused,m,PK,yes", "name"),
        ("1/24,نامعلوم,accused,m,PK,yes", "name"),
        ("1/24,Arman,,m,PK,yes", "role"),
        (",Arman,accused,m,PK,yes", "case_key"),
    ],
)
def test_one_wrong_value_refuses_its_row(row: str, field: str, tmp_path: Path) -> None:
    text = f"FIR No,Name,Role,Sex,Nationality,Consent\n{row}\n"
    mapping = {**SIMPLE, "Sex": "sex", "Nationality": "nationality", "Consent": "link_consent"}
    (bad,) = refused(outcomes(csv_file(tmp_path, text), mapping))
    assert bad.error.facts["field"] == field


def test_sex_and_consent_words(tmp_path: Path) -> None:
    text = "FIR No,Name,Role,جنس,رضامندی\n1/24,Arman,متاثرہ,خاتون,ہاں\n1/24,Zarif,victim,,نہیں\n"
    mapping = {**SIMPLE, "جنس": "sex", "رضامندی": "link_consent"}
    one, two = persons(outcomes(csv_file(tmp_path, text), mapping))
    assert (one.sex, one.link_consent) == (Sex.FEMALE, True)
    assert (two.sex, two.link_consent) == (Sex.UNKNOWN, False)


@pytest.mark.parametrize(
    "word", ["Total", "G. Total", "Sub-Total:", "میزان", "کل", "کل تعداد", "ٹوٹل"]
)
def test_words_of_totals(word: str, tmp_path: Path) -> None:
    found = outcomes(csv_file(tmp_path, f"FIR No,Name,Role\n{word},,12\n"), SIMPLE)
    assert [item.why for item in ignored(found)] == ["header", "total"]


def test_a_name_beside_a_word_of_totals_is_a_record(tmp_path: Path) -> None:
    found = outcomes(csv_file(tmp_path, "FIR No,Name,Role\nTotal 1,Arman,accused\n"), SIMPLE)
    assert len(persons(found)) == 1


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("Total,,,,2 accused,", "total"),
        ("میزان,,,,4 persons / 2 FIRs,", "total"),
        ("کل,,,۴ افراد / ۲ ایف آئی آر,,", "total"),
        (",Total,see last month's return,,,", "total"),
        ("Total persons: 12,,8 accused,,4 victims,", "total"),
        ("Prepared by: ASI Namoona,,,,Checked by: DSP (Inv),", "signed"),
        (",,Checked by,,,", "signed"),
        ("تیار کردہ: نمونہ,,,,دستخط,", "signed"),
        ("دستخط,,,,,", "signed"),
    ],
)
def test_totals_and_signatures_with_words_are_no_people(row: str, why: str, tmp_path: Path) -> None:
    text = f"S.No,FIR No,Name,Father,Role,CNIC\n1,1/24,Arman,Zarif,accused,\n{row}\n"
    mapping = {**SIMPLE, "Father": "father_name", "CNIC": "cnic"}
    found = outcomes(csv_file(tmp_path, text), mapping)
    assert len(persons(found)) == 1
    assert [item.why for item in ignored(found) if item.rows] == ["header", why]


@pytest.mark.parametrize(
    "row",
    [
        "Total,2/24,Arman,,accused,",
        "Total,,Arman,,accused,",
        "Total,,Arman,Zarif,,",
        "Total,,Arman,,,00000-1234567-1",
        "9,,Total Khan,Zarif,accused,",
        "9,,Kul Namewala,,accused,",
    ],
)
def test_a_row_with_somebodys_details_is_no_total(row: str, tmp_path: Path) -> None:
    text = f"S.No,FIR No,Name,Father,Role,CNIC\n1,1/24,Arman,Zarif,accused,\n{row}\n"
    mapping = {**SIMPLE, "Father": "father_name", "CNIC": "cnic"}
    found = outcomes(csv_file(tmp_path, text), mapping)
    assert len(persons(found)) + len(refused(found)) == 2


def test_a_refused_row_is_told_its_own_fault_first(tmp_path: Path) -> None:
    text = "FIR No,Date,Name,Role\n1/24,31-02-2024,Arman,accused\n,,Zarif,sailor\n,,Torak,victim\n"
    found = outcomes(csv_file(tmp_path, text), {**SIMPLE, "Date": "registered"})
    assert [item.error.facts["field"] for item in refused(found)] == [
        "registered",
        "role",
        "registered",
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_separators_and_encodings(separator: str, encoding: str, tmp_path: Path) -> None:
    text = "FIR No,Name,Role\n1/24,نورگل,ملزم\n".replace(",", separator)
    (person,) = persons(outcomes(csv_file(tmp_path, text, encoding=encoding), SIMPLE))
    assert texts(person, Particular.NAME) == ["نورگل"]


def test_a_line_that_names_the_separator(tmp_path: Path) -> None:
    text = "sep=;\nFIR No;Name;Role\n1/24;Arman, the elder;accused\n"
    (person,) = persons(outcomes(csv_file(tmp_path, text), SIMPLE))
    assert texts(person, Particular.NAME) == ["Arman, the elder"]


def test_another_sheet_is_reported(tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.title = "Cover"
    book.active["A1"] = "Demoabad"
    sheet = book.create_sheet("March")
    for row in (("FIR No", "Name", "Role"), ("1/24", "Arman", "accused")):
        sheet.append(row)
    book.create_sheet("Notes").sheet_state = "hidden"
    file = tmp_path / "two.xlsx"
    book.save(file)
    found = outcomes(file, SIMPLE)
    assert [item.at for item in ignored(found) if not item.rows] == [
        "sheet “Cover”",
        "sheet “Notes”",
    ]
    assert len(persons(found)) == 1
    assert headers(file).sheet == "March"


def test_an_error_shown_in_a_cell_refuses_its_row(tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(("FIR No", "Name", "Role"))
    book.active.append(("1/24", "#REF!", "accused"))
    book.active["B2"].data_type = "e"
    file = tmp_path / "error.xlsx"
    book.save(file)
    (bad,) = refused(outcomes(file, SIMPLE))
    assert "#REF!" in str(bad.error)
