"""The runs of the project: compare them, look at their plots and plans, name, star, throw away, bring back."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QHideEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QSplitter, QStackedLayout, QToolButton, QVBoxLayout, QWidget

from tlft_desktop.core.values.run import RunSummary
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.desks.compare_desk import CompareDesk
from tlft_desktop.gui.desks.figures_desk import FiguresDesk
from tlft_desktop.gui.desks.folds_desk import FoldsDesk
from tlft_desktop.gui.desks.look_asking import ShowsImages, runs_to_ask
from tlft_desktop.gui.desks.map_desk import MapDesk
from tlft_desktop.gui.desks.mistakes_desk import MistakesDesk
from tlft_desktop.gui.desks.report_desk import ReportDesk
from tlft_desktop.gui.desks.run_desk import RunDesk
from tlft_desktop.gui.desks.run_tools import RunTools
from tlft_desktop.gui.desks.training_desk import TrainingDesk
from tlft_desktop.gui.item_models.run_table_model import RunTableModel, best_of, name_of
from tlft_desktop.gui.look_values import LookSubject
from tlft_desktop.gui.run_plans import CURRENT
from tlft_desktop.gui.theme import GRID
from tlft_desktop.gui.widgets.action_row import action_row
from tlft_desktop.gui.widgets.blend_panel import BlendPanel
from tlft_desktop.gui.widgets.explain_panel import ExplainPanel
from tlft_desktop.gui.widgets.figures_panel import FiguresPanel
from tlft_desktop.gui.widgets.layout import EmptyState, row
from tlft_desktop.gui.widgets.map_panel import MapPanel
from tlft_desktop.gui.widgets.mistakes_panel import MistakesPanel
from tlft_desktop.gui.widgets.pair_card import PairCard
from tlft_desktop.gui.widgets.plan_diff_panel import PlanDiffPanel
from tlft_desktop.gui.widgets.run_panel import RunPanels
from tlft_desktop.gui.widgets.run_plots import RunPlots
from tlft_desktop.gui.widgets.run_table import RunTable
from tlft_desktop.gui.widgets.text import icon_button, plain_label
from tlft_desktop.gui.widgets.trash_panel import TrashPanel

PLOTS, FIGURES, IMAGES, MAP, PLANS, LOOKS, BLEND, TRASH = (
    *("plots", "figures", "images", "map", "plans", "looks", "blend", "trash"),
)
_BUTTONS = ("run_resume", "run_rename", "run_star", "run_note", "run_trash", "run_folder", "run_command", "run_report")
_MENU = (*_BUTTONS[:4], "run_plan", *_BUTTONS[5:], "run_trash")


class ComparePage(QWidget):
    """Table of runs above, plots, plans and trash below.

    Signals:
        situation_changed(): Other runs or another image are chosen, so other actions can be chosen.
        page_wanted(): Something was asked for that this page shows.
    """

    page_wanted = Signal()
    situation_changed = Signal()

    def __init__(
        self,
        context: AppContext,
        runs: RunDesk,
        training: TrainingDesk,
        mistakes: MistakesDesk,
        actions: Mapping[str, QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._runs, self._training, self._actions = context, runs, training, actions
        self._live_run = ""
        self.desk = CompareDesk(context, self)
        self.tools = RunTools(context, self)
        self.report = ReportDesk(context, self)
        self.model = RunTableModel(self)
        self.table = RunTable(context, self.model)
        self.card = PairCard(context.icons)
        self.plots = RunPlots(context)
        self.figures = FiguresPanel(context, FiguresDesk(context, self), FoldsDesk(context, self))
        self.images = MistakesPanel(context, mistakes, actions)
        self.map = MapPanel(context, MapDesk(context, self), mistakes.pictures, actions["image_look"])
        self.plans = PlanDiffPanel(context)
        self.looks = ExplainPanel(context)
        self.blend = BlendPanel(context)
        self.trash = TrashPanel(context)
        self.panels = self._make_panels()
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._make_empty())
        self._stack.addWidget(self._make_content())
        self._connect()
        self.show_runs()

    # For the window

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Return what is called for each action."""
        return {
            "run_resume": self._resume,
            "run_rename": self.table.edit_name,
            "run_star": self._star,
            "run_note": self.table.edit_note,
            "run_plan": self._use_plan,
            "run_folder": self._open_folder,
            "run_command": self._copy_command,
            "run_report": self._save_report,
            "run_trash": self._throw_away,
        }

    def blocked(self) -> dict[str, str]:
        """Return why actions cannot be chosen now, by id."""
        if not self.isVisible() or not self.chosen:
            reason = self.tr("Choose a run on the page Compare first.")
            reasons = dict.fromkeys(self.handlers(), reason)
            if self.isVisible() and self._context.session.runs:
                # Without a choice it is about all runs.
                del reasons["run_report"]
            return reasons
        reasons = {}
        if not self._context.session.is_writable:
            reason = self.tr("The project is open for reading only.")
            reasons |= dict.fromkeys(
                ("run_resume", "run_rename", "run_star", "run_note", "run_plan", "run_trash"), reason
            )
        if len(self.chosen) > 1:
            reason = self.tr("Choose a single run.")
            for key in ("run_resume", "run_rename", "run_note", "run_plan", "run_folder", "run_command"):
                reasons.setdefault(key, reason)
        return self._blocked_by_training() | reasons

    @property
    def chosen(self) -> tuple[RunSummary, ...]:
        """The runs whose rows are selected."""
        return self.table.chosen

    def look_subject(self) -> LookSubject | None:
        """Return the image of the panel in front that networks may be asked about."""
        panel = self.panels.currentWidget()
        return panel.look_subject() if isinstance(panel, ShowsImages) else None

    def look_at(self, subject: LookSubject) -> None:
        """Show what the networks of the chosen runs look at in an image, or of others; see `runs_to_ask`."""
        self.table.choose(runs_to_ask(subject, self.chosen, self._context.session.finished_runs))
        self.looks.desk.show_path(subject.path)
        self.panels.show_panel(LOOKS)
        self.page_wanted.emit()
        self.panels.button_of(LOOKS).setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def show_runs(self) -> None:
        """Show the runs of the open project; the selection stays with its runs, a new run is selected."""
        session = self._context.session
        before = {run.run for run in self.model.rows}
        chosen = [run.run for run in self.chosen]
        if session.is_writable:
            self.model.set_editable()
        else:
            self.model.set_read_only()
        self.model.set_rows(session.runs)
        new = [run.run for run in session.runs if run.run not in before]
        kept = [run for run in chosen if self.model.row_of(run) >= 0]
        if new and (not before or len(new) == 1):
            best = best_of(session.runs)
            kept = new[-1:] if before or best is None else [best.run]
        self.table.choose(kept)
        self._stack.setCurrentIndex(1 if session.runs or self._runs.trashed else 0)
        self._show_choice()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_choice()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.situation_changed.emit()

    # Inside

    def _make_empty(self) -> QWidget:
        return EmptyState(
            self.tr("No runs yet"),
            self.tr(
                "Each training is kept here with its accuracy, its time and the proof that frozen layers did not "
                "change. Press Start training; then try another strategy and compare."
            ),
        )

    def _make_panels(self) -> RunPanels:
        panels = RunPanels()
        hint = self.tr("Accuracy against time, and validation curves")
        panels.add(PLOTS, self.plots, self.tr("&Plots"), hint=hint)
        hint = self.tr("How good a run is at each class, and how far it can be believed")
        panels.add(FIGURES, self.figures, self.tr("Fig&ures"), hint=hint)
        hint = self.tr("What is confused, the images themselves, and labels that a run doubts")
        panels.add(IMAGES, self.images, self.tr("Ima&ges"), hint=hint)
        panels.add(MAP, self.map, self.tr("&Map"), hint=self.tr("Which images look alike to the network"))
        hint = self.tr("Which layers two runs froze, side by side")
        panels.add(PLANS, self.plans, self.tr("Free&ze plans"), hint=hint)
        hint = self.tr("Which places of an image speak for the answer (Grad-CAM)")
        panels.add(LOOKS, self.looks, self.tr("Looke&d at"), hint=hint)
        hint = self.tr("How good the networks between the pretrained one and a run are")
        panels.add(BLEND, self.blend, self.tr("&Blend"), hint=hint)
        panels.add(TRASH, self.trash, self.tr("Tr&ash"), hint=self.tr("Runs that were thrown away"))
        panels.panel_changed.connect(self._show_panel)
        return panels

    def _make_content(self) -> QWidget:
        upper, lower = QWidget(), QWidget()
        above = QVBoxLayout(upper)
        above.setContentsMargins(0, 0, 0, 0)
        above.setSpacing(GRID)
        head = action_row(self._actions, _BUTTONS)
        head.addStretch(1)
        head.addWidget(self._make_columns_button())
        above.addLayout(head)
        above.addWidget(self.table, 1)
        below = QVBoxLayout(lower)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(GRID)
        self._over_label = plain_label(self.tr("Curves over"), "muted")
        switches = row(self.panels.switch)
        switches.addStretch(1)
        switches.addWidget(self._over_label)
        switches.addWidget(self.plots.over)
        below.addWidget(self.card)
        below.addLayout(switches)
        below.addWidget(self.panels, 1)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(GRID)
        for number, (part, stretch, height) in enumerate(((upper, 2, 208), (lower, 3, 336))):
            splitter.addWidget(part)
            splitter.setStretchFactor(number, stretch)
            part.setMinimumHeight(height // 2)
        splitter.setSizes([208, 336])
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        layout.addWidget(splitter)
        return content

    def _make_columns_button(self) -> QToolButton:
        press = icon_button(self.tr("Columns of the table"))
        self._context.icons.attach(press, "columns")
        press.clicked.connect(self._show_columns)
        self._columns_button = press
        return press

    def _connect(self) -> None:
        session = self._context.session
        session.run_changed.connect(self.show_runs)
        self._context.controller.state_changed.connect(self.situation_changed)
        self._training.live_changed.connect(self._follow_live)
        self._runs.trash_changed.connect(self._show_trash)
        self.table.chosen_changed.connect(self._show_choice)
        self.table.trash_requested.connect(self._actions["run_trash"].trigger)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._show_menu)
        self.model.name_edited.connect(self._runs.rename)
        self.model.note_edited.connect(self._runs.set_note)
        self.model.star_toggled.connect(self._toggle_star)
        for changed in (self.images.browser.chosen_changed, self.map.image_changed, self.panels.panel_changed):
            changed.connect(self.situation_changed)
        self.plots.run_clicked.connect(self._choose_one)
        self.trash.restore_requested.connect(self._runs.restore)
        self.trash.empty_requested.connect(self._runs.want_empty_trash)
        self.desk.histories_changed.connect(self._draw)
        self.desk.verdict_changed.connect(self._show_verdict)
        self.desk.plans_changed.connect(self._show_plans)
        self.plans.use_requested.connect(self.desk.use_plan)

    def _blocked_by_training(self) -> dict[str, str]:
        reasons = {}
        is_active = self._context.controller.is_active
        live = [run for run in self.chosen if is_active and run.run == self._training.live.run]
        if live:
            text = self.tr("{name} is training. Stop it first.")
            reasons["run_trash"] = text.format(name=name_of(live[0]))
        if is_active:
            reasons["run_resume"] = self.tr("A training is running. Stop it first.")
        elif not all(run.resumable for run in self.chosen):
            reasons["run_resume"] = self.tr("This run cannot go on: it is complete or damaged.")
        return reasons

    @Slot()
    def _show_choice(self) -> None:
        """Follow the selection: sentence, plots, plans and actions."""
        if self.isVisible():
            if len(self.chosen) > 1:
                self.desk.compare(self.chosen)
            self.desk.read_histories(self.chosen)
            self._show_verdict()
            if self.panels.current == PLOTS:
                self._draw()
            elif self.panels.current == PLANS:
                self._choose_plans()
            self._hand_over()
        self.situation_changed.emit()

    def _hand_over(self) -> None:
        self.panels.show_chosen(self.chosen)
        if isinstance(self.panels.currentWidget(), ShowsImages):
            self.looks.desk.get_ready(self.chosen)

    @Slot()
    def _show_verdict(self) -> None:
        self.card.show_choice(self.chosen, self.desk.verdict)

    @Slot()
    def _draw(self) -> None:
        if self.isVisible() and self.panels.current == PLOTS and self._context.session.runs:
            self.plots.show_runs(self._context.session.runs, self.chosen, self.desk.histories)

    @Slot()
    def _show_panel(self) -> None:
        for widget in (self._over_label, self.plots.over):
            widget.setVisible(self.panels.current == PLOTS)
        if self.panels.current == PLANS:
            self.desk.read_plans()
            self._show_plans()
        elif self.panels.current == PLOTS:
            self._draw()
        self._hand_over()

    @Slot()
    def _show_plans(self) -> None:
        self.plans.show_plans(self.desk.plans, self._context.session.runs)
        self._choose_plans()

    def _choose_plans(self) -> None:
        self.desk.read_plans()
        if len(self.chosen) in (1, 2):
            pair = [run.run for run in self.chosen]
            self.plans.choose(*(pair if len(pair) == 2 else (pair[0], CURRENT)))

    @Slot()
    def _show_trash(self) -> None:
        number = len(self._runs.trashed)
        self.trash.show_runs(self._runs.trashed)
        title = self.tr("Tr&ash ({number})").format(number=number) if number else self.tr("Tr&ash")
        self.panels.button_of(TRASH).setText(title)
        self._stack.setCurrentIndex(1 if self._context.session.runs or number else 0)

    @Slot()
    def _follow_live(self) -> None:
        """List a run as soon as it exists."""
        run = self._training.live.run
        if run and run != self._live_run and self._context.controller.is_active:
            self._live_run = run
            self._runs.refresh()

    @Slot(str)
    def _choose_one(self, run: str) -> None:
        self.table.choose([run])

    @Slot(str)
    def _toggle_star(self, run: str) -> None:
        self._runs.toggle_stars([each for each in self.model.rows if each.run == run])

    @Slot(QPoint)
    def _show_menu(self, place: QPoint) -> None:
        if self.table.indexAt(place).isValid():
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addActions([self._actions[key] for key in _MENU])
            menu.popup(self.table.viewport().mapToGlobal(place))

    @Slot()
    def _show_columns(self) -> None:
        place = self._columns_button.rect().bottomLeft()
        self.table.columns_menu(self).popup(self._columns_button.mapToGlobal(place))

    @Slot()
    def _resume(self) -> None:
        self._training.resume(self.chosen[0].run)

    @Slot()
    def _star(self) -> None:
        self._runs.toggle_stars(self.chosen)

    @Slot()
    def _throw_away(self) -> None:
        self._runs.move_to_trash(self.chosen)

    @Slot()
    def _use_plan(self) -> None:
        self.desk.use_plan_of(self.chosen[0])

    @Slot()
    def _open_folder(self) -> None:
        self.tools.open_folder(self.chosen[0])

    @Slot()
    def _copy_command(self) -> None:
        self.tools.copy_command(self.chosen[0])

    @Slot()
    def _save_report(self) -> None:
        self.report.choose_file(self.chosen)
