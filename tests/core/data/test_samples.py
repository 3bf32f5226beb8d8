from __future__ import annotations

import importlib.util
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from sklearn.datasets import load_digits

from fault_loop import full_from_write
from tlft_desktop.core.data import samples
from tlft_desktop.core.data.samples import TILE_SIDE, TRAIN_TILES, VAL_TILES, write_digits, write_photos
from tlft_desktop.core.errors import InputError, StorageError


def test_digits_are_those_of_scikit_learn(tmp_path: Path) -> None:
    folder = write_digits(tmp_path / "digits", per_class=3)
    files = sorted(folder.rglob("*.png"))
    assert Counter(path.parent.name for path in files) == {str(digit): 3 for digit in range(10)}
    digits = load_digits()
    for path in files:
        index = int(path.stem.removeprefix("digit_"))
        assert str(digits.target[index]) == path.parent.name
        pixels = np.asarray(Image.open(path)).astype(float)
        assert np.abs(pixels / 255 * 16 - digits.images[index]).max() < 0.05


def test_writing_again_changes_nothing(tmp_path: Path) -> None:
    folder = write_digits(tmp_path / "digits", per_class=2)
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    write_digits(tmp_path / "digits", per_class=2)
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


def test_another_folder_of_that_name_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "digits").mkdir()
    (tmp_path / "digits" / "mine.txt").write_text("keep")
    with pytest.raises(InputError, match="does not hold the samples"):
        write_digits(tmp_path / "digits", per_class=2)
    assert (tmp_path / "digits" / "mine.txt").read_text() == "keep"


def test_a_full_disk_leaves_nothing(tmp_path: Path) -> None:
    with full_from_write(5), pytest.raises(StorageError):
        write_digits(tmp_path / "digits", per_class=2)
    assert [path for path in tmp_path.iterdir() if path.name != "profile"] == []


@pytest.mark.slow
def test_photographs_have_parts_that_share_no_pixel(tmp_path: Path) -> None:
    folder = write_photos(tmp_path / "photos")
    counts = Counter(path.relative_to(folder).parts[:2] for path in folder.rglob("*.png"))
    assert len(counts) == 32
    assert all(count == (TRAIN_TILES if split == "train" else VAL_TILES) for (split, _), count in counts.items())
    with Image.open(folder / "train" / "cat" / "cat_00.png") as tile:
        assert tile.size == (TILE_SIDE, TILE_SIDE)
    photo = np.asarray(Image.open(samples._package_file(samples._Photo("cat", "skimage", "data/chelsea.png"))))
    border = round(photo.shape[1] * 0.6)
    for split, region in (("train", photo[:, :border]), ("val", photo[:, border:])):
        tile = np.asarray(Image.open(folder / split / "cat" / "cat_03.png"))
        places = np.lib.stride_tricks.sliding_window_view(region, tile.shape)[:, :, 0, ::19, ::19]
        assert (places == tile[::19, ::19]).all(axis=(2, 3, 4)).any()


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "skimage" else find(name))
    with pytest.raises(InputError, match="scikit-image, which is not installed") as caught:
        write_photos(tmp_path / "photos")
    assert "pip install scikit-image" in caught.value.remedy
    assert not (tmp_path / "photos").exists()
