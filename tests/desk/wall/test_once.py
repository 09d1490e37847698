"""A secret file is made once and never read half-written."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from rabta.desk.project.secret import session_secret
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


def test_whoever_finds_it_finds_it_whole(tmp_path: Path) -> None:
    file, content = tmp_path / "a.key", bytes(32 << 20)
    with ThreadPoolExecutor(1) as pool:
        making = pool.submit(made_once, file, content)
        while not (file.exists() or making.done()):
            pass
        assert len(file.read_bytes()) == len(content)


def test_of_many_who_make_it_at_once_all_read_what_one_of_them_wrote(tmp_path: Path) -> None:
    for turn in range(20):
        file = tmp_path / f"{turn}.key"
        wrote = [bytes([n]) * 4096 for n in range(8)]
        with ThreadPoolExecutor(8) as pool:
            said = set(pool.map(made_once, [file] * len(wrote), wrote))
        assert len(said) == 1
        assert said <= {file.read_bytes()} <= set(wrote)
    assert len(list(tmp_path.iterdir())) == 20
