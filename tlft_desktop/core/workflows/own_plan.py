"""Ticks that were chosen earlier than their run starts: the strategy is made of them, not of the project's."""

from __future__ import annotations

from dataclasses import replace

from tlft_desktop.core.freezing.strategies import StrategyOptions, build_strategy
from tlft_desktop.core.models.catalog import find_backbone
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.values.manifest import Split
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.strategy import Strategy, StrategyKind
from tlft_desktop.core.workflows.experiment import TrainOptions
from tlft_desktop.core.workflows.networks import is_convolutional, layer_tree

_DEFAULTS = TrainOptions()
_OF_STRATEGY = ("epochs", "learning_rate", "optimizer", "head", "target", "views", "flip", "balance_classes")


def split_options(project: Project, plan: FreezePlan, options: TrainOptions) -> tuple[Strategy, TrainOptions]:
    """Return the custom strategy of `plan`, and the options that a strategy does not say itself.

    Raises:
        UsageError: If an option does not fit the plan.
        InputError: If the plan does not fit the network of the project.
    """
    manifest, entry = project.edited_manifest, find_backbone(project.config.backbone)
    chosen = {name: getattr(options, name) for name in _OF_STRATEGY}
    strategy = build_strategy(
        StrategyKind.CUSTOM,
        layer_tree(entry.name, len(manifest.classes), project.config.image_size),
        num_train=len(manifest.used(Split.TRAIN)),
        is_convolutional=is_convolutional(entry),
        plan=plan,
        options=StrategyOptions(**chosen),
    )
    return strategy, replace(options, **{name: getattr(_DEFAULTS, name) for name in _OF_STRATEGY})
