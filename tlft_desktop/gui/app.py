"""Composition root of the window: makes every part once, hands them to each other, runs the event loop."""

from __future__ import annotations

import ctypes
import logging
import os
import sys
from pathlib import Path
from typing import NoReturn

from PySide6.QtCore import QMessageLogContext, QObject, QTimer, QtMsgType, Slot, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from tlft_desktop import APP_ID
from tlft_desktop.core.errors import ExitCode
from tlft_desktop.core.hints import command
from tlft_desktop.core.settings import Settings, load_settings
from tlft_desktop.gui.attending import make_attendant
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.desks.cost_desk import CostDesk
from tlft_desktop.gui.dialogs.policy_refusal import refuse
from tlft_desktop.gui.engine import Engine
from tlft_desktop.gui.faults import FaultReporter
from tlft_desktop.gui.format import from_core
from tlft_desktop.gui.icons import IconSet
from tlft_desktop.gui.lazy import CoreEngine, load_torch_first
from tlft_desktop.gui.main_window import MainWindow
from tlft_desktop.gui.opening import OpeningApplication
from tlft_desktop.gui.plan_saver import PlanSaver
from tlft_desktop.gui.preferences import Preferences
from tlft_desktop.gui.process_signals import ProcessSignals
from tlft_desktop.gui.session import Session
from tlft_desktop.gui.theme import ThemeController
from tlft_desktop.gui.translation import install_language
from tlft_desktop.gui.widgets.messages import Message, MessageArea, MessageKind, Offer
from tlft_desktop.gui.window_state import WindowState, read_state
from tlft_desktop.gui.workers.gc_guard import GcGuard
from tlft_desktop.gui.workers.machine_time import MachineTime
from tlft_desktop.gui.workers.outcome import Failure
from tlft_desktop.gui.workers.run_controller import RunController
from tlft_desktop.gui.workers.task import JobContext, TaskRunner
from tlft_desktop.paths import AppPaths, usable_paths

SWITCH_INTERVAL_S = 0.001
"""How long a thread keeps the interpreter while another waits: a fifth of Python's default keeps the window quick."""
LOAD_DELAY_MS = 50

_log = logging.getLogger(__name__)


class Application(QObject):
    """The running program; lives as long as its event loop.

    Args:
        app: Qt's application.
        paths: Folders, which can be written.
        engine: The core's workflows.
        warning: Something to tell at the start; empty for nothing.
    """

    def __init__(self, app: QApplication, paths: AppPaths, engine: Engine, *, warning: str = "") -> None:
        super().__init__()
        self._app = app
        self.guard = GcGuard(self)
        self.faults = FaultReporter(self)
        self.faults.install()
        self.signals = ProcessSignals(self)
        settings, settings_warning = load_settings(paths.settings_file)
        self._translators = install_language(app, paths.policy.applied(settings).language)
        self.context = self._make_context(paths, engine, settings)
        self.window = MainWindow(self.context)
        self.attendant = make_attendant(self.context, self.window)
        self.window.setWindowIcon(self.context.icons.icon("program"))
        self.faults.reported.connect(self._show_fault)
        self.signals.end_requested.connect(self.window.close)
        app.commitDataRequest.connect(self._save_for_logout)
        self.window.closed.connect(app.quit)
        for text in (warning, settings_warning):
            if text:
                self.context.messages.show_message(Message(MessageKind.WARNING, from_core(text), outlives_project=True))

    def _make_context(self, paths: AppPaths, engine: Engine, settings: Settings) -> AppContext:
        theme = ThemeController(self._app, self)
        theme.apply(settings.theme)
        icons = IconSet(theme, self)
        tasks = TaskRunner(self)
        session, controller = Session(self), RunController(self)
        machine = MachineTime(tasks, controller, self)
        preferences = Preferences(settings, paths.settings_file, tasks, self, policy=paths.policy)
        return AppContext(
            paths=paths,
            engine=engine,
            tasks=tasks,
            controller=controller,
            session=session,
            machine=machine,
            costs=CostDesk(engine, session, machine, preferences, self),
            saver=PlanSaver(session, tasks, self),
            preferences=preferences,
            state=WindowState(read_state(paths.state_file), paths.state_file, tasks, self),
            theme=theme,
            icons=icons,
            messages=MessageArea(icons),
        )

    def start(self, project: Path | None) -> None:
        """Show the window; complete it and load the libraries behind it; open a project."""
        self.window.show()
        # Not at once: the first painting comes before, and events have their turn between the two.
        QTimer.singleShot(LOAD_DELAY_MS, self, lambda: self._furnish(project))

    def release(self) -> None:
        """Give back what belongs to the interpreter; called after the event loop."""
        self.signals.release()
        self.faults.release()
        self.guard.release()
        self.window.deleteLater()
        for translator in self._translators:
            self._app.removeTranslator(translator)

    def _furnish(self, project: Path | None) -> None:
        self.window.furnish()
        QTimer.singleShot(LOAD_DELAY_MS, self, lambda: self._load(project))

    def _load(self, project: Path | None) -> None:
        engine = self.context.engine

        def work(_context: JobContext) -> str:
            return engine.load()

        title = self.tr("Loading the training libraries")
        failed = self.context.messages.show_program_failure
        self.context.tasks.start(title, work, can_cancel=False, on_done=self._loaded, on_failed=failed)
        was_asked = self._opens_what_is_asked_for()
        if project is not None:
            self.window.projects.open_path(project)
        elif not was_asked:
            self.window.restorer.restore_project()

    def _opens_what_is_asked_for(self) -> bool:
        app = self._app
        return isinstance(app, OpeningApplication) and app.open_with(self.window.projects.open_path)

    def _loaded(self, _device: str) -> None:
        self.guard.freeze()
        self.window.project_pages.train.make_plots()
        self.window.devices.load()

    @Slot(object)
    def _show_fault(self, failure: Failure) -> None:
        offer = Offer(self.tr("&Open the log folder"), self._open_log_folder)
        text = self.tr("{text} The log has the details.").format(text=failure.text)
        message = Message(MessageKind.ERROR, text, (offer,), failure.details, key="fault", outlives_project=True)
        self.context.messages.show_message(message)

    @Slot()
    def _save_for_logout(self) -> None:
        self.context.controller.request_stop()

    def _open_log_folder(self) -> None:
        self.window.project_pages.choosers.open_folder(self.context.paths.log)


