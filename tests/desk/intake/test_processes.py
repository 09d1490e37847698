"""A load as a process: killed anywhere it goes on, nobody waits for it, no file tells a name."""

import json
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.desk.intake.texts import as_csv, name_of, person_row
from tests.node import ROOT, files_of

KILLS = int(os.environ.get("RABTA_KILLS", "6"))
"""Points at which a load is killed; the full run takes 50."""

ROWS = 120
pytestmark = pytest.mark.own_node


class Node:
    """A node to oneself and the ways to work on it."""

    def __init__(self, environment: dict[str, str]):
        self.environment = environment | {
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])
        }
        token = self.run("-m", "tests.desk.intake.node_work", "prepare").stdout.strip()
        self.environment["RABTA_TOKEN"] = token

    def command(self, *arguments: object) -> list[str]:
        return [sys.executable, *map(str, arguments)]

    def run(self, *arguments: object, ends: int = 0) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            self.command(*arguments),
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == ends, done.stdout + done.stderr
        return done

    def load(self, file: Path) -> dict[str, int]:
        done = self.run("-m", "rabta.cli", "load", "agency-return", file, "--agency", "federal",
                        "--json")  # fmt: skip
        return json.loads(done.stdout.strip().splitlines()[-1])

    def killed(self, at: int, file: Path) -> None:
        self.run(
            "-m", "tests.desk.intake.node_work", "die", at,
            "load", "agency-return", file, "--agency", "federal", "--json",
            ends=-signal.SIGKILL,
        )  # fmt: skip

    def check(self) -> dict[str, object]:
        return json.loads(self.run("-m", "tests.desk.intake.node_work", "check").stdout)


@pytest.fixture
def node(own_node: dict[str, str]) -> Node:
    return Node(own_node)


def register(folder: Path, numbers: range) -> Path:
    rows = [person_row(number) for number in numbers]
    rows.insert(5, person_row(numbers[0], **{"FIR No": "900/2021", "Date of Birth": "31.02.1990"}))
    path = folder / f"register-{numbers[0]}.csv"
    path.write_text(as_csv(rows), encoding="utf-8")
    return path


def test_killed_at_any_statement_a_load_goes_on_where_it_was(node: Node, tmp_path: Path) -> None:
    chosen = random.Random(20210615)
    for number in range(KILLS):
        file = register(tmp_path, range(number * ROWS, (number + 1) * ROWS))
        # A load of these rows takes some 160 to 190 statements; from the 20th on it has begun.
        node.killed(chosen.randrange(20, 140), file)
        if number % 3 == 2:
            node.killed(chosen.randrange(20, 60), file)
        said = node.load(file)
        counts = [said[name] for name in ("read", "loaded", "unchanged", "updated", "refused")]
        assert counts == [ROWS + 1, ROWS, 0, 0, 1]
    found = node.check()
    assert found["people"] == KILLS * ROWS
    assert found["doubled"] == []
    assert found["names"] == sorted(name_of(n) for n in range(KILLS * ROWS))
    for load in found["loads"]:
        assert load["state"] == "applied"
        assert load["rows"] == {"loaded": ROWS, "refused": 1, "ignored": 1}
        assert load["staged"] == ROWS + 2
    assert len(found["loads"]) == KILLS
    node.run("-m", "rabta.cli", "audit", "verify")


def test_while_a_load_runs_reads_and_writes_of_others_succeed(node: Node, tmp_path: Path) -> None:
    file = register(tmp_path, range(600))
    running = subprocess.Popen(
        node.command("-m", "rabta.cli", "load", "agency-return", file, "--agency", "federal"),
        env=node.environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        worked = node.run("-m", "tests.desk.intake.node_work", "work")
    finally:
        assert running.wait(timeout=120) == 0
        for pipe in (running.stdout, running.stderr):
            pipe.close()
    said = json.loads(worked.stdout)
    assert said["seen"] >= 3
    assert said["written"] >= 3
    found = node.check()
    assert found["people"] == 600
    assert found["loads"][0]["counts"] == [601, 600, 0, 0, 1]
    node.run("-m", "rabta.cli", "audit", "verify")


def test_no_file_of_the_node_holds_a_name_in_clear(node: Node, tmp_path: Path) -> None:
    file = register(tmp_path, range(60))
    half = register(tmp_path, range(60, 120))
    node.load(file)
    node.killed(70, half)  # rows that wait, in the database and its log
    known = [name_of(n) for n in range(0, 120, 9)] + ["31.02.1990", "03000000007"]
    needles = [word.encode(code) for word in known for code in ("utf-8", "utf-16-le")]
    looked = 0
    for path, content in files_of(node.environment):
        looked += len(content)
        for needle in needles:
            assert needle not in content, path.name
    assert looked > 100_000
    assert node.check()["people"] >= 60
