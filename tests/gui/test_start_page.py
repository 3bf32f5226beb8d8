"""The start page: dropping with a visible target, projects of before, those that are gone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from tests.gui.fakes import make_project
from tests.gui.subprocesses import assert_clean, run_script
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.widgets.recent_list import MAX_RECENT, RecentList, look_at

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def remember(context: AppContext, *paths: Path) -> None:
    settings = context.preferences.settings
    for path in paths:
        settings = settings.with_recent(path)
    context.preferences.set_settings(settings)


def test_a_project_that_is_gone_says_so_and_leaves_the_list(context: AppContext, tmp_path: Path, qtbot: Any) -> None:
    there = tmp_path / "cats & <b>dogs.tlft"
    make_project(there).close()
    recent = RecentList(context)
    qtbot.addWidget(recent)
    assert not recent.isVisibleTo(recent.parentWidget())
    remember(context, tmp_path / "gone.tlft", there)
    recent.show()
    qtbot.waitUntil(lambda: not context.tasks.jobs)
    names = [row.open.accessibleName() for row in recent.rows]
    assert names[0].startswith("cats & <b>dogs, ")
    assert "not found" not in names[0]
    assert names[1].endswith("not found")
    chosen: list[str] = []
    recent.chosen.connect(chosen.append)
    qtbot.keyClick(recent.rows[0].open, Qt.Key.Key_Space)
    assert chosen == [str(there)]
    qtbot.mouseClick(recent.rows[1].remove, Qt.MouseButton.LeftButton)
    assert [row.path for row in recent.rows] == [str(there)]
    assert context.preferences.settings.recent_projects == (str(there),)
    qtbot.waitUntil(lambda: not context.tasks.jobs)


def test_only_the_last_few_are_listed(context: AppContext, tmp_path: Path, qtbot: Any) -> None:
    recent = RecentList(context)
    qtbot.addWidget(recent)
    remember(context, *(tmp_path / f"{number}.tlft" for number in range(9)))
    assert len(recent.rows) == MAX_RECENT
    qtbot.waitUntil(lambda: not context.tasks.jobs)


@pytest.mark.parametrize("path", ["", "\0", "/dev/null", "relative", "x" * 5000, "//host/share/p.tlft"])
def test_nonsense_in_the_list_is_a_project_that_is_not_found(path: str) -> None:
    assert look_at(path).changed == ""


def test_dragging_shows_what_dropping_would_do(tmp_path: Path) -> None:
    make_project(tmp_path / "cats.tlft").close()
    (tmp_path / "photos").mkdir()
    body = """
import sys
from pathlib import Path
from PySide6.QtCore import QMimeData, QPoint, QUrl
from PySide6.QtGui import QDragLeaveEvent
from PySide6.QtWidgets import QApplication
from tests.gui.dragging import drag, drop
from tests.gui.window_script import run_window
folder, place = Path(sys.argv[2]), QPoint(9, 9)
def data(*names):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(folder / name)) for name in names])
    return mime
def steps(a):
    w = a.window
    yield lambda: w.isVisible()
    text = QMimeData()
    text.setText("no file at all")
    assert not drag(w, text, place) and not w.drop_overlay.isVisible()
    for names, said in ((("photos",), "new project of photos"), (("cats.tlft",), "Open the project cats"),
                        (("photos", "cats.tlft"), "at a time"), (("a.png", "b.JPG"), "once a project")):
        mime = data(*names)
        assert drag(w, mime, place)
        assert w.drop_overlay.isVisible() and said in w.drop_overlay.text, w.drop_overlay.text
        assert w.start_page._drop_card.property("state") == "target"
        QApplication.sendEvent(w, QDragLeaveEvent())
        assert not w.drop_overlay.isVisible() and w.start_page._drop_card.property("state") == ""
    mime = data("cats.tlft")
    assert drop(w, mime, place)
    assert not w.drop_overlay.isVisible()
    yield lambda: a.context.session.layer_tree
    assert a.context.session.project.config.name == "cats"
    w.close()
run_window(steps, sys.argv[1])
"""
    assert_clean(run_script(body, str(tmp_path / "home"), str(tmp_path)))


FURNISHING = """
import sys
from tests.gui.window_script import run_window

def steps(a):
    w, context = a.window, a.context
    assert w.is_furnished and context.session.project is None
    assert others.seen == [], "parts of the window flashed as windows of their own"
    yield lambda: w.isActiveWindow()
    QApplication.instance().removeEventFilter(others)
    w.actions_by_id["preferences"].trigger()
    yield lambda: w.findChild(QDialog) is not None
    w.findChild(QDialog).close()
    w.close()

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QWidget
from tlft_desktop.gui import app

class Others(QObject):
    seen = []
    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen += [] if isinstance(watched, QMainWindow) else [type(watched).__name__]
        return False

others = Others()

def start(self, project, go_on=app.Application.start):
    QApplication.instance().installEventFilter(others)
    assert not self.window.is_furnished
    assert self.window.current_page == "start"
    assert self.window.start_page.images.isEnabled()
    assert not self.window.actions_by_id["start"].isEnabled()
    assert not {"torch", "timm", "torchvision", "pyqtgraph", "sklearn"} & set(sys.modules)
    early = [name for name in sys.modules if name.startswith("tlft_desktop.gui.pages.")]
    assert early == ["tlft_desktop.gui.pages.start_page"], early
    try:
        self.window.project_pages
    except RuntimeError:
        go_on(self, project)

app.Application.start = start
run_window(steps, sys.argv[1])
"""


def test_the_window_opens_before_the_pages_of_projects_are_there(tmp_path: Path) -> None:
    assert_clean(run_script(FURNISHING, str(tmp_path)))
