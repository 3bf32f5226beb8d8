"""Which places of an image an answer rests on: a grey patch slides over the image, and the probability drops."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Generator

import torch
from torch import Tensor

import numpy as np
from numpy.typing import NDArray

from tlft_desktop.core.control import Control

NUM_POSITIONS = 9
"""Positions of the patch in a row and in a column."""
PATCH_SHARE = 0.2
"""Side of the patch as a share of that of the image: patches overlap by half."""
_BATCH = 16


def occlusion_map(
    probabilities: Callable[[Tensor], Tensor], image: Tensor, class_index: int, *, control: Control
) -> Generator[float, None, NDArray[np.float32]]:
    """Yield which share is done, and return the drop of a class's probability, float32 [S, S].

    Each value is the mean over the patches that covered its place; where the class got likelier it is negative. A patch
    has the mean colour that the network normalises by, so that it is 0 for the network.

    Args:
        probabilities: Maps normalised images [B, 3, S, S] to probabilities [B, num_classes].
        image: Normalised, [1, 3, S, S].
        class_index: The class.
        control: Asked between batches.

    Raises:
        StoppedError: If a stop was requested.
    Source: Zeiler & Fergus (2014), arXiv 1311.2901, section 4.2.
    """
    size = image.shape[-1]
    patch = max(1, round(PATCH_SHARE * size))
    starts = [round(number * (size - patch) / (NUM_POSITIONS - 1)) for number in range(NUM_POSITIONS)]
    corners = list(itertools.product(starts, starts))
    with torch.inference_mode():
        whole = float(probabilities(image)[0, class_index])
    sums, counts = np.zeros((size, size)), np.zeros((size, size))
    for first in range(0, len(corners), _BATCH):
        control.raise_if_stopped()
        part = corners[first : first + _BATCH]
        with torch.inference_mode():
            covered = image.repeat(len(part), 1, 1, 1)
            for item, (top, left) in zip(covered, part, strict=True):
                item[:, top : top + patch, left : left + patch] = 0
            left_over = probabilities(covered)[:, class_index].tolist()
        for (top, left), value in zip(part, left_over, strict=True):
            sums[top : top + patch, left : left + patch] += whole - value
            counts[top : top + patch, left : left + patch] += 1
        yield min(1.0, (first + len(part)) / len(corners))
    # Patches of few pixels leave gaps in a small image: nothing is known of those.
    return (sums / np.maximum(counts, 1)).astype(np.float32)
