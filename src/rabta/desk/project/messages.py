"""Compile the translations: ``python -m rabta.desk.project.messages``. Needs gettext's msgfmt."""

import subprocess
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent.parent


def compile_all() -> list[Path]:
    """Make a .mo beside every .po; gives what was made."""
    made = []
    for source in sorted((HOUSE / "locale").glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        command = ["msgfmt", "--check-format", "-o", str(target), str(source)]
        subprocess.run(command, check=True)  # noqa: S603 - our own files
        made.append(target)
    return made


if __name__ == "__main__":
    compile_all()
