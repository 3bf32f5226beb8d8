"""What killed programs left half-written is removed by the next one, and nothing else is."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from storage_samples import left_temporary
from tlft_desktop.core import fsio
from tlft_desktop.core.fsio import temporaries
from tlft_desktop.paths import AppPaths, usable_paths

RANDOM = "0123456789ab"
DAY_SECONDS = 24 * 3600


def parts_of_own_name(folder: Path) -> list[str]:
    """Return machine, process number, start and chance as this process writes them."""
    name = fsio.temporary_name(folder / "x").name
    assert re.fullmatch(r"\.tmp-[0-9a-f]{8}-\d+-[0-9a-f]+-[0-9a-f]{12}", name)
    return name.removeprefix(".tmp-").split("-")


def placed(path: Path, *, days_old: float = 0) -> Path:
    path.write_bytes(b"x")
    changed = time.time() - days_old * DAY_SECONDS
    os.utime(path, (changed, changed))
    return path


@pytest.mark.parametrize("is_folder", [False, True])
def test_what_a_killed_process_left_goes(tmp_path: Path, is_folder: bool) -> None:
    left = left_temporary(tmp_path, is_folder=is_folder)
    assert left.is_dir() == is_folder
    fsio.remove_temporaries(tmp_path / "nowhere")
    fsio.remove_temporaries(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_a_living_process_writes_stays_however_old(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom tlft_desktop.core import fsio\n"
        f"path = fsio.temporary_name(Path({str(tmp_path / 'x')!r}))\nfsio.write_bytes(path, b'x')\n"
        "print(path, flush=True)\ninput()"
    )
    child = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert child.stdin is not None
    assert child.stdout is not None
    path = Path(child.stdout.readline().strip())
    placed(path, days_old=400)
    fsio.remove_temporaries(tmp_path)
    assert path.exists()
    child.communicate("\n")
    fsio.remove_temporaries(tmp_path)
    assert not path.exists()


def test_a_number_that_another_process_has_now_does_not_keep_it(tmp_path: Path) -> None:
    machine, _, started, chance = parts_of_own_name(tmp_path)
    left = placed(tmp_path / f".tmp-{machine}-{os.getppid()}-1-{chance}")
    earlier = placed(tmp_path / f".tmp-{machine}-{os.getpid()}-{int(started, 16) - 1000:x}-{chance}")
    fsio.remove_temporaries(tmp_path, own=False)
    assert not left.exists()
    assert not earlier.exists()


def test_what_this_process_made_goes_only_where_nothing_of_it_can_be_writing(tmp_path: Path) -> None:
    own = placed(fsio.temporary_name(tmp_path / "x"))
    fsio.remove_temporaries(tmp_path, own=False)
    assert own.exists()
    fsio.remove_temporaries(tmp_path)
    assert not own.exists()


def test_what_another_machine_writes_stays_for_a_week(tmp_path: Path) -> None:
    foreign, dead_number = "00000000", 2**22 - 3
    fresh = placed(tmp_path / f".tmp-{foreign}-{dead_number}-1-{RANDOM}", days_old=temporaries.FOREIGN_DAYS - 0.1)
    old = placed(tmp_path / f".tmp-{foreign}-{os.getpid()}-1-{RANDOM}", days_old=temporaries.FOREIGN_DAYS + 0.1)
    fsio.remove_temporaries(tmp_path)
    assert fresh.exists()
    assert not old.exists()


def test_a_name_of_an_earlier_version_tells_no_machine_and_stays_for_a_week(tmp_path: Path) -> None:
    fresh = placed(tmp_path / f".tmp-{2**22 - 3}-{RANDOM}", days_old=temporaries.FOREIGN_DAYS - 0.1)
    old = placed(tmp_path / f".tmp-{2**22 - 4}-{RANDOM}", days_old=temporaries.FOREIGN_DAYS + 0.1)
    fsio.remove_temporaries(tmp_path)
    assert fresh.exists()
    assert not old.exists()


def test_what_others_named_alike_and_links_stay(tmp_path: Path) -> None:
    machine, number, _, _ = parts_of_own_name(tmp_path)
    kept = [
        f".tmp-{number}",
        ".tmp-notes",
        f".tmp-{machine}-{number}-1-{RANDOM}.txt",
        f"tmp-{machine}-{number}-1-{RANDOM}",
    ]
    for name in kept:
        placed(tmp_path / name, days_old=400)
    fsio.make_folder(tmp_path / "real")
    placed(tmp_path / "real" / "a")
    link = tmp_path / f".tmp-{machine}-{2**22 - 3}-1-{RANDOM}"
    link.symlink_to(tmp_path / "real")
    fsio.remove_temporaries(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {*kept, "real", link.name}
    assert (tmp_path / "real" / "a").exists()


def test_a_link_inside_of_a_leftover_is_not_followed(tmp_path: Path) -> None:
    left = left_temporary(tmp_path, is_folder=True)
    fsio.make_folder(tmp_path / "real")
    placed(tmp_path / "real" / "a")
    (left / "link").symlink_to(tmp_path / "real")
    fsio.remove_temporaries(tmp_path)
    assert not left.exists()
    assert (tmp_path / "real" / "a").exists()


def test_writers_of_what_somebody_named_remove_what_lies_beside_it(tmp_path: Path) -> None:
    left_temporary(tmp_path)
    fsio.write_output(tmp_path / "table.csv", b"x")
    left_temporary(tmp_path, is_folder=True)
    fsio.write_new_folder(tmp_path / "pictures", {"a.png": b"x"})
    assert {path.name for path in tmp_path.iterdir()} == {"table.csv", "pictures"}


def test_the_next_start_removes_what_lies_in_the_folders_of_the_program(tmp_path: Path) -> None:
    paths = AppPaths.below(tmp_path)
    usable_paths(paths)
    for folder in (paths.config, paths.data):
        left_temporary(folder)
    usable_paths(paths)
    assert not list(tmp_path.rglob(".tmp-*"))
