"""The one place where unexpected exceptions end: log, then one message, however many follow."""

from __future__ import annotations

import logging
import sys
import threading
from types import TracebackType

from PySide6.QtCore import QObject, Signal, Slot

from tlft_desktop.gui.workers.outcome import Failure, failure_of

_log = logging.getLogger(__name__)


class FaultReporter(QObject):
    """Catches what nobody caught: in slots, timers, virtual methods and threads.

    Signals:
        reported(Failure): In the window's thread; equal failures in a row are reported once.
    """

    reported = Signal(object)
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hooks = (sys.excepthook, threading.excepthook)
        self._counts: dict[str, int] = {}
        self._arrived.connect(self.take)

    def install(self) -> None:
        """Take the hooks of the interpreter over."""
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception

    def release(self) -> None:
        """Give the hooks back."""
        sys.excepthook, threading.excepthook = self._hooks

    def num_of(self, failure: Failure) -> int:
        """Return how often a failure with this message came."""
        return self._counts.get(failure.message, 0)

    @Slot(object)
    def take(self, failure: Failure) -> None:
        """Report a failure unless the same one was reported before."""
        self._counts[failure.message] = self._counts.get(failure.message, 0) + 1
        if self._counts[failure.message] == 1:
            self.reported.emit(failure)

    def _on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._hooks[0](kind, error, trace)
            return
        _log.error("unexpected exception", exc_info=(kind, error, trace))
        self._arrived.emit(failure_of(error))

    def _on_thread_exception(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._on_exception(args.exc_type, args.exc_value, args.exc_traceback)
