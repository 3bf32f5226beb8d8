"""Rows that two lists of images have in common are copied, bit for bit, and nothing else is."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import numpy as np
import pytest

from tlft_desktop.core import fsio
from tlft_desktop.core.project.cache import CacheLease, cache_entries
from tlft_desktop.core.runs.feature_store import FeatureFile
from tlft_desktop.core.runs.row_keys import note_keys, row_keys, take_rows

WIDTH = 5
IMAGES = [f"image {number}" for number in range(12)]


def value_of(image: str, view: int, *, scale: float = 1.0) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """Return what a network would make of a view of an image."""
    seed = int.from_bytes(f"{view} {image}".encode(), "little") % 2**32
    return (scale * np.random.default_rng(seed).standard_normal(WIDTH)).astype(np.float32)


class Run:
    """A run on a list of images: takes over what it can and computes the rest."""

    def __init__(
        self, cache: Path, images: list[str], *, views: int = 1, kind: str = "net", scale: float = 1.0
    ) -> None:
        self.folder = cache / "features" / f"{abs(hash((tuple(images), views, kind))):x}"
        rows = [value_of(image, view, scale=scale) for view in range(views) for image in images]
        with FeatureFile(self.folder, num_rows=len(rows), width=WIDTH) as file:
            self.taken = take_rows(file, self.folder, kind=kind, keys=row_keys(images, views))
            note_keys(self.folder, kind=kind, keys=row_keys(images, views))
            self.computed = 0
            while missing := file.missing():
                file.write(missing, np.stack([rows[row] for row in missing]))
                self.computed += len(missing)
            self.values = file.read_all()
            self.dtype = file.dtype


def test_all_but_a_new_image_is_taken_over(tmp_path: Path) -> None:
    first = Run(tmp_path, IMAGES)
    assert (first.taken, first.computed) == (0, 12)
    second = Run(tmp_path, [*IMAGES[3:9], "new", *IMAGES[:2]])
    assert (second.taken, second.computed) == (8, 1)
    np.testing.assert_array_equal(second.values[:6], first.values[3:9])
    np.testing.assert_array_equal(second.values, Run(tmp_path / "alone", [*IMAGES[3:9], "new", *IMAGES[:2]]).values)


def test_several_relatives_complete_each_other(tmp_path: Path) -> None:
    Run(tmp_path, IMAGES[:5])
    Run(tmp_path, IMAGES[4:9])
    assert Run(tmp_path, IMAGES).computed == 3


def test_views_are_told_apart(tmp_path: Path) -> None:
    Run(tmp_path, IMAGES, views=3)
    second = Run(tmp_path, IMAGES[1:], views=3)
    assert second.computed == 0
    np.testing.assert_array_equal(second.values, Run(tmp_path / "alone", IMAGES[1:], views=3).values)


def test_rows_of_another_kind_are_not_taken(tmp_path: Path) -> None:
    Run(tmp_path, IMAGES)
    assert Run(tmp_path, IMAGES[1:], kind="other").taken == 0


def test_rounded_rows_do_not_come_among_exact_ones(tmp_path: Path) -> None:
    exact = Run(tmp_path, IMAGES, scale=1e5)
    assert exact.dtype == np.float32
    small = Run(tmp_path, IMAGES[:4], scale=1e5)
    assert small.computed == 0
    np.testing.assert_array_equal(small.values, exact.values[:4])
    Run(tmp_path / "b", IMAGES[:4])
    mixed = tmp_path / "b" / "features" / "mixed"
    with FeatureFile(mixed, num_rows=5, width=WIDTH) as file:
        file.write([4], np.full((1, WIDTH), 1e6, dtype=np.float32))
        assert take_rows(file, mixed, kind="net", keys=row_keys([*IMAGES[:4], "large"], 1)) == 0


@pytest.mark.parametrize("damage", ["cut", "bit", "empty", "longer", "folder"])
def test_damaged_keys_are_not_believed(tmp_path: Path, damage: str) -> None:
    first = Run(tmp_path, IMAGES)
    [keys] = first.folder.glob(".keys-*")
    data = keys.read_bytes()
    changed = {
        "cut": data[:-16],
        "bit": data[:40] + bytes([data[40] ^ 1]) + data[41:],
        "empty": b"",
        "longer": data * 2,
    }
    keys.unlink()
    if damage == "folder":
        keys.mkdir()
    else:
        keys.write_bytes(changed[damage])
    files = sorted(path.name for path in first.folder.iterdir())
    second = Run(tmp_path, IMAGES[1:])
    assert (second.taken, second.computed) == (0, 11)
    assert sorted(path.name for path in first.folder.iterdir()) == files, "nothing was made there"


def test_damaged_rows_are_left_out(tmp_path: Path) -> None:
    first = Run(tmp_path, IMAGES)
    [rows] = first.folder.glob("*.f16")
    data = bytearray(rows.read_bytes())
    data[5 * (2 * WIDTH + 4)] ^= 1
    rows.write_bytes(data)
    second = Run(tmp_path, IMAGES[1:])
    np.testing.assert_array_equal(second.values, Run(tmp_path / "alone", IMAGES[1:]).values)


def test_a_full_disk_leaves_rows_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Run(tmp_path, IMAGES)
    folder = tmp_path / "features" / "full"
    with FeatureFile(folder, num_rows=3, width=WIDTH) as file:

        def refuse(kind: str, path: Path) -> None:
            if kind == "write" and path.parent == folder:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        monkeypatch.setattr(fsio.primitives, "operation", refuse)
        assert take_rows(file, folder, kind="net", keys=row_keys(IMAGES[:3], 1)) == 0
        assert file.missing() == [0, 1, 2]


def test_keys_are_files_of_this_program(tmp_path: Path) -> None:
    Run(tmp_path, IMAGES)
    [entry] = cache_entries(tmp_path)
    assert entry.may_go
    with CacheLease(entry.path):
        assert Run(tmp_path, IMAGES[2:]).computed == 0, "somebody else may be using it, too"
