"""The open project and everything the pages show of it; the pages listen, nobody else keeps state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from tlft_desktop.core.freezing.plan_text import fitted
from tlft_desktop.core.freezing.thawing import is_gradual
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.core.values.manifest import Manifest
from tlft_desktop.core.values.named_plans import NamedPlan
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.problem import Problem
from tlft_desktop.core.values.run import RunState, RunSummary
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.core.values.thaw import ThawSchedule
from tlft_desktop.gui.choices import FreezeChoice, NetworkChoice
from tlft_desktop.gui.commands.swap_command import SwapCommand
from tlft_desktop.gui.plan_summary import kind_of_plan, plan_of_kind


class Session(QObject):
    """State of the window between its pages.

    Signals:
        project_changed(): Another project is open, or none.
        images_changed(): Images of the open project were edited.
        layer_tree_changed(): The layer tree of the project is known.
        freeze_plan_changed(): Another plan or strategy is chosen.
        named_plans_changed(): The plans with names are others.
        flip_changed(): Whether images may be mirrored is answered in another way.
        run_changed(): The list of runs changed.
    """

    project_changed = Signal()
    images_changed = Signal()
    layer_tree_changed = Signal()
    freeze_plan_changed = Signal()
    named_plans_changed = Signal()
    flip_changed = Signal()
    run_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.undo_stack = QUndoStack(self)
        self._project: Project | None = None
        self._manifest: Manifest | None = None
        self._problems: tuple[Problem, ...] = ()
        self._tree: LayerTree | None = None
        self._backbone, self._image_size = "", 0
        self._choice = FreezeChoice()
        self._own_ticks: FreezePlan | None = None
        self._named_plans: tuple[NamedPlan, ...] = ()
        self._flip: bool | None = None
        self._own_thaw = ThawSchedule()
        self._runs: tuple[RunSummary, ...] = ()

    @property
    def project(self) -> Project | None:
        """The open project."""
        return self._project

    @property
    def is_writable(self) -> bool:
        """Whether a project is open that may be changed."""
        return self._project is not None and not self._project.read_only

    @property
    def manifest(self) -> Manifest | None:
        """The images of the project with all edits."""
        return self._manifest

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What the user should know about the images."""
        return self._problems

    @property
    def layer_tree(self) -> LayerTree | None:
        """The network's layers; None until they are known."""
        return self._tree

    @property
    def backbone(self) -> str:
        """Catalogue name of the network; empty without a project."""
        return self._backbone

    @property
    def image_size(self) -> int:
        """Side of the network's square input, in pixels; 0 without a project."""
        return self._image_size

    @property
    def choice(self) -> FreezeChoice:
        """Ticks and strategy."""
        return self._choice

    @property
    def own_ticks(self) -> FreezePlan | None:
        """The last plan that no preset has; None if the user made none for this network."""
        return self._own_ticks

    @property
    def custom_thaw(self) -> ThawSchedule:
        """The schedule that a custom strategy has: of the choice, or of the last one if that is another strategy."""
        return self._choice.thaw if self._choice.kind is StrategyKind.CUSTOM else self._own_thaw

    @property
    def named_plans(self) -> tuple[NamedPlan, ...]:
        """The plans that the project keeps under names."""
        return self._named_plans

    @property
    def flip(self) -> bool | None:
        """Whether the images may be mirrored while training; None until somebody answered."""
        return self._flip

    @property
    def runs(self) -> tuple[RunSummary, ...]:
        """The runs of the project, the oldest first."""
        return self._runs

    @property
    def finished_runs(self) -> tuple[RunSummary, ...]:
        """Runs that have a result, the oldest first."""
        return tuple(run for run in self._runs if run.val_accuracy is not None and run.state is not RunState.DAMAGED)

    def set_project(self, project: Project, manifest: Manifest, problems: Sequence[Problem]) -> None:
        """Show an open project; its layers and runs follow when they are known."""
        self._project, self._manifest, self._problems = project, manifest, tuple(problems)
        self._tree, self._runs = None, ()
        self._backbone, self._image_size = project.config.backbone, project.config.image_size
        self._choice = FreezeChoice(plan=project.config.plan, thaw=project.config.thaw)
        self._own_ticks, self._own_thaw = None, ThawSchedule()
        self._named_plans, self._flip = project.config.plans, project.config.flip
        self.undo_stack.clear()
        self._announce_all()

    def set_images(self, manifest: Manifest, problems: Sequence[Problem]) -> None:
        """Take the images of the open project as they are after an edit that was saved."""
        self._manifest, self._problems = manifest, tuple(problems)
        self.images_changed.emit()

    def clear_project(self) -> None:
        """Show no project."""
        self._project = self._manifest = self._tree = None
        self._backbone, self._image_size = "", 0
        self._problems, self._runs = (), ()
        self._choice, self._own_ticks, self._own_thaw = FreezeChoice(), None, ThawSchedule()
        self._named_plans, self._flip = (), None
        self.undo_stack.clear()
        self._announce_all()

    def set_layer_tree(self, tree: LayerTree) -> None:
        """Take the layers of the project; the strategy follows from the ticks that were saved.

        A project without runs and a plan is a new one: it starts with transfer.
        """
        self._tree = tree
        is_new = not self._runs and self._choice.plan == FreezePlan() and not self._choice.thaw.epochs
        if is_new or self._choice.kind is StrategyKind.HYBRID:
            plan = plan_of_kind(tree, StrategyKind.TRANSFER, self._choice.plan)
            self._choice = replace(self._choice, plan=plan)
        else:
            # Saved ticks may name layers of another network.
            plan = fitted(tree, self._choice.plan).plan
            self._choice = self._choice_of(tree, plan, self._choice.thaw.within(tree.stages))
        self._remember_ticks()
        self.layer_tree_changed.emit()
        self.freeze_plan_changed.emit()

    def set_runs(self, runs: Sequence[RunSummary]) -> None:
        """Take the list of runs."""
        if tuple(runs) != self._runs:
            self._runs = tuple(runs)
            self.run_changed.emit()

    def choose_plan(self, plan: FreezePlan, text: str) -> None:
        """Tick or untick layers; what is left to train thaws as before; can be undone."""
        self.choose_schedule(plan, self._choice.thaw, text)

    def choose_schedule(self, plan: FreezePlan, thaw: ThawSchedule, text: str) -> None:
        """Choose which layers train and when their stages begin to; can be undone as one step."""
        if self._tree is not None:
            self._push(self._choice_of(self._tree, plan, thaw), text)

    def choose_strategy(self, kind: StrategyKind, text: str) -> None:
        """Choose a strategy; the ticks follow it, for custom those that the user made last; can be undone."""
        plan = self._choice.plan
        thaw = self.custom_thaw if kind is StrategyKind.CUSTOM else ThawSchedule()
        if kind is StrategyKind.CUSTOM and self._choice.kind is not kind and self._own_ticks is not None:
            plan = self._own_ticks
        elif self._tree is not None:
            plan = plan_of_kind(self._tree, kind, plan)
        self._push(FreezeChoice(plan, kind, thaw), text)

    def set_named_plans(self, plans: tuple[NamedPlan, ...], text: str) -> None:
        """Keep other plans under names; can be undone."""
        if plans != self._named_plans:
            self.undo_stack.push(SwapCommand(self._named_plans, plans, text=text, apply=self._apply_named_plans))

    def answer_flip(self, answer: bool | None) -> None:
        """Say whether the images may be mirrored while training, or leave that open again; can be undone."""
        if answer is not self._flip:
            text = self.tr("Mirrored images")
            self.undo_stack.push(SwapCommand(self._flip, answer, text=text, apply=self._apply_flip))

    def choose_network(
        self, backbone: str, image_size: int, tree: LayerTree, text: str, plan: FreezePlan | None = None
    ) -> None:
        """Use another network or image size; can be undone as one step.

        Its ticks are those of `plan`, which must fit it; without one they start with transfer.
        """
        if self._tree is None or (backbone, image_size) == (self._backbone, self._image_size):
            return
        choice = FreezeChoice(plan_of_kind(tree, StrategyKind.TRANSFER, FreezePlan()))
        if plan is not None:
            choice = self._choice_of(tree, plan, self._choice.thaw.within(tree.stages))
        old = NetworkChoice(self._backbone, self._image_size, self._tree, self._choice)
        new = NetworkChoice(backbone, image_size, tree, choice)
        self.undo_stack.push(SwapCommand(old, new, text=text, apply=self._apply_network))

    @staticmethod
    def _choice_of(tree: LayerTree, plan: FreezePlan, thaw: ThawSchedule) -> FreezeChoice:
        kind = StrategyKind.CUSTOM if is_gradual(tree, plan, thaw) else kind_of_plan(tree, plan)
        return FreezeChoice(plan, kind, thaw)

    def _push(self, choice: FreezeChoice, text: str) -> None:
        if choice != self._choice:
            self.undo_stack.push(SwapCommand(self._choice, choice, text=text, apply=self._apply))

    def _apply(self, choice: FreezeChoice) -> None:
        self._choice = choice
        self._remember_ticks()
        self.freeze_plan_changed.emit()

    def _apply_named_plans(self, plans: tuple[NamedPlan, ...]) -> None:
        self._named_plans = plans
        self.named_plans_changed.emit()

    def _apply_flip(self, answer: bool | None) -> None:
        self._flip = answer
        self.flip_changed.emit()

    def _remember_ticks(self) -> None:
        """Keep what the user ticked, so that looking at another strategy does not cost it."""
        if self._tree is not None and self._choice.kind is StrategyKind.CUSTOM:
            self._own_ticks, self._own_thaw = self._choice.plan, self._choice.thaw

    def _apply_network(self, network: NetworkChoice) -> None:
        self._backbone, self._image_size = network.backbone, network.image_size
        self._tree, self._choice = network.tree, network.choice
        self._own_ticks, self._own_thaw = None, ThawSchedule()
        self._remember_ticks()
        self.layer_tree_changed.emit()
        self.freeze_plan_changed.emit()

    def _announce_all(self) -> None:
        self.project_changed.emit()
        self.layer_tree_changed.emit()
        self.freeze_plan_changed.emit()
        self.named_plans_changed.emit()
        self.flip_changed.emit()
        self.run_changed.emit()
