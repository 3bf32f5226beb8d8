"""Strategy, settings, live curves, races, log, queue."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from tlft_desktop.core.values.manifest import ImageRecord, Split
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.desks.picture_desk import PictureDesk
from tlft_desktop.gui.desks.race_desk import RaceDesk
from tlft_desktop.gui.desks.training_desk import TrainingDesk
from tlft_desktop.gui.dialogs.mirror_dialog import MirrorDialog
from tlft_desktop.gui.dialogs.resume_dialog import ResumeDialog
from tlft_desktop.gui.engine import TrainSettings
from tlft_desktop.gui.item_models.queue_model import QueueModel
from tlft_desktop.gui.lazy_plots import make_metric_plots
from tlft_desktop.gui.pacing import RepaintPacer
from tlft_desktop.gui.theme import GRID
from tlft_desktop.gui.training_memory import TrainingMemory
from tlft_desktop.gui.training_options import trains_head_only
from tlft_desktop.gui.widgets.action_button import icon_text_button
from tlft_desktop.gui.widgets.dock_area import DockArea
from tlft_desktop.gui.widgets.layout import Card, column, row, scrollable
from tlft_desktop.gui.widgets.log_panel import LogPanel
from tlft_desktop.gui.widgets.messages import Message, MessageKind
from tlft_desktop.gui.widgets.plot_deck import PlotDeck
from tlft_desktop.gui.widgets.queue_panel import QueuePanel
from tlft_desktop.gui.widgets.race_panel import RacePanel
from tlft_desktop.gui.widgets.segmented import SegmentedControl
from tlft_desktop.gui.widgets.strategy_picker import StrategyPicker
from tlft_desktop.gui.widgets.timeline_panel import TimelinePanel
from tlft_desktop.gui.widgets.train_settings import TrainSettingsForm
from tlft_desktop.gui.widgets.training_status import TrainingStatus

TEXT_INTERVAL_MS = 1_000
"""Nobody reads figures that change more often; each change lays the page out anew."""
RUN, RACE = "run", "race"
LEFT_WIDTH = 320
PANEL_HEIGHT = 132
_MOST_COMPARED = 8
"""Classes of which one image each is compared with its mirror image."""


class TrainPage(QWidget):
    """Everything about the training that runs or comes next.

    Signals:
        situation_changed(): Something else can be chosen now.
    """

    situation_changed = Signal()

    def __init__(
        self,
        context: AppContext,
        desk: TrainingDesk,
        races: RaceDesk,
        actions: dict[str, QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._desk, self._races, self._actions = context, desk, races, actions
        self._memory = TrainingMemory(context.state)
        self._has_plots, self._is_stop_awaited = False, False
        self._shown_project = ""
        self.picker = StrategyPicker(context)
        self.form = TrainSettingsForm()
        self._pictures = PictureDesk(context, self)
        self.status = TrainingStatus(actions)
        self.deck = PlotDeck(context)
        self.timeline = TimelinePanel(context, self.form.all_settings)
        self.deck.set_plots({"timeline": self.timeline})
        self.race = RacePanel(context, races, actions, self.form.all_settings)
        self.views = self._make_switch()
        self.log = LogPanel(context)
        self.queue = QueuePanel(context, desk.queue, QueueModel(self), actions)
        self._texts = RepaintPacer(least_ms=TEXT_INTERVAL_MS, parent=self)
        self._build()
        self._connect()
        self._follow_project()
        self._show_flip()
        self.repaint_live()

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Return what is called for each action."""
        return {"queue_add": self._add_to_queue}

    def blocked(self) -> dict[str, str]:
        """Return why actions cannot be chosen now."""
        if self._context.session.is_writable:
            return {}
        return {"queue_add": self.tr("No project is open for writing.")}

    def settings(self) -> TrainSettings:
        """Return what the user chose."""
        return self.form.settings(self._context.session.choice.kind)

    def make_plots(self) -> None:
        """Make the plots; called when their library is loaded, or a project opens before."""
        if not self._has_plots:
            self._has_plots = True
            self.deck.set_plots(make_metric_plots(self._context))
            self.repaint_live()

    @Slot()
    def show_choice(self) -> None:
        """Show the strategy of the session."""
        session = self._context.session
        choice = session.choice
        self.picker.show_choice()
        self.timeline.show_choice()
        self.form.show_kind(choice.kind, head_only=trains_head_only(choice.kind, session.layer_tree, choice.plan))

    @Slot()
    def repaint_live(self) -> None:
        """Show what the live run looks like now, at once."""
        self.deck.show_now(self._desk.live)
        self._show_texts()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_texts()

    @Slot()
    def _show_live(self) -> None:
        """Show the live run soon; what is out of sight waits until it is seen."""
        if self.isVisible():
            self.deck.show_run(self._desk.live)
            self._texts.request()

    @Slot()
    def _show_texts(self) -> None:
        live = self._desk.live
        self.status.show_run(live, self._context.controller.state, self._races.now_in_words)
        self.log.follow(live)

    @Slot(object)
    def _choose(self, kind: StrategyKind) -> None:
        self._context.session.choose_strategy(kind, fmt.strategy_name(kind))

    @Slot()
    def _remember_settings(self) -> None:
        project = self._context.session.project
        self._context.costs.set_settings(self.form.all_settings())
        self.timeline.show_choice()
        if project is not None:
            self._memory.remember_settings(project.config.id, self.form.all_settings())

    @Slot()
    def _follow_project(self) -> None:
        project = self._context.session.project
        key = project.config.id if project is not None else ""
        if key != self._shown_project:
            self._shown_project = key
            self.form.set_settings(self._memory.settings(key) if key else TrainSettings())
            self._context.costs.set_settings(self.form.all_settings())
        self.show_choice()
        self.situation_changed.emit()

    @Slot()
    def _add_to_queue(self) -> None:
        self._desk.mirroring.before(self._queue_chosen)

    def _queue_chosen(self) -> None:
        choice = self._context.session.choice
        if not self._desk.queue.add(choice.kind, self.settings(), choice.plan, choice.thaw):
            text = self.tr("The queue is full. Remove a run from it first.")
            self._context.messages.show_message(Message(MessageKind.WARNING, text, key="queue_full"))

    @Slot()
    def _await_stop(self) -> None:
        # What begins at once has begun here; else it is saved first.
        self._is_stop_awaited = self._races.is_racing
        if self._context.controller.is_active:
            self._hand_to_stop()

    @Slot()
    def _follow_start(self) -> None:
        self.repaint_live()
        self._hand_to_stop()

    def _hand_to_stop(self) -> None:
        """Let who started a race with the form, which is gone, press Stop next; somebody who went elsewhere stays."""
        stop, is_awaited = self.status.buttons["stop"], self._is_stop_awaited
        self._is_stop_awaited = False
        if is_awaited and stop.isEnabled() and self.race.table is self.window().focusWidget():
            stop.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _follow_end(self) -> None:
        self._texts.stop()
        self.deck.pacer.stop()
        self.repaint_live()

    @Slot(object)
    def _show_state(self, _state: object) -> None:
        self._show_texts()

    @Slot(object)
    def _choose_interrupted(self, runs: object) -> None:
        assert isinstance(runs, list)
        dialog = ResumeDialog(runs, self.window())
        dialog.chosen.connect(self._desk.resume)
        dialog.open()

    @Slot()
    def _ask_mirroring(self) -> None:
        context, manifest = self._context, self._context.session.manifest
        by_class: dict[str, ImageRecord] = {}
        for record in () if manifest is None else manifest.used(Split.TRAIN):
            by_class.setdefault(record.label, record)
        records = list(by_class.values())[:_MOST_COMPARED]
        dialog = MirrorDialog(context.theme, self._pictures, records, self.window())
        dialog.answered.connect(self._answer_mirroring)
        dialog.rejected.connect(self._desk.mirroring.drop)
        context.session.project_changed.connect(dialog.reject)
        dialog.open()

    @Slot(bool)
    def _answer_mirroring(self, flip: bool) -> None:
        self._desk.mirroring.answer(flip)
        self._await_stop()

    @Slot()
    def _show_flip(self) -> None:
        session = self._context.session
        self.form.show_flip(session.flip, changeable=session.is_writable)

    @Slot()
    def _show_plots(self) -> None:
        self._show_view(RUN)

    @Slot()
    def _show_races(self) -> None:
        self._show_view(RACE)

    @Slot(str)
    def _show_view(self, key: str) -> None:
        self.views.set_current(key)
        for stack in (self._heads, self._bodies):
            stack.setCurrentIndex((RUN, RACE).index(key))

    def _make_switch(self) -> SegmentedControl:
        switch = SegmentedControl(self.tr("What is shown of the training"))
        switch.add(RUN, self.tr("This r&un"), hint=self.tr("Plots of the run that trains, or trained last"))
        switch.add(RACE, self.tr("Race"), hint=self.tr("Several strategies under the same conditions"))
        switch.set_current(RUN)
        return switch

    def _connect(self) -> None:
        session, desk = self._context.session, self._desk
        self._texts.due.connect(self._show_texts)
        self.picker.chosen.connect(self._choose)
        self.form.changed.connect(self._remember_settings)
        desk.started.connect(self._follow_start)
        self.race.form.start.clicked.connect(self._await_stop)
        desk.live_changed.connect(self._show_live)
        desk.ended.connect(self._follow_end)
        desk.several_interrupted.connect(self._choose_interrupted)
        desk.asked.connect(self._show_plots)
        desk.mirroring.asked.connect(self._ask_mirroring)
        self._races.wanted.connect(self._show_races)
        self._races.changed.connect(self._show_live)
        self.views.chosen.connect(self._show_view)
        self._context.controller.state_changed.connect(self._show_state)
        session.freeze_plan_changed.connect(self.show_choice)
        session.project_changed.connect(self._follow_project)
        session.flip_changed.connect(self._show_flip)
        self.form.flip_chosen.connect(session.answer_flip)
        session.images_changed.connect(self.timeline.show_choice)

    def _build(self) -> None:
        strategy, settings, status = Card(self.tr("Strategy")), Card(self.tr("Settings")), Card()
        strategy.body.addWidget(self.picker)
        settings.body.addWidget(self.form)
        self.form.add_beside_more(icon_text_button(self._actions["queue_add"]))
        status.body.addWidget(self.status)
        left = column(strategy, settings, spacing=2 * GRID)
        left.addStretch(1)
        left.setContentsMargins(0, 0, GRID, 0)
        self.area = DockArea("train", self._context)
        self.area.set_center(self._make_middle(status))
        log = self.area.add_panel(self.log, self.tr("Log"), "bottom", name="log", extent=PANEL_HEIGHT)
        queue = self.area.add_panel(self.queue, self.tr("Queue"), "bottom", name="queue", extent=PANEL_HEIGHT)
        # The log has sentences, the queue short lines.
        self.area.resizeDocks([log, queue], [3, 2], Qt.Orientation.Horizontal)
        outer = row(scrollable(left, width=LEFT_WIDTH), self.area, spacing=2 * GRID)
        outer.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        outer.setStretchFactor(self.area, 1)
        self.setLayout(outer)

    def _make_middle(self, status: QWidget) -> QWidget:
        """Return what lies between the settings and the panels: the plots of a run, or the races."""
        self._heads, self._bodies = QStackedWidget(), QStackedWidget()
        for head, body in ((self.deck.choices, self.deck), (self.race.head, self.race)):
            self._heads.addWidget(head)
            self._bodies.addWidget(body)
        self._heads.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        choices = row(self.views, self._heads, spacing=2 * GRID)
        choices.setStretchFactor(self._heads, 1)
        layout = column(status, choices, self._bodies, spacing=GRID)
        layout.setStretchFactor(self._bodies, 1)
        middle = QWidget()
        middle.setLayout(layout)
        return middle
