"""The parent's side of the helper processes: feeds them, watches them, and goes on when one dies."""

from __future__ import annotations

import contextlib
import json
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
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tlft_desktop.core import children
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import ResourceError
from tlft_desktop.core.values.manifest import PixelScaling

COMMAND = tuple(children.helper_command("tlft_desktop.core.data.probe"))
TIMEOUT_SECONDS = 20.0
_START_SECONDS = 60.0
_POLL_SECONDS = 0.1
_PIPE_BYTES = 1 << 20
_MAX_HEADER_BYTES = 1 << 16
_MAX_PIXEL_BYTES = 1 << 30


@dataclass(frozen=True, slots=True)
class ProbeRequest:
    """One file to check and decode.

    Attributes:
        key: The caller's name for it, returned with the answer.
        path: Absolute path.
        side: Short side of the pixels wanted.
        interpolation: `bicubic` or `bilinear`.
        scaling: Window for images of more than 8 bits; None takes the automatic window of the image alone.
    """

    key: str
    path: str
    side: int
    interpolation: str
    scaling: PixelScaling | None = None


@dataclass(frozen=True, slots=True)
class Probed:
    """What is known of the file after reading all of it.

    Attributes:
        request: What was asked.
        error: Why the image cannot be used; empty if it can.
        sha256: Hash of the bytes that were decoded; empty where they could not be read.
        pixels: uint8 [H, W, 3] with the short side asked for; None after an error.
        mode, width, height, note, raw_min, raw_max, high_depth, is_float: As in `decode.Decoded`.
    """

    request: ProbeRequest
    error: str = ""
    sha256: str = ""
    pixels: NDArray[np.uint8] | None = None
    mode: str = ""
    width: int = 0
    height: int = 0
    note: str = ""
    raw_min: float = 0.0
    raw_max: float = 0.0
    high_depth: bool = False
    is_float: bool = False


class ProbePool:
    """Helper processes that decode files; a context manager, because they must end.

    A file on which a helper crashes, hangs or runs out of memory is named in its answer; the helper is replaced.

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
        self._inbox: queue.Queue[ProbeRequest | None] = queue.Queue()
        self._outbox: queue.Queue[Probed | ResourceError] = queue.Queue()
        self._num_pending = 0
        count = num_processes or min(2, os.cpu_count() or 1)
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
        try:
            while self._num_pending or not exhausted:
                control.raise_if_stopped()
                while not exhausted and self._num_pending < 2 * len(self._helpers):
                    request = next(source, None)
                    if request is None:
                        exhausted = True
                    elif reason := _refusal(request.path):
                        yield Probed(request, error=reason)
                    else:
                        self._inbox.put(request)
                        self._num_pending += 1
                answer = self._next_answer() if self._num_pending else None
                if isinstance(answer, ResourceError):
                    # Ctrl+C reaches helpers, too: one that was just starting ends by it, and that is no fault.
                    control.raise_if_stopped()
                    raise answer
                if answer is not None:
                    yield answer
        finally:
            self._abandon()

    def _next_answer(self) -> Probed | ResourceError | None:
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
        inbox: queue.Queue[ProbeRequest | None],
        outbox: queue.Queue[Probed | ResourceError],
        command: Sequence[str],
        timeout_seconds: float,
    ) -> None:
        self._inbox, self._outbox = inbox, outbox
        self._command, self._timeout_seconds = tuple(command), timeout_seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._deadline: float | None = None
        self._late = self._starts_at_once = False
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
            self._kill()

    def _kill(self) -> None:
        process = self._process
        if process is not None:
            process.kill()

    def _run(self) -> None:
        try:
            if self._starts_at_once:
                self._start_early()
            while (request := self._inbox.get()) is not None:
                self._outbox.put(self._answer(request))
        finally:
            self._end_process()

    def _answer(self, request: ProbeRequest) -> Probed | ResourceError:
        try:
            process = self._running_process()
        except (OSError, ValueError) as error:
            self._deadline = None
            text = self._end_process() or str(error)
            return ResourceError(
                f"The helper that reads images could not be started: {text}",
                remedy="Check the installation with 'tlft doctor'.",
            )
        self._late, self._deadline = False, time.monotonic() + self._timeout_seconds
        try:
            return _exchange(process, request)
        except (OSError, ValueError, KeyError, TypeError):  # the pipe broke, or what came is no answer
            self._deadline = None
            self._end_process()
            return Probed(request, error=self._reason_of_death(process))
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
            if not _read_header(self._process).get("ready"):
                raise ValueError("it did not answer")
        return self._process

    def _reason_of_death(self, process: subprocess.Popen[bytes]) -> str:
        if self._late:
            return f"Reading the image took longer than {self._timeout_seconds:g} s."
        return f"The decoder crashed on this image (exit status {process.returncode})."

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


def _exchange(process: subprocess.Popen[bytes], request: ProbeRequest) -> Probed:
    assert process.stdin
    assert process.stdout
    scaling = [request.scaling.low, request.scaling.high] if request.scaling else None
    message = {
        "path": request.path,
        "side": request.side,
        "interpolation": request.interpolation,
        "scaling": scaling,
    }
    process.stdin.write(json.dumps(message).encode("ascii") + b"\n")
    process.stdin.flush()
    header = _read_header(process)
    num_bytes = int(header["num_bytes"])
    if not 0 <= num_bytes <= _MAX_PIXEL_BYTES:
        raise ValueError("an answer of impossible length")
    data = process.stdout.read(num_bytes)
    if len(data) != num_bytes:
        raise ValueError("the answer is cut off")
    return _probed(request, header, data)


def _read_header(process: subprocess.Popen[bytes]) -> dict[str, Any]:
    assert process.stdout
    line = process.stdout.readline(_MAX_HEADER_BYTES)
    if not line.endswith(b"\n"):
        raise ValueError("the helper ended")
    header = json.loads(line)
    if not isinstance(header, dict):
        raise ValueError("not an object")
    return header


def _probed(request: ProbeRequest, header: dict[str, Any], data: bytes) -> Probed:
    """Check the answer like any foreign input: a decoder that was taken over may send anything."""
    if header["error"]:
        return Probed(request, error=str(header["error"]), sha256=str(header["sha256"]))
    height, width, channels = (int(size) for size in header["shape"])
    if channels != 3 or min(height, width) != request.side or height * width * 3 != len(data):
        raise ValueError("pixels of the wrong size")
    return Probed(
        request=request,
        sha256=str(header["sha256"]),
        pixels=np.frombuffer(data, np.uint8).reshape(height, width, 3),
        mode=str(header["mode"]),
        width=int(header["width"]),
        height=int(header["height"]),
        note=str(header["note"]),
        raw_min=float(header["raw_min"]),
        raw_max=float(header["raw_max"]),
        high_depth=header["high_depth"] is True,
        is_float=header["is_float"] is True,
    )


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
