"""A secret file is made once and never read half-written."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from rabta.desk.project.secret import session_secret
from rabta.desk.wall import once
from rabta.desk.wall.once import made_once


def test_it_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "a.key"
    assert made_once(file, b"first") == b"first"
    assert made_once(file, b"second") == b"first"
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [file]


def test_all_who_start_at_once_agree(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        said = set(pool.map(session_secret, [tmp_path / "keys"] * 64))
    assert len(said) == 1
    assert len(said.pop()) == 64
    assert [path.name for path in (tmp_path / "keys").iterdir()] == ["session.key"]


def test_it_is_not_there_before_it_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.key"
    seen: list[bool] = []
    monkeypatch.setattr(once.os, "fsync", lambda handle: seen.append(file.exists()))
    made_once(file, b"whole")
    assert seen == [False]
    assert os.path.getsize(file) == 5


def test_whoever_is_slower_reads_what_the_faster_wrote(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.key"
    monkeypatch.setattr(once.os, "fsync", lambda handle: file.write_bytes(b"faster"))
    assert made_once(file, b"slower") == b"faster"
    assert list(tmp_path.iterdir()) == [file]
