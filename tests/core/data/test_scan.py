from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from image_files import kinds, write
from tlft_desktop.core.control import Control
from tlft_desktop.core.data import scan as scanning
from tlft_desktop.core.data.scan import ScanResult, scan
from tlft_desktop.core.errors import InputError, StoppedError
from tlft_desktop.core.patterns import search_each
from tlft_desktop.core.values.manifest import Split


def look(source: Path, group_by: str = "") -> ScanResult:
    return scan(source, group_by=group_by, control=Control())


def touch(root: Path, *paths: str) -> Path:
    for path in paths:
        write(root / path, b"x")
    return root


def test_class_folders_with_images_at_any_depth(tmp_path: Path) -> None:
    touch(tmp_path, "cat/1.jpg", "cat/deep/er/2.PNG", "dog/3.tif")
    result = look(tmp_path)
    assert [(image.path, image.label, image.split) for image in result.images] == [
        ("cat/1.jpg", "cat", None),
        ("cat/deep/er/2.PNG", "cat", None),
        ("dog/3.tif", "dog", None),
    ]
    assert result.root == tmp_path
    assert result.problems == ()


@pytest.mark.parametrize(("train", "val"), [("train", "val"), ("Training", "Validation"), ("TRAIN", "valid")])
def test_split_folders_are_respected(tmp_path: Path, train: str, val: str) -> None:
    touch(tmp_path, f"{train}/cat/1.jpg", f"{train}/dog/1.jpg", f"{val}/cat/2.jpg", "test/dog/2.jpg", "docs/x/1.jpg")
    result = look(tmp_path)
    found = {(image.label, image.split) for image in result.images}
    assert found == {("cat", Split.TRAIN), ("dog", Split.TRAIN), ("cat", Split.VAL), ("dog", Split.TEST)}
    assert kinds(result) == {"beside_splits"}


def test_a_class_may_be_called_test(tmp_path: Path) -> None:
    touch(tmp_path, "test/1.jpg", "control/1.jpg")
    assert {(image.label, image.split) for image in look(tmp_path).images} == {("test", None), ("control", None)}


def test_everything_left_out_is_counted(tmp_path: Path) -> None:
    touch(tmp_path, "cat/1.jpg", "dog/1.jpg", "cat/notes", "cat/scan.dcm", "loose.png", "README.md")
    (tmp_path / "empty").mkdir()
    result = look(tmp_path)
    messages = {problem.kind: problem.message for problem in result.problems}
    assert set(messages) == {"other", "loose", "empty_class"}
    assert messages["other"].endswith("(1 .dcm, 1 without a suffix).")
    assert messages["other"].startswith("2 files are not images by their name and were ignored (")
    assert messages["loose"] == "One image lies outside of the class folders and was ignored."
    assert messages["empty_class"] == "The class folder 'empty' holds no image and was left out."


def test_the_expression_names_groups(tmp_path: Path) -> None:
    touch(tmp_path, "cat/p1_a.jpg", "cat/p1_b.jpg", "dog/p2_a.jpg", "dog/other.jpg")
    result = look(tmp_path, group_by=r"/(p\d+)_")
    assert [image.group for image in result.images] == ["p1", "p1", "", "p2"]
    assert kinds(result) == {"no_group"}
    assert [image.group for image in look(tmp_path, group_by=r"p\d|other").images] == ["p1", "p1", "other", "p2"]
    with pytest.raises(InputError, match="not a regular expression"):
        look(tmp_path, group_by="(")
    with pytest.raises(InputError, match="matches no path"):
        look(tmp_path, group_by="patient")


def test_an_expression_without_an_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanning, "search_each", partial(search_each, seconds=0.3))
    touch(tmp_path, f"cat/{40 * 'a'}.jpg", "dog/a.jpg")
    with pytest.raises(InputError, match=r"takes longer than 0\.3 s\. Repetitions within"):
        look(tmp_path, group_by="(a+)+$")


def test_missing_and_wrong_sources_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is not there"):
        look(tmp_path / "nowhere")
    with pytest.raises(InputError, match="neither a folder nor a CSV file"):
        look(write(tmp_path / "a.txt", b"x"))
    with pytest.raises(InputError, match="archive"):
        look(write(tmp_path / "a.zip", b"x"))


def test_stop_is_seen(tmp_path: Path) -> None:
    control = Control()
    control.request_stop()
    with pytest.raises(StoppedError):
        scan(touch(tmp_path, "a/1.jpg", "b/1.jpg"), control=control)
