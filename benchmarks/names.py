"""Names: does the right person come first, do the keys find him, and at what cost?

Run as ``python -m benchmarks.names [--all]``. It needs ``data/names/alias_dev.csv`` (columns
pool, entity, primary, country, alias, kind: real aliases of public lists) in a ``shared`` folder
beside the checkout, and says so when it is not there. The tables of ``rabta.core.names`` were
tuned on the entities whose hash is even; the figures are for the odd ones.

Peers, in the same run and on the same candidates: rapidfuzz WRatio and Jaro-Winkler over a crude
transliteration, letter by letter, of our own.
"""

import argparse
import csv
import hashlib
import random
import time
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

from rabta.core.names import blocking_keys, compare_prepared, name_keys, prepare

CRUDE = {
    letter: latin
    for row in (
        "اa بb پp تt ٹt ثth جj چch حh خkh دd ڈd ذdh رr ڑr زz ژzh سs شsh صs ضz طt ظz عa غgh فf قq",
        "کk كk گg لl مm نn ںn وw هh ةa ہh ھh یy يy ىa ےe ئy ؤw آa أa إi",
    )
    for letter, *rest in row.split()
    for latin in ["".join(rest)]
} | {"ء": ""}
QUERIES_PER_GROUP = 250
CANDIDATES = 100
UNRELATED = 60.0
"""Below this WRatio over the transliteration an alias has nothing in common with the name."""


class Pair(NamedTuple):
    """One alias and the name of the same person."""

    group: str
    entity: str
    alias: str
    primary: str


def main() -> None:
    """Print the tables, or say why not."""
    parser = argparse.ArgumentParser(description="Measure rabta.core.names on real aliases.")
    parser.add_argument("--all", action="store_true", help="every held-out pair, not a sample")
    arguments = parser.parse_args()
    path = find_data()
    if path is None:
        print("names: skipped, shared/data/names/alias_dev.csv is not beside this checkout")
        return
    pairs = [pair for pair in read(path) if odd(pair.entity)]
    print(f"{len(pairs):,} pairs of {len({p.entity for p in pairs}):,} held-out entities\n")
    measure_keys(pairs)
    measure_ranking(pairs, None if arguments.all else QUERIES_PER_GROUP)


def find_data() -> Path | None:
    """The file, in a folder ``shared`` beside any folder above this one."""
    for parent in Path(__file__).resolve().parents:
        path = parent / "shared" / "data" / "names" / "alias_dev.csv"
        if path.is_file():
            return path
    return None


def read(path: Path) -> Iterable[Pair]:
    """Every row as a pair, in a group by source, script and country."""
    regions = {"IR": "Iran", "PK": "Pakistan", "AF": "Afghanistan"}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["pool"] == "ofac":
                group = "Latin aliases, sanctions list"
            elif row["kind"] == "alias":
                group = "Latin aliases, encyclopaedia"
            else:
                group = "Arabic script, " + regions.get(row["country"], "Arab countries")
            yield Pair(group, row["entity"], row["alias"], row["primary"])


def odd(entity: str) -> bool:
    """Whether an entity is held out."""
    return bool(hashlib.md5(entity.encode()).digest()[0] & 1)


def transliterate(name: str) -> str:
    """Letter by letter, marks off, lower case: what a day's work would give."""
    plain = unicodedata.normalize("NFKD", name.replace(",", " ").replace("-", " ").casefold())
    return " ".join("".join(CRUDE.get(c, c) for c in plain if not unicodedata.combining(c)).split())


