"""What linkage promises, on small made-up people; names are built from parts."""

import random
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import pytest

from rabta.core.errors import BadInput
from rabta.core.linkage import Judged
from rabta.core.names import blocking_keys
from rabta.core.words.vocabulary import Verdict
from rabta.engines.linkage import PEOPLE_SCHEMA, Linkage, link

SAME, DIFFERENT = Verdict.SAME, Verdict.DIFFERENT


def person(
    record: int,
    *names: str,
    father: str = "",
    born: date | tuple[date, date] | None = None,
    ids: Iterable[str] = (),
    sex: str = "male",
    agency: int = 1,
) -> dict[str, Any]:
    earliest, latest = born if isinstance(born, tuple) else (born, born)
    return {
        "record": record,
        "agency": agency,
        "names": list(names),
        "father_names": [father] if father else [],
        "birth_earliest": earliest,
        "birth_latest": latest,
        "sex": sex,
        "nationalities": ["PK"],
        "identifiers": list(ids),
        "name_keys": sorted({key for name in names for key in blocking_keys(name)}),
    }


def run(people: Iterable[dict[str, Any]], *judged: Judged, seed: int = 1) -> Linkage:
    table = pa.Table.from_pylist(list(people), schema=PEOPLE_SCHEMA)
    return link(table, judged=judged, progress=lambda stage, done: None, seed=seed)


def proposed(linkage: Linkage) -> set[tuple[int, int]]:
    return {(pair.left, pair.right) for pair in linkage.pairs}


BORN = date(1985, 4, 3)


def trio() -> list[dict[str, Any]]:
    """Three records of one man, and one of somebody else."""
    return [
        person(10, "Zubair Gondal", father="Naveed Gondal", born=BORN, ids=["cnic:a", "phone:x"]),
        person(11, "زبیر گوندل", father="نوید گوندل", born=BORN, ids=["cnic:a"], agency=2),
        person(12, "Zubayr Gondal", father="Navid Gondal", born=BORN, ids=["phone:x"], agency=3),
        person(40, "Waqas Khattak", father="Salman Khattak", born=date(1962, 1, 9)),
    ]


def test_nobody_and_one_record_are_no_trouble() -> None:
    assert run([]).clusters == {}
    alone = run([person(5, "Zubair Gondal")])
    assert (alone.pairs, alone.clusters) == ((), {5: 5})


def test_one_man_in_three_spellings_and_two_scripts() -> None:
    outcome = run(trio())
    assert proposed(outcome) == {(10, 11), (10, 12), (11, 12)}
    assert outcome.clusters == {10: 10, 11: 10, 12: 10, 40: 40}
    (urdu,) = (pair for pair in outcome.pairs if (pair.left, pair.right) == (10, 11))
    assert {reason.code for reason in urdu.evidence} >= {"cnic_same", "birth_same_day"}
    assert urdu.probability > 0.99
    assert not urdu.bridge
    weights = [pair.weight for pair in outcome.pairs]
    assert weights == sorted(weights, reverse=True)


def test_reasons_come_strongest_first_and_all_have_words() -> None:
    for pair in run(trio()).pairs:
        weights = [abs(reason.weight) for reason in pair.evidence]
        assert weights == sorted(weights, reverse=True)
        assert all(str(reason).endswith(".") for reason in pair.evidence)


def test_judged_different_is_not_proposed_and_shares_no_cluster() -> None:
    outcome = run(trio(), Judged(11, 10, DIFFERENT))
    assert (10, 11) not in proposed(outcome)
    assert outcome.clusters[10] != outcome.clusters[11]


def test_what_follows_from_judgements_is_not_proposed() -> None:
    outcome = run(trio(), Judged(10, 12, SAME), Judged(10, 11, DIFFERENT))
    assert proposed(outcome) == set()
    assert outcome.clusters[12] == outcome.clusters[10] != outcome.clusters[11]


