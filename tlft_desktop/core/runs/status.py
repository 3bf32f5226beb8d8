"""Where a run stands: `status.json`, replaced while it trains."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from tlft_desktop.core import fsio
from tlft_desktop.core.process import ProcessIdentity
from tlft_desktop.core.values.run import RunState

STATUS_FILE = "status.json"
_SCHEMA = 1


@dataclass(frozen=True, slots=True)
class RunStatus:
    """The state of a run at one moment.

    Attributes:
        state: Where the run stands.
        process: Who writes the run, or wrote it last.
        heartbeat: When this was written, in seconds since the machine started.
        step: Optimiser steps done.
        epoch, num_epochs: Epochs done and planned over all phases.
        solver_steps: How many of the done ones, from the first on, are steps towards a head that is solved; None for
            runs that did not record it.
        best: {epoch, val_accuracy, low, high, val_loss} of the best validation; None before the first.
        total_seconds: Active seconds.
        peak_memory_bytes: Largest resident memory so far.
        phase_peak_memory_bytes: That of each phase, by its name; empty for runs that did not record it.
        seconds_by_part: What the active seconds went into; empty before the end, and for runs that did not record it.
        energy_joules: Energy that the hardware reported for them, whoever used it; None where it did not.
        energy_of: What that is the energy of.
        trainable_parameters: Most parameters that trained in one phase.
        total_parameters: Of the whole network; 0 before the first event, and in runs that did not record it.
        frozen_proof: What the freeze proof showed; empty before the end.
        checkpoint_step: Step of the newest checkpoint; None before the first.
        failure: {kind, title, message, remedy, resumable, exit_code} of a run that failed.
    """

    state: RunState
    process: ProcessIdentity
    num_epochs: int
    heartbeat: float = field(default_factory=time.monotonic)
    step: int = 0
    epoch: int = 0
    best: Mapping[str, Any] | None = None
    total_seconds: float = 0.0
    peak_memory_bytes: int = 0
    phase_peak_memory_bytes: Mapping[str, int] = field(default_factory=dict)
    seconds_by_part: Mapping[str, float] = field(default_factory=dict)
    energy_joules: float | None = None
    energy_of: str = ""
    trainable_parameters: int = 0
    total_parameters: int = 0
    frozen_proof: str = ""
    checkpoint_step: int | None = None
    failure: Mapping[str, Any] | None = None
    solver_steps: int | None = 0

    @property
    def resumable(self) -> bool:
        """Whether the run can go on: from its newest checkpoint, or from its start where it never came to one."""
        if self.state is RunState.FAILED:
            return bool((self.failure or {}).get("resumable"))
        return self.state in (RunState.STOPPED, RunState.INTERRUPTED)

    def as_seen_now(self) -> RunStatus:
        """Return the status with the state `interrupted` where it says `running` and that process is known to be gone.

        A process of another machine, of which nothing can be known, counts as running.
        """
        is_gone = self.process.is_this_machine and not self.process.is_alive
        return replace(self, state=RunState.INTERRUPTED) if self.state is RunState.RUNNING and is_gone else self

    def to_json(self) -> dict[str, Any]:
        """Return plain types."""
        return {"schema": _SCHEMA, **asdict(self)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> RunStatus:
        """Read what `to_json` wrote.

        Raises:
            KeyError, TypeError, ValueError, OverflowError: If a field is missing or unusable.
        """
        checkpoint_step, best, failure = data["checkpoint_step"], data["best"], data["failure"]
        energy, solver_steps = data.get("energy_joules"), data.get("solver_steps")
        return cls(
            state=RunState(data["state"]),
            process=ProcessIdentity.from_json(data["process"]),
            heartbeat=float(data["heartbeat"]),
            step=int(data["step"]),
            epoch=int(data["epoch"]),
            num_epochs=int(data["num_epochs"]),
            best=None if best is None else _numbers(best),
            total_seconds=float(data["total_seconds"]),
            peak_memory_bytes=int(data["peak_memory_bytes"]),
            phase_peak_memory_bytes={str(k): int(v) for k, v in data.get("phase_peak_memory_bytes", {}).items()},
            seconds_by_part={str(k): float(v) for k, v in data.get("seconds_by_part", {}).items()},
            energy_joules=None if energy is None else float(energy),
            energy_of=str(data.get("energy_of", "")),
            trainable_parameters=int(data["trainable_parameters"]),
            total_parameters=int(data.get("total_parameters", 0)),
            frozen_proof=str(data["frozen_proof"]),
            checkpoint_step=None if checkpoint_step is None else int(checkpoint_step),
            failure=None if failure is None else dict(failure),
            solver_steps=None if solver_steps is None else int(solver_steps),
        )


def _numbers(values: Mapping[str, Any]) -> dict[str, float | None]:
    if not all(value is None or isinstance(value, (int, float)) for value in values.values()):
        raise TypeError("the best result holds something that is not a number")
    return dict(values)


def read_status(run_folder: Path) -> RunStatus:
    """Read the status of a run.

    Raises:
        DamagedError: If it is missing or damaged.
    """
    path = run_folder / STATUS_FILE
    try:
        return RunStatus.from_json(fsio.read_json(path, sealed=True))
    except FileNotFoundError as error:
        raise fsio.DamagedError(f"'{path}' is missing.") from error
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise fsio.DamagedError(f"'{path}' is damaged: {error}.") from error


def write_status(run_folder: Path, status: RunStatus) -> None:
    """Replace the status of a run.

    Raises:
        StorageError: If it cannot be written; the old one is intact.
    """
    fsio.write_json(run_folder / STATUS_FILE, status.to_json(), seal=True)
