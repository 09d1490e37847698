"""normalise: one written form."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rabta.core.names import normalise


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("  Karim   BAKHSH ", "karim bakhsh"),
        ("Abd-ur-Rehman", "abd ur rehman"),
        ("Sa'eed", "saeed"),
        ("Sa‘īd", "said"),
        ("Ḥusayn", "husayn"),
        ("Çağla Øst", "cagla ost"),
        ("ﻛﺮﻳﻢ", "کریم"),
        ("كريم", "کریم"),
        ("مُحَمَّد", "محمد"),
        ("محمـــد", "محمد"),
        ("نعمت‌پور", "نعمتپور"),
        ("\u202bزاہد\u202c", "زاهد"),
        ("فاطمة", "فاطمه"),
        ("أحمد إقبال آصف", "احمد اقبال اصف"),
        ("رؤف", "روف"),
        ("ضیاء", "ضیا"),
        ("میاں", "میان"),
        ("۱۲ ٣", "12 3"),
        ("Gul\u200b\u00adZaman", "gulzaman"),
        ("😀 Gul 😀", "gul"),
        ("", ""),
    ],
)
def test_one_form(typed: str, form: str) -> None:
    assert normalise(typed) == form


@pytest.mark.parametrize("letter", "پچژگٹڈڑھښځڅډړڼ")
def test_letters_of_urdu_and_pashto_stay(letter: str) -> None:
    assert normalise(letter) == letter


@given(st.text())
@settings(deadline=None, derandomize=True, max_examples=400)
def test_idempotent_on_any_text(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


def test_idempotent_on_every_assigned_character_beside_its_neighbours() -> None:
    wrong = []
    for code in range(0x20, 0x30000):
        character = chr(code)
        if unicodedata.category(character) in ("Cs", "Cn", "Co"):
            continue
        once = normalise(f"a{character}ا")
        if normalise(once) != once:
            wrong.append(hex(code))
    assert wrong == []


@given(st.text())
@settings(deadline=None, derandomize=True, max_examples=200)
def test_no_controls_marks_or_double_spaces_come_out(text: str) -> None:
    form = normalise(text)
    assert form == " ".join(form.split(" "))
    assert "  " not in form
    assert form.strip() == form
    assert not any(unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") for c in form)
