"""The command palette finds everything by a part of its name, by keyboard alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from tests.gui.fakes import make_project
from tests.gui.subprocesses import assert_clean, run_script
from tlft_desktop.gui.icons import IconSet
from tlft_desktop.gui.item_models.palette_model import Col
from tlft_desktop.gui.palette_search import Entry, find
from tlft_desktop.gui.theme import ThemeController
from tlft_desktop.gui.widgets.palette import CommandPalette

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
ENTRIES = (
    Entry("Open a project…", "File", "Ctrl+O"),
    Entry("Close the project", "File", "Ctrl+W", reason="No project is open."),
    Entry("Light colours", "View"),
    Entry("Freeze up to here", "Layers"),
    Entry("100 % & more", "View"),
)


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ("proj", ["Open a project…", "Close the project"]),
        ("PROJECT open", ["Open a project…"]),
        ("file", ["Open a project…", "Close the project"]),
        ("lgt", ["Light colours"]),
        ("fz he", ["Freeze up to here"]),
        ("%", ["100 % & more"]),
        ("xyz", []),
        ("o" * 5000, []),
        ("  \t ", [entry.text for entry in (*ENTRIES[:1], *ENTRIES[2:], ENTRIES[1])]),
    ],
)
def test_what_is_found(query: str, texts: list[str]) -> None:
    assert [entry.text for entry in find(ENTRIES, query)] == texts


def test_the_beginning_of_a_word_counts_most() -> None:
    entries = [Entry("Unfreeze", ""), Entry("Let it freeze", "")]
    assert [entry.text for entry in find(entries, "freeze")] == ["Let it freeze", "Unfreeze"]


def test_keys_choose_and_give_the_focus_back(window: QWidget, qapp: QApplication, qtbot: Any) -> None:
    chosen: list[str] = []
    entries = [Entry(e.text, e.place, e.shortcut, e.reason, act=lambda e=e: chosen.append(e.text)) for e in ENTRIES]
    palette = CommandPalette(lambda: entries, IconSet(ThemeController(qapp, window), window), window)
    QAbstractItemModelTester(palette.model, QAbstractItemModelTester.FailureReportingMode.Fatal, window)
    before = window.findChildren(QPushButton)[0]
    before.setFocus()
    palette.open()
    assert palette.search.hasFocus()
    qtbot.keyClick(palette.search, Qt.Key.Key_Down)
    assert palette.search.accessibleDescription() == "Light colours, View"
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    assert chosen == ["Light colours"]
    assert not palette.isVisible()
    assert before.hasFocus()
    palette.open()
    qtbot.keyClicks(palette.search, "close")
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    assert chosen == ["Light colours"], "what cannot be chosen is shown with its reason, and nothing happens"
    assert palette.model.index(0, 2).data() == "No project is open."
    qtbot.keyClicks(palette.search, " no such thing")
    assert not palette.view.isVisible()
    qtbot.keyClick(palette.search, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    palette.open()
    before.setFocus()
    qtbot.waitUntil(lambda: not palette.isVisible())


def test_in_the_window_it_finds_pages_projects_and_reasons(tmp_path: Path) -> None:
    root = tmp_path / "cats & dogs.tlft"
    make_project(root).close()
    body = """
import sys
from tests.gui.window_script import run_window
def steps(a):
    yield lambda: a.context.session.layer_tree
    palette, actions = a.window.command_palette, a.window.actions_by_id
    actions["palette"].trigger()
    palette.search.setText("compare")
    palette.view.clicked.emit(palette.model.index(0, 0))
    assert a.window.current_page == "compare"
    actions["palette"].trigger()
    palette.search.setText("go on")
    assert "No training is paused." in [row.reason for row in palette.model.rows if row.text == "Go on"]
    palette.search.setText("cats & dogs")
    assert [row.text for row in palette.model.rows] == ["cats & dogs"]
    a.context.session.undo_stack.clear()
    actions["close"].trigger()
    yield lambda: a.context.session.project is None
    actions["palette"].trigger()
    palette.search.setText("cats")
    palette.view.clicked.emit(palette.model.index(0, 0))
    yield lambda: a.context.session.layer_tree
    a.window.close()
run_window(steps, sys.argv[1], project=sys.argv[2])
"""
    assert_clean(run_script(body, str(tmp_path / "home"), str(root)))


def test_long_texts_leave_the_keys_in_sight(window: QWidget, qapp: QApplication) -> None:
    entries = [
        Entry(f"Something with a name that takes much of the room {number}", "x" * 200, "Ctrl+Shift+O")
        for number in range(50)
    ]
    palette = CommandPalette(lambda: entries, IconSet(ThemeController(qapp, window), window), window)
    window.resize(1280, 720)
    window.show()
    palette.open()
    header, view = palette.view.header(), palette.view
    assert header.length() == view.viewport().width()
    assert header.sectionSize(Col.KEYS) >= 20 + view.fontMetrics().horizontalAdvance("Ctrl+Shift+O")
    assert header.sectionSize(Col.PLACE) >= 20 + view.fontMetrics().horizontalAdvance("Schichten")
