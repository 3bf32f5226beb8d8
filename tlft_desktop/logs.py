"""The log file of the program, and what becomes of errors that nobody caught."""

from __future__ import annotations

import contextlib
import faulthandler
import getpass
import io
import logging
import logging.handlers
import os
import platform
import sys
import threading
from pathlib import Path
from types import TracebackType

from tlft_desktop import __version__
from tlft_desktop.core import fsio
from tlft_desktop.core.errors import StorageError
from tlft_desktop.core.fsio.regular import open_appending
from tlft_desktop.paths import AppPaths

LOG_NAME = "tlft.log"
CRASH_NAME = "crash.log"
_MAX_BYTES = 2_000_000
_NUM_OLD_FILES = 3
_HANDLER_PREFIX = "tlft-"
_FORMAT = "%(asctime)s %(levelname)s %(process)d %(threadName)s %(name)s: %(message)s"

_log = logging.getLogger(__name__)


def start_logging(paths: AppPaths, *, verbose: bool = False) -> Path:
    """Log into a file that is cut by size, record crashes and errors that nobody caught; return the file.

    Works without standard output, as a windowed program on Windows has none. A second call replaces the first.

    Args:
        paths: The log lies in their log folder: in a file of this user where another user's cannot be written, or in a
            temporary folder where nothing can.
        verbose: Whether to log details, to standard error as well.
    """
    # A log that cannot be written, on a full disk, is no reason to write tracebacks between the user's results.
    logging.raiseExceptions = False
    root = logging.getLogger()
    for handler in [handler for handler in root.handlers if (handler.name or "").startswith(_HANDLER_PREFIX)]:
        if handler.name == f"{_HANDLER_PREFIX}crash":
            faulthandler.disable()
        root.removeHandler(handler)
        handler.close()
    file_handler, warning = _open_log(paths.log)
    handlers: list[logging.Handler] = [file_handler]
    if verbose and sys.stderr is not None:
        handlers.append(_named(logging.StreamHandler(), "console"))
    for handler in handlers:
        handler.setFormatter(logging.Formatter(_FORMAT))
        root.addHandler(handler)
    logging.getLogger("tlft_desktop").setLevel(logging.DEBUG if verbose else logging.INFO)
    log_file = Path(file_handler.baseFilename)
    _record_crashes(log_file)
    _install_hooks()
    _log.info("tlft %s, Python %s, %s", __version__, platform.python_version(), platform.platform())
    if warning:
        _log.warning("%s", warning)
    return log_file


def _open_log(folder: Path) -> tuple[logging.handlers.RotatingFileHandler, str]:
    try:
        fsio.make_folder(folder, private=True)
        return _rotating(folder), ""
    except (OSError, StorageError) as error:
        with contextlib.suppress(OSError):
            return _rotating(folder, _own_name(LOG_NAME)), f"The log that is shared cannot be written ({error})."
        temporary = fsio.make_temporary_folder("tlft-log-")
        return _rotating(temporary), f"No log can be written in '{folder}' ({error}); it goes to '{temporary}'."


def _own_name(name: str) -> str:
    """Return the name of a file for this user alone, where the one that is shared belongs to another user."""
    if sys.platform == "win32":
        user = getpass.getuser()
    else:
        user = str(os.getuid())  # not the name: in a container it may have none
    return f"{Path(name).stem}-{user}{Path(name).suffix}"


def _open_text(handler: logging.FileHandler) -> io.TextIOWrapper:
    """Open the file of a handler, which in a shared folder may be another user's link to a file of this one."""
    file = io.BufferedWriter(open_appending(Path(handler.baseFilename)))
    return io.TextIOWrapper(file, encoding=handler.encoding, errors=handler.errors)


class _CrashLog(logging.FileHandler):
    def _open(self) -> io.TextIOWrapper:
        return _open_text(self)


class _SharedLog(logging.handlers.RotatingFileHandler):
    """Goes on with a file that is too long where it cannot be cut: Windows renames no file that others have open."""

    def _open(self) -> io.TextIOWrapper:
        return _open_text(self)

    def doRollover(self) -> None:
        """Cut the log if nobody else writes it; else the next message tries again."""
        try:
            super().doRollover()
        except PermissionError:
            if self.stream is None:
                self.stream = self._open()


def _rotating(folder: Path, name: str = LOG_NAME) -> logging.handlers.RotatingFileHandler:
    handler = _SharedLog(
        folder / name, maxBytes=_MAX_BYTES, backupCount=_NUM_OLD_FILES, encoding="utf-8", errors="backslashreplace"
    )
    handler.name = f"{_HANDLER_PREFIX}file"
    return handler


def _named(handler: logging.Handler, name: str) -> logging.Handler:
    handler.name = f"{_HANDLER_PREFIX}{name}"
    return handler


def _record_crashes(log_file: Path) -> None:
    # A file of its own: faulthandler keeps the number of the descriptor, and a log that is cut by size is closed and
    # opened again, after which the number may belong to a file of the user.
    try:
        handler = _CrashLog(log_file.with_name(CRASH_NAME), encoding="utf-8")
    except OSError:
        handler = _CrashLog(log_file.with_name(_own_name(CRASH_NAME)), encoding="utf-8")
    handler.name = f"{_HANDLER_PREFIX}crash"
    handler.setLevel(logging.CRITICAL + 1)
    logging.getLogger().addHandler(handler)
    if handler.stream is not None:
        faulthandler.enable(handler.stream)


def _install_hooks() -> None:
    if getattr(sys.excepthook, "_tlft", False):
        return
    previous, previous_thread = sys.excepthook, threading.excepthook

    def log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if not issubclass(kind, KeyboardInterrupt):
            _log.critical("Uncaught error", exc_info=(kind, error, trace))
        previous(kind, error, trace)

    def log_uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and args.exc_type is not SystemExit:
            name = args.thread.name if args.thread else "unknown"
            error = (args.exc_type, args.exc_value, args.exc_traceback)
            _log.critical("Uncaught error in thread %s", name, exc_info=error)
        previous_thread(args)

    log_uncaught._tlft = True  # type: ignore[attr-defined]
    sys.excepthook = log_uncaught
    threading.excepthook = log_uncaught_in_thread
