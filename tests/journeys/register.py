"""Small registers to load: people of no country, some rows with a role that is none."""

import re
from typing import Any

HEADINGS = "FIR No,Name of accused,Father's name,Role"
NUMBERS = re.compile(r"(\w+)\s+(\d+)")


def register(name: str, *, first: int, people: int, bad: int = 0) -> Any:
    """A file as a browser's file field takes it: rows that are well, then those that are not.

    ``first`` is the number of the first case: registers of their own cases change no other's.
    """
    roles = ["accused"] * people + ["helmsman"] * bad
    rows = [
        f"{first + number}/2024,Namoona {'Misal' * (number + 1)},Naam Misal,{role}"
        for number, role in enumerate(roles)
    ]
    text = "\n".join([HEADINGS, *rows, ""])
    return {"name": f"{name}.csv", "mimeType": "text/csv", "buffer": text.encode()}


def counts_of(main: Any) -> dict[str, int]:
    """The counts that a page of a load shows, which must add up."""
    counts = {word: int(n) for word, n in NUMBERS.findall(main.locator(".sum").inner_text())}
    parts = [n for word, n in counts.items() if word != "Read"]
    assert counts["Read"] == sum(parts)
    return counts
