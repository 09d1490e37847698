"""The demo country's names and numbers: who is shown them, and where they stand in clear."""

import json
import subprocess
import sys
from collections.abc import Iterator

import pytest
from tests import node
from tests.conftest import ROOT

from rabta.core.words.vocabulary import Duty

pytestmark = pytest.mark.own_node


def run(environ: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", *words], env=environ, cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.fixture(scope="module")
def country() -> Iterator[tuple[dict[str, str], dict[str, object], str]]:
    """A node with the demo country, what a walk through it found, and what was logged."""
    name = f"leaks_{node.worker()}"
    environ = node.PLAIN | node.make_node(name) | {"PYTHONPATH": str(ROOT)}
    made = run(environ, "rabta.cli", "demo", "--people", "150", "--seed", "11")
    walked = run(environ, "tests.desk.project.crawl")
    found = json.loads(walked.stdout.splitlines()[-1])
    yield environ, found, made.stdout + made.stderr + walked.stderr
    node.drop_node(name)


def test_the_walk_went_through_every_duty(country) -> None:
    _, found, _ = country
    assert set(found["duties"]) == {str(duty) for duty in Duty}
    assert found["texts"] > 300
    assert found["opened"] > 300
    assert found["met"] > 50
    assert found["broken"] == []
    assert found["looked"] > 1_000_000
    assert any(text.isascii() for text in found["known"])
    assert any(not text.isascii() for text in found["known"])


def test_nobody_is_shown_what_is_not_open_to_them(country) -> None:
    _, found, _ = country
    assert found["told"] == []


def test_no_table_holds_a_name_or_a_number_in_clear(country) -> None:
    _, found, _ = country
    assert found["stored"] == []


def test_no_log_and_no_file_holds_one(country) -> None:
    environ, found, logged = country
    needles = [
        text.encode(code) for text in found["known"] for code in ("utf-8", "utf-16-le")
    ]  # fmt: skip
    assert not [text for text in found["known"] if text in logged]
    looked = 0
    for path, content in node.files_of(environ):
        looked += len(content)
        assert not [needle for needle in needles if needle in content], path.name
    assert looked > 1_000_000
