from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from image_files import SMALL, encode, kinds, picture, run_import, write, write_classes
from tlft_desktop.core.control import Control
from tlft_desktop.core.data.decode import resize_short_side
from tlft_desktop.core.data.import_images import ImportProgress, ensure_pixels, import_images, open_pixel_store
from tlft_desktop.core.data.pixel_store import PixelStore
from tlft_desktop.core.errors import InputError, ResourceError, StoppedError
from tlft_desktop.core.values.manifest import Manifest, PixelScaling, Split
from tlft_desktop.core.values.preprocessing import Preprocessing


def store_of(manifest: Manifest, cache_dir: Path, preprocessing: Preprocessing = SMALL) -> PixelStore:
    return open_pixel_store(manifest, preprocessing=preprocessing, cache_dir=cache_dir)


def refill(manifest: Manifest, root: Path, cache_dir: Path, preprocessing: Preprocessing = SMALL) -> int:
    """Fill the store and return how many images were read."""
    progress = list(ensure_pixels(manifest, root, preprocessing=preprocessing, cache_dir=cache_dir, control=Control()))
    return progress[-1].done if progress else 0


def test_import_gives_manifest_and_pixels(tmp_path: Path) -> None:
    root = write_classes(tmp_path / "data", {"cat": 10, "dog": 5})
    result = run_import(root, tmp_path / "cache")
    manifest = result.manifest
    assert manifest.classes == ("cat", "dog")
    assert len(manifest.used(Split.TRAIN)) == 12
    assert len(manifest.used(Split.VAL)) == 3
    assert result.problems == ()
    with store_of(manifest, tmp_path / "cache") as store:
        assert len(store) == 15
        record = manifest.records[0]
        expected = resize_short_side(picture(0), 40, interpolation="bicubic")
        assert np.array_equal(store.read(record.sha256), expected)
    assert run_import(root, tmp_path / "other").manifest.digest == manifest.digest


def test_progress_is_rare_and_complete(tmp_path: Path) -> None:
    root = write_classes(tmp_path / "data", {"cat": 150, "dog": 150})
    start = time.monotonic()
    items = list(
        import_images(
            root,
            preprocessing=SMALL,
            cache_dir=tmp_path / "cache",
            val=0.2,
            test=0,
            group_by="",
            seed=0,
            control=Control(),
        )
    )
    seconds = time.monotonic() - start
    progress = [item for item in items if isinstance(item, ImportProgress)]
    assert progress[0] == ImportProgress(0, 0, "scan")
    assert progress[-1] == ImportProgress(300, 300, "read")
    assert len(progress) <= 20 * seconds + 3
    assert [item.done for item in progress] == sorted(item.done for item in progress)


def test_stop_leaves_no_process_and_the_next_import_is_whole(tmp_path: Path) -> None:
    import psutil

    root = write_classes(tmp_path / "data", {"cat": 60, "dog": 60})
    control = Control()
    options = {"val": 0.2, "test": 0, "group_by": "", "seed": 0, "preprocessing": SMALL}
    with closing(import_images(root, cache_dir=tmp_path / "cache", control=control, **options)) as items:
        next(items)
        next(items)
        control.request_stop()
        with pytest.raises(StoppedError):
            list(items)
    assert not [child for child in psutil.Process().children() if "python" in child.name()]
    assert len(run_import(root, tmp_path / "cache").manifest.records) == 120


def test_abandoning_the_import_leaves_no_process(tmp_path: Path) -> None:
    import psutil

    root = write_classes(tmp_path / "data", {"cat": 60, "dog": 60})
    options = {"val": 0.2, "test": 0, "group_by": "", "seed": 0, "preprocessing": SMALL}
    with closing(import_images(root, cache_dir=tmp_path / "cache", control=Control(), **options)) as items:
        next(items)
        next(items)
    assert not [child for child in psutil.Process().children() if "python" in child.name()]


def test_deep_images_share_one_window_and_8_bit_images_come_along(tmp_path: Path) -> None:
    ramp = np.tile(np.linspace(0, 4000, 64).astype(np.uint16), (40, 1))
    for label, factor in (("a", 1), ("b", 0.25)):
        for number in range(3):
            write(tmp_path / "data" / label / f"{number}.png", encode((ramp * factor).astype(np.uint16) + number))
    write(tmp_path / "data" / "a" / "eight.png", encode(picture(1)))
    result = run_import(tmp_path / "data", tmp_path / "cache")
    assert result.manifest.scaling == PixelScaling(0, 4095)
    messages = {problem.kind: problem.message for problem in result.problems}
    assert "0 (black) to 4095 (white)" in messages["scaling"]
    assert "mixed_depth" in messages
    with store_of(result.manifest, tmp_path / "cache") as store:
        by_path = {record.path: store.read(record.sha256) for record in result.manifest.records}
    assert by_path["a/0.png"].max() == 249  # 4000 of 4095
    assert by_path["b/0.png"].max() == 62  # the same window, so a quarter as bright
    assert by_path["a/eight.png"].shape == (40, 48, 3)


def test_ensure_fills_for_another_size_and_after_the_cache_is_gone(tmp_path: Path) -> None:
    result = run_import(write_classes(tmp_path / "data", {"cat": 4, "dog": 4}), tmp_path / "cache")
    assert refill(result.manifest, result.root, tmp_path / "cache") == 0
    assert refill(result.manifest, result.root, tmp_path / "cache", SMALL.at_size(64)) == 8
    with store_of(result.manifest, tmp_path / "cache", SMALL.at_size(64)) as store:
        assert min(store.read(result.manifest.records[0].sha256).shape[:2]) == 80
    assert refill(result.manifest, result.root, tmp_path / "new cache") == 8


def test_ensure_names_changed_and_missing_originals(tmp_path: Path) -> None:
    root = write_classes(tmp_path / "data", {"cat": 4, "dog": 4})
    result = run_import(root, tmp_path / "cache")
    write(root / "cat" / "001.png", encode(picture(999)))
    with pytest.raises(InputError, match=r"cat/001\.png' has changed"):
        refill(result.manifest, root, tmp_path / "new")
    (root / "cat" / "001.png").unlink()
    with pytest.raises(InputError, match=r"cat/001\.png' cannot be read any more"):
        refill(result.manifest, root, tmp_path / "new")


def test_a_disk_without_room_is_reported_before_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import shutil
    from collections import namedtuple

    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(1000, 1000, 0))
    with pytest.raises(ResourceError, match="MiB free"):
        run_import(write_classes(tmp_path / "data", {"cat": 4, "dog": 4}), tmp_path / "cache")


def test_shares_that_leave_nothing_are_refused(tmp_path: Path) -> None:
    root = write_classes(tmp_path / "data", {"cat": 4, "dog": 4})
    with pytest.raises(InputError, match="below 1 together"):
        run_import(root, tmp_path / "cache", val=0.7, test=0.4)
    with pytest.raises(InputError, match="would be used for validation"):
        run_import(root, tmp_path / "cache", val=0)


def test_groups_stay_together(tmp_path: Path) -> None:
    root = tmp_path / "data"
    for number in range(24):
        write(root / "ab"[number % 2] / f"p{number // 4}_{number}.png", encode(picture(number)))
    result = run_import(root, tmp_path / "cache", group_by=r"(p\d+)_", val=0.3)
    splits: dict[str, set[Split]] = {}
    for record in result.manifest.records:
        splits.setdefault(record.group, set()).add(record.split)
    assert all(len(found) == 1 for found in splits.values())
    assert len(splits) == 6
    assert "no_group" not in kinds(result)
