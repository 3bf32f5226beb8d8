"""A whole program in a child process: the real window over a quick engine, driven by steps."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

os.environ.setdefault("PYQTGRAPH_QT_LIB", "PySide6")

from PySide6.QtCore import QObject, QTimer, Slot

from tests.gui.fakes import FakeEngine
from tests.gui.hands import click as click
from tlft_desktop.gui.app import Application, execute, make_qt_application
from tlft_desktop.gui.engine import Engine
from tlft_desktop.logs import start_logging
from tlft_desktop.paths import AppPaths, usable_paths

Steps = Generator[Callable[[], object], None, None]
PATIENCE_S = 240.0


class Driver(QObject):
    """Goes through steps: each yields what must become true before the next."""

    def __init__(self, steps: Steps, application: Application) -> None:
        super().__init__(application)
        self._steps, self._application = steps, application
        self._condition: Callable[[], object] = lambda: application.window.is_furnished
        self._since = time.monotonic()
        self._is_looking = False
        self.failure = ""
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(10)

    @Slot()
    def look(self) -> None:
        # Events of mouse and keyboard let the event loop turn until they have arrived.
        if self._is_looking:
            return
        self._is_looking = True
        self._look()
        self._is_looking = False

    def _look(self) -> None:
        try:
            if self._condition():
                self._condition = next(self._steps)
                self._since = time.monotonic()
            elif time.monotonic() - self._since > PATIENCE_S:
                messages = [message.text for message in self._application.context.messages.messages]
                raise TimeoutError(f"waited too long at {_place_of(self._steps)}: {messages}")
        except StopIteration:
            self._timer.stop()
        except BaseException as error:
            import traceback

            self.failure = "".join(traceback.format_exception(error))
            self._timer.stop()
            self._application.window.close()


def _place_of(steps: Any) -> str:
    """Return the lines where steps and the steps inside of them stand."""
    places = []
    while steps is not None and getattr(steps, "gi_frame", None) is not None:
        places.append(f"{steps.__name__}:{steps.gi_frame.f_lineno}")
        steps = steps.gi_yieldfrom
    return ", ".join(places)


def run_window(
    make_steps: Callable[[Application], Steps], home: str, *, engine: Engine | None = None, project: str = ""
) -> None:
    """Run the program to its end and leave the interpreter with its exit code."""
    paths, _warning = usable_paths(AppPaths.default(Path(home)))
    start_logging(paths)
    sys.setswitchinterval(0.001)
    app = make_qt_application()
    application = Application(app, paths, engine or FakeEngine())
    driver = Driver(make_steps(application), application)
    code = execute(app, application, Path(project) if project else None)
    if driver.failure:
        sys.exit(driver.failure)
    sys.exit(code)
