"""Rows A2, A3, A5-A8 of the fault matrix: every operation of the disk fails once, or is the last before a kill."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from fault_loop import Scenario, check_errors, check_kills, failing, injected
from storage_samples import (
    leftovers,
)
from storage_scenarios import SAVE_CHECKPOINT, SCENARIOS
from tlft_desktop.core import fsio
from tlft_desktop.core.errors import ResourceError, StorageError
from tlft_desktop.core.fsio import primitives

pytestmark = [pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning"), pytest.mark.usefixtures("quick_disk")]

by_name = pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)


# ---- A2, A3, A5, A6, A7: every operation once


@pytest.mark.parametrize("scenario", SAVE_CHECKPOINT, ids=lambda scenario: scenario.name)
def test_a2_a_kill_while_a_checkpoint_is_saved_leaves_the_old_or_the_new_one(
    scenario: Scenario, tmp_path: Path
) -> None:
    assert check_kills(scenario, tmp_path) >= 10


@by_name
def test_a3_a_kill_leaves_the_old_or_the_new_state(scenario: Scenario, tmp_path: Path) -> None:
    assert check_kills(scenario, tmp_path) >= 3


@pytest.mark.parametrize("scenario", [*SAVE_CHECKPOINT, *SCENARIOS], ids=lambda scenario: scenario.name)
def test_a5_a_full_disk_leaves_the_old_or_the_new_state_and_trying_again_helps(
    scenario: Scenario, tmp_path: Path
) -> None:
    assert check_errors(scenario, tmp_path, number=None) >= 3


@pytest.mark.parametrize("number", [errno.EIO, errno.EDQUOT, errno.EROFS, errno.EACCES], ids=errno.errorcode.get)
@pytest.mark.parametrize(
    "scenario", [SAVE_CHECKPOINT[0], SCENARIOS[0], SCENARIOS[9]], ids=lambda scenario: scenario.name
)
def test_a6_any_error_of_the_disk_is_a_sentence_and_loses_nothing(
    scenario: Scenario, number: int, tmp_path: Path
) -> None:
    assert check_errors(scenario, tmp_path, number=number) >= 3


@pytest.mark.parametrize(
    "number", [errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.EACCES, errno.EMFILE, errno.ENOENT]
)
def test_a6_errors_name_the_path_and_show_no_trace(number: int, tmp_path: Path) -> None:
    with injected(1, failing(number)), pytest.raises(ResourceError) as caught:
        fsio.write_bytes(tmp_path / "file", b"data")
    error = fsio.classify(OSError(number, os.strerror(number)), tmp_path / "file")
    assert type(caught.value) is type(error)
    assert caught.value.args == (error.message,)
    assert number == errno.EMFILE or str(tmp_path / "file") in error.message


@pytest.mark.skipif(shutil.which("unshare") is None, reason="only Linux lets a test mount a small disk")
def test_a5_a_really_full_disk_stops_the_save_and_keeps_the_checkpoint_before(tmp_path: Path) -> None:
    script = """
        import sys, torch
        from pathlib import Path
        from tlft_desktop.core.errors import StorageError
        from tlft_desktop.core.runs.checkpoint import load_newest, save_checkpoint
        from tlft_desktop.core.training.state import TrainerState
        folder = Path(sys.argv[1]) / "checkpoints"
        save_checkpoint(folder, step=1, state=TrainerState({"w": torch.zeros(1000)}, {}))
        try:
            save_checkpoint(folder, step=2, state=TrainerState({"w": torch.zeros(1_000_000)}, {}))
        except StorageError as error:
            print(error)
        print([p.name for p in folder.iterdir()], load_newest(folder).step)
        """
    command = f'mount -t tmpfs -o size=2m none "$0" && exec "{sys.executable}" -c "$1" "$0"'
    child = subprocess.run(
        ["unshare", "-Urm", "sh", "-c", command, str(tmp_path), textwrap.dedent(script)],
        capture_output=True,
        text=True,
        check=False,
    )
    if "unshare" in child.stderr or "mount" in child.stderr:
        pytest.skip("this system does not let a test mount a small disk")
    assert child.returncode == 0, child.stderr
    assert "MiB free" in child.stdout
    assert child.stdout.splitlines()[-1] == "['000000001'] 1"


def test_a7_a_failed_sync_counts_as_failed_and_the_next_try_uses_another_file(tmp_path: Path) -> None:
    created: list[Path] = []

    def operation(kind: str, path: Path) -> None:
        if kind == "open":
            created.append(path)
        if kind == "fsync" and len(created) == 1:
            raise OSError(errno.EIO, "input/output error")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(primitives, "operation", operation)
        with pytest.raises(StorageError):
            fsio.write_bytes(tmp_path / "file", b"new")
        fsio.write_bytes(tmp_path / "file", b"new")
    assert len(set(created)) == 2
    assert (tmp_path / "file").read_bytes() == b"new"
    assert leftovers(tmp_path) == []


# ---- A8: a file that another program holds


def _refuse(times: int, patch: pytest.MonkeyPatch) -> list[int]:
    replace, calls = os.replace, []

    def refusing(source: Path, target: Path) -> None:
        calls.append(1)
        if len(calls) <= times:
            raise PermissionError(errno.EACCES, "used by another process")
        replace(source, target)

    patch.setattr(os, "replace", refusing)
    patch.setattr(primitives, "_REFUSAL_MAY_PASS", True)
    patch.setattr(primitives, "_REPLACE_PAUSE_SECONDS", 0.0)
    return calls


def test_a8_a_file_that_a_scanner_holds_for_a_moment_is_replaced_in_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fsio.write_bytes(tmp_path / "file", b"old")
    calls = _refuse(9, monkeypatch)
    fsio.write_bytes(tmp_path / "file", b"new")
    assert len(calls) == 10
    assert (tmp_path / "file").read_bytes() == b"new"


def test_a8_a_file_that_stays_held_is_an_error_that_names_the_kept_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fsio.write_bytes(tmp_path / "file", b"old")
    _refuse(99, monkeypatch)
    with pytest.raises(StorageError) as caught:
        fsio.write_bytes(tmp_path / "file", b"new")
    (kept,) = leftovers(tmp_path)
    assert kept in caught.value.message
    assert (tmp_path / kept).read_bytes() == b"new"
    assert (tmp_path / "file").read_bytes() == b"old"