def run(paths: AppPaths, project: Path | None = None) -> int:
    """Open the window and return its exit code; a stop by a signal is an orderly end and returns 0."""
    if sys.platform == "win32":
        load_torch_first()
        _tell_taskbar()
    os.environ.setdefault("PYQTGRAPH_QT_LIB", "PySide6")
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    paths, warning = usable_paths(paths)
    app = make_qt_application()
    if paths.policy.problem:
        return refuse(app, paths.policy.problem)
    application = Application(app, paths, CoreEngine(paths), warning=warning)
    return execute(app, application, project)


def make_qt_application() -> QApplication:
    """Return Qt's application with the program's name."""
    qInstallMessageHandler(_log_qt_message)
    # Under X11 the name of a window's class, by which a desktop finds the menu entry and its icon.
    app = OpeningApplication([APP_ID]) if sys.platform == "darwin" else QApplication([APP_ID])
    app.setApplicationName("tlft")
    app.setApplicationDisplayName("tlft")
    app.setDesktopFileName(APP_ID)
    app.setQuitOnLastWindowClosed(False)
    return app


def _tell_taskbar() -> None:
    """Show as this program in the taskbar of Windows, and not as the Python that runs it."""
    if sys.platform == "win32":
        ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID(APP_ID)


def execute(app: QApplication, application: Application, project: Path | None) -> int:
    """Run the event loop to its end."""
    application.start(project)
    try:
        return app.exec()
    finally:
        application.release()
        app.processEvents()


def _log_qt_message(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    levels = {
        QtMsgType.QtDebugMsg: logging.DEBUG,
        QtMsgType.QtInfoMsg: logging.INFO,
        QtMsgType.QtWarningMsg: logging.WARNING,
    }
    _log.log(levels.get(kind, logging.ERROR), "Qt: %s", text)
    if kind is QtMsgType.QtFatalMsg:
        _end_in_words(text)


def _end_in_words(text: str) -> NoReturn:
    """End the process with a sentence: Qt would abort it without a word to who started it."""
    reason = " ".join(text.split())
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        reason = f"There is no screen here: neither DISPLAY nor WAYLAND_DISPLAY is set. {reason}"
    print(f"tlft: The window cannot be opened. {reason}", file=sys.stderr)
    print(f"`{command('doctor')}` says what is missing on this computer.", file=sys.stderr, flush=True)
    logging.shutdown()
    os._exit(ExitCode.OUT_OF_RESOURCE)
