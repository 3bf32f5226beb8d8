"""What a person does with mouse and keyboard: events go to a window of the screen and find their widget from there."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMenu, QMenuBar, QScrollArea, QWidget

LEFT, NO_KEYS = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
MAX_TABS = 120
PICTURES = "TLFT_PICTURES"

# Mouse


def click(
    widget: QWidget,
    place: QPoint | None = None,
    *,
    keys: Qt.KeyboardModifier = NO_KEYS,
    double: bool = False,
) -> None:
    """Click where a widget is on the screen; fails where something else lies over it, or where it is cut off.

    Args:
        widget: What should be hit.
        place: In the widget's coordinates; its middle by default.
        keys: That are held meanwhile.
        double: Whether to click twice.
    """
    assert widget.isVisible(), f"{widget.accessibleName()} is hidden"
    assert widget.isEnabled(), f"{widget.accessibleName()} cannot be used"
    place = widget.rect().center() if place is None else place
    _scroll_to(widget, place)
    window = widget.window()
    point = widget.mapTo(window, place)
    under = window.childAt(point) or window
    assert under is widget or widget.isAncestorOf(under), f"{under} lies over {widget} {widget.accessibleName()}"
    wake()
    send = QTest.mouseDClick if double else QTest.mouseClick
    send(window.windowHandle(), LEFT, keys, point)


def click_item(
    view: QAbstractItemView,
    rect: QRect,
    *,
    at: QPoint | None = None,
    keys: Qt.KeyboardModifier = NO_KEYS,
    double: bool = False,
) -> None:
    """Click on an item of a view, at a place in its rectangle; its middle by default."""
    place = rect.center() if at is None else rect.topLeft() + at
    assert view.viewport().rect().contains(place), f"the item at {rect} is out of sight"
    click(view.viewport(), place, keys=keys, double=double)


def choose_from_menu(bar: QMenuBar, *texts: str) -> None:
    """Click through the menus of a menu bar: the title of a menu, then an entry, or a menu in it and its entry."""
    title = next(action for action in bar.actions() if _plain(action.text()) == texts[0])
    click(bar, bar.actionGeometry(title).center())
    for text in texts[1:]:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu), f"no menu is open for {text}"
        entry = next(action for action in menu.actions() if _plain(action.text()) == text)
        assert entry.isEnabled(), f"{text} cannot be chosen"
        click(menu, menu.actionGeometry(entry).center())


def _plain(text: str) -> str:
    return text.replace("&", "").split("\t")[0]


def _scroll_to(widget: QWidget, place: QPoint) -> None:
    """Turn the wheel over the area that scrolls a widget until the place is in sight."""
    parent = _within(widget)
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = _within(parent)
    if parent is None:
        return
    viewport = parent.viewport()
    for _ in range(40):
        y = widget.mapTo(viewport, place).y()
        if 8 <= y < viewport.height() - 8:
            return
        _turn_wheel(viewport, 120 if y < 8 else -120)


def _within(widget: QWidget) -> QWidget | None:
    """Return what a widget lies in; a dialog does not lie in its parent."""
    return None if widget.isWindow() else widget.parentWidget()


def _turn_wheel(widget: QWidget, angle: int) -> None:
    # Over the edge: over a field the wheel would belong to the field.
    place = QPoint(widget.width() - 2, 2)
    local, on_screen = QPointF(place), QPointF(widget.mapToGlobal(place))
    event = QWheelEvent(
        local,
        on_screen,
        QPoint(),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        NO_KEYS,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


# Keyboard


def press(key: Qt.Key, keys: Qt.KeyboardModifier = NO_KEYS, *, times: int = 1) -> None:
    """Press a key: whoever has the focus of the screen gets it."""
    for _ in range(times):
        QTest.keyClick(_target(), key, keys)


def shortcut(text: str) -> None:
    """Press a combination such as `Ctrl+Shift+Z`."""
    from PySide6.QtGui import QKeySequence

    combination = QKeySequence(text)[0]
    press(combination.key(), combination.keyboardModifiers())


def write(text: str) -> None:
    """Write a text letter by letter."""
    for letter in text:
        QTest.keyClick(_target(), letter)


def focused() -> QWidget:
    """Return who has the focus of the keyboard; fails where nobody has it, or where it cannot be seen."""
    wake()
    widget = QApplication.focusWidget()
    assert widget is not None, "nobody has the focus of the keyboard"
    assert widget.isVisible(), f"{name_of(widget)} has the focus and is hidden"
    assert not _shown_part(widget).isEmpty(), f"{name_of(widget)} has the focus and is out of sight"
    return widget


def _shown_part(widget: QWidget) -> QRect:
    """Return what the widgets around a widget let through of it, in coordinates of its window."""
    window = widget.window()
    shown, around = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size()), widget.parentWidget()
    while around is not None and not widget.isWindow():
        shown &= QRect(around.mapTo(window, QPoint(0, 0)), around.size())
        around = around.parentWidget() if around is not window else None
    return shown


def tab_to(widget: QWidget, *, back: bool = False) -> None:
    """Press Tab until a widget has the focus; fails where Tab never comes there, or where the focus is not seen."""
    before = widget.grab().toImage() if not has_focus(widget) else None
    passed = []
    for _ in range(MAX_TABS):
        if has_focus(widget):
            break
        passed.append(name_of(focused()))
        press(Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier if back else NO_KEYS)
    else:
        raise AssertionError(f"Tab does not reach {name_of(widget)}; it went through {passed}")
    focused()
    QApplication.processEvents()
    assert before is None or before != widget.grab().toImage(), f"{name_of(widget)} shows no focus"


def has_focus(widget: QWidget) -> bool:
    """Return whether a widget has the focus, by its own or for one that it stands for."""
    wake()
    now = QApplication.focusWidget()
    return now is not None and (now is widget or now is widget.focusProxy())


def name_of(widget: QWidget) -> str:
    """Return what a person would call a widget."""
    return f"{type(widget).__name__} '{widget.accessibleName()}'"


def _target() -> QWindow:
    wake()
    # Not the window of a list or menu that has popped up: Qt sends its keys there, and it may close meanwhile.
    dialog = QApplication.activeModalWidget()
    window = dialog.windowHandle() if dialog is not None else QGuiApplication.focusWindow()
    assert window is not None, "no window of the program has the focus of the keyboard"
    return window


def wake() -> None:
    """Do what a window manager does when a menu closes: the window below is active again.

    Qt's screenless platform forgets it.
    """
    if QGuiApplication.focusWindow() is None and QApplication.activePopupWidget() is None:
        windows = [each for each in QApplication.topLevelWidgets() if each.isVisible() and each.isEnabled()]
        below = QApplication.activeModalWidget() or next(iter(windows), None)
        if below is not None:
            below.activateWindow()
            QApplication.processEvents()


# Pictures


def photographer(walk: str) -> Callable[[str], None]:
    """Return a function that takes a picture of what is on the screen, if `TLFT_PICTURES` names a folder for it."""
    folder, numbers = os.environ.get(PICTURES, ""), iter(range(1, 100))

    def take(name: str) -> None:
        if not folder:
            return
        wake()
        shown = QApplication.activePopupWidget() or QApplication.activeModalWidget() or QApplication.activeWindow()
        if shown is not None:
            Path(folder).mkdir(parents=True, exist_ok=True)
            shown.grab().save(str(Path(folder) / f"{walk}-{next(numbers):02}-{name}.png"))

    return take
