"""What the commands say: results on standard output, everything else on standard error."""

from __future__ import annotations

import contextlib
import errno
import io
import json
import os
import shutil
import sys
import time
from collections.abc import Mapping
from typing import Any

from tlft_desktop.commands import words
from tlft_desktop.core.hints import in_place

_BAR_WIDTH = 24
_REDRAW_SECONDS = 0.1
_SECONDS_BEFORE_ESTIMATE = 1.0
# Names of files and classes come from others: control characters and changes of
# direction in them could rewrite what the terminal shows.
_HARMLESS = dict.fromkeys(
    (*range(9), *range(10, 32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\ufffd"
)


def prepare_streams() -> None:
    """Make standard output and error usable everywhere: a windowed program has none, old locales lack characters."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, _Nowhere())
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def finish_stdout() -> None:
    """Hand over what is still to be written to standard output; where its reader is gone that is no fault."""
    try:
        sys.stdout.flush()
    except OSError as error:
        if not _is_gone(error):
            raise
        _abandon_stdout()


def _is_gone(error: OSError) -> bool:
    # Windows has no word of its own for a pipe without a reader.
    return isinstance(error, BrokenPipeError) or (os.name == "nt" and error.errno == errno.EINVAL)


def _abandon_stdout() -> None:
    """Send what is still to be written to standard output nowhere."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


class _Nowhere(io.TextIOBase):
    """Takes the place of a stream that is not there."""

    def write(self, text: str, /) -> int:
        return len(text)


def _is_terminal() -> bool:
    try:
        return sys.stderr.isatty()
    except ValueError:
        return False


class Output:
    """Where a command writes.

    When the reader of standard output goes away (`| head`), lines vanish from then on and the command goes on: what it
    does must not depend on who looks.

    Args:
        quiet: Whether only results and errors are shown.

    Attributes:
        reader_is_gone: Whether nobody reads standard output any more.
    """

    def __init__(self, *, quiet: bool) -> None:
        self.reader_is_gone = False
        self._quiet = quiet
        self._progress: Progress | None = None

    @property
    def shows_details(self) -> bool:
        """Whether somebody sees what `detail` prints."""
        return not self._quiet and not self.reader_is_gone

    def line(self, text: str = "") -> None:
        """Print a line of the result."""
        self._print(in_place(text).translate(_HARMLESS))

    def last_word(self, text: str) -> None:
        """Print a line of the result that must be seen: on standard error where nobody reads standard output."""
        self.line(text)
        if self.reader_is_gone:
            self.note(text)

    def detail(self, text: str = "") -> None:
        """Print a line that a person may want to see while the command works; silent with `--quiet`."""
        if not self._quiet:
            self.line(text)

    def record(self, value: Mapping[str, Any]) -> None:
        """Print one JSON object on a line of its own."""
        self._print(json.dumps(value, allow_nan=False))

    def note(self, text: str) -> None:
        """Say something that is no result on standard error; silent with `--quiet`."""
        if not self._quiet:
            self._tell(text)

    def error(self, text: str) -> None:
        """Say on standard error why the command failed."""
        self._tell(f"tlft: {text}")

    def progress(self, text: str) -> Progress:
        """Return a progress bar; it shows itself only where standard error is a terminal."""
        shown = not self._quiet and _is_terminal()
        self._progress = Progress(text, shown=shown)
        return self._progress

    def _print(self, text: str) -> None:
        self._clear_progress()
        if self.reader_is_gone:
            return
        try:
            print(text, flush=True)
        except OSError as error:
            if not _is_gone(error):
                raise
            self.reader_is_gone = True
            _abandon_stdout()

    def _tell(self, text: str) -> None:
        self._clear_progress()
        # Where nobody can be told anything, the exit code has to say it.
        with contextlib.suppress(OSError, ValueError):
            print(in_place(text).translate(_HARMLESS), file=sys.stderr, flush=True)

    def _clear_progress(self) -> None:
        if self._progress is not None:
            self._progress.clear()


class Progress:
    """A line on the terminal with a bar and the time left; a context manager that wipes it out.

    Args:
        text: What is being done.
        shown: Whether there is a terminal to draw on.
    """

    def __init__(self, text: str, *, shown: bool) -> None:
        self._text, self._shown = text, shown
        self._started = self._drawn = time.monotonic()
        self._width = 0

    def restart(self, text: str) -> None:
        """Begin another piece of work."""
        self.clear()
        self._text, self._started = text, time.monotonic()

    def show(self, detail: str) -> None:
        """Show what is being done where nobody can know how much of it there is."""
        if self._is_due():
            self._draw(f"{self._text}  {detail}")

    def update(self, share: float, detail: str = "") -> None:
        """Show that `share` of the work, between 0 and 1, is done."""
        if not self._is_due():
            return
        done = round(_BAR_WIDTH * min(1.0, share))
        bar = "#" * done + "-" * (_BAR_WIDTH - done)
        parts = [self._text, f"[{bar}]", f"{100 * share:3.0f} %", detail, time_left(self._drawn - self._started, share)]
        self._draw("  ".join(filter(None, parts)))

    def clear(self) -> None:
        """Wipe the line out."""
        if self._width:
            self._draw("")

    def _is_due(self) -> bool:
        now = time.monotonic()
        due = self._shown and now - self._drawn >= _REDRAW_SECONDS
        if due:
            self._drawn = now
        return due

    def _draw(self, text: str) -> None:
        # A line that wraps could not be wiped out by going back to its beginning.
        shown = text.translate(_HARMLESS)[: shutil.get_terminal_size().columns - 1]
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.write("\r" + shown.ljust(self._width) + ("" if shown else "\r"))
            sys.stderr.flush()
        self._width = len(shown)

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()


def time_left(seconds: float, share: float) -> str:
    """Return in words how long the rest takes if it goes on as before; empty while nobody can know."""
    if share <= 0 or seconds < _SECONDS_BEFORE_ESTIMATE:
        return ""
    return f"about {words.rough_duration(seconds * (1 - share) / share)} left"
