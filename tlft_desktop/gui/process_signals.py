"""Turn SIGINT, SIGTERM and SIGHUP into a Qt signal.

A plain Python handler runs only when the interpreter runs next, in an idle window at the next timer (2 s later;
measured). `set_wakeup_fd` wakes Qt's event loop at once. A socket pair works on Windows too.
"""

from __future__ import annotations

import os
import signal
import socket
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Signal, Slot


class ProcessSignals(QObject):
    """Watches for requests to end; the second one ends the program at once.

    Signals:
        end_requested(): The system or the user wants the program to end.
    """

    end_requested = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._num_requests = 0
        self._read, self._write = socket.socketpair()
        self._read.setblocking(False)
        self._write.setblocking(False)
        self._notifier = QSocketNotifier(self._read.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._wake)
        numbers = [signal.SIGINT, signal.SIGTERM]
        # The terminal was closed; `nohup` lets the program ignore that.
        if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
            numbers.append(signal.SIGHUP)
        self._before = {number: signal.signal(number, self._count) for number in numbers}
        self._fd_before = signal.set_wakeup_fd(self._write.fileno(), warn_on_full_buffer=False)

    def release(self) -> None:
        """Give the handlers back."""
        signal.set_wakeup_fd(self._fd_before)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._notifier.setEnabled(False)
        self._read.close()
        self._write.close()

    def _count(self, number: int, _frame: FrameType | None) -> None:
        self._num_requests += 1
        if self._num_requests > 1:
            os._exit(128 + number)

    @Slot()
    def _wake(self) -> None:
        try:
            self._read.recv(64)
        except BlockingIOError:
            return
        self.end_requested.emit()
