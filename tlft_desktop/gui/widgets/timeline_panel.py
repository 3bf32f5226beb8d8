"""When each stage of the network begins to train: shown for every strategy, changed by moving lanes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tlft_desktop.core.errors import TlftError
from tlft_desktop.core.freezing.lanes import Timeline, timeline_of, with_stage_rate, with_stage_start
from tlft_desktop.core.freezing.strategies import StrategyOptions, build_strategy, tuning_epochs
from tlft_desktop.core.freezing.thawing import gradual_thaw, thaw_epochs, thawing_phases
from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.core.values.manifest import Split
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.strategy import HeadSolver, Phase, Strategy, StrategyKind
from tlft_desktop.core.values.thaw import ThawSchedule
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.engine import TrainSettings
from tlft_desktop.gui.live_run import LiveRun
from tlft_desktop.gui.theme import GRID, set_role
from tlft_desktop.gui.training_options import trains_head_only
from tlft_desktop.gui.widgets.lane_board import Board, LaneBoard
from tlft_desktop.gui.widgets.layout import scroll_area
from tlft_desktop.gui.widgets.text import plain_label, wrapped_label

REST_MS = 900
"""What keys moved holds this long after the last one."""
_THAWING = (StrategyKind.CUSTOM, StrategyKind.GRADUAL)


class TimelinePanel(QWidget):
    """Title, lanes and a sentence; ticks, schedule and rates are those of the session.

    Args:
        context: Parts of the program.
        settings: Returns what is chosen on the page Train.
    """

    def __init__(
        self, context: AppContext, settings: Callable[[], TrainSettings], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._settings = context, settings
        self._starts: dict[str, int] = {}
        self._rates: dict[str, float] = {}
        self._live = LiveRun()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST_MS)
        self._timer.timeout.connect(self.commit)
        self.lanes = LaneBoard(context.theme)
        self.note = wrapped_label("", "muted")
        self.note.setAccessibleName(self.tr("What the timeline means"))
        inside = QWidget()
        within = QVBoxLayout(inside)
        within.setContentsMargins(0, 0, 0, 0)
        within.addWidget(self.lanes)
        within.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, GRID // 2, 0, GRID // 2)
        layout.setSpacing(GRID // 2)
        layout.addWidget(plain_label(self.tr("Timeline: when stages train"), "strong"))
        layout.addWidget(scroll_area(inside), 1)
        layout.addWidget(self.note)
        self.lanes.start_moved.connect(self._move_start)
        self.lanes.rate_moved.connect(self._move_rate)
        self.lanes.committed.connect(self.commit)
        self.lanes.reverted.connect(self.revert)
        context.costs.changed.connect(self._show)

    @property
    def widget(self) -> QWidget:
        """What the page shows."""
        return self

    @Slot()
    def show_choice(self) -> None:
        """Show ticks and schedule of the session; what is being moved goes."""
        self._forget_moves()
        self._show()

    def show_run(self, live: LiveRun) -> bool:
        """Mark where a training stands that has the phases of this timeline; return whether anything was drawn."""
        self._live = live
        marker = self._marker()
        is_new = marker != self.lanes.marker
        self.lanes.show_marker(marker)
        return is_new

    @Slot()
    def commit(self) -> None:
        """Let what is shown hold, as one step to undo."""
        self._timer.stop()
        tree, is_start = self._context.session.layer_tree, bool(self._starts)
        if tree is None or not self.is_moving:
            return
        plan, thaw = self._moved(tree)
        self._forget_moves()
        text = self.tr("thaw a stage") if is_start else self.tr("learning rate of a stage")
        self._context.session.choose_schedule(plan, thaw, text)
        # What was moved and moved back changes nothing that would be announced.
        self._show()

    @Slot()
    def revert(self) -> None:
        """Show again what holds."""
        self._timer.stop()
        self._forget_moves()
        self._show()

    @property
    def is_moving(self) -> bool:
        """Whether a lane stands where it does not hold yet."""
        return bool(self._starts or self._rates)

    @Slot(str, int)
    def _move_start(self, stage: str, epoch: int) -> None:
        self._starts[stage] = epoch
        self._show_move()

    @Slot(str, float)
    def _move_rate(self, stage: str, factor: float) -> None:
        self._rates[stage] = factor
        self._show_move()

    def _show_move(self) -> None:
        self._timer.start()
        self._show()

    def _forget_moves(self) -> None:
        self._timer.stop()
        self._starts, self._rates = {}, {}

    def _moved(self, tree: LayerTree) -> tuple[FreezePlan, ThawSchedule]:
        """Return what is shown: what holds, with the moves of the moment."""
        plan, thaw = self._context.session.choice.plan, self._thaw(tree)
        for stage, epoch in self._starts.items():
            plan, thaw = with_stage_start(tree, plan, thaw, stage, epoch, num_epochs=self.lanes.board.num_epochs)
        for stage, factor in self._rates.items():
            plan = with_stage_rate(tree, plan, stage, factor)
        return plan, thaw

    def _thaw(self, tree: LayerTree) -> ThawSchedule:
        choice = self._context.session.choice
        if choice.kind is StrategyKind.GRADUAL:
            return gradual_thaw(tree, choice.plan, self._num_epochs())
        return choice.thaw

    def _num_epochs(self) -> int:
        manifest = self._context.session.manifest
        num_train = len(manifest.used(Split.TRAIN)) if manifest is not None else 0
        return self._settings().epochs or tuning_epochs(num_train)

    @Slot()
    def _show(self) -> None:
        session = self._context.session
        tree = session.layer_tree
        self.lanes.setVisible(tree is not None)
        if tree is None:
            self._say(self.tr("The stages appear here when a project is open and its layers are read."))
            return
        plan, thaw = self._moved(tree)
        kind = StrategyKind.CUSTOM if self.is_moving else session.choice.kind
        end = self._num_epochs()
        latest = max(thaw_epochs(tree, plan, thaw).values(), default=0) if kind in _THAWING else 0
        try:
            timeline = self._timeline(tree, kind, plan, thaw, max(end, latest + 1))
        except TlftError as error:
            # As where every layer is frozen: such a training cannot start.
            self._say(fmt.from_core(str(error)), "warning")
            return
        is_editable = session.is_writable and kind is not StrategyKind.HYBRID
        # While a lane is moved the axis stays as it is: it would run away from the pointer.
        length = self.lanes.board.num_epochs if self.is_moving else max(end, timeline.num_epochs)
        self.lanes.show_board(Board(timeline, length, end, is_editable), is_moving=self.is_moving)
        self.lanes.show_marker(self._marker())
        self._explain(kind, plan, thaw, is_late=latest >= end)

    def _timeline(
        self, tree: LayerTree, kind: StrategyKind, plan: FreezePlan, thaw: ThawSchedule, num_epochs: int
    ) -> Timeline:
        settings = self._settings()
        head_only = trains_head_only(kind, tree, plan)
        if kind in _THAWING and not head_only:
            phases = thawing_phases(tree, Phase(kind.value, plan, num_epochs), thaw)
            return timeline_of(tree, Strategy(kind, phases))
        head = HeadSolver(settings.head) if settings.head and (head_only or kind is StrategyKind.HYBRID) else None
        manifest = self._context.session.manifest
        strategy = build_strategy(
            kind,
            tree,
            num_train=len(manifest.used(Split.TRAIN)) if manifest is not None else 0,
            # Only rates follow from it, which are not shown.
            is_convolutional=True,
            plan=plan,
            options=StrategyOptions(epochs=settings.epochs, head=head),
        )
        return timeline_of(tree, strategy)

    def _marker(self) -> float | None:
        live, stretches = self._live, self.lanes.board.timeline.stretches
        if live.fit_start is None or live.end is not None or not self._context.controller.is_active:
            return None
        trained = [(phase.get("name"), phase.get("epochs")) for phase in live.fit_start.phases]
        return live.position if trained == [(stretch.name, stretch.epochs) for stretch in stretches] else None

    def _explain(self, kind: StrategyKind, plan: FreezePlan, thaw: ThawSchedule, *, is_late: bool) -> None:
        board = self.lanes.board
        if is_late:
            text = self.tr("A stage would begin after the last epoch, so that the training cannot start. ")
            self._say(text + self.tr("Drag it to the left, or train for more epochs."), "warning")
        elif kind is StrategyKind.HYBRID:
            self._say(self.tr("Hybrid decides after the head whether more trains; choose another strategy to decide."))
        elif any(board.is_solved(lane) for lane in board.timeline.lanes):
            words = self.tr("The head alone is solved exactly, without epochs. ")
            self._say(words + self.tr("Drag the grip of a stage to the left to let it train, too."))
        else:
            self._say(self._summary(kind, plan, thaw))

    def _summary(self, kind: StrategyKind, plan: FreezePlan, thaw: ThawSchedule) -> str:
        timeline = self.lanes.board.timeline
        parts = [self.tr("{count} epochs").format(count=fmt.count(timeline.num_epochs))]
        if len(timeline.stretches) > 1:
            parts.append(self.tr("{count} phases without a gate").format(count=fmt.count(len(timeline.stretches))))
        cost = self._context.costs.of(kind, plan, thaw)
        if cost is not None:
            parts.append(self.tr("about {time}").format(time=fmt.rough_duration(cost.total)))
        return " · ".join(parts)

    def _say(self, text: str, role: str = "muted") -> None:
        self.note.setText(text)
        set_role(self.note, role)