def measure_keys(pairs: list[Pair]) -> None:
    """Share of true pairs, and of false ones, that share a key to look up or block with."""
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for pair in pairs:
        shared = bool(blocking_keys(pair.alias) & blocking_keys(pair.primary))
        alike = fuzz.WRatio(transliterate(pair.alias), transliterate(pair.primary)) >= UNRELATED
        tally = found[pair.group]
        tally[0] += 1
        tally[1] += shared
        tally[2] += alike
        tally[3] += shared and alike
    print(f"{'keys: true pairs found':34}{'pairs':>8}{'all':>8}{'related':>9}")
    for group, (count, shared, alike, both) in sorted(found.items()):
        print(f"{group:34}{count:8,}{shared / count:8.3f}{both / alike:9.3f}")
    holders: dict[str, list[str]] = defaultdict(list)
    names = {pair.entity: pair.primary for pair in pairs}
    for entity, name in names.items():
        for key in blocking_keys(name):
            holders[key].append(entity)
    false = {
        (one, two) for held in holders.values() for i, one in enumerate(held) for two in held[:i]
    }
    per_name = sum(len(name_keys(name)) for name in names.values()) / len(names)
    chance = len(false) / (len(names) * (len(names) - 1) / 2)
    print(f"\nfalse pairs that share a key: {chance:.5%} ({2 * len(false) / len(names):.2f} names")
    print(f"brought up per name among {len(names):,}); {per_name:.1f} keys stored per name\n")


def measure_ranking(pairs: list[Pair], limit: int | None) -> None:
    """Rank the right name among 100 hard ones, found half by the peer and half by us."""
    generator = random.Random(20)
    entities = sorted({pair.entity for pair in pairs})
    primary = {pair.entity: pair.primary for pair in pairs}
    names = [primary[entity] for entity in entities]
    crude = [transliterate(name) for name in names]
    prepared = [prepare(name) for name in names]
    bones = [name.wholes[0] for name in prepared]
    by_group: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        by_group[pair.group].append(pair)
    methods = ("rabta", "WRatio", "Jaro-Winkler")
    scored: dict[str, list[tuple[float, bool]]] = {method: [] for method in methods}
    spent = dict.fromkeys(methods, 0.0)
    compared = 0
    print(
        f"{'first among 100 hard candidates':34}{'queries':>8}"
        + "".join(f"{m:>14}" for m in methods)
    )
    for group, members in sorted(by_group.items()):
        sample = members if limit is None else generator.sample(members, min(limit, len(members)))
        first = dict.fromkeys(methods, 0.0)
        for pair in sample:
            right = entities.index(pair.entity)
            query, written = prepare(pair.alias), transliterate(pair.alias)
            near = process.extract(written, crude, scorer=fuzz.WRatio, limit=CANDIDATES // 2)
            nearer = process.extract(query.wholes[0], bones, scorer=fuzz.ratio, limit=CANDIDATES)
            order = dict.fromkeys([right, *(i for *_, i in near), *(i for *_, i in nearer)])
            candidates = list(order)[:CANDIDATES]
            judges: dict[str, Callable[[int], float]] = {
                "rabta": lambda i, q=query: compare_prepared(q, prepared[i]).score or 0.0,
                "WRatio": lambda i, w=written: fuzz.WRatio(w, crude[i]),
                "Jaro-Winkler": lambda i, w=written: JaroWinkler.similarity(w, crude[i]),
            }
            compared += len(candidates)
            for method, judge in judges.items():
                start = time.perf_counter()
                scores = [judge(i) for i in candidates]
                spent[method] += time.perf_counter() - start
                if scores[0] >= max(scores):
                    first[method] += 1 / scores.count(scores[0])  # a tie is shared
                scored[method] += [(score, i == 0) for i, score in enumerate(scores)]
        shares = "".join(f"{first[method] / len(sample):14.3f}" for method in methods)
        print(f"{group:34}{len(sample):8,}{shares}")
    best = "".join(f"{best_f1(scored[method]):14.3f}" for method in methods)
    cost = "".join(f"{spent[method] / compared * 1e6:14.1f}" for method in methods)
    print(f"{'F1, one threshold for all':42}{best}")
    print(f"{'microseconds a pair':42}{cost}")


def best_f1(scored: list[tuple[float, bool]]) -> float:
    """The best F1 that one threshold over all scripts gives."""
    ranked = sorted(scored, reverse=True)
    true = sum(right for _, right in ranked)
    hits, best = 0, 0.0
    for count, (score, right) in enumerate(ranked, 1):
        hits += right
        if count == len(ranked) or ranked[count][0] != score:
            best = max(best, 2 * hits / (count + true))
    return best


if __name__ == "__main__":
    main()
