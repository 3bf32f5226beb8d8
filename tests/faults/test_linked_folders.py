"""Row E6 of the fault matrix: folders of a received project that are links; what they lead to is left alone."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from storage_samples import files_of, make_run
from tlft_desktop.core import fsio
from tlft_desktop.core.control import Control
from tlft_desktop.core.project.project import (
    open_project,
    open_project_read_only,
    restore_backup,
)
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.run import RunState
from tlft_desktop.core.workflows.checking import Damage, check_project, repair_project

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")


def _move_out(folder: Path, elsewhere: Path) -> dict[str, bytes]:
    """Put a link in place of a folder, which goes elsewhere with a leftover in it; return the files that are there."""
    if folder.exists():
        shutil.move(folder, elsewhere)
    else:
        elsewhere.mkdir()
    fsio.temporary_name(elsewhere / "file").write_bytes(b"precious")
    (elsewhere / ".old-final").mkdir()
    folder.symlink_to(elsewhere)
    return files_of(elsewhere)


@pytest.mark.parametrize("name", ["backups", "manifests", "races", "runs", "trash"])
def test_e6_a_project_with_a_folder_that_is_a_link_is_refused(name: str, project_root: Path, tmp_path: Path) -> None:
    make_run(RunStore(project_root))
    before = _move_out(project_root / name, tmp_path / "elsewhere")
    for action in (
        open_project,
        open_project_read_only,
        restore_backup,
        lambda root: list(check_project(root, control=Control())),
        lambda root: list(repair_project(root, control=Control())),
    ):
        with pytest.raises(fsio.DamagedError, match=rf"{name}' is a link, which may lead out of the project"):
            action(project_root)
    assert files_of(tmp_path / "elsewhere") == before
    assert (tmp_path / "elsewhere" / ".old-final").is_dir()
    assert not (project_root / ".lock").exists()


@pytest.mark.parametrize("inside", ["", "checkpoints", "final", "test", "probe"])
def test_e6_a_run_with_a_folder_that_is_a_link_is_damaged_and_hides_no_other(
    inside: str, project_root: Path, tmp_path: Path
) -> None:
    store = RunStore(project_root)
    run, other = make_run(store), make_run(store)
    before = _move_out(store.folder(run) / inside, tmp_path / "elsewhere")
    with open_project(project_root):
        assert store.mark_interrupted() == []
        summary, whole = store.summaries()
        assert (summary.state, whole.run) == (RunState.DAMAGED, other)
        assert whole.state is not RunState.DAMAGED
        assert "is a link" in summary.problem
        for action in (store.config, store.status, store.star, store.move_to_trash, store.metrics):
            with pytest.raises(fsio.DamagedError, match="is a link"):
                action(run)
    found = [item for item in check_project(project_root, control=Control()) if isinstance(item, Damage)]
    assert [item.path for item in found if "is a link" in item.problem] == [store.folder(run)]
    assert files_of(tmp_path / "elsewhere") == before
    assert (tmp_path / "elsewhere" / ".old-final").is_dir()


def test_e6_a_run_in_the_trash_that_is_a_link_is_deleted_as_a_link(project_root: Path, tmp_path: Path) -> None:
    store = RunStore(project_root)
    run = make_run(store)
    shutil.move(store.folder(run), project_root / "trash" / run)
    before = _move_out(project_root / "trash" / run, tmp_path / "elsewhere")
    (summary,) = store.trashed_summaries()
    assert (summary.state, summary.name) == (RunState.DAMAGED, run)
    store.empty_trash()
    assert store.trashed() == []
    assert files_of(tmp_path / "elsewhere") == before


def test_e6_a_checkpoint_that_is_a_link_is_not_read(tmp_path: Path) -> None:
    with fsio.FolderWriter(tmp_path / "there") as writer:
        writer.add("meta.json", b"{}")
    (tmp_path / "checkpoint").symlink_to("there")
    with pytest.raises(fsio.DamagedError, match="checkpoint' cannot be read: it is a link"):
        fsio.read_folder(tmp_path / "checkpoint")
    assert set(fsio.read_folder(tmp_path / "there")) == {"meta.json"}


def test_e6_a_project_may_be_reached_by_a_link(project_root: Path, tmp_path: Path) -> None:
    make_run(RunStore(project_root))
    (tmp_path / "way").symlink_to(project_root)
    with open_project(tmp_path / "way") as project:
        assert project.root == project_root.resolve()
        assert RunStore(project.root).summaries()[0].state is not RunState.DAMAGED
    found = [item for item in check_project(tmp_path / "way", control=Control()) if isinstance(item, Damage)]
    # The images of this project are nowhere.
    assert {item.path.suffix for item in found} == {".png"}
