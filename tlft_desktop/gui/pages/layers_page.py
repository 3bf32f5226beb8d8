"""The layer tree with its ticks, depth, presets and filter, and what they mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QHideEvent, QIcon, QPixmap, QShowEvent
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from tlft_desktop.core.freezing.borders import DepthScale
from tlft_desktop.core.freezing.footprint import PlanMeter
from tlft_desktop.core.freezing.pattern import frozen_pattern
from tlft_desktop.core.freezing.presets import Preset, matching_preset
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.desks.backbone_desk import BackboneDesk
from tlft_desktop.gui.icons import Tint
from tlft_desktop.gui.item_models.layer_filter import LayerFilter, LayerQuery
from tlft_desktop.gui.item_models.layer_tree_model import Column, LayerTreeModel
from tlft_desktop.gui.layer_editor import LayerEditor
from tlft_desktop.gui.pages.layer_panels import LayerPanels
from tlft_desktop.gui.plan_editor import PlanEditor
from tlft_desktop.gui.plan_summary import PRESET_OF_KIND
from tlft_desktop.gui.rate_editor import RateEditor
from tlft_desktop.gui.theme import GRID, set_role
from tlft_desktop.gui.widgets.action_button import text_button
from tlft_desktop.gui.widgets.depth_slider import DepthSlider
from tlft_desktop.gui.widgets.dock_area import DockArea
from tlft_desktop.gui.widgets.layer_menu import layer_menu
from tlft_desktop.gui.widgets.layer_search import LayerSearch
from tlft_desktop.gui.widgets.layer_tree_view import LayerTreeView
from tlft_desktop.gui.widgets.layout import row
from tlft_desktop.gui.widgets.more_ways import MoreWays, explanations
from tlft_desktop.gui.widgets.segmented import SegmentedControl
from tlft_desktop.gui.widgets.text import button, escaped_ampersands, plain_tooltip, wrapped_label

CUSTOM, HYBRID = "custom", "hybrid"
_KIND_OF_PRESET = {
    **{preset.value: kind for kind, preset in PRESET_OF_KIND.items()},
    HYBRID: StrategyKind.HYBRID,
    CUSTOM: StrategyKind.CUSTOM,
}
_RARE = (Preset.NORM_BIAS, Preset.LORA)
"""Presets whose buttons are seen only while they hold."""


class LayersPage(QWidget):
    """Ticks, depth, presets, meaning.

    Args:
        context: Parts of the program.
        actions: The window's actions by id.

    Signals:
        situation_changed(): What can be done with the selection changed.
    """

    situation_changed = Signal()

    def __init__(self, context: AppContext, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._actions = context, actions
        self._problem = ""
        self._meter: PlanMeter | None = None
        self._scale: DepthScale | None = None
        self.model = LayerTreeModel(self)
        self._filter = LayerFilter(self.model, self)
        self.tree = LayerTreeView(context.theme, context.state)
        self.tree.setModel(self._filter)
        self.tree.set_up_columns()
        self.depth_slider = DepthSlider()
        self.search = LayerSearch()
        self.presets = self._make_presets()
        self._more_ways = MoreWays(StrategyKind.NORM_BIAS, StrategyKind.LORA)
        self._more_ways.setText(self.tr("&More"))
        self.backbones = BackboneDesk(context, self)
        self.panels = LayerPanels(context, self.backbones, self)
        self._backbone_button = self._make_backbone_button()
        self._note = wrapped_label("", "muted")
        self._editor = LayerEditor(context, self.model, self._filter, self.tree, self)
        self._others = (RateEditor(context, self.tree, self), PlanEditor(context, self))
        self._build()
        self._connect()
        self._draw_icons()
        self.show_tree()

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Return what is called for each action."""
        return {
            **self._editor.handlers(),
            **{key: call for editor in self._others for key, call in editor.handlers().items()},
            "find_layer": self._find,
            "filter_frozen": self._filter_frozen,
            "layer_columns": self._show_columns,
            "backbone": self.backbones.show_chooser,
            **self.panels.handlers(),
        }

    def blocked(self) -> dict[str, str]:
        """Return why actions cannot be chosen now."""
        hidden = {}
        if not self.isVisible():
            own = ("find_layer", "filter_frozen", "layer_columns", *self.panels.handlers())
            hidden = dict.fromkeys(own, self.tr("Open the page Layers first."))
        if not self._context.session.choice.plan.frozen:
            hidden.setdefault("filter_frozen", self.tr("No layer is frozen."))
        others = {key: reason for editor in self._others for key, reason in editor.blocked().items()}
        return {**self._editor.blocked(), **others, **self.panels.blocked(), **hidden}

    @Slot()
    def show_tree(self) -> None:
        """Show the network of the open project."""
        session = self._context.session
        tree = session.layer_tree
        self._meter = PlanMeter(tree) if tree else None
        self._scale = DepthScale(tree) if tree else None
        self.model.set_tree(tree, session.choice.plan)
        self.model.set_heat(self.panels.heating.shown)
        if session.is_writable:
            self.model.set_editable()
        else:
            self.model.set_read_only()
        self.panels.set_scale(self._scale, can_choose=session.is_writable)
        for widget in (self.presets, self._more_ways, self.depth_slider):
            widget.setEnabled(session.is_writable and tree is not None)
        if self._scale is not None:
            self.depth_slider.set_positions([self._depth_words(place) for place in range(self._scale.deepest + 1)])
        self._backbone_button.setText(" " + escaped_ampersands(self.backbones.current_title))
        self._backbone_button.setAccessibleName(
            self.tr("Backbone: {name}").format(name=self.backbones.current_title or self.tr("none"))
        )
        self._apply_query(self.search.query)
        self._open_top_levels()
        self.show_choice()

    @Slot()
    def show_choice(self) -> None:
        """Show ticks, preset, depth and meaning of the choice."""
        session = self._context.session
        tree, choice = session.layer_tree, session.choice
        if tree is None:
            self._show_note()
            self.panels.meaning.clear()
            return
        preset = matching_preset(tree, choice.plan)
        key = HYBRID if choice.kind is StrategyKind.HYBRID else preset.value if preset else CUSTOM
        if key in _KIND_OF_PRESET and _KIND_OF_PRESET[key] is not choice.kind:
            # The ticks are those of a preset, a norm policy is not.
            key = CUSTOM
        for hidden in _RARE:
            self.presets.button_of(hidden.value).setVisible(hidden.value == key)
        self.presets.set_current(key)
        self._show_note()
        self._show_plan(choice.plan, choice.kind)
        self._show_depth(choice.plan)
        self.situation_changed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.situation_changed.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.situation_changed.emit()

    def _show_plan(self, plan: FreezePlan, kind: StrategyKind) -> None:
        assert self._meter is not None
        self.model.set_plan(plan)
        if plan.rate_factors:
            self.tree.reveal(Column.RATE)
        self.panels.meaning.show_plan(self._meter.measure(plan), kind, plan)

    def _show_depth(self, plan: FreezePlan) -> None:
        scale = self._scale
        assert scale is not None
        position = scale.position_of(plan)
        self.panels.depth.show_depth(position)
        if not scale.is_prefix(plan):
            self.depth_slider.show_custom(position, self.tr("custom: the frozen layers are no front of the network"))
            return
        self.depth_slider.show_position(position, self._front_words(scale.last_frozen(plan), scale.prefix_length(plan)))

    def _depth_words(self, position: int) -> str:
        assert self._scale is not None
        border = self._scale.borders[position]
        return self._front_words(border.path, border.num_owners)

    def _front_words(self, path: str, num_owners: int) -> str:
        assert self._meter is not None
        if not path:
            return self.tr("nothing is frozen from the front")
        return self.tr("frozen up to {layer}, {share} of the computation").format(
            layer=path, share=fmt.percent(self._meter.front_share(num_owners), 0)
        )

    def _show_note(self) -> None:
        self._note.setText(self._problem or self._explanation(self._context.session.choice.kind))
        set_role(self._note, "warning" if self._problem else "muted")

    def _explanation(self, kind: StrategyKind) -> str:
        session = self._context.session
        if session.layer_tree is None:
            waiting = self.tr("The layers are being read. The libraries load behind the window.")
            return waiting if session.project else ""
        if kind is StrategyKind.HYBRID:
            return self.tr(
                "Hybrid: first the head alone, as ticked here; then all layers, unless it is nearly always right."
            )
        return self.tr("A tick means frozen: the layer keeps its pretrained weights. Space ticks what is selected.")

    # Parts

    def _make_presets(self) -> SegmentedControl:
        presets = SegmentedControl(self.tr("Presets of ticks"))
        presets.add(Preset.TRANSFER.value, self.tr("Transfer (&head)"), hint=self.tr("Only the new head trains"))
        presets.add(
            Preset.LAST_STAGE.value, self.tr("Last sta&ge"), hint=self.tr("The head and the last stage before it train")
        )
        presets.add(Preset.FINETUNE.value, self.tr("Fine-tune (&all)"), hint=self.tr("All layers train"))
        presets.add(HYBRID, self.tr("H&ybrid"), hint=self.tr("First the head, then all layers"))
        for preset, text in ((Preset.NORM_BIAS, self.tr("Norm, bias")), (Preset.LORA, self.tr("LoRA"))):
            presets.add(preset.value, text, hint=explanations()[_KIND_OF_PRESET[preset.value]]).hide()
        presets.add(CUSTOM, self.tr("&Custom"), hint=self.tr("Your own ticks: chosen by itself when one differs"))
        return presets

    def _make_backbone_button(self) -> QPushButton:
        result = button("", "menu")
        result.setToolTip(plain_tooltip(self._actions["backbone"].toolTip()))
        self._context.icons.attach(result, "backbone")
        result.clicked.connect(self._actions["backbone"].trigger)
        return result

    def _build(self) -> None:
        head = row(self.presets, self._more_ways)
        head.addStretch(1)
        head.addWidget(self._backbone_button)
        tools = row(self.search)
        tools.setStretchFactor(self.search, 1)
        for key in ("tick_shown", "untick_shown"):
            tools.addWidget(text_button(self._actions[key]))
        middle = row(self.depth_slider, self.tree, spacing=GRID // 2)
        middle.setStretchFactor(self.tree, 1)
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(GRID)
        for layout in (head, tools):
            left.addLayout(layout)
        left.addWidget(self._note)
        left.addLayout(middle, 1)
        center = QWidget()
        center.setLayout(left)
        area = DockArea("layers", self._context)
        area.set_center(center)
        self.panels.add_to(area)
        outer = row(area)
        outer.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        self.setLayout(outer)
        self.setTabOrder(self.presets, self._more_ways)
        self.setTabOrder(self._more_ways, self._backbone_button)

    def _connect(self) -> None:
        session = self._context.session
        session.layer_tree_changed.connect(self.show_tree)
        session.freeze_plan_changed.connect(self.show_choice)
        session.named_plans_changed.connect(self.situation_changed)
        self.model.plan_edited.connect(self._take_ticks)
        self.presets.chosen.connect(self._choose_preset)
        self._more_ways.chosen.connect(self._choose_advised)
        self.depth_slider.previewed.connect(self._preview_depth)
        self.depth_slider.chosen.connect(self._choose_depth)
        self.panels.depth.depth_chosen.connect(self._choose_depth)
        self.panels.advice.strategy_chosen.connect(self._choose_advised)
        self.panels.heat.plan_chosen.connect(self._choose_by_heat)
        self.panels.heating.changed.connect(self._show_heat)
        self.panels.situation_changed.connect(self.situation_changed)
        self.search.query_changed.connect(self._search_layers)
        self.tree.toggle_asked.connect(self._editor.toggle)
        self.tree.menu_asked.connect(self._show_menu)
        self.tree.selectionModel().selectionChanged.connect(self.situation_changed)
        self._context.theme.changed.connect(self._draw_icons)

    # What the user does

    @Slot(object)
    def _take_ticks(self, plan: FreezePlan) -> None:
        self._context.session.choose_plan(plan, self.tr("tick"))

    @Slot(str)
    def _choose_preset(self, key: str) -> None:
        session = self._context.session
        text = self.presets.button_of(key).text().replace("&", "")
        if session.layer_tree is not None:
            if key == CUSTOM and session.own_ticks is not None:
                session.choose_plan(session.own_ticks, text)
            else:
                session.choose_strategy(_KIND_OF_PRESET[key], text)
        # What was chosen may be what holds already: the segment that was pressed shows it then.
        self.show_choice()

    @Slot(object)
    def _choose_advised(self, kind: StrategyKind) -> None:
        self._context.session.choose_strategy(kind, fmt.strategy_name(kind))

    @Slot(object)
    def _choose_by_heat(self, plan: FreezePlan) -> None:
        self._context.session.choose_plan(plan, self.tr("plan by heat"))

    @Slot()
    def _show_heat(self) -> None:
        shown = self.panels.heating.shown
        self.model.set_heat(shown)
        if shown.strongest:
            self.tree.reveal(Column.HEAT)

    @Slot(int)
    def _preview_depth(self, position: int) -> None:
        if self._scale is not None:
            plan = self._scale.plan_at(position, self._context.session.choice.plan)
            self._show_plan(plan, StrategyKind.CUSTOM)

    @Slot(int)
    def _choose_depth(self, position: int) -> None:
        session = self._context.session
        if self._scale is not None and session.is_writable:
            session.choose_plan(self._scale.plan_at(position, session.choice.plan), self.tr("depth"))
        # A preview may have to go, also where nothing changed.
        self.show_choice()

    @Slot(object)
    def _search_layers(self, query: LayerQuery) -> None:
        if not self._apply_query(query):
            return
        if query.is_empty:
            self.tree.collapseAll()
            self._open_top_levels()
        else:
            self.tree.expandAll()

    def _apply_query(self, query: LayerQuery) -> bool:
        problem = self._filter.set_query(query)
        if problem:
            text = self.tr("The filter is no regular expression: {problem}. The tree stays as it is.")
            self._problem = text.format(problem=problem)
            self.search.show_problem(self._problem)
        else:
            self._problem = ""
            self.search.show_matches(len(self._filter.matches))
        self._show_note()
        self.situation_changed.emit()
        return not problem

    def _open_top_levels(self) -> None:
        root = self._filter.index(0, 0)
        self.tree.expand(root)
        if not self.tree.currentIndex().isValid():
            self.tree.setCurrentIndex(root)

    @Slot(QPoint)
    def _show_menu(self, place: QPoint) -> None:
        self.context_menu().popup(place)

    def context_menu(self) -> QMenu:
        """Return the menu of what is selected; it deletes itself."""
        return layer_menu(self._actions, self)

    @Slot()
    def _show_columns(self) -> None:
        header = self.tree.header()
        self.tree.column_menu().popup(header.mapToGlobal(QPoint(header.width() // 2, header.height())))

    @Slot()
    def _find(self) -> None:
        self.search.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.line.selectAll()

    @Slot()
    def _filter_frozen(self) -> None:
        session = self._context.session
        if session.layer_tree is not None:
            self.search.show_expression(frozen_pattern(session.layer_tree, session.choice.plan))
            # Not to the line: what is pressed next means the layers.
            self.tree.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def _draw_icons(self) -> None:
        icons = self._context.icons
        blank = QPixmap(16, 16)
        blank.fill(Qt.GlobalColor.transparent)
        self.model.set_icons(
            frozen=icons.icon("frozen", Tint.ACCENT),
            partly=icons.icon("frozen-partly", Tint.MUTED),
            trains=QIcon(blank),
        )
        self.tree.viewport().update()
