"""The command line that repeats a run: read from what the run recorded, and checked by building its strategy again."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from tlft_desktop.core.errors import InputError, UsageError
from tlft_desktop.core.freezing.strategies import StrategyOptions, peak_rate, tuned_phases
from tlft_desktop.core.hints import quoted
from tlft_desktop.core.models.catalog import find_backbone
from tlft_desktop.core.project.manifest_shelf import ManifestShelf
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.runs.store import CONFIG_FILE, RunStore
from tlft_desktop.core.values.manifest import Manifest
from tlft_desktop.core.values.run import RunConfig
from tlft_desktop.core.values.strategy import HeadSolver, Strategy, StrategyKind, resolved_flip
from tlft_desktop.core.workflows.experiment import default_batch, strategy_for
from tlft_desktop.core.workflows.versions import other_versions


@dataclass(frozen=True, slots=True)
class RepeatCommand:
    """How a run is repeated.

    Attributes:
        arguments: The command line, word by word, from `tlft` on.
        remarks: Sentences about what a repetition would do differently; empty where it gives the same result.
    """

    arguments: tuple[str, ...]
    remarks: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The command line as it is typed on this system."""
        return " ".join(map(quoted, self.arguments))


def command_of(project: Project, run: str, *, shelf: ManifestShelf | None = None) -> RepeatCommand:
    """Return the command line that trains a run of a project again.

    A strategy that the options of the command line can say is said by them; any other is read from the run's own file.

    Args:
        project: Open in any way.
        run: Identifier of the run.
        shelf: What was read of the project's lists of images, where several runs are asked about.

    Raises:
        InputError: If there is no such run, or it or its manifest is damaged.
    """
    store = RunStore(project.root)
    config = store.config(run)
    shelf = shelf or ManifestShelf(project)
    manifest = shelf.read(config.manifest)
    options = _preset_options(project, config, manifest)
    if options is None:
        words = ["--strategy", str(store.folder(run) / CONFIG_FILE)]
    else:
        words = ["--strategy", config.strategy.kind.value, *_strategy_words(options, project.config.flip)]
    words += _run_words(config, manifest)
    return RepeatCommand(("tlft", "train", str(project.root), *words), tuple(_remarks(project, config, shelf)))


def command_of_project(project: Project) -> RepeatCommand:
    """Return the command line that makes a project of the same images again, divided as they were."""
    config = project.config
    words = ["--data", config.data_source, "--backbone", config.backbone, "--image-size", str(config.image_size)]
    words += ["--val", str(config.val_fraction), "--test", str(config.test_fraction)]
    words += ["--group-by", config.group_by] * bool(config.group_by)
    words += ["--seed", str(config.seed)]
    if config.flip is not None:
        words += ["--flip" if config.flip else "--no-flip"]
    remarks = []
    try:
        num_edits = len(project.edits.read())
    except InputError as error:
        num_edits = 0
        remarks.append(f"Which images were edited by hand cannot be told. {error.message}")
    if num_edits:
        remarks.append(
            f"Images were relabelled, moved or left out by hand afterwards ({num_edits} edits): `tlft label`, "
            "`tlft split` and `tlft exclude` do that."
        )
    return RepeatCommand(("tlft", "new", str(project.root), *words), tuple(remarks))


