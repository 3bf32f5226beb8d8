"""Random user actions from a seed, closing while training included: no exception, no leftover, rc 0, silent stderr."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.gui.fakes import make_project
from tests.gui.run_files import make_run
from tests.gui.subprocesses import assert_clean, run_script
from tlft_desktop.core.values.run import RunState

SCRIPT = """
import os, sys
from pathlib import Path
from tests.gui.fakes import FakeEngine
from tests.gui.monkey import Monkey
from tests.gui.window_script import run_window
home, root, seed = sys.argv[1], sys.argv[2], int(sys.argv[3])
toys = tuple(Path(root).parent / name for name in ("dog.png", "bad.txt", "folder", "missing.zip"))
os.chdir(home)
run_window(lambda a: Monkey(a, seed, toys).steps(), home, engine=FakeEngine(num_epochs=40, pause_s=0.002), project=root)
"""
NUM_QUICK, NUM_ALL = 3, 20


def run_monkey(tmp_path: Path, seed: int) -> None:
    root = tmp_path / "p.tlft"
    project = make_project(root)
    for accuracy, state in ((0.7, RunState.COMPLETED), (0.9, RunState.COMPLETED), (0.6, RunState.STOPPED)):
        make_run(project, accuracy, state=state)
    project.close()
    (tmp_path / "home").mkdir()
    (tmp_path / "folder").mkdir()
    for name in ("dog.png", "bad.txt"):
        (tmp_path / name).write_bytes(b"no image")
    result = run_script(SCRIPT, str(tmp_path / "home"), str(root), str(seed))
    # A crash is told in the program's own log, not on stderr.
    crash = tmp_path / "home" / "log" / "crash.log"
    assert not crash.is_file() or not crash.read_text(encoding="utf-8").strip(), crash.read_text(encoding="utf-8")
    assert_clean(result)


@pytest.mark.parametrize("seed", range(NUM_QUICK))
def test_random_actions(tmp_path: Path, seed: int) -> None:
    run_monkey(tmp_path, seed)


@pytest.mark.full
@pytest.mark.slow
@pytest.mark.parametrize("seed", range(NUM_QUICK, NUM_ALL))
def test_random_actions_of_many_seeds(tmp_path: Path, seed: int) -> None:
    run_monkey(tmp_path, seed)
