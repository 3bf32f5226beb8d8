"""A monkey at the window: random clicks, drags, keys, wheel turns and drops on whatever is on the screen."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLineEdit,
    QMenu,
    QSlider,
    QWidget,
)

from tests.gui.dragging import drop
from tests.gui.window_script import Steps
from tlft_desktop.gui.app import Application
from tlft_desktop.gui.steps import PAGES

NUM_ACTIONS, MAX_DIALOG_AGE = 200, 6
# These end the program, or open files and programs outside of it.
FORBIDDEN = frozenset(
    {
        "quit", "close", "photos", "digits", "new", "open", "predict", "predict_folder", "predict_bundle",
        "save_answers", "run_folder", "project_folder",
    }
)  # fmt: skip
OUTSIDE = ("log folder", "Open its folder", "Show the project", "Open the folder", "Download", "Quit anyway")
KEYS = (
    Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Right,
    Qt.Key.Key_Left, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageDown, Qt.Key.Key_F2, Qt.Key.Key_F6,
    Qt.Key.Key_Delete, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Plus, Qt.Key.Key_0, Qt.Key.Key_Menu,
)  # fmt: skip
TEXTS = ("", "conv", "bn", "zzz", "/(/", "/[ab]n$/", "cat", "3", "-1", "1e9", "<b>x</b>", "ä ö\u202e", "undo")
LEFT = Qt.MouseButton.LeftButton


class Monkey:
    """Acts on an application until it has had enough, and leaves it, in the middle of a training if there is one.

    Args:
        application: Over a quick engine, with an open project.
        seed: Of everything that it does.
        toys: Files that it drops on the window.
    """

    def __init__(self, application: Application, seed: int, toys: tuple[Path, ...]) -> None:
        self.a, self.window = application, application.window
        self.chance, self.toys = random.Random(seed), toys
        self.done: list[str] = []
        self._ages: dict[QDialog, int] = {}

    def steps(self) -> Steps:
        """Act, and look after each act whether the program told of a fault of its own."""
        acts: tuple[Callable[[], None], ...] = (
            self.press_button, self.press_button, self.trigger, self.trigger, self.key, self.key, self.click_item,
            self.click_item, self.drag, self.turn_wheel, self.write, self.choose, self.slide, self.show_page,
            self.resize, self.open_menu, self.ask_palette, self.set_theme, self.drop,
        )  # fmt: skip
        yield lambda: self.a.context.session.layer_tree
        for _ in range(NUM_ACTIONS):
            act = self.chance.choice(acts)
            self.done.append(act.__name__)
            act()
            self.leave_dialogs()
            yield lambda: True
            assert not self.a.faults._counts, (self.a.faults._counts, self.done[-10:])
        for dialog in self.window.findChildren(QDialog):
            dialog.close()
        self.window.actions_by_id["start"].trigger()
        yield lambda: True
        self.window.close()

    # What it does

    def press_button(self) -> None:
        """Press a button with a name; a menu of a button opens without waiting for a choice."""
        pressed = self.one_of(
            QAbstractButton,
            lambda each: (
                bool(each.accessibleName() or each.text())
                and not any(text in each.text() + each.accessibleName() for text in OUTSIDE)
                and each not in self.doors()
            ),
        )
        if pressed is not None:
            QTest.mouseClick(pressed, LEFT)

    def trigger(self) -> None:
        """Choose an action."""
        action = self.chance.choice([each for key, each in self.window.actions_by_id.items() if key not in FORBIDDEN])
        if action.isEnabled() and QApplication.activeModalWidget() is None:
            self.done[-1] = action.objectName()
            action.trigger()

    def key(self) -> None:
        """Press a key, perhaps with Shift or Ctrl."""
        target = QApplication.activePopupWidget() or QApplication.focusWidget() or self.window
        keys = self.chance.choice((Qt.KeyboardModifier.NoModifier,) * 4 + (Qt.KeyboardModifier.ShiftModifier,))
        wanted = self.chance.choice(KEYS)
        # A key that would choose what it must not choose.
        if isinstance(target, QMenu) and wanted in (Qt.Key.Key_Space, Qt.Key.Key_Return):
            wanted = Qt.Key.Key_Escape
        is_door = target in self.doors() or isinstance(target.window(), QFileDialog)
        if not is_door:
            QTest.keyClick(target, wanted, keys)

    def click_item(self) -> None:
        """Click on a place of a view of items, perhaps twice or with Ctrl."""
        view = self.one_of(QAbstractItemView)
        if view is None or isinstance(view.window().parent(), QComboBox):
            return
        area = view.viewport()
        place = QPoint(self.chance.randrange(max(1, area.width())), self.chance.randrange(max(1, area.height())))
        keys = self.chance.choice((Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier))
        click = self.chance.choice((QTest.mouseClick, QTest.mouseClick, QTest.mouseDClick))
        click(area, LEFT, keys, place)

    def drag(self) -> None:
        """Press, move, let go: the split bar, a border, a plot, the slider of the depth."""
        widget = self.one_of(QWidget, lambda each: not isinstance(each, QAbstractButton))
        if widget is None or widget.width() < 8 or widget.height() < 8 or isinstance(widget, QMenu):
            return
        first, last = (
            QPoint(self.chance.randrange(widget.width()), self.chance.randrange(widget.height())) for _ in range(2)
        )
        QTest.mousePress(widget, LEFT, Qt.KeyboardModifier.NoModifier, first)
        QTest.mouseMove(widget, (first + last) / 2)
        QTest.mouseMove(widget, last)
        QTest.mouseRelease(widget, LEFT, Qt.KeyboardModifier.NoModifier, last)

    def turn_wheel(self) -> None:
        """Turn the wheel over something."""
        widget = self.one_of(QWidget)
        if widget is not None:
            place, angle = QPointF(widget.rect().center()), QPoint(0, self.chance.choice((-120, 120)))
            keys = self.chance.choice((Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier))
            turn = QWheelEvent(
                place,
                widget.mapToGlobal(place),
                QPoint(),
                angle,
                Qt.MouseButton.NoButton,
                keys,
                Qt.ScrollPhase.NoScrollPhase,
                False,
            )
            QApplication.sendEvent(widget, turn)

    def write(self) -> None:
        """Write into a field."""
        field = self.one_of(
            QLineEdit, lambda each: not isinstance(each.window(), QFileDialog) and not each.isReadOnly()
        )
        if field is not None:
            field.selectAll()
            # As from an input method: key events of the test library are of ASCII only.
            field.insert(self.chance.choice(TEXTS))
            if self.chance.random() < 0.5:
                QTest.keyClick(field, Qt.Key.Key_Return)

    def choose(self) -> None:
        """Turn a box of choices or a number with the arrow keys."""
        field = self.one_of(QComboBox) if self.chance.random() < 0.5 else self.one_of(QAbstractSpinBox)
        if field is not None:
            QTest.keyClick(field, self.chance.choice((Qt.Key.Key_Down, Qt.Key.Key_Up)))

    def slide(self) -> None:
        """Move a slider by keys."""
        slider = self.one_of(QSlider)
        if slider is not None:
            QTest.keyClick(
                slider, self.chance.choice((Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Up, Qt.Key.Key_Down))
            )

    def show_page(self) -> None:
        """Open a page."""
        if QApplication.activeModalWidget() is None:
            self.window.actions_by_id[f"page_{self.chance.choice(PAGES).value}"].trigger()

    def resize(self) -> None:
        """Change the size of the window."""
        self.window.resize(self.chance.randint(600, 1600), self.chance.randint(400, 1000))

    def open_menu(self) -> None:
        """Open a menu of the bar, or the context menu of something, and close it again."""
        if self.chance.random() < 0.5:
            action = self.chance.choice(self.window.menuBar().actions())
            menu = action.menu()
            if isinstance(menu, QMenu) and QApplication.activeModalWidget() is None:
                menu.popup(self.window.mapToGlobal(QPoint(20, 20)))
                QTest.keyClick(menu, Qt.Key.Key_Down)
        else:
            view = self.one_of(QAbstractItemView)
            if view is not None and not isinstance(view.window().parent(), QComboBox):
                QTest.keyClick(view, Qt.Key.Key_Menu)
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()

    def ask_palette(self) -> None:
        """Search in the palette; what is found is not chosen."""
        if QApplication.activeModalWidget() is None:
            palette = self.window.command_palette
            palette.open()
            palette.search.insert(self.chance.choice(TEXTS))
            QTest.keyClick(palette.search, Qt.Key.Key_Down)
            QTest.keyClick(palette.search, Qt.Key.Key_Escape)

    def set_theme(self) -> None:
        """Change the colours."""
        self.window.actions_by_id[self.chance.choice(("theme_light", "theme_dark", "theme_system"))].trigger()

    def drop(self) -> None:
        """Drop files on the window."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(self.chance.choice(self.toys)))])
        drop(self.window, data, self.window.rect().center())

    # How it chooses

    def one_of(self, kind: type, wanted: Callable[[QWidget], bool] = lambda _each: True) -> QWidget | None:
        """Return a widget that a person could use now: in the dialog that is open, else in the window."""
        top = QApplication.activeModalWidget() or self.window
        if isinstance(top, QFileDialog):
            return None
        found = [each for each in top.findChildren(kind) if each.isVisible() and each.isEnabled() and wanted(each)]
        return self.chance.choice(found) if found else None

    def doors(self) -> set[QWidget]:
        """Return the buttons of what is forbidden, and the recent projects."""
        page = self.window.start_page
        buttons = {page.sample, page.images, page.project}
        for key in FORBIDDEN:
            buttons |= {
                each for each in self.window.actions_by_id[key].associatedObjects() if isinstance(each, QWidget)
            }
        if self.window.header._action is not None and self.window.header._action.objectName() in FORBIDDEN:
            buttons.add(self.window.header.primary)
        return buttons

    def leave_dialogs(self) -> None:
        """Close what was open long enough, and dialogs for files at once: nothing outside is written."""
        open_now = [each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible()]
        ages = {each: self._ages.get(each, 0) + 1 for each in open_now}
        for dialog, age in ages.items():
            if isinstance(dialog, QFileDialog) or age > MAX_DIALOG_AGE:
                dialog.close()
        self._ages = ages
