"""The only writer of a run: numbers its events, keeps its logs, status, checkpoints, answers and predictions."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import torch

from tlft_desktop.core import fsio
from tlft_desktop.core.errors import StorageError
from tlft_desktop.core.process import ProcessIdentity
from tlft_desktop.core.runs.checkpoint import LoadedCheckpoint, save_checkpoint, unusable
from tlft_desktop.core.runs.checkpoint_files import best_step, mark_best, prune
from tlft_desktop.core.runs.epoch_answers import (
    ANSWERS_FILE,
    EpochAnswersWriter,
    EpochImages,
    answers_in,
    cut_epochs,
)
from tlft_desktop.core.runs.predictions import Predictions, write_predictions
from tlft_desktop.core.runs.recorded import Recorded
from tlft_desktop.core.runs.solver_steps import is_first_step
from tlft_desktop.core.runs.status import RunStatus, write_status
from tlft_desktop.core.runs.store import EVENTS_FILE, HEAT_FILE, METRICS_FILE, TIMINGS_FILE, RunStore
from tlft_desktop.core.training.state import TrainerState
from tlft_desktop.core.values.events import (
    BatchEnd,
    CacheProgress,
    Checkpoint,
    EpochEnd,
    Event,
    FitEnd,
    FitStart,
    LayerHeat,
    PhaseStart,
    ValidationEnd,
)
from tlft_desktop.core.values.run import RunState

_log = logging.getLogger(__name__)
_AnyEvent = TypeVar("_AnyEvent", bound=Event)
_LOG_FILES = (METRICS_FILE, TIMINGS_FILE, EVENTS_FILE, HEAT_FILE)
# Epochs of a head on cached features take milliseconds: syncing each would cost more than computing it.
_STATUS_SECONDS = 1.0
_HEARTBEAT_SECONDS = 5.0
_METRICS: dict[type[Event], tuple[str, ...]] = {
    EpochEnd: ("step", "phase", "epoch", "phase_epoch", "train_loss", "train_accuracy", "learning_rates"),
    ValidationEnd: (
        "phase",
        "epoch",
        "val_loss",
        "val_accuracy",
        "val_accuracy_low",
        "val_accuracy_high",
        "val_macro_f1",
    ),
}
_TIMINGS = ("epoch", "seconds", "epoch_seconds", "images_per_second", "peak_memory_bytes", "phase_peak_memory_bytes")


class Recorder:
    """Writes one run, from its start or on from a checkpoint.

    Attributes:
        problems: Sentences about damaged files that were passed over when the run was taken up again.

    Args:
        store: The runs of the project.
        run: A run that `store.create` made.
        resume_from: The checkpoint to go on from; what the logs hold behind it is cut off.

    Raises:
        InputError: If the run is damaged.
        StorageError: If it cannot be written.
    """

    def __init__(self, store: RunStore, run: str, *, resume_from: LoadedCheckpoint | None = None) -> None:
        self.run = run
        self.problems: tuple[str, ...] = ()
        self._folder = store.folder(run)
        self._checkpoints = store.checkpoints_folder(run)
        self._config = store.config(run)
        self._counts = {"events": 0, "metrics": 0, "timings": 0}
        self._validations: dict[int, dict[str, Any]] = {}
        self._last_validation: dict[str, Any] | None = None
        # Nothing of an earlier try is kept: without a checkpoint the run starts from its beginning.
        num_epochs = store.status(run).num_epochs
        self._status = RunStatus(state=RunState.RUNNING, process=ProcessIdentity.current(), num_epochs=num_epochs)
        self._written_at = -_HEARTBEAT_SECONDS
        self._answers: EpochAnswersWriter | None = None
        self._stack = ExitStack()
        with ExitStack() as stack:
            recorded = None if resume_from is None else Recorded.from_json(resume_from.record)
            self._logs = self._open_logs(stack, recorded)
            if resume_from is not None and recorded is not None:
                self._go_on_from(resume_from, recorded)
            self._cut_answers()
            self._write_status()
            self._stack = stack.pop_all()

    def record(self, event: Event, state: Callable[[], TrainerState]) -> Event:
        """Write an event and return it with its number; a checkpoint calls `state` and saves what it returns.

        Raises:
            StorageError: If it cannot be written; earlier checkpoints are intact.
        """
        self._counts["events"] += 1
        event = replace(event, run=self.run, seq=self._counts["events"])
        if isinstance(event, Checkpoint):
            return self._save(event, state())
        self._note(event)
        if isinstance(event, FitEnd):
            self._end(event)
            return event
        if isinstance(event, LayerHeat):
            # Long, and wanted by few who read the events; deterministic, so neither number nor time.
            self._logs[HEAT_FILE].append({"phase": event.phase, "epoch": event.epoch, "owners": event.owners})
        elif not isinstance(event, BatchEnd):
            self._append_event(event)
        self._append_columns(event)
        self._refresh_status(event)
        return event

    def write_answers(self, epoch: int, logits: torch.Tensor, labels: torch.Tensor, hashes: Sequence[str]) -> None:
        """Keep what logits [N, C] of an epoch answer for the validation images with labels [N].

        Raises:
            StorageError: If it cannot be written; earlier epochs are intact.
        """
        truth = labels.detach().to("cpu", torch.int64).numpy()
        if self._answers is None:
            images = EpochImages(truth, tuple(hashes), self._config.classes)
            self._answers = self._stack.enter_context(closing(EpochAnswersWriter(self._folder, images)))
        values = logits.detach().to("cpu", torch.float32).numpy()
        self._answers.append(answers_in(epoch, values, truth))

    def write_predictions(self, logits: torch.Tensor, labels: torch.Tensor, hashes: Sequence[str]) -> None:
        """Save logits [N, C] and labels [N] of the validation images, and the images' hashes.

        Raises:
            StorageError: If they cannot be written.
        """
        predictions = Predictions(
            logits=logits.detach().to("cpu", torch.float32).contiguous().numpy(),
            labels=labels.detach().to("cpu", torch.int64).contiguous().numpy(),
            hashes=tuple(hashes),
            classes=self._config.classes,
        )
        write_predictions(self._folder, predictions)

    def follow(self, store: RunStore) -> None:
        """Write on in the runs of the same project at its new place."""
        self._folder = store.folder(self.run)
        self._checkpoints = store.checkpoints_folder(self.run)

    def close(self) -> None:
        """Close the files; a run that has not ended becomes `interrupted`. Closing twice is harmless.

        Raises:
            StorageError: If the status cannot be written.
        """
        with self._stack:
            if self._status.state is RunState.RUNNING:
                self._status = replace(self._status, state=RunState.INTERRUPTED)
                self._write_status()

    # ---- writing

    def _append_event(self, event: Event) -> None:
        self._logs[EVENTS_FILE].append(event.to_json())

    def _append_columns(self, event: Event) -> None:
        columns = _METRICS.get(type(event))
        if columns is None:
            return
        values = event.to_json()
        # Counted apart from the events, whose number depends on the time (batches) and on interruptions.
        self._counts["metrics"] += 1
        numbered = {"seq": self._counts["metrics"], "event": event.name}
        self._logs[METRICS_FILE].append({**numbered, **{key: values[key] for key in columns}})
        if isinstance(event, EpochEnd):
            self._counts["timings"] += 1
            self._logs[TIMINGS_FILE].append({"seq": self._counts["timings"], **{key: values[key] for key in _TIMINGS}})

    def _save(self, event: Checkpoint, state: TrainerState) -> Checkpoint:
        self._sync_logs()
        is_best = event.kind == "best"
        best = self._last_validation if is_best and self._last_validation else self._status.best
        status = replace(self._status, step=event.step, checkpoint_step=event.step, best=best)
        recorded = Recorded(
            offsets={name: log.offset for name, log in self._logs.items()},
            counts=dict(self._counts),
            status=status,
            best_step=event.step if is_best else best_step(self._checkpoints),
            seconds=event.seconds,
        )
        num_bytes = save_checkpoint(
            self._checkpoints, step=event.step, state=state, kind=event.kind, record=recorded.to_json()
        )
        self._status = status
        if is_best:
            mark_best(self._checkpoints, event.step)
        event = replace(event, bytes=num_bytes)
        self._append_event(event)
        self._write_status()
        try:
            prune(self._checkpoints)
        except StorageError as error:
            # The state is safe; that an old one could not be deleted is no reason to stop.
            _log.warning("Saved, but an old checkpoint was not deleted: %s", error)
        return event

    def _end(self, event: FitEnd) -> None:
        # The status matters most: a run must not look alive because its log could not be written.
        try:
            self._append_event(event)
            self._sync_logs()
        finally:
            self._write_status()

    def _sync_logs(self) -> None:
        for log in self._logs.values():
            log.sync()
        if self._answers is not None:
            self._answers.sync()

    def _write_status(self) -> None:
        self._status = replace(self._status, heartbeat=time.monotonic())
        write_status(self._folder, self._status)
        self._written_at = time.monotonic()

    def _refresh_status(self, event: Event) -> None:
        quiet = _HEARTBEAT_SECONDS if isinstance(event, (BatchEnd, CacheProgress)) else _STATUS_SECONDS
        if isinstance(event, PhaseStart) or time.monotonic() - self._written_at >= quiet:
            self._sync_logs()
            self._write_status()

    # ---- what events say about the run

    def _note(self, event: Event) -> None:
        status = replace(self._status, total_seconds=max(self._status.total_seconds, event.seconds))
        if isinstance(event, FitStart):
            status = replace(status, total_parameters=event.total_parameters)
        elif isinstance(event, PhaseStart):
            most = max(status.trainable_parameters, event.trainable_parameters)
            status = replace(status, trainable_parameters=most)
        elif isinstance(event, BatchEnd):
            status = replace(status, step=event.step)
        elif isinstance(event, EpochEnd):
            peak = max(status.peak_memory_bytes, event.peak_memory_bytes)
            peaks = {**status.phase_peak_memory_bytes, event.phase: event.phase_peak_memory_bytes}
            status = replace(
                status, epoch=event.epoch, step=event.step, peak_memory_bytes=peak, phase_peak_memory_bytes=peaks
            )
            if status.solver_steps is not None and is_first_step(event.learning_rates, event.epoch, event.phase_epoch):
                status = replace(status, solver_steps=event.epoch)
        elif isinstance(event, ValidationEnd):
            self._remember_validation(event.to_json())
        elif isinstance(event, FitEnd):
            status = replace(
                status,
                state=RunState(event.state),
                best=self._best_of(event.to_json()["best"]) or status.best,
                frozen_proof=event.frozen_proof,
                total_seconds=event.total_seconds,
                peak_memory_bytes=max(status.peak_memory_bytes, *event.phase_peak_memory_bytes.values(), 0),
                phase_peak_memory_bytes={**status.phase_peak_memory_bytes, **event.phase_peak_memory_bytes},
                seconds_by_part=event.seconds_by_part,
                energy_joules=event.energy_joules,
                energy_of=event.energy_of,
                failure=event.failure,
            )
        self._status = status

    def _remember_validation(self, values: dict[str, Any]) -> None:
        self._last_validation = {
            "epoch": values["epoch"],
            "val_accuracy": values["val_accuracy"],
            "low": values["val_accuracy_low"],
            "high": values["val_accuracy_high"],
            "val_loss": values["val_loss"],
        }
        self._validations[values["epoch"]] = self._last_validation

    def _best_of(self, best: dict[str, Any] | None) -> dict[str, Any] | None:
        return self._validations.get(best["epoch"], best) if best and "epoch" in best else best

    # ---- taking a run up again

    def _open_logs(self, stack: ExitStack, recorded: Recorded | None) -> dict[str, fsio.AppendLog]:
        logs = {}
        for name in _LOG_FILES:
            # Earlier versions kept fewer logs.
            offset = 0 if recorded is None else recorded.offsets.get(name, 0)
            keep = 0 if recorded is None else self._trusted_length(name, offset)
            logs[name] = fsio.AppendLog(self._folder / name, truncate_to=keep)
            stack.callback(logs[name].close)
        return logs

    def _trusted_length(self, name: str, offset: int) -> int:
        path = self._folder / name
        valid = fsio.read_log(path)[1] if path.exists() else 0
        if valid >= offset:
            return offset
        problem = f"'{path}' is damaged: what it held behind byte {valid} is lost."
        if path.exists():
            copy = _free_name(path.with_name(f"{name}.damaged"))
            fsio.copy_file(path, copy)
            problem = f"{problem} The file as it was is kept as '{copy}'."
        self.problems += (problem,)
        return valid

    def _cut_answers(self) -> None:
        """Keep the answers of the epochs that are not trained again; those of none where the run begins anew."""
        path = self._folder / ANSWERS_FILE
        try:
            cut_epochs(self._folder, self._status.epoch)
        except fsio.DamagedError as error:
            copy = _free_name(path.with_name(f"{ANSWERS_FILE}.damaged"))
            fsio.move(path, copy)
            self.problems += (f"{error.message} The answers of earlier epochs are lost; the file is kept as '{copy}'.",)

    def _go_on_from(self, checkpoint: LoadedCheckpoint, recorded: Recorded) -> None:
        self._counts = dict(recorded.counts)
        self._status = replace(recorded.status, state=RunState.RUNNING, process=self._status.process, failure=None)
        for line in fsio.read_log(self._folder / METRICS_FILE)[0]:
            if line["event"] == ValidationEnd.name:
                self._remember_validation(line)
        if checkpoint.damaged:
            self.problems += (unusable(checkpoint.damaged),)
        if recorded.best_step != best_step(self._checkpoints):
            mark_best(self._checkpoints, recorded.best_step)
        # Its line lies behind the offset that the checkpoint could know, so it was cut off with the rest.
        self._append_event(
            Checkpoint(
                run=self.run,
                seq=self._counts["events"],
                seconds=recorded.seconds,
                step=checkpoint.step,
                kind=checkpoint.kind,
                bytes=checkpoint.num_bytes,
            )
        )


def _free_name(path: Path) -> Path:
    number = 1
    while (numbered := path.with_name(f"{path.name}-{number}")).exists():
        number += 1
    return numbered
