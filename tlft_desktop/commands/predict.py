"""`tlft predict`: classify images with a run or a bundle."""

from __future__ import annotations

import argparse
from contextlib import closing
from pathlib import Path

from tlft_desktop.commands import words
from tlft_desktop.commands.application import App
from tlft_desktop.core import fsio
from tlft_desktop.core.errors import ExitCode, UsageError
from tlft_desktop.core.project.backups import PROJECT_FILE
from tlft_desktop.core.project.project import open_project_read_only
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.run import RunSummary
from tlft_desktop.core.workflows.bundle import Bundle, read_bundle
from tlft_desktop.core.workflows.prediction import Prediction, find_images, load_run, predict_with_bundle
from tlft_desktop.core.workflows.prediction_table import csv_bytes, require_table


def run(args: argparse.Namespace, app: App) -> int:
    """Print what the network says of each image; images that cannot be read are named and counted."""
    bundle, answering = _network(args)
    images = find_images(args.images, control=app.control)
    if args.csv is not None:
        require_table(args.csv)
        fsio.require_absent(args.csv)
    if answering is not None and args.run is None and not args.json:
        accuracy = words.percent(answering.val_accuracy)
        app.output.note(f"'{answering.name}' ({answering.run}) answers: the best run so far, {accuracy}.")
    predictions = []
    answers = predict_with_bundle(bundle, images, control=app.control)
    with app.output.progress("classifying") as progress, closing(answers):
        for prediction in answers:
            predictions.append(prediction)
            if args.json:
                app.output.record(_record(prediction, answering))
            else:
                app.output.line(_line(prediction))
            if app.output.reader_is_gone and args.csv is None:
                # Whoever asked has seen enough, and nothing else is made of the rest.
                return ExitCode.DONE
            progress.update(len(predictions) / len(images), f"{len(predictions):,} of {len(images):,}")
    if args.csv is not None:
        fsio.write_output(args.csv, csv_bytes(predictions))
        app.output.note(f"The table is in '{args.csv}'.")
    num_bad = sum(bool(prediction.error) for prediction in predictions)
    if num_bad:
        app.output.note(f"{num_bad} of {words.plural(len(predictions), 'image')} could not be classified.")
    return ExitCode.BAD_INPUT if num_bad == len(predictions) else ExitCode.DONE


def _network(args: argparse.Namespace) -> tuple[Bundle, RunSummary | None]:
    """Return what answers, and its run; a bundle stands for itself."""
    model: Path = args.model
    if model.is_file() or (not (model / PROJECT_FILE).exists() and (model / "config.json").exists()):
        if args.run is not None:
            raise UsageError("--run belongs to a project; a bundle is one network.")
        return read_bundle(model), None
    project = open_project_read_only(model)
    store = RunStore(project.root)
    run_id = store.resolve(args.run or "best")
    return load_run(project, run_id), store.summary(run_id)


def _record(prediction: Prediction, answering: RunSummary | None) -> dict[str, object]:
    return {
        "path": str(prediction.path),
        "class": prediction.class_name or None,
        "probability": None if prediction.error else prediction.probability,
        "top": [[name, probability] for name, probability in prediction.top],
        "error": prediction.error or None,
        "run": None if answering is None else answering.run,
    }


def _line(prediction: Prediction) -> str:
    if prediction.error:
        return f"{prediction.path}: {prediction.error}"
    others = ", ".join(f"{name} {words.percent(probability)}" for name, probability in prediction.top[1:3])
    return f"{prediction.path}: {prediction.class_name} {words.percent(prediction.probability)} ({others})"
