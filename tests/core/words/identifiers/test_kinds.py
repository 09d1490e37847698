"""What a typed look-up may be, and the keys that two writings of one number share."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rabta.core.errors import BadValue
from rabta.core.words.identifiers import (
    IDENTIFIER_KEY_VERSION,
    IdentifierKind,
    identifier_keys,
    kinds_of,
)

K = IdentifierKind


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("35202-1234567-1", (K.CNIC, K.ACCOUNT)),
        ("۳۵۲۰۲-۱۲۳۴۵۶۷-۱", (K.CNIC, K.ACCOUNT)),
        ("0300-1234567", (K.PHONE, K.ACCOUNT)),
        ("+98 912 345 6789", (K.PHONE,)),
        ("AB1234567", (K.PASSPORT,)),
        ("123456789", (K.PASSPORT, K.ACCOUNT)),
        ("LEA-1234", (K.PLATE,)),
        ("LEA 17 1234", (K.PASSPORT, K.PLATE)),
        ("۱۲ ب ۳۴۵ ایران ۶۷", (K.PLATE,)),
        ("PK36 SCBL 0000 0011 2345 6702", (K.ACCOUNT,)),
        ("FIR 12/2019", (K.CASE_NUMBER,)),
        ("12/2019", (K.CASE_NUMBER,)),
        ("مقدمہ نمبر ۱۲/۲۰۱۹", (K.CASE_NUMBER,)),
        ("12", (K.CASE_NUMBER,)),
        ("Zarbano", (K.NAME,)),
        ("زربانو", (K.NAME,)),
        ("Zarbano 2", (K.NAME,)),
        ("", ()),
        (" - ", ()),
    ],
)
def test_kinds_of(text: str, kinds: tuple[IdentifierKind, ...]) -> None:
    assert kinds_of(text) == kinds


@pytest.mark.parametrize(
    ("kind", "text", "keys"),
    [
        (K.CNIC, "35202-1234567-1", {"cnic:3520212345671"}),
        (K.PHONE, "0300-1234567", {"phone:+923001234567"}),
        (K.PASSPORT, "ab 1234567", {"passport:AB1234567"}),
        (K.PLATE, "lea-1234", {"plate:LEA1234"}),
        (K.ACCOUNT, "0123 4567", {"account:01234567"}),
        (K.CASE_NUMBER, "12/2019", {"case_number:12-2019"}),
        (K.CASE_NUMBER, "FIR 12/2019", {"case_number:FIR-12-2019", "case_number:12-2019"}),
        (K.NAME, "Zarbano", set()),
    ],
)
def test_identifier_keys(kind: IdentifierKind, text: str, keys: set[str]) -> None:
    assert identifier_keys(kind, text) == keys


def test_a_number_that_cannot_be_read_has_no_key() -> None:
    with pytest.raises(BadValue):
        identifier_keys(K.CNIC, "352021234567")


def test_the_version_of_the_keys() -> None:
    # Whoever changes a canonical form raises the version, so that stored keys are made anew.
    assert IDENTIFIER_KEY_VERSION == 1
    assert identifier_keys(K.CASE_NUMBER, "Enq. 05/2020") == {"case_number:ENQ-5-2020"}


@settings(deadline=None, derandomize=True, max_examples=300)
@given(text=st.one_of(st.text(max_size=70), st.text("0123456789+-/ AEFIRPK.", max_size=24)))
def test_what_a_text_may_be_has_keys(text: str) -> None:
    kinds = kinds_of(text)
    assert bool(kinds) is any(sign.isalnum() for sign in text)
    assert list(kinds) == sorted(kinds, key=list(IdentifierKind).index)
    assert (K.NAME in kinds) is (kinds == (K.NAME,))
    for kind in kinds:
        assert identifier_keys(kind, text) or kind is K.NAME
