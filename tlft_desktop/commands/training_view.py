"""A run as lines in the terminal: one for each epoch, decisions and notices in words, a bar with the time left."""

from __future__ import annotations

from collections.abc import Iterator

from tlft_desktop.commands import words
from tlft_desktop.commands.application import App
from tlft_desktop.commands.output import Progress
from tlft_desktop.commands.phase_progress import PhaseProgress
from tlft_desktop.commands.proof_words import proof_sentence
from tlft_desktop.commands.resource_words import energy_sentence, time_sentence
from tlft_desktop.core.hints import command
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.runs.summaries import how_kept
from tlft_desktop.core.values.events import (
    BatchEnd,
    CacheProgress,
    EpochEnd,
    Event,
    FitEnd,
    FitStart,
    Gate,
    Notice,
    PhaseStart,
    ValidationEnd,
)
from tlft_desktop.core.values.run import RunState


class TrainingView:
    """Prints the events of one run.

    Args:
        project: Whose run it is.
        app: Where to print.
        go_on: What to type to go on after a stop; by default what goes on with the run.
        subject: What has the accuracy at the end, where the run is one of several that stand together, as `this try`.
    """

    def __init__(self, project: Project, app: App, *, go_on: str = "", subject: str = "") -> None:
        self._project, self._app, self._go_on, self._subject = project, app, go_on, subject
        self._done = PhaseProgress()
        self._epoch: EpochEnd | None = None
        self._untold_step: ValidationEnd | None = None
        self._told: set[str] = set()

    def show(self, events: Iterator[Event], *, as_json: bool = False) -> FitEnd | None:
        """Print everything to the end and return the last event.

        A training is not ended by a reader of its output that goes away: hours of work would be lost for a `| head`.
        Standard error says then that it goes on, and at the end what came of it.
        """
        output = self._app.output
        end: FitEnd | None = None
        was_read = not output.reader_is_gone
        with output.progress("preparing") as progress:
            for event in events:
                end = event if isinstance(event, FitEnd) else end
                if as_json:
                    output.record(event.to_json())
                else:
                    self._show(event, progress)
                if was_read and output.reader_is_gone:
                    was_read = False
                    self._tell_that_nobody_reads(event)
        if as_json and end is not None and output.reader_is_gone:
            self._show_end(end)
        if end is not None and end.state == RunState.FAILED:
            self._explain_failure(end)
        return end

    def _tell_that_nobody_reads(self, event: Event) -> None:
        if not isinstance(event, FitEnd) and not self._app.control.stop_requested:
            self._app.output.note(
                f"Nobody reads the output any more. The training goes on, and its result is kept in "
                f"'{self._project.root}'. Ctrl+C stops and saves it."
            )

    def _show(self, event: Event, progress: Progress) -> None:
        self._done.follow(event)
        if self._untold_step is not None and not isinstance(event, (EpochEnd, ValidationEnd)):
            self._show_epoch(self._untold_step)
        match event:
            case CacheProgress() | BatchEnd():
                progress.update(self._done.share, self._done.detail)
            case FitStart():
                self._show_start(event)
            case PhaseStart():
                self._show_phase(event, progress)
            case EpochEnd():
                self._epoch = event
            case ValidationEnd() if self._is_solver_step and not self._is_told_step:
                self._untold_step = event
            case ValidationEnd():
                self._show_epoch(event)
            case Gate():
                self._app.output.detail(f"Decision ({event.decision.replace('_', ' ')}): {event.reason}")
                self._told.add(event.reason)
            case Notice():
                self._app.output.detail(event.message)
                self._told.add(event.message)
            case FitEnd():
                self._show_end(event)

    def _show_start(self, event: FitStart) -> None:
        images = f"{event.num_train:,} training and {event.num_val:,} validation images in {event.num_classes} classes"
        self._app.output.detail(f"{event.strategy} of {event.backbone} on {event.device}: {images}.")
        share = words.percent(event.trainable_parameters / max(event.total_parameters, 1))
        self._app.output.detail(
            f"{event.trainable_parameters:,} of {event.total_parameters:,} parameters train ({share})."
        )

    def _show_phase(self, event: PhaseStart, progress: Progress) -> None:
        self._epoch = None
        num_phases = len(self._done.start.phases) if self._done.start else 1
        number = f" ({event.index + 1} of {num_phases})" if num_phases > 1 else ""
        self._app.output.detail(f"Phase '{event.phase}'{number}: {event.trainable_parameters:,} parameters train.")
        progress.restart(event.phase)

    @property
    def _is_solver_step(self) -> bool:
        """Whether the last epoch is a step towards a head that is solved, which learns with no rate."""
        return self._epoch is not None and not self._epoch.learning_rates

    @property
    def _is_told_step(self) -> bool:
        """Whether the last step has a line of its own: the first one, and whenever their number has doubled."""
        number = self._epoch.phase_epoch if self._epoch else 0
        return number & (number - 1) == 0

    def _show_epoch(self, event: ValidationEnd) -> None:
        self._untold_step = None
        epoch, kind = self._epoch, "step " if self._is_solver_step else "epoch"
        train = "" if epoch is None else f"train loss {epoch.train_loss:.3f}, {words.percent(epoch.train_accuracy)}; "
        seconds = "" if epoch is None else f"  {words.duration(epoch.epoch_seconds)}"
        limits = words.interval(event.val_accuracy_low, event.val_accuracy_high)
        self._app.output.detail(
            f"{kind} {event.epoch:>3}  {train}validation loss {event.val_loss:.3f}, "
            f"{words.percent(event.val_accuracy)} {limits}{seconds}"
        )

    def _show_end(self, event: FitEnd) -> None:
        output = self._app.output
        root = self._project.moved_to() or self._project.root
        summary = RunStore(root).summary(event.run)
        if summary.val_accuracy is not None:
            num_val = f", {self._done.start.num_val:,} images" if self._done.start else ""
            whose = f" of {self._subject}:" if self._subject else ""
            output.last_word(
                f"Validation accuracy{whose} {words.percent(summary.val_accuracy)} "
                f"{words.interval(summary.low, summary.high)} (95 % interval{num_val}) "
                f"{how_kept(summary)}; "
                f"{words.duration(event.total_seconds)}, peak memory {words.size(summary.peak_memory_bytes)}."
            )
        for sentence in (
            time_sentence(event.total_seconds, event.seconds_by_part),
            energy_sentence(event.energy_joules, event.energy_of),
        ):
            if sentence:
                output.detail(sentence)
        ended_by = "" if event.budget is None else event.budget["message"]
        if ended_by and not (ended_by in self._told and output.shows_details):
            output.last_word(ended_by)
        proof = proof_sentence(event.frozen_proof)
        if proof and event.state == RunState.COMPLETED:
            output.last_word(proof)
        place = f"run {event.run} ('{summary.name}') in '{root}'"
        if event.state == RunState.COMPLETED:
            output.last_word(f"Completed: {place}.")
        elif event.state == RunState.STOPPED:
            output.last_word(f"Stopped and saved: {place}.")
            output.last_word(f"Go on with: {self._how_to_go_on(event)}")

    def _explain_failure(self, end: FitEnd) -> None:
        failure = end.failure or {}
        message, remedy = failure.get("message", "no reason is known."), failure.get("remedy", "")
        what_to_do = "" if remedy in message else f" {remedy}"
        self._app.output.error(f"{failure.get('title', 'Training failed')}: {message}{what_to_do}")
        # Of a project that was moved the remedy says how, at its new place.
        if failure.get("resumable") and failure.get("kind") != "moved":
            self._app.output.note(f"Go on with: {self._how_to_go_on(end)}")

    def _how_to_go_on(self, end: FitEnd) -> str:
        return self._go_on or command("train", self._project.root, "--resume", end.run)
