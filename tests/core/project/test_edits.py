"""The overlay of edits."""

from __future__ import annotations

from pathlib import Path

import pytest

from fault_loop import full_from_write
from storage_samples import make_manifest
from tlft_desktop.core import fsio
from tlft_desktop.core.errors import InputError, StorageError
from tlft_desktop.core.project.edits import Edit, EditField, EditLog, apply_edits, confirmed_labels
from tlft_desktop.core.values.manifest import Split

RELABEL = Edit(image="cat/001.png", field=EditField.LABEL, old="cat", new="ant")
EXCLUDE = Edit(image="dog/002.png", field=EditField.EXCLUDED, old="", new="blurred")
MOVE = Edit(image="dog/000.png", field=EditField.SPLIT, old="val", new="test")


def test_edits_change_the_images_they_name_and_no_others() -> None:
    manifest = make_manifest()
    edited = apply_edits(manifest, [RELABEL, EXCLUDE, MOVE])
    by_path = {record.path: record for record in edited.records}
    assert by_path["cat/001.png"].label == "ant"
    assert by_path["dog/002.png"].excluded == "blurred"
    assert by_path["dog/000.png"].split is Split.TEST
    untouched = {"cat/003.png", "cat/005.png", "dog/004.png"}
    assert {r for r in edited.records if r.path in untouched} == {r for r in manifest.records if r.path in untouched}
    assert edited.classes == ("ant", "cat", "dog")


def test_applying_edits_twice_changes_nothing_more_and_undoing_them_everything_back() -> None:
    manifest = make_manifest()
    edits = [RELABEL, EXCLUDE, MOVE]
    once = apply_edits(manifest, edits)
    assert apply_edits(once, edits) == once
    assert apply_edits(manifest, [*edits, *(edit.inverse for edit in reversed(edits))]) == manifest
    assert apply_edits(once, [edit.inverse for edit in reversed(edits)]) == manifest


def test_a_class_without_images_disappears_and_unknown_images_are_passed_over() -> None:
    manifest = make_manifest()
    cats = [record.path for record in manifest.records if record.label == "cat"]
    renamed = apply_edits(manifest, [Edit(image=path, field=EditField.LABEL, old="cat", new="lynx") for path in cats])
    assert renamed.classes == ("dog", "lynx")
    gone = Edit(image="elk/9.png", field=EditField.LABEL, old="elk", new="cow")
    assert apply_edits(manifest, [gone]) == manifest


def test_a_class_that_has_no_images_at_first_keeps_its_output() -> None:
    manifest = make_manifest()
    with_empty = type(manifest)(records=manifest.records, classes=("cat", "dog", "emu"))
    assert apply_edits(with_empty, [EXCLUDE]).classes == ("cat", "dog", "emu")


def test_a_confirmed_class_is_remembered_and_leaves_the_images_as_they_are(tmp_path: Path) -> None:
    manifest, log = make_manifest(), EditLog(tmp_path)
    confirm = Edit(image="cat/001.png", field=EditField.CONFIRMED, old="", new="cat")
    log.append([confirm])
    assert apply_edits(manifest, log.read()).digest == manifest.digest
    assert confirmed_labels(log.read()) == {"cat/001.png": "cat"}
    log.append([Edit(image="cat/001.png", field=EditField.CONFIRMED, old="cat", new="ant")])
    assert confirmed_labels(log.read()) == {"cat/001.png": "ant"}
    log.undo([Edit(image="cat/001.png", field=EditField.CONFIRMED, old="", new="ant")])
    assert confirmed_labels(log.read()) == {}


def test_the_log_gives_the_edits_back_in_order(tmp_path: Path) -> None:
    log = EditLog(tmp_path)
    assert log.read() == ()
    log.append([RELABEL])
    log.append([EXCLUDE, MOVE])
    log.undo([EXCLUDE, MOVE])
    assert log.read() == (RELABEL, EXCLUDE, MOVE, MOVE.inverse, EXCLUDE.inverse)


