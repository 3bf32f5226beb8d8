"""Features are the same whatever was there before, and the same in memory and on disk."""

from __future__ import annotations

import tempfile
import threading
from pathlib import Path

import torch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst
from numpy.typing import NDArray

from tests.training_samples import StopAt, tiny_net, tiny_numerics, tiny_source
from tlft_desktop.core.control import Control
from tlft_desktop.core.data.image_source import BatchRequest
from tlft_desktop.core.errors import StoppedError
from tlft_desktop.core.models.head_boundary import HeadFeatures
from tlft_desktop.core.runs.feature_store import FeatureFile
from tlft_desktop.core.training.features import PARTITION, FeatureStore, MemoryFeatures, ViewRows, fill_features
from tlft_desktop.core.training.setup import evaluation_requests
from tlft_desktop.core.values.strategy import Augmentation

NUM_IMAGES = 2 * PARTITION + 11
SOURCE = tiny_source(num_images=NUM_IMAGES, seed=1)


class ExactFeatures(MemoryFeatures):
    """Keeps every bit, so that a test sees them."""

    def read_all(self) -> NDArray[np.float32]:
        return self._values


def fill(store: FeatureStore, control: Control | None = None) -> list[int]:
    extract = HeadFeatures(tiny_net(), "head")
    return list(fill_features(store, SOURCE, extract, numerics=tiny_numerics(), control=control or Control()))


def test_all_rows_are_what_enters_the_head() -> None:
    store = ExactFeatures(NUM_IMAGES, 12)
    counts = fill(store)
    assert counts == [0, PARTITION, 2 * PARTITION, NUM_IMAGES]
    assert store.missing() == []
    net = tiny_net()
    logits = net.head(torch.from_numpy(store.read_all()))
    with torch.inference_mode():
        whole = torch.cat([net(batch) for batch in SOURCE.batches(evaluation_requests(NUM_IMAGES))])
    assert torch.allclose(logits, whole, atol=1e-5)


@pytest.mark.parametrize(
    "missing", [[0], [NUM_IMAGES - 1], [3, 40, 41, 70], list(range(5, NUM_IMAGES)), list(range(0, NUM_IMAGES, 7))]
)
def test_a_row_does_not_depend_on_which_others_were_missing(missing: list[int]) -> None:
    whole = ExactFeatures(NUM_IMAGES, 12)
    fill(whole)
    part = ExactFeatures(NUM_IMAGES, 12)
    present = [row for row in range(NUM_IMAGES) if row not in missing]
    part.write(present, np.full((len(present), 12), -7.0, dtype=np.float32))
    counts = fill(part)
    assert counts[0] == len(present)
    assert counts[-1] == NUM_IMAGES
    assert np.array_equal(part.read_all()[missing], whole.read_all()[missing])
    assert (part.read_all()[present] == -7.0).all()


def test_nothing_missing_computes_nothing() -> None:
    store = MemoryFeatures(NUM_IMAGES, 12)
    store.write(range(NUM_IMAGES), np.zeros((NUM_IMAGES, 12), dtype=np.float32))

    def never(images: torch.Tensor) -> torch.Tensor:
        raise AssertionError("computed although it is there")

    assert list(fill_features(store, SOURCE, never, numerics=tiny_numerics(), control=Control())) == [NUM_IMAGES]


def test_a_store_that_keeps_nothing_is_not_filled_for_ever() -> None:
    class Leaking(MemoryFeatures):
        def missing(self) -> list[int]:
            return list(range(NUM_IMAGES))

    assert len(fill(Leaking(NUM_IMAGES, 12))) == 7


def test_a_stop_keeps_what_is_done_and_goes_on_from_there() -> None:
    store, whole = ExactFeatures(NUM_IMAGES, 12), ExactFeatures(NUM_IMAGES, 12)
    with pytest.raises(StoppedError):
        fill(store, StopAt(1))
    assert store.missing() == list(range(PARTITION, NUM_IMAGES))
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("image-loader")]
    assert fill(store)[0] == PARTITION
    fill(whole)
    assert np.array_equal(store.read_all(), whole.read_all())


