"""What the network of a project receives of one image: the evaluation view and augmented views, not yet normalised."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tlft_desktop.core.data.transforms import augmented_view, evaluation_view
from tlft_desktop.core.freezing.strategies import tuning_augmentation
from tlft_desktop.core.project.config import ProjectConfig
from tlft_desktop.core.values.manifest import ImageRecord
from tlft_desktop.core.values.strategy import resolved_flip
from tlft_desktop.core.workflows.networks import preprocessing_of


def network_views(
    config: ProjectConfig,
    record: ImageRecord,
    pixels: NDArray[np.uint8],
    *,
    views: Sequence[int],
    num_train: int,
) -> tuple[NDArray[np.uint8], ...]:
    """Return the evaluation view and after it the augmented views with these numbers, each uint8 [S, S, 3].

    They are the pictures that fine-tuning draws from by default, to the bit; the network gets them normalised.

    Args:
        config: Names backbone, image size and data seed, and whether images may be mirrored.
        record: The image.
        pixels: Its pixels as in the pixel store, uint8 [H, W, 3].
        views: Numbers of the variants; 0 is the evaluation view.
        num_train: Number of training images, which decides how strong variants are.

    Raises:
        InputError: If the catalogue does not know the backbone.
    """
    preprocessing = preprocessing_of(config)
    tensors = [evaluation_view(pixels, preprocessing)]
    tensors += [
        augmented_view(
            pixels,
            preprocessing,
            seed=config.seed,
            image=record.sha256,
            view=view,
            augmentation=tuning_augmentation(num_train),
            flip=resolved_flip(None, config.flip),
        )
        for view in views
    ]
    return tuple(np.ascontiguousarray(tensor.numpy().transpose(1, 2, 0)) for tensor in tensors)
