"""Talk to the person at the terminal and run child processes for them."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

_MAX_INTERRUPTS = 3


class SetupError(Exception):
    """The set-up cannot go on; the text says why and what to do."""


def say(text: str) -> None:
    """Print one line of progress at once, also when the output is a pipe."""
    print(without_passwords(f"[bootstrap] {text}"), flush=True)


def without_passwords(text: str) -> str:
    """Return a text without the names and passwords in its web addresses."""
    return re.sub(r"://[^\s/]*@", "://****@", text)


def safe_environment() -> dict[str, str]:
    """Return the variables of a Python that imports nothing from the folder that somebody stands in, nor its own."""
    return {**os.environ, "PYTHONSAFEPATH": "1"}


def run(command: Sequence[str], *, cwd: Path, env: Mapping[str, str] | None = None) -> int:
    """Run a child with this terminal and return its exit code, 128 + the signal's number if a signal ended it.

    Ctrl+C reaches the child by itself (same terminal): here we wait, so that it can save; the third one ends it.
    SIGTERM is handed on. Handlers count instead of raising: an exception between the end of the child and its
    being noted would lose its exit code, and `Popen` would report 0.
    """
    sys.stdout.flush()
    children: list[subprocess.Popen[bytes]] = []
    interrupts: list[int] = []

    def on_interrupt(*_: object) -> None:
        interrupts.append(1)
        if len(interrupts) >= _MAX_INTERRUPTS:
            for started in children:
                started.kill()

    def on_terminate(*_: object) -> None:
        for started in children:
            started.terminate()

    before = signal.signal(signal.SIGINT, on_interrupt), signal.signal(signal.SIGTERM, on_terminate)
    try:
        with subprocess.Popen(list(command), cwd=cwd, env=None if env is None else dict(env)) as child:
            children.append(child)
            code = child.wait()
    finally:
        signal.signal(signal.SIGINT, before[0])
        signal.signal(signal.SIGTERM, before[1])
    return 128 - code if code < 0 else code


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


def confirm(question: str) -> bool:
    """Ask a question at the terminal; without one the answer is no."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    try:
        return input(f"[bootstrap] {question} [y/N] ").strip().lower() in ("y", "yes")
    except EOFError:
        return False


def is_root() -> bool:
    """Return whether this process may install system packages."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def has_display(environment: Mapping[str, str] = os.environ, *, platform: str = sys.platform) -> bool:
    """Return whether a window could be shown here."""
    if platform in ("win32", "darwin"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))
