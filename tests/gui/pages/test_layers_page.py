"""The page Layers: ticks, depth, presets, filter, norm policies, each one step to undo."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from tests.gui.pages.layers_world import LayersWorld
from tlft_desktop.core.values.plan import FreezePlan, NormPolicy
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.gui.item_models.layer_tree_model import Column

# Of the platform without a screen, for every dialog.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

TRANSFER = FreezePlan(frozenset({"stem", *(f"blocks.{n}.{leaf}" for n in (0, 1) for leaf in ("conv0", "conv1", "bn"))}))


@pytest.fixture
def world(probing: LayersWorld) -> LayersWorld:
    return probing


def test_space_ticks_all_selected_layers_in_one_step(world: LayersWorld) -> None:
    world.select("blocks.0", "head")
    world.press(Qt.Key.Key_Space)
    assert world.plan.frozen == TRANSFER.frozen | {"head"}
    assert world.num_steps == 1
    world.press(Qt.Key.Key_Space)
    assert world.plan.frozen == {"stem", "blocks.1.conv0", "blocks.1.conv1", "blocks.1.bn"}
    world.undo()
    world.undo()
    assert world.plan == TRANSFER


@pytest.mark.parametrize(
    ("path", "action", "frozen"),
    [
        ("blocks.0", "freeze_up_to", {"stem", "blocks.0.conv0", "blocks.0.conv1", "blocks.0.bn"}),
        ("blocks.0", "train_from", {"stem"}),
        ("blocks", "train_layers", {"stem"}),
        ("head", "freeze_layers", {*TRANSFER.frozen, "head"}),
    ],
)
def test_cuts_and_subtrees(world: LayersWorld, path: str, action: str, frozen: set[str]) -> None:
    world.select(path)
    world.choose(action)
    assert world.plan.frozen == frozen
    assert world.num_steps == 1


def test_further_presets_show_their_button_only_while_they_hold(world: LayersWorld) -> None:
    presets, session = world.page.presets, world.context.session
    rare = presets.button_of("norm-bias")
    assert rare.isHidden()
    session.choose_strategy(StrategyKind.NORM_BIAS, "norm-bias")
    assert (presets.current, rare.isHidden(), session.choice.kind) == ("norm-bias", False, StrategyKind.NORM_BIAS)
    session.undo_stack.undo()
    assert (presets.current, rare.isHidden()) == ("transfer", True)


def test_the_ticks_become_the_filter_and_the_filter_ticks(world: LayersWorld) -> None:
    search, session = world.page.search, world.context.session
    session.choose_plan(FreezePlan(frozenset({"stem", "blocks.1.conv0", "blocks.1.conv1", "blocks.1.bn"})), "ticks")
    wanted = session.choice.plan.frozen
    world.choose("filter_frozen")
    assert search.line.text() == r"^(stem|blocks\.1)(\.|$)"
    assert search.query.is_regex
    assert search.line.cursorPosition() == 0, "its beginning is seen"
    assert world.page.tree.hasFocus(), "the next key means the layers"
    assert session.choice.plan.frozen == wanted
    session.choose_plan(FreezePlan(), "nothing")
    world.choose("tick_shown")
    assert session.choice.plan.frozen == wanted
    session.choose_plan(FreezePlan(), "nothing")
    assert world.page.blocked()["filter_frozen"] == "No layer is frozen."


def test_a_cut_behind_the_head_is_refused_in_words(world: LayersWorld) -> None:
    world.select("head")
    world.choose("freeze_up_to")
    assert world.plan == TRANSFER
    assert "nothing would be trained" in world.context.messages.messages[0].text


def test_norm_policy_of_a_node_and_back(world: LayersWorld) -> None:
    world.select("blocks.0", "blocks.1.bn")
    world.choose("norm_full")
    assert world.plan.norm_overrides == (("blocks.0", NormPolicy.FULL), ("blocks.1.bn", NormPolicy.FULL))
    assert world.num_steps == 1
    assert world.index("blocks.0", Column.NORM).data() == "full"
    assert world.index("blocks.0.bn", Column.NORM).data() == "(full)"
    assert world.index("blocks", Column.NORM).data() == "(affine)"
    assert world.index("stem", Column.NORM).data() == ""
    world.choose("norm_inherited")
    assert world.plan.norm_overrides == ()
    world.undo()
    world.undo()
    assert world.plan == TRANSFER
    world.select("head")
    assert not world.actions["norm_full"].isEnabled(), "the head has no norm layer"


def test_a_norm_policy_that_matters_makes_a_strategy_custom(world: LayersWorld) -> None:
    session, presets = world.context.session, world.page.presets
    world.select("blocks.1.bn")
    world.choose("norm_full")
    assert session.choice.kind is StrategyKind.TRANSFER, "frozen norm layers have no policy"
    presets.button_of("finetune").click()
    assert (session.choice.kind, world.plan) == (StrategyKind.FINETUNE, FreezePlan())
    world.choose("norm_eval")
    assert session.choice.kind is StrategyKind.CUSTOM
    assert presets.current == "custom"


def test_presets_follow_the_ticks(world: LayersWorld) -> None:
    presets = world.page.presets
    assert presets.current == "transfer"
    presets.button_of("last-stage").click()
    assert world.plan.frozen == {"stem", "blocks.0.conv0", "blocks.0.conv1", "blocks.0.bn"}
    assert presets.current == "last-stage"
    presets.button_of("hybrid").click()
    assert presets.current == "hybrid"
    world.select("stem")
    world.press(Qt.Key.Key_Space)
    assert presets.current == "custom"


def test_the_slider_freezes_up_to_a_border_in_one_step(world: LayersWorld) -> None:
    depth = world.page.depth_slider
    assert depth.position == depth.slider.maximum() == 3
    depth.slider.setFocus()
    QTest.keyClick(depth.slider, Qt.Key.Key_Up)
    assert world.plan.frozen == {"stem", "blocks.0.conv0", "blocks.0.conv1", "blocks.0.bn"}
    assert depth.words == "frozen up to blocks.0, 54 % of the computation"
    interface = QAccessible.queryAccessibleInterface(depth.slider)
    assert "frozen up to blocks.0, 54 %" in interface.text(QAccessible.Text.Name)
    QTest.keyClick(depth.slider, Qt.Key.Key_Home)
    assert world.plan.frozen == frozenset()
    assert depth.words == "nothing is frozen from the front"
    assert world.num_steps == 2
    world.undo()
    assert depth.position == 2


def test_dragging_shows_and_letting_go_decides(world: LayersWorld) -> None:
    slider = world.page.depth_slider.slider
    slider.setSliderDown(True)
    slider.setSliderPosition(1)
    assert world.plan == TRANSFER, "nothing is decided yet"
    assert world.page.model.plan.frozen == {"stem"}
    slider.setSliderPosition(3)
    slider.setSliderDown(False)
    assert world.num_steps == 0
    assert world.page.model.plan == TRANSFER
    slider.setSliderDown(True)
    slider.setSliderPosition(1)
    slider.setSliderDown(False)
    assert (world.plan.frozen, world.num_steps) == ({"stem"}, 1)


def test_the_slider_says_custom_where_the_ticks_are_no_front(world: LayersWorld) -> None:
    world.select("blocks.0")
    world.choose("train_layers")
    depth = world.page.depth_slider
    assert depth.position == 1
    assert "custom" in depth.words
    assert depth.slider.property("kind") == "custom"
    world.choose("freeze_layers")
    assert depth.slider.property("kind") == ""


def test_filter_by_name_type_and_expression(world: LayersWorld) -> None:
    world.search("batchnorm")
    assert world.shown() == ["tiny", "blocks", "0", "bn", "1", "bn"]
    world.search("/conv[1]$/")
    assert world.shown() == ["tiny", "blocks", "0", "conv1", "1", "conv1"]
    world.search("blocks.1")
    assert world.shown() == ["tiny", "blocks", "1", "conv0", "conv1", "bn", "act"]
    world.search("nothing like this")
    assert world.shown() == []
    world.search("")
    assert len(world.shown()) == 14


def test_an_invalid_expression_is_said_and_the_tree_stays(world: LayersWorld) -> None:
    world.search("stem")
    before = world.shown()
    world.page.search.regex.click()
    world.search("stem(")
    assert world.shown() == before
    assert "Not a regular expression" in world.page.search.hint.text()
    assert "missing closing parenthesis. The tree stays" in world.page._note.text()
    assert world.page.search.line.property("state") == "bad"
    world.search("ste.$")
    assert world.page.search.hint.text() == "1 layer matches"
    assert world.page.search.line.property("state") == ""
    assert "A tick means frozen" in world.page._note.text()


def test_an_expression_that_explodes_ends_soon(world: LayersWorld) -> None:
    world.search("/(.*.*)*(.*.*)*(.*)*~/")
    assert world.shown() == []


def test_tick_and_untick_what_matches(world: LayersWorld) -> None:
    assert not world.actions["untick_shown"].isEnabled(), "without a filter it would mean everything"
    world.search("batchnorm")
    world.choose("untick_shown")
    assert TRANSFER.frozen - world.plan.frozen == {"blocks.0.bn", "blocks.1.bn"}
    world.choose("tick_shown")
    assert world.plan == TRANSFER
    assert world.num_steps == 2
    world.search("zzz")
    assert not world.actions["tick_shown"].isEnabled()


def test_expand_collapse_and_copy(world: LayersWorld) -> None:
    world.select("blocks")
    world.choose("collapse_below")
    assert not world.page.tree.isExpanded(world.index("blocks.0"))
    world.choose("expand_below")
    assert world.page.tree.isExpanded(world.index("blocks.0"))
    world.select("blocks.1.bn", "stem")
    world.choose("copy_path")
    assert QGuiApplication.clipboard().text() == "stem\nblocks.1.bn"


def test_the_context_menu_opens_beside_the_current_row_by_key(world: LayersWorld, qtbot: Any) -> None:
    world.select("blocks.1.bn")
    places: list[QPoint] = []
    world.page.tree.menu_asked.disconnect()
    world.page.tree.menu_asked.connect(places.append)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0))
    QApplication.sendEvent(world.page.tree.viewport(), event)
    row = world.page.tree.visualRect(world.index("blocks.1.bn"))
    assert row.contains(world.page.tree.viewport().mapFromGlobal(places[0]))
    menu = world.page.context_menu()
    qtbot.addWidget(menu)
    assert {"freeze_up_to", "norm_eval", "copy_path"} <= {action.objectName() for action in menu.actions()}


def test_columns_are_hidden_and_remembered(world: LayersWorld, qtbot: Any) -> None:
    tree = world.page.tree
    menu: QMenu = tree.column_menu()
    qtbot.addWidget(menu)
    next(action for action in menu.actions() if action.text() == "Output").trigger()
    tree.header().resizeSection(Column.TYPE, 150)
    assert tree.isColumnHidden(Column.SHAPE)
    second = type(tree)(world.context.theme, world.context.state)
    qtbot.addWidget(second)
    second.setModel(tree.model())
    second.set_up_columns()
    assert second.isColumnHidden(Column.SHAPE)
    assert second.columnWidth(Column.TYPE) == 150
    second.resize(1400, 600)
    second.show()
    assert second.columnWidth(Column.TYPE) == 150, "chosen by hand"
    world.context.state.set_value("columns/layers", "4:own:???")
    third = type(tree)(world.context.theme, world.context.state)
    qtbot.addWidget(third)
    third.setModel(tree.model())
    third.set_up_columns()
    assert not third.isColumnHidden(Column.SHAPE), "damaged memory means the defaults"


def test_a_wide_tree_shows_long_types(world: LayersWorld, qtbot: Any) -> None:
    tree = world.page.tree
    narrow = tree.columnWidth(Column.TYPE)
    tree.setParent(None)
    qtbot.addWidget(tree)
    tree.resize(1400, 600)
    tree.show()
    qtbot.waitUntil(lambda: tree.columnWidth(Column.TYPE) > narrow)
    tree.resize(700, 600)
    qtbot.waitUntil(lambda: tree.columnWidth(Column.TYPE) == narrow)


def test_nothing_scrolls_sideways(world: LayersWorld, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: world.page.tree.viewport().width() > 200)
    header = world.page.tree.header()
    assert header.length() <= world.page.tree.viewport().width()
    assert world.page.tree.columnWidth(Column.NAME) >= 150


def facts(world: LayersWorld) -> set[str]:
    """Return what the panel "What this means" says to a screen reader."""
    meaning = world.page.panels.meaning
    return {label.accessibleName() for label in meaning.findChildren(type(meaning.warning))}


def test_the_panel_speaks_of_both_parts_of_a_hybrid(world: LayersWorld) -> None:
    meaning = world.page.panels.meaning
    world.page.presets.button_of("hybrid").click()
    assert "Then all layers train" in meaning._front.text()
    assert meaning._of_total.text().endswith("then all")
    world.page.presets.button_of("transfer").click()
    assert meaning._front.text().startswith("Only the head trains")
    assert "then all" not in meaning._of_total.text()


def test_the_panel_tells_shares_and_what_saves_nothing(world: LayersWorld) -> None:
    meaning = world.page.panels.meaning
    assert "Computation in the frozen front: 100 %" in facts(world)
    assert not meaning.warning.text()
    world.select("stem")
    world.choose("train_layers")
    assert "6 ticks save almost nothing" in meaning.warning.text()
    assert "stem" in meaning.warning.text()
    world.select("")
    world.choose("freeze_layers")
    assert "Everything is frozen" in meaning.warning.text()


def test_the_panel_tells_what_ticks_cost_on_this_machine(world: LayersWorld, qtbot: Any) -> None:
    world.engine.is_measuring_held = True
    qtbot.waitUntil(lambda: "Whole training: …" in facts(world))
    assert "timed on a few images" in world.page.panels.meaning._cost_note.text()
    world.engine.is_measuring_held = False
    qtbot.waitUntil(lambda: "Whole training: about 10 s" in facts(world))
    assert "Epoch, against full fine-tuning: about 5 %" in facts(world)
    assert "Kept on disk: about 1.0 MiB" in facts(world)
    assert not world.page.panels.meaning._cost_note.isVisible()
    world.page.presets.button_of("finetune").click()
    assert "Epoch on this machine: about 10 s" in facts(world)
    assert "Kept on disk: nothing" in facts(world)
    slider = world.page.depth_slider.slider
    slider.setSliderDown(True)
    slider.setSliderPosition(1)
    assert "Epoch on this machine: about 9.0 s" in facts(world), "live, while the depth is dragged"
    slider.setSliderDown(False)
    world.select("")
    world.choose("freeze_layers")
    assert "Epoch on this machine: unknown" in facts(world)


def test_a_cancelled_measurement_can_be_asked_for(world: LayersWorld, qtbot: Any) -> None:
    world.engine.is_measuring_held = True
    button = world.page.panels.meaning.measure
    qtbot.waitUntil(lambda: "Whole training: …" in facts(world))
    assert not button.isVisible()
    world.context.tasks.request_stop()
    qtbot.waitUntil(button.isVisible)
    assert "Whole training: unknown" in facts(world)
    world.engine.is_measuring_held = False
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Whole training: about 10 s" in facts(world))
    assert not button.isVisible()


def test_every_row_says_whether_it_is_frozen(world: LayersWorld) -> None:
    role = Qt.ItemDataRole.AccessibleTextRole
    assert world.index("stem").data(role) == "stem, Conv2d, frozen"
    assert world.index("").data(role) == "tiny, Tiny, partly frozen"
    assert world.index("head").data(role) == "head, Linear, trains"
    assert world.index("blocks.0.act").data(role) == "act, ReLU, no parameters"


def test_read_only_projects_can_be_looked_at_only(qtbot: Any, qapp: QApplication, tmp_path: Path) -> None:
    world = LayersWorld(qapp, tmp_path)
    qtbot.addWidget(world.host)
    world.open(read_only=True)
    world.select("stem")
    world.press(Qt.Key.Key_Space)
    assert world.num_steps == 0
    assert not world.actions["freeze_up_to"].isEnabled()
    assert not world.page.depth_slider.isEnabled()
    assert world.actions["copy_path"].isEnabled()
    world.close()


def test_actions_are_off_while_another_page_is_shown(world: LayersWorld) -> None:
    world.select("stem")
    world.page.hide()
    assert not world.actions["freeze_up_to"].isEnabled()
    assert not world.actions["find_layer"].isEnabled()
    world.page.show()
    assert world.actions["freeze_up_to"].isEnabled()