def strategy_in(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the strategy of a file: the file itself, or for the configuration of a run what it holds."""
    held = data.get("strategy")
    return held if isinstance(held, dict) and "phases" not in data else data


def _preset_options(project: Project, config: RunConfig, manifest: Manifest) -> StrategyOptions | None:
    """Return the options with which the strategy is built as it was recorded; None where none do."""
    if config.strategy.kind is StrategyKind.CUSTOM and project.config.plan != config.strategy.phases[-1].plan:
        return None
    for head in (None, HeadSolver.SGD):
        usual = StrategyOptions(head=head, flip=resolved_flip(None, project.config.flip))
        try:
            options = _differing(config, _build(project, config, manifest, usual), usual)
            if _build(project, config, manifest, options) == config.strategy:
                return options
        except (InputError, UsageError):
            # These options do not go together, so the run was not made by them.
            continue
    return None


def _build(project: Project, config: RunConfig, manifest: Manifest, options: StrategyOptions) -> Strategy:
    return strategy_for(
        config.strategy.kind,
        find_backbone(config.backbone),
        manifest,
        config.image_size,
        plan=project.config.plan,
        thaw=project.config.thaw,
        options=options,
    )


def _differing(config: RunConfig, default: Strategy, options: StrategyOptions) -> StrategyOptions:
    """Return what was asked for: where the last phase, which the options are about, is not as these make it."""
    wanted, usual = config.strategy.phases[-1], default.phases[-1]
    options = replace(options, target=config.strategy.target)
    if wanted.head is not HeadSolver.CONVEX:
        options = replace(options, flip=wanted.flip)
    if wanted.optimizer is not usual.optimizer:
        options = replace(options, optimizer=wanted.optimizer)
    rate = peak_rate(config.strategy)
    if rate != peak_rate(default):
        options = replace(options, learning_rate=rate)
    if (epochs := _epochs_of_option(config.strategy)) != _epochs_of_option(default):
        options = replace(options, epochs=epochs)
    if wanted.views != usual.views:
        options = replace(options, views=wanted.views)
    if wanted.mixup != usual.mixup:
        options = replace(options, mixup=wanted.mixup)
    return replace(options, balance_classes=wanted.balance_classes)


def _epochs_of_option(strategy: Strategy) -> int:
    """Return what `--epochs` says: of the last phase and of those that it continues."""
    return sum(phase.epochs for phase in tuned_phases(strategy))


def _strategy_words(options: StrategyOptions, flip: bool | None) -> list[str]:
    """Return options of the command line; `flip` is what the project says."""
    values = (
        ("--epochs", options.epochs),
        ("--target", options.target),
        ("--lr", options.learning_rate),
        ("--optimizer", options.optimizer),
        ("--head", options.head),
        ("--views", options.views),
        ("--mixup", options.mixup),
    )
    words = [word for name, value in values if value is not None for word in (name, str(value))]
    if options.flip is not resolved_flip(None, flip):
        words += ["--flip" if options.flip else "--no-flip"]
    return words + ["--balance"] * options.balance_classes


def _run_words(config: RunConfig, manifest: Manifest) -> list[str]:
    """Return what does not belong to the strategy: the device and threads of today may be others."""
    numerics = config.numerics
    words = ["--seed", str(config.seed), "--device", numerics.device, "--numeric", numerics.mode.value]
    if numerics.batch != default_batch(manifest):
        words += ["--batch-size", str(numerics.batch)]
    if numerics.threads <= (os.cpu_count() or 1):
        words += ["--threads", str(numerics.threads)]
    words += ["--checkpoint-activations"] * numerics.checkpoint_activations
    if config.budget_seconds is not None:
        words += ["--budget", repr(config.budget_seconds)]
    return words


def _remarks(project: Project, config: RunConfig, shelf: ManifestShelf) -> list[str]:
    remarks = []
    now = project.config
    if (now.backbone, now.image_size) != (config.backbone, config.image_size):
        remarks.append(
            f"The run trained {config.backbone} on images of {config.image_size} pixels; the project has "
            f"{now.backbone} and {now.image_size} pixels now."
        )
    if shelf.digest_now != config.manifest:
        remarks.append("The images or their division changed since: a repetition uses those of today.")
    if config.numerics.threads > (os.cpu_count() or 1):
        remarks.append(
            f"The run used {config.numerics.threads} threads; this computer has fewer, so the last bits can differ."
        )
    if config.numerics.micro_batch < config.numerics.batch:
        remarks.append(
            f"For want of memory the run took its batches in parts of {config.numerics.micro_batch} images; a "
            "repetition takes them as the memory then allows, so the last bits can differ."
        )
    if changed := other_versions(config.versions):
        before, today = changed
        remarks.append(f"The run used {before}; a repetition uses {today}, so the last bits can differ.")
    if config.budget_seconds is not None:
        remarks.append("The time budget is measured again, so a repetition can end at another step.")
    return remarks
