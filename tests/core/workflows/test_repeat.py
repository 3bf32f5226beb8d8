"""The command line that repeats a run, parsed again and trained again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.run_samples import metrics_of, new_project, run_all
from tlft_desktop.cli import build_parser
from tlft_desktop.commands import train
from tlft_desktop.core.control import Control
from tlft_desktop.core.models.catalog import find_backbone
from tlft_desktop.core.models.weights import WeightsStore
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.numerics import NumericMode
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.run import RunConfig
from tlft_desktop.core.values.strategy import HeadSolver, OptimizerKind, Phase, Strategy, StrategyKind
from tlft_desktop.core.values.thaw import ThawSchedule
from tlft_desktop.core.workflows import experiment
from tlft_desktop.core.workflows.experiment import TrainOptions, run_experiment
from tlft_desktop.core.workflows.repeat import RepeatCommand, command_of
from tlft_desktop.paths import AppPaths


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("repeat")


@pytest.fixture(scope="module")
def project(home: Path) -> Iterator[Project]:
    with new_project(home) as opened:
        opened.save(replace(opened.config, plan=FreezePlan(frozen=frozenset({"conv_stem", "bn1"}))))
        yield opened


def make_config(project: Project, home: Path, strategy: StrategyKind | Strategy, options: TrainOptions) -> RunConfig:
    """Return what a run with these options records before it trains."""
    manifest = project.freeze_edits()
    weights = WeightsStore(AppPaths.below(home).models_folder).load(find_backbone(project.config.backbone))
    return experiment._configuration(project, strategy, manifest, weights, options)


def parsed(command: RepeatCommand) -> tuple[StrategyKind | Strategy, TrainOptions, Path]:
    """Return what `tlft train` would do with a command line."""
    args = build_parser().parse_args(command.arguments[1:])
    (strategy,) = train._strategies(args)
    train._refuse_contradictions(args, strategy)
    return strategy, train._options(args), args.project


WAYS = [
    (StrategyKind.TRANSFER, TrainOptions(threads=1)),
    (StrategyKind.TRANSFER, TrainOptions(threads=1, seed=7, epochs=3, balance_classes=True)),
    (
        StrategyKind.TRANSFER,
        TrainOptions(threads=1, head=HeadSolver.SGD, learning_rate=0.02, batch_size=4, views=2, flip=False, mixup=0.3),
    ),
    (StrategyKind.FINETUNE, TrainOptions(threads=1, numeric=NumericMode.REFERENCE)),
    (
        StrategyKind.FINETUNE,
        TrainOptions(threads=1, epochs=2, optimizer=OptimizerKind.SGD, learning_rate=3e-3, views=1, batch_size=5),
    ),
    (
        StrategyKind.HYBRID,
        TrainOptions(threads=1, target=0.9, epochs=4, seed=3, mixup=1.0, checkpoint_activations=True),
    ),
    (StrategyKind.HYBRID, TrainOptions(threads=1, head=HeadSolver.SGD, learning_rate=1e-3, balance_classes=True)),
    (StrategyKind.GRADUAL, TrainOptions(threads=1, epochs=11, learning_rate=2e-4, seed=2)),
    (StrategyKind.CUSTOM, TrainOptions(threads=1, epochs=2, budget_seconds=12.5)),
]


@pytest.mark.parametrize(("kind", "options"), WAYS)
def test_parsing_the_command_gives_the_same_run(
    project: Project, home: Path, kind: StrategyKind, options: TrainOptions
) -> None:
    config = make_config(project, home, kind, options)
    RunStore(project.root).create(config)
    command = command_of(project, config.run)
    strategy, again, root = parsed(command)
    assert strategy is kind, "options can say this strategy, so no file is needed"
    assert root == project.root
    assert command.arguments.count("--numeric") == 1
    repeated = make_config(project, home, strategy, again)
    assert repeated.strategy == config.strategy
    assert (repeated.seed, repeated.numerics) == (config.seed, config.numerics)
    assert repeated.budget_seconds == config.budget_seconds
    assert bool(command.remarks) is (options.budget_seconds is not None)


@pytest.mark.parametrize("answer", [None, True, False])
@pytest.mark.parametrize("asked", [None, True, False])
def test_a_run_is_repeated_mirrored_or_not_as_it_was(
    project: Project, home: Path, asked: bool | None, answer: bool | None
) -> None:
    before = project.config
    try:
        project.save(replace(before, flip=answer))
        for kind in (StrategyKind.FINETUNE, StrategyKind.TRANSFER):
            config = make_config(project, home, kind, TrainOptions(threads=1, flip=asked))
            RunStore(project.root).create(config)
            command = command_of(project, config.run)
            strategy, again, _root = parsed(command)
            assert make_config(project, home, strategy, again).strategy == config.strategy
            said = {"--flip", "--no-flip"} & set(command.arguments)
            is_other = kind is StrategyKind.FINETUNE and (asked is not False) is not (answer is not False)
            assert bool(said) is (is_other and asked is not None)
    finally:
        project.save(before)


def test_a_schedule_is_that_of_the_project_or_of_the_run(project: Project, home: Path) -> None:
    config = project.config
    project.save(replace(config, thaw=ThawSchedule((("blocks.1", 2), ("blocks.2", 4)))))
    run = make_config(project, home, StrategyKind.CUSTOM, TrainOptions(threads=1, epochs=7))
    RunStore(project.root).create(run)
    arguments = command_of(project, run.run).arguments
    assert arguments[arguments.index("--strategy") + 1] == "custom"
    assert arguments[arguments.index("--epochs") + 1] == "7"
    project.save(replace(config, thaw=ThawSchedule()))
    strategy, *_ = parsed(command_of(project, run.run))
    assert strategy == run.strategy, "read from the file of the run"


def test_a_strategy_that_options_cannot_say_is_read_from_the_run(project: Project, home: Path) -> None:
    plan = FreezePlan(frozen=frozenset({"conv_stem"}))
    own = Strategy(StrategyKind.CUSTOM, (Phase("mine", plan, epochs=2, warmup_share=0.4, label_smoothing=0.3),))
    config = make_config(project, home, own, TrainOptions(threads=1, seed=2, batch_size=3))
    RunStore(project.root).create(config)
    strategy, again, _root = parsed(command_of(project, config.run))
    repeated = make_config(project, home, strategy, again)
    assert (repeated.strategy, repeated.numerics, repeated.seed) == (own, config.numerics, 2)


def test_ticks_that_changed_since_do_not_change_the_repetition(project: Project, home: Path) -> None:
    config = make_config(project, home, StrategyKind.CUSTOM, TrainOptions(threads=1, epochs=2))
    RunStore(project.root).create(config)
    before = project.config
    try:
        project.save(replace(before, plan=FreezePlan(frozen=frozenset({"conv_stem"}))))
        strategy, _options, _root = parsed(command_of(project, config.run))
    finally:
        project.save(before)
    assert isinstance(strategy, Strategy)
    assert strategy == config.strategy


def test_what_a_repetition_would_do_differently_is_said(project: Project, home: Path) -> None:
    config = make_config(project, home, StrategyKind.TRANSFER, TrainOptions(threads=1))
    numerics = replace(config.numerics, threads=4096, micro_batch=3)
    config = replace(config, numerics=numerics, image_size=64, run=RunStore(project.root).new_id())
    RunStore(project.root).create(config)
    command = command_of(project, config.run)
    assert "--threads" not in command.arguments
    said = " ".join(command.remarks)
    assert "64 pixels" in said
    assert "4096 threads" in said
    assert "in parts of 3 images" in said


def test_a_name_with_spaces_is_quoted() -> None:
    text = RepeatCommand(("tlft", "train", "my images.tlft", "--strategy", "transfer")).text
    assert "'my images.tlft'" in text or '"my images.tlft"' in text


@pytest.mark.slow
def test_a_repetition_gives_the_same_metrics_to_the_byte(project: Project, home: Path) -> None:
    run_all(project, home, StrategyKind.FINETUNE, options=TrainOptions(epochs=2, batch_size=8, threads=1, seed=5))
    first = RunStore(project.root).resolve("last")
    strategy, options, _root = parsed(command_of(project, first))
    list(run_experiment(project, strategy, options=options, paths=AppPaths.below(home), control=Control()))
    second = RunStore(project.root).resolve("last")
    assert second != first
    assert metrics_of(project, second) == metrics_of(project, first)
