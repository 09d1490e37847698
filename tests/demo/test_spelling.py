"""How names get written."""

from hypothesis import given, settings
from hypothesis import strategies as st

from rabta.demo import lists, spelling
from rabta.demo.dice import Dice

PARTS = [part for _, _, _, part in lists.name_parts()]


def test_by_ear_follows_the_known_variants() -> None:
    assert "Mahmud" in spelling.by_ear("Mahmood")
    assert "Rafik" in spelling.by_ear("Rafiq")
    assert "Navaz" in spelling.by_ear("Nawaz")
    assert "Salim" in spelling.by_ear("Saleem")
    assert spelling.by_ear("Gul") == ("Gul",)


def test_by_ear_keeps_the_first_letter() -> None:
    for part in PARTS:
        for word in part.latin[0].split():
            assert all(heard[0] == word[0] for heard in spelling.by_ear(word))


@settings(deadline=None, derandomize=True)
@given(seed=st.integers(0, 10_000), part=st.sampled_from(PARTS))
def test_a_part_stays_in_its_script(seed: int, part: lists.Part) -> None:
    dice = Dice(seed)
    assert spelling.latin(dice, part).isascii()
    assert not any(letter.isascii() and letter != " " for letter in spelling.urdu(dice, part))


@settings(deadline=None, derandomize=True)
@given(seed=st.integers(0, 10_000), word=st.text(min_size=1, max_size=12))
def test_a_slip_is_small_and_never_in_the_first_letter(seed: int, word: str) -> None:
    slipped = spelling.slip(Dice(seed), word)
    assert slipped[0] == word[0]
    assert abs(len(slipped) - len(word)) <= 1
    assert len(word) >= 4 or slipped == word


def test_digits_can_be_eastern() -> None:
    assert spelling.eastern("0399-12") == "۰۳۹۹-۱۲"
