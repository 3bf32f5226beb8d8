"""Photographs that stand for the images of ImageNet where a network keeps nothing of its own."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

_LEAST_SHARE, _MOST_SHARE = 0.1, 0.9
"""Sides of the crops, of the shorter side of their photograph: details and whole scenes."""


def reference_crops(count: int, side: int, *, seed: int = 0) -> NDArray[np.uint8]:
    """Return square crops of the two photographs that come with scikit-learn, uint8 [N, S, S, 3].

    Args:
        count: Number of crops, N.
        side: Side to which they are scaled, S, in pixels.
        seed: Decides where they are cut.
    """
    # scikit-learn takes a second to load.
    from sklearn.datasets import load_sample_images

    photographs = [Image.fromarray(pixels) for pixels in load_sample_images().images]
    random = np.random.default_rng(seed)
    crops = np.empty((count, side, side, 3), dtype=np.uint8)
    for number in range(count):
        photograph = photographs[number % len(photographs)]
        width = max(1, round(min(photograph.size) * float(random.uniform(_LEAST_SHARE, _MOST_SHARE))))
        x, y = (int(random.integers(0, length - width + 1)) for length in photograph.size)
        box = (x, y, x + width, y + width)
        crops[number] = np.asarray(photograph.resize((side, side), Image.Resampling.BICUBIC, box=box))
    return crops
