"""Header and status bar: jobs that can be cancelled, messages that can be read again, the network that is named."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QWidget

from tests.gui.fakes import make_project
from tests.gui.subprocesses import assert_clean, run_script
from tests.gui.test_looks import nameless
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.dialogs.message_log import MessageLog
from tlft_desktop.gui.widgets.job_list import JobList
from tlft_desktop.gui.widgets.messages import MAX_LOGGED, Message, MessageKind
from tlft_desktop.gui.widgets.status_area import StatusArea
from tlft_desktop.gui.workers.task import JobContext, Progress

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def status(context: AppContext, window: QWidget) -> StatusArea:
    status = StatusArea(context.tasks, context.icons)
    context.messages.logged.connect(status.make_way)
    context.messages.put_away.connect(status.show_last)
    context.messages.retracted.connect(status.forget)
    layout = window.layout()
    assert layout is not None
    layout.addWidget(status)
    return status


def tell(context: AppContext, message: Message) -> None:
    """Show a message and close its bar."""
    context.messages.show_message(message)
    context.messages._bars[0].dismiss()


class Waiting:
    """A job that reports progress and then waits to be cancelled."""

    def __init__(self) -> None:
        self.free = threading.Event()

    def __call__(self, context: JobContext) -> None:
        context.report(Progress(1, 4))
        while not (context.control.stop_requested or self.free.is_set()):
            self.free.wait(0.005)


def test_every_job_is_listed_and_cancelled_by_itself(
    context: AppContext, status: StatusArea, window: QWidget, qtbot: Any
) -> None:
    jobs = JobList(context.tasks, context.icons, window)
    stopped: list[str] = []
    for title in ("Reading <b>cats</b>", "Opening dogs"):
        context.tasks.start(title, Waiting(), on_stopped=lambda title=title: stopped.append(title))
    context.tasks.start("", lambda _context: True)
    qtbot.waitUntil(lambda: "1 / 4" in status.jobs.full_text and len(context.tasks.jobs) == 2)
    assert status.jobs.full_text == "Reading <b>cats</b> · 1 / 4 · and 1 more"
    before = window.findChildren(QPushButton)[0]
    before.setFocus()
    jobs.open()
    assert [row.job.title for row in jobs.rows] == ["Reading <b>cats</b>", "Opening dogs"]
    second = jobs.rows[1].cancel
    assert second.accessibleName() == "Cancel: Opening dogs"
    qtbot.mouseClick(second, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: stopped == ["Opening dogs"], timeout=1000)
    assert [row.job.title for row in jobs.rows] == ["Reading <b>cats</b>"]
    assert jobs.isVisible()
    qtbot.keyClick(jobs, Qt.Key.Key_Escape)
    assert not jobs.isVisible()
    assert before.hasFocus()
    jobs.open()
    qtbot.mouseClick(status.cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(stopped) == 2, timeout=1000)
    assert not status.jobs.isVisible()
    assert not jobs.isVisible(), "the user went elsewhere"


def test_the_badge_names_the_network_while_a_download_runs(context: AppContext, status: StatusArea, qtbot: Any) -> None:
    assert status.network.text() == "offline"
    work = Waiting()
    context.tasks.start("Getting weights", work, network="example.org")
    assert status.network.text() == "using the network: example.org"
    work.free.set()
    qtbot.waitUntil(lambda: status.network.text() == "offline")


def test_the_last_message_stays_in_the_status_bar_and_in_the_list(
    context: AppContext, status: StatusArea, window: QWidget, qtbot: Any
) -> None:
    assert not status.message.isVisible()
    for number in range(MAX_LOGGED + 5):
        context.messages.show_message(Message(MessageKind.INFO, f"message {number}"))
    error = Message(MessageKind.ERROR, "It <b>failed</b>.", details="Traceback …")
    context.messages.show_message(error)
    assert not status.message.isVisible(), "its bar says it"
    tell(context, error)
    assert status.message.isVisible()
    assert status.message.full_text == "It <b>failed</b>."
    assert len(context.messages.history) == MAX_LOGGED
    log = MessageLog(context.messages, context.icons, window)
    log.show()
    assert nameless(log) == []
    assert log.list.count() == MAX_LOGGED
    assert "Traceback" in log.details.toPlainText()
    qtbot.mouseClick(log.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text().endswith("It <b>failed</b>.\n\nTraceback …")
    context.messages.show_message(Message(MessageKind.SUCCESS, "Done."))
    assert not status.message.isVisible(), "a newer one has a bar"
    assert "Done." in log.list.item(0).text()
    log.list.setCurrentRow(1)
    assert "Traceback" in log.details.toPlainText()


def test_what_is_no_longer_true_leaves_the_status_bar_and_stays_in_the_list(
    context: AppContext, status: StatusArea
) -> None:
    tell(context, Message(MessageKind.INFO, "A run lies in the trash.", key="runs"))
    context.messages.clear_key("other")
    assert status.message.isVisible()
    context.messages.clear_key("runs")
    assert not status.message.isVisible(), "also where its bar was closed before"
    assert len(context.messages.history) == 1
    tell(context, Message(MessageKind.INFO, "No key."))
    context.messages.clear_key("runs")
    assert status.message.full_text == "No key."


def test_what_was_told_of_a_project_goes_with_it_and_what_is_of_the_program_stays(tmp_path: Path) -> None:
    for name in ("birds", "cats"):
        make_project(tmp_path / f"{name}.tlft").close()
    body = """
