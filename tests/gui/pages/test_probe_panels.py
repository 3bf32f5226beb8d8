"""What the panels have in common that measure by probes: the depth curve, the advice, compared networks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.gui.fake_training import fake_training
from tests.gui.pages.layers_world import LayersWorld
from tlft_desktop.core.errors import InputError
from tlft_desktop.gui.desks.probe_desk import ProbeDesk
from tlft_desktop.gui.widgets.advice_panel import AdvicePanel
from tlft_desktop.gui.widgets.depth_panel import DepthPanel
from tlft_desktop.gui.widgets.networks_panel import NetworksPanel

pytestmark = [
    pytest.mark.qt_log_ignore("This plugin does not support"),
    pytest.mark.parametrize("name", ["depth_curve", "advice", "networks"]),
]


def parts_of(world: LayersWorld, name: str) -> tuple[DepthPanel | AdvicePanel | NetworksPanel, ProbeDesk]:
    panels = world.page.panels
    parts: dict[str, tuple[DepthPanel | AdvicePanel | NetworksPanel, ProbeDesk]] = {
        "depth_curve": (panels.depth, panels.depths),
        "advice": (panels.advice, panels.advising),
        "networks": (panels.networks, panels.sweeping),
    }
    return parts[name]


def test_nothing_is_measured_beside_a_training(probing: LayersWorld, qtbot: Any, name: str) -> None:
    panel, _ = parts_of(probing, name)
    probing.context.machine.make_way(
        lambda: probing.context.controller.start(
            lambda control: fake_training(control, num_epochs=10_000, pause_s=0.001)
        )
    )
    assert not panel.measure.isEnabled()
    assert "A training is running" in panel.measure.toolTip()
    assert not probing.actions[name].isEnabled()
    probing.context.controller.request_stop()
    qtbot.waitUntil(panel.measure.isEnabled)


def test_what_cannot_be_measured_says_why(
    probing: LayersWorld, qtbot: Any, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def refuse(*_arguments: object) -> Iterator[Any]:
        raise InputError("It needs training images of two classes at least.")
        yield

    panel, desk = parts_of(probing, name)
    monkeypatch.setattr(probing.engine, "sweep" if name == "networks" else name, refuse)
    desk.measure()
    qtbot.waitUntil(lambda: "two classes" in panel.text.text())
    assert panel.measure.isEnabled()
