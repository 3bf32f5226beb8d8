"""The one button for the primary action."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QAction, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from tlft_desktop.gui.icons import IconSet
from tlft_desktop.gui.theme import ThemeController
from tlft_desktop.gui.widgets import frame
from tlft_desktop.gui.widgets.frame import Header

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def header(qapp: QApplication, window: QWidget) -> Header:
    return Header(IconSet(ThemeController(qapp, window), window), QMenu(window), window)


def actions(header: Header, pressed: list[str]) -> tuple[QAction, QAction]:
    start, stop = QAction("Start", header), QAction("Stop", header)
    start.setObjectName("start")
    stop.setObjectName("stop")
    start.triggered.connect(lambda: pressed.append("start"))
    stop.triggered.connect(lambda: pressed.append("stop"))
    return start, stop


def test_a_press_meant_for_stop_does_not_start(header: Header, monkeypatch: pytest.MonkeyPatch) -> None:
    pressed: list[str] = []
    start, stop = actions(header, pressed)
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


def test_a_double_click_on_start_does_not_stop(header: Header) -> None:
    pressed: list[str] = []
    start, stop = actions(header, pressed)
    start.triggered.connect(lambda: header.set_primary(stop, "stop"))
    header.set_primary(start, "play")
    QTest.mouseClick(header.primary, Qt.MouseButton.LeftButton)
    event = QMouseEvent(
        QEvent.Type.MouseButtonDblClick, QPointF(5, 5), QPointF(5, 5), Qt.MouseButton.LeftButton,
        Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(header.primary, event)
    QTest.mouseRelease(header.primary, Qt.MouseButton.LeftButton)
    assert pressed == ["start"]
    QTest.mouseClick(header.primary, Qt.MouseButton.LeftButton)
    assert pressed == ["start", "stop"]
