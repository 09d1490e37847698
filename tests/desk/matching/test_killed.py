"""A run killed anywhere in its writing: the next one finds nothing twice and loses nothing."""

import json
import os
import random
import signal
import subprocess
import sys

import pytest
from tests.desk.matching.link_work import MEN
from tests.node import ROOT

KILLS = int(os.environ.get("RABTA_KILLS", "4"))
"""Points at which a run is killed; the full run takes 50."""

pytestmark = pytest.mark.own_node


def run(node: dict[str, str], *arguments: object, ends: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *map(str, arguments)],
        env=node,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == ends, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def node(own_node: dict[str, str]) -> dict[str, str]:
    own_node["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    own_node["RABTA_TOKEN"] = run(own_node, "tests.desk.matching.link_work", "prepare").strip()
    return own_node


def test_killed_at_any_statement_the_next_run_is_whole(node: dict[str, str]) -> None:
    chosen = random.Random(20190917)
    links = 3 * MEN
    for _ in range(KILLS):
        # A batch takes some ten statements, one that is there already two: each run gets further,
        # and even one that finds everything there takes more than these.
        at = chosen.randrange(1, 22)
        run(node, "tests.desk.matching.link_work", "die", at, ends=-signal.SIGKILL)
        found = json.loads(run(node, "tests.desk.matching.link_work", "check"))
        assert len({(left, right) for left, right, _ in found["pairs"]}) == len(found["pairs"])
        assert {state for _, _, state in found["pairs"]} <= {"open"}
    said = json.loads(run(node, "rabta.cli", "link", "--json").strip().splitlines()[-1])
    assert said["proposed"] == links
    whole = json.loads(run(node, "tests.desk.matching.link_work", "check"))
    assert [state for _, _, state in whole["pairs"]] == ["open"] * links
    assert whole["runs"] == ["interrupted"] * KILLS + ["done"]

    run(node, "tests.desk.matching.link_work", "judge")
    run(node, "tests.desk.matching.link_work", "die", 20, ends=-signal.SIGKILL)
    run(node, "rabta.cli", "link", "--json")
    after = json.loads(run(node, "tests.desk.matching.link_work", "check"))
    first = [*min(whole["pairs"])[:2], "judged"]
    assert after["pairs"] == [first, *whole["pairs"][1:]]
    assert after["judged"] == [first[:2]]
    run(node, "rabta.cli", "audit", "verify")
