"""Processes of their own, so that neither memory nor warm caches of one measurement count for the next."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
MIB = 2**20


def environment() -> dict[str, str]:
    """Return the environment of a process that finds the program in this checkout, and needs no screen."""
    result = {**os.environ, "PYTHONPATH": str(ROOT)}
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        result.setdefault("QT_QPA_PLATFORM", "offscreen")
    return result


def tlft(*arguments: object) -> tuple[float, list[str]]:
    """Run a command of the program; return its seconds and its lines.

    Raises:
        SystemExit: If it fails.
    """
    started = time.monotonic()
    lines = _run([sys.executable, "-m", "tlft_desktop", *map(str, arguments)])
    return time.monotonic() - started, lines


def tlft_events(*arguments: object) -> list[dict[str, Any]]:
    """Run a command that prints JSON and return what it printed."""
    _, lines = tlft(*arguments, "--json")
    return [json.loads(line) for line in lines]


def in_child(script: str, *arguments: object) -> Any:
    """Run a benchmark script again with other arguments and return the JSON of its last line."""
    return json.loads(_run([sys.executable, script, *map(str, arguments)])[-1])


def memory_of_torch() -> int:
    """Return the resident memory of a process that has imported torch and done nothing, in bytes."""
    code = "import torch, psutil; print(psutil.Process().memory_info().rss)"
    return int(_run([sys.executable, "-c", code])[-1])


def _run(command: list[str]) -> list[str]:
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}\n{done.stderr}")
    return done.stdout.splitlines()
