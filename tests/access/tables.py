"""Generated tables that are committed: how they are written, and how a difference is said."""

import csv
import difflib
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FIELDS = ROOT / "docs" / "know" / "fields.csv"
MATRIX = ROOT / "tests" / "access" / "matrix.csv"
ROUTES = ROOT / "tests" / "access" / "routes.csv"
COMMAND = "python -m tests.access.generate"


def text_of(rows: Iterable[Sequence[str]]) -> str:
    """Rows as the text of a file."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def difference(path: Path, rows: Iterable[Sequence[str]]) -> str:
    """What differs between what is committed and what is so, with what to do; or nothing."""
    committed = path.read_text(encoding="utf-8") if path.exists() else ""
    now = text_of(rows)
    if committed == now:
        return ""
    lines = list(
        difflib.unified_diff(
            committed.splitlines(), now.splitlines(), "committed", "now", lineterm="", n=0
        )
    )
    more = f"\n… and {len(lines) - 60} lines more" if len(lines) > 60 else ""
    return (
        f"{path.relative_to(ROOT)} is not what is so. Read the difference; if it is meant, run"
        f" “{COMMAND}” and commit it.\n" + "\n".join(lines[:60]) + more
    )
