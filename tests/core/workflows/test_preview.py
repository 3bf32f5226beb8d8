"""The preview shows the very pictures that training draws from."""

from __future__ import annotations

from dataclasses import replace

import torch

import numpy as np

from image_files import picture
from storage_samples import make_config
from tlft_desktop.core.data.decode import resize_short_side
from tlft_desktop.core.data.image_source import BatchRequest, ImageSource
from tlft_desktop.core.freezing.strategies import tuning_augmentation
from tlft_desktop.core.values.manifest import ImageRecord, Split
from tlft_desktop.core.values.strategy import Augmentation
from tlft_desktop.core.workflows.networks import preprocessing_of
from tlft_desktop.core.workflows.preview import network_views


class OneImage:
    """A pixel store with a single image."""

    def __init__(self, pixels: np.ndarray) -> None:
        self._pixels = pixels

    def read(self, _sha256: str) -> np.ndarray:
        return self._pixels


def test_views_equal_what_training_loads_to_the_bit() -> None:
    config = make_config()
    preprocessing = preprocessing_of(config)
    pixels = resize_short_side(picture(1), preprocessing.resize_side, interpolation=preprocessing.interpolation)
    record = ImageRecord("cat/1.png", "ab" * 32, "cat", Split.TRAIN, 48, 40, "RGB")
    shown = network_views(config, record, pixels, views=(1, 2, 3, 4), num_train=50)
    source = ImageSource(
        [record],
        classes=["cat"],
        store=OneImage(pixels),
        preprocessing=preprocessing,
        data_seed=config.seed,  # type: ignore[arg-type]
    )
    request = BatchRequest((0,) * 5, views=(0, 1, 2, 3, 4), augmentation=tuning_augmentation(50))
    mean, std = (torch.tensor(values).view(1, 3, 1, 1) for values in (preprocessing.mean, preprocessing.std))
    loaded = ((source.load(request) * std + mean) * 255).round().to(torch.uint8).permute(0, 2, 3, 1).numpy()
    assert np.array_equal(np.stack(shown), loaded)
    assert len({view.tobytes() for view in shown}) == 5


def test_what_may_not_be_mirrored_is_not_shown_mirrored() -> None:
    config = make_config()
    pixels = resize_short_side(picture(1), preprocessing_of(config).resize_side, interpolation="bilinear")
    record = ImageRecord("cat/1.png", "ab" * 32, "cat", Split.TRAIN, 48, 40, "RGB")

    for answer in (None, True, False):
        shown = network_views(replace(config, flip=answer), record, pixels, views=(1,), num_train=50)
        assert np.array_equal(shown[1], shown[0][:, ::-1]) is (answer is not False)


def test_more_images_are_varied_more() -> None:
    assert tuning_augmentation(10) is Augmentation.LIGHT
    assert tuning_augmentation(10_000_000) is Augmentation.STANDARD
