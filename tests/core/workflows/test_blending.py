"""The line between two networks in words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from tlft_desktop.core.runs.predictions import Predictions
from tlft_desktop.core.workflows.blending import Blend, BlendPoint


def point(alpha: float, num_right: int, *, num_images: int = 40) -> BlendPoint:
    """Return a point with that many images right, the first ones."""
    labels = np.zeros(num_images, np.int64)
    logits = np.zeros((num_images, 2), np.float32)
    logits[np.arange(num_images), (np.arange(num_images) >= num_right).astype(int)] = 1
    hashes = tuple(str(number) for number in range(num_images))
    return BlendPoint(alpha, Predictions(logits, labels, hashes, ("a", "b")), None)


@pytest.mark.parametrize(
    ("right", "words"),
    [
        ((10, 30, 30), "No blend has more validation images right than 'fine'."),
        (
            (10, 31, 30),
            "Against 'fine', the better end, that is no more than chance (p = 1, not corrected for ",
        ),
        ((10, 40, 20), "Against 'fine', the better end, that is more than chance (p < 0.001, not corrected for "),
        ((30, 40, 20), "Against 'head', the better end, that is more than chance (p = 0.002, not corrected for "),
        ((35, 30, 30), "No blend has more validation images right than 'head'."),
    ],
)
def test_the_best_point_in_words(right: Sequence[int], words: str) -> None:
    blend = Blend(tuple(point(alpha, num) for alpha, num in zip((0.0, 0.5, 1.0), right, strict=True)))
    said = blend.verdict("head", "fine")
    lead = "With 50 % of the fine-tuned network more validation images are right than at either end. "
    assert said.startswith(words if words.startswith("No") else f"{lead}{words}")
    assert blend.best.alpha != 0.5 or said.endswith("not corrected for choosing among 3).")
