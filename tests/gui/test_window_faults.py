"""Rows of the fault matrix that need the whole window; each in a process of its own, with rc 0 and a silent stderr."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.gui.fakes import make_project
from tests.gui.run_files import make_run
from tests.gui.subprocesses import ROOT, assert_clean, environment, run_script
from tlft_desktop.core.errors import ExitCode
from tlft_desktop.core.hints import command
from tlft_desktop.core.project.project import open_project
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.manifest import Split

HEAD = """
import sys
from pathlib import Path
from tests.gui.fake_training import fake_training
from tests.gui.fakes import FakeEngine, make_project
from tests.gui.window_script import click, run_window
home, root = sys.argv[1], sys.argv[2]
"""


@pytest.fixture
def project_root(tmp_path: Path) -> Path:
    root = tmp_path / "cats.tlft"
    make_project(root).close()
    return root


def run_steps(body: str, tmp_path: Path, root: Path) -> subprocess.CompletedProcess[str]:
    return run_script(HEAD + body, str(tmp_path / "home"), str(root))


def test_opens_and_closes(tmp_path: Path, project_root: Path) -> None:
    body = """
def steps(a):
    yield lambda: a.context.session.layer_tree
    assert a.window.current_page == "data"
    a.window.close()
run_window(steps, home, project=root)
"""
    assert_clean(run_steps(body, tmp_path, project_root))


def test_f1_second_window_names_the_owner_and_offers_reading_only(tmp_path: Path, project_root: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HEAD + HOLD, "x", str(project_root)], cwd=ROOT, env=environment(), stdout=subprocess.PIPE
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"open\n"
        body = f"""
def steps(a):
    yield lambda: a.context.messages.messages
    message = a.context.messages.messages[0]
    assert "{holder.pid}" in message.text and "since" in message.text, message.text
    assert a.context.session.project is None
    message.offers[0].act()
    yield lambda: a.context.session.layer_tree
    assert a.context.session.project.read_only
    assert not a.window.actions_by_id["start"].isEnabled()
    assert not a.context.session.is_writable
    a.window.close()
run_window(steps, home, project=root)
"""
        assert_clean(run_steps(body, tmp_path, project_root))
    finally:
        holder.kill()
        holder.communicate()
    body = """
def steps(a):
    yield lambda: a.context.session.project
    assert not a.context.session.project.read_only
    a.window.close()
run_window(steps, home, project=root)
"""
    assert_clean(run_steps(body, tmp_path, project_root))


HOLD = """
import time
from tlft_desktop.core.project.project import open_project
project = open_project(Path(root))
print("open", flush=True)
time.sleep(120)
"""


@pytest.mark.parametrize("paused", ["", "a.context.controller.pause()"])
def test_f3_closing_while_training_saves_and_ends_well(tmp_path: Path, project_root: Path, paused: str) -> None:
    body = f"""
def steps(a):
    yield lambda: a.context.session.layer_tree
    click(a.window.header.primary)
    yield lambda: a.window.training.live.epoch >= 1
    {paused}
    ends = []
    a.context.controller.ended.connect(lambda outcome: print(outcome.fit_end.state, flush=True))
    a.window.close()
    assert a.window.isVisible(), "the window waits for the training"
    assert any("Saving" in message.text for message in a.context.messages.messages)
run_window(steps, home, engine=FakeEngine(num_epochs=10000, pause_s=0.002), project=root)
"""
    result = run_steps(body, tmp_path, project_root)
    assert_clean(result)
    assert result.stdout == "stopped\n"


def test_f3_closing_while_a_job_runs_waits_without_a_window(tmp_path: Path, project_root: Path) -> None:
    body = """
import time
class SlowLoad(FakeEngine):
    def load(self):
        time.sleep(1.0)
        return "CPU"
def steps(a):
    yield lambda: a.context.session.project
    a.window.close()
    assert not a.window.isVisible()
run_window(steps, home, engine=SlowLoad(), project=root)
"""
    assert_clean(run_steps(body, tmp_path, project_root))


def test_f4_exceptions_end_in_one_place(tmp_path: Path, project_root: Path) -> None:
    body = """
import threading
from PySide6.QtCore import QTimer
def fail():
    raise ValueError("from a timer")
class Failing(FakeEngine):
    def train(self, project, kind, settings, control):
        yield from list(fake_training(control))[:6]
        raise RuntimeError("from the training")
