"""Each identifier has one canonical form; what cannot have one is refused with a remedy."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rabta.core.errors import BadValue
from rabta.core.words.identifiers import account, case_number, cnic, passport, phone, plate

Form = Callable[[str], str]
FORMS: tuple[Form, ...] = (cnic, phone, passport, plate, account, case_number)


@pytest.mark.parametrize(
    ("form", "text", "canonical"),
    [
        (cnic, "35202-1234567-1", "3520212345671"),
        (cnic, "3520212345671", "3520212345671"),
        (cnic, " 35202 1234567 1 ", "3520212345671"),
        (cnic, "35202–1234567–1", "3520212345671"),
        (cnic, "۳۵۲۰۲-۱۲۳۴۵۶۷-۱", "3520212345671"),
        (cnic, "3520212345671.0", "3520212345671"),
        (cnic, "'3520212345671", "3520212345671"),
        (cnic, "\u200f35202-1234567-1\u200e", "3520212345671"),
        (phone, "0300-1234567", "+923001234567"),
        (phone, "0300 123 4567", "+923001234567"),
        (phone, "۰۳۰۰۱۲۳۴۵۶۷", "+923001234567"),
        (phone, "3001234567", "+923001234567"),
        (phone, "923001234567", "+923001234567"),
        (phone, "+92 (0) 300 1234567", "+923001234567"),
        (phone, "+92 0300 1234567", "+923001234567"),
        (phone, "0092 300 1234567", "+923001234567"),
        (phone, "Mob: 0300-1234567", "+923001234567"),
        (phone, "042-35761234", "+924235761234"),
        (phone, "+98 912 345 6789", "+989123456789"),
        (phone, "0098 0912 345 6789", "+989123456789"),
        (phone, "+93 70 123 4567", "+93701234567"),
        (phone, "+971 50 123 4567", "+971501234567"),
        (phone, "+968 9123 4567", "+96891234567"),
        (phone, "+39 06 1234 5678", "+390612345678"),
        (phone, "+254 712 345678", "+254712345678"),
        (passport, "ab 1234567", "AB1234567"),
        (passport, "A-12345678", "A12345678"),
        (passport, "12E45678", "12E45678"),
        (plate, "LEA-1234", "LEA1234"),
        (plate, "lea 17 1234", "LEA171234"),
        (plate, "۱۲ ب ۳۴۵", "12ب345"),
        (account, "PK36 SCBL 0000 0011 2345 6702", "PK36SCBL0000001123456702"),
        (account, "iban: gb82 west 1234 5698 7654 32", "GB82WEST12345698765432"),
        (account, "0123-4567-8901", "012345678901"),
        (case_number, "FIR 12/2019", "FIR-12-2019"),
        (case_number, "fir no. 012-2019", "FIR-12-2019"),
        (case_number, "F.I.R. # 12/2019", "FIR-12-2019"),
        (case_number, "FIR12/2019", "FIR-12-2019"),
        (case_number, "FIR ۱۲/۲۰۱۹", "FIR-12-2019"),
        (case_number, "ایف آئی آر نمبر ۱۲/۲۰۱۹", "FIR-12-2019"),
        (case_number, "مقدمہ نمبر ۱۲/۲۰۱۹", "12-2019"),
        (case_number, "Enq. 5/2020", "ENQ-5-2020"),
        (case_number, "1/22019", "1-22019"),
        (case_number, "122/019", "122-19"),
    ],
)
def test_canonical(form: Form, text: str, canonical: str) -> None:
    assert form(text) == canonical
    assert form(canonical) == canonical


@pytest.mark.parametrize(
    ("form", "text", "sentence", "remedy"),
    [
        (cnic, "352021234567", "12 digits", "leading zero"),
        (cnic, "3.52021E+12", "lost its digits", "format Text"),
        (cnic, "3,52021E+12", "lost its digits", "format Text"),
        (cnic, "۳.۵۲۰۲۱E+۱۲", "lost its digits", "format Text"),
        (cnic, "123", "has 3 digits", "paper"),
        (cnic, "35202-XXXXXXX-1", "more than digits", "paper"),
        (cnic, "0000000000000", "only fills the space", "Leave"),
        (cnic, "", "is empty", "Leave"),
        (cnic, "\u200f", "is empty", "Leave"),
        (cnic, "1" * 61, "too long", "paper"),
        (phone, "9.23001E+11", "lost its digits", "format Text"),
        (phone, "03001234567 / 03211234567", "more than one", "by itself"),
        (phone, "12345", "too many or too few", "leading zero"),
        (phone, "0300123456", "too many or too few", "leading zero"),
        (phone, "+92300123456", r"behind \+92", "paper"),
        (phone, "+1234567", "international", "paper"),
        (phone, "hello", "not a telephone", "paper"),
        (passport, "ABCDEFG", "not a passport", "paper"),
        (passport, "1234", "not a passport", "paper"),
        (passport, "ا1234567", "not a passport", "paper"),
        (plate, "LEA", "not a registration", "paper"),
        (plate, "LEA-௧௨௩", "digits of a script", "0 to 9"),
        (account, "PK37SCBL0000001123456702", "check digits", "paper"),
        (account, "PK36SCBL00000011234567", "needs 24", "paper"),
        (account, "none", "not an account", "paper"),
        (case_number, "FIR", "holds no number", "paper"),
    ],
)
def test_refused(form: Form, text: str, sentence: str, remedy: str) -> None:
    with pytest.raises(BadValue, match=sentence) as caught:
        form(text)
    assert remedy in caught.value.help
    assert caught.value.facts["value"] == text


def test_a_default_country() -> None:
    assert phone("0912 345 6789", default_country="IR") == "+989123456789"
    assert phone("050 123 4567", default_country="AE") == "+971501234567"
    assert phone("9123 4567", default_country="OM") == "+96891234567"
    with pytest.raises(BadValue, match="does not say its country"):
        phone("0712345678", default_country="KE")


def test_the_field_is_the_callers() -> None:
    with pytest.raises(BadValue, match="guardian's card is empty"):
        cnic(" ", field="guardian's card")


@settings(deadline=None, derandomize=True)
@given(digits=st.from_regex(r"\A[1-8][0-9]{12}\Z"))
def test_a_cnic_with_and_without_dashes(digits: str) -> None:
    if len(set(digits)) > 1:
        assert cnic(f"{digits[:5]}-{digits[5:12]}-{digits[12]}") == cnic(digits) == digits


@settings(deadline=None, derandomize=True)
@given(digits=st.from_regex(r"\A3[0-9]{9}\Z"))
def test_a_pakistani_mobile_number_in_every_dress(digits: str) -> None:
    dresses = (f"0{digits}", digits, f"+92{digits}", f"0092{digits}", f"92{digits}")
    assert {phone(dress) for dress in dresses} == {f"+92{digits}"}


@settings(deadline=None, derandomize=True)
@given(body=st.from_regex(r"\A[A-Z]{4}[0-9]{16}\Z"), at=st.integers(4, 23), by=st.integers(1, 9))
def test_one_wrong_digit_spoils_an_iban(body: str, at: int, by: int) -> None:
    turned = int("".join(str(int(sign, 36)) for sign in f"{body}PK00"))
    whole = f"PK{98 - turned % 97:02d}{body}"
    assert account(whole) == whole
    if whole[at].isdigit():
        wrong = whole[:at] + str((int(whole[at]) + by) % 10) + whole[at + 1 :]
        with pytest.raises(BadValue, match="check digits"):
            account(wrong)


@pytest.mark.parametrize("form", FORMS)
@settings(deadline=None, derandomize=True, max_examples=200)
@given(text=st.one_of(st.text(max_size=30), st.text("0123456789+-/ AEFIRPK.۱۲'", max_size=20)))
def test_any_text_has_a_stable_form_or_is_refused(form: Form, text: str) -> None:
    try:
        found: str | BadValue = form(text)
    except BadValue as refused:
        found = refused
    if isinstance(found, BadValue):
        assert str(found)
        assert found.help
    else:
        assert form(found) == found
