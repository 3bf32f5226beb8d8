"""Which runs are worth a look when both accuracy and time count."""

from __future__ import annotations

from collections.abc import Iterable

from tlft_desktop.core.values.run import RunSummary


def pareto_front(runs: Iterable[RunSummary]) -> list[RunSummary]:
    """Return the runs that no other run beats: the quickest first, each more accurate than all before it.

    Runs without a result or a time are left out; of equally accurate ones the quickest is on the front.
    """
    judged = [run for run in runs if run.val_accuracy is not None and run.total_seconds > 0]
    front: list[RunSummary] = []
    highest = -1.0
    for run in sorted(judged, key=lambda each: (each.total_seconds, -(each.val_accuracy or 0.0), each.run)):
        if (run.val_accuracy or 0.0) > highest:
            highest = run.val_accuracy or 0.0
            front.append(run)
    return front
