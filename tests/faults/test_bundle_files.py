"""A bundle that is written over an earlier one: whatever the disk does, the old or the new one is there, whole."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import torch

import pytest

from fault_loop import Scenario, check_errors, check_kills, failing, injected
from storage_samples import leftovers
from tlft_desktop.core import fsio
from tlft_desktop.core.models.catalog import DEFAULT_BACKBONE, find_backbone
from tlft_desktop.core.workflows.bundle import Bundle, read_bundle, write_bundle

pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
ENTRY = find_backbone(DEFAULT_BACKBONE)


@pytest.fixture(autouse=True)
def quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare the waiting for the disk: what is injected comes before it."""
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)


def _write(folder: Path, value: float) -> None:
    bundle = Bundle(
        ENTRY.name, ("cat", "dog"), ENTRY.preprocessing.at_size(64), None, {"weight": torch.full((2,), value)}
    )
    write_bundle(folder, bundle, ENTRY, card=f"# {value}\n")


def _old_bundle(root: Path) -> None:
    root.mkdir()
    _write(root / "final", 1.0)


def _new_bundle(root: Path) -> None:
    _write(root / "final", 2.0)


def _whole_bundle(root: Path) -> tuple[float, str]:
    """Read it twice: as a reader without the right to write does, and as the next start of the program leaves it."""
    found = _content(root)
    fsio.remove_temporaries(root)
    fsio.settle_folder(root / "final")
    assert _content(root) == found
    assert [path.name for path in root.iterdir()] == ["final"]
    return found


def _content(root: Path) -> tuple[float, str]:
    state = read_bundle(root / "final").state
    card = fsio.read_folder(fsio.surviving_folder(root / "final"))["README.md"].decode()
    return float(state["weight"][0]), card


SCENARIO = Scenario("a bundle over an earlier one", _old_bundle, _new_bundle, _whole_bundle)


@pytest.mark.parametrize("number", [None, errno.EIO, errno.EACCES])
def test_a5_an_error_leaves_the_old_or_the_new_bundle(tmp_path: Path, number: int | None) -> None:
    assert check_errors(SCENARIO, tmp_path, number=number) > 15


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a2_a_kill_leaves_the_old_or_the_new_bundle(tmp_path: Path) -> None:
    assert check_kills(SCENARIO, tmp_path) > 15


def test_what_was_left_between_the_two_renames_is_read_and_then_settled(tmp_path: Path) -> None:
    _old_bundle(tmp_path / "run")
    final = tmp_path / "run" / "final"
    final.rename(tmp_path / "run" / ".old-final")
    assert read_bundle(final).classes == ("cat", "dog")
    fsio.settle_folder(final)
    assert final.is_dir()
    assert leftovers(tmp_path) == []


def test_an_old_bundle_that_cannot_be_deleted_does_not_spoil_the_new_one(tmp_path: Path) -> None:
    _old_bundle(tmp_path / "run")
    with injected(10**6, failing(errno.EACCES)) as counted:
        _new_bundle(tmp_path / "run")
    last = max(index for index, kind in enumerate(counted.kinds, start=1) if kind == "unlink")
    with injected(last, failing(errno.EACCES)):
        _new_bundle(tmp_path / "run")
    assert _content(tmp_path / "run")[0] == 2.0


def test_settling_where_nothing_was_written_does_nothing(tmp_path: Path) -> None:
    fsio.settle_folder(tmp_path / "final")
    assert list(tmp_path.iterdir()) == []
