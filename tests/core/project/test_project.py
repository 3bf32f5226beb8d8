"""Projects: created, saved, opened, restored."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage_samples import files_of, make_config, make_manifest, make_project
from tlft_desktop.core import fsio
from tlft_desktop.core.errors import InputError, StorageError
from tlft_desktop.core.hints import quoted
from tlft_desktop.core.project.backups import KEEP_DAYS, KEEP_NEWEST, superfluous
from tlft_desktop.core.project.edits import Edit, EditField
from tlft_desktop.core.project.project import create_project, open_project, open_project_read_only, restore_backup
from tlft_desktop.core.values.plan import FreezePlan


def test_a_project_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    config = make_config(name="späße", plan=FreezePlan(frozen=frozenset({"a.b", "c"})), val_fraction=0.25)
    with create_project(tmp_path / "deep" / "p.tlft", config, make_manifest()) as project:
        project.save(make_config(name="second", seed=9))
    with open_project(tmp_path / "deep" / "p.tlft") as project:
        assert project.config == make_config(name="second", seed=9)
        assert project.manifest == make_manifest()
        assert project.runs_folder.is_dir()
        assert project.trash_folder.is_dir()
    (backup,) = (tmp_path / "deep" / "p.tlft" / "backups").iterdir()
    assert fsio.read_json(backup, sealed=True)["name"] == "späße"


def test_the_project_names_the_manifest_that_it_was_created_with(tmp_path: Path) -> None:
    with create_project(tmp_path / "p", make_config(manifest="0" * 64), make_manifest(9)) as project:
        assert project.config.manifest == make_manifest(9).digest
        assert project.manifest == make_manifest(9)


def test_nothing_is_overwritten_by_a_new_project(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    (tmp_path / "file").write_text("more work")
    make_project(tmp_path / "p").close()
    before = files_of(tmp_path)
    for name in ("mine", "file", "p"):
        with pytest.raises(InputError, match="not overwritten"):
            make_project(tmp_path / name)
    assert files_of(tmp_path) == before
    (tmp_path / "empty").mkdir()
    make_project(tmp_path / "empty").close()


@pytest.mark.parametrize("kind", ["missing", "file", "folder"])
def test_what_is_no_project_is_said_to_be_none(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "x"
    if kind == "file":
        path.write_text("hello")
    elif kind == "folder":
        path.mkdir()
    for opening in (open_project, open_project_read_only, restore_backup):
        with pytest.raises(InputError, match="x'"):
            opening(path)
    assert not (path / ".lock").exists()


def test_keys_of_others_survive_a_save(tmp_path: Path) -> None:
    make_project(tmp_path / "p").close()
    data = fsio.read_json(tmp_path / "p" / "project.json", sealed=True)
    fsio.write_json(tmp_path / "p" / "project.json", {**data, "tags": ["ours"], "x-lab": {"id": 7}}, seal=True)
    with open_project(tmp_path / "p") as project:
        project.save(make_config(name="new"))
    data = fsio.read_json(tmp_path / "p" / "project.json", sealed=True)
    assert (data["tags"], data["x-lab"], data["name"], data["seq"]) == (["ours"], {"id": 7}, "new", 2)


def test_looking_changes_nothing_and_saving_is_refused(tmp_path: Path) -> None:
    make_project(tmp_path / "p").close()
    before = files_of(tmp_path)
    with open_project_read_only(tmp_path / "p") as project:
        assert project.manifest == make_manifest()
        with pytest.raises(InputError, match="reading only"):
            project.save(make_config(name="new"))
    assert files_of(tmp_path) == before


def test_a_closed_project_cannot_be_saved(tmp_path: Path) -> None:
    project = make_project(tmp_path / "p")
    project.close()
    project.close()
    with pytest.raises(InputError, match="closed"):
        project.save(make_config())


def test_a_project_that_another_program_saved_is_not_overwritten(tmp_path: Path) -> None:
    with make_project(tmp_path / "p") as project:
        data = fsio.read_json(project.root / "project.json", sealed=True)
        fsio.write_json(project.root / "project.json", {**data, "seq": 5, "name": "theirs"}, seal=True)
        with pytest.raises(InputError, match="Another program"):
            project.save(make_config(name="mine"))
    with open_project(tmp_path / "p") as project:
        assert project.config.name == "theirs"


def test_a_project_file_that_was_damaged_meanwhile_is_replaced_and_kept(tmp_path: Path) -> None:
    with make_project(tmp_path / "p") as project:
        (project.root / "project.json").write_bytes(b"garbage")
        project.save(make_config(name="mine"))
        assert (project.root / "backups" / "damaged-project.json").read_bytes() == b"garbage"
    with open_project(tmp_path / "p") as project:
        assert project.config.name == "mine"


def test_a_project_whose_folder_is_gone_says_so(tmp_path: Path) -> None:
    with make_project(tmp_path / "p") as project:
        project.root.rename(tmp_path / "moved")
        with pytest.raises(StorageError, match="gone"):
            project.save(make_config(name="new"))
        assert not project.root.exists()


def test_the_newest_good_backup_is_brought_back(tmp_path: Path) -> None:
    with make_project(tmp_path / "p") as project:
        for name in ("second", "third"):
            project.save(make_config(name=name))
        root = project.root
    (root / "backups" / "project-000000002.json").write_bytes(b"{}")
    (root / "project.json").write_bytes(b"garbage")
    with pytest.raises(InputError) as caught:
        open_project(root)
    backup = root / "backups" / "project-000000001.json"
    assert str(backup) in caught.value.remedy
    assert f"`tlft check {quoted(str(root))} --repair`" in caught.value.remedy
    assert restore_backup(root) == backup
    with open_project(root) as project:
        assert project.config.name == "pets"
        project.save(make_config(name="again"))
    (root / "project.json").unlink()
    with pytest.raises(InputError, match="missing"):
        open_project(root)
    restore_backup(root)
    open_project(root).close()


def test_without_a_good_backup_restoring_is_refused(tmp_path: Path) -> None:
    make_project(tmp_path / "p").close()
    (tmp_path / "p" / "project.json").write_bytes(b"garbage")
    with pytest.raises(InputError, match="no backup"):
        restore_backup(tmp_path / "p")
    assert (tmp_path / "p" / "project.json").read_bytes() == b"garbage"


def test_edits_are_frozen_into_a_new_manifest_only_if_they_change_something(tmp_path: Path) -> None:
    with make_project(tmp_path / "p") as project:
        assert project.freeze_edits() == make_manifest()
        assert len(list((project.root / "manifests").iterdir())) == 1
        edit = Edit(image="cat/001.png", field=EditField.LABEL, old="cat", new="dog")
        project.edits.append([edit])
        frozen = project.freeze_edits()
        assert frozen.records[0].label == "dog"
        assert project.manifest == frozen
        assert project.freeze_edits() == frozen
        project.edits.undo([edit])
        assert project.freeze_edits() == make_manifest()
    with open_project(tmp_path / "p") as project:
        assert project.manifest == project.edited_manifest == make_manifest()


def test_the_newest_backups_stay_and_one_of_each_day_before() -> None:
    day = [(seq, seq // 10) for seq in range(100)]
    gone = superfluous(day)
    kept = [seq for seq, _ in day if seq not in gone]
    assert kept == [9, 19, 29, 39, 49, 59, 69, 79, *range(80, 100)]
    assert superfluous([(seq, seq) for seq in range(20)]) == set()
    many = superfluous([(seq, seq) for seq in range(500)])
    assert len(many) == 500 - KEEP_NEWEST - KEEP_DAYS
    assert max(many) == 500 - KEEP_NEWEST - KEEP_DAYS - 1