def test_a_torn_line_is_dropped_and_a_damaged_one_does_not_take_later_ones_with_it(tmp_path: Path) -> None:
    log = EditLog(tmp_path)
    log.append([RELABEL])
    log.append([EXCLUDE])
    whole = log.path.read_bytes()
    log.path.write_bytes(whole + b'{"image": "x')
    assert log.read() == (RELABEL, EXCLUDE)
    log.append([MOVE])
    assert log.read() == (RELABEL, EXCLUDE, MOVE)
    assert list(tmp_path.iterdir()) == [log.path]
    damaged = log.path.read_bytes().replace(b"ant", b"ent")
    log.path.write_bytes(damaged)
    assert log.read() == ()
    log.append([RELABEL])
    assert log.read() == (RELABEL,)
    (copy,) = tmp_path.glob("edits.damaged-*.jsonl")
    assert copy.read_bytes() == damaged


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"image": "a", "field": "label", "old": "x"},
        {"image": "a", "field": "colour", "old": "x", "new": "y"},
        {"image": 1, "field": "label", "old": "x", "new": "y"},
        {"image": "a", "field": "label", "old": "x", "new": ""},
        {"image": "a", "field": "split", "old": "train", "new": "later"},
    ],
)
def test_what_is_no_edit_is_refused(data: dict[str, object]) -> None:
    with pytest.raises(InputError):
        Edit.from_json(data)


def test_damage_is_told_and_a_torn_line_is_none(tmp_path: Path) -> None:
    log = EditLog(tmp_path)
    assert log.damage() == ""
    log.append([RELABEL])
    log.append([EXCLUDE])
    whole = log.path.read_bytes()
    log.path.write_bytes(whole + b'{"image": "x')
    assert log.damage() == ""
    log.path.write_bytes(whole.replace(b"blurred", b"blured", 1))
    assert "the first 1 changes hold" in log.damage()
    log.path.write_bytes(bytes(range(256)) + b"\n")
    assert "the first 0 changes hold" in log.damage()
    assert log.read() == ()


def test_a_line_of_another_program_hides_nothing_and_is_kept(tmp_path: Path) -> None:
    log = EditLog(tmp_path)
    log.append([RELABEL])
    with fsio.AppendLog(log.path) as foreign:
        foreign.append({"image": "a.png", "field": "colour", "old": "", "new": "red"})
    before = log.path.read_bytes()
    assert log.read() == (RELABEL,)
    assert log.damage()
    log.append([MOVE])
    assert log.read() == (RELABEL, MOVE)
    assert log.damage() == ""
    (copy,) = tmp_path.glob("edits.damaged-*.jsonl")
    assert copy.read_bytes() == before


def test_a_full_disk_leaves_all_or_nothing(tmp_path: Path) -> None:
    log = EditLog(tmp_path)
    log.append([RELABEL])
    before = log.path.read_bytes()
    with full_from_write(1), pytest.raises(StorageError, match="disk is full"):
        log.append([EXCLUDE, MOVE])
    assert log.path.read_bytes() == before


def test_what_is_changed_at_once_is_one_line_beside_lines_of_single_edits(tmp_path: Path) -> None:
    log = EditLog(tmp_path)
    log.append([RELABEL])
    log.append([EXCLUDE, MOVE])
    log.append([])
    assert log.path.read_bytes().count(b"\n") == 2
    assert log.read() == (RELABEL, EXCLUDE, MOVE)
    log.undo([EXCLUDE, MOVE])
    assert log.path.read_bytes().count(b"\n") == 3
    assert log.read()[3:] == (MOVE.inverse, EXCLUDE.inverse)
    assert log.damage() == ""


@pytest.mark.parametrize("line", [{"edits": 1}, {"edits": [RELABEL.to_json(), {"image": "cat/001.png"}]}])
def test_a_line_of_several_edits_counts_as_a_whole_or_not_at_all(tmp_path: Path, line: dict[str, object]) -> None:
    log = EditLog(tmp_path)
    log.append([EXCLUDE, MOVE])
    good = log.path.read_bytes()
    with fsio.AppendLog(log.path) as file:
        file.append(line)
    assert log.read() == (EXCLUDE, MOVE)
    assert "first 2 changes hold" in log.damage()
    log.append([RELABEL])
    assert log.path.read_bytes().startswith(good)
    assert log.read() == (EXCLUDE, MOVE, RELABEL)
