"""What training tells the world: plain values, the whole contract between the trainer and everybody who watches."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, ClassVar

from tlft_desktop.core.errors import ExitCode
from tlft_desktop.core.values.run import FrozenProof, RunState


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened in a run.

    Attributes:
        run: ULID of the run.
        seq: Number of the event; goes on counting after a resume.
        seconds: Active seconds of the run; goes on counting after a resume.
    """

    name: ClassVar[str] = ""
    run: str = ""
    seq: int = 0
    seconds: float = 0.0

    def to_json(self) -> dict[str, Any]:
        """Return the JSON object of the event; numbers that are not finite become None."""
        return {"event": self.name, **{key: _plain(value) for key, value in asdict(self).items()}}


def _plain(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class FitStart(Event):
    """Training starts or goes on."""

    name: ClassVar[str] = "fit_start"
    strategy: str
    phases: tuple[dict[str, Any], ...]
    backbone: str
    num_classes: int
    num_train: int
    num_val: int
    device: str
    numerics: dict[str, Any]
    seed: int
    trainable_parameters: int
    total_parameters: int
    manifest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseStart(Event):
    """A phase starts or goes on.

    Attributes:
        cache: What is cached; None where nothing is.
        num_steps: The most optimiser steps of the phase, or iterations of a head that is solved, a time budget
            counted in; it may end earlier.
        epoch, step: Epochs and optimiser steps that are done, over the whole run.
        phase_epoch, phase_step: Those of this phase; not 0 where a run goes on within it.
        epoch_step: Steps over the whole run at the end of the last epoch, less than `step` within an epoch.
    """

    name: ClassVar[str] = "phase_start"
    phase: str
    index: int
    trainable_parameters: int
    frozen_owners: int
    cache: dict[str, Any] | None
    num_steps: int = 0
    epoch: int = 0
    step: int = 0
    phase_epoch: int = 0
    phase_step: int = 0
    epoch_step: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CacheProgress(Event):
    """Outputs of the frozen part are computed: `done` of `total` images."""

    name: ClassVar[str] = "cache_progress"
    done: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchEnd(Event):
    """A batch was done; at most ten a second."""

    name: ClassVar[str] = "batch_end"
    step: int
    loss: float
    learning_rates: dict[str, float]
    images_per_second: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidationEnd(Event):
    """The validation images were classified; accuracies are fractions, with the 95 % Wilson interval."""

    name: ClassVar[str] = "validation_end"
    phase: str
    epoch: int
    val_loss: float
    val_accuracy: float
    val_accuracy_low: float
    val_accuracy_high: float
    val_macro_f1: float


@dataclass(frozen=True, slots=True, kw_only=True)
class EpochEnd(Event):
    """An epoch was done; `epoch` counts over the whole run, `phase_epoch` within the phase, both from 1.

    Attributes:
        peak_memory_bytes: Largest memory of the run so far.
        phase_peak_memory_bytes: Largest memory of the phase so far.
    """

    name: ClassVar[str] = "epoch_end"
    phase: str
    epoch: int
    phase_epoch: int
    train_loss: float
    train_accuracy: float
    epoch_seconds: float
    images_per_second: float
    peak_memory_bytes: int
    learning_rates: dict[str, float]
    step: int
    phase_peak_memory_bytes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerHeat(Event):
    """How strongly an epoch pulled at each layer that trains batch by batch, and how far it is from its start.

    Attributes:
        epoch: Over the whole run, from 1.
        owners: For each trained parameter owner the four norms of `Heat`.
    """

    name: ClassVar[str] = "heat"
    phase: str
    epoch: int
    owners: dict[str, list[float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate(Event):
    """The rule between two phases decided: `stop`, `switch` or `roll_back`."""

    name: ClassVar[str] = "gate"
    rule: str
    decision: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint(Event):
    """The state was saved; `bytes` is 0 until the recorder has written it."""

    name: ClassVar[str] = "checkpoint"
    step: int
    kind: str
    bytes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice(Event):
    """Something that changed the science: in plain words."""

    name: ClassVar[str] = "notice"
    kind: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FitEnd(Event):
    """Training ended.

    Attributes:
        failure: None, or {kind, title, message, remedy, resumable, exit_code} of a run that failed.
        budget: None, or {seconds, message} where a time budget ended the run before its epochs were done.
        phase_peak_memory_bytes: Largest memory of each phase that was started, by its name; empty after a failure.
        seconds_by_part: What `total_seconds` went into; see `Part`.
        energy_joules: Energy that the hardware reported for the active time, whoever used it; None where it did not.
        energy_of: What that is the energy of, such as `processor and graphics card`; empty where nothing reported.
    """

    name: ClassVar[str] = "fit_end"
    state: str
    best: dict[str, Any] | None
    frozen_proof: str
    total_seconds: float
    failure: dict[str, Any] | None = None
    budget: dict[str, Any] | None = None
    phase_peak_memory_bytes: dict[str, int] = field(default_factory=dict)
    seconds_by_part: dict[str, float] = field(default_factory=dict)
    energy_joules: float | None = None
    energy_of: str = ""

    @property
    def exit_code(self) -> int:
        """What the command line says of it."""
        if self.state == RunState.FAILED:
            return int((self.failure or {}).get("exit_code", ExitCode.FAULT))
        if self.state != RunState.COMPLETED:
            return ExitCode.STOPPED
        return ExitCode.NOT_VERIFIED if self.frozen_proof == FrozenProof.VIOLATED else ExitCode.DONE
