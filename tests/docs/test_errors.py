"""The table of errors is complete, with the answer each gets."""

import ast

from tests.docs.reading import ROOT, plain, table, text_of

from rabta.core import errors
from rabta.desk.accounts import rules as accounts
from rabta.desk.frame.middleware import STATUS

HOMES = (errors, accounts)


def classes_in_code() -> dict[str, str]:
    """Names of our errors, wherever in the house they stand → code."""
    known = {"RabtaError"}
    trees = [
        ast.parse(file.read_text(encoding="utf-8")) for file in (ROOT / "src/rabta").rglob("*.py")
    ]
    defined = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    found: dict[str, str] = {}
    while True:
        before = len(found)
        for node in defined:
            bases = {base.id for base in node.bases if isinstance(base, ast.Name)}
            if node.name == "RabtaError" or bases & known:
                known.add(node.name)
                found[node.name] = _code(node)
        if len(found) == before:
            return found


def _code(node: ast.ClassDef) -> str:
    for line in node.body:
        target = line.target if isinstance(line, ast.AnnAssign) else None
        if isinstance(line, ast.Assign):
            target = line.targets[0]
        value = getattr(line, "value", None)
        if isinstance(target, ast.Name) and target.id == "code" and isinstance(value, ast.Constant):
            return str(value.value)
    raise AssertionError(f"{node.name} has no code of its own")


def rows() -> list[tuple[str, ...]]:
    return [tuple(map(plain, row)) for row in table(text_of("docs/know/errors.md"), "code")]


def test_every_error_is_in_the_table_and_no_other():
    assert {row[1]: row[0] for row in rows()} == classes_in_code()


def test_no_code_stands_twice():
    codes = [row[0] for row in rows()]
    assert len(codes) == len(set(codes))


def test_the_answer_is_what_is_said():
    for _, name, page, _ in rows():
        kind = next(getattr(home, name) for home in HOMES if hasattr(home, name))
        answer = next((status for base, status in STATUS if issubclass(kind, base)), 500)
        assert answer == int(page), name
