"""Freeze plans of two runs side by side, and the way to take one of them over."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QHeaderView, QStackedLayout, QTreeView, QVBoxLayout, QWidget

from tlft_desktop.core.values.plan import FreezePlan, NormPolicy
from tlft_desktop.core.values.run import RunSummary
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.item_models.plan_diff_model import DiffColumn, DifferenceFilter, PlanDiffModel
from tlft_desktop.gui.item_models.run_table_model import name_of
from tlft_desktop.gui.run_plans import CURRENT, PhasePlan
from tlft_desktop.gui.theme import GRID
from tlft_desktop.gui.widgets.fields import ChoiceField
from tlft_desktop.gui.widgets.layout import EmptyState, row
from tlft_desktop.gui.widgets.run_table import Swatches
from tlft_desktop.gui.widgets.text import button, plain_label, wrapped_label

_WIDTHS = (248, 104, 168, 168)
_FEWEST_LETTERS, _BOX_WIDTH = 10, 36 * GRID


class PlanDiffPanel(QWidget):
    """Two plans in one tree.

    Signals:
        use_requested(PhasePlan, name): The user wants the layers ticked as in this plan of a run.
    """

    use_requested = Signal(object, str)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._session = context, context.session
        self._swatches = Swatches(context.theme)
        self._plans: tuple[PhasePlan, ...] = ()
        self._runs: dict[str, RunSummary] = {}
        self.model = PlanDiffModel(context.icons, self)
        self._filter = DifferenceFilter(self)
        self._filter.setSourceModel(self.model)
        self._filter.setRecursiveFilteringEnabled(True)
        self.boxes = (self._make_box(self.tr("First plan")), self._make_box(self.tr("Second plan")))
        hint = self.tr("Tick the layers as in the first plan; can be undone")
        self.use = button(self.tr("Use the first pla&n"), hint=hint)
        self.use.clicked.connect(self._use_first)
        context.icons.attach(self.use, "layers")
        self.only = QCheckBox(self.tr("Onl&y differences"))
        self.only.toggled.connect(self._filter_rows)
        self.tree = self._make_tree()
        self._summary = wrapped_label("", "muted")
        self._stack = QStackedLayout(self)
        self._empty = EmptyState(self.tr("No plan to compare yet"), "")
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._make_content())
        context.session.layer_tree_changed.connect(self.show_pair)
        context.session.freeze_plan_changed.connect(self._follow_ticks)
        context.session.named_plans_changed.connect(self._list)
        context.theme.changed.connect(self._list)

    def show_plans(self, plans: Sequence[PhasePlan], runs: Sequence[RunSummary]) -> None:
        """Offer the plans of runs, those with names, and the ticks of the page Layers."""
        self._plans = tuple(plan for plan in plans if not plan.problem)
        self._runs = {run.run: run for run in runs}
        self._list()

    def choose(self, first: str, second: str) -> None:
        """Show the last phases of two runs; `CURRENT` stands for the ticks of the page Layers."""
        for box, run in zip(self.boxes, (first, second), strict=True):
            places = [number for number, plan in enumerate(self._offered()) if plan.run == run and not plan.name]
            if places:
                box.setCurrentIndex(places[-1])
        self.show_pair()

    @property
    def pair(self) -> tuple[PhasePlan, PhasePlan] | None:
        """The two plans that are shown; None where there are none."""
        offered = self._offered()
        chosen = [offered[box.currentIndex()] for box in self.boxes if 0 <= box.currentIndex() < len(offered)]
        return (chosen[0], chosen[1]) if len(chosen) == len(self.boxes) else None

    @Slot()
    def show_pair(self) -> None:
        """Show the chosen plans."""
        pair, tree = self.pair, self._session.layer_tree
        reason = self._obstacle(pair)
        self._stack.setCurrentIndex(0 if reason and len(self._offered()) == 1 else 1)
        self._empty.text.setText(reason)
        self.use.setEnabled(not reason and self._session.is_writable and pair is not None and not pair[0].is_current)
        if reason or pair is None or tree is None:
            self.model.set_plans(None, (FreezePlan(), FreezePlan()), ("", ""))
            self._summary.setText(reason)
            return
        titles = (self._title(pair[0]), self._title(pair[1]))
        self.model.set_plans(tree, (self._plan_of(pair[0]), self._plan_of(pair[1])), titles)
        self._summary.setText(self._in_words(pair))
        self._open()

    # ---- inside

    def _make_box(self, name: str) -> QComboBox:
        box = ChoiceField()
        box.setAccessibleName(name)
        # As wide as its longest choice where there is room; names of runs may be long.
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        box.setMinimumContentsLength(_FEWEST_LETTERS)
        box.setMaximumWidth(_BOX_WIDTH)
        box.activated.connect(self._show_choice)
        return box

    def _make_tree(self) -> QTreeView:
        tree = QTreeView()
        tree.setAccessibleName(self.tr("Layers under two freeze plans"))
        tree.setModel(self._filter)
        tree.setUniformRowHeights(True)
        tree.setAlternatingRowColors(True)
        header = tree.header()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        for column, width in zip(DiffColumn, _WIDTHS, strict=False):
            header.resizeSection(column, width)
        return tree

    def _make_content(self) -> QWidget:
        head = row(self.boxes[0], plain_label(self.tr("and"), "muted"), self.boxes[1], self.only)
        head.addStretch(1)
        head.addWidget(self.use)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addLayout(head)
        layout.addWidget(self._summary)
        layout.addWidget(self.tree, 1)
        return content

    def _offered(self) -> tuple[PhasePlan, ...]:
        named = (
            PhasePlan(CURRENT, plan=item.plan, backbone=item.backbone, name=item.name)
            for item in self._session.named_plans
        )
        return (*self._plans, *named, PhasePlan(CURRENT))

    @Slot()
    def _list(self) -> None:
        """Fill the boxes anew; what was chosen stays chosen where it is still there."""
        before = [box.currentData() for box in self.boxes]
        for box, chosen in zip(self.boxes, before, strict=True):
            box.clear()
            for plan in self._offered():
                key = f"{plan.run} {plan.phase} {plan.name}"
                if plan.run == CURRENT:
                    box.addItem(self._context.icons.icon("layers"), self._title(plan), key)
                else:
                    icon = self._swatches.icon(plan.run, self._session.runs)
                    box.addItem(icon, self._title(plan), key)
            box.setCurrentIndex(box.findData(chosen))
        if self.boxes[0].currentIndex() < 0:
            self.boxes[0].setCurrentIndex(0)
        if self.boxes[1].currentIndex() < 0:
            self.boxes[1].setCurrentIndex(len(self._offered()) - 1)
        self.show_pair()

    def _title(self, plan: PhasePlan) -> str:
        if plan.is_current:
            return self.tr("Ticks of the page Layers")
        if plan.name:
            return self.tr("Plan {name}").format(name=plan.name)
        run = self._runs.get(plan.run)
        name = name_of(run) if run else plan.run
        return f"{name} · {plan.phase}" if plan.phase else name

    def _plan_of(self, plan: PhasePlan) -> FreezePlan:
        return self._session.choice.plan if plan.is_current else plan.plan

    def _obstacle(self, pair: tuple[PhasePlan, PhasePlan] | None) -> str:
        tree = self._session.layer_tree
        if len(self._offered()) == 1:
            return self.tr("Each run keeps the plan that it was trained with. Train a run, then compare it here.")
        if tree is None:
            return self.tr("The layers are being read. The libraries load behind the window.")
        for plan in pair or ():
            if not plan.is_current and plan.backbone != tree.backbone:
                text = self.tr("{name} belongs to another network ({other}) than the project has now ({own}).")
                return text.format(name=self._title(plan), other=plan.backbone, own=tree.backbone)
        return ""

    def _in_words(self, pair: tuple[PhasePlan, PhasePlan]) -> str:
        tree = self._session.layer_tree
        assert tree is not None
        number = self.model.num_differing
        first, second = (self._plan_of(plan) for plan in pair)
        shares = [tree.trainable_parameters(plan) / max(1, tree.root.parameters) for plan in (first, second)]
        parts = [
            self.tr("{number} of {total} layers differ.").format(
                number=fmt.count(number), total=fmt.count(len(tree.owners))
            ),
            self.tr("{first} of the parameters train in the first plan, {second} in the second.").format(
                first=fmt.percent(shares[0]), second=fmt.percent(shares[1])
            ),
        ]
        if (first.norm, first.norm_overrides) != (second.norm, second.norm_overrides):
            parts.append(
                self.tr("Norm layers differ: {first} in the first plan, {second} in the second.").format(
                    first=self._norm_words(first), second=self._norm_words(second)
                )
            )
        if first.rate_factors != second.rate_factors:
            parts.append(self.tr("Factors on the learning rate differ."))
        if first.biases != second.biases:
            in_first = self.tr("Biases of frozen layers train in the first plan only.")
            parts.append(
                in_first if first.biases else self.tr("Biases of frozen layers train in the second plan only.")
            )
        return " ".join(parts)

    def _norm_words(self, plan: FreezePlan) -> str:
        words = {
            NormPolicy.EVAL: self.tr("everything kept"),
            NormPolicy.AFFINE: self.tr("statistics kept, scales train"),
            NormPolicy.FULL: self.tr("statistics and scales follow"),
        }[plan.norm]
        return self.tr("{policy}, with exceptions").format(policy=words) if plan.norm_overrides else words

    def _open(self) -> None:
        if self.only.isChecked():
            self.tree.expandAll()
        else:
            self.tree.expandToDepth(0)

    @Slot(bool)
    def _filter_rows(self, only: bool) -> None:
        if only:
            self._filter.show_differences()
        else:
            self._filter.show_all()
        self._open()

    @Slot(int)
    def _show_choice(self, _index: int) -> None:
        self.show_pair()

    @Slot()
    def _follow_ticks(self) -> None:
        if self.isVisible() and any(plan.is_current for plan in self.pair or ()):
            self.show_pair()

    @Slot()
    def _use_first(self) -> None:
        pair = self.pair
        if pair is not None:
            self.use_requested.emit(pair[0], self._title(pair[0]))
