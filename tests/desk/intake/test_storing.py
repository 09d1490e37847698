"""Files from the browser: never in clear on a disk, gone when they are no longer needed."""

import io
import tempfile
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.desk.intake.conftest import Desk, all_of
from tests.desk.intake.texts import as_csv, name_of, person_row

from rabta.core.errors import BadFile
from rabta.desk.intake import storing
from rabta.desk.intake.models import Load


def uploads() -> list[Path]:
    return list((settings.RABTA.data_dir / "uploads").glob("*"))


def test_what_is_kept_opens_as_it_was_and_tells_nothing() -> None:
    content = (name_of(1) * 100_000).encode()
    name, digest = storing.store(io.BytesIO(content))
    assert len(digest) == 64
    assert storing.size(name) > len(content)
    assert name_of(1).encode() not in b"".join(path.read_bytes() for path in uploads())
    with storing.opened(name, "register 1.csv") as path:
        assert path.read_bytes() == content
        assert path.name == "register 1.csv"
        assert path.is_file()
    assert not path.is_symlink()
    assert not path.parent.exists()
    storing.remove(name)
    assert storing.size(name) == 0
    with pytest.raises(FileNotFoundError), storing.opened(name, "x.csv"):
        pass


@pytest.mark.parametrize(
    "said", ["../../etc/passwd", "..", "", "a\x00b.csv", "رجسٹر.xlsx", "n" * 400 + ".csv"]
)
def test_a_files_own_name_leads_nowhere_else(said: str) -> None:
    name, _ = storing.store(io.BytesIO(b"content"))
    with storing.opened(name, said) as path:
        assert path.read_bytes() == b"content"
        assert path.parent.parent == Path(tempfile.gettempdir())
        if said.endswith((".csv", ".xlsx")):
            assert path.suffix == Path(said).suffix
    storing.remove(name)


def test_a_piece_of_another_file_does_not_open() -> None:
    one, _ = storing.store(io.BytesIO(b"one"))
    two, _ = storing.store(io.BytesIO(b"two"))
    folder = settings.RABTA.data_dir / "uploads"
    (folder / one).write_bytes((folder / two).read_bytes())
    with pytest.raises(InvalidTag), storing.opened(one, "x.csv"):
        pass
    storing.remove(one)
    storing.remove(two)


def test_a_file_that_is_too_large_is_refused_and_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storing, "LARGEST", 2 << 20)
    before = set(uploads())
    with pytest.raises(BadFile) as refused:
        storing.store(io.BytesIO(b"x" * (3 << 20)))
    assert "rabta load" in refused.value.help
    assert set(uploads()) == before


def test_an_upload_touches_no_disk_in_clear(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Whatever would write a temporary file finds no folder to write it in."""
    closed = tmp_path / "nowhere"
    monkeypatch.setattr(tempfile, "tempdir", str(closed))
    content = as_csv([person_row(n) for n in range(4000)]).encode()
    assert len(content) > 300_000
    seen = []
    keep = storing.store
    monkeypatch.setattr(storing, "store", lambda file: seen.append(file) or keep(file))
    monkeypatch.setattr("rabta.desk.intake.services.columns_of", lambda actor, load: None)
    given = {"kind": "agency-return", "agency": "federal"}
    answer = desk.browser().post(
        reverse("load-new"), {**given, "file": SimpleUploadedFile("r.csv", content)}
    )
    assert answer.status_code == 302
    assert not hasattr(seen[0], "temporary_file_path")
    assert not closed.exists()
    (load,) = all_of(Load)
    assert storing.size(load.stored_as) > len(content)
    assert content[:200] not in b"".join(path.read_bytes() for path in uploads())
