"""Room for new features: what was not used for longest goes, and nothing that anybody needs."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tlft_desktop.core import fsio
from tlft_desktop.core.errors import StorageError
from tlft_desktop.core.project import cache_budget
from tlft_desktop.core.project.cache import CacheLease, cache_entries
from tlft_desktop.core.project.cache_budget import DEFAULT_BYTES, feature_budget, make_room

HOUR = 3600.0


def put(cache: Path, name: str, num_bytes: int = 1000, *, hours_ago: float = 10.0) -> Path:
    """Make a folder of the cache that was used some hours ago; negative ones lie in the future."""
    folder = cache / name
    folder.mkdir(parents=True)
    (folder / ("7-0a.pixels" if name.startswith("pixels") else "3x4.f16")).write_bytes(b"x" * num_bytes)
    used = time.time() - hours_ago * HOUR
    os.utime(folder, (used, used))
    return folder


def names(cache: Path) -> set[str]:
    """Return what is left, as kind and key."""
    return {f"{entry.kind}/{entry.path.name}" for entry in cache_entries(cache)}


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """Return the free space that the disk tells of, under the key `free`; by default it sets no limit."""
    told = {"free": 1 << 50}
    monkeypatch.setattr(fsio, "free_space", lambda path: told["free"])
    return told


@pytest.fixture
def cache(tmp_path: Path, disk: dict[str, int]) -> Path:
    """Return a cache of three folders of features of 1,000 bytes, `a` used before `b` before `c`, and one of pixels."""
    folder = tmp_path / "cache"
    for hours, key in ((30, "a"), (20, "b"), (10, "c")):
        put(folder, f"features/{key}", hours_ago=hours)
    put(folder, "pixels/p", hours_ago=40)
    return folder


@pytest.fixture
def other_process(cache: Path) -> Iterator[Path]:
    """Return a folder that another process uses."""
    folder = cache / "features" / "a"
    used = folder.stat().st_mtime
    code = f"""
        from pathlib import Path
        from tlft_desktop.core.project.cache import CacheLease
        with CacheLease(Path({str(folder)!r})):
            print("ready", flush=True)
            input()
    """
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    os.utime(folder, (used, used))
    yield folder
    process.communicate("\n", timeout=30)


def test_what_was_not_used_for_longest_goes_first_and_no_more_than_is_needed(cache: Path) -> None:
    make_room(cache, 1000, limit=4000)
    assert names(cache) == {"features/a", "features/b", "features/c", "pixels/p"}
    make_room(cache, 1001, limit=4000)
    assert names(cache) == {"features/b", "features/c", "pixels/p"}
    CacheLease(cache / "features" / "b").release()
    make_room(cache, 3000, limit=4000)
    assert names(cache) == {"features/b", "pixels/p"}, "using it made it the latest"


def test_where_it_would_not_fit_even_then_nothing_is_deleted(cache: Path) -> None:
    before = names(cache)
    with pytest.raises(StorageError, match=r"need 0\.0 MiB, and at most 0\.0 MiB .* The preferences can allow more"):
        make_room(cache, 4001, limit=4000)
    with pytest.raises(StorageError, match="can be freed"):
        make_room(cache, 3001, limit=4000, keep={cache / "features" / "b"})
    assert names(cache) == before


def test_a_limit_of_nothing_keeps_nothing(cache: Path) -> None:
    with pytest.raises(StorageError, match="The preferences or the policy of this computer allow no features on disk"):
        make_room(cache, 1, limit=0)
    assert feature_budget(cache, cache_entries(cache), 0).max_bytes == 0


def test_without_a_wish_it_is_the_default_and_at_most_half_of_the_disk(cache: Path, disk: dict[str, int]) -> None:
    entries = cache_entries(cache)
    assert feature_budget(cache, entries, None).max_bytes == DEFAULT_BYTES
    disk["free"] = 7000
    for limit in (None, 1 << 40):
        budget = feature_budget(cache, entries, limit)
        assert (budget.num_bytes, budget.max_bytes, budget.is_disk_short) == (3000, 5000, True)
    assert feature_budget(cache, entries, 4000).max_bytes == 4000
    # What features give back is free then: their share stays.
    assert feature_budget(cache, entries, None).without(entries[1]).max_bytes == 5000


def test_a_disk_that_does_not_say_how_full_it_is_sets_no_limit(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> int:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(fsio, "free_space", refuse)
    assert feature_budget(cache, cache_entries(cache), 5000).max_bytes == 5000


def test_pixels_go_only_where_the_disk_is_too_full(cache: Path, disk: dict[str, int]) -> None:
    make_room(cache, 4000, limit=4000)
    assert names(cache) == {"pixels/p"}
    put(cache, "pixels/own", hours_ago=50)
    put(cache, "pixels/new", hours_ago=0.1)
    put(cache, "features/d", hours_ago=45)
    disk["free"] = 1000
    make_room(cache, 1400, limit=4000, keep={cache / "pixels" / "own"})
    assert names(cache) == {"pixels/own", "pixels/new"}
    with pytest.raises(StorageError, match="The disk is too full"):
        make_room(cache, 1600, limit=4000, keep={cache / "pixels" / "own"})


def test_what_another_process_uses_stays(cache: Path, other_process: Path) -> None:
    make_room(cache, 3000, limit=4500)
    assert names(cache) == {"features/a", "pixels/p"}
    with pytest.raises(StorageError):
        make_room(cache, 3600, limit=4500)


def test_what_somebody_begins_to_use_meanwhile_stays(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = cache / "features" / "a"
    listed = cache_entries(cache)
    monkeypatch.setattr(cache_budget, "cache_entries", lambda folder: listed)
    with CacheLease(first):
        make_room(cache, 2000, limit=4000)
    assert names(cache) == {"features/a", "features/c", "pixels/p"}


def test_the_clock_was_set_back(cache: Path) -> None:
    # Used while the clock was ahead: before all that was used since.
    put(cache, "features/future", hours_ago=-24 * 365)
    put(cache, "features/later", hours_ago=-24 * 300)
    make_room(cache, 2000, limit=4000)
    assert names(cache) == {"features/b", "features/c", "pixels/p"}
    put(cache, "features/again", hours_ago=-24 * 365)
    CacheLease(cache / "features" / "again").release()
    make_room(cache, 3000, limit=4000)
    assert names(cache) == {"features/again", "pixels/p"}, "used again with the right clock"


@pytest.mark.parametrize("foreign", ["notes.txt", "album/picture.jpg", "rows.f16"])
def test_files_of_others_stay(cache: Path, foreign: str) -> None:
    file = cache / "features" / "a" / foreign
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"mine")
    (cache / "features" / "todo.txt").write_bytes(b"mine")
    (cache / "photos" / "summer").mkdir(parents=True)
    (cache / "photos" / "summer" / "1.jpg").write_bytes(b"mine")
    make_room(cache, 3000, limit=4500)
    assert file.read_bytes() == b"mine"
    assert names(cache) == {"features/a", "pixels/p", "photos/summer"}
    assert (cache / "features" / "todo.txt").exists()
    assert (cache / "photos" / "summer" / "1.jpg").exists()


def test_what_file_managers_leave_keeps_nothing(cache: Path) -> None:
    folder = put(cache, "features/e", hours_ago=60)
    (folder / ".DS_Store").write_bytes(b"x")
    used = time.time() - 60 * HOUR
    os.utime(folder, (used, used))
    make_room(cache, 2000, limit=4000)
    assert names(cache) == {"features/b", "features/c", "pixels/p"}


def test_what_cannot_be_looked_into_stays(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    walk = os.walk

    def refusing(top: Path, **options: object) -> object:
        if top.name == "a":
            options["onerror"](PermissionError(13, "Permission denied"))  # type: ignore[operator]
            return iter(())
        return walk(top, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(os, "walk", refusing)
    make_room(cache, 3500, limit=4000)
    assert names(cache) == {"features/a", "pixels/p"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
def test_a_mark_that_cannot_be_read_counts(cache: Path) -> None:
    os.mkfifo(cache / "features" / "a" / ".in-use-1-x.json")
    make_room(cache, 3000, limit=4000)
    assert names(cache) == {"features/a", "pixels/p"}


def test_where_one_cannot_be_deleted_the_next_goes(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    remove = fsio.remove_tree

    def refusing(path: Path) -> None:
        if path.name == "a":
            raise StorageError("kept open")
        remove(path)

    monkeypatch.setattr(fsio, "remove_tree", refusing)
    make_room(cache, 3000, limit=4000)
    assert names(cache) == {"features/a", "pixels/p"}
    with pytest.raises(StorageError, match="can be freed"):
        make_room(cache, 4000, limit=4000)


@pytest.mark.parametrize("kind", ["rename", "unlink"])
def test_a_kill_while_deleting_leaves_whole_folders_only(cache: Path, kind: str) -> None:
    code = f"""
        import os
        from pathlib import Path
        from tlft_desktop.core import fsio
        from tlft_desktop.core.project.cache_budget import make_room
        def kill(operation, path):
            if operation == {kind!r}:
                os._exit(9)
        fsio.primitives.operation = kill
        make_room(Path({str(cache)!r}), 3000, limit=4000)
    """
    assert subprocess.run([sys.executable, "-c", textwrap.dedent(code)], check=False).returncode == 9
    left = {name for name in names(cache) if "/.tmp-" not in name}
    assert left == {"features/b", "features/c", "pixels/p"} | ({"features/a"} if kind == "rename" else set())
    assert all((cache / name / "3x4.f16").stat().st_size == 1000 for name in left if name.startswith("features"))
    make_room(cache, 2000, limit=4000)
    assert names(cache) == {"features/b", "features/c", "pixels/p"}
    assert not list(cache.rglob(".tmp-*"))
