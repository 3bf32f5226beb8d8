"""Ticks that were chosen earlier than their run starts: the strategy is made of them, not of the project's."""

from __future__ import annotations

from dataclasses import fields, replace

from tlft_desktop.core.freezing.strategies import StrategyOptions
from tlft_desktop.core.models.catalog import find_backbone
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.strategy import Strategy, StrategyKind
from tlft_desktop.core.values.thaw import ThawSchedule
from tlft_desktop.core.workflows.experiment import TrainOptions, strategy_for, strategy_options

_DEFAULTS = TrainOptions()
_OF_STRATEGY = tuple(option.name for option in fields(StrategyOptions))


def split_options(
    project: Project, plan: FreezePlan, options: TrainOptions, *, thaw: ThawSchedule | None = None
) -> tuple[Strategy, TrainOptions]:
    """Return the custom strategy of `plan` and `thaw`, and the options that a strategy does not say itself.

    Raises:
        UsageError: If an option does not fit the plan.
        InputError: If the plan or the schedule does not fit the network of the project.
    """
    strategy = strategy_for(
        StrategyKind.CUSTOM,
        find_backbone(project.config.backbone),
        project.edited_manifest,
        project.config.image_size,
        plan=plan,
        thaw=thaw,
        options=strategy_options(options, project.config.flip),
    )
    return strategy, replace(options, **{name: getattr(_DEFAULTS, name) for name in _OF_STRATEGY})
