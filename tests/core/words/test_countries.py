"""Countries as registers and sanctions lists write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rabta.core.words.countries import countries, country_code


def test_all_of_iso_3166_1() -> None:
    every = countries()
    assert len(every) == 249
    assert all(len(code) == 2 and code.isascii() and code.isupper() for code in every)
    assert all(country.urdu for country in every.values())
    assert len({country.alpha3 for country in every.values()}) == 249
    assert all(len(c.alpha3) == 3 and c.alpha3.isupper() for c in every.values())
    assert {"PK", "AF", "IR", "IN", "CN", "GR", "LY", "AE", "OM", "TR", "IT"} <= set(every)


def test_no_spelling_means_two_countries() -> None:
    for code, country in countries().items():
        names = (country.alpha2, country.alpha3, country.name, country.urdu)
        for spelling in (*names, *country.variants):
            assert country_code(spelling) == code, spelling


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("pk", "PK"),
        ("PAK", "PK"),
        (" Pakistani ", "PK"),
        ("پاکستان", "PK"),
        ("پاكستان", "PK"),
        ("افغانستان", "AF"),
        ("Afghan", "AF"),
        ("IRAN", "IR"),
        ("Iran (Islamic Republic of)", "IR"),
        ("Islamic Republic of Iran", "IR"),
        ("Burma", "MM"),
        ("U.A.E.", "AE"),
        ("the Gambia", "GM"),
        ("Korea, North", "KP"),
        ("Democratic People's Republic of Korea", "KP"),
        ("Congo", "CG"),
        ("Congo, Democratic Republic of the", "CD"),
        ("Macedonia, The Former Yugoslav Republic of", "MK"),
        ("Cote d’Ivoire", "CI"),
        ("Turkey", "TR"),
        ("St. Kitts & Nevis", "KN"),
        ("सऊदी", None),
        ("नेपाल", "NP"),
        ("Kosovo", None),
        ("Korea", None),
        ("Dominican", None),
        ("Tajik", None),
        ("the", None),
        ("and", "AD"),
        ("", None),
        ("unknown", None),
        ("x" * 10_000, None),
    ],
)
def test_country_code(text: str, code: str | None) -> None:
    assert country_code(text) == code


@given(text=st.text(max_size=130))
def test_any_text_gives_a_code_or_none(text: str) -> None:
    found = country_code(text)
    assert found is None or found in countries()