def steps(a):
    yield lambda: a.context.session.layer_tree
    messages = a.context.messages
    for _ in range(50):
        QTimer.singleShot(0, fail)
    yield lambda: a.faults._counts
    yield lambda: sum(a.faults._counts.values()) == 50
    assert len(messages.messages) == 1 and "from a timer" in messages.messages[0].text
    assert "Traceback" in messages.messages[0].details
    def from_thread():
        raise KeyError("from a thread")
    thread = threading.Thread(target=from_thread); thread.start(); thread.join()
    yield lambda: "from a thread" in messages.messages[0].text
    click(a.window.header.primary)
    yield lambda: "from the training" in messages.messages[0].text
    assert not a.context.controller.is_active
    assert len(messages.messages) <= 3
    assert a.window.actions_by_id["start"].isEnabled(), "the next training may start"
    a.window.close()
run_window(steps, home, engine=Failing(), project=root)
"""
    assert_clean(run_steps(body, tmp_path, project_root))
    log = next((tmp_path / "home").rglob("tlft.log")).read_text(encoding="utf-8")
    assert log.count("from a timer") >= 50


def test_b16_second_training_is_refused_in_words(tmp_path: Path, project_root: Path) -> None:
    body = """
def steps(a):
    yield lambda: a.context.session.layer_tree
    click(a.window.header.primary)
    yield lambda: a.context.controller.is_active
    assert not a.window.actions_by_id["start"].isEnabled()
    a.window._start_training()
    assert "running already" in a.context.messages.messages[0].text
    a.window.drops.take([Path(root)])
    assert "Stop it before" in a.context.messages.messages[0].text
    a.window.close()
run_window(steps, home, engine=FakeEngine(num_epochs=10000, pause_s=0.002), project=root)
"""
    assert_clean(run_steps(body, tmp_path, project_root))


@pytest.mark.skipif(os.name == "nt", reason="no process can send another one these signals on Windows")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_b11_the_window_saves_and_exits_with_0_on_a_signal(
    tmp_path: Path, project_root: Path, number: signal.Signals
) -> None:
    body = """
def steps(a):
    yield lambda: a.context.session.layer_tree
    click(a.window.header.primary)
    yield lambda: a.window.training.live.epoch >= 1
    a.context.controller.ended.connect(lambda outcome: print(outcome.fit_end.state, flush=True))
    print("ready", flush=True)
run_window(steps, home, engine=FakeEngine(num_epochs=100000, pause_s=0.002), project=root)
"""
    child = subprocess.Popen(
        [sys.executable, "-c", HEAD + body, str(tmp_path / "home"), str(project_root)],
        cwd=ROOT, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    os.kill(child.pid, number)
    output, errors = child.communicate()
    assert child.returncode == 0, errors
    assert output == "stopped\n"
    assert not errors


def test_d8_class_names_are_plain_text(tmp_path: Path, project_root: Path) -> None:
    body = """
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
def steps(a):
    yield lambda: a.context.session.layer_tree
    labels = a.window.findChildren(QLabel)
    assert len(labels) > 30
    rich = [label.text() for label in labels if label.textFormat() != Qt.TextFormat.PlainText and label.text()]
    assert not rich, rich
    model = a.window.project_pages.data.class_model
    index = model.index(2, 0)
    assert index.data() == "<b>bird</b>"
    assert "<b>" not in index.data(Qt.ItemDataRole.ToolTipRole)
    a.window.close()
run_window(steps, home, project=root)
"""
    assert_clean(run_steps(body, tmp_path, project_root))


def test_f15_theme_and_size_change_while_training(tmp_path: Path, project_root: Path) -> None:
    body = """
def steps(a):
    yield lambda: a.context.session.layer_tree
    click(a.window.header.primary)
    for turn in range(30):
        a.window.actions_by_id["theme_dark" if turn % 2 else "theme_light"].trigger()
        a.window.resize(900 + 20 * turn, 700 - 5 * turn)
        a.window.show_page(("data", "layers", "train", "compare", "use")[turn % 5])
        yield lambda: True
    a.window.close()
run_window(steps, home, engine=FakeEngine(num_epochs=10000, pause_s=0.002), project=root)
"""
    assert_clean(run_steps(body, tmp_path, project_root))


def test_f7_the_window_answers_while_training(tmp_path: Path, project_root: Path) -> None:
    body = """
import time
from PySide6.QtCore import QTimer
gaps, last = [], [time.perf_counter()]
def note():
    now = time.perf_counter(); gaps.append(now - last[0]); last[0] = now
