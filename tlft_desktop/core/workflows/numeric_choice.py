"""The numeric mode of a new run: the rule's, or another one that was measured here and is remembered."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import asdict, replace
from pathlib import Path

from tlft_desktop.core.control import Control
from tlft_desktop.core.models.loaded_weights import LoadedWeights
from tlft_desktop.core.training.batches import num_batches
from tlft_desktop.core.training.flight_check import (
    Comparison,
    checked_phase,
    compare_modes,
    is_long_enough,
    other_mode,
)
from tlft_desktop.core.training.memory import free_memory, release_memory
from tlft_desktop.core.training.micro_batch import fitting_numerics
from tlft_desktop.core.training.setup import TrainingSetup
from tlft_desktop.core.values.events import Notice
from tlft_desktop.core.values.manifest import Manifest, Split
from tlft_desktop.core.values.numerics import Numerics
from tlft_desktop.core.values.run import RunConfig
from tlft_desktop.core.values.strategy import Phase
from tlft_desktop.core.workflows.assembly import assemble_run
from tlft_desktop.core.workflows.measured_figures import figures_file, keep_figures, read_figures
from tlft_desktop.core.workflows.networks import layer_tree
from tlft_desktop.paths import AppPaths

_FOLDER = "modes"
_VERSION = 2
_FIGURES = ("rule_seconds", "other_seconds", "deviation")


def remembered_mode(config: RunConfig, *, paths: AppPaths) -> RunConfig:
    """Return the configuration of a run that computes by rule in the mode that was measured for it, if one was."""
    found = _find(config, paths)
    return config if found is None else replace(config, numerics=found.chosen)


def measured_mode(
    config: RunConfig, manifest: Manifest, weights: LoadedWeights, *, paths: AppPaths, control: Control
) -> tuple[RunConfig, tuple[Notice, ...]]:
    """Return the configuration of a new run that computes by rule in the mode that suits it, and what to say of it.

    Measures where nothing is remembered and the run is long enough. A run whose first phase trains the head only may
    end behind it, so nothing is measured for it: it takes what is remembered of others.

    Args:
        config: What determines the run, in the mode of the rule.
        manifest: The images of the run.
        weights: What it starts from.
        paths: Folders of the program.
        control: Stop and pause requests.

    Raises:
        StoppedError: If a stop was requested while it measured.
    """
    found = _find(config, paths) or _measure(config, manifest, weights, paths, control)
    if found is None or found.chosen == config.numerics:
        return config, ()
    return replace(config, numerics=found.chosen), (Notice(kind="numeric", message=_in_words(found)),)


def _find(config: RunConfig, paths: AppPaths) -> Comparison | None:
    phase, other = _phase_of(config), other_mode(config.numerics)
    if phase is None or other is None:
        return None
    figures = read_figures(_path(config, phase, other, paths))
    if figures is None:
        return None
    return Comparison(config.numerics, other, **{name: float(figures[name]) for name in _FIGURES})


def _measure(
    config: RunConfig, manifest: Manifest, weights: LoadedWeights, paths: AppPaths, control: Control
) -> Comparison | None:
    phase, rule = _phase_of(config), config.numerics
    other = other_mode(rule)
    if phase is None or other is None or phase is not config.strategy.phases[0]:
        return None
    batches = num_batches(len(manifest.used(Split.TRAIN)), rule.batch)
    if not is_long_enough(phase.epochs * batches) or not _fits_twice(config):
        return None
    with ExitStack() as stack:

        def make_setup(numerics: Numerics) -> TrainingSetup:
            trial = replace(config, numerics=numerics)
            files, setup, _ = assemble_run(trial, manifest, weights, paths=paths, features_on_disk=False)
            stack.enter_context(files)
            return setup

        found = compare_modes(make_setup, rule, other, control=control)
    release_memory(rule.device)
    if found is not None:
        figures = {name: value for name, value in asdict(found).items() if name in _FIGURES}
        keep_figures(_path(config, phase, other, paths), figures)
    return found


def _phase_of(config: RunConfig) -> Phase | None:
    return checked_phase(config.strategy, layer_tree(config.backbone, len(config.classes), config.image_size))


def _fits_twice(config: RunConfig) -> bool:
    """Tell whether the memory holds two networks that train: the run itself needs one, and must not starve."""
    tree = layer_tree(config.backbone, len(config.classes), config.image_size)
    half = free_memory(config.numerics.device) // 2
    return fitting_numerics(config.numerics, tree, config.strategy, free_bytes=half) == config.numerics


def _path(config: RunConfig, phase: Phase, other: Numerics, paths: AppPaths) -> Path:
    """Return where the figures are kept that hold for this network, plan, batch, image size, device and library."""
    parts = {
        "version": _VERSION,
        "backbone": config.backbone,
        "weights": config.weights_sha256,
        "classes": len(config.classes),
        "image_size": config.image_size,
        "plan": phase.plan.to_json(),
        # Kept outputs of a front need fewer views than epochs; without them every step computes the front, too.
        "front": 1 <= phase.views < phase.epochs,
        "augmentation": phase.augmentation.value,
        "rule": config.numerics.to_json(),
        "other": other.to_json(),
    }
    return figures_file(paths.cache / _FOLDER, config.numerics.device, parts)


def _in_words(found: Comparison) -> str:
    rule = replace(found.rule, bfloat16_features=False)
    return (
        f"The run computes in the numeric mode '{found.other.mode.value}': on this computer a step took "
        f"{found.other_seconds:.3g} s in it and {found.rule_seconds:.3g} s in '{rule.mode.value}', and the loss "
        f"differed by {found.deviation:.1%} at most."
    )
