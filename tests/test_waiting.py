"""How threads wait for each other."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from command_line import environment
from tlft_desktop.waiting import wait_briefly


@pytest.mark.parametrize("chosen", [{"GOMP_SPINCOUNT": "7"}, {"OMP_WAIT_POLICY": "active"}])
def test_the_users_choice_stands(chosen: dict[str, str]) -> None:
    found = dict(chosen)
    wait_briefly(found)
    assert found == chosen


def test_threads_wait_briefly_by_default() -> None:
    found: dict[str, str] = {}
    wait_briefly(found)
    assert 0 < int(found["GOMP_SPINCOUNT"]) < 100_000


@pytest.mark.skipif(sys.platform != "linux", reason="GNU's OpenMP")
def test_it_is_decided_before_torch_is_loaded(tmp_path: Path) -> None:
    script = """
import os, sys
from tlft_desktop import __main__
import tlft_desktop.cli
seen = {}
def run(argv):
    seen.update(os.environ, torch="torch" in sys.modules)
    return 0
tlft_desktop.cli.main = run
__main__.guard_process = lambda: (lambda code: None)
__main__.main(["doctor"])
assert seen["GOMP_SPINCOUNT"] and not seen["torch"], seen
"""
    started = {
        key: value for key, value in environment(tmp_path).items() if key not in ("GOMP_SPINCOUNT", "OMP_WAIT_POLICY")
    }
    done = subprocess.run([sys.executable, "-c", script], env=started, capture_output=True, text=True, check=False)
    assert not done.returncode, done.stderr