def steps(a):
    yield lambda: a.context.session.layer_tree
    click(a.window.header.primary)
    yield lambda: a.window.training.live.epoch >= 2
    timer = QTimer(a); timer.timeout.connect(note); timer.start(5); last[0] = time.perf_counter()
    yield lambda: len(gaps) >= 200
    timer.stop()
    gaps.sort()
    # Loose: the machine that tests may be busy. Goals: 99 % below 16 ms, largest below 100 ms.
    assert gaps[int(0.95 * len(gaps))] < 0.1 and gaps[-1] < 1.0, (gaps[-10:])
    a.window.close()
run_window(steps, home, engine=FakeEngine(num_epochs=100000, pause_s=0.0005), project=root)
"""
    assert_clean(run_steps(body, tmp_path, project_root))


@pytest.mark.parametrize("then", ["a.window.close()", "a.window.projects.close(lambda: a.window.close())"])
def test_f3_closing_while_a_start_waits_for_a_save(tmp_path: Path, project_root: Path, then: str) -> None:
    body = f"""
def steps(a):
    session = a.context.session
    yield lambda: session.layer_tree
    for _ in range(3):
        session.choose_plan(session.choice.plan.unfreeze(["stem"]), "tick")
        a.context.saver.flush(lambda: None)
    a.window.actions_by_id["start"].trigger()
    {then}
    yield lambda: not a.context.controller.is_active
    a.window.close()
run_window(steps, home, engine=FakeEngine(num_epochs=100, pause_s=0.002), project=root)
"""
    assert_clean(run_steps(body, tmp_path, project_root))


def test_f3_changes_made_just_before_closing_are_kept(tmp_path: Path, project_root: Path) -> None:
    body = """
from tlft_desktop.core.data.edit_images import exclude
from tlft_desktop.core.values.manifest import Split
def steps(a):
    yield lambda: a.context.session.layer_tree
    session, desk = a.context.session, a.window.project_pages.data.desk
    before = session.manifest
    for record in before.used(Split.TRAIN)[:5]:
        desk.edit(lambda manifest, path=record.path: exclude(manifest, [path]), "leave out")
    assert session.manifest is before, "nothing is written yet"
    a.window.close()
run_window(steps, home, project=root)
"""
    assert_clean(run_steps(body, tmp_path, project_root))
    with open_project(project_root) as project:
        counts = [len(manifest.used(Split.TRAIN)) for manifest in (project.manifest, project.edited_manifest)]
    assert counts[0] - counts[1] == 5


def test_f3_marks_of_runs_made_just_before_closing_are_kept(tmp_path: Path, project_root: Path) -> None:
    with open_project(project_root) as project:
        run = make_run(project, 0.9)
    body = f"""
def steps(a):
    yield lambda: a.context.session.layer_tree and a.context.session.runs
    a.window.runs.rename("{run}", "kept")
    a.window.runs.set_note("{run}", "written")
    a.window.runs.toggle_stars(a.context.session.runs)
    a.window.close()
run_window(steps, home, project=root)
"""
    assert_clean(run_steps(body, tmp_path, project_root))
    (summary,) = RunStore(project_root).summaries()
    assert (summary.name, summary.note, summary.starred) == ("kept", "written", True)


def test_who_goes_elsewhere_while_a_training_starts_is_not_called_back(tmp_path: Path, project_root: Path) -> None:
    body = """
engine = FakeEngine(num_epochs=10_000, pause_s=0.001)
engine.is_measuring_held = True
def steps(a):
    yield lambda: a.context.session.layer_tree
    actions, controller = a.window.actions_by_id, a.context.controller
    actions["page_layers"].trigger()
    yield lambda: a.context.costs.state == "measuring"
    actions["start"].trigger()
    assert a.window.current_page == "train", "at once"
    assert not controller.is_active, "the measurement makes way first"
    actions["page_compare"].trigger()
    yield lambda: controller.is_active
    yield lambda: a.window.training.live.epoch
    assert a.window.current_page == "compare"
    actions["stop"].trigger()
    yield lambda: not controller.is_active
    a.window.close()
run_window(steps, home, engine=engine, project=root)
"""
    assert_clean(run_steps(body, tmp_path, project_root))


def test_without_a_screen_the_reason_is_said() -> None:
    script = "import sys; from tlft_desktop.cli import main; sys.exit(main(['--home', sys.argv[1], 'gui']))"
    with tempfile.TemporaryDirectory() as home:
        started = subprocess.run(
            [sys.executable, "-c", script, home],
            env={**environment(), "QT_QPA_PLATFORM": "nowhere"},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    assert started.returncode == ExitCode.OUT_OF_RESOURCE
    reason, remedy = started.stderr.splitlines()
    assert reason.startswith("tlft: The window cannot be opened. ")
    assert "nowhere" in reason or "plugin" in reason
    assert remedy == f"`{command('doctor')}` says what is missing on this computer."