def test_unsure_is_not_asked_again_and_undone_is() -> None:
    assert (10, 11) not in proposed(run(trio(), Judged(10, 11, Verdict.UNSURE)))
    assert (10, 11) in proposed(run(trio(), Judged(10, 11, DIFFERENT, undone=True)))


def test_judged_same_share_a_cluster_though_nothing_else_joins_them() -> None:
    outcome = run(trio(), Judged(10, 40, SAME))
    assert outcome.clusters[40] == outcome.clusters[10]
    assert (10, 40) not in proposed(outcome)


def test_contradictory_judgements_are_told() -> None:
    outcome = run(trio(), Judged(10, 11, SAME), Judged(11, 12, SAME), Judged(10, 12, DIFFERENT))
    assert [found.different.pair for found in outcome.contradictions] == [(10, 12)]
    assert outcome.clusters[10] != outcome.clusters[12]


def test_judgements_of_records_that_are_gone_do_no_harm() -> None:
    outcome = run(trio(), Judged(10, 999, SAME), Judged(999, 12, DIFFERENT))
    assert set(outcome.clusters) == {10, 11, 12, 40}
    assert outcome.clusters[10] != outcome.clusters[12]


def test_a_birth_conflict_speaks_against() -> None:
    outcome = run(
        [
            person(1, "Zubair Gondal", born=BORN, ids=["cnic:a"]),
            person(2, "Zubair Gondal", born=date(1950, 1, 1), ids=["cnic:a"]),
        ]
    )
    (pair,) = outcome.pairs
    (conflict,) = (reason for reason in pair.evidence if reason.code == "birth_conflicts")
    assert conflict.weight < 0


def test_a_year_is_enough_to_agree() -> None:
    year = (date(1985, 1, 1), date(1985, 12, 31))
    outcome = run(
        [
            person(1, "Zubair Gondal", father="Naveed Gondal", born=BORN),
            person(2, "Zubair Gondal", father="Naveed Gondal", born=year),
        ]
    )
    (pair,) = outcome.pairs
    assert "birth_year_overlaps" in {reason.code for reason in pair.evidence}


GIVEN = ("Zubair", "Waqas", "Naveed", "Salman", "Bilal", "Tariq", "Rizwan", "Faisal", "Kamran")
SECOND = ("Nawaz", "Anwar", "Ashraf", "Sabir", "Latif", "Munir", "Zahid", "Arif", "Shakil")
LAST = ("Gondal", "Khattak", "Bhatti", "Qureshi", "Durrani", "Abbasi", "Afridi", "Awan", "Marwat")


def crowd(people: int) -> list[dict[str, Any]]:
    """Many people from a few parts; every third is recorded twice, as records 2n and 2n + 1."""
    chance = random.Random(people)
    rows = []
    for number in range(people):
        last = chance.choice(LAST)
        name = f"{chance.choice(GIVEN)} {chance.choice(SECOND)} {last}"
        father = f"{chance.choice(GIVEN)} {chance.choice(SECOND)} {last}"
        born = date(1960, 1, 2) + timedelta(days=chance.randrange(16_000))
        ids = [f"cnic:{number}"] if chance.random() < 0.6 else []
        rows.append(person(2 * number, name, father=father, born=born, ids=ids))
        if number % 3 == 0:
            year = (date(born.year, 1, 1), date(born.year, 12, 31))
            rows.append(
                person(
                    2 * number + 1,
                    name.replace("Q", "K").replace("aa", "a").replace("ee", "i"),
                    father=father if chance.random() < 0.8 else "",
                    born=born if chance.random() < 0.6 else year,
                    ids=ids if chance.random() < 0.7 else [],
                    agency=2,
                )
            )
    return rows


