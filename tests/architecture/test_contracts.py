"""The laws of the house hold, and no exception is listed."""

import subprocess
import sys
import tomllib

from django.apps import apps
from tests.architecture.sources import ROOT


def contracts() -> list[dict]:
    with open(ROOT / "pyproject.toml", "rb") as file:
        return tomllib.load(file)["tool"]["importlinter"]["contracts"]


def test_every_contract_is_kept():
    command = "from importlinter.cli import lint_imports_command as run; run()"
    done = subprocess.run(
        [sys.executable, "-c", command, "--no-cache"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout
    assert f"{len(contracts())} kept, 0 broken" in done.stdout


def test_no_exception_is_listed():
    assert contracts()
    for contract in contracts():
        assert not [key for key in contract if key.startswith("ignore")], contract["name"]


def test_every_module_of_every_room_is_in_a_layer():
    (within,) = [contract for contract in contracts() if "containers" in contract]
    rooms = {
        app.name
        for app in apps.get_app_configs()
        if app.name.startswith("rabta.desk.") and app.name.split(".")[-1] not in {"wall", "frame"}
    }
    assert set(within["containers"]) == rooms
    assert within["exhaustive"] is True


def test_every_contract_is_a_sentence():
    for contract in contracts():
        assert len(contract["name"].split()) > 3, contract["name"]


def test_no_file_grows_into_a_house_of_its_own():
    """Past some four hundred lines a file becomes a folder of the same name."""
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for path in (ROOT / "src").rglob("*.py")
        if "migrations" not in path.parts
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}


def test_there_is_no_drawer_for_everything():
    names = {path.stem for path in (ROOT / "src").rglob("*")}
    assert not names & {"utils", "helpers", "common", "managers", "misc"}