def test_a_stop_at_the_very_end_is_a_stop() -> None:
    control = Control()
    store = MemoryFeatures(NUM_IMAGES, 12)
    fill(store)
    control.request_stop()
    with pytest.raises(StoppedError):
        fill(store, control)


VALUES = npst.arrays(
    np.float32,
    (5, 3),
    elements=st.floats(-7e4, 7e4, width=32) | st.sampled_from([65504.0, 65519.0, 65520.0, -65520.0, 1e-8, 1e30]),
)


# No deadline: every example makes a file and waits for the disk.
@pytest.mark.slow
@settings(deadline=None)
@given(VALUES)
def test_rounding_is_equal_in_memory_and_on_disk(values: NDArray[np.float32]) -> None:
    memory = MemoryFeatures(5, 3)
    memory.write(range(5), values)
    with (
        tempfile.TemporaryDirectory() as folder,
        FeatureFile(Path(folder) / "features", num_rows=5, width=3) as disk,
    ):
        disk.write(range(5), values)
        assert np.array_equal(memory.read_all(), disk.read_all())


def test_rows_are_kept_as_float16_unless_one_value_is_too_large() -> None:
    store = MemoryFeatures(2, 2)
    store.write([1], np.array([[0.1, 2049.0]], dtype=np.float32))
    assert store.missing() == [0]
    store.write([0], np.zeros((1, 2), dtype=np.float32))
    assert store.read_all().tolist() == [[0, 0], [np.float16(0.1), 2048.0]]
    store.write([0], np.array([[1e5, 0.0]], dtype=np.float32))
    assert store.read_all().tolist() == [[1e5, 0], [np.float32(0.1), 2049.0]]


def test_a_value_too_large_in_the_last_batch_leaves_no_row_missing(tmp_path: Path) -> None:
    """A file that changes to float32 forgets the rows before: they are computed again."""
    inner = HeadFeatures(tiny_net(), "head")
    calls: list[int] = []

    def growing(images: torch.Tensor) -> torch.Tensor:
        calls.append(len(images))
        features = inner(images)
        last = SOURCE.load(BatchRequest((NUM_IMAGES - 1,)))
        features[(images == last).flatten(1).all(dim=1)] *= 1e7
        return features

    with FeatureFile(tmp_path / "features", num_rows=NUM_IMAGES, width=12) as disk:
        counts = list(fill_features(disk, SOURCE, growing, numerics=tiny_numerics(), control=Control()))
        assert counts[-1] == NUM_IMAGES
        assert disk.missing() == []
        memory = MemoryFeatures(NUM_IMAGES, 12)
        list(fill_features(memory, SOURCE, growing, numerics=tiny_numerics(), control=Control()))
        assert np.array_equal(disk.read_all(), memory.read_all())
    assert disk.dtype == np.float32
    assert set(calls) == {PARTITION}


def test_rows_of_several_views_hold_each_view_of_each_image() -> None:
    views = ViewRows(NUM_IMAGES, views=3, augmentation=Augmentation.LIGHT)
    store = MemoryFeatures(len(views), 3 * 16 * 16)
    done = list(
        fill_features(store, SOURCE, lambda images: images, numerics=tiny_numerics(), control=Control(), views=views)
    )
    assert done[-1] == len(views) == 3 * NUM_IMAGES
    for image, view in ((0, 0), (NUM_IMAGES - 1, 1), (17, 2)):
        expected = SOURCE.load(BatchRequest((image,), (view,), Augmentation.LIGHT)).numpy().reshape(1, -1)
        found = store.read([views.row_of(image, view)])
        assert np.array_equal(found, expected.astype(np.float16).astype(np.float32))
    assert not np.array_equal(store.read([17]), store.read([NUM_IMAGES + 17]))
