"""The system ends the program while the real engine trains: the run is saved, the exit code is 0, it can go on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from command_line import coloured_images
from tests.gui.fakes import make_project
from tests.gui.subprocesses import ROOT, environment
from tlft_desktop.core.control import Control
from tlft_desktop.core.project.project import open_project
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.events import EpochEnd
from tlft_desktop.core.values.run import RunState
from tlft_desktop.core.workflows.create import NewProject, create
from tlft_desktop.core.workflows.experiment import resume_experiment
from tlft_desktop.paths import AppPaths

HAS_TERMINALS = pytest.mark.skipif(os.name == "nt", reason="Windows sends no such signal")
BODY = """
import signal, sys
if hasattr(signal, "SIGHUP"):
    # Whoever runs the tests by `nohup` hands its choice on.
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
from pathlib import Path
from tests.gui.window_script import click, run_window
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.gui.lazy import CoreEngine
from tlft_desktop.paths import AppPaths
home, root = sys.argv[1], sys.argv[2]
def steps(a):
    yield lambda: a.context.session.layer_tree
    a.context.session.choose_strategy(StrategyKind.FINETUNE, "")
    a.window.project_pages.train.form.epochs.setValue(5000)
    a.window.actions_by_id["start"].trigger()
    yield lambda: a.window.training.live.epoch >= 1 and a.window.training.live.batch is not None
    print("training", flush=True)
run_window(steps, home, engine=CoreEngine(AppPaths.default(Path(home))), project=root)
"""


@pytest.fixture
def child(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    paths = AppPaths.below(tmp_path / "home")
    new = NewProject(root=tmp_path / "p.tlft", source=coloured_images(tmp_path / "images"), image_size=32, flip=True)
    project = list(create(new, paths=paths, control=Control()))[-1]
    project.close()  # type: ignore[union-attr]
    child = subprocess.Popen(
        [sys.executable, "-c", BODY, str(tmp_path / "home"), str(tmp_path / "p.tlft")],
        cwd=ROOT, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    yield child
    child.kill()
    child.communicate()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["SIGTERM", pytest.param("SIGHUP", marks=HAS_TERMINALS)])
def test_b11_a_real_training_is_saved_and_goes_on_after_a_signal(
    child: subprocess.Popen[str], tmp_path: Path, name: str
) -> None:
    assert child.stdout is not None
    assert child.stdout.readline() == "training\n"
    os.kill(child.pid, signal.Signals[name])
    _output, errors = child.communicate(timeout=60)
    assert child.returncode == 0, errors
    assert not errors
    with open_project(tmp_path / "p.tlft") as project:
        (run,) = RunStore(project.root).summaries()
        assert (run.state, run.resumable) == (RunState.STOPPED, True)
        control = Control()
        events = resume_experiment(project, run.run, paths=AppPaths.below(tmp_path / "home"), control=control)
        for event in events:
            if isinstance(event, EpochEnd):
                assert event.epoch > run.epoch >= 1
                control.request_stop()


ASKED = """
import sys
from tests.gui.window_script import run_window
from tlft_desktop.gui.dialogs.mirror_dialog import MirrorDialog
def steps(a):
    yield lambda: a.context.session.layer_tree
    a.window.actions_by_id["start"].trigger()
    yield lambda: a.window.findChildren(MirrorDialog)
    print("asked", flush=True)
    yield lambda: False
run_window(steps, sys.argv[1], project=sys.argv[2])
"""


@pytest.mark.slow
def test_a_signal_ends_the_program_while_it_asks_whether_images_may_be_mirrored(tmp_path: Path) -> None:
    make_project(tmp_path / "p.tlft", flip=None).close()
    child = subprocess.Popen(
        [sys.executable, "-c", ASKED, str(tmp_path / "home"), str(tmp_path / "p.tlft")],
        cwd=ROOT, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert child.stdout is not None
        assert child.stdout.readline() == "asked\n"
        child.terminate()
        _output, errors = child.communicate(timeout=60)
    finally:
        child.kill()
        child.communicate()
    assert (child.returncode, errors) == (0, "")
    with open_project(tmp_path / "p.tlft") as project:
        assert project.config.flip is None
        assert not RunStore(project.root).ids()
