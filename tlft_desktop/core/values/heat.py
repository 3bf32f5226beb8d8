"""How hot a part of a network is: how strongly its weights are pulled, and how far they have moved."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tlft_desktop.core.values.layer_node import LayerTree

_NUM_NORMS = 4
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Heat:
    """Euclidean norms over all trained parameters of a part, taken as one vector.

    A part that is made of others has the roots of the sums of their squares, so that a stage is measured like a layer:
    what pulls at few parameters weighs little beside what pulls at many.

    Attributes:
        gradient: Root mean square, over the steps of an epoch, of the norm of the gradient before it is clipped.
        weight: Norm of the weights at the end of the epoch.
        moved: Norm of their difference from the pretrained weights; 0 where there are none.
        start: Norm of the pretrained weights; 0 for what is new, such as the head.
    """

    gradient: float
    weight: float
    moved: float = 0.0
    start: float = 0.0

    @property
    def relative_gradient(self) -> float | None:
        """Gradient by weight; None where all weights are zero.

        Source: relative gradient norm (RGN) of Lee et al. (2023), Surgical fine-tuning, arXiv 2210.11466.
        """
        return self.gradient / self.weight if self.weight > 0 else None

    @property
    def relative_change(self) -> float | None:
        """Distance from the pretrained weights by their norm; None for what has none."""
        return self.moved / self.start if self.start > 0 else None

    def to_json(self) -> list[float]:
        """Return the four norms, rounded to six digits."""
        norms = (self.gradient, self.weight, self.moved, self.start)
        return [float(f"{value:.{_DIGITS}g}") for value in norms]

    @classmethod
    def from_json(cls, data: Sequence[float]) -> Heat:
        """Read what `to_json` wrote.

        Raises:
            ValueError, TypeError: If these are not four finite numbers that are not negative.
        """
        if isinstance(data, str) or len(data) != _NUM_NORMS or any(isinstance(value, (bool, str)) for value in data):
            raise ValueError(f"{data!r:.80} is not four norms")
        norms = [float(value) for value in data]
        if not all(math.isfinite(value) and value >= 0 for value in norms):
            raise ValueError(f"{data!r:.80} is not four norms")
        return cls(*norms)


def together(parts: Iterable[Heat]) -> Heat:
    """Return the heat of several parts taken as one."""
    found = list(parts)
    return Heat(
        math.hypot(*(part.gradient for part in found)),
        math.hypot(*(part.weight for part in found)),
        math.hypot(*(part.moved for part in found)),
        math.hypot(*(part.start for part in found)),
    )


@dataclass(frozen=True, slots=True)
class EpochHeat:
    """What an epoch of training did to each trained parameter owner.

    Attributes:
        phase: Name of the phase.
        epoch: Over the whole run, from 1.
        owners: Heat by owner; what was frozen is not among them.
    """

    phase: str
    epoch: int
    owners: Mapping[str, Heat]


def heat_by_node(tree: LayerTree, owners: Mapping[str, Heat]) -> dict[str, Heat]:
    """Return the heat of every node of a network that has any below it, by its path.

    An owner that the tree does not know, such as the small layers of a low-rank adaptation, counts for the nearest
    node above it.
    """
    parts: dict[str, list[Heat]] = {}
    for owner, heat in owners.items():
        path = owner
        while path not in tree:
            path = path.rpartition(".")[0]
        while path:
            parts.setdefault(path, []).append(heat)
            path = path.rpartition(".")[0]
        parts.setdefault("", []).append(heat)
    return {path: together(found) for path, found in parts.items()}


def heat_by_stage(tree: LayerTree, owners: Mapping[str, Heat]) -> dict[str, Heat]:
    """Return the heat of every stage that has any, in execution order."""
    parts: dict[str, list[Heat]] = {stage: [] for stage in tree.stages}
    for owner, heat in owners.items():
        stage = stage_of(tree, owner)
        if stage in parts:
            parts[stage].append(heat)
    return {stage: together(found) for stage, found in parts.items() if found}


def stage_of(tree: LayerTree, owner: str) -> str:
    """Return the stage of an owner, or of the nearest node above one that the tree does not know."""
    path = owner
    while path not in tree:
        path = path.rpartition(".")[0]
    return tree.node(path).stage
