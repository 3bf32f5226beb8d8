"""What is raced and under which conditions, before a race."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QFormLayout, QGridLayout, QWidget

from tlft_desktop.core.advice.reasons import detectable_words
from tlft_desktop.core.values.manifest import Split
from tlft_desktop.core.values.race import MAX_TRIES
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.desks.race_desk import RaceDesk
from tlft_desktop.gui.desks.race_words import names_of
from tlft_desktop.gui.engine import RaceSettings, TrainSettings
from tlft_desktop.gui.theme import GRID
from tlft_desktop.gui.training_memory import MAX_BUDGET_S, MAX_SEEDS, RaceWish, TrainingMemory
from tlft_desktop.gui.training_options import trains_head_only
from tlft_desktop.gui.widgets.fields import FIELD_HEIGHT, flag_field, whole_field
from tlft_desktop.gui.widgets.focus_keeping import handing_on
from tlft_desktop.gui.widgets.layout import Card, row
from tlft_desktop.gui.widgets.text import button, plain_label, plain_tooltip, wrapped_label

_NUM_COLUMNS = 2


class RaceForm(Card):
    """Strategies, budget, seeds and tries; the other settings are those of the page, or the defaults.

    Args:
        context: Parts of the program.
        desk: Starts the race.
        settings: Returns the settings of the page.
    """

    def __init__(
        self,
        context: AppContext,
        desk: RaceDesk,
        settings: Callable[[], TrainSettings],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(fmt.tr("New race"), parent)
        self._session, self._desk, self._settings = context.session, desk, settings
        self._memory = TrainingMemory(context.state)
        self._shown_project = ""
        self.ticks: dict[StrategyKind, QCheckBox] = {
            kind: flag_field(fmt.strategy_name(kind), on=False) for kind in StrategyKind
        }
        self._make_fields()
        self.resolution = wrapped_label()
        self.effort = wrapped_label("", "muted")
        self.start = button(self.tr("Start ra&ce"), "primary")
        self.reason = wrapped_label("", "muted")
        self._build()
        self._connect()
        self._follow_project()

    def wish(self) -> RaceWish:
        """Return what the user chose."""
        kinds = tuple(kind for kind, tick in self.ticks.items() if tick.isChecked() and tick.isEnabled())
        return RaceWish(kinds, self.budget.value(), self.seeds.value(), self.tries.value())

    def race_settings(self) -> RaceSettings:
        """Return the conditions of the race, with what it takes over from the settings of the page."""
        page, wish = self._settings(), self.wish()
        return RaceSettings(
            budget_seconds=float(wish.budget_seconds) or None,
            num_seeds=wish.num_seeds,
            num_tries=wish.num_tries,
            device=page.device,
            threads=page.threads,
        )

    @Slot()
    def show_situation(self) -> None:
        """Show what can be raced now, and what it takes."""
        self._show_custom()
        wish = self.wish()
        reason = self._desk.why_not_start()
        if not reason and len(wish.kinds) < 2:
            reason = self.tr("Tick at least two strategies.")
        with handing_on(self, lambda: (self.tries,)):
            self.start.setEnabled(not reason)
        self.start.setToolTip(plain_tooltip(reason or self.tr("Train them one after the other, and see who is better")))
        self.reason.setText(reason)
        self.effort.setText(self._effort(wish))
        manifest = self._session.manifest
        words = "" if manifest is None else fmt.from_core(detectable_words(len(manifest.used(Split.VAL))))
        self.resolution.setText(words)

    def _show_custom(self) -> None:
        tick = self.ticks[StrategyKind.CUSTOM]
        tick.setEnabled(self._session.choice.kind is StrategyKind.CUSTOM)
        what = self.tr("Trains exactly the layers without a tick on the page Layers.")
        why_not = self.tr("Needs a plan of your own: choose Custom, or other ticks on the page Layers.")
        text = what if tick.isEnabled() else why_not
        tick.setToolTip(plain_tooltip(text))
        tick.setAccessibleDescription(text)

    def _effort(self, wish: RaceWish) -> str:
        solved = self._solved(wish)
        count = (len(solved) + (len(wish.kinds) - len(solved)) * wish.num_tries) * wish.num_seeds
        if not count:
            return ""
        words = self._words(wish, count)
        if not solved or wish.num_tries == 1:
            return words
        text = self.tr("Without tries: {names}, whose head is solved exactly, without a learning rate.")
        return f"{words} {text.format(names=names_of(solved))}"

    def _solved(self, wish: RaceWish) -> tuple[StrategyKind, ...]:
        """Return the strategies that have no learning rate to try."""
        tree, plan = self._session.layer_tree, self._session.choice.plan
        return tuple(kind for kind in wish.kinds if trains_head_only(kind, tree, plan))

    def _words(self, wish: RaceWish, count: int) -> str:
        if not wish.budget_seconds:
            return self.tr("Runs: {count}, each to its own end.").format(count=fmt.count(count))
        text = self.tr("Runs: {count}, together at most {total} of training, and what they compute before for all.")
        return text.format(count=fmt.count(count), total=fmt.duration(float(count * wish.budget_seconds)))

    def _make_fields(self) -> None:
        self.budget = whole_field(self.tr("Time for each run"), self.tr("to its own end"), 0, MAX_BUDGET_S)
        self.budget.setSuffix(" s")
        self.budget.setSingleStep(10)
        self.seeds = whole_field(self.tr("Seeds"), "", 1, MAX_SEEDS)
        self.tries = whole_field(self.tr("Tries"), "", 1, MAX_TRIES)
        hints = {
            self.budget: self.tr("The same for all: time in which a run trains, without pauses and preparations"),
            self.seeds: self.tr("How often each strategy trains, each time with another order, head and augmentation"),
            self.tries: self.tr(
                "How many learning rates each strategy tries: its default one and the same factors of it for all. The "
                "best on the validation images counts, so that no strategy wins because its default suits these images."
            ),
        }
        for field, hint in hints.items():
            field.setToolTip(plain_tooltip(hint))
            field.setAccessibleDescription(hint)

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setVerticalSpacing(0)
        grid.setHorizontalSpacing(2 * GRID)
        for number, tick in enumerate(self.ticks.values()):
            tick.setMinimumHeight(FIELD_HEIGHT - 4)
            # Down the first column, then the second: the three ways that everybody knows stand below each other.
            num_rows = -(-len(self.ticks) // _NUM_COLUMNS)
            # No wider than its words: a press beside them would do nothing.
            grid.addWidget(tick, number % num_rows, number // num_rows, Qt.AlignmentFlag.AlignLeft)
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(GRID)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for field in (self.budget, self.seeds, self.tries):
            label = plain_label(field.accessibleName())
            label.setBuddy(field)
            label.setMinimumHeight(FIELD_HEIGHT)
            form.addRow(label, field)
        above = row(spacing=4 * GRID)
        for layout in (grid, form):
            above.addLayout(layout, 1)
        same = self.tr(
            "The same for all: images, order, augmentation, machine. Device, threads and mirroring are those under "
            "Settings; everything else is left at its default, apart from learning rates that are tried."
        )
        start = row(self.start, self.reason)
        start.setStretchFactor(self.reason, 1)
        self.body.addLayout(above)
        self.body.addWidget(self.resolution)
        # Where the window is low, the rest is a scroll away.
        self.body.addLayout(start)
        for label in (self.effort, wrapped_label(same, "muted")):
            self.body.addWidget(label)
        self.body.addStretch(1)

    def _connect(self) -> None:
        for tick in self.ticks.values():
            tick.toggled.connect(self._note_change)
        for field in (self.budget, self.seeds, self.tries):
            field.valueChanged.connect(self._note_change)
        self.start.clicked.connect(self._start)
        self._session.project_changed.connect(self._follow_project)
        for signal in (self._session.images_changed, self._session.freeze_plan_changed, self._desk.situation_changed):
            signal.connect(self.show_situation)

    @Slot()
    def _note_change(self) -> None:
        if self.signalsBlocked():
            return
        project = self._session.project
        if project is not None:
            self._memory.remember_race(project.config.id, self.wish())
        self.show_situation()

    @Slot()
    def _follow_project(self) -> None:
        project = self._session.project
        key = project.config.id if project is not None else ""
        if key != self._shown_project:
            self._shown_project = key
            self._show_wish(self._memory.race(key) if key else RaceWish())
        self.show_situation()

    def _show_wish(self, wish: RaceWish) -> None:
        blocked = self.blockSignals(True)
        for kind, tick in self.ticks.items():
            tick.setChecked(kind in wish.kinds)
        self.budget.setValue(wish.budget_seconds)
        self.seeds.setValue(wish.num_seeds)
        self.tries.setValue(wish.num_tries)
        self.blockSignals(blocked)

    @Slot()
    def _start(self) -> None:
        self._desk.start(self.wish().kinds, self.race_settings())
