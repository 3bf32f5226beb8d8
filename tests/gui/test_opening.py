"""What the Finder asks to open, before and after the pages are there, by the event that macOS sends."""

from __future__ import annotations

from tests.gui.subprocesses import assert_clean, run_script


def test_what_is_asked_for_before_the_pages_are_there_is_opened_then_and_later_things_at_once() -> None:
    script = """
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication
from tlft_desktop.gui.opening import OpeningApplication
app = OpeningApplication(["tlft"])
opened = []
def ask(path):
    QApplication.sendEvent(app, QFileOpenEvent(path))
ask("/data/first.tlft")
ask("/data/Räume.tlft")
assert app.open_with(lambda path: opened.append(path.name))
assert opened == ["Räume.tlft"], opened
ask("/data/later.tlft")
assert opened == ["Räume.tlft", "later.tlft"], opened
"""
    assert_clean(run_script(script))


def test_the_window_opens_what_was_asked_for_instead_of_the_last_project() -> None:
    script = """
from pathlib import Path
from types import SimpleNamespace
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication
from tlft_desktop.gui.app import Application
from tlft_desktop.gui.opening import OpeningApplication
app = OpeningApplication(["tlft"])
opened = []
projects = SimpleNamespace(open_path=lambda path: opened.append(path.name))
restorer = SimpleNamespace(restore_project=lambda: opened.append("the last one"))
tasks = SimpleNamespace(start=lambda *_, **__: None)
context = SimpleNamespace(engine=None, tasks=tasks, messages=SimpleNamespace(show_program_failure=None))
window = SimpleNamespace(projects=projects, restorer=restorer)
made = SimpleNamespace(_app=app, context=context, window=window, tr=str, _loaded=None)
made._opens_what_is_asked_for = lambda: Application._opens_what_is_asked_for(made)
QApplication.sendEvent(app, QFileOpenEvent("/data/a.tlft"))
Application._load(made, None)
assert opened == ["a.tlft"], opened
Application._load(made, None)
assert opened == ["a.tlft", "the last one"], opened
Application._load(made, Path("/data/named.tlft"))
assert opened[2:] == ["named.tlft"], opened
"""
    assert_clean(run_script(script))
