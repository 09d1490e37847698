"""Whatever stands in a cell, one record is taken or refused: nothing else comes out."""

from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.desk.intake.reading.registers import TODAY

from rabta.core.words.incoming import IncomingPerson
from rabta.desk.intake.reading import FIELDS, Refused, reread
from rabta.desk.intake.reading.register.header import field_for, suggest_mapping, unique_names
from rabta.desk.intake.reading.register.words import plain, says_total

TARGETS = (*FIELDS, "birth:hijri", "birth:bikram_sambat", "registered:month_first", "double")
BASE = {"fir_number": "1/24", "name": "Arman", "role": "accused"}
REMARKS = ("DOB ", "alt. DOB ", "POB ", "Passport ", "National ID No. ", "nationality ", "Gender ")

many = settings(max_examples=300, deadline=None, derandomize=True)
digits = st.text(st.sampled_from("0123456789۰۳۹٠²½-/. :"), max_size=20)
text = st.one_of(st.text(max_size=40), digits)


@many
@given(fields=st.dictionaries(st.sampled_from(TARGETS), text, max_size=8))
@example(fields={"phone": "²", "cnic": "½", "age": "²", "birth": "²/²/²²²²", "registered": "٣"})
@example(fields={"case_key": "{"})
def test_a_row(fields: dict[str, str]) -> None:
    found = reread("agency-return", BASE | fields, at="row 1", today=TODAY)
    assert isinstance(found, IncomingPerson | Refused)
    if isinstance(found, IncomingPerson):
        assert found.key
        assert found.particulars
    else:
        assert str(found.error)


@many
@given(pieces=st.lists(st.tuples(st.sampled_from(REMARKS), text), max_size=5))
def test_remarks(pieces: list[tuple[str, str]]) -> None:
    remarks = "; ".join(head + tail for head, tail in pieces)
    fields = {"ent_num": "1", "name": "TARINPUR, Gulzad", "remarks": remarks}
    assert isinstance(reread("ofac", fields, at="row 1", today=TODAY), IncomingPerson)


@many
@given(year=text, day=text, country=text)
def test_an_individual(year: str, day: str, country: str) -> None:
    fields = {
        "DATAID": "1",
        "FIRST_NAME": "GULZAD",
        "INDIVIDUAL_DATE_OF_BIRTH/TYPE_OF_DATE": "BETWEEN",
        "INDIVIDUAL_DATE_OF_BIRTH/FROM_YEAR": year,
        "INDIVIDUAL_DATE_OF_BIRTH/TO_YEAR": day,
        "INDIVIDUAL_DATE_OF_BIRTH[2]/DATE": day,
        "NATIONALITY/VALUE": country,
    }
    found = reread("un-consolidated", fields, at="individual 1", today=TODAY)
    assert isinstance(found, IncomingPerson | Refused)


@many
@given(words=st.text(st.characters(max_codepoint=127), max_size=30))
def test_an_invisible_mark_changes_no_word(words: str) -> None:
    assert plain(words) == plain("\u200f" + words)


@many
@given(cells=st.lists(text, max_size=12))
def test_a_header(cells: list[str]) -> None:
    names = unique_names(cells)
    assert len({plain(name) for name in names}) == len(cells)
    assert set(suggest_mapping(names)) <= set(names)
    assert all(not field_for(cell) or not says_total(cell) for cell in cells)
