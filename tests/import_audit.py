"""Import modules under an audit hook and report what they do while they are imported; run as a child process.

Prints one JSON object: {"failed": {module: error}, "worked": [[module, event, argument]], "qt_app": bool}.
What a *foreign* package does while it is imported is its own affair: then the import system lies between our frame
and the event.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import threading
from types import FrameType

WATCHED = (
    *("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.truncate", "os.link", "os.symlink", "os.chmod"),
    *("os.system", "os.exec", "os.posix_spawn", "os.fork", "os.startfile", "subprocess.Popen"),
    *("shutil.", "tempfile.", "socket.", "urllib.", "sqlite3.", "winreg.", "webbrowser."),
)
WRITE_FLAGS = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC


def is_work(event: str, arguments: tuple[object, ...]) -> bool:
    """Return whether an audit event changes something or starts something."""
    if event == "open":
        mode, flags = arguments[1], arguments[2]
        by_mode = isinstance(mode, str) and bool(set(mode) & set("wax+"))
        return by_mode or (isinstance(flags, int) and bool(flags & WRITE_FLAGS))
    return any(event == name or (name.endswith(".") and event.startswith(name)) for name in WATCHED)


def is_ours(frame: FrameType | None) -> bool:
    """Return whether the nearest frame of the program is nearer than the import system."""
    while frame is not None:
        name = frame.f_globals.get("__name__", "")
        if name == "tlft_desktop" or name.startswith("tlft_desktop."):
            return True
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return False
        frame = frame.f_back
    return False


def main(modules: list[str]) -> None:
    """Import the modules one after the other and print the findings."""
    failed: dict[str, str] = {}
    worked: list[list[str]] = []
    current = [""]

    def record(event: str, arguments: tuple[object, ...]) -> None:
        if current[0] and is_ours(sys._getframe(2)):
            worked.append([current[0], event, str(arguments[0]) if arguments else ""])

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if is_work(event, arguments):
            record(event, arguments)

    def start_thread(thread: threading.Thread) -> None:  # Python 3.11 has no audit event for it, newer ones have two
        record("thread", (thread,))
        start(thread)

    start = threading.Thread.start
    threading.Thread.start = start_thread  # type: ignore[method-assign]
    sys.addaudithook(hook)
    for module in modules:
        current[0] = module
        try:
            importlib.import_module(module)
        except BaseException as error:
            failed[module] = f"{type(error).__name__}: {error}"
    current[0] = ""
    qt = sys.modules.get("PySide6.QtCore")
    has_app = qt is not None and qt.QCoreApplication.instance() is not None
    print(json.dumps({"failed": failed, "worked": worked, "qt_app": has_app}))


if __name__ == "__main__":
    main(sys.argv[1:])
