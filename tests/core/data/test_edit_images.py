"""Edits as functions of a manifest: what changes, what goes along, what is refused."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from image_files import write
from tlft_desktop.core.control import Control
from tlft_desktop.core.data import edit_images as ei
from tlft_desktop.core.data.given_splits import given_splits
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.project.edits import apply_edits
from tlft_desktop.core.values.manifest import ImageRecord, Manifest, Split


def record(path: str, *, split: Split = Split.TRAIN, sha: str = "", **changes: str) -> ImageRecord:
    made = ImageRecord(path, sha or f"{hash(path) % 2**64:064x}", path.split("/")[-2], split, 8, 8, "RGB")
    return replace(made, **changes)


def images(num_each: int = 10, prefix: str = "") -> Manifest:
    records = tuple(record(f"{prefix}{name}/{number:02d}.png") for name in ("cat", "dog") for number in range(num_each))
    return Manifest(records=records, classes=("cat", "dog"))


def no_folder() -> Path:
    raise AssertionError("not needed")


def test_images_are_found_by_manifest_path_and_by_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    manifest = images()
    file = write(tmp_path / "data" / "cat" / "03.png", b"")
    names = ["dog/01.png", str(file), "dog/01.png"]
    assert ei.find_images(manifest, names, lambda: tmp_path / "data") == ("dog/01.png", "cat/03.png")
    monkeypatch.chdir(tmp_path)
    assert ei.find_images(manifest, ["data/cat/04.png"], lambda: tmp_path / "data") == ("cat/04.png",)
    assert ei.find_images(manifest, ["cat/00.png"], no_folder) == ("cat/00.png",)


@pytest.mark.parametrize("name", ["", "elk/1.png", "../cat/00.png", "/etc/passwd", "cat", "cat/00.png\x00", "a" * 5000])
def test_unknown_images_are_named_and_nothing_is_found(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="nothing was changed"):
        ei.find_images(images(), ["cat/00.png", name], lambda: tmp_path)


def test_relabel_passes_over_what_has_the_class() -> None:
    edits = ei.relabel(images(), ["cat/00.png", "dog/00.png"], " dog ")
    assert [(edit.image, edit.old, edit.new) for edit in edits] == [("cat/00.png", "cat", "dog")]


def test_a_class_is_confirmed_once_and_again_when_it_changed() -> None:
    edits = ei.confirm_labels(images(), ["cat/00.png", "dog/00.png", "elk/0.png"], {"dog/00.png": "dog"})
    assert [(edit.image, edit.old, edit.new) for edit in edits] == [("cat/00.png", "", "cat")]
    (again,) = ei.confirm_labels(images(), ["dog/00.png"], {"dog/00.png": "wolf"})
    assert (again.old, again.new) == ("wolf", "dog")


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "a\u202eb", "x" * 201, "\ud800"])
def test_names_of_classes_that_cannot_be_used(name: str) -> None:
    with pytest.raises(InputError):
        ei.relabel(images(), ["cat/00.png"], name)


def test_excluding_keeps_the_first_reason_and_including_undoes_it() -> None:
    manifest = images()
    out = apply_edits(manifest, ei.exclude(manifest, ["cat/00.png", "cat/01.png"], " too \n dark "))
    assert [r.excluded for r in out.records[:3]] == ["too dark", "too dark", ""]
    assert ei.exclude(out, ["cat/00.png"], "other") == ()
    assert ei.exclude(out, ["cat/02.png"])[0].new == ei.REASON_BY_HAND
    assert apply_edits(out, ei.include(out, ["cat/00.png", "cat/01.png", "cat/02.png"])) == manifest


def test_what_could_not_be_read_is_not_taken_in_again() -> None:
    broken = replace(record("cat/99.png"), sha256="", width=0, height=0, excluded="The image is damaged.")
    manifest = Manifest(records=(*images().records, broken), classes=("cat", "dog"))
    with pytest.raises(InputError, match="The image is damaged"):
        ei.include(manifest, ["cat/99.png"])


def test_groups_and_copies_move_together() -> None:
    same = "a" * 64
    records = (
        record("cat/1.png", group="g"), record("cat/2.png", group="g", sha=same), record("dog/3.png", sha=same),
        record("dog/4.png"), record("dog/5.png", sha=same, excluded="blurred"),
    )  # fmt: skip
    manifest = Manifest(records=records, classes=("cat", "dog"))
    edits = ei.move(manifest, ["cat/1.png"], Split.VAL)
    assert [edit.image for edit in edits] == ["cat/1.png", "cat/2.png", "dog/3.png"]
    assert ei.move(apply_edits(manifest, edits), ["dog/3.png"], Split.VAL) == ()


def test_dividing_anew_is_stratified_seeded_and_leaves_excluded_images_alone() -> None:
    manifest = images(20)
    manifest = apply_edits(manifest, ei.exclude(manifest, ["cat/00.png"]))
    edits = ei.divide_anew(manifest, {}, val=0.3, test=0.1, seed=1)
    assert edits == ei.divide_anew(manifest, {}, val=0.3, test=0.1, seed=1)
    counts = Counter((r.label, r.split) for r in apply_edits(manifest, edits).records if not r.excluded)
    assert counts["dog", Split.VAL] == 6
    assert counts["dog", Split.TEST] == 2
    assert counts["cat", Split.VAL] == 6
    assert "cat/00.png" not in {edit.image for edit in edits}
    assert ei.divide_anew(apply_edits(manifest, edits), {}, val=0.3, test=0.1, seed=1) == ()


def test_folders_of_the_data_set_are_respected(tmp_path: Path) -> None:
    train, test = images(20, "train/"), images(5, "test/")
    tests = tuple(replace(r, split=Split.TEST) for r in test.records)
    manifest = Manifest(records=(*train.records, *tests), classes=("cat", "dog"))
    given = given_splits(manifest, tmp_path, "anything", control=Control())
    assert Counter(given.values()) == {Split.TRAIN: 40, Split.TEST: 10}
    after = apply_edits(manifest, ei.divide_anew(manifest, given, val=0.2, test=0.5, seed=0))
    assert len(after.used(Split.TEST)) == 10, "fixed by its folder"
    assert len(after.used(Split.VAL)) == 10, "20 % of all 50 images"
    everything = {r.path: split for r, split in zip(manifest.records, [*Split] * 20, strict=False)}
    with pytest.raises(InputError, match="nothing to divide"):
        ei.divide_anew(manifest, everything, val=0.2, test=0.1, seed=0)
    assert given_splits(images(), tmp_path, "anything", control=Control()) == {}


def test_a_table_that_fixes_splits_is_read_again(tmp_path: Path) -> None:
    write(tmp_path / "t.csv", b"path,label,split\ncat/00.png,cat,val\ncat/01.png,cat,\n")
    assert given_splits(images(), tmp_path, "../x/t.csv", control=Control()) == {"cat/00.png": Split.VAL}
    (tmp_path / "t.csv").unlink()
    with pytest.raises(InputError, match="cannot be told any more"):
        given_splits(images(), tmp_path, "t.csv", control=Control())


def test_copies_are_left_out_but_one_and_contradictions_are_not_touched() -> None:
    one, two = "a" * 64, "b" * 64
    records = (
        record("cat/1.png", sha=one, split=Split.VAL), record("cat/2.png", sha=one), record("cat/3.png", sha=one),
        record("cat/4.png", sha=two), record("dog/5.png", sha=two), record("dog/6.png"),
    )  # fmt: skip
    manifest = Manifest(records=records, classes=("cat", "dog"))
    edits = ei.leave_copies_out(manifest)
    assert [(edit.image, edit.new) for edit in edits] == [
        ("cat/1.png", "It is a copy of 'cat/2.png'."),
        ("cat/3.png", "It is a copy of 'cat/2.png'."),
    ]
    assert ei.leave_copies_out(apply_edits(manifest, edits)) == ()


def test_classes_are_joined_into_the_largest() -> None:
    manifest = apply_edits(images(3), ei.relabel(images(3), ["dog/00.png"], "Cat"))
    edits = ei.join_classes(manifest, ["cat", "Cat"])
    assert [(edit.image, edit.new) for edit in edits] == [("dog/00.png", "cat")]
    assert ei.join_classes(manifest, ["cat"]) == ()
