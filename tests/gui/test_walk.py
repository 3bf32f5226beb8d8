"""The main job in the window by mouse and by keyboard; pictures of it go where `TLFT_PICTURES` says."""

from __future__ import annotations

import importlib.util
import os
import signal
from pathlib import Path

import pytest

from tests.gui.subprocesses import assert_clean, run_script

needs_photographs = pytest.mark.skipif(
    importlib.util.find_spec("skimage") is None, reason="the sample photographs are an extra"
)
HEAD = """
import sys
from pathlib import Path
from PySide6.QtCore import Qt
from tests.gui.window_script import click, run_window
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.gui.lazy import CoreEngine
from tlft_desktop.paths import AppPaths
home = sys.argv[1]
engine = CoreEngine(AppPaths.default(Path(home)))
"""


@pytest.mark.slow
@needs_photographs
@pytest.mark.parametrize("walk", ["by_mouse", "by_keyboard"])
def test_everything_once_then_quit_and_everything_is_there_again(tmp_path: Path, walk: str) -> None:
    for part in ("first_start", "second_start"):
        script = f"import sys; from tests.gui.walks.{walk} import main; main(sys.argv[1], {part!r})"
        assert_clean(run_script(script, str(tmp_path / "home"), timeout_s=600))


@pytest.mark.slow
@needs_photographs
def test_a_killed_run_is_offered_at_the_next_start(tmp_path: Path) -> None:
    first = """
import os, signal
def steps(a):
    w, session = a.window, a.context.session
    click(w.start_page.sample)
    yield lambda: session.layer_tree
    session.choose_strategy(StrategyKind.FINETUNE, "")
    w.project_pages.train.form.epochs.setValue(3)
    yield lambda: session.project.config.plan == session.choice.plan
    click(w.header.primary)
    yield lambda: w.training.live.epoch >= 1 and (w.training.live.batch.step > w.training.live._epoch_step)
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
run_window(steps, home, engine=engine)
"""
    second = """
def steps(a):
    w, session = a.window, a.context.session
    yield lambda: session.layer_tree
    message = a.context.messages.messages[0]
    assert "was interrupted at epoch" in message.text and "of 3. Resume?" in message.text, message.text
    message.offers[0].act()
    yield lambda: a.context.controller.is_active
    yield lambda: not a.context.controller.is_active and session.runs and session.runs[0].state == "completed"
    assert w.training.live.epoch == 3 and sorted(w.training.live.train) == [1, 2, 3]
    w.close()
run_window(steps, home, engine=engine)
"""
    killed = run_script(HEAD + first, str(tmp_path / "home"), timeout_s=600)
    # On Windows a process that is ended returns the number of the signal.
    assert killed.returncode == (signal.SIGTERM if os.name == "nt" else -signal.SIGKILL), killed.stderr
    assert_clean(run_script(HEAD + second, str(tmp_path / "home"), timeout_s=600))


@pytest.mark.slow
@needs_photographs
def test_window_and_headless_runs_give_the_same_metrics(tmp_path: Path) -> None:
    window = """
def steps(a):
    w, session = a.window, a.context.session
    click(w.start_page.sample)
    yield lambda: session.layer_tree
    session.choose_strategy(StrategyKind.FINETUNE, "")
    w.project_pages.train.form.epochs.setValue(1)
    w.project_pages.train.form.seed.setValue(3)
    click(w.header.primary)
    yield lambda: a.context.controller.is_active
    yield lambda: not a.context.controller.is_active and session.finished_runs
    print(session.project.root)
    w.close()
run_window(steps, home, engine=engine)
"""
    headless = """
from tlft_desktop.core.control import Control
from tlft_desktop.core.project.project import open_project
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.workflows.experiment import TrainOptions, run_experiment
with open_project(Path(sys.argv[2])) as project:
    options, paths = TrainOptions(epochs=1, seed=3), AppPaths.default(Path(home))
    list(run_experiment(project, StrategyKind.FINETUNE, options=options, paths=paths, control=Control()))
    store = RunStore(project.root)
    first, second = ([{**row, "run": ""} for row in store.metrics(run)] for run in store.ids())
    assert len(first) == 2 and first == second, (first, second)
"""
    home = str(tmp_path / "home")
    result = run_script(HEAD + window, home, timeout_s=600)
    assert_clean(result)
    assert_clean(run_script(HEAD + headless, home, result.stdout.splitlines()[-1], timeout_s=600))


@pytest.mark.slow
def test_bad_input_is_a_sentence_and_nothing_is_lost(tmp_path: Path) -> None:
    for name in ("empty", "one"):
        (tmp_path / name).mkdir()
    (tmp_path / "one" / "cats").mkdir()
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.4\n")
    (tmp_path / "broken.tlft").mkdir()
    (tmp_path / "broken.tlft" / "project.json").write_text("{", encoding="utf-8")
    body = """
folder = Path(sys.argv[2])
def steps(a):
    messages = a.context.messages
    for name in ("empty", "one", "paper.pdf", "missing", "broken.tlft"):
        a.window.drops.take([folder / name])
        yield lambda: messages.messages and not [job for job in a.context.tasks.jobs if job.title]
        message = messages.messages[0]
        assert message.kind in ("error", "warning") and name in message.text, (name, message.text)
        assert "inside the program" not in message.text and "Traceback" not in message.text, message.text
        assert a.context.session.project is None
        messages._bars[0].dismiss()
    a.window.drops.take([folder / "empty", folder / "one"])
    assert "Drop one folder" in messages.messages[0].text
    a.window.close()
run_window(steps, home, engine=engine)
"""
    assert_clean(run_script(HEAD + body, str(tmp_path / "home"), str(tmp_path), timeout_s=600))
    assert not list((tmp_path / "home" / "documents").rglob("*.tlft"))
