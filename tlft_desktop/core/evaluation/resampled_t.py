"""Two strategies on several divisions of the same images into training and validation: the corrected t test."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from scipy.stats import t as student_t

_LEVEL = 0.975


def corrected_resampled_t(differences: Sequence[float], *, test_by_train: float) -> tuple[float, float, float]:
    """Return the 95 % interval of the mean difference, low and high, and the two-sided p value.

    Divisions share images, so their differences vary less than those of new images would; the variance of the mean is
    enlarged by what they share.

    Args:
        differences: One for each division, at least two.
        test_by_train: Images that judge, divided by those that train.

    Raises:
        ValueError: If there are fewer than two differences, or the ratio is not above 0.
    Source: Nadeau & Bengio (2003), Mach. Learn. 52, 239-281.
    """
    count = len(differences)
    if count < 2 or not test_by_train > 0:
        raise ValueError(f"need two differences at least and a ratio above 0, got {count} and {test_by_train}")
    mean = float(np.mean(differences))
    error = math.sqrt((1 / count + test_by_train) * float(np.var(differences, ddof=1)))
    half = error * float(student_t.ppf(_LEVEL, count - 1))
    if error == 0:
        return mean, mean, 1.0 if mean == 0 else 0.0
    return mean - half, mean + half, 2 * float(student_t.sf(abs(mean) / error, count - 1))
