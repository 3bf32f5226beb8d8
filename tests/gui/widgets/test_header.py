"""The one button for the primary action."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from tlft_desktop.gui.icons import IconSet
from tlft_desktop.gui.theme import ThemeController
from tlft_desktop.gui.widgets import frame
from tlft_desktop.gui.widgets.frame import Header


def test_a_press_meant_for_stop_does_not_start(qapp: QApplication, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    header = Header(IconSet(ThemeController(qapp, window), window), QMenu(window), window)
    start, stop = QAction("Start", window), QAction("Stop", window)
    start.setObjectName("start")
    stop.setObjectName("stop")
    pressed: list[str] = []
    start.triggered.connect(lambda: pressed.append("start"))
    stop.triggered.connect(lambda: pressed.append("stop"))
    header.set_primary(start, "play")
    header.primary.click()
    header.set_primary(stop, "stop")
    header.primary.click()
    header.set_primary(start, "play")
    header.primary.click()
    assert pressed == ["start", "stop"]
    monkeypatch.setattr(frame, "SETTLE_S", 0.0)
    header.primary.click()
    assert pressed == ["start", "stop", "start"]
