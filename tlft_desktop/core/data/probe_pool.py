"""The parent's side of the helper processes: feeds them, watches them, and goes on when one dies."""

from __future__ import annotations

import contextlib
import os
import queue
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass
from types import TracebackType

from tlft_desktop.core import children
from tlft_desktop.core.control import Control
from tlft_desktop.core.data.probe_exchange import Probed, ProbeRequest, exchange, read_header
from tlft_desktop.core.errors import ResourceError

COMMAND = tuple(children.helper_command("tlft_desktop.core.data.probe"))
TIMEOUT_SECONDS = 20.0
_START_SECONDS = 60.0
_STARTS = 3
_POLL_SECONDS = 0.1
_PIPE_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class _Task:
    """A request on its way to a helper; `is_second` after a helper ended on it."""

    request: ProbeRequest
    is_second: bool = False


@dataclass(frozen=True, slots=True)
class _Death:
    """A helper ended while it worked on a task."""

    task: _Task
    reason: str


class ProbePool:
    """Helper processes that decode files; a context manager, because they must end.

    A file on which a helper hangs or runs out of memory is named in its answer, and one on which it crashes twice: the
    system may have killed the first for what others took, so the second is new and works alone. Helpers are replaced.

    Args:
        num_processes: Helpers; None for two, or one on a single core.
        timeout_seconds: Longest time for one file.
        command: How a helper is started; tests start poisoned ones.
        is_asked_soon: Whether helpers start at once, and not with their first file: while something else gets ready.
    """

    def __init__(
        self,
        num_processes: int | None = None,
        *,
        timeout_seconds: float = TIMEOUT_SECONDS,
        command: Sequence[str] = COMMAND,
        is_asked_soon: bool = False,
    ) -> None:
        self._is_asked_soon = is_asked_soon
        self._inbox: queue.Queue[_Task | None] = queue.Queue()
        self._outbox: queue.Queue[Probed | ResourceError | _Death] = queue.Queue()
        self._num_pending = 0
        count = num_processes or min(2, os.cpu_count() or 1)
        self._most_pending = 2 * count
        self._helpers = [_Helper(self._inbox, self._outbox, command, timeout_seconds) for _ in range(count)]

    def __enter__(self) -> ProbePool:
        for helper in self._helpers:
            helper.start(at_once=self._is_asked_soon)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._abandon()  # an iterator may still be open
        for _ in self._helpers:
            self._inbox.put(None)
        for helper in self._helpers:
            helper.join()

    def probe(self, requests: Iterable[ProbeRequest], *, control: Control) -> Generator[Probed, None, None]:
        """Yield an answer for each request, in the order in which they get ready; one call at a time.

        Only a few requests are read ahead, so `requests` may be endless. Closing the iterator early is fine.

        Raises:
            StoppedError: If `control` asks to stop; within a second, whatever a helper does.
            ResourceError: If a helper cannot be started.
        """
        source, exhausted = iter(requests), False
        again: list[ProbeRequest] = []
        try:
            while self._num_pending or again or not exhausted:
                control.raise_if_stopped()
                if again and not self._num_pending:
                    self._put(_Task(again.pop(), is_second=True))
                while not (exhausted or again) and self._num_pending < self._most_pending:
                    request = next(source, None)
                    if request is None:
                        exhausted = True
                    elif reason := _refusal(request.path):
                        yield Probed(request, error=reason)
                    else:
                        self._put(_Task(request))
                answer = self._next_answer() if self._num_pending else None
                if isinstance(answer, _Death):
                    if not answer.task.is_second:
                        again.append(answer.task.request)
                        continue
                    answer = Probed(answer.task.request, error=answer.reason)
                if isinstance(answer, ResourceError):
                    # Ctrl+C reaches helpers, too: one that was just starting ends by it, and that is no fault.
                    control.raise_if_stopped()
                    raise answer
                if answer is not None:
                    yield answer
        finally:
            self._abandon()

    def _put(self, task: _Task) -> None:
        self._inbox.put(task)
        self._num_pending += 1

    def _next_answer(self) -> Probed | ResourceError | _Death | None:
        """Wait a moment for an answer, ending helpers that take too long."""
        try:
            answer = self._outbox.get(timeout=_POLL_SECONDS)
        except queue.Empty:
            for helper in self._helpers:
                helper.kill_if_late()
            return None
        self._num_pending -= 1
        return answer

    def _abandon(self) -> None:
        """Throw away what is still being worked on, so that the next call starts clean."""
        with contextlib.suppress(queue.Empty):
            while True:
                self._inbox.get_nowait()
                self._num_pending -= 1
        while self._num_pending > 0:
            for helper in self._helpers:
                helper.kill_if_busy()
            self._next_answer()


