"""Talk to the person at the terminal and run child processes for them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path


class SetupError(Exception):
    """The set-up cannot go on; the text says why and what to do."""


def say(text: str) -> None:
    """Print one line of progress at once, also when the output is a pipe."""
    print(f"[bootstrap] {text}", flush=True)


def run(command: Sequence[str], *, cwd: Path, env: Mapping[str, str] | None = None) -> int:
    """Run a child with this terminal and return its exit code, 128 + the signal's number if a signal ended it.

    Ctrl+C reaches the child by itself (same terminal): here we wait, so that it can save. SIGTERM is handed on.
    """
    sys.stdout.flush()
    with subprocess.Popen(list(command), cwd=cwd, env=None if env is None else dict(env)) as child:
        before = signal.signal(signal.SIGTERM, lambda *_: child.terminate())
        try:
            code = _wait(child)
        finally:
            signal.signal(signal.SIGTERM, before)
    return 128 - code if code < 0 else code


def _wait(child: subprocess.Popen[bytes]) -> int:
    for _ in range(3):
        try:
            return child.wait()
        except KeyboardInterrupt:
            continue
    child.kill()
    return child.wait()


def capture(command: Sequence[str], *, cwd: Path, waiting: str = "") -> subprocess.CompletedProcess[str]:
    """Run a child and return its output; say `waiting`, if given, every ten seconds."""
    with subprocess.Popen(
        list(command),
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as child:
        seconds = 0
        while True:
            try:
                output, _ = child.communicate(timeout=10)
                return subprocess.CompletedProcess(list(command), child.returncode, output, "")
            except subprocess.TimeoutExpired:
                seconds += 10
                if waiting:
                    say(f"{waiting} ({seconds} s)")
            except BaseException:
                child.kill()
                raise


def is_root() -> bool:
    """Return whether this process may install system packages."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def has_display(environment: Mapping[str, str] = os.environ, *, platform: str = sys.platform) -> bool:
    """Return whether a window could be shown here."""
    if platform in ("win32", "darwin"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))
