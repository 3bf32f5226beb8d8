"""Following a measurement by probes: its progress on a line of its own, what it finds as it comes."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import closing
from typing import Any, TypeVar

from tlft_desktop.commands.application import App
from tlft_desktop.core.values.probe_progress import ProbeProgress

_Result = TypeVar("_Result")
_STAGES = {
    "read": "reading images",
    "shift": "measuring the distance",
    "pass": "running the network",
    "probe": "probing depths",
    "folds": "probing the head",
    "heads": "training heads on folds",
    "curve": "learning from fewer images",
    "costs": "measuring the machine",
    "pilot": "trying the ways out",
    "runs": "reading runs",
    "pictures": "reading pictures",
}


def follow(
    steps: Generator[Any, None, None], app: App, result: type[_Result], on_found: Callable[[Any], None] | None = None
) -> _Result:
    """Show how far a measurement is, and return its result.

    Args:
        steps: Yields `ProbeProgress`, perhaps what it finds on its way, and the result at last.
        app: Shows the progress.
        result: Type of the result.
        on_found: Called with what is neither progress nor the result.
    """
    stage = "read"
    with app.output.progress(_STAGES[stage]) as progress, closing(steps):
        for item in steps:
            if isinstance(item, result):
                return item
            if isinstance(item, ProbeProgress):
                if item.stage != stage:
                    stage = item.stage
                    progress.restart(_STAGES[stage])
                unit = " s" if stage == "pilot" else ""
                progress.update(item.done / max(1, item.total), f"{item.done} of {item.total}{unit}")
            elif on_found is not None:
                on_found(item)
    raise AssertionError("a measurement ends with its result")
