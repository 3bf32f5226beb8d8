"""Right clicks after several projects: what a menu needs is there, whatever was taken down meanwhile."""

from __future__ import annotations

from pathlib import Path

from tests.gui.fakes import make_project
from tests.gui.run_files import make_run
from tests.gui.subprocesses import assert_clean, run_script

BODY = """
import gc
import sys
from pathlib import Path
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QDockWidget, QToolButton, QWidget
from tests.gui.hands import NO_KEYS, wake
from tests.gui.window_script import click, run_window
from tlft_desktop.gui.plots.plot_view import PlotView
from tlft_desktop.gui.widgets.layer_tree_view import LayerTreeView
from tlft_desktop.gui.widgets.messages import Message, MessageKind
home, folder = sys.argv[1], Path(sys.argv[2])
PAGES = ("data", "layers", "train", "compare", "use")

def right_click(widget, place):
    wake()
    window = widget.window()
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.RightButton, NO_KEYS, widget.mapTo(window, place))
    menu = QApplication.activePopupWidget()
    names = [action.text() for action in menu.actions()] if menu is not None else []
    if menu is not None:
        menu.close()
    return names

def with_menus(page):
    # Not those of Qt's own fields, which wait for a choice.
    custom = Qt.ContextMenuPolicy.CustomContextMenu
    return [
        each
        for each in page.findChildren(QWidget)
        if each.isVisible() and (each.contextMenuPolicy() is custom or isinstance(each, (LayerTreeView, PlotView)))
    ]

def place_in(widget):
    # On the first row of a table: between the rows there may be no menu.
    if not isinstance(widget, QAbstractItemView) or not widget.model().rowCount():
        return widget, widget.rect().center()
    return widget.viewport(), widget.visualRect(widget.model().index(0, 0)).center()

def steps(a):
    w, session, messages = a.window, a.context.session, a.context.messages
    for root in sorted(folder.glob("*.tlft")):
        w.projects.open_project(root)
        yield lambda: session.project and session.project.root == root and session.layer_tree
        # The focus goes back to the page, and from there around the window.
        messages.show_message(Message(MessageKind.INFO, "Something was told."))
        yield lambda: messages._bars[0].isVisible()
        click(messages._bars[0].findChildren(QToolButton)[0])
        for page in PAGES:
            w.show_page(page)
            w.actions_by_id["next_part"].trigger()
            yield lambda: not a.context.tasks.jobs
    use = w.project_pages.use
    use.classify([folder / "image.png"])
    yield lambda: use.model.rowCount() and not a.context.tasks.jobs
    names = right_click(*place_in(use.table))
    assert names == [w.actions_by_id["image_look"].text()], names
    opened = {}
    for page in PAGES:
        w.show_page(page)
        yield lambda: not a.context.tasks.jobs
        for widget in with_menus(w.pages.currentWidget()):
            opened[f"{page} {widget.accessibleName()}"] = right_click(*place_in(widget))
        for dock in w.pages.currentWidget().findChildren(QDockWidget):
            if dock.isVisible():
                right_click(dock.titleBarWidget() or dock, dock.rect().topLeft())
    assert sum(map(bool, opened.values())) == 6, opened
    assert [message.text for message in messages.messages] == []
    gone = [each for each in gc.get_objects() if issubclass(type(each), QWidget) and not shiboken6.isValid(each)]
    assert not gone, {type(each) for each in gone}
    w.close()
run_window(steps, home)
"""


def test_right_clicks_after_three_projects_find_everything_they_need(tmp_path: Path) -> None:
    for name in ("birds", "cats", "dogs"):
        project = make_project(tmp_path / f"{name}.tlft")
        make_run(project, 0.9)
        project.close()
    (tmp_path / "image.png").touch()
    assert_clean(run_script(BODY, str(tmp_path / "home"), str(tmp_path)))
