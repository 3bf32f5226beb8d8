"""Settings and costs of trainings between the words of the window and those of the core; only `lazy.py` imports it."""

from __future__ import annotations

from tlft_desktop.core.project.project import Project
from tlft_desktop.core.values.costs import StrategyCost
from tlft_desktop.core.values.manifest import Manifest
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.strategy import HeadSolver, OptimizerKind, StrategyKind
from tlft_desktop.core.values.thaw import ThawSchedule
from tlft_desktop.core.workflows.experiment import PlannedRun, TrainOptions
from tlft_desktop.core.workflows.own_plan import split_options
from tlft_desktop.core.workflows.plan_costs import MachineCosts
from tlft_desktop.gui.engine import Training, TrainSettings


class CoreCosts:
    """Costs in the words of the window's settings."""

    def __init__(self, costs: MachineCosts) -> None:
        self._costs = costs

    @property
    def was_disturbed(self) -> bool:
        """Whether other programs took the processor while the network was measured."""
        return self._costs.was_disturbed

    def of(
        self,
        kind: StrategyKind,
        plan: FreezePlan,
        settings: TrainSettings,
        manifest: Manifest,
        thaw: ThawSchedule | None = None,
    ) -> StrategyCost:
        """Return what a strategy costs."""
        return self._costs.of_strategy(kind, manifest, plan=plan, thaw=thaw, options=options_of(settings))


def planned(project: Project, training: Training) -> PlannedRun:
    """Return a run with the ticks that it was given, else those of the project."""
    options = options_of(training.settings)
    if training.plan is None:
        return PlannedRun(training.kind, options)
    return PlannedRun(*split_options(project, training.plan, options, thaw=training.thaw))


def options_of(settings: TrainSettings) -> TrainOptions:
    """Return what the core calls the settings."""
    return TrainOptions(
        epochs=settings.epochs,
        budget_seconds=settings.budget_seconds,
        target=settings.target,
        batch_size=settings.batch_size,
        learning_rate=settings.learning_rate,
        optimizer=OptimizerKind(settings.optimizer) if settings.optimizer else None,
        head=HeadSolver(settings.head) if settings.head else None,
        seed=settings.seed,
        views=settings.views,
        use_cache=settings.use_cache,
        device=settings.device or "auto",
        threads=settings.threads,
        balance_classes=settings.balance_classes,
        mixup=settings.mixup,
        checkpoint_activations=settings.checkpoint_activations,
    )
