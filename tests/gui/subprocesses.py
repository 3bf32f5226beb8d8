"""Run a script in a fresh interpreter: what goes wrong at teardown shows in the exit code and on stderr only."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def run_script(script: str, *arguments: str, timeout_s: float = 120.0) -> subprocess.CompletedProcess[str]:
    """Run Python code, without a screen unless `QT_QPA_PLATFORM` names one; `tests` and the package can be imported."""
    return subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", script, *arguments],
        env=environment(),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=timeout_s,
        check=False,
    )


def environment() -> dict[str, str]:
    """Return an environment in English, on one thread; without a screen unless one is asked for."""
    return {
        **os.environ,
        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        "PYTHONPATH": str(ROOT),
        "OMP_NUM_THREADS": "1",
        "PYTHONWARNINGS": "error",
        "LANG": "C.UTF-8",
    }


def assert_clean(result: subprocess.CompletedProcess[str]) -> None:
    """Fail unless the script ended with 0 and said nothing on stderr."""
    assert result.returncode == 0, f"exit code {result.returncode}\n{result.stdout}\n{result.stderr}"
    assert not result.stderr, result.stderr
