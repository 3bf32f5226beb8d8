"""Answers of imaginary runs, for tests of what is made of them."""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tlft_desktop.core.runs.predictions import Predictions


def given(logits: ArrayLike, labels: ArrayLike, classes: tuple[str, ...] | None = None) -> Predictions:
    """Return answers for images that are told apart by hashes as images have."""
    values, truth = np.array(logits, dtype=np.float32), np.array(labels, dtype=np.int64)
    names = classes or tuple(f"class {number}" for number in range(values.shape[1]))
    return Predictions(values, truth, hashes(len(truth)), names)


def hashes(count: int) -> tuple[str, ...]:
    """Return as many hashes."""
    return tuple(hashlib.sha256(str(number).encode()).hexdigest() for number in range(count))


def drawn(
    num_images: int, num_classes: int, *, seed: int = 0, sharpness: float = 1.0, offset: float = 1.5
) -> Predictions:
    """Return answers whose probabilities are right when `sharpness` is 1, and too sure above it."""
    generator = np.random.default_rng(seed)
    logits = generator.normal(0, offset, (num_images, num_classes))
    noise = generator.gumbel(size=logits.shape)
    labels: NDArray[np.int64] = (logits + noise).argmax(axis=1)
    return given(sharpness * logits, labels)
