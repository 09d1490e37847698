"""What two do at once to the same people: neither undoes nor misses what the other did."""

import json
import subprocess
import sys

import pytest
from tests.node import ROOT

pytestmark = pytest.mark.own_node


def at_once(environ: dict[str, str], what: str) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.desk.intake.at_once", what],
        env=environ,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_who_comes_into_a_case_while_it_is_sealed_is_met_by_no_file(own_node) -> None:
    assert at_once(own_node, "seal") == {
        "became": ["done", "done", "done"],
        "under the seal": 2,
        "met by files": [],
        "beside": 1,
    }


def test_a_load_that_is_taken_back_takes_nobodys_work_along(own_node) -> None:
    """Whoever was faster: an officer's change stays, or is refused and said to be."""
    said = at_once(own_node, "undo")
    assert said in (
        {"became": ["done", "Refused"], "left": 0},
        {"became": ["done", "done"], "left": 1},
    )
