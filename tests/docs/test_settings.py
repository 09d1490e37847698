"""The table of settings is the settings."""

import ast
import re

import pytest
from tests.docs.reading import ROOT, plain, table, text_of

from rabta.desk.project.config import Config

PAGE = "docs/do/settings.md"
NAME = re.compile(r"RABTA_[A-Z_]+")


def read_in_code() -> set[str]:
    """Every name of ours that the code holds as a text of its own."""
    found = set()
    for file in (ROOT / "src" / "rabta").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found |= {node.value} if NAME.fullmatch(node.value) else set()
    return found


def rows() -> list[tuple[str, ...]]:
    return table(text_of(PAGE), "setting")


def test_every_variable_that_is_read_is_documented_and_no_other():
    said = set(re.findall(r"^\| `(RABTA_[A-Z_]+)` \|", text_of(PAGE), re.MULTILINE))
    assert said == read_in_code()


def test_the_settings_are_those_of_the_config():
    source = text_of("src/rabta/desk/project/config.py")
    read = re.findall(r'^    """(RABTA_[A-Z_]+):', source, re.MULTILINE)
    assert [plain(row[0]) for row in rows()] == read


@pytest.mark.parametrize(("name", "default"), [(plain(row[0]), plain(row[1])) for row in rows()])
def test_the_default_is_what_is_said(name, default):
    assert Config.read({name: default}) == Config.read({})


def test_each_setting_does_something():
    other = {"RABTA_HTTPS": "1", "RABTA_IDLE_MINUTES": "7"}
    idle = [
        name
        for name in (plain(row[0]) for row in rows())
        if Config.read({name: other.get(name, "other")}) == Config.read({})
    ]
    assert idle == []
