"""A start goes on where the last one ended, and one that died of it does not try again."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.gui.fakes import make_project
from tests.gui.run_files import make_run
from tests.gui.subprocesses import assert_clean, run_script
from tlft_desktop.core.project.project import open_project
from tlft_desktop.core.values.run import RunState
from tlft_desktop.gui.window_state import read_state, write_state
from tlft_desktop.paths import AppPaths

HEAD = """
import os, sys
from pathlib import Path
from tests.gui.fakes import FakeEngine
from tests.gui.window_script import run_window
home, root = sys.argv[1], sys.argv[2]
"""
OPEN_AND_CLOSE = """
def steps(a):
    yield lambda: a.context.session.layer_tree
    a.window.show_page("compare")
    a.window.resize(1270, 690)
    a.window.close()
run_window(steps, home, project=root)
"""
NOTHING_OPEN = """
def steps(a):
    yield lambda: a.window.devices.devices and not a.context.tasks.jobs
    assert a.context.session.project is None and a.window.current_page == "start"
    a.window.close()
run_window(steps, home)
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def root(tmp_path: Path, home: Path) -> Path:
    root = tmp_path / "cats.tlft"
    make_project(root).close()
    return root


def start(body: str, home: Path, root: Path) -> None:
    assert_clean(run_script(HEAD + body, str(home), str(root)))


def test_project_page_and_size_come_back(home: Path, root: Path) -> None:
    start(OPEN_AND_CLOSE, home, root)
    body = """
def steps(a):
    yield lambda: a.context.session.layer_tree
    assert str(a.context.session.project.root) == root
    assert a.window.current_page == "compare"
    assert a.window.height() == 690
    assert not a.context.messages.messages
    a.window.actions_by_id["close"].trigger()
    yield lambda: a.context.session.project is None
    a.window.close()
run_window(steps, home)
"""
    start(body, home, root)
    start(NOTHING_OPEN, home, root)


def test_who_does_not_want_it_starts_with_the_start_page(home: Path, root: Path) -> None:
    start(OPEN_AND_CLOSE, home, root)
    path = AppPaths.below(home).settings_file
    path.write_text(json.dumps(json.loads(path.read_text()) | {"reopen": False}))
    start(NOTHING_OPEN, home, root)


def test_a_project_that_is_gone_is_the_start_page(home: Path, root: Path) -> None:
    start(OPEN_AND_CLOSE, home, root)
    shutil.rmtree(root)
    start(NOTHING_OPEN, home, root)


def test_a_start_that_died_of_the_project_does_not_try_again(home: Path, root: Path) -> None:
    start(OPEN_AND_CLOSE, home, root)
    body = """
def steps(a):
    yield lambda: a.context.session.project
    os._exit(9)
run_window(steps, home)
"""
    assert run_script(HEAD + body, str(home), str(root)).returncode == 9
    body = """
def steps(a):
    yield lambda: a.context.messages.messages
    assert "ended early" in a.context.messages.messages[0].text
    yield lambda: not a.context.tasks.jobs
    assert a.context.session.project is None and a.window.current_page == "start"
    a.window.close()
run_window(steps, home)
"""
    start(body, home, root)
    start(NOTHING_OPEN, home, root)


def test_nonsense_that_was_remembered_does_no_harm(home: Path, root: Path) -> None:
    path = AppPaths.below(home).state_file
    write_state(path, {"last/project": "\0", "last/page": "moon", "window/geometry": "%%%", "start": "7"})
    start(NOTHING_OPEN, home, root)
    write_state(path, {**read_state(path), "last/project": str(root), "last/page": "start"})
    body = """
def steps(a):
    yield lambda: a.context.session.layer_tree
    assert a.window.current_page == "data"
    a.window.close()
run_window(steps, home)
"""
    start(body, home, root)


CUT = """
def steps(a):
    yield lambda: a.context.session.layer_tree
    a.window.actions_by_id["start"].trigger()
    yield lambda: a.window.training.live.epoch >= 1
    {end}
    a.window.close()
run_window(steps, home, engine=FakeEngine(num_epochs=10000, pause_s=0.002), project=root)
"""
STOP = """a.window.actions_by_id["stop"].trigger()
    yield lambda: not a.context.controller.is_active and not a.context.tasks.jobs"""


@pytest.mark.parametrize(("end", "offers"), [("", 1), (STOP, 0)])
def test_a_training_that_closing_ended_is_offered_once(home: Path, root: Path, end: str, offers: int) -> None:
    with open_project(root) as project:
        make_run(project, 0.5, state=RunState.COMPLETED)
        make_run(project, 0.6, state=RunState.STOPPED)
    start(CUT.format(end=end), home, root)
    body = """
def steps(a):
    asked = []
    a.window.training.offer_resume = asked.append
    yield lambda: a.context.session.layer_tree and not a.context.tasks.jobs
    assert [[run.val_accuracy for run in runs] for runs in asked] == {expected}, asked
    a.window.close()
run_window(steps, home)
"""
    start(body.format(expected=[[0.6] * offers]), home, root)
    start(body.format(expected=[[]]), home, root)


RACE = """
import signal
from tlft_desktop.core.values.strategy import StrategyKind
engine = FakeEngine(num_epochs=2)
def begin(a):
    yield lambda: a.context.session.layer_tree
    engine.held = {StrategyKind.FINETUNE}
    a.window.actions_by_id["race"].trigger()
    a.window.project_pages.train.race.form.start.click()
    yield lambda: a.window.races.shown and a.window.races.shown.training == 1 and a.window.training.live.epoch >= 1
    assert a.window.current_page == "train"
"""
KILL = """
def steps(a):
    yield from begin(a)
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
run_window(steps, home, project=root, engine=engine)
"""
CLOSE = """
def steps(a):
    yield from begin(a)
    a.window.actions_by_id["close"].trigger()
    a.window.projects.open_project(Path(root))
    assert "Stop it before you open something else" in a.context.messages.messages[0].text
    a.window.close()
run_window(steps, home, project=root, engine=engine)
"""


@pytest.mark.parametrize("ending", [KILL, CLOSE], ids=["killed", "closed"])
def test_a_race_that_was_cut_is_offered_and_goes_on(home: Path, root: Path, ending: str) -> None:
    result = run_script(HEAD + RACE + ending, str(home), str(root))
    assert (result.returncode == 0) is (ending is CLOSE), result.stderr
    body = """
def steps(a):
    races, messages = a.window.races, a.context.messages
    yield lambda: messages.messages
    message = messages.messages[0]
    assert "Hybrid was interrupted: 1 of 3 runs are complete. Go on with it?" in message.text, message.text
    assert len([each for each in messages.messages if "interrupted" in each.text]) == 1
    message.offers[0].act()
    yield lambda: races.is_racing and a.context.controller.is_active
    yield lambda: not a.context.controller.is_active and not a.context.tasks.jobs
    assert engine.resumed == [races.races[0].race]
    assert [place.state for place in races.shown.places()] == ["completed"] * 3
    assert a.window.current_page == "train" and a.window.project_pages.train.race.isVisible()
    assert len(a.context.session.runs) == 3
    a.window.close()
run_window(steps, home, project=root, engine=engine)
"""
    # Without `held` the runs end by themselves now. The killed window may have forgotten which project was open.
    start(RACE + body, home, root)
