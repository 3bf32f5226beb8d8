"""Accuracy against seconds, read back from what a run wrote, also while it writes."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from storage_samples import epoch_events, make_run
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.runs.course import AccuracyCourse, read_course
from tlft_desktop.core.runs.recorder import Recorder
from tlft_desktop.core.runs.store import TIMINGS_FILE, RunStore
from tlft_desktop.core.training.state import TrainerState


def test_a_run_is_followed_while_it_trains(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    run = make_run(store)
    recorder = Recorder(store, run)
    assert read_course(store, run) == AccuracyCourse()
    for epoch in (1, 2, 3):
        for event in epoch_events(epoch, seconds=2.5 * epoch):
            recorder.record(event, lambda: TrainerState({}, {}))
        course = read_course(store, run)
        assert course.epochs == tuple(range(1, epoch + 1))
        assert course.seconds == tuple(2.5 * done for done in course.epochs)
        assert course.accuracy == tuple(1 - 0.5 / done for done in course.epochs)
        assert all(
            low < value < high for low, value, high in zip(course.low, course.accuracy, course.high, strict=True)
        )
    recorder.close()
    (store.folder(run) / TIMINGS_FILE).unlink()
    assert all(map(math.isnan, read_course(store, run).seconds))
    with pytest.raises(InputError, match="There is no run"):
        read_course(store, store.new_id())


@pytest.mark.parametrize(
    ("accuracy", "best"),
    [
        ((0.5, 0.8, 0.7, 0.9), (0.5, 0.8, 0.8, 0.9)),
        ((math.nan, 0.4, math.nan, 0.3), (math.nan, 0.4, 0.4, 0.4)),
    ],
)
def test_the_best_so_far_never_falls(accuracy: tuple[float, ...], best: tuple[float, ...]) -> None:
    course = AccuracyCourse(epochs=(1, 2, 3, 4), accuracy=accuracy)
    assert course.best == pytest.approx(best, nan_ok=True)
