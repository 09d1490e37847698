"""Noted heads: never lost while many note and the file is shortened, and it does not grow."""

import multiprocessing
import os

import pytest

from rabta.core.errors import BrokenLedger
from rabta.desk.wall import heads


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(heads, "folder", lambda: tmp_path)
    return tmp_path


def head(day, seq):
    return heads.Noted(f"2024-05-{day:02}", seq, f"{seq:064x}", "ab" * 64)


def test_what_was_noted_is_read(folder):
    wrote = [head(1, 1), head(1, 2)]
    for each in wrote:
        heads.note("writes", each)
    assert heads.noted("writes") == wrote
    assert heads.noted("reads") == []


def test_the_highest_of_each_day_is_kept_whatever_the_order(folder):
    told = [head(1, 2), head(1, 3), head(1, 1), head(2, 5), head(2, 4)]
    assert heads.kept(told) == [head(1, 3), head(2, 5)]


def test_the_file_does_not_grow_for_ever(folder, monkeypatch):
    monkeypatch.setattr(heads, "STEP", 4096)
    for seq in range(1, 600):
        heads.note("writes", head(1 + seq // 200, seq))
    assert (folder / "writes.heads").stat().st_size < 2 * 4096
    noted = {each.seq for each in heads.noted("writes")}
    assert {199, 399, 599} <= noted


def test_days_longer_than_the_step_do_not_shorten_it_at_every_note(folder, monkeypatch):
    monkeypatch.setattr(heads, "STEP", 1024)
    for day in range(1, 29):
        heads.note("writes", head(day, day))
    shortened = []
    monkeypatch.setattr(heads, "_shorten", lambda *told: shortened.append(told))
    heads.note("writes", head(28, 99))
    heads.note("writes", head(28, 100))
    assert len(shortened) <= 1


@pytest.mark.parametrize("line", ["", "x", "2024-05-01 one a b", "2024-05-01 1 a"])
def test_a_spoilt_line_is_said(folder, line):
    (folder / "writes.heads").write_text(head(1, 1).line() + line + "\n")
    with pytest.raises(BrokenLedger):
        heads.noted("writes")


def _note_many(folder, worker, each):
    heads.folder = lambda: folder
    heads.STEP = 2048
    for n in range(each):
        heads.note("writes", head(1 + n // 10, n * 8 + worker))


def test_eight_processes_note_and_shorten_and_lose_nothing(folder):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rabta.desk.project.settings")
    fork = multiprocessing.get_context("fork")
    workers = [fork.Process(target=_note_many, args=(folder, w, 100)) for w in range(8)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    assert [each.exitcode for each in workers] == [0] * 8
    last = {each.day: each.seq for each in heads.kept(heads.noted("writes"))}
    assert last == {f"2024-05-{1 + n:02}": (n * 10 + 9) * 8 + 7 for n in range(10)}
