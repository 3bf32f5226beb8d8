"""The page Layers: factors on learning rates, and adapters, each one step to undo."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from tests.gui.pages.layers_world import LayersWorld
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.gui.dialogs.choose_text_dialog import ChooseTextDialog
from tlft_desktop.gui.item_models.layer_tree_model import Column

# Of the platform without a screen, for every dialog.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

TRANSFER = FreezePlan(frozenset({"stem", *(f"blocks.{n}.{leaf}" for n in (0, 1) for leaf in ("conv0", "conv1", "bn"))}))


@pytest.fixture
def world(probing: LayersWorld) -> LayersWorld:
    return probing


def test_adapters_are_added_shown_and_taken_away(world: LayersWorld) -> None:
    tree = world.context.session.layer_tree
    assert tree is not None
    matrices = {path for path in tree.owners if tree.node(path).matrix} - set(tree.head_owners)
    assert matrices, "the network of this test takes adapters"
    path = min(matrices)
    world.select(path)
    world.choose("adapter_add")
    assert world.plan.adapters == ((path, 8),)
    assert path in world.plan.frozen
    model = world.page.model
    cell = model.index_of(path).siblingAtColumn(Column.TYPE)
    rank = min(8, *tree.node(path).matrix)
    assert cell.data().endswith(f"+ adapter, rank {rank}")
    assert f"adapter, rank {rank}" in cell.data(Qt.ItemDataRole.ToolTipRole)
    assert "adapter" in model.index_of(path).data(Qt.ItemDataRole.AccessibleTextRole)
    world.choose("adapter_remove")
    assert world.plan == TRANSFER
    assert "adapter" not in cell.data()
    assert world.num_steps == 2
    world.select("head")
    world.choose("adapter_add")
    assert world.plan == TRANSFER
    assert "No adapter fits at 'head'" in world.context.messages.messages[0].text


def test_factors_on_the_rates_of_selected_layers_and_back(world: LayersWorld) -> None:
    world.select("blocks.0", "head")
    world.choose("rate_tenth")
    assert world.plan.rate_factors == (("blocks.0", 0.1), ("head", 0.1))
    assert world.num_steps == 1
    assert world.index("blocks.0.bn", Column.RATE).data() == "(x0.1)"
    assert world.context.session.choice.kind is StrategyKind.CUSTOM
    world.select("head")
    world.choose("rate_inherited")
    assert world.plan.rate_factors == (("blocks.0", 0.1),)
    assert world.context.session.choice.kind is StrategyKind.TRANSFER, "what has a factor is frozen"
    world.choose("equal_rates")
    assert world.plan == TRANSFER
    assert not world.actions["equal_rates"].isEnabled()
    for _ in range(3):
        world.undo()
    assert world.plan == TRANSFER


def test_another_factor_is_asked_for_and_checked(world: LayersWorld) -> None:
    world.select("blocks", "stem")
    world.choose("rate_other")
    dialog = next(iter(world.host.findChildren(ChooseTextDialog)))
    for text in ("", "fast", "0", "0.0001", "101", "nan", "inf", "1e999", "½"):
        dialog.box.setEditText(text)
        assert "Type a number from 0.001 to 100" in dialog.problem, text
        assert not dialog.accept_button.isEnabled()
    # The selection of the moment of asking counts.
    world.select("head")
    dialog.box.setEditText(" 0,25 ")
    dialog.accept()
    assert world.plan.rate_factors == (("blocks", 0.25), ("stem", 0.25))
    assert world.num_steps == 1


def test_rates_fall_from_stage_to_stage_by_one_action(world: LayersWorld) -> None:
    world.page.presets.button_of("finetune").click()
    world.choose("layer_decay")
    assert world.plan.rate_factors == (("blocks.0", 0.8), ("stem", 0.64))
    assert world.page.presets.current == "custom"
    world.undo()
    assert world.plan == FreezePlan()


def test_rates_are_in_the_context_menu_and_closed_for_readers(world: LayersWorld) -> None:
    menu = world.page.context_menu()
    # Not by `QAction.menu()`: before PySide6 6.11 the menu that it returns goes with the last reference to it.
    inner = next(each for each in menu.findChildren(QMenu) if each.actions())
    assert world.actions["rate_third"] in inner.actions()
    menu.deleteLater()
    world.open(read_only=True)
    world.select("head")
    names = ("rate_inherited", "rate_tenth", "rate_third", "rate_triple", "rate_other", "layer_decay", "equal_rates")
    assert not any(world.actions[name].isEnabled() for name in names)
