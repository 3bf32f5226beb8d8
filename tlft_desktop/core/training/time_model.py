"""What a freeze plan will cost on this machine, from what each operation of the network was seen to cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tlft_desktop.core.freezing.footprint import ADAMW_MOMENTS, BYTES_PER_VALUE
from tlft_desktop.core.freezing.presets import is_head_only
from tlft_desktop.core.models.cut_points import CutPoint, deepest_cut
from tlft_desktop.core.training.micro_run import MachineTimes, OperationTimes
from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.core.values.plan import FreezePlan

_BYTES_PER_KEPT_VALUE = 2
_HEAD_SECONDS_PER_PRODUCT = 4e-8
"""Of solving a head, for each product of image, feature and class: choice of the penalty and all iterations. Measured:
6e-8 for 320 images of 16 classes, 2e-8 for 3000 of 16 (two cores, 1280 features)."""


@dataclass(frozen=True, slots=True)
class Work:
    """How much there is to train on.

    Attributes:
        num_train, num_val: Images.
        num_classes: Outputs of the head.
        epochs: Of the phase.
        views: Variants of each image whose front outputs are kept; 0 where each epoch has new ones.
        batch: Images per step.
        load: Seconds to load and augment an image.
        solves_head: Whether a head that trains alone is solved exactly; batch by batch otherwise.
    """

    num_train: int
    num_val: int
    num_classes: int
    epochs: int
    views: int
    batch: int
    load: float = 0.0
    solves_head: bool = True


@dataclass(frozen=True, slots=True)
class PlanCost:
    """What a phase with a plan will cost.

    Attributes:
        first: Seconds before the first epoch: outputs of the frozen front that are kept.
        epoch: Seconds of an epoch of training, without validation; for a head that is solved, of all iterations.
        validation: Seconds of validating once.
        total: Seconds of the whole phase.
        memory: Bytes that training holds at once: parameters, gradients, optimiser, activations.
        cache: Bytes of kept outputs.
    """

    first: float
    epoch: float
    validation: float
    total: float
    memory: int
    cache: int


class TimeModel:
    """Predicts the cost of plans of one network on one machine; a prediction is plain sums over its operations.

    Args:
        times: What was measured.
        tree: Layers of the network.
        cuts: Where it can be cut; empty where it cannot, so that nothing is kept but in front of the head.
    """

    def __init__(self, times: MachineTimes, tree: LayerTree, cuts: Sequence[CutPoint]) -> None:
        self._times, self._tree, self._cuts = times, tree, tuple(cuts)
        self._forward = sum(item.forward for item in times.operations)
        head = tree.head_path
        self._width = next(
            (cut.width for cut in reversed(self._cuts) if not any(owner.startswith(head) for owner in cut.owners)), 0
        )

    def predict(self, plan: FreezePlan, work: Work) -> PlanCost:
        """Return what a phase with `plan` will cost."""
        if work.solves_head and is_head_only(self._tree, plan):
            return self._head(work)
        counts = {owner: self._tree.trainable_in(owner, plan) for owner in self._tree.owners}
        fixed = frozenset(owner for owner, count in counts.items() if not count)
        operations = self._times.operations
        border = next(
            (place for place, item in enumerate(operations) if any(owner not in fixed for owner in item.owners)),
            len(operations),
        )
        cut = deepest_cut(self._cuts, self._tree.untouched(plan)) if 1 <= work.views < work.epochs else None
        behind = operations[border:]
        steps = -(-work.num_train // work.batch)
        trainable = sum(counts.values())
        per_image = sum(self._cost(item, fixed) for item in behind) + (0.0 if cut else work.load)
        front = 0.0 if cut else sum(item.forward for item in operations[:border])
        epoch = work.num_train * (per_image + front) + steps * trainable * self._times.step
        share = sum(item.forward for item in operations[:border]) / (self._forward or 1.0)
        first = 0.0
        cache = 0
        if cut is not None:
            rows = work.num_train * work.views + work.num_val
            first = rows * (self._times.front * share + work.load)
            cache = rows * cut.width * _BYTES_PER_KEPT_VALUE
        validation = work.num_val * sum(item.forward for item in (behind if cut else operations))
        memory = BYTES_PER_VALUE * (self._tree.root.parameters + (1 + ADAMW_MOMENTS) * trainable)
        memory += work.batch * sum(item.saved_bytes for item in behind)
        total = first + work.epochs * (epoch + validation)
        return PlanCost(first, epoch, validation, total, memory, cache)

    def _cost(self, item: OperationTimes, fixed: frozenset[str]) -> float:
        trains = any(owner not in fixed for owner in item.owners)
        return item.forward + (item.backward if trains or not item.owners else item.passed)

    def _head(self, work: Work) -> PlanCost:
        rows = work.num_train + work.num_val
        first = rows * (self._times.front + work.load)
        solving = _HEAD_SECONDS_PER_PRODUCT * work.num_train * self._width * work.num_classes
        memory = BYTES_PER_VALUE * self._tree.root.parameters
        cache = rows * self._width * _BYTES_PER_KEPT_VALUE
        return PlanCost(first, solving, 0.0, first + solving, memory, cache)
