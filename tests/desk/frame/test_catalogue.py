"""The Urdu catalogue has a translation, with the same fields, for every word people read."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
HOUSE = ROOT / "src/rabta"
CATALOGUE = HOUSE / "locale/ur/LC_MESSAGES/django.po"
FIELD = re.compile(r"\{\w+\}|%\(\w+\)[sd]|%[sd]")
QUOTED = r'(?:".*"\n)'
ENTRY = re.compile(
    rf"^msgid ({QUOTED}+)(?:msgid_plural ({QUOTED}+))?((?:msgstr.*\n{QUOTED}*)+)", re.MULTILINE
)


def entries(text: str) -> list[tuple[str, list[str]]]:
    """Pairs of what is said in English and its translations (one a plural form)."""

    def joined(quoted: str) -> str:
        return "".join(re.findall(r'"(.*)"', quoted)).replace('\\"', '"')

    found = []
    for said, _, translated in ENTRY.findall(text + "\n"):
        forms = re.findall(r'msgstr(?:\[\d\])? ((?:".*"\n)+)', translated)
        found.append((joined(said), [joined(form) for form in forms]))
    return [entry for entry in found if entry[0]]


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The catalogue as it would be after ``makemessages`` over the tree as it stands."""
    if not shutil.which("xgettext"):
        pytest.skip("gettext is not installed: apt-get install gettext")
    copy = tmp_path_factory.mktemp("words") / "rabta"
    shutil.copytree(
        HOUSE, copy, ignore=shutil.ignore_patterns("__pycache__", "built", "parts", "*.mo")
    )
    subprocess.run(
        [
            *(sys.executable, "-m", "django", "makemessages", "--locale", "ur"),
            *("--no-obsolete", "--no-wrap", "--add-location", "file"),
        ],
        cwd=copy,
        check=True,
        capture_output=True,
        timeout=300,
    )
    return copy / "locale/ur/LC_MESSAGES/django.po"


def test_every_word_is_translated(fresh: Path) -> None:
    said = entries(fresh.read_text("utf-8"))
    assert len(said) > 100
    # A guess of msgmerge ("fuzzy") is not a translation.
    text = re.sub(r"(?m)^#, .*fuzzy.*\n((?:#.*\n)*)(msgid (?:.*\n)+?)msgstr \".*\"\n(?:\".*\"\n)*",
                  r'\2msgstr ""\n', fresh.read_text("utf-8"))  # fmt: skip
    missing = [english for english, forms in entries(text) if not all(forms)]
    assert not missing, "not yet in Urdu:\n" + "\n".join(missing)


def test_translations_keep_their_fields() -> None:
    wrong = [
        english
        for english, forms in entries(CATALOGUE.read_text("utf-8"))
        for form in forms
        if form and sorted(set(FIELD.findall(english))) != sorted(set(FIELD.findall(form)))
    ]
    assert not wrong


def test_the_catalogue_compiles(tmp_path: Path) -> None:
    if not shutil.which("msgfmt"):
        pytest.skip("gettext is not installed: apt-get install gettext")
    made = tmp_path / "django.mo"
    subprocess.run(["msgfmt", "--check-format", "-o", made, CATALOGUE], check=True)
    assert made.stat().st_size > 1000
