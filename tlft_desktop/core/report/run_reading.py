"""Reads one run in detail; what of it cannot be read leaves a sentence."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from tlft_desktop.core import fsio
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.evaluation.answers import answers_of
from tlft_desktop.core.evaluation.chosen import RunAnswers
from tlft_desktop.core.evaluation.evaluated import Evaluated
from tlft_desktop.core.evaluation.head_folds import HeadFolds
from tlft_desktop.core.evaluation.stored import evaluate_validation, stored_test
from tlft_desktop.core.project.manifest_shelf import ManifestShelf
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.report.facts import Epoch, Mistake, RunFacts
from tlft_desktop.core.runs.checkpoint_files import FINAL_FOLDER
from tlft_desktop.core.runs.course import course_of
from tlft_desktop.core.runs.predictions import ARRAYS_FILE, NO_ANSWER, Predictions
from tlft_desktop.core.runs.store import CONFIG_FILE, RunStore
from tlft_desktop.core.values.events import EpochEnd, FitEnd, Gate, Notice, ValidationEnd
from tlft_desktop.core.values.run import RunConfig, RunState, RunSummary
from tlft_desktop.core.values.strategy import Strategy
from tlft_desktop.core.workflows.folding import kept_folds
from tlft_desktop.core.workflows.repeat import RepeatCommand, command_of
from tlft_desktop.paths import AppPaths

NUM_MISTAKES = 8
"""Surest wrong answers that are shown."""
MAX_NOTICES = 20
_PIECE = 1 << 20
_WEIGHTS = "model.safetensors"
_DECISIONS = {"stop": "it ended here", "switch": "it went on", "roll_back": "taken back", "keep": "kept"}
_UNFINISHED = {
    RunState.RUNNING: "It is training.",
    RunState.STOPPED: "It was stopped before its end.",
    RunState.INTERRUPTED: "It was interrupted before its end.",
}


def read_run(
    project: Project,
    summary: RunSummary,
    place: int,
    answers: RunAnswers | None,
    *,
    shelf: ManifestShelf,
    paths: AppPaths,
) -> RunFacts:
    """Return a run in detail.

    Args:
        project: Open in any way.
        summary: Its row.
        place: In the order of colours and shapes.
        answers: What it answered for the validation images; None where that cannot be read.
        shelf: The lists of images of the project.
        paths: Folders of the program.
    """
    store, run = RunStore(project.root), summary.run
    config, problem = _config(store, run)
    evaluated, no_result = _evaluated(project, summary)
    command, no_command = _command(project, run, shelf) if config is not None else (None, problem)
    events, metrics, timings = (_lines(read, run) for read in (store.events, store.metrics, store.timings))
    return RunFacts(
        summary=summary,
        place=place,
        config=config,
        problem=problem,
        evaluated=evaluated,
        no_result=no_result,
        folds=_folds(project, run, paths),
        tested=_tested(project, run),
        course=course_of(metrics, timings),
        epochs=_epochs(metrics),
        stretches=() if config is None else stretches_of(config.strategy),
        gates=tuple(_gate_words(event) for event in events if event.get("event") == Gate.name),
        notices=_notices(events),
        mistakes=() if answers is None else worst_mistakes(answers.predictions),
        command=command,
        no_command=no_command,
        hashes=_hashes(store.folder(run), config),
    )


def stretches_of(strategy: Strategy) -> tuple[tuple[str, ...], ...]:
    """Return the names of the phases, those together that no gate parts."""
    stretches: list[list[str]] = []
    for phase in strategy.phases:
        if not phase.continues:
            stretches.append([])
        stretches[-1].append(phase.name)
    return tuple(tuple(names) for names in stretches)


def why_unfinished(summary: RunSummary) -> str:
    """Say why a run did not come to its end; empty where it did, or where that is not known."""
    if summary.state is RunState.FAILED:
        return f"It failed: {summary.problem or 'its files do not say why.'}"
    return summary.problem if summary.state is RunState.DAMAGED else _UNFINISHED.get(summary.state, "")


def worst_mistakes(predictions: Predictions, number: int = NUM_MISTAKES) -> tuple[Mistake, ...]:
    """Return the wrong answers of a run, the surest first; what is no answer is none of them."""
    answers = answers_of(predictions)
    wrong = np.flatnonzero(~answers.right & (answers.predicted != NO_ANSWER))
    order = wrong[np.argsort(-answers.confidence[wrong], kind="stable")][:number]
    names = predictions.classes
    return tuple(
        Mistake(
            sha256=predictions.hashes[row],
            label=names[int(answers.labels[row])],
            answer=names[int(answers.predicted[row])],
            probability=float(answers.confidence[row]),
        )
        for row in order.tolist()
    )


def _config(store: RunStore, run: str) -> tuple[RunConfig | None, str]:
    try:
        return store.config(run), ""
    except InputError as error:
        return None, error.message


def _evaluated(project: Project, summary: RunSummary) -> tuple[Evaluated | None, str]:
    try:
        return evaluate_validation(project, summary.run), ""
    except InputError as error:
        if isinstance(error, fsio.DamagedError):
            return None, f"Its answers cannot be used. {error.message}"
        return None, why_unfinished(summary) or error.message


def _folds(project: Project, run: str, paths: AppPaths) -> HeadFolds | None:
    try:
        return kept_folds(project, run, paths=paths)
    except InputError:
        # What cannot be read of the run is told where it belongs.
        return None


def _tested(project: Project, run: str) -> Evaluated | None:
    try:
        return stored_test(project, run)
    except InputError:
        # A log of looks that cannot be read is told once, for the whole project.
        return None


def _command(project: Project, run: str, shelf: ManifestShelf) -> tuple[RepeatCommand | None, str]:
    try:
        return command_of(project, run, shelf=shelf), ""
    except InputError as error:
        return None, error.message


def _lines(read: Callable[[str], list[dict[str, Any]]], run: str) -> list[dict[str, Any]]:
    try:
        return read(run)
    except InputError:
        return []


def _epochs(metrics: Sequence[Mapping[str, Any]]) -> tuple[Epoch, ...]:
    """Return the epochs in order; one that was repeated after an interruption as it was the last time."""
    kinds = (EpochEnd.name, ValidationEnd.name)
    found: dict[int, dict[str, Any]] = {}
    for line in metrics:
        number = line.get("epoch")
        if isinstance(number, int) and number > 0 and line.get("event") in kinds:
            found.setdefault(number, {}).update(line)
    return tuple(_epoch(number, found[number]) for number in sorted(found))


def _epoch(number: int, line: Mapping[str, Any]) -> Epoch:
    def value(key: str) -> float:
        found = line.get(key)
        return float(found) if isinstance(found, (int, float)) else math.nan

    return Epoch(
        phase=str(line.get("phase", "")),
        number=number,
        train_loss=value("train_loss"),
        val_loss=value("val_loss"),
        train_accuracy=value("train_accuracy"),
        val_accuracy=value("val_accuracy"),
        low=value("val_accuracy_low"),
        high=value("val_accuracy_high"),
    )


def _gate_words(event: Mapping[str, Any]) -> str:
    decision = str(event.get("decision", ""))
    return f"{_DECISIONS.get(decision, decision).capitalize()}. {event.get('reason', '')}".strip()


def _notices(events: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Return what the run told on its way, each sentence once, and how a time budget ended it."""
    said = [str(event.get("message", "")) for event in events if event.get("event") == Notice.name]
    ends = [event.get("budget") for event in events if event.get("event") == FitEnd.name]
    said += [str(budget.get("message", "")) for budget in ends if isinstance(budget, dict)]
    unique = list(dict.fromkeys(filter(None, said)))
    if len(unique) > MAX_NOTICES:
        unique = [*unique[:MAX_NOTICES], f"{len(unique) - MAX_NOTICES} more are in the run's events."]
    return tuple(unique)


def _hashes(folder: Path, config: RunConfig | None) -> dict[str, str]:
    found = {"settings (run.json)": _sha256(folder / CONFIG_FILE), "answers": _sha256(folder / ARRAYS_FILE)}
    if config is not None:
        found = {"list of images": config.manifest, "pretrained weights": config.weights_sha256, **found}
    # A run without a trained network has no hash of one.
    with suppress(InputError):
        found["trained network"] = fsio.recorded_hashes(folder / FINAL_FOLDER).get(_WEIGHTS, "")
    return {name: value for name, value in found.items() if value}


def _sha256(path: Path) -> str:
    try:
        with fsio.open_regular(path) as file:
            digest = hashlib.sha256()
            while piece := file.read(_PIECE):
                digest.update(piece)
            return digest.hexdigest()
    except OSError:
        return ""
