"""Weights through the chooser with the real core: a server on this machine, good files and bad ones."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from tests.gui.pages.layers_world import LayersWorld
from tlft_desktop.core.models.catalog import BackboneEntry, find_backbone
from tlft_desktop.core.models.weights_folder import Availability, availability
from tlft_desktop.gui import lazy, lazy_weights
from weight_files import SMALL, Reply, entry_at, random_state, safetensors_bytes, serving


class World(LayersWorld):
    """The page over the real core, with one network whose weights are at an address of the test's own."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        super().__init__(app, folder)
        core = lazy.CoreEngine(self.context.paths)
        core._loaded.set()
        for name in ("download_weights", "import_weights", "network_tree"):
            setattr(self.engine, name, getattr(core, name))


@pytest.fixture
def world(qtbot: Any, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    made = World(qapp, tmp_path)
    qtbot.addWidget(made.host)
    made.open()
    yield made
    qtbot.waitUntil(lambda: not made.context.tasks.jobs)
    made.close()


def told_by(world: World, qtbot: Any, work: Any) -> str:
    """Let the desk do something and return the last sentence that it told."""
    told: list[str] = []
    desk = world.page.backbones
    desk.told.connect(told.append)
    work()
    qtbot.waitUntil(lambda: not desk.is_busy and bool(told) and bool(told[-1]), timeout=20_000)
    desk.told.disconnect(told.append)
    return told[-1]


def is_here(world: World) -> bool:
    return availability(world.context.paths.models_folder, find_backbone(SMALL)) is not Availability.DOWNLOAD


def download(world: World, qtbot: Any, monkeypatch: pytest.MonkeyPatch, entry: BackboneEntry) -> str:
    monkeypatch.setattr(lazy_weights, "find_backbone", lambda _name: entry)
    return told_by(world, qtbot, lambda: world.page.backbones.download(entry))


def test_a_download_arrives_and_the_network_can_be_used(
    world: World, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = safetensors_bytes(random_state(find_backbone(SMALL)))
    with serving(lambda _path: Reply(data)) as url:
        text = download(world, qtbot, monkeypatch, entry_at(f"{url}/model.safetensors", sha256="", hash_prefix=""))
    assert "on this machine now" in text
    assert is_here(world)
    monkeypatch.setattr(lazy_weights, "find_backbone", find_backbone)
    assert world.page.backbones.why_not(find_backbone(SMALL), 224) == ""
    with qtbot.waitSignal(world.page.backbones.used, timeout=20_000):
        world.page.backbones.use(find_backbone(SMALL), 160)
    session = world.context.session
    assert session.layer_tree is not None
    assert session.layer_tree.backbone == SMALL
    assert world.plan.frozen == set(session.layer_tree.owners) - {"classifier"}


# In one test each: with torch loaded, tidying up after a test takes longer than these take.
BAD_REPLIES = (
    (Reply(b"", status=404), "answered 404"),
    (Reply(b"<html>login</html>", headers={"Content-Type": "text/html"}), "web page instead of weights"),
    (Reply(b"short", headers={"Content-Length": "50"}), "broke off"),
    (Reply(b"no weights at all"), "not"),
)
BAD_FILES: tuple[tuple[str, bytes | None, str], ...] = (
    ("missing.safetensors", None, "cannot be read"),
    ("empty.safetensors", b"", "unknown file"),
    ("paper.pdf", b"%PDF-1.4\n", "unknown file"),
    ("model.pth", b"PK\x03\x04 as torch.save writes it", "pickle-based or unknown file"),
    ("cut.safetensors", (1 << 40).to_bytes(8, "little") + b'{"a"', "safetensors"),
)


def test_a_bad_answer_is_a_sentence_and_leaves_nothing(
    world: World, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for reply, words in BAD_REPLIES:
        with serving(lambda _path, reply=reply: reply) as url:  # type: ignore[misc]
            text = download(world, qtbot, monkeypatch, entry_at(f"{url}/model.safetensors"))
        assert words in text
        assert "Traceback" not in text
        assert not is_here(world)


def test_a_download_is_cancelled_within_a_second(world: World, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    hold = threading.Event()
    reply = Reply(b"x" * 300_000, headers={"Content-Length": "9000000"}, hold=hold)
    with serving(lambda _path: reply) as url:
        entry = entry_at(f"{url}/model.safetensors")
        monkeypatch.setattr(lazy_weights, "find_backbone", lambda _name: entry)
        desk = world.page.backbones
        desk.download(entry)
        qtbot.waitUntil(lambda: desk.transfer is not None and desk.transfer.done > 0, timeout=10_000)
        assert desk.transfer is not None
        assert desk.transfer.total == 9_000_000
        assert desk.transfer.speed > 0
        desk.cancel()
        qtbot.waitUntil(lambda: not desk.is_busy, timeout=1500)
        hold.set()
    assert not is_here(world)


def test_a_bad_file_is_a_sentence(world: World, qtbot: Any, tmp_path: Path) -> None:
    for name, content, words in BAD_FILES:
        path = tmp_path / name
        if content is not None:
            path.write_bytes(content)
        text = told_by(world, qtbot, lambda path=path: world.page.backbones.take_file(find_backbone(SMALL), path))
        assert name in text
        assert words in text
        assert not is_here(world)


def test_weights_of_another_network_are_refused_and_the_right_ones_taken(
    world: World, qtbot: Any, tmp_path: Path
) -> None:
    entry = find_backbone(SMALL)
    other = tmp_path / "other.safetensors"
    other.write_bytes(safetensors_bytes(random_state(find_backbone("torchvision:resnet18"))))
    text = told_by(world, qtbot, lambda: world.page.backbones.take_file(entry, other))
    assert "does not hold the weights of" in text
    good = tmp_path / "mine.safetensors"
    good.write_bytes(safetensors_bytes(random_state(entry)))
    assert "were taken from mine.safetensors" in told_by(
        world, qtbot, lambda: world.page.backbones.take_file(entry, good)
    )
    assert is_here(world)
