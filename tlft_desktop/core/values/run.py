"""What is known of a run: its unchanging configuration, its state, and the row shown for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from tlft_desktop.core.values.numerics import Numerics
from tlft_desktop.core.values.strategy import Strategy


class RunState(StrEnum):
    """Where a run stands."""

    RUNNING = "running"
    COMPLETED = "completed"
    STOPPED = "stopped"
    """Stopped by the user; can be resumed."""
    INTERRUPTED = "interrupted"
    """The process ended without a word; can be resumed."""
    FAILED = "failed"
    DAMAGED = "damaged"
    """The files of the run cannot be read."""


class FrozenProof(StrEnum):
    """What comparing the frozen parameters and buffers before and after the run showed."""

    VERIFIED = "verified"
    VIOLATED = "violated"
    NONE_FROZEN = "none frozen"


@dataclass(frozen=True, slots=True)
class RunConfig:
    """Everything that determines the result of a run; written once as `run.json`.

    Attributes:
        run: ULID of the run.
        strategy: Phases and gate.
        backbone: Catalogue name.
        weights_sha256: Hash of the pretrained weights that the run starts from.
        image_size: Side of the square network input, in pixels.
        manifest: Digest of the manifest.
        classes: Names of the classes in the order of the outputs.
        seed: Seed of order, dropout and view choice.
        data_seed: Seed of the augmented views.
        numerics: How the run computes.
        budget_seconds: Active seconds that the run may take; None without a budget.
        versions: Names and versions of the libraries.
        started: UTC time, ISO 8601.
    """

    run: str
    strategy: Strategy
    backbone: str
    weights_sha256: str
    image_size: int
    manifest: str
    classes: tuple[str, ...]
    seed: int
    data_seed: int
    numerics: Numerics
    versions: Mapping[str, str]
    started: str
    budget_seconds: float | None = None

    def to_json(self) -> dict[str, Any]:
        """Return plain types."""
        return {
            "schema": 1,
            "run": self.run,
            "strategy": self.strategy.to_json(),
            "backbone": self.backbone,
            "weights_sha256": self.weights_sha256,
            "image_size": self.image_size,
            "manifest": self.manifest,
            "classes": list(self.classes),
            "seed": self.seed,
            "data_seed": self.data_seed,
            "numerics": self.numerics.to_json(),
            "budget_seconds": self.budget_seconds,
            "versions": dict(self.versions),
            "started": self.started,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> RunConfig:
        """Read what `to_json` wrote.

        Raises:
            InputError, KeyError, TypeError, ValueError: If a field is missing or unusable.
        """
        if data["schema"] != 1:
            raise ValueError(f"run.json has schema {data['schema']}; this version reads schema 1")
        # Runs that were made before budgets were counted in seconds have none.
        budget_seconds = None if "budget_steps" in data else data["budget_seconds"]
        return cls(
            run=str(data["run"]),
            strategy=Strategy.from_json(data["strategy"]),
            backbone=str(data["backbone"]),
            weights_sha256=str(data["weights_sha256"]),
            image_size=int(data["image_size"]),
            manifest=str(data["manifest"]),
            classes=tuple(str(name) for name in data["classes"]),
            seed=int(data["seed"]),
            data_seed=int(data["data_seed"]),
            numerics=Numerics.from_json(data["numerics"]),
            budget_seconds=None if budget_seconds is None else float(budget_seconds),
            versions={str(key): str(value) for key, value in data["versions"].items()},
            started=str(data["started"]),
        )


@dataclass(frozen=True, slots=True)
class RunSummary:
    """A row of the table of runs.

    Attributes:
        run: ULID.
        name: Given by the user; else derived from strategy and number.
        number: Of the run in its project, from 1 on; it stays when others go. 0 where nothing says it.
        strategy: Kind of the strategy; empty for a damaged run.
        state: Where the run stands.
        val_accuracy, low, high: Best validation accuracy with its 95 % interval, fractions; None before the first.
        best_epoch: Epoch of the best validation result; None before the first.
        epoch, num_epochs: Epochs done and planned over all phases.
        total_seconds: Active seconds so far.
        peak_memory_bytes: Largest resident memory of the process while training.
        phase_peak_memory_bytes: That of each phase, by its name; empty where the run does not say.
        seconds_by_part: What these seconds went into; empty where the run does not say. See `Part`.
        energy_joules: Energy that the hardware reported for them, whoever used it; None where it did not.
        energy_of: What that is the energy of, such as `processor`.
        trainable_parameters: Most parameters that trained in one phase.
        total_parameters: Of the whole network; 0 where the run does not say.
        frozen_proof: Whether the frozen layers are unchanged; empty before the end.
        started: UTC time, ISO 8601.
        starred: Marked by the user.
        note: What the user wrote beside it, in one line.
        problem: Why a run failed or is damaged; empty otherwise.
        resumable: Whether `--resume` can continue it.
        is_head_solved: Whether all that trained is a head that was solved exactly: its epochs are steps of the solver.
        solver_steps: How many of the done epochs, from the first on, are such steps.
        num_solver_steps: The most that were planned of them.
    """

    run: str
    name: str
    strategy: str
    state: RunState
    val_accuracy: float | None = None
    low: float | None = None
    high: float | None = None
    best_epoch: int | None = None
    epoch: int = 0
    num_epochs: int = 0
    total_seconds: float = 0.0
    peak_memory_bytes: int = 0
    trainable_parameters: int = 0
    total_parameters: int = 0
    frozen_proof: str = ""
    started: str = ""
    starred: bool = False
    note: str = ""
    problem: str = ""
    resumable: bool = False
    number: int = 0
    phase_peak_memory_bytes: Mapping[str, int] = field(default_factory=dict)
    seconds_by_part: Mapping[str, float] = field(default_factory=dict)
    energy_joules: float | None = None
    energy_of: str = ""
    is_head_solved: bool = False
    solver_steps: int = 0
    num_solver_steps: int = 0

    @property
    def is_solution_kept(self) -> bool:
        """Whether the network that was kept is that of a head that was solved: then it has no epoch."""
        return self.best_epoch is not None and (self.is_head_solved or self.best_epoch <= self.solver_steps)

    @property
    def kept_epoch(self) -> int:
        """The epoch that was kept, counted without steps of a solver; 0 where that is a solved head, or nothing yet."""
        return 0 if self.is_solution_kept else max(0, (self.best_epoch or 0) - self.solver_steps)

    @property
    def planned_epochs(self) -> int:
        """Epochs that were planned, counted without steps of a solver."""
        return max(0, self.num_epochs - self.num_solver_steps)

    def to_json(self) -> dict[str, Any]:
        """Return plain types, as `tlft runs --json` prints them."""
        return {**asdict(self), "state": self.state.value}
