"""Strategy, settings, live curves, log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPlainTextEdit, QSplitter, QWidget

from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.desks.training_desk import TrainingDesk
from tlft_desktop.gui.engine import TrainSettings
from tlft_desktop.gui.lazy import make_metric_plots
from tlft_desktop.gui.theme import GRID
from tlft_desktop.gui.widgets.layout import Card, column, row, scrollable
from tlft_desktop.gui.widgets.strategy_picker import StrategyPicker
from tlft_desktop.gui.widgets.train_settings import TrainSettingsForm
from tlft_desktop.gui.widgets.training_status import TrainingStatus

if TYPE_CHECKING:
    from tlft_desktop.gui.plots.metric_plot import MetricPlot

REPAINT_INTERVAL_MS = 100
MAX_LOG_LINES = 1_000
LEFT_WIDTH = 320


class TrainPage(QWidget):
    """Everything about the training that runs or comes next.

    Signals:
        settings_changed(): Other settings hold.
    """

    settings_changed = Signal()

    def __init__(
        self, context: AppContext, desk: TrainingDesk, actions: dict[str, QAction], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._desk = context, desk
        self._plots: tuple[MetricPlot, ...] = ()
        self._is_stale = False
        self._num_lines = 0
        self.picker = StrategyPicker(context)
        self.form = TrainSettingsForm()
        self.status = TrainingStatus(actions)
        self.log = QPlainTextEdit()
        self._plot_area = QSplitter(Qt.Orientation.Horizontal)
        self._build()
        self._timer = QTimer(self)
        self._timer.setInterval(REPAINT_INTERVAL_MS)
        self._timer.timeout.connect(self._repaint_if_stale)
        self.picker.chosen.connect(self._choose)
        desk.started.connect(self._start_showing)
        desk.live_changed.connect(self._mark_stale)
        desk.ended.connect(self._stop_showing)
        context.controller.state_changed.connect(self._show_state)
        context.session.freeze_plan_changed.connect(self.show_choice)
        context.session.project_changed.connect(self.show_choice)
        self.show_choice()
        self.repaint_live()

    def settings(self) -> TrainSettings:
        """Return what the user chose."""
        return self.form.settings(self._context.session.choice.kind)

    def make_plots(self) -> None:
        """Make the plots; called when a project opens, since their library takes long to load."""
        if not self._plots:
            self._plots = tuple(make_metric_plots(self._context).values())[:2]
            for plot in self._plots:
                card = Card()
                card.body.addWidget(plot.widget)
                self._plot_area.addWidget(card)
            self.repaint_live()

    @Slot()
    def show_choice(self) -> None:
        """Show the strategy of the session."""
        kind = self._context.session.choice.kind
        self.picker.show_choice()
        self.form.show_kind(kind)

    @Slot()
    def repaint_live(self) -> None:
        """Draw what the live run looks like now; at most ten times a second."""
        self._is_stale = False
        live = self._desk.live
        self.status.show_run(live, self._context.controller.state)
        for plot in self._plots:
            plot.show_run(live)
        for line in live.lines[self._num_lines :]:
            self.log.appendPlainText(f"{fmt.clock()}  {line}")
        self._num_lines = len(live.lines)

    @Slot()
    def _repaint_if_stale(self) -> None:
        if self._is_stale:
            self.repaint_live()

    @Slot(object)
    def _choose(self, kind: StrategyKind) -> None:
        self._context.session.choose_strategy(kind, self.picker.name_of(kind))

    @Slot()
    def _start_showing(self) -> None:
        self.log.clear()
        self._num_lines = 0
        self.repaint_live()
        if self._context.controller.is_active:
            self._timer.start()

    @Slot()
    def _mark_stale(self) -> None:
        self._is_stale = True

    @Slot()
    def _stop_showing(self) -> None:
        self._timer.stop()
        self.repaint_live()

    @Slot(object)
    def _show_state(self, _state: object) -> None:
        is_idle = not self._context.controller.is_active
        self.picker.setEnabled(is_idle)
        self.form.setEnabled(is_idle)
        self.repaint_live()

    def _build(self) -> None:
        strategy, settings, status = Card(self.tr("Strategy")), Card(self.tr("Settings")), Card()
        strategy.body.addWidget(self.picker)
        settings.body.addWidget(self.form)
        status.body.addWidget(self.status)
        left = column(strategy, settings, spacing=2 * GRID)
        left.addStretch(1)
        left.setContentsMargins(0, 0, GRID, 0)
        self._plot_area.setChildrenCollapsible(False)
        self._plot_area.setHandleWidth(2 * GRID)
        self._prepare_log()
        right = column(status, self._plot_area, self.log, spacing=2 * GRID)
        right.setStretchFactor(self._plot_area, 1)
        outer = row(scrollable(left, width=LEFT_WIDTH), right, spacing=2 * GRID)
        outer.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        outer.setStretchFactor(right, 1)
        self.setLayout(outer)

    def _prepare_log(self) -> None:
        self.log.setReadOnly(True)
        self.log.setMaximumBlockCount(MAX_LOG_LINES)
        self.log.setAccessibleName(self.tr("Log of the training in plain words"))
        self.log.setPlaceholderText(self.tr("What happens while training is told here in plain words."))
        self.log.setTabChangesFocus(True)
        self.log.setFixedHeight(88)
