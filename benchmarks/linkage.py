"""How well and how fast linkage finds the same people in the demo country, beside a peer.

    python -m benchmarks.linkage --people 20000            measure (seed 7)
    python -m benchmarks.linkage --people 20000 --seed 1   the seed that anything is tuned on
    python -m benchmarks.linkage --write-weights           learn the committed weights (seed 1)

The peer is Splink set up as its documentation shows it: first name and surname by Jaro-Winkler,
date of birth, blocking on surname, on date of birth and on CNIC, connected components. As it
reads no Arabic script it is given a letter-by-letter transliteration. It gets every advantage
that costs no thought: the CNIC in digits, the first of several names.
"""

import argparse
import hashlib
import json
import resource
import time
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from rabta.core.linkage import Judged
from rabta.core.names import name_keys
from rabta.core.words.vocabulary import Particular, Sex
from rabta.demo import DemoRecord, build_country
from rabta.engines.linkage import PEOPLE_SCHEMA, link

MEASURED_ON, TUNED_ON = 7, 1

NAMES = (Particular.NAME, Particular.ALIAS)
IDENTIFIERS = (
    Particular.CNIC,
    Particular.PASSPORT,
    Particular.DOCUMENT,
    Particular.PHONE,
    Particular.ACCOUNT,
    Particular.VEHICLE,
    Particular.ADDRESS,
)

LETTERS = dict(
    zip(
        "ابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکكگلمنںوهہھةیيىےئءآأؤټځڅډړږښګڼۍې",
        "abpttsjchkddzrrzzsssztzagfqkkglmnnvhhhhyyyyy aavtzcdrzsgnyy",
        strict=False,
    )
)


def transliterated(text: str) -> str:
    """What stands there letter by letter, in small Latin letters."""
    return "".join(LETTERS.get(letter, letter) for letter in text.lower())


def people_of(records: Iterable[DemoRecord]) -> tuple[pa.Table, list[int]]:
    """The records as linkage takes them, and the true person of each row."""
    rows: list[dict[str, Any]] = []
    truth: list[int] = []
    agencies: dict[str, int] = {}
    for number, record in enumerate(records):
        given: dict[Particular, list[str]] = {}
        birth = None
        for particular in record.person.particulars:
            given.setdefault(particular.kind, []).append(particular.text)
            birth = birth or particular.date
        names = [text for kind in NAMES for text in given.get(kind, ())]
        rows.append(
            {
                "record": number,
                "agency": agencies.setdefault(record.agency, len(agencies)),
                "names": names,
                "father_names": given.get(Particular.FATHER_NAME, []),
                "birth_earliest": birth.earliest if birth else None,
                "birth_latest": birth.latest if birth else None,
                "sex": None if record.person.sex is Sex.UNKNOWN else str(record.person.sex),
                "nationalities": list(record.person.nationalities),
                "identifiers": [
                    f"{kind}:{opaque(canonical(kind, text))}"
                    for kind in IDENTIFIERS
                    for text in given.get(kind, ())
                ],
                "name_keys": sorted({opaque(key) for name in names for key in name_keys(name)}),
            }
        )
        truth.append(record.truth)
    return pa.Table.from_pylist(rows, schema=PEOPLE_SCHEMA), truth


def canonical(kind: Particular, text: str) -> str:
    """One form of an identifier, as the desk stores it."""
    folded = "".join(
        str(unicodedata.digit(letter)) if letter.isdigit() else letter.casefold()
        for letter in text
        if letter.isalnum()
    )
    return folded[-10:] if kind is Particular.PHONE else folded


def opaque(key: str) -> str:
    """A key as linkage sees it."""
    return hashlib.blake2b(key.encode(), key=b"benchmark", digest_size=12).hexdigest()


def quality(pairs: set[tuple[int, int]], truth: list[int]) -> tuple[float, float, float]:
    """Precision, recall and F1 of pairs of rows against the true persons."""
    true = sum(count * (count - 1) // 2 for count in Counter(truth).values())
    right = sum(truth[left] == truth[right] for left, right in pairs)
    precision = right / len(pairs) if pairs else 1.0
    recall = right / true if true else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall or 1.0)


def pairs_of(clusters: Mapping[int, int]) -> set[tuple[int, int]]:
    """All pairs that share a cluster."""
    members: dict[int, list[int]] = {}
    for record in sorted(clusters):
        members.setdefault(clusters[record], []).append(record)
    return {
        (left, right)
        for group in members.values()
        for place, left in enumerate(group)
        for right in group[place + 1 :]
    }


def ours(people: pa.Table, truth: list[int], *, seed: int) -> None:
    """Run Rabta's linkage and print what came out."""
    began, worked = time.perf_counter(), time.process_time()
    stages: dict[str, float] = {}

    def heard(stage: str, done: float) -> None:
        stages.setdefault(stage, time.perf_counter() - began)

    judged: list[Judged] = []
    outcome = link(people, judged=judged, progress=heard, seed=seed)
    took = time.perf_counter() - began
    pairs = {(pair.left, pair.right) for pair in outcome.pairs}
    print(f"Rabta: {took:.1f} s, {time.process_time() - worked:.1f} s of CPU, peak {peak():.0f} MB")
    print(f"  compared {outcome.compared:,} pairs; {outcome.unreached:,} records met no other")
    row("  proposed pairs", quality(pairs, truth), len(pairs))
    inside = {(pair.left, pair.right) for pair in outcome.pairs if not pair.bridge}
    row("  without bridges", quality(inside, truth), len(inside))
    clustered = pairs_of(outcome.clusters)
    row("  clusters", quality(clustered, truth), len(clustered))
    for skipped in outcome.skipped:
        print(
            f"  passed over, {skipped.rule}: {skipped.blocks:,} keys of {skipped.records:,} "
            f"records, {skipped.pairs:,} pairs"
        )
    print("  weights:", ", ".join(outcome.notes))
    print("  begun at:", ", ".join(f"{stage} {at:.1f}" for stage, at in stages.items()))


