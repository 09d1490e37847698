"""Sounds and skeletons: the spellings of one name meet, other names do not."""

import pytest

from rabta.core.names import prepare
from rabta.core.names.alignment import likeness
from rabta.core.names.sounds import read_arabic, read_latin, skeletons_of

SPELLINGS = [
    "Muhammad Mohammad Mohammed Mohamed Muhammed Mohd Md Mhd محمد مُحمّد",
    "Mahmood Mahmud Mehmood Mahmoud محمود",
    "Hussain Husain Hosein Hussein Hossein Husayn حسین حسين",
    "Hassan Hasan Hassen حسن",
    "Ahmed Ahmad Ehmad احمد أحمد",
    "Yousuf Yusuf Yousaf Yusef Youssef یوسف يوسف",
    "Qureshi Koreshi Quraishi Qurayshi قریشی قريشي",
    "Chaudhry Choudhary Chaudhary Chowdhury Chaudhri چوہدری چودھری چودهري",
    "Rehman Rahman Rahmaan رحمان رحمن",
    "Gul Gull گل",
    "Bibi Beebi بیبی",
    "Usman Othman Osman Uthman عثمان",
    "Ramzan Ramadan Ramadhan Ramazan رمضان",
    "Raza Reza Rida Riza رضا",
    "Murtaza Morteza Mortada مرتضیٰ مرتضی",
    "Qasim Kasim Ghasem Qasem قاسم",
    "Khalid Khaled خالد",
    "Ghulam Gholam Gulam غلام",
    "Zulfiqar Zulfikar Dhulfiqar Zolfaghar ذوالفقار",
    "Parvez Parvaiz Pervez Pervaiz پرویز",
    "Waqar Vaqar وقار",
    "Shahbaz Shehbaz Shabaz شہباز شهباز",
    "Farooq Faruk Faruq فاروق",
    "Iqbal Eqbal Eghbal اقبال",
    "Fatima Fatimah Fatemeh فاطمہ فاطمة",
    "Ibrahim Ebrahim Ibraheem ابراہیم إبراهيم",
    "Saeed Said Saeid Sayeed سعید",
    "Nawaz Navaz نواز",
    "Bhatti Bhati بھٹی",
    "Khokhar Khokher کھوکھر",
    "Zafar Zafer ظفر",
    "Ziauddin Zia-ud-Din Ziaud-Deen ضیاءالدین",
    "Abdulaziz Abdul-Aziz Abdelaziz Abdolaziz عبدالعزیز",
    "Najibullah Najib-ullah Najeebullah نجیب‌الله نجیب‌اللہ",
    "Ghaznavi Ghaznawi غزنوی",
    "Mazhar Mazher مظہر",
    "Afridi Aafridi آفریدی",
    "Turkai Torkai تورکۍ",
    "Kakar Kakarr کاکړ کاکڑ",
    "Mangal Mengal مینگل",
]


@pytest.mark.parametrize("row", SPELLINGS, ids=lambda row: row.split()[0])
def test_spellings_of_one_name_share_a_skeleton(row: str) -> None:
    filed = {spelling: set(prepare(spelling).units[0].skeletons) for spelling in row.split()}
    first = next(iter(filed.values()))
    assert {spelling: keys for spelling, keys in filed.items() if not keys & first} == {}


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Muhammad", "Mahmood"), ("Hassan", "Hussain"), ("محمد", "محمود"), ("حسن", "حسین"),
        ("Saad", "Saeed"), ("Rashid", "Khurshid"), ("Shakir", "Sakir"), ("Chand", "Shand"),
        ("Karim", "Salim"), ("Parvez", "Feroz"), ("Tariq", "Sadiq"), ("Khalid", "Walid"),
    ],
)  # fmt: skip
def test_different_names_stay_apart(one: str, two: str) -> None:
    assert not set(prepare(one).units[0].skeletons) & set(prepare(two).units[0].skeletons)


@pytest.mark.parametrize("letter", "پچژگٹڈڑںےۓډړښږڅځڼېۍبتثجحخدذرزسشصضطظعغفقکلمنوهھیا")
def test_every_letter_of_the_region_has_a_sound(letter: str) -> None:
    assert prepare(f"{letter}ب").units[0].sounds.endswith("b")
    assert len(prepare(f"{letter}ب").units[0].sounds) == 2


@pytest.mark.parametrize(
    ("one", "two", "across"),
    [
        ("kamran", "kAmrAn", True), ("zubayr", "zbyr", True), ("najma", "njmH", True),
        ("nurin", "nWrYn", True), ("parwin", "parwen", False),
    ],
)  # fmt: skip
def test_vowels_cost_little(one: str, two: str, across: bool) -> None:
    assert likeness(one, two, across) > 0.85
    assert likeness(one, two, across) == likeness(two, one, across)


def test_consonants_cost_much() -> None:
    assert likeness("karim", "salim", False) < 0.62
    assert likeness("tAriq", "sAdiq", False) < 0.7
    assert likeness("", "karim", False) == 0.0


def test_readings_have_no_unknown_sound() -> None:
    for word in ("xzqwvyjckhghth", "aeiouy", "bcdfghjklmnpqrstvwxyz"):
        assert skeletons_of(read_latin(word).sounds)
    for word in ("ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهھی", "ۇڭڴ"):
        assert skeletons_of(read_arabic(word).sounds)


def test_every_fixed_reading_can_be_aligned_and_filed() -> None:
    from rabta.core.names.fixed import FIXED_ARABIC

    for word, (sounds, skeleton) in FIXED_ARABIC.items():
        assert read_arabic(word).skeletons == (skeleton,)
        assert likeness(sounds, "x", False) < 1
        assert skeletons_of(sounds)
