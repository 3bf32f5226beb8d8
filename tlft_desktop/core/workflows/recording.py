"""Drive the trainer and write its run: every event passes through here on its way to the window or the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import ProjectMovedError, StorageError
from tlft_desktop.core.hints import quoted
from tlft_desktop.core.models.catalog import find_backbone
from tlft_desktop.core.models.loaded_weights import LoadedWeights
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.runs.checkpoint import LoadedCheckpoint
from tlft_desktop.core.runs.checkpoint_files import FINAL_FOLDER
from tlft_desktop.core.runs.recorder import Recorder
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.training.state import TrainerState
from tlft_desktop.core.training.trainer import Trainer
from tlft_desktop.core.values.events import Checkpoint, Event, FitEnd, Notice, ValidationEnd
from tlft_desktop.core.values.manifest import Manifest
from tlft_desktop.core.values.parts import Part, whole_seconds
from tlft_desktop.core.values.run import RunConfig, RunState
from tlft_desktop.core.workflows.assembly import RunImages, assemble_run
from tlft_desktop.core.workflows.bundle import Bundle, write_bundle
from tlft_desktop.core.workflows.card import card_of_run
from tlft_desktop.core.workflows.failures import failure_of
from tlft_desktop.paths import AppPaths


def record_run(
    project: Project,
    config: RunConfig,
    manifest: Manifest,
    weights: LoadedWeights,
    *,
    paths: AppPaths,
    features_on_disk: bool,
    control: Control,
    checkpoint: LoadedCheckpoint | None = None,
    notices: Sequence[Notice] = (),
) -> Iterator[Event]:
    """Train and record a run; a failure becomes `fit_end (failed)`, an abandoned run is saved where it can go on.

    Args:
        project: The project, open for writing.
        config: What determines the run; written already.
        manifest: The images of the run.
        weights: What it starts from.
        paths: Folders of the program.
        features_on_disk: Whether features are kept in the cache folder.
        control: Stop and pause requests.
        checkpoint: Where to go on; None from the start.
        notices: What the history of the run must say behind its start.
    """
    with closing(Recorder(RunStore(project.root), config.run, resume_from=checkpoint)) as recorder:
        trainer: Trainer | None = None
        ended = False
        try:
            stack, setup, sources = assemble_run(
                config, manifest, weights, paths=paths, features_on_disk=features_on_disk
            )
            with stack:
                trainer = Trainer(setup, control, checkpoint.state if checkpoint else None)
                writer = _Writer(recorder, trainer, config, manifest, sources, project)
                with closing(trainer.fit()) as events:
                    for event in events:
                        recorded = writer.write(event)
                        ended = isinstance(event, FitEnd)
                        yield recorded
                        if event.name == "fit_start":
                            for notice in (*notices, *_damage_notices(recorder)):
                                yield recorder.record(replace(notice, seconds=event.seconds), trainer.state)
        except Exception as error:
            if ended:
                raise
            ended = True
            yield _record_failure(recorder, trainer, _moved(project, recorder) or error)
        finally:
            if not ended and trainer is not None and trainer.is_between_steps:
                _save_abandoned(recorder, trainer)


def _moved(project: Project, recorder: Recorder) -> ProjectMovedError | None:
    """Return what to tell of a project that was renamed while it trained, and let the run end at its new place."""
    place = project.moved_to()
    if place is None:
        return None
    recorder.follow(RunStore(place))
    return project_moved(
        project,
        place,
        remedy=f"Open it there and go on with the run: `tlft train {quoted(str(place))} --resume {recorder.run}`.",
    )


def project_moved(project: Project, place: Path, *, remedy: str) -> ProjectMovedError:
    """Return what to tell of a project whose folder is at `place` now."""
    return ProjectMovedError(
        f"The project '{project.root}' was renamed or moved to '{place}' while it was training.", remedy=remedy
    )


def _damage_notices(recorder: Recorder) -> Iterator[Notice]:
    for problem in recorder.problems:
        yield Notice(kind="damaged", message=problem)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes an event, and before it what it stands for."""

    recorder: Recorder
    trainer: Trainer
    config: RunConfig
    manifest: Manifest
    sources: RunImages
    project: Project

    def write(self, event: Event) -> Event:
        """Write an event and return it with its number."""
        with self.trainer.parts.measure(Part.SAVING):
            if isinstance(event, ValidationEnd):
                self._write_answers(event)
            elif isinstance(event, FitEnd):
                self._write_results(event)
            return self.recorder.record(event, self.trainer.state)

    def _write_answers(self, event: ValidationEnd) -> None:
        """Keep what the epoch answered, before its event says that there is a result."""
        logits, val = self.trainer.last_logits, self.sources.val
        assert logits is not None
        self.recorder.write_answers(event.epoch, logits, val.labels, val.keys)

    def _write_results(self, end: FitEnd) -> None:
        """Write predictions and the trained network before the run is called complete."""
        trainer, config, sources = self.trainer, self.config, self.sources
        if trainer.best_logits is not None:
            self.recorder.write_predictions(trainer.best_logits, sources.val.labels, sources.val.keys)
        if end.state == RunState.COMPLETED:
            scaling = self.manifest.scaling
            bundle = Bundle(config.backbone, config.classes, sources.preprocessing, scaling, trainer.best_state())
            folder = RunStore(self.project.root).folder(config.run)
            card = card_of_run(folder, config, self.manifest, state=end.state, frozen_proof=end.frozen_proof)
            write_bundle(folder / FINAL_FOLDER, bundle, find_backbone(config.backbone), card=card)


def _record_failure(recorder: Recorder, trainer: Trainer | None, error: Exception) -> Event:
    progress = trainer.progress if trainer else None
    best = asdict(progress.best) if progress and progress.best else None
    # What was measured may reach further than the last event.
    total_seconds = round(max(progress.seconds, sum(progress.part_seconds.values())), 3) if progress else 0.0
    event = FitEnd(
        run=recorder.run,
        seconds=total_seconds,
        state=RunState.FAILED.value,
        best=best and {key: best[key] for key in ("epoch", "val_accuracy", "val_loss")},
        frozen_proof="",
        total_seconds=total_seconds,
        failure=failure_of(error, progress),
        seconds_by_part=whole_seconds(progress.part_seconds, total_seconds) if progress else {},
        energy_joules=progress.energy_joules if progress else None,
        energy_of=progress.energy_of if progress and progress.energy_joules is not None else "",
    )
    try:
        return recorder.record(event, _nothing_to_save)
    except StorageError:
        # The disk that made the run fail may refuse its last words too; the caller must hear them all the same.
        return event


def _nothing_to_save() -> TrainerState:
    return TrainerState({}, {})


def _save_abandoned(recorder: Recorder, trainer: Trainer) -> None:
    event = Checkpoint(seconds=round(trainer.progress.seconds, 3), step=trainer.progress.step, kind="last")
    recorder.record(event, trainer.state)
