"""The row of a run, from its files, and what it says of the epoch that was kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from tlft_desktop.core.number_words import plural
from tlft_desktop.core.runs.names import first_name
from tlft_desktop.core.runs.solver_steps import count_solver_steps
from tlft_desktop.core.runs.status import RunStatus
from tlft_desktop.core.values.run import RunSummary
from tlft_desktop.core.values.strategy import is_head_solved


def summary_from(
    run: str,
    marks: Mapping[str, Any],
    status: RunStatus,
    config: Mapping[str, Any],
    *,
    metrics: Callable[[], Iterable[Mapping[str, Any]]],
) -> RunSummary:
    """Return the row of a run.

    Args:
        run: ULID of the run.
        marks: What the run is marked with.
        status: Where it stands.
        config: The content of `run.json`.
        metrics: Returns the results of the epochs; called for a run that did not record its solver's steps.

    Raises:
        KeyError, TypeError, AttributeError: If the configuration lacks what the row shows.
    """
    strategy = config["strategy"]
    kind, best, failure = str(strategy["kind"]), status.best or {}, status.failure or {}
    return RunSummary(
        run=run,
        name=marks["name"] or first_name(kind, marks["number"], run),
        strategy=kind,
        state=status.state,
        val_accuracy=best.get("val_accuracy"),
        low=best.get("low"),
        high=best.get("high"),
        best_epoch=best.get("epoch"),
        epoch=status.epoch,
        num_epochs=status.num_epochs,
        total_seconds=status.total_seconds,
        peak_memory_bytes=status.peak_memory_bytes,
        phase_peak_memory_bytes=status.phase_peak_memory_bytes,
        seconds_by_part=status.seconds_by_part,
        energy_joules=status.energy_joules,
        energy_of=status.energy_of,
        trainable_parameters=status.trainable_parameters,
        total_parameters=status.total_parameters,
        frozen_proof=status.frozen_proof,
        started=str(config["started"]),
        starred=marks["starred"],
        note=marks["note"],
        problem=str(failure.get("message") or failure.get("title") or ""),
        resumable=status.resumable,
        number=marks["number"],
        is_head_solved=_is_head_solved(strategy["phases"], status),
        solver_steps=_solver_steps(strategy["phases"], status, metrics),
        num_solver_steps=_num_solver_steps(strategy["phases"]),
    )


def kept_words(summary: RunSummary) -> str:
    """Return which of the planned epochs a run kept; of a solved head its steps; empty before a result."""
    if summary.best_epoch is None:
        return ""
    if summary.is_solution_kept:
        return f"solved ({plural(summary.best_epoch, 'step')})"
    return f"{summary.kept_epoch} of {summary.planned_epochs}"


def how_kept(summary: RunSummary) -> str:
    """Return which network of a run with a result is kept, as it follows its accuracy: `at epoch 3, which is kept`."""
    if summary.is_solution_kept:
        return f"with the head solved in {plural(summary.best_epoch or 0, 'step')}"
    return f"at {epoch_words(summary, summary.best_epoch or 0)}, which is kept"


def epoch_words(summary: RunSummary, epoch: int) -> str:
    """Return what an epoch is called that is counted over the whole run, as `--epoch` counts: `epoch 2`.

    Behind a solved head the number over the whole run is told, too: `epoch 2 (74 with the steps of the head)`.
    """
    if summary.is_head_solved or epoch <= summary.solver_steps:
        return f"step {epoch} of the head"
    if not summary.solver_steps:
        return f"epoch {epoch}"
    return f"epoch {epoch - summary.solver_steps} ({epoch} with the steps of the head)"


def _num_solver_steps(phases: Sequence[Mapping[str, Any]]) -> int:
    return int(phases[0]["epochs"]) if phases and is_head_solved(phases[0]) else 0


def _solver_steps(
    phases: Sequence[Mapping[str, Any]], status: RunStatus, metrics: Callable[[], Iterable[Mapping[str, Any]]]
) -> int:
    if not _num_solver_steps(phases):
        return 0
    return count_solver_steps(metrics()) if status.solver_steps is None else status.solver_steps


def _is_head_solved(phases: Sequence[Mapping[str, Any]], status: RunStatus) -> bool:
    """Tell whether all that trained is a head that was solved.

    A hybrid that its gate ended came to no other phase. Runs that did not record their phases count with all of them.
    """
    begun = status.phase_peak_memory_bytes
    trained = [phase for phase in phases if phase.get("name") in begun] or phases
    return all(map(is_head_solved, trained))
