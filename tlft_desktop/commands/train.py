"""`tlft train`: run an experiment, or go on with one."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from tlft_desktop.commands.application import App
from tlft_desktop.commands.program import command
from tlft_desktop.commands.training_view import TrainingView
from tlft_desktop.core import fsio
from tlft_desktop.core.errors import ExitCode, InputError, UsageError
from tlft_desktop.core.project.project import Project, open_project
from tlft_desktop.core.project.safe_path import sync_warning
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.events import Event, FitEnd
from tlft_desktop.core.values.numerics import NumericMode
from tlft_desktop.core.values.run import FrozenProof, RunState
from tlft_desktop.core.values.strategy import HeadSolver, OptimizerKind, Strategy, StrategyKind
from tlft_desktop.core.workflows.experiment import TrainOptions, resume_experiment, run_experiment
from tlft_desktop.core.workflows.repeat import strategy_in

_MAX_STRATEGY_BYTES = 5_000_000
# Options of a new run, by their names in the parsed arguments; a resumed run has its own.
_OF_NEW_RUNS = {
    "strategy": "--strategy",
    "epochs": "--epochs",
    "budget": "--budget",
    "target": "--target",
    "batch_size": "--batch-size",
    "lr": "--lr",
    "optimizer": "--optimizer",
    "head": "--head",
    "seed": "--seed",
    "views": "--views",
    "mixup": "--mixup",
    "no_flip": "--no-flip",
    "balance": "--balance",
    "no_cache": "--no-cache",
    "device": "--device",
    "threads": "--threads",
    "numeric": "--numeric",
}
# What a strategy of the user's own says itself.
_OF_PRESET_STRATEGIES = ("epochs", "target", "lr", "optimizer", "head", "views", "mixup", "no_flip", "balance")


def run(args: argparse.Namespace, app: App) -> int:
    """Train and print what happens; the exit code says how it ended."""
    strategy = None if args.resume else _strategy(args)
    _refuse_contradictions(args, strategy)
    with open_project(args.project) as project:
        RunStore(project.root).mark_interrupted()
        warning = sync_warning(project.root)
        if warning:
            app.output.note(warning)
        events = _events(project, strategy, args, app)
        end = TrainingView(project, app).show(events, as_json=args.json)
        if end is not None and end.state == RunState.FAILED:
            _explain_failure(end, project, app)
    return _exit_code(end)


def _events(
    project: Project, strategy: Strategy | StrategyKind | None, args: argparse.Namespace, app: App
) -> Iterator[Event]:
    if strategy is None:
        run_id = RunStore(project.root).resolve(args.resume)
        return resume_experiment(project, run_id, paths=app.paths, control=app.control)
    return run_experiment(project, strategy, options=_options(args), paths=app.paths, control=app.control)


def _explain_failure(end: FitEnd, project: Project, app: App) -> None:
    failure = end.failure or {}
    message, remedy = failure.get("message", "no reason is known."), failure.get("remedy", "")
    what_to_do = "" if remedy in message else f" {remedy}"
    app.output.error(f"{failure.get('title', 'Training failed')}: {message}{what_to_do}")
    if failure.get("resumable"):
        app.output.note(f"Go on with: {command('train', project.root, '--resume', end.run)}")


def _exit_code(end: FitEnd | None) -> int:
    if end is None:
        return ExitCode.FAULT
    if end.state == RunState.FAILED:
        return int((end.failure or {}).get("exit_code", ExitCode.FAULT))
    if end.state != RunState.COMPLETED:
        return ExitCode.STOPPED
    return ExitCode.NOT_VERIFIED if end.frozen_proof == FrozenProof.VIOLATED else ExitCode.DONE


def _strategy(args: argparse.Namespace) -> Strategy | StrategyKind:
    name: str | None = args.strategy
    if name is None:
        raise UsageError(
            f"Say how to train: --strategy {'|'.join(StrategyKind)} or FILE.json; or --resume RUN to go on."
        )
    if name in set(StrategyKind):
        return StrategyKind(name)
    if not name.endswith(".json"):
        raise UsageError(
            f"There is no strategy '{name}'.", remedy=f"There are {', '.join(StrategyKind)}, and files ending in .json."
        )
    try:
        return Strategy.from_json(strategy_in(fsio.read_json(Path(name), max_bytes=_MAX_STRATEGY_BYTES)))
    except FileNotFoundError as error:
        raise InputError(f"There is no strategy file '{name}'.") from error


def _refuse_contradictions(args: argparse.Namespace, strategy: Strategy | StrategyKind | None) -> None:
    # By identity: 0 is a value that was given, and equals False.
    given = [key for key in _OF_NEW_RUNS if getattr(args, key) is not None and getattr(args, key) is not False]
    if args.resume:
        useless, reason = given, "a resumed run goes on with its own settings"
    elif isinstance(strategy, Strategy):
        useless, reason = [key for key in given if key in _OF_PRESET_STRATEGIES], "the strategy file says it"
    else:
        useless, reason = [], ""
    if useless:
        raise UsageError(f"Leave out {', '.join(_OF_NEW_RUNS[key] for key in useless)}: {reason}.")


def _options(args: argparse.Namespace) -> TrainOptions:
    return TrainOptions(
        epochs=args.epochs,
        budget_seconds=args.budget,
        target=args.target,
        batch_size=args.batch_size,
        learning_rate=args.lr,
        optimizer=OptimizerKind(args.optimizer) if args.optimizer else None,
        head=HeadSolver(args.head) if args.head else None,
        seed=args.seed or 0,
        views=args.views,
        use_cache=not args.no_cache,
        device=args.device or "auto",
        threads=args.threads,
        numeric=NumericMode(args.numeric or NumericMode.AUTO),
        flip=not args.no_flip,
        balance_classes=args.balance,
        mixup=args.mixup,
    )
