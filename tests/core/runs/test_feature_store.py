"""Rows of features: right or missing, never wrong."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import numpy as np
import pytest

from tlft_desktop.core import fsio
from tlft_desktop.core.errors import InputError, StorageError
from tlft_desktop.core.project.cache import cache_entries, prune_entries
from tlft_desktop.core.runs.feature_store import FeatureFile, feature_folder

ROWS, WIDTH = 20, 7


def row_values(rows: list[int], *, scale: float = 1.0) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """Return values that depend on the row only."""
    return np.stack([np.random.default_rng(row).standard_normal(WIDTH) * scale for row in rows]).astype(np.float32)


def rounded(
    values: np.ndarray[tuple[int, ...], np.dtype[np.float32]],
) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    return values.astype(np.float16).astype(np.float32)


def fill(folder: Path) -> None:
    with FeatureFile(folder, num_rows=ROWS, width=WIDTH) as features:
        features.write(list(range(ROWS)), row_values(list(range(ROWS))))


def test_rows_come_back_in_half_precision(tmp_path: Path) -> None:
    values = row_values(list(range(ROWS)))
    with FeatureFile(tmp_path / "f", num_rows=ROWS, width=WIDTH) as features:
        assert features.missing() == list(range(ROWS))
        features.write([3, 4, 9], values[[3, 4, 9]])
        assert features.missing() == [row for row in range(ROWS) if row not in (3, 4, 9)]
        np.testing.assert_array_equal(features.read([9, 3]), rounded(values[[9, 3]]))
        with pytest.raises(InputError, match="17 of 20"):
            features.read_all()
        features.write(features.missing(), values[features.missing()])
    with FeatureFile(tmp_path / "f", num_rows=ROWS, width=WIDTH) as features:
        assert features.missing() == []
        assert features.dtype == np.float16
        assert features.read_all().dtype == np.float32
        np.testing.assert_array_equal(features.read_all(), rounded(values))


def test_one_value_that_does_not_fit_keeps_all_rows_in_single_precision(tmp_path: Path) -> None:
    values = row_values(list(range(ROWS)))
    values[12, 3] = -70_000.0
    with FeatureFile(tmp_path / "f", num_rows=ROWS, width=WIDTH) as features:
        while missing := features.missing():
            features.write(missing[:8], values[missing[:8]])
        assert features.dtype == np.float32
        np.testing.assert_array_equal(features.read_all(), values)
    with FeatureFile(tmp_path / "f", num_rows=ROWS, width=WIDTH) as features:
        np.testing.assert_array_equal(features.read_all(), values)


def test_the_largest_half_fits_and_infinity_is_itself(tmp_path: Path) -> None:
    values = row_values(list(range(ROWS)))
    values[0, :4] = [65504.0, -65504.0, np.inf, np.nan]
    with FeatureFile(tmp_path / "f", num_rows=ROWS, width=WIDTH) as features:
        features.write(list(range(ROWS)), values)
        assert features.dtype == np.float16
        np.testing.assert_array_equal(features.read_all(), rounded(values))


@pytest.mark.parametrize("kind", ["f16", "f16.valid"])
def test_any_flipped_byte_makes_a_row_missing_not_wrong(kind: str, tmp_path: Path) -> None:
    fill(tmp_path / "f")
    path = tmp_path / "f" / f"{ROWS}x{WIDTH}.{kind}"
    whole = path.read_bytes()
    expected = rounded(row_values(list(range(ROWS))))
    for position in range(0, len(whole), 3):
        path.write_bytes(whole[:position] + bytes([whole[position] ^ 1]) + whole[position + 1 :])
        with FeatureFile(tmp_path / "f", num_rows=ROWS, width=WIDTH) as features:
            with pytest.raises(InputError):
                features.read_all()
            (row,) = features.missing()
            features.write([row], row_values([row]))
            np.testing.assert_array_equal(features.read_all(), expected)
        assert path.read_bytes() == whole


@pytest.mark.parametrize("kind", ["f16", "f16.valid"])
def test_a_shortened_file_makes_rows_missing(kind: str, tmp_path: Path) -> None:
    fill(tmp_path / "f")
    path = tmp_path / "f" / f"{ROWS}x{WIDTH}.{kind}"
    whole = path.read_bytes()
    for length in (0, 1, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:length])
        with FeatureFile(tmp_path / "f", num_rows=ROWS, width=WIDTH) as features:
            missing = features.missing()
            assert missing
            kept = [row for row in range(ROWS) if row not in missing]
            np.testing.assert_array_equal(
                features.read(kept), rounded(row_values(kept)) if kept else np.empty((0, WIDTH))
            )
            features.write(missing, row_values(missing))
            np.testing.assert_array_equal(features.read_all(), rounded(row_values(list(range(ROWS)))))


def test_rows_at_the_wrong_place_are_damaged(tmp_path: Path) -> None:
    fill(tmp_path / "f")
    path = tmp_path / "f" / f"{ROWS}x{WIDTH}.f16"
    stride = WIDTH * 2 + 4
    whole = path.read_bytes()
    path.write_bytes(whole[stride : 2 * stride] + whole[:stride] + whole[2 * stride :])
    with FeatureFile(tmp_path / "f", num_rows=ROWS, width=WIDTH) as features:
        with pytest.raises(InputError, match="2 of 20"):
            features.read_all()
        assert features.missing() == [0, 1]


def test_all_rows_that_are_damaged_are_missing_after_one_reading(tmp_path: Path) -> None:
    fill(tmp_path / "f")
    path = tmp_path / "f" / f"{ROWS}x{WIDTH}.f16"
    stride = WIDTH * 2 + 4
    with open(path.with_name(f"{path.name}.valid"), "r+b") as valid:
        valid.seek(2)
        valid.write(b"\0")
    with open(path, "r+b") as data:
        data.seek(9 * stride)
        data.write(b"\xff" * stride)
    with FeatureFile(tmp_path / "f", num_rows=ROWS, width=WIDTH) as features:
        with pytest.raises(InputError, match="lacks 2 of 20 rows"):
            features.read([9, 2, 4, 9])
        assert features.missing() == [2, 9]


def test_a_row_written_while_another_thread_found_it_damaged_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path / "f")
    with open(tmp_path / "f" / f"{ROWS}x{WIDTH}.f16", "r+b") as data:
        data.write(b"\xff" * 4)
    with FeatureFile(tmp_path / "f", num_rows=ROWS, width=WIDTH) as features:
        writer = threading.Thread(target=features.write, args=([0], row_values([0])))
        refuse = features._refuse

        def refuse_late(bad: list[int]) -> None:
            writer.start()
            writer.join(0.05)
            refuse(bad)

        monkeypatch.setattr(features, "_refuse", refuse_late)
        with pytest.raises(InputError, match="lacks 1 of 20 rows"):
            features.read([0])
        monkeypatch.undo()
        writer.join()
        np.testing.assert_array_equal(features.read([0]), rounded(row_values([0])))


def test_a_file_of_zeros_has_no_rows(tmp_path: Path) -> None:
    fill(tmp_path / "f")
    for path in (tmp_path / "f").glob("*.f16*"):
        path.write_bytes(b"\0" * path.stat().st_size)
    with FeatureFile(tmp_path / "f", num_rows=ROWS, width=WIDTH) as features:
        assert features.missing() == list(range(ROWS))
    (tmp_path / "f" / f"{ROWS}x{WIDTH}.f16.valid").write_bytes(b"\1" * ROWS)
    with (
        FeatureFile(tmp_path / "f", num_rows=ROWS, width=WIDTH) as features,
        pytest.raises(InputError, match="20 of 20"),
    ):
        features.read_all()


def test_other_numbers_of_rows_or_values_do_not_mix(tmp_path: Path) -> None:
    fill(tmp_path / "f")
    with FeatureFile(tmp_path / "f", num_rows=ROWS + 1, width=WIDTH) as features:
        assert len(features.missing()) == ROWS + 1
    with FeatureFile(tmp_path / "f", num_rows=ROWS, width=WIDTH - 1) as features:
        assert len(features.missing()) == ROWS
        with pytest.raises(ValueError, match="cannot store"):
            features.write([0], row_values([0]))
        with pytest.raises(ValueError, match="cannot store"):
            features.write([ROWS], row_values([0])[:, 1:])


def test_deleting_the_folder_is_safe_at_any_time(tmp_path: Path) -> None:
    features = FeatureFile(tmp_path / "f", num_rows=ROWS, width=WIDTH)
    features.write([0], row_values([0]))
    shutil.rmtree(tmp_path / "f")
    features.write([1], row_values([1]))
    np.testing.assert_array_equal(features.read([0, 1]), rounded(row_values([0, 1])))
    features.close()
    with FeatureFile(tmp_path / "f", num_rows=ROWS, width=WIDTH) as features:
        assert features.missing() == list(range(ROWS))


def test_a_file_in_use_is_not_tidied_away(tmp_path: Path) -> None:
    folder = feature_folder(tmp_path, "backbone weights data view")
    with FeatureFile(folder, num_rows=ROWS, width=WIDTH) as features:
        features.write([0], row_values([0]))
        assert prune_entries(cache_entries(tmp_path)).kept == (folder,)
        assert features.missing() == list(range(1, ROWS))
    assert prune_entries(cache_entries(tmp_path)).num_bytes > 0
    assert cache_entries(tmp_path) == ()
    assert feature_folder(tmp_path, "other") != folder


WRITER = """
    import sys
    from pathlib import Path
    import numpy as np
    from tlft_desktop.core.runs.feature_store import FeatureFile
    rows, width, folder, order = 400, 7, Path(sys.argv[1]), int(sys.argv[2])
    values = np.stack([np.random.default_rng(row).standard_normal(width) for row in range(rows)]).astype(np.float32)
    values[200, 0] = 1e6
    print("ready", flush=True)
    sys.stdin.readline()
    with FeatureFile(folder, num_rows=rows, width=width) as features:
        while missing := features.missing()[::order]:
            features.write(missing[:3], values[missing[:3]])
        assert np.array_equal(features.read_all(), values)
