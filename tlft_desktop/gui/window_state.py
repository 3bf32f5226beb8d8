"""What the window remembers between two starts: sizes, places of panels, the last page and project.

Nothing here is worth a question to the user: what is missing or damaged means the defaults.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from tlft_desktop.core import fsio
from tlft_desktop.core.errors import InputError, StorageError
from tlft_desktop.gui.workers.outcome import Failure
from tlft_desktop.gui.workers.task import JobContext, TaskRunner

SCHEMA = 1
DELAY_MS = 1_000
"""A panel that is dragged changes with every pixel; the file changes when the hand rests."""


class WindowState(QObject):
    """Short texts by key, written in the background some time after a change.

    Args:
        values: What `read_state` gave.
        path: The file.
        tasks: Runs the writing.

    Signals:
        collecting(): The window closes: whoever has something to remember sets it now.
    """

    collecting = Signal()

    def __init__(self, values: Mapping[str, str], path: Path, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._values, self._path, self._tasks = dict(values), path, tasks
        self._written = dict(values)
        self._is_writing = False
        self._then: list[Callable[[], None]] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(self._write)

    def value(self, key: str) -> str:
        """Return what is remembered; empty for nothing."""
        return self._values.get(key, "")

    def set_value(self, key: str, value: str) -> None:
        """Remember `value`; the empty text forgets the key."""
        if value == self.value(key):
            return
        if value:
            self._values[key] = value
        else:
            del self._values[key]
        self._timer.start()

    def flush(self, then: Callable[[], None]) -> None:
        """Write what is not written yet and call `then`, also where it cannot be written."""
        self._then.append(then)
        if not self._is_writing:
            self._write()

    @Slot()
    def _write(self) -> None:
        self._timer.stop()
        if self._is_writing:
            return
        if self._values == self._written:
            self._finish()
            return
        values, path = dict(self._values), self._path
        self._is_writing = True

        def work(_context: JobContext) -> dict[str, str]:
            write_state(path, values)
            return values

        self._tasks.start("", work, on_done=self._take, on_failed=self._give_up)

    def _take(self, written: dict[str, str]) -> None:
        self._is_writing = False
        self._written = written
        self._write()

    def _give_up(self, _failure: Failure) -> None:
        # On a full disk sizes of panels are the least of the user's worries: the next change tries again.
        self._is_writing = False
        self._written = dict(self._values)
        self._finish()

    def _finish(self) -> None:
        then, self._then = self._then, []
        for call in then:
            call()


def read_state(path: Path) -> dict[str, str]:
    """Return what was remembered; a damaged file is kept beside as `.bad` and gives nothing."""
    try:
        values = fsio.read_json(path, follow_links=True).get("values")
        if isinstance(values, dict) and all(isinstance(value, str) for value in values.values()):
            return values
    except FileNotFoundError:
        return {}
    except fsio.DamagedError:
        pass
    try:
        fsio.copy_file(path, path.with_name(path.name + ".bad"))
        fsio.remove_file(path)
    except (OSError, InputError, StorageError):
        return {}
    return {}


def write_state(path: Path, values: Mapping[str, str]) -> None:
    """Write what is remembered, readable by the user only.

    Raises:
        StorageError: If it cannot be written.
    """
    fsio.make_folder(path.parent, private=True)
    fsio.write_bytes(path, fsio.json_bytes({"schema": SCHEMA, "values": dict(values)}), private=True)