def test_weights_are_learnt_where_there_is_enough_to_learn_from() -> None:
    outcome = run(crowd(600))
    assert outcome.notes[0] == "weights-trained"
    right = sum(left // 2 == right // 2 for left, right in proposed(outcome))
    assert right >= 0.9 * len(outcome.pairs)
    assert right >= 0.9 * 200


def test_equal_input_and_seed_give_equal_output_whatever_the_order_of_rows() -> None:
    rows = crowd(390)
    judged = (Judged(0, 1, DIFFERENT), Judged(6, 9, SAME))
    assert run(rows, *judged, seed=4) == run(reversed(rows), *judged, seed=4)


def test_ten_thousand_namesakes_are_passed_over_and_told() -> None:
    outcome = run(person(record, "Zubair Gondal") for record in range(10_000))
    assert outcome.compared == 0
    assert outcome.unreached == 10_000
    (skipped,) = (each for each in outcome.skipped if each.rule == "name" and each.blocks)
    assert skipped.records == 10_000
    assert skipped.pairs >= 10_000 * 9_999 // 2


def test_one_man_is_found_among_thousands_of_namesakes() -> None:
    rows = [
        person(
            record,
            "Zubair Gondal",
            father=f"{'Naveed' if record % 2 else 'Waqas'} Gondal",
            born=date(1900 + record % 90, 1 + record % 12, 1 + record % 27),
        )
        for record in range(4_000)
    ]
    born = date(2001, 2, 3)
    rows.append(person(9_001, "Zubair Gondal", father="Kamran Qureshi", born=born))
    rows.append(person(9_002, "زبیر گوندل", father="کامران قریشی", born=born))
    outcome = run(rows)
    assert proposed(outcome) == {(9_001, 9_002)}
    (pair,) = outcome.pairs
    assert "About 4000 records here have such a name." in map(str, pair.evidence)


def test_an_identifier_that_everybody_holds_is_no_evidence() -> None:
    outcome = run(
        person(record, f"{'Zubair' if record % 2 else 'Waqas'} Gondal", ids=["cnic:0000"])
        for record in range(600)
    )
    assert outcome.pairs == ()
    assert "identifier" in {each.rule for each in outcome.skipped}


def test_progress_rises_to_one() -> None:
    heard: list[float] = []
    table = pa.Table.from_pylist(trio(), schema=PEOPLE_SCHEMA)
    link(table, judged=[], progress=lambda stage, done: heard.append(done))
    assert heard == sorted(heard)
    assert heard[-1] == 1.0


def test_whoever_listens_can_stop_it() -> None:
    class Stopped(Exception):
        pass

    def stop(stage: str, done: float) -> None:
        if stage == "training":
            raise Stopped

    with pytest.raises(Stopped):
        link(pa.Table.from_pylist(trio(), schema=PEOPLE_SCHEMA), judged=[], progress=stop)


def test_batches_are_taken_as_well_as_a_table() -> None:
    table = pa.Table.from_pylist(trio(), schema=PEOPLE_SCHEMA)
    outcome = link(
        iter(table.to_batches(max_chunksize=1)), judged=[], progress=lambda stage, done: None
    )
    assert outcome == run(trio())


@pytest.mark.parametrize(
    ("rows", "fact"),
    [
        ([person(1, "Zubair Gondal"), person(1, "Zubair Gondal")], ("record", 1)),
        ([person(1, "A"), person(2, "B", ids=["shoe-size:43"])], ("kind", "shoe-size")),
    ],
)
def test_what_cannot_be_used_is_refused(rows: list[dict[str, Any]], fact: tuple[str, Any]) -> None:
    with pytest.raises(BadInput) as caught:
        run(rows)
    assert caught.value.facts[fact[0]] == fact[1]


def test_a_missing_column_is_named() -> None:
    table = pa.Table.from_pylist(trio(), schema=PEOPLE_SCHEMA).drop_columns(["sex"])
    with pytest.raises(BadInput) as caught:
        link(table, judged=[], progress=lambda stage, done: None)
    assert caught.value.facts["column"] == "sex"