"""


def test_two_processes_that_fill_one_file_never_make_a_wrong_row(tmp_path: Path) -> None:
    children = [
        subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(WRITER), str(tmp_path / "f"), order],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "OMP_NUM_THREADS": "1"},
        )
        for order in ("1", "-1")
    ]
    for child in children:
        assert child.stdout is not None
        child.stdout.readline()
    for child in children:
        assert child.stdin is not None
        child.stdin.write("go\n")
        child.stdin.flush()
    for child in children:
        child.communicate(timeout=60)
    assert [child.returncode for child in children] == [0, 0]


def test_room_is_made_once_before_the_first_row_and_for_the_larger_type(tmp_path: Path) -> None:
    asked: list[int] = []
    values = row_values(list(range(ROWS)))
    with FeatureFile(tmp_path / "f", num_rows=ROWS, width=WIDTH, make_room=asked.append) as features:
        features.missing()
        assert asked == []
        features.write([0, 1], values[[0, 1]])
        features.write([2], values[[2]])
        assert asked == [ROWS * (2 * WIDTH + 4 + 1)]
    with FeatureFile(tmp_path / "f", num_rows=ROWS, width=WIDTH, make_room=asked.append) as features:
        features.write([5], values[[5]])
        assert 0 < asked.pop() < asked[0], "three rows are there"
        values[12, 3] = -70_000.0
        features.write([12], values[[12]])
        assert asked.pop() == ROWS * (4 * WIDTH + 4 + 1)
    with FeatureFile(tmp_path / "f", num_rows=ROWS, width=WIDTH, make_room=asked.append) as features:
        features.read([12])
        assert len(asked) == 1, "reading needs no room"


def test_without_room_rows_stay_missing_and_no_empty_folder_is_left(tmp_path: Path) -> None:
    def refuse(num_bytes: int) -> None:
        raise StorageError("no room")

    def refused(folder: Path) -> None:
        with FeatureFile(folder, num_rows=ROWS, width=WIDTH, make_room=refuse) as features:
            missing = features.missing()
            with pytest.raises(StorageError, match="no room"):
                features.write([19], row_values([19]))
            assert features.missing() == missing

    refused(tmp_path / "f")
    assert not (tmp_path / "f").exists()
    with FeatureFile(tmp_path / "f", num_rows=ROWS, width=WIDTH) as other:
        refused(tmp_path / "f")
        other.write([3], row_values([3]))
    refused(tmp_path / "f")
    with FeatureFile(tmp_path / "f", num_rows=ROWS, width=WIDTH) as features:
        np.testing.assert_array_equal(features.read([3]), rounded(row_values([3])))


def test_reading_notes_the_use_once_and_not_for_each_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = feature_folder(tmp_path, "a")
    fill(folder)
    os.utime(folder, (1_000_000, 1_000_000))
    assert cache_entries(tmp_path)[0].last_used == 1_000_000
    changes: list[str] = []
    with FeatureFile(folder, num_rows=ROWS, width=WIDTH) as features:
        assert cache_entries(tmp_path)[0].last_used > 1_000_000
        os.utime(folder, (1_000_000, 1_000_000))
        monkeypatch.setattr(fsio.primitives, "operation", lambda kind, path: changes.append(kind))
        for _ in range(3):
            features.read_all()
        assert changes == []
    assert cache_entries(tmp_path)[0].last_used > 1_000_000, "its end counts as well"