import sys
from pathlib import Path
from tests.gui.window_script import run_window
from tlft_desktop.gui.widgets.messages import Message, MessageKind
folder = Path(sys.argv[2])
def steps(a):
    w, session, messages = a.window, a.context.session, a.context.messages
    def open_as(name):
        w.projects.open_project(folder / f"{name}.tlft")
        return lambda: session.project and session.project.config.name == name and session.layer_tree
    def texts():
        return [message.text for message in messages.messages]
    def tell(text, **more):
        messages.show_message(Message(MessageKind.INFO, text, **more))
    yield open_as("birds")
    assert texts() == []
    tell("A run of birds lies in the trash.", key="runs")
    tell("The GPU is gone.", outlives_project=True)
    yield open_as("cats")
    assert texts() == ["The GPU is gone."], texts()
    messages._bars[0].dismiss()
    assert w.status.message.full_text == "The GPU is gone."
    yield open_as("birds")
    assert w.status.message.isVisible(), "this is still true"
    tell("Birds were renamed.")
    messages._bars[0].dismiss()
    assert w.status.message.full_text == "Birds were renamed."
    yield open_as("cats")
    assert not w.status.message.isVisible()
    (folder / "more birds").mkdir()
    w.drops.take([folder / "more birds"])
    yield lambda: session.project and session.project.config.name == "more birds" and session.layer_tree
    assert ["cats closes with its images" in text for text in texts()] == [True], "it outlives the closing it tells of"
    yield open_as("birds")
    assert texts() == [], texts()
    tell("Birds were renamed.")
    w.actions_by_id["close"].trigger()
    yield lambda: session.project is None
    assert texts() == [], texts()
    settings = a.context.paths.settings_file
    settings.unlink(missing_ok=True)
    settings.mkdir()
    yield open_as("cats")
    yield lambda: texts()
    kept = texts()
    w.actions_by_id["close"].trigger()
    yield lambda: session.project is None
    assert texts() == kept, "settings are of the program"
    told = [logged.message.text for logged in messages.history]
    assert "Birds were renamed." in told and "The GPU is gone." in told, "the list of messages keeps all"
    w.close()
run_window(steps, sys.argv[1])
"""
    assert_clean(run_script(body, str(tmp_path / "home"), str(tmp_path)))


def test_an_empty_list_of_messages(context: AppContext, window: QWidget) -> None:
    log = MessageLog(context.messages, context.icons, window)
    assert not log.copy.isEnabled()
    log.close()


def test_long_names_give_way(status: StatusArea, context: AppContext, window: QWidget) -> None:
    tell(context, Message(MessageKind.INFO, "very long " * 200))
    window.resize(500, 300)
    assert status.message.width() <= 500
    assert status.message.text() != status.message.full_text
    assert status.minimumSizeHint().width() <= 620


def test_header_in_the_window(tmp_path: Path) -> None:
    for name in ("cats & dogs", "birds"):
        make_project(tmp_path / f"{name}.tlft").close()
    body = """
import sys
from pathlib import Path
from tests.gui.window_script import click, run_window
folder = Path(sys.argv[2])
def steps(a):
    yield lambda: a.context.session.layer_tree
    w, session = a.window, a.context.session
    assert w.header.project.full_text == "birds"
    assert "nothing" in w._reasons["undo"]
    session.choose_plan(session.choice.plan.unfreeze(["stem"]), "unfreeze stem")
    assert "Undo: unfreeze stem (Ctrl+Z)" in w.actions_by_id["undo"].toolTip()
    click(w.header.undo)
    assert "Redo: unfreeze stem" in w.header.redo.toolTip()
    w.projects.open_project(folder / "cats & dogs.tlft")
    yield lambda: session.project and session.project.config.name == "cats & dogs"
    yield lambda: session.layer_tree
    click(w.header.project)
    assert w.project_menu.isVisible()
    texts = [action.text() for action in w.project_menu.actions()]
    assert "birds" in texts and "cats && dogs" in texts, texts
    w.project_menu.close()
    w.project_menu.actions()[texts.index("birds")].trigger()
    yield lambda: session.project and session.project.config.name == "birds"
    a.window.close()
run_window(steps, sys.argv[1], project=str(folder / "birds.tlft"))
"""
    assert_clean(run_script(body, str(tmp_path / "home"), str(tmp_path)))


def test_a_message_takes_the_room_there_is(
    context: AppContext, status: StatusArea, window: QWidget, qtbot: Any
) -> None:
    text = "Training ended. Validation accuracy 96.9 % [91.4, 98.9] in epoch 4, which is kept as the last."
    window.resize(1280, 300)
    tell(context, Message(MessageKind.SUCCESS, text))
    qtbot.waitUntil(lambda: status.message.text() == text)
    assert status.message.width() < status.width() - 200, "no wider than its text"
    tell(context, Message(MessageKind.INFO, "Short."))
    qtbot.waitUntil(lambda: status.message.text() == "Short." and status.message.width() < 120)
    tell(context, Message(MessageKind.INFO, 9 * text))
    qtbot.waitUntil(lambda: status.message.width() > status.width() // 2)
    assert "…" in status.message.text()
    assert status.network.geometry().right() < status.width()
