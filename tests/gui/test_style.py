"""What the style sheet makes of views, boxes and dialogs, pixel by pixel."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QStringListModel
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QComboBox, QDialogButtonBox, QListView, QProxyStyle, QStyle, QTreeView, QWidget

from tests.gui.test_looks import contrast
from tlft_desktop.core.settings import Theme
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.icons import Tint

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
THEMES = pytest.mark.parametrize("theme", [Theme.LIGHT, Theme.DARK])


def put(window: QWidget, widget: QWidget, qtbot: Any) -> None:
    layout = window.layout()
    assert layout is not None
    layout.addWidget(widget)
    qtbot.waitUntil(widget.isVisible)
    # The style of a part of the window may be older than the theme.
    widget.ensurePolished()


@THEMES
def test_the_list_of_a_box_shows_every_choice(context: AppContext, window: QWidget, qtbot: Any, theme: Theme) -> None:
    context.theme.apply(theme)
    box = QComboBox()
    box.addItems(["All images", "Used", "Train", "Validation", "Test", "Left out"])
    put(window, box, qtbot)
    box.setFocus()
    box.showPopup()
    view = box.view()
    qtbot.waitUntil(view.isVisible)
    qtbot.waitUntil(lambda: view.visualRect(box.model().index(5, 0)).bottom() == view.viewport().height() - 1)
    assert view.verticalScrollBar().maximum() == 0
    image = view.window().grab().toImage()
    edges = {image.pixelColor(x, image.height() // 2).name() for x in (0, image.width() - 1)}
    assert edges == {context.theme.tokens.border}
    assert image.pixelColor(2, 3).name() == context.theme.tokens.selection, "the choice of the moment"
    box.hidePopup()


@THEMES
@pytest.mark.parametrize("kind", [QTreeView, QListView])
def test_the_frame_of_focus_is_whole(
    context: AppContext, window: QWidget, qtbot: Any, theme: Theme, kind: type[QTreeView | QListView]
) -> None:
    context.theme.apply(theme)
    view = kind()
    if isinstance(view, QTreeView):
        view.setRootIsDecorated(False)
    view.setAlternatingRowColors(True)
    view.setModel(QStringListModel([f"row {number}" for number in range(40)], view))
    put(window, view, qtbot)
    resting = view.viewport().geometry()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    assert view.viewport().geometry() == resting, "nothing moves"
    image = view.grab().toImage()
    frame = [
        image.pixelColor(x, y).name()
        for y in range(10, image.height() - 10)
        for x in (0, 1, image.width() - 2, image.width() - 1)
    ]
    assert set(frame) == {context.theme.tokens.accent}


@THEMES
def test_buttons_of_dialogs_show_no_icon_of_the_system(
    context: AppContext, window: QWidget, qtbot: Any, theme: Theme
) -> None:
    class Desktop(QProxyStyle):
        def styleHint(self, hint: QStyle.StyleHint, *rest: Any) -> int:
            if hint is QStyle.StyleHint.SH_DialogButtonBox_ButtonsHaveIcons:
                return 1
            return super().styleHint(hint, *rest)

    kinds = QDialogButtonBox.StandardButton
    context.theme.apply(theme)
    box = QDialogButtonBox()
    style = Desktop("Fusion")
    style.setParent(box)
    box.setStyle(style)
    box.setStandardButtons(kinds.Ok | kinds.Cancel | kinds.Close | kinds.Apply)
    put(window, box, qtbot)
    assert [button.text() for button in box.buttons() if not button.icon().isNull()] == []


@THEMES
def test_an_icon_that_cannot_be_chosen_is_clearly_weaker(context: AppContext, theme: Theme) -> None:
    context.theme.apply(theme)
    tokens = context.theme.tokens
    for tint in (Tint.TEXT, Tint.MUTED):
        image = context.icons.icon("stop", tint).pixmap(48, 48, QIcon.Mode.Disabled).toImage()
        solid = {image.pixelColor(x, 24).name() for x in range(48) if image.pixelColor(x, 24).alpha() == 255}
        assert solid == {tokens.disabled}
    assert contrast(tokens.muted, tokens.surface) > 2 * contrast(tokens.disabled, tokens.surface)
    assert contrast(tokens.disabled, tokens.surface) > 1.5, "it is still seen"
