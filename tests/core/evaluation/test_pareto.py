"""The front of accuracy against time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tlft_desktop.core.evaluation.pareto import pareto_front
from tlft_desktop.core.values.run import RunState, RunSummary


def summary(number: int, seconds: float, accuracy: float | None) -> RunSummary:
    return RunSummary(
        run=f"{number:02}",
        name="",
        strategy="",
        state=RunState.COMPLETED,
        val_accuracy=accuracy,
        total_seconds=seconds,
    )


def test_slower_and_worse_runs_are_not_on_the_front() -> None:
    runs = [summary(1, 10, 0.8), summary(2, 20, 0.7), summary(3, 30, 0.9), summary(4, 5, None), summary(5, 0, 1.0)]
    assert [run.run for run in pareto_front(runs)] == ["01", "03"]


def test_of_equally_accurate_runs_the_quickest_counts() -> None:
    assert [run.run for run in pareto_front([summary(1, 9, 0.8), summary(2, 3, 0.8)])] == ["02"]


def test_without_results_there_is_no_front() -> None:
    assert pareto_front([]) == []
    assert pareto_front([summary(1, 3, None)]) == []


@given(st.lists(st.tuples(st.floats(0.1, 100), st.floats(0, 1)), max_size=12))
def test_no_run_beats_one_of_the_front_and_every_other_is_beaten(pairs: list[tuple[float, float]]) -> None:
    runs = [summary(number, *pair) for number, pair in enumerate(pairs)]
    front = pareto_front(runs)
    for run in runs:
        accuracy = run.val_accuracy or 0.0
        beaten = [
            other
            for other in front
            if other.total_seconds <= run.total_seconds and (other.val_accuracy or 0.0) >= accuracy and other is not run
        ]
        assert (run in front) == (not beaten)
