"""The desk at size: rows loaded per second, look-up p50 and p95, pages and their queries.

``python -m benchmarks.desk --people 10000`` makes a node of the demo country in a temporary
folder (SQLite; a database of your own with RABTA_DATABASE_URL), and prints tables. Beside each
look-up stands a peer on the same names in the same run: a scan with rapidfuzz's WRatio over a
plain list, which keeps every name in clear and knows no wall.
"""

import argparse
import itertools
import os
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

BATCH = 500


@contextmanager
def node(keep: str | None) -> Iterator[Path]:
    """A node of its own; with ``keep`` it stays there and is used again."""
    with tempfile.TemporaryDirectory(prefix="rabta-bench-") as made:
        folder = Path(keep or made)
        os.environ["RABTA_DATA_DIR"] = str(folder)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rabta.desk.project.settings")
        import django

        django.setup()
        from rabta.desk.project.node import migrate

        migrate(verbosity=0)
        yield folder


def fill(people: int, seed: int) -> dict[str, Any]:
    """Make the country's agencies and officers and load its records; gives what it took."""
    from rabta.demo import build_country
    from rabta.desk.project import demo

    country = build_country(seed=seed, people=people)
    with demo.acting(demo.FOUNDER, "bench"):
        units = demo._agencies(country.agencies)
        users = demo._officers(country.people_of_the_desk, units, "bench passphrase", "A" * 32)
    demo.BATCH = BATCH
    names: list[str] = []

    def records() -> Iterator[Any]:
        for record in country.records():
            first = next((p.text for p in record.person.particulars if p.kind == "name"), "")
            names.append(first)
            yield record

    begun = time.perf_counter()
    count = demo._records(records(), units, users, lambda text: None)
    took = time.perf_counter() - begun
    return {"rows": count, "seconds": took, "names": names}


def timed(action: Callable[[], Any]) -> float:
    """Milliseconds of one call."""
    begun = time.perf_counter()
    action()
    return (time.perf_counter() - begun) * 1000


def spread(values: list[float]) -> str:
    """p50, p95 and the slowest."""
    ordered = sorted(values)
    p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    return f"{statistics.median(ordered):8.1f} {p95:8.1f} {ordered[-1]:8.1f}"


def investigator() -> Any:
    """The actor of the demo's investigator, in their posting of today."""
    from rabta.desk.accounts import selectors
    from rabta.desk.accounts.models import User

    user = User.objects.get(login="demo-supervisor")
    return selectors.actor_of(user, selectors.postings_of(user)[0])


def look_ups(names: list[str], *, asked: int, seed: int) -> None:
    """Look up names drawn from the records, as the demo's supervisor, and the same by the peer."""
    from rabta.desk.matching import look_up
    from rabta.desk.wall.session import acting

    draw = random.Random(seed)
    queries = draw.sample([name for name in names if name], k=min(asked, len(names)))
    actor = investigator()
    with acting(actor, "bench"):
        case = look_up.case_for(actor, str(look_up.open_cases(actor)[0].public_id))
    words = {"whole name": queries, "one word": [query.split()[0] for query in queries]}
    print(f"{'look-up':<28} {'p50 ms':>8} {'p95 ms':>8} {'most ms':>8}")
    for label, texts in words.items():
        took = []
        for text in texts:
            with acting(actor, "bench"):
                took.append(timed(lambda text=text: look_up.look_up(actor, text=text, case=case)))
        print(f"{label:<28} {spread(took)}")
    few = queries[: max(3, 3_000_000 // max(1, len(names)) // 10)][:20]
    peer = [timed(lambda q=q: process.extract(q, names, scorer=fuzz.WRatio, limit=20)) for q in few]
    print(f"{'peer: WRatio over a list':<28} {spread(peer)}")


def pages(*, repeat: int) -> None:
    """Time of pages and their queries, signed in as the demo's supervisor."""
    from django.conf import settings
    from django.db import connection, reset_queries
    from django.test import Client

    from rabta.desk.accounts.models import User

    client = Client(HTTP_HOST="localhost")
    user = User.objects.get(login="demo-supervisor")
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    session = client.session
    session["posting"] = user.postings.get().pk
    session.save()
    print(f"\n{'page':<28} {'p50 ms':>8} {'p95 ms':>8} {'most ms':>8} {'queries':>8}")
    for label, address in addresses(client):
        client.get(address)
        connection.force_debug_cursor = True
        reset_queries()
        status = client.get(address).status_code
        queries = len(connection.queries)
        connection.force_debug_cursor = False
        took = [timed(lambda a=address: client.get(a)) for _ in range(repeat)]
        print(f"{label:<28} {spread(took)} {queries:>8}  ({status})")


def addresses(client: Any) -> list[tuple[str, str]]:
    """The pages that are timed; one case and one person are found on the list."""
    import re

    listed = client.get("/cases/").content.decode()
    found = re.search(r"/cases/[0-9a-f-]{36}", listed)
    known = [
        ("home", "/"),
        ("cases", "/cases/"),
        ("look-up form", "/look-up"),
        ("links", "/links/"),
    ]
    if found:
        known.append(("a case", found.group(0)))
        person = re.search(r"/people/[0-9a-f-]{36}", client.get(found.group(0)).content.decode())
        if person:
            known.append(("a person", person.group(0)))
    return known


def main() -> None:
    """Run it for the sizes asked for."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=10_000)
    options.add_argument("--asked", type=int, default=200)
    options.add_argument("--seed", type=int, default=7)
    options.add_argument("--keep", help="a folder to keep the node in, and to use again")
    said = options.parse_args()
    with node(said.keep):
        from rabta.desk.accounts.models import User

        if User.objects.exists():
            from rabta.demo import build_country

            records = build_country(seed=said.seed, people=said.people).records()
            firsts = (
                next((p.text for p in r.person.particulars if p.kind == "name"), "")
                for r in records
            )
            names = list(itertools.chain(firsts))
        else:
            filled = fill(said.people, said.seed)
            names = filled["names"]
            rate = filled["rows"] / filled["seconds"]
            print(
                f"{filled['rows']:,} records of {said.people:,} people loaded: {rate:,.0f} rows/s\n"
            )
        look_ups(names, asked=said.asked, seed=said.seed)
        pages(repeat=30)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"\npeak memory {peak:,.0f} MB", file=sys.stdout)


if __name__ == "__main__":
    main()
