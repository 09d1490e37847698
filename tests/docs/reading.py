"""What the documents say: their links, their tables, their fences, their headings."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def prose(text: str) -> str:
    """A page without its fences."""
    return FENCE.sub("", text)


def fences(text: str, kind: str) -> Iterator[str]:
    for found in FENCE.finditer(text):
        if found[2] == kind:
            yield found[3]


def commands(text: str) -> Iterator[str]:
    """Lines of console fences that somebody is to type."""
    for fence in fences(text, "console"):
        for line in fence.splitlines():
            if line.strip().startswith("$ "):
                yield line.strip()[2:]


def table(text: str, first: str) -> list[tuple[str, ...]]:
    """The rows of the table whose first heading is ``first``."""
    lines = iter(text.splitlines())
    for line in lines:
        if _cells(line)[:1] == (first,):
            next(lines)
            break
    else:
        raise AssertionError(f"there is no table that begins with {first}")
    rows = []
    for line in lines:
        if not line.startswith("|"):
            break
        rows.append(_cells(line))
    return rows


def _cells(line: str) -> tuple[str, ...]:
    if not line.startswith("|"):
        return ()
    return tuple(cell.strip() for cell in line.strip().strip("|").split("|"))


def plain(cell: str) -> str:
    """A cell without its code marks; a dash stands for nothing."""
    said = cell.strip().strip("`")
    return "" if said == "—" else said


def anchors(text: str) -> set[str]:
    """The anchors of a page's headings, as hosts of repositories make them."""
    found = set()
    for line in prose(text).splitlines():
        if line.startswith("#"):
            words = line.lstrip("#").strip().lower().replace("`", "")
            found.add(re.sub(r"[^\w\- ]", "", words).replace(" ", "-"))
    return found
