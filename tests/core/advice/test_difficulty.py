"""What a probe confuses, and which labels it doubts."""

from __future__ import annotations

import numpy as np

from tlft_desktop.core.advice.difficulty import Confusion, difficulty_of
from tlft_desktop.core.advice.logistic_probe import LogisticProbe

LABELS = np.array([0, 0, 1, 1, 2, 2])


def probe_of(*rows: tuple[float, float, float]) -> LogisticProbe:
    probability = np.array(rows)
    return LogisticProbe((probability.argmax(axis=1) == LABELS).astype(float), probability, l2=1.0)


def test_the_most_confused_pair_and_near_misses() -> None:
    probe = probe_of(
        (0.9, 0.05, 0.05), (0.4, 0.5, 0.1), (0.5, 0.4, 0.1), (0.1, 0.8, 0.1), (0.5, 0.3, 0.2), (0.1, 0.1, 0.8)
    )
    found = difficulty_of(probe, LABELS, np.ones(6, dtype=bool))
    assert found.worst == Confusion(0, 1, num_images=2, num_both=4)
    assert found.near_misses == 2 / 3
    assert found.near_misses_by_chance == 0.5
    assert (found.num_wrong, found.excess) == (3, 0.0), "too few to tell"


def test_near_misses_beyond_chance_count_where_many_answers_are_wrong() -> None:
    labels = np.zeros(30, dtype=np.int64)
    probability = np.tile([0.3, 0.5, 0.1, 0.1], (30, 1))
    probe = LogisticProbe(np.zeros(30), probability, l2=1.0)
    found = difficulty_of(probe, np.concatenate([labels[:28], [2, 3]]), np.ones(30, dtype=bool))
    assert (found.num_wrong, found.near_misses) == (30, 28 / 30)
    assert found.excess == 28 / 30 - 1 / 2


def test_labels_are_doubted_where_both_probes_are_against_them() -> None:
    sure_but_alone, sure, unsure = (0.95, 0.03, 0.02), (0.92, 0.05, 0.03), (0.6, 0.3, 0.1)
    right = (0.02, 0.03, 0.95)
    probe = probe_of((0.9, 0.05, 0.05), (0.9, 0.05, 0.05), sure, unsure, sure_but_alone, right)
    neighbours = np.array([True, True, False, False, True, True])
    assert difficulty_of(probe, LABELS, neighbours).suspects == (2,)


def test_where_nothing_is_wrong_nothing_is_said() -> None:
    probe = probe_of(*[tuple(float(label == column) for column in range(3)) for label in LABELS])  # type: ignore[misc]
    found = difficulty_of(probe, LABELS, np.zeros(6, dtype=bool))
    assert (found.worst, found.near_misses, found.suspects) == (None, 0.0, ())


def test_one_class_has_no_chance() -> None:
    probe = LogisticProbe(np.ones(2), np.ones((2, 1)), l2=1.0)
    assert difficulty_of(probe, np.zeros(2, dtype=np.int64), np.ones(2, dtype=bool)).near_misses_by_chance == 0.0
