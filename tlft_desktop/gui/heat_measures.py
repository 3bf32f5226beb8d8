"""What the window shows of heat: which measure of which epoch, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tlft_desktop.core.freezing.auto_rgn import STRAINING
from tlft_desktop.core.values.heat import Heat, heat_by_stage
from tlft_desktop.core.values.layer_node import LayerTree


class HeatMeasure(StrEnum):
    """What is shown of each layer."""

    GRADIENT = "gradient"
    CHANGE = "change"
    DRIFT = "drift"


@dataclass(frozen=True, slots=True)
class ShownHeat:
    """Heat as the layer tree shows it.

    Attributes:
        measure: Which one.
        owners: Heat by parameter owner.
        stages: Drift by stage; empty for other measures.
        strongest: Largest value of a stage in front of the head: the whole length of a bar.
    """

    measure: HeatMeasure = HeatMeasure.GRADIENT
    owners: Mapping[str, Heat] = field(default_factory=dict)
    stages: Mapping[str, float] = field(default_factory=dict)
    strongest: float = 0.0

    def share(self, value: float | None) -> float:
        """Return a value by that of the strongest stage, at most 1."""
        return min(1.0, value / self.strongest) if value and self.strongest else 0.0

    def strains(self, value: float | None) -> bool:
        """Tell whether a layer is pulled at so strongly that a stage like it would be trained."""
        return self.measure is HeatMeasure.GRADIENT and self.share(value) >= STRAINING


def value_of(heat: Heat | None, measure: HeatMeasure) -> float | None:
    """Return a measure of some layers; None where it has no meaning."""
    if heat is None:
        return None
    return heat.relative_gradient if measure is HeatMeasure.GRADIENT else heat.relative_change


def values_of_stages(tree: LayerTree, owners: Mapping[str, Heat], measure: HeatMeasure) -> dict[str, float]:
    """Return a measure of every stage in front of the head that has one, in execution order."""
    head = tree.node(tree.head_path).stage
    values = {stage: value_of(heat, measure) for stage, heat in heat_by_stage(tree, owners).items() if stage != head}
    return {stage: value for stage, value in values.items() if value is not None}


def shown_heat(tree: LayerTree, owners: Mapping[str, Heat], measure: HeatMeasure) -> ShownHeat:
    """Return what the tree shows of an epoch."""
    stages = values_of_stages(tree, owners, measure)
    return ShownHeat(measure, owners, strongest=max(stages.values(), default=0.0))


def shown_drift(stages: Mapping[str, float]) -> ShownHeat:
    """Return what the tree shows of the drift of stages."""
    return ShownHeat(HeatMeasure.DRIFT, stages=stages, strongest=max(stages.values(), default=0.0))
