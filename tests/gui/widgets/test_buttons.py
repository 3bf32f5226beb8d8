"""Return presses a button anywhere in the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from tlft_desktop.gui.widgets.buttons import PushButton, ToolButton
from tlft_desktop.gui.widgets.elided_button import ElidedButton
from tlft_desktop.gui.widgets.text import button as text_button
from tlft_desktop.gui.widgets.text import icon_button

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


KINDS = {
    "push": PushButton,
    "tool": ToolButton,
    "text": lambda: text_button("Try"),
    "filled": lambda: text_button("Try", "primary"),
    "icon": lambda: icon_button("Close"),
    "elided": lambda: ElidedButton("flat", max_width=90),
}


@pytest.mark.parametrize("make", KINDS.values(), ids=KINDS)
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_key_presses_once(qtbot: Any, make: Callable[[], QAbstractButton], key: Qt.Key) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    button = make()
    button.setParent(window)
    pressed: list[QAbstractButton] = []
    button.clicked.connect(lambda: pressed.append(button))
    QTest.keyClick(button, key)
    assert len(pressed) == 1
    button.setEnabled(False)
    QTest.keyClick(button, key)
    assert len(pressed) == 1
