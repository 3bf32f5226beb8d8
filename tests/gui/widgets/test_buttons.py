"""Return presses a button anywhere in the window."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from tlft_desktop.gui.widgets.buttons import PushButton, ToolButton

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.mark.parametrize("kind", [PushButton, ToolButton])
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_key_presses_once(qtbot: Any, kind: type[QAbstractButton], key: Qt.Key) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    button = kind(window)
    pressed: list[QAbstractButton] = []
    button.clicked.connect(lambda: pressed.append(button))
    QTest.keyClick(button, key)
    assert len(pressed) == 1
    button.setEnabled(False)
    QTest.keyClick(button, key)
    assert len(pressed) == 1
