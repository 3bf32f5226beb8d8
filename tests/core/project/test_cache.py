"""Housekeeping of the cache."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tlft_desktop.core import fsio
from tlft_desktop.core.process import ProcessIdentity
from tlft_desktop.core.project.cache import CacheLease, PruneResult, cache_entries, prune_entries, remove_if_empty


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """Return a cache of three folders of 1,000 bytes; `a` was used first, `c` last."""
    for age, (kind, key) in enumerate([("pixels", "c"), ("features", "b"), ("features", "a")], start=1):
        folder = tmp_path / kind / key
        folder.mkdir(parents=True)
        (folder / "3x4.f16").write_bytes(b"x" * 1000)
        for path in (folder / "3x4.f16", folder):
            os.utime(path, (1_000_000 - age, 1_000_000 - age))
    (tmp_path / "index.db").write_bytes(b"other")
    return tmp_path


def _keys(cache: Path) -> list[str]:
    return [entry.path.name for entry in cache_entries(cache)]


def _size(cache: Path) -> int:
    return sum(entry.num_bytes for entry in cache_entries(cache))


def _prune(cache: Path, *, max_bytes: int = 0) -> PruneResult:
    return prune_entries(cache_entries(cache), max_bytes=max_bytes)


def test_the_least_recently_used_goes_first(cache: Path) -> None:
    assert (_keys(cache), _size(cache)) == (["a", "b", "c"], 3000)
    result = _prune(cache, max_bytes=2500)
    assert (result.num_bytes, result.num_bytes_left, result.kept) == (1000, 2000, ())
    assert _keys(cache) == ["b", "c"]
    _prune(cache)
    assert (_keys(cache), _size(cache)) == ([], 0)
    assert (cache / "index.db").exists()
    assert _size(cache / "nowhere") == 0


def test_what_a_living_process_uses_stays(cache: Path) -> None:
    with CacheLease(cache / "features" / "a"):
        result = _prune(cache)
        assert result.kept == (cache / "features" / "a",)
        assert _keys(cache) == ["a"]
    _prune(cache)
    assert _keys(cache) == []


def test_the_mark_of_a_process_that_is_gone_does_not_count(cache: Path) -> None:
    gone = {**ProcessIdentity.current().to_json(), "started": 1.0}
    fsio.write_json(cache / "features" / "a" / ".in-use-1-x.json", gone)
    (cache / "features" / "b" / ".in-use-2-x.json").write_bytes(b"{")
    _prune(cache)
    assert _keys(cache) == []


def test_of_another_computer_nothing_is_known_so_its_mark_counts(cache: Path) -> None:
    other = {**ProcessIdentity.current().to_json(), "host": "lab-7"}
    fsio.write_json(cache / "features" / "a" / ".in-use-1-x.json", other)
    _prune(cache)
    assert _keys(cache) == ["a"]


def test_using_a_folder_makes_it_the_latest(cache: Path) -> None:
    CacheLease(cache / "features" / "a").release()
    assert _keys(cache) == ["b", "c", "a"]


def test_a_folder_is_made_for_its_mark_and_goes_if_nothing_was_kept(tmp_path: Path) -> None:
    folder = tmp_path / "features" / "new"
    with CacheLease(folder):
        remove_if_empty(folder)
        assert folder.exists(), "in use"
    remove_if_empty(folder)
    assert not folder.exists()
    remove_if_empty(folder)
    (folder / "3x4.f16").parent.mkdir()
    (folder / "3x4.f16").write_bytes(b"x")
    remove_if_empty(folder)
    assert folder.exists()


def test_with_files_of_others_a_folder_stays(cache: Path) -> None:
    (cache / "features" / "a" / "notes.txt").write_bytes(b"mine")
    result = _prune(cache)
    assert result.kept == (cache / "features" / "a",)
    assert (cache / "features" / "a" / "notes.txt").read_bytes() == b"mine"
