"""What the checkpoints of a run can hold, known from its configuration: each is held against it before it is used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tlft_desktop.core.models.network_layout import FLOAT, NetworkLayout, TensorLayout, require_tensors
from tlft_desktop.core.models.safetensors_header import MAX_HEADER_BYTES, TensorInfo
from tlft_desktop.core.runs.recorded import Recorded
from tlft_desktop.core.training.batches import num_batches
from tlft_desktop.core.training.progress import BestResult, Progress
from tlft_desktop.core.values.parts import Part
from tlft_desktop.core.values.run import RunConfig
from tlft_desktop.core.values.strategy import HeadSolver, OptimizerKind, Phase

_MOMENTS = {OptimizerKind.ADAMW: ("exp_avg", "exp_avg_sq"), OptimizerKind.SGD: ("momentum_buffer",)}
_STEP = "step"
_LOGITS = ("best", "phase_best", "previous")
_HEAT = "sums"
_KINDS = ("model", "best", "optim", "logits", "heat")
_MAX_META_BYTES = 20_000_000


@dataclass(frozen=True)
class RunLayout:
    """The measures of a run.

    Attributes:
        config: What determines the run.
        network: Its network, without adapters.
        ranks: Of the adapters of each phase, by the path of their layer.
        num_train, num_val: Images of the two splits.
    """

    config: RunConfig
    network: NetworkLayout
    ranks: tuple[Mapping[str, int], ...]
    num_train: int
    num_val: int

    @property
    def max_bytes(self) -> int:
        """The most that the files of a checkpoint have together: the last and the best network, and two moments."""
        adapters = [item for ranks in self.ranks for item in self.network.adapters(ranks).values()]
        network = sum(item.num_bytes for item in (*self.network.tensors.values(), *adapters))
        logits = len(_LOGITS) * 4 * self.num_val * len(self.config.classes)
        return 4 * network + logits + MAX_HEADER_BYTES + _MAX_META_BYTES

    def require(
        self, tensors: Mapping[str, TensorInfo], trainer: Mapping[str, Any], record: Mapping[str, Any], *, step: int
    ) -> None:
        """Refuse what no checkpoint of this run holds.

        Args:
            tensors: From the header of the file.
            trainer: What the trainer saved beside them.
            record: What the recorder saved.
            step: Optimiser steps that the checkpoint stands for.

        Raises:
            KeyError, TypeError, ValueError: With what does not fit.
        """
        if trainer.keys() != {"progress", "has_best"} or type(trainer["has_best"]) is not bool:
            raise ValueError("what it says of the trainer is not what a trainer saves")
        progress = Progress.from_json(trainer["progress"])
        wrong = next(self._contradictions(progress, step), None)
        if wrong:
            raise ValueError(wrong)
        self._require_tensors(tensors, progress, has_best=trainer["has_best"])
        status = Recorded.from_json(record).status
        if (status.step, status.checkpoint_step) != (step, step):
            raise ValueError(f"its record is that of step {status.step}")

    def _contradictions(self, progress: Progress, step: int) -> Iterator[str]:
        phases = self.config.strategy.phases
        if progress.phase >= len(phases):
            yield f"it stands in phase {progress.phase + 1}, and the run has {len(phases)}"
            return
        phase, numerics = phases[progress.phase], self.config.numerics
        per_epoch = num_batches(self.num_train, numerics.batch)
        most_steps = phase.epochs * max(1, per_epoch)
        planned = most_steps if progress.num_steps is None else progress.num_steps
        limits: dict[str, tuple[float, float]] = {
            "phase_epoch": (progress.phase_epoch, min(phase.epochs, progress.epoch)),
            "phase_step": (progress.phase_step, min(planned, progress.step)),
            "num_steps": (planned, most_steps),
            "batch": (progress.batch, per_epoch),
            "num_seen": (progress.num_seen, self.num_train),
            "num_correct": (progress.num_correct, progress.num_seen),
            "most_correct": (progress.most_correct, self.num_val),
            "correct_before": (progress.correct_before, self.num_val),
            "micro_batch": (progress.micro_batch, numerics.batch),
            "rate_scale": (progress.rate_scale, 1.0),
        }
        for name, (value, most) in limits.items():
            if value > most:
                yield f"'{name}' is {value:g}, and it can be {most:g} at most"
        if progress.step != step:
            yield f"it says that it was saved at step {progress.step}"
        if (progress.batch > 0) != (progress.num_seen > 0):
            yield f"{progress.num_seen} images were seen in {progress.batch} batches"
        if not progress.rate_scale:
            yield "'rate_scale' is 0"
        for result in (progress.best, progress.phase_best):
            if result is not None and not self._is_possible(result, progress):
                yield "its best result is none that this run can have"
        yield from self._unknown_names(progress)

    def _is_possible(self, result: BestResult, progress: Progress) -> bool:
        return (
            result.phase <= progress.phase
            and 1 <= result.epoch <= progress.epoch
            and result.num_correct <= self.num_val
            and result.val_accuracy <= 1
        )

    def _unknown_names(self, progress: Progress) -> Iterator[str]:
        known = {
            "frozen_before": (progress.frozen_before, self.network.names),
            "violations": (progress.violations, self.network.names),
            "phase_peaks": (progress.phase_peaks, {phase.name for phase in self.config.strategy.phases}),
            "part_seconds": (progress.part_seconds, {part.value for part in Part}),
        }
        for name, (given, allowed) in known.items():
            unknown = next((item for item in given if item not in allowed), None)
            if unknown is not None:
                yield f"'{name}' names '{unknown[:80]}', which this run does not have"

    # ---- tensors

    def _require_tensors(self, tensors: Mapping[str, TensorInfo], progress: Progress, *, has_best: bool) -> None:
        parts: dict[str, dict[str, TensorInfo]] = {kind: {} for kind in _KINDS}
        for full_name, info in tensors.items():
            kind, _, name = full_name.partition("/")
            if kind not in parts:
                raise ValueError(f"it holds '{full_name[:80]}', which no checkpoint holds")
            parts[kind][name] = info
        if has_best != (progress.best is not None) or has_best != ("best" in parts["logits"]):
            raise ValueError("it holds a best result without its network, or the network without the result")
        adapters = self.network.adapters(self.ranks[progress.phase])
        # Between two phases the adapters of the one are merged, and the next one has not added its own yet.
        own = adapters if any(name in adapters for name in parts["model"]) else {}
        require_tensors(parts["model"], {**self.network.tensors, **own})
        require_tensors(parts["best"], self.network.tensors if has_best else {}, optional=True)
        parameters = {name: self.network.tensors[name] for name in self.network.parameters} | own
        self._require_moments(parts["optim"], parameters, progress)
        answers = TensorLayout(FLOAT, (self.num_val, len(self.config.classes)))
        require_tensors(parts["logits"], dict.fromkeys(_LOGITS, answers), optional=True)
        _require_heat(parts["heat"], most=len(parameters) + 1)

    def _require_moments(
        self, found: Mapping[str, TensorInfo], parameters: Mapping[str, TensorLayout], progress: Progress
    ) -> None:
        phase: Phase = self.config.strategy.phases[progress.phase]
        kinds = _MOMENTS[phase.optimizer]
        layout = {f"{name}/{kind}": tensor for name, tensor in parameters.items() for kind in kinds}
        if phase.optimizer is OptimizerKind.ADAMW:
            layout |= {f"{name}/{_STEP}": TensorLayout(FLOAT, ()) for name in parameters}
        # Those of a parameter belong together.
        begun = {name.rpartition("/")[0] for name in found}
        require_tensors(found, {name: item for name, item in layout.items() if name.rpartition("/")[0] in begun})
        is_on_the_way = progress.phase_step > 0 and not progress.phase_ended and phase.head is HeadSolver.SGD
        if is_on_the_way and not found:
            raise ValueError("it lacks the state of the optimiser")


def _require_heat(found: Mapping[str, TensorInfo], *, most: int) -> None:
    for name, info in found.items():
        if name != _HEAT or info.dtype != FLOAT or len(info.shape) != 1 or info.shape[0] > most:
            raise ValueError(f"'heat/{name[:80]}' is not what a checkpoint holds")
