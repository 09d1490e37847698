from rabta.engines.linkage import names
from rabta.engines.linkage.names import CANNOT, DIFFERS, SAME, SOUND


def level(one: list[str], other: list[str]) -> int:
    spellings = names.read([one, other])
    left, right = spellings.of_record
    assert left is not None
    assert right is not None
    return spellings.level(left, right)


def test_the_best_of_the_spellings_counts() -> None:
    assert level(["Waqas Khattak", "Zubair Gondal"], ["زبیر گوندل"]) == SOUND
    assert level(["Zubair Gondal", "Waqas Khattak"], ["Waqas Khattak"]) == SAME
    assert level(["Zubair Gondal"], ["Waqas Khattak"]) == DIFFERS


def test_what_cannot_be_read_is_not_called_different() -> None:
    assert level(["نامعلوم"], ["Zubair Gondal"]) == CANNOT


def test_rows_without_a_name_have_no_set() -> None:
    assert names.read([[], None, [""], ["Zubair Gondal"]]).of_record == (None, None, None, 0)


def test_the_share_counts_namesakes_in_every_spelling() -> None:
    spellings = names.read([["Zubair Gondal"], ["زبیر گوندل"], ["Waqas Khattak"], []])
    assert spellings.share == (0.5, 0.5, 0.25)


def test_a_father_inside_the_name_is_found() -> None:
    own = [["Zubair Gondal s/o Naveed Khattak"], ["Waqas Awan"], None]
    found = names.fathers(names.read(own), [[], ["Tariq Awan"], None])
    assert [len(fathers) for fathers in found] == [1, 1, 0]
    assert level(found[0], ["Naveed Khattak"]) >= SOUND


def test_chance_is_seeded_and_sums_to_one() -> None:
    spellings = names.read([[name] for name in ("Zubair Gondal", "Waqas Khattak", "Ali Khan")] * 5)
    found = names.by_chance(spellings, pairs=2_000, seed=3)
    assert found == names.by_chance(spellings, pairs=2_000, seed=3)
    assert abs(sum(found.values()) - 1) < 1e-9
    assert 0.2 < found[SAME] < 0.4
