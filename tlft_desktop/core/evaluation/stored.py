"""Runs judged by the answers they stored: on validation images, and as the last look at test images saw them.

Loads no network and nothing that one needs, so that a command can answer at once.
"""

from __future__ import annotations

from pathlib import Path

from tlft_desktop.core.errors import InputError
from tlft_desktop.core.evaluation.chosen import run_answers
from tlft_desktop.core.evaluation.costs import read_costs
from tlft_desktop.core.evaluation.epochs import validated
from tlft_desktop.core.evaluation.evaluated import Evaluated
from tlft_desktop.core.evaluation.run_evaluation import RunEvaluation, evaluate_predictions
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.runs.openings import TEST_FOLDER, OpeningLog
from tlft_desktop.core.runs.predictions import Predictions, read_predictions
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.manifest import Split
from tlft_desktop.core.values.run import RunSummary


def evaluate_validation(project: Project, run: str, *, costs: Path | None = None) -> Evaluated:
    """Return what a run is worth on its validation images, by the answers that it stored.

    Args:
        project: Open in any way.
        run: Identifier of the run.
        costs: CSV file with what each answer costs; None where all mistakes are equally bad.

    Raises:
        InputError: If the run stored none, they are damaged, or the costs cannot be used.
    """
    store = RunStore(project.root)
    found = run_answers(store, run)
    evaluation = evaluation_of(found.predictions, costs)
    return validated(store, found.summary, evaluation, found.summary.best_epoch)


def stored_test(project: Project, run: str) -> Evaluated | None:
    """Return what the last look at the test images showed of the best network of a run; None where nobody looked.

    This is no look of its own: it tells again what was seen, and how often there was a look.

    Args:
        project: Open in any way.
        run: Identifier of the run.

    Raises:
        InputError: If there is no such run, or the log of the looks cannot be read.
    """
    store, log = RunStore(project.root), OpeningLog(project.root)
    summary = store.summary(run)
    predictions = stored_test_answers(store, log, summary)
    if predictions is None:
        return None
    return Evaluated(
        run,
        summary.name,
        Split.TEST,
        evaluation_of(predictions, None),
        num_openings=log.count(),
        num_opened_runs=len({opening.run for opening in log.read()}),
        is_stored=True,
    )


def stored_test_answers(store: RunStore, log: OpeningLog, summary: RunSummary) -> Predictions | None:
    """Return what an earlier look stored; None where there was none, or of another state of the network."""
    last = next((opening for opening in reversed(log.read()) if opening.run == summary.run), None)
    # The best state of a run that went on may be another one by now.
    if last is None or last.best_epoch != summary.best_epoch:
        return None
    try:
        return read_predictions(store.folder(summary.run) / TEST_FOLDER)
    except InputError:
        # What is damaged is computed again.
        return None


def evaluation_of(predictions: Predictions, costs: Path | None) -> RunEvaluation:
    """Return the figures of answers.

    Args:
        predictions: The answers.
        costs: CSV file with what each answer costs; None where all mistakes are equally bad.

    Raises:
        InputError: If the costs cannot be used.
    """
    return evaluate_predictions(predictions, None if costs is None else read_costs(costs, predictions.classes))
