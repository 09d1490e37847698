"""The source of the house as trees: what it calls, imports and names."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
HOUSE = ROOT / "src" / "rabta"


@cache
def trees(folder: Path = HOUSE) -> tuple[tuple[str, ast.Module], ...]:
    """Every Python file under a folder: its path below the project, its tree."""
    return tuple(
        (path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted(folder.rglob("*.py"))
    )


def calls(name: str, folder: Path = HOUSE) -> Iterator[tuple[str, ast.Call]]:
    """Every call of a function by this name, whatever it hangs on."""
    for path, tree in trees(folder):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                called = node.func
                said = called.attr if isinstance(called, ast.Attribute) else None
                if isinstance(called, ast.Name):
                    said = called.id
                if said == name:
                    yield path, node


def mentions(name: str, folder: Path = HOUSE) -> Iterator[str]:
    """Every file that speaks of a name other than by calling it or defining it."""
    for path, tree in trees(folder):
        called = {id(n.func) for n in ast.walk(tree) if isinstance(n, ast.Call)}
        for node in ast.walk(tree):
            alias = isinstance(node, ast.ImportFrom) and any(
                each.name == name for each in node.names
            )
            spoken = isinstance(node, ast.Name | ast.Attribute) and id(node) not in called
            said = getattr(node, "attr", None) or getattr(node, "id", None)
            if alias or (spoken and said == name):
                yield path


def imports(folder: Path = HOUSE) -> Iterator[tuple[str, str]]:
    """Every file with each package it imports, wherever in the file."""
    for path, tree in trees(folder):
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                for each in node.names:
                    yield path, each.name.split(".")[0]
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield path, node.module.split(".")[0]


def words(folder: Path = HOUSE) -> Iterator[tuple[str, str]]:
    """Every name and every string of a file that is one word."""
    for path, tree in trees(folder):
        for node in ast.walk(tree):
            match node:
                case ast.Name(id=said) | ast.Attribute(attr=said) | ast.keyword(arg=str(said)):
                    yield path, said
                case ast.Constant(value=str(said)) if said.isidentifier():
                    yield path, said
                case ast.FunctionDef(name=said) | ast.ClassDef(name=said):
                    yield path, said
