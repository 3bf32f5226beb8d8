"""`tlft train`: run an experiment, or go on with one."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from tlft_desktop.commands import flip_arguments
from tlft_desktop.commands.application import App
from tlft_desktop.commands.mirroring import tell_mirroring
from tlft_desktop.commands.strategy_arguments import phase_options
from tlft_desktop.commands.training_view import TrainingView
from tlft_desktop.core import fsio
from tlft_desktop.core.advice.reasons import detectable_words
from tlft_desktop.core.errors import ExitCode, InputError, TlftError, UsageError
from tlft_desktop.core.project.project import Project, open_project
from tlft_desktop.core.project.safe_path import sync_warning
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.events import Event
from tlft_desktop.core.values.manifest import Split
from tlft_desktop.core.values.numerics import NumericMode
from tlft_desktop.core.values.strategy import Strategy, StrategyKind
from tlft_desktop.core.workflows.experiment import (
    PlannedRun,
    TrainOptions,
    require_startable,
    resume_experiment,
    run_experiment,
)
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
    "balance": "--balance",
    "no_cache": "--no-cache",
    "device": "--device",
    "threads": "--threads",
    "numeric": "--numeric",
    "checkpoint_activations": "--checkpoint-activations",
}
# What a strategy of the user's own says itself.
_OF_PRESET_STRATEGIES = ("epochs", "target", "lr", "optimizer", "head", "views", "mixup", "balance")


def run(args: argparse.Namespace, app: App) -> int:
    """Train and print what happens; the exit code says how it ended."""
    app.paths.policy.require_device(args.device)
    strategies = [] if args.resume else _strategies(args)
    for strategy in strategies or (None,):
        _refuse_contradictions(args, strategy)
    with open_project(args.project) as project:
        RunStore(project.root).mark_interrupted()
        warning = sync_warning(project.root)
        if warning:
            app.output.note(warning)
        if args.resume:
            run_id = RunStore(project.root).resolve(args.resume)
            return _follow(resume_experiment(project, run_id, paths=app.paths, control=app.control), project, args, app)
        return _train_all(strategies, project, args, app)


def _train_all(
    strategies: Sequence[Strategy | StrategyKind], project: Project, args: argparse.Namespace, app: App
) -> int:
    """Train one run after the other, whatever becomes of each; return the exit code of the first that is not 0."""
    options = _options(args)
    # Nobody wants to hear after an hour that the second one cannot start.
    wanted = [(strategy, require_startable(project, strategy, options)) for strategy in strategies]
    # A strategy of the user's own says itself whether it mirrors.
    tell_mirroring((whole for strategy, whole in wanted if strategy is not whole), project, args.flip, app)
    if not args.json:
        app.output.detail(detectable_words(len(project.edited_manifest.used(Split.VAL))))
    code = int(ExitCode.DONE)
    for place, strategy in enumerate(strategies):
        following = [PlannedRun(each, options) for each in strategies[place + 1 :]] if place == 0 else []
        events = run_experiment(
            project, strategy, options=options, paths=app.paths, control=app.control, following=following
        )
        try:
            ended = _follow(events, project, args, app)
        except TlftError as error:
            app.output.error(str(error))
            ended = int(error.exit_code)
        code = code or ended
        if app.control.stop_requested:
            is_last = place == len(strategies) - 1
            return code if code or is_last else int(ExitCode.STOPPED)
    return code


def _follow(events: Iterator[Event], project: Project, args: argparse.Namespace, app: App) -> int:
    end = TrainingView(project, app).show(events, as_json=args.json)
    return int(ExitCode.FAULT if end is None else end.exit_code)


def _strategies(args: argparse.Namespace) -> list[Strategy | StrategyKind]:
    names: list[str] = args.strategy or []
    if not names:
        raise UsageError(
            f"Say how to train: --strategy {'|'.join(StrategyKind)} or FILE.json; or --resume RUN to go on."
        )
    return [_strategy(name) for name in names]


def _strategy(name: str) -> Strategy | StrategyKind:
    if name in set(StrategyKind):
        return StrategyKind(name)
    if not name.endswith(".json"):
        raise UsageError(
            f"There is no strategy '{name}'.", remedy=f"There are {', '.join(StrategyKind)}, and files ending in .json."
        )
    try:
        data = fsio.read_json(Path(name), max_bytes=_MAX_STRATEGY_BYTES, follow_links=True)
        return Strategy.from_json(strategy_in(data))
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
        return
    options = [*(_OF_NEW_RUNS[key] for key in useless), *flip_arguments.given(args)]
    if options:
        raise UsageError(f"Leave out {', '.join(options)}: {reason}.")


def _options(args: argparse.Namespace) -> TrainOptions:
    return replace(
        phase_options(args),
        budget_seconds=args.budget,
        batch_size=args.batch_size,
        seed=args.seed or 0,
        use_cache=not args.no_cache,
        device=args.device or "auto",
        threads=args.threads,
        numeric=NumericMode(args.numeric or NumericMode.AUTO),
        checkpoint_activations=args.checkpoint_activations,
    )
