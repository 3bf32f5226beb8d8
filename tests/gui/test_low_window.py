"""A screen of 1280 x 720: whatever is told and shown, the window with its status bar stays on it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from tests.gui.fakes import make_project
from tests.gui.hands import click
from tests.gui.run_files import make_run
from tests.gui.subprocesses import assert_clean, run_script
from tlft_desktop.core.settings import Language, Settings, save_settings
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.widgets.layout import scrollable
from tlft_desktop.gui.widgets.messages import LEAST_HEIGHT, SHARE, Message, MessageKind
from tlft_desktop.paths import AppPaths

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
LONG = 9 * "The disk of the other computer did not answer. "

BODY = """
import sys
from pathlib import Path
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication
from tests.gui.window_script import run_window
from tlft_desktop.gui.widgets.messages import Message, MessageKind, Offer
home, root, points = sys.argv[1], sys.argv[2], int(sys.argv[3])
WIDTH, HEIGHT, MOST = 1280, 680, 650

def cut_off(page):
    # Buttons that are not seen whole; what scrolls brings its own into sight.
    found = []
    for press in page.findChildren(QAbstractButton):
        shown, around = QRect(press.mapTo(page, QPoint(0, 0)), press.size()), press.parentWidget()
        while around is not page and not isinstance(around, QAbstractScrollArea):
            shown &= QRect(around.mapTo(page, QPoint(0, 0)), around.size())
            around = around.parentWidget()
        if press.isVisible() and around is page and (shown & page.rect()).size() != press.size():
            found.append((press.text() or press.accessibleName(), shown, press.size()))
    return found

def steps(a):
    w, messages = a.window, a.context.messages
    font = QApplication.font()
    font.setPointSize(points)
    QApplication.setFont(font)
    yield lambda: a.context.session.layer_tree and not a.context.tasks.jobs
    w.resize(WIDTH, HEIGHT)
    for press in w.project_pages.train.deck.buttons.values():
        if not press.isChecked():
            press.click()
    for number in range(4):
        if number:
            offers = (Offer("&Go on", print), Offer("&Open the folder", print))
            text = f"{number} " + 9 * "The disk of the other computer did not answer. "
            messages.show_message(Message(MessageKind.ERROR, text, offers, 99 * "trace\\n"))
        for page in ("data", "layers", "train", "compare", "use"):
            w.show_page(page)
            yield lambda: not a.context.tasks.jobs
            yield lambda: w.pages.currentWidget().isVisible()
            for _ in range(3):
                QApplication.processEvents()
            at = (number, page, w.minimumSizeHint(), w.size())
            assert w.minimumSizeHint().height() <= MOST and w.minimumSizeHint().width() <= WIDTH, at
            assert (w.width(), w.height()) == (WIDTH, HEIGHT), at
            bar = w.statusBar()
            assert bar.isVisible() and bar.geometry().bottom() < HEIGHT, at
            assert w.status.visibleRegion().boundingRect() == w.status.rect(), at
            assert not cut_off(w.pages.currentWidget()), (at, cut_off(w.pages.currentWidget()))
            assert messages.height() <= HEIGHT // 3 and (not number or messages.height() >= 40), (at, messages.height())
    w.close()
run_window(steps, home, project=root)
"""


@pytest.mark.parametrize(("language", "points"), [(Language.ENGLISH, 10), (Language.GERMAN, 9)])
def test_messages_and_all_plots_leave_the_status_bar_on_the_screen(
    tmp_path: Path, language: Language, points: int
) -> None:
    project = make_project(tmp_path / "cats.tlft")
    make_run(project, 0.9)
    project.close()
    save_settings(AppPaths.below(tmp_path / "home").settings_file, Settings(language=language))
    assert_clean(run_script(BODY, str(tmp_path / "home"), str(tmp_path / "cats.tlft"), str(points)))


def test_messages_are_as_high_as_they_are_and_scroll_where_they_are_long(
    context: AppContext, window: QWidget, qtbot: Any
) -> None:
    area, layout = context.messages, window.layout()
    assert isinstance(layout, QVBoxLayout)
    layout.addStretch(1)
    layout.addWidget(area)
    area.show_message(Message(MessageKind.INFO, "Short."))
    bar = area._bars[0]
    qtbot.waitUntil(lambda: area.height() == bar.height() >= bar.sizeHint().height())
    area.show_message(Message(MessageKind.WARNING, LONG))
    qtbot.waitUntil(lambda: area._bars[0].isVisible() and area.height() > 2 * bar.height())
    assert area.verticalScrollBar().maximum() == 0, "all is seen"
    for number in range(2):
        area.show_message(Message(MessageKind.ERROR, f"{number} {LONG}", details=99 * "trace\n"))
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 0 or area.height() == area.maximumHeight())
    newest = area._bars[0]
    details = next(each for each in newest.findChildren(QPushButton) if each.text() == "&Details")
    qtbot.waitUntil(details.isVisible)
    click(details)
    text = newest.findChild(QPlainTextEdit)
    assert text is not None
    qtbot.waitUntil(lambda: text.visibleRegion().boundingRect().height() == text.height())
    assert area.height() <= window.height() // SHARE
    window.resize(window.width(), 300)
    qtbot.waitUntil(lambda: area.height() == 100)
    area.show_message(Message(MessageKind.INFO, "The newest is in sight."))
    qtbot.waitUntil(lambda: not area._bars[0].visibleRegion().isEmpty() and area.verticalScrollBar().value() == 0)
    assert area.minimumHeight() == LEAST_HEIGHT
    for each in list(area._bars):
        each.dismiss()
    assert not area.isVisible()


def test_a_hand_scrolls_only_what_a_widget_lies_in(window: QWidget, qtbot: Any) -> None:
    content = QVBoxLayout()
    content.addSpacing(2_000)
    area = scrollable(content, width=200)
    layout = window.layout()
    assert layout is not None
    layout.addWidget(area)
    dialog = QDialog(area.widget())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    press = QPushButton("yes")
    press.clicked.connect(dialog.accept)
    QVBoxLayout(dialog).addWidget(press)
    with qtbot.waitExposed(dialog):
        dialog.open()
    dialog.move(0, 5_000)
    click(press)
    assert area.verticalScrollBar().value() == 0
