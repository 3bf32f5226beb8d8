"""`tlft evaluate --folds`: the head of a run on folds of its training and validation images."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tlft_desktop.commands import words
from tlft_desktop.commands.application import App
from tlft_desktop.commands.probe_steps import follow
from tlft_desktop.core.errors import ExitCode, UsageError
from tlft_desktop.core.evaluation.evaluated import Evaluated
from tlft_desktop.core.hints import command
from tlft_desktop.core.project.project import open_project_read_only
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.manifest import Split

if TYPE_CHECKING:
    from tlft_desktop.core.evaluation.head_folds import HeadFolds

_HEADER = ("judged on", "accuracy", "95 % interval", "images")


def run(args: argparse.Namespace, app: App) -> int:
    """Print what the folds show, or one object."""
    # Both load torch, which the other figures of a run do without.
    from tlft_desktop.core.evaluation.head_folds import REPEATS, HeadFolds
    from tlft_desktop.core.workflows.folding import folded_head

    _check_wanted(args)
    project = open_project_read_only(args.project)
    steps = folded_head(
        project,
        RunStore(project.root).resolve(args.run),
        folds=args.folds,
        repeats=args.repeats or REPEATS,
        paths=app.paths,
        control=app.control,
    )
    found = follow(steps, app, HeadFolds)
    if args.json:
        app.output.record(found.to_json())
        return ExitCode.DONE
    for line in _lines(found):
        app.output.line(line)
    return ExitCode.DONE


def give_hint(args: argparse.Namespace, found: Evaluated, app: App) -> None:
    """Say that folds would tell more, where few validation images judged a head."""
    if found.is_worth_folds:
        images = words.plural(found.evaluation.metrics.num_images, "validation image")
        app.output.detail(
            f"Only {images}: folds of all training and validation images judge the head better, in seconds: "
            f"{command('evaluate', args.project, args.run, '--folds')}"
        )


def _check_wanted(args: argparse.Namespace) -> None:
    others = {
        "--split test": args.split == Split.TEST,
        "--epoch": args.epoch is not None,
        "--costs": args.costs is not None,
        "--confusions": args.confusions,
        "--mistakes": args.mistakes is not None,
        "--suspects": args.suspects,
    }
    wanted = next((option for option, is_given in others.items() if is_given), None)
    if wanted is not None:
        raise UsageError(
            f"Folds tell the accuracy only, and {wanted} asks for something else.", remedy="Leave one of them out."
        )


def _lines(found: HeadFolds) -> Iterator[str]:
    yield f"{found.name} ({found.run}), its head on folds:"
    rows = [
        ("folds", words.percent(found.accuracy), words.interval(*found.interval), f"{found.num_images:,}"),
        (
            "validation images of the run",
            words.percent(found.val_accuracy),
            words.interval(found.val_low, found.val_high),
            f"{found.num_val:,}",
        ),
    ]
    yield from words.table(_HEADER, rows, right=(1, 3))
    for text in filter(None, (found.method, found.caution)):
        yield ""
        yield text
