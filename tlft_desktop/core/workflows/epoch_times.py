"""How long epochs of this project took: what estimates of other plans are scaled from."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import Any

from tlft_desktop.core.errors import InputError
from tlft_desktop.core.freezing.presets import is_head_only
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.run import RunConfig

_WARMUP_EPOCHS = 1


@dataclass(frozen=True, slots=True)
class MeasuredEpoch:
    """An epoch of a run, as it was measured.

    Attributes:
        run: Identifier of the run.
        plan: What was frozen.
        seconds: Median over the epochs of a phase, without the first where there are more.
        batch: Images per optimiser step.
    """

    run: str
    plan: FreezePlan
    seconds: float
    batch: int


def newest_measured_epoch(store: RunStore, tree: LayerTree, *, image_size: int) -> MeasuredEpoch | None:
    """Return what the newest run of a network measured in its ordinary loop; None if there is none.

    Phases that train the head alone work on kept features, so they tell nothing of passes through the network.
    """
    for run in reversed(store.ids()):
        try:
            config = store.config(run)
            if (config.backbone, config.image_size) == (tree.backbone, image_size):
                measured = _measured(config, tree, store.metrics(run), store.timings(run))
                if measured is not None:
                    return measured
        except (InputError, KeyError, TypeError, ValueError):
            # A damaged run never hides the others.
            continue
    return None


def _measured(
    config: RunConfig, tree: LayerTree, metrics: list[dict[str, Any]], timings: list[dict[str, Any]]
) -> MeasuredEpoch | None:
    phases = {int(row["epoch"]): str(row["phase"]) for row in metrics if row["event"] == "epoch_end"}
    for phase in reversed(config.strategy.phases):
        if is_head_only(tree, phase.plan):
            continue
        rows = [row for row in timings if phases.get(int(row["epoch"])) == phase.name]
        seconds = [float(row["epoch_seconds"]) for row in rows]
        if seconds:
            steady = seconds[_WARMUP_EPOCHS:] or seconds
            return MeasuredEpoch(config.run, phase.plan, statistics.median(steady), config.numerics.batch)
    return None