class _Helper:
    """One helper process and the thread that talks to it."""

    def __init__(
        self,
        inbox: queue.Queue[_Task | None],
        outbox: queue.Queue[Probed | ResourceError | _Death],
        command: Sequence[str],
        timeout_seconds: float,
    ) -> None:
        self._inbox, self._outbox = inbox, outbox
        self._command, self._timeout_seconds = tuple(command), timeout_seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._deadline: float | None = None
        self._late = self._unwanted = self._starts_at_once = False
        self._thread = threading.Thread(target=self._run, name="image-helper", daemon=True)

    def start(self, *, at_once: bool) -> None:
        self._starts_at_once = at_once
        self._thread.start()

    def join(self) -> None:
        self._thread.join()

    def kill_if_late(self) -> None:
        deadline = self._deadline
        if deadline is not None and time.monotonic() > deadline:
            self._late = True
            self._kill()

    def kill_if_busy(self) -> None:
        if self._deadline is not None:
            self._unwanted = True
            self._kill()

    def _kill(self) -> None:
        process = self._process
        if process is not None:
            process.kill()

    def _run(self) -> None:
        try:
            if self._starts_at_once:
                self._start_early()
            while (task := self._inbox.get()) is not None:
                self._outbox.put(self._answer(task))
        finally:
            self._end_process()

    def _answer(self, task: _Task) -> Probed | ResourceError | _Death:
        if task.is_second:
            self._end_process()
        try:
            process = self._running_process()
        except (OSError, ValueError) as error:
            self._deadline = None
            text = self._end_process() or str(error)
            return ResourceError(
                f"The helper that reads images could not be started: {text}",
                remedy="Check the installation with `tlft doctor`.",
            )
        self._late, self._deadline = False, time.monotonic() + self._timeout_seconds
        try:
            return exchange(process, task.request)
        except (OSError, ValueError, KeyError, TypeError):  # the pipe broke, or what came is no answer
            self._deadline = None
            self._end_process()
            if self._late:
                return Probed(task.request, error=f"Reading the image took longer than {self._timeout_seconds:g} s.")
            return _Death(task, f"The decoder crashed on this image (exit status {process.returncode}).")
        finally:
            self._deadline = None

    def _start_early(self) -> None:
        try:
            self._running_process()
        except (OSError, ValueError):
            # The first request tries again and says why.
            self._end_process()
        finally:
            self._deadline = None

    def _running_process(self) -> subprocess.Popen[bytes]:
        """Return the process; one that ends while it starts is started again: the system may have killed it.

        Raises:
            OSError: If there is no such program.
            ValueError: If it ends each time, or takes too long.
        """
        self._late = self._unwanted = False
        for _ in range(_STARTS - 1):
            try:
                return self._started_process()
            except ValueError:
                if self._late or self._unwanted:
                    raise
                self._end_process()
        return self._started_process()

    def _started_process(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._deadline = time.monotonic() + _START_SECONDS
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=children.helper_environment(),
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # Windows would open a console
            )
            _widen_pipe(self._process)
            if not read_header(self._process).get("ready"):
                raise ValueError("it did not answer")
        return self._process

    def _end_process(self) -> str:
        """End the process if there is one; return the last line of its stderr."""
        process, self._process = self._process, None
        if process is None:
            return ""
        assert process.stdin
        assert process.stdout
        assert process.stderr
        with contextlib.suppress(OSError):
            process.stdin.close()
        try:
            process.wait(timeout=0.5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        lines = process.stderr.read().decode(errors="replace").splitlines()
        process.stdout.close()
        process.stderr.close()
        return lines[-1] if lines else ""


def _widen_pipe(process: subprocess.Popen[bytes]) -> None:
    """Give a whole answer room in the pipe, so that the helper starts on its next file at once (twice as fast)."""
    if sys.platform == "linux":
        import fcntl  # not on Windows

        assert process.stdout
        with contextlib.suppress(OSError):  # beyond what the administrator allows
            fcntl.fcntl(process.stdout.fileno(), fcntl.F_SETPIPE_SZ, _PIPE_BYTES)


def _refusal(path: str) -> str:
    """Return why a path must not even be opened; a pipe would block, a device may do anything."""
    try:
        mode = os.stat(path).st_mode
    except FileNotFoundError:
        return "The file is not there (or the link leads nowhere)."
    except (OSError, ValueError) as error:
        return f"The file cannot be read: {getattr(error, 'strerror', None) or error}."
    if stat.S_ISREG(mode):
        return ""
    names = {stat.S_ISDIR: "a folder", stat.S_ISFIFO: "a pipe", stat.S_ISSOCK: "a socket"}
    name = next((name for test, name in names.items() if test(mode)), "a device")
    return f"This is {name}, not a file."
