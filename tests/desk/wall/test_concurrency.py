"""Many at once, in processes of their own: nothing is lost, nobody is turned away."""

import json
import subprocess
import sys

import pytest
from tests.conftest import ROOT
from tests.desk.audit.raw import Raw

pytestmark = pytest.mark.own_node
TIMES = 6


def start(environ, *words):
    return subprocess.Popen(
        [sys.executable, "-m", "tests.desk.wall.writer", *map(str, words)],
        env=environ, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def end(process):
    said, wrong = process.communicate()
    assert process.returncode == 0, wrong
    return json.loads(said.splitlines()[-1])


def verified(environ):
    done = subprocess.run(
        [sys.executable, "-m", "rabta.cli", "audit", "verify", "--json"],
        env=environ, cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_eight_writers_lose_no_update(own_node):
    """Each changes a case of all, one of its own, and its neighbour's."""
    made = end(start(own_node, "made"))
    shared, *cases = made["cases"]
    before = verified(own_node)["writes"]["entries"]
    writers = []
    for n, user in enumerate(made["users"]):
        mine = [shared, cases[n], cases[(n + 1) % len(cases)]]
        writers.append(start(own_node, "change", user, json.dumps(mine), TIMES))
    ended = [end(each) for each in writers]
    assert sum(each["done"] for each in ended) == len(writers) * 3 * TIMES
    raw = Raw(own_node, "writes")
    rows = raw.do("SELECT id, station, version FROM cases_case")
    found = {pk: (len(said), version) for pk, said, version in rows}
    raw.close()
    assert found[shared] == (len(writers) * TIMES, len(writers) * TIMES + 1)
    assert {found[case] for case in cases} == {(2 * TIMES, 2 * TIMES + 1)}
    after = verified(own_node)["writes"]["entries"]
    assert after - before == len(writers) * 3 * TIMES


def test_a_load_starves_no_reader_and_no_writer(own_node, tmp_path):
    made = end(start(own_node, "made"))
    stop = tmp_path / "stop"
    load = start(own_node, "bulk", stop)
    try:
        assert load.stdout.readline() == "begun\n"
        readers = [start(own_node, "read", user, 20) for user in made["users"][:3]]
        writing = start(own_node, "change", made["users"][3], json.dumps(made["cases"][:1]), 5)
        assert [end(each)["reads"] for each in readers] == [20] * 3
        assert end(writing)["done"] == 5
        assert load.poll() is None, "the load ran all the while"
    finally:
        stop.touch()
    assert end(load)["rows"] >= 100
    assert verified(own_node)["reads"]["entries"] >= 60
