"""parse: what a written name says."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rabta.core.names import MAX_LENGTH, PartKind, Script, TypedName, parse
from rabta.core.names.parsing import MAX_ALIASES


def texts(name: TypedName | None) -> list[str]:
    return [token.text for token in name.tokens] if name else []


def kinds(text: str) -> list[PartKind]:
    return [token.kind for token in parse(text).tokens]


@pytest.mark.parametrize(
    "spellings",
    [
        ("Abdul Rahman", "Abd-ur-Rahman", "Abdurrahman", "Abd al-Rahman", "abdul rahman"),
        ("عبدالرحمن", "عبد الرحمن", "عبد‌الرحمن"),
        ("Abdullah", "Abd Allah", "Abdallah", "Abdul Lah"),
        ("Habib Ullah", "Habibullah", "Habib-ullah"),
        ("حبیب اللہ", "حبیب‌الله", "حبیبالله"),
        ("Noor ud Din", "Nooruddin", "Noor-ud-Deen", "Noor uddin"),
        ("نور الدین", "نورالدین"),
        ("Zia ul Haq", "Zia-ul-Haq", "Ziaulhaq"),
        ("ضیاء الحق", "ضیاءالحق"),
        ("Abu Bakr", "Abubakr", "Abou Bakr"),
        ("Yousaf Zai", "Yousafzai"),
        ("Karim Zada", "Karimzada"),
    ],
)
def test_written_apart_or_together_is_one_token(spellings: tuple[str, ...]) -> None:
    read = [parse(spelling).tokens for spelling in spellings]
    assert [len(tokens) for tokens in read] == [1] * len(spellings)
    assert len({tokens[0].text for tokens in read}) == 1


def test_compounds_without_a_word_of_their_own_come_apart_alike() -> None:
    assert texts(parse("Mohammadreza Karimi")) == texts(parse("Mohammad Reza Karimi"))
    assert texts(parse("محمدرضا کریمی")) == texts(parse("محمد رضا کریمی"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Abu Bilal", [PartKind.KUNYA]),
        ("Umm Bilal", [PartKind.KUNYA]),
        ("ابو بلال", [PartKind.KUNYA]),
        ("Hassan bin Ali", [PartKind.GIVEN, PartKind.PARTICLE, PartKind.GIVEN]),
        ("Bilal al-Masri", [PartKind.GIVEN, PartKind.PARTICLE, PartKind.GIVEN]),
        ("بلال المصری", [PartKind.GIVEN, PartKind.PARTICLE, PartKind.GIVEN]),
        ("Haji Zahid Afridi", [PartKind.HONORIFIC, PartKind.GIVEN, PartKind.TRIBE]),
        ("حاجی زاہد آفریدی", [PartKind.HONORIFIC, PartKind.GIVEN, PartKind.TRIBE]),
        ("Syed Zahid", [PartKind.TITLE, PartKind.GIVEN]),
        ("M. Zahid Khan", [PartKind.INITIAL, PartKind.GIVEN, PartKind.TRIBE]),
    ],
)
def test_kinds(text: str, expected: list[PartKind]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize(
    ("text", "main", "relation", "father"),
    [
        ("Aslam Gujjar s/o Karim Bakhsh", ["aslam", "gujjar"], "s/o", ["karim", "bakhsh"]),
        ("ASLAM S/O KARIM", ["aslam"], "s/o", ["karim"]),
        ("Aslam S / O Karim r/o Mauza Nowhere", ["aslam"], "s/o", ["karim"]),
        ("Sajida d/o Karim", ["sajida"], "d/o", ["karim"]),
        ("Sajida W/O Tariq", ["sajida"], "w/o", ["tariq"]),
        ("اسلم ولد کریم", ["اسلم"], "s/o", ["کریم"]),
        ("ساجدہ زوجہ طارق", ["ساجده"], "w/o", ["طارق"]),
        ("ساجدہ دختر طارق", ["ساجده"], "d/o", ["طارق"]),
        ("Aslam s/o unknown", ["aslam"], "", []),
        ("Aslam", ["aslam"], "", []),
        ("Soomro Aslam", ["soomro", "aslam"], "", []),
    ],
)
def test_father_or_husband(text: str, main: list[str], relation: str, father: list[str]) -> None:
    name = parse(text)
    assert (texts(name), name.relation, texts(name.father)) == (main, relation, father)


@pytest.mark.parametrize(
    ("text", "aliases"),
    [
        ("Aslam @ Kala", [["kala"]]),
        ("Aslam@Kala@Billa", [["kala"], ["billa"]]),
        ("Aslam alias Kala", [["kala"]]),
        ("Aslam urf Kala", [["kala"]]),
        ("Aslam a.k.a. Kala Gujjar", [["kala", "gujjar"]]),
        ("اسلم عرف کالا", [["کالا"]]),
        ("Aslam @ unknown", []),
    ],
)
def test_aliases(text: str, aliases: list[list[str]]) -> None:
    name = parse(text)
    assert len(texts(name)) == 1
    assert [texts(alias) for alias in name.aliases] == aliases


def test_alias_before_and_after_the_father() -> None:
    for text in ("Aslam @ Kala s/o Karim", "Aslam s/o Karim @ Kala"):
        name = parse(text)
        assert texts(name) == ["aslam"]
        assert texts(name.father) == ["karim"]
        assert [texts(alias) for alias in name.aliases] == [["kala"]]


@pytest.mark.parametrize(
    "text",
    ["unknown", "UNKNOWN", "FNU", "FNU LNU", "LNU, FNU", "نامعلوم", "N/A", "n.a.", "-", "", "  ",
     "???", "12345", "nil", "😀"],
)  # fmt: skip
def test_no_name(text: str) -> None:
    assert not parse(text)
    assert parse(text).tokens == ()


def test_one_half_unknown_leaves_the_other() -> None:
    assert texts(parse("BAKHSH, FNU")) == ["bakhsh"]


def test_family_comma_given() -> None:
    assert texts(parse("BAKHSH, Karim")) == ["karim", "bakhsh"]
    assert texts(parse("BAKHSH,")) == ["bakhsh"]


def test_scripts_are_kept_apart_even_within_a_word() -> None:
    tokens = parse("Karimکریم 李").tokens
    assert [token.script for token in tokens] == [Script.LATIN, Script.ARABIC, Script.OTHER]


def test_length_is_capped() -> None:
    assert parse("karim " * 5000) == parse(("karim " * 5000)[:MAX_LENGTH])


@given(st.text())
@settings(deadline=None, derandomize=True, max_examples=400)
def test_any_text_gives_a_name_in_good_order(text: str) -> None:
    name = parse(text)
    assert all(token.text and token.pieces for token in name.tokens)
    assert bool(name.relation) <= (name.father is not None)
    assert len(name.aliases) <= MAX_ALIASES
    assert all(alias.tokens for alias in name.aliases)


@given(st.lists(st.sampled_from(
    ["abd", "abdul", "al", "ul", "ud", "din", "ullah", "abu", "umm", "bin", "zai", "s/o", "@",
     "alias", ",", "عبد", "ال", "الله", "الدین", "ابو", "ولد", "عرف", "بی", "m", "khan", "رضا"]
)))  # fmt: skip
@settings(deadline=None, derandomize=True, max_examples=400)
def test_particles_alone_never_raise(parts: list[str]) -> None:
    name = parse(" ".join(parts))
    assert all(token.text and token.pieces for token in name.tokens)
