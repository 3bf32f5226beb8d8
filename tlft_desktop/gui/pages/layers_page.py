"""The layer tree with its ticks, presets, and what they mean."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLineEdit, QMenu, QTreeView, QVBoxLayout, QWidget

from tlft_desktop.core.errors import TlftError
from tlft_desktop.core.freezing.presets import Preset, freeze_up_to, matching_preset, preset_plan, train_from
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.item_models.layer_filter import LayerFilter
from tlft_desktop.gui.item_models.layer_tree_model import PATH_ROLE, SHARE_ROLE, Column, LayerTreeModel
from tlft_desktop.gui.theme import GRID
from tlft_desktop.gui.widgets.bars import BarDelegate
from tlft_desktop.gui.widgets.layout import row
from tlft_desktop.gui.widgets.meaning_panel import MeaningPanel
from tlft_desktop.gui.widgets.messages import Message, MessageKind
from tlft_desktop.gui.widgets.segmented import SegmentedControl
from tlft_desktop.gui.widgets.text import wrapped_label

CUSTOM, HYBRID = "custom", "hybrid"
SEARCH_WIDTH = 208


class LayersPage(QWidget):
    """Ticks, presets, meaning."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.model = LayerTreeModel(self)
        self.model.plan_edited.connect(self._take_ticks)
        self._filter = LayerFilter(self)
        self._filter.setSourceModel(self.model)
        self.presets = self._make_presets()
        self._search = QLineEdit()
        self._search.setPlaceholderText(self.tr("Filter by name or type"))
        self._search.setAccessibleName(self.tr("Filter layers by name or type"))
        self._search.setClearButtonEnabled(True)
        self._search.setMinimumWidth(SEARCH_WIDTH)
        self._search.textChanged.connect(self._filter_layers)
        self.tree = self._make_tree()
        self._note = wrapped_label("", "muted")
        self._meaning = MeaningPanel(context.theme)
        left = QVBoxLayout()
        left.setSpacing(GRID)
        head = row(self.presets)
        head.addStretch(1)
        head.addWidget(self._search)
        left.addLayout(head)
        left.addWidget(self._note)
        left.addWidget(self.tree, 1)
        outer = row(spacing=2 * GRID)
        outer.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        outer.addLayout(left, 1)
        outer.addWidget(self._meaning)
        self.setLayout(outer)
        context.session.layer_tree_changed.connect(self.show_tree)
        context.session.freeze_plan_changed.connect(self.show_choice)
        self.show_tree()

    @Slot()
    def show_tree(self) -> None:
        """Show the network of the open project."""
        session = self._context.session
        self.model.set_tree(session.layer_tree, session.choice.plan)
        if session.is_writable:
            self.model.set_editable()
        else:
            self.model.set_read_only()
        self.presets.setEnabled(session.is_writable and session.layer_tree is not None)
        self._open_top_levels()
        self.show_choice()

    @Slot()
    def show_choice(self) -> None:
        """Show ticks, preset and meaning of the choice."""
        session = self._context.session
        tree, choice = session.layer_tree, session.choice
        if tree is None:
            waiting = self.tr("The layers are being read. The libraries load behind the window.")
            self._note.setText(waiting if session.project else "")
            self._meaning.clear()
            return
        self.model.set_plan(choice.plan)
        preset = matching_preset(tree, choice.plan)
        self.presets.set_current(HYBRID if choice.kind is StrategyKind.HYBRID else preset.value if preset else CUSTOM)
        self._note.setText(self._explanation(choice.kind))
        self._meaning.show_plan(tree, choice.plan)

    def _explanation(self, kind: StrategyKind) -> str:
        if kind is StrategyKind.HYBRID:
            return self.tr(
                "Hybrid: first the head alone, as ticked here; then everything, if validation says that it is worth it."
            )
        return self.tr("A tick means frozen: the layer keeps its pretrained weights. Space ticks the selected layer.")

    def _make_presets(self) -> SegmentedControl:
        presets = SegmentedControl(self.tr("Presets of ticks"))
        presets.add(Preset.TRANSFER.value, self.tr("Transfer (&head only)"), hint=self.tr("Only the new head trains"))
        presets.add(
            Preset.LAST_STAGE.value, self.tr("Last &stage"), hint=self.tr("The head and the last stage before it train")
        )
        presets.add(Preset.FINETUNE.value, self.tr("&Fine-tune (all)"), hint=self.tr("All layers train"))
        presets.add(HYBRID, self.tr("H&ybrid"), hint=self.tr("First the head, then all layers if that is worth it"))
        custom = presets.add(CUSTOM, self.tr("Custom"), hint=self.tr("Shown when a tick differs from the presets"))
        # Nobody can choose it: it follows from the ticks.
        custom.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        custom.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        presets.chosen.connect(self._choose_preset)
        return presets

    def _make_tree(self) -> QTreeView:
        tree = QTreeView()
        tree.setAccessibleName(self.tr("Layers in execution order; a tick means frozen"))
        tree.setModel(self._filter)
        tree.setUniformRowHeights(True)
        tree.setAlternatingRowColors(True)
        tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        tree.setItemDelegateForColumn(Column.SHARE, BarDelegate(self._context.theme, SHARE_ROLE, parent=tree))
        header = tree.header()
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, width in zip(Column, (222, 128, 102, 104, 76, 156), strict=True):
            header.resizeSection(column, width)
        tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        tree.customContextMenuRequested.connect(self._show_menu)
        return tree

    def _open_top_levels(self) -> None:
        root = self._filter.index(0, 0)
        self.tree.expand(root)
        if not self.tree.currentIndex().isValid():
            self.tree.setCurrentIndex(root)

    @Slot(object)
    def _take_ticks(self, plan: FreezePlan) -> None:
        self._context.session.choose_plan(plan, self.tr("tick"))

    @Slot(str)
    def _choose_preset(self, key: str) -> None:
        session = self._context.session
        if session.layer_tree is None or key == CUSTOM:
            self.show_choice()
        elif key == HYBRID:
            session.choose_strategy(StrategyKind.HYBRID, self.tr("hybrid"))
        else:
            plan = preset_plan(session.layer_tree, Preset(key), norm=session.choice.plan.norm)
            session.choose_plan(plan, self.presets.button_of(key).text().replace("&", ""))

    @Slot(str)
    def _filter_layers(self, text: str) -> None:
        self._filter.set_text(text)
        if text:
            self.tree.expandAll()
        else:
            self.tree.collapseAll()
            self._open_top_levels()

    @Slot(QPoint)
    def _show_menu(self, place: QPoint) -> None:
        index = self.tree.indexAt(place)
        if index.isValid() and self._context.session.is_writable:
            self._menu_for(index).popup(self.tree.viewport().mapToGlobal(place))

    def _menu_for(self, index: QModelIndex) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        path = index.data(PATH_ROLE)
        for text, slot in (
            (self.tr("&Freeze up to here"), self._freeze_up_to),
            (self.tr("&Train from here"), self._train_from),
        ):
            action = QAction(text, menu)
            action.setData(path)
            action.triggered.connect(slot)
            menu.addAction(action)
        return menu

    @Slot()
    def _freeze_up_to(self) -> None:
        self._cut(freeze_up_to)

    @Slot()
    def _train_from(self) -> None:
        self._cut(train_from)

    def _cut(self, make_plan: object) -> None:
        sender, tree = self.sender(), self._context.session.layer_tree
        if not isinstance(sender, QAction) or tree is None or not callable(make_plan):
            return
        try:
            plan = make_plan(tree, self._context.session.choice.plan, sender.data())
        except TlftError as error:
            self._context.messages.show_message(Message(MessageKind.WARNING, str(error), key="layers"))
            return
        self._context.session.choose_plan(plan, sender.text().replace("&", ""))
