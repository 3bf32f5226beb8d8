"""Plans as a whole on the page Layers: as text through the clipboard, under names, on another network."""

from __future__ import annotations

import json
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication

from tests.gui.fakes import make_manifest
from tests.gui.pages.layers_world import LayersWorld
from tests.gui.pages.test_layers_page import TRANSFER
from tests.layer_samples import make_layer_tree
from tlft_desktop.core.freezing.plan_text import plan_to_text
from tlft_desktop.core.models.catalog import DEFAULT_BACKBONE
from tlft_desktop.core.project.project import open_project
from tlft_desktop.core.values.plan import FreezePlan, NormPolicy
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.gui.choices import FreezeChoice
from tlft_desktop.gui.dialogs.choose_text_dialog import ChooseTextDialog
from tlft_desktop.gui.plan_summary import plan_for_network

# Of the platform without a screen, for every dialog.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

NAMES = ("use_plan", "rename_plan", "delete_plan")


@pytest.fixture
def world(probing: LayersWorld) -> LayersWorld:
    return probing


def told(world: LayersWorld) -> str:
    return world.context.messages.messages[0].text


def answer(world: LayersWorld, action: str, text: str) -> ChooseTextDialog:
    """Trigger an action that asks, and answer."""
    world.choose(action)
    return answer_last(world, text)


def answer_last(world: LayersWorld, text: str) -> ChooseTextDialog:
    dialog = [item for item in world.host.findChildren(ChooseTextDialog) if item.isVisible()][-1]
    dialog.box.setEditText(text)
    dialog.accept()
    return dialog


def names(world: LayersWorld) -> list[str]:
    return [item.name for item in world.context.session.named_plans]


def test_a_plan_goes_through_the_clipboard_as_text(world: LayersWorld) -> None:
    plan = FreezePlan(frozenset({"stem"})).with_norm(NormPolicy.FULL, "blocks.0").with_rate("head", 3)
    world.context.session.choose_plan(plan, "tick")
    world.choose("copy_plan")
    data = json.loads(QGuiApplication.clipboard().text())
    assert (data["backbone"], data["plan"]["rate_factors"]) == ("fake:tiny", {"head": 3.0})
    world.undo()
    assert world.plan == TRANSFER
    world.choose("paste_plan")
    assert world.plan == plan
    world.undo()
    assert world.plan == TRANSFER


def test_what_cannot_be_mapped_is_named(world: LayersWorld) -> None:
    plan = FreezePlan(frozenset({"stem", "blocks.7.conv0"})).with_rate("blocks.8", 3)
    QGuiApplication.clipboard().setText(plan_to_text(plan, "fake:large"))
    world.choose("paste_plan")
    assert world.plan == FreezePlan(frozenset({"stem"}))
    assert "left out: 'blocks.7.conv0', 'blocks.8'." in told(world)
    assert world.num_steps == 1


@pytest.mark.parametrize("text", ["", "stem\nblocks.0", "{}", '{"format": "tlft-plan"', "x" * 2_000_000])
def test_a_clipboard_without_a_plan_changes_nothing_and_says_so(world: LayersWorld, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    world.choose("paste_plan")
    assert (world.plan, world.num_steps) == (TRANSFER, 0)
    assert "no freeze plan" in told(world) or "no text" in told(world)


def test_plans_are_kept_used_renamed_and_forgotten_each_in_one_step(world: LayersWorld, qtbot: Any) -> None:
    assert not any(world.actions[name].isEnabled() for name in NAMES)
    answer(world, "save_plan", " head ")
    world.select("stem")
    world.choose("train_layers")
    answer(world, "save_plan", "more")
    assert names(world) == ["head", "more"]
    answer(world, "use_plan", "head")
    assert world.plan == TRANSFER
    answer(world, "rename_plan", "head")
    dialog = answer_last(world, "more")
    assert "already" in dialog.problem
    answer_last(world, "only the head")
    assert names(world) == ["more", "only the head"]
    answer(world, "delete_plan", "more")
    assert names(world) == ["only the head"]
    assert world.num_steps == 6
    qtbot.waitUntil(lambda: len(world.project.config.plans) == 1, timeout=20_000)
    for _ in range(2):
        world.undo()
    assert names(world) == ["head", "more"]
    qtbot.waitUntil(lambda: len(world.project.config.plans) == 2, timeout=20_000)
    qtbot.waitUntil(lambda: not world.context.tasks.jobs, timeout=20_000)
    world.project.close()
    with open_project(world.root) as project:
        assert [item.name for item in project.config.plans] == ["head", "more"]
        world.context.session.set_project(project, make_manifest(), ())
        assert names(world) == ["head", "more"]


def test_a_name_that_is_there_is_replaced(world: LayersWorld) -> None:
    answer(world, "save_plan", "a")
    world.select("stem")
    world.choose("train_layers")
    answer(world, "save_plan", "a")
    assert names(world) == ["a"]
    assert world.context.session.named_plans[0].plan == world.plan


@pytest.mark.parametrize("name", ["", "  ", "x" * 101, "a\u202eb"])
def test_names_that_cannot_be_are_said_before_they_are_taken(world: LayersWorld, name: str) -> None:
    dialog = answer(world, "save_plan", name)
    assert "name of a plan" in dialog.problem
    assert names(world) == []
    dialog.reject()


def test_readers_may_copy_only(world: LayersWorld) -> None:
    world.open(read_only=True)
    world.select("head")
    assert world.actions["copy_plan"].isEnabled()
    assert not any(world.actions[name].isEnabled() for name in ("paste_plan", "save_plan", *NAMES))


def test_an_own_plan_goes_to_a_network_of_the_same_family() -> None:
    tree, plan = make_layer_tree(3), FreezePlan(frozenset({"stem", "blocks.9.bn"})).with_rate("blocks.0", 0.5)
    own = FreezeChoice(plan, StrategyKind.CUSTOM)
    kept = plan_for_network(own, "timm:resnet18", "timm:resnet34", tree)
    assert kept is not None
    assert kept.missing == ("blocks.9.bn",)
    assert kept.plan == FreezePlan(frozenset({"stem"})).with_rate("blocks.0", 0.5)
    assert plan_for_network(own, "timm:resnet18", DEFAULT_BACKBONE, tree) is None
    assert plan_for_network(own, "fake:tiny", "fake:tiny", tree) is not None, "another image size"
    assert plan_for_network(own, "fake:tiny", "fake:large", tree) is None
    frozen = FreezeChoice(FreezePlan(frozenset(tree.owners)), StrategyKind.CUSTOM)
    assert plan_for_network(frozen, "timm:resnet18", "timm:resnet34", tree) is None, "nothing would train"
    assert plan_for_network(FreezeChoice(plan, StrategyKind.FINETUNE), "timm:resnet18", "timm:resnet34", tree) is None


def test_the_chosen_plan_of_another_network_is_one_step(world: LayersWorld) -> None:
    session, tree = world.context.session, make_layer_tree(3)
    plan = FreezePlan(frozenset({"stem"})).with_rate("blocks.2", 0.5)
    session.choose_network("fake:large", 64, tree, "another", plan)
    assert (session.choice.plan, session.choice.kind) == (plan, StrategyKind.CUSTOM)
    world.undo()
    assert world.plan == TRANSFER