def peer(people: pa.Table, truth: list[int], *, seed: int) -> None:
    """Run Splink as documented and print what came out."""
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on
    from splink import comparison_library as cl

    began = time.perf_counter()
    rows = []
    for person in people.to_pylist():
        words = transliterated(person["names"][0]).split() if person["names"] else []
        born = person["birth_earliest"]
        rows.append(
            {
                "unique_id": person["record"],
                "first_name": words[0] if words else None,
                "surname": words[-1] if len(words) > 1 else None,
                "dob": born.isoformat() if born else None,
                "cnic": next((i for i in person["identifiers"] if i.startswith("cnic")), None),
            }
        )
    api = DuckDBAPI()
    schema = pa.schema([("unique_id", pa.int64())] + [(n, pa.string()) for n in PEER_COLUMNS])
    linker = Linker(
        api.register(pa.Table.from_pylist(rows, schema=schema)),
        SettingsCreator(
            link_type="dedupe_only",
            comparisons=[
                cl.JaroWinklerAtThresholds("first_name", [0.9, 0.7]).configure(
                    term_frequency_adjustments=True
                ),
                cl.JaroWinklerAtThresholds("surname", [0.9, 0.7]).configure(
                    term_frequency_adjustments=True
                ),
                cl.DateOfBirthComparison("dob", input_is_string=True),
                cl.ExactMatch("cnic"),
            ],
            blocking_rules_to_generate_predictions=[
                block_on("first_name", "surname"),
                block_on("surname", "substr(dob, 1, 4)"),
                block_on("dob"),
                block_on("cnic"),
            ],
        ),
        log_level=None,
    )
    linker.training.estimate_probability_two_random_records_match(
        [block_on("first_name", "surname", "dob"), block_on("cnic")], recall=0.6
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6 + 1, seed=seed)
    for rule in (block_on("first_name", "surname"), block_on("dob")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule, max_pairs=1e6)
    predicted = linker.inference.predict(threshold_match_probability=0.5, warning_mode="never")
    components = linker.clustering.cluster_pairwise_predictions_at_threshold(
        predicted, threshold_match_probability=0.95
    )
    took = time.perf_counter() - began
    pairs = {
        (min(r["unique_id_l"], r["unique_id_r"]), max(r["unique_id_l"], r["unique_id_r"]))
        for r in predicted.as_record_list()
    }
    print(f"Splink as documented: {took:.1f} s (memory is that of the whole process)")
    row("  proposed pairs", quality(pairs, truth), len(pairs))
    clusters = {r["unique_id"]: r["cluster_id"] for r in components.as_record_list()}
    clustered = pairs_of(clusters)
    row("  clusters", quality(clustered, truth), len(clustered))


PEER_COLUMNS = ("first_name", "surname", "dob", "cnic")


def row(label: str, measured: tuple[float, float, float], count: int) -> None:
    """Print one line of the table."""
    precision, recall, f1 = measured
    print(f"{label:<18} precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}  ({count:,})")


def peak() -> float:
    """Most memory the process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def write_weights(people: pa.Table, *, size: int) -> None:
    """Learn the weights on the tuning seed and write them where the engine reads them."""
    from rabta.engines.linkage import model, training

    taken: list[training.Trained] = []
    train = training.train

    def kept(*args: Any, **named: Any) -> training.Trained:
        taken.append(train(*args, **named))
        return taken[-1]

    training.train = kept
    try:
        link(people, judged=[], progress=lambda stage, done: None, seed=TUNED_ON)
    finally:
        training.train = train
    learnt = taken[0]
    content = {
        "origin": (
            f"Learnt by benchmarks.linkage --write-weights on the demo country of seed {TUNED_ON} "
            f"with {size} people; what it could not teach was set by hand."
        ),
        "pairs_per_record": round(learnt.prior * (people.num_rows - 1) / 2, 3),
        "chances": {code: list(chances) for code, chances in learnt.chances.items()},
    }
    path = Path(model.__file__).with_name("weights.json")
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    print(f"Wrote {path.name}: {', '.join(learnt.notes)}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--people", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=MEASURED_ON)
    parser.add_argument("--without-peer", action="store_true")
    parser.add_argument("--write-weights", action="store_true")
    asked = parser.parse_args()
    seed = TUNED_ON if asked.write_weights else asked.seed
    people, truth = people_of(build_country(seed=seed, people=asked.people).records())
    print(f"Demo country, seed {seed}: {asked.people:,} people in {people.num_rows:,} records")
    if asked.write_weights:
        write_weights(people, size=asked.people)
        return
    ours(people, truth, seed=seed)
    if not asked.without_peer:
        peer(people, truth, seed=seed)


if __name__ == "__main__":
    main()
