"""Random user actions from a seed, closing while training included: no exception, no leftover, rc 0, silent stderr."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.gui.fakes import make_project
from tests.gui.subprocesses import assert_clean, run_script

SCRIPT = """
import random, sys
from pathlib import Path
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QDialog
from tests.gui.fakes import FakeEngine
from tests.gui.window_script import run_window
home, root, seed = sys.argv[1], sys.argv[2], int(sys.argv[3])
chance = random.Random(seed)
FORBIDDEN = {"quit", "close", "photos", "digits", "new", "open", "predict", "predict_folder", "predict_bundle",
             "save_answers", "run_folder", "project_folder"}
def press_button(a):
    buttons = [b for b in a.window.findChildren(QAbstractButton)
               if b.isVisible() and b.isEnabled() and b.accessibleName() and "image" not in b.accessibleName()]
    if buttons:
        QTest.mouseClick(chance.choice(buttons), Qt.LeftButton)
def trigger(a):
    action = chance.choice([x for key, x in a.window.actions_by_id.items() if key not in FORBIDDEN])
    if action.isEnabled():
        action.trigger()
def tick(a):
    model = a.window.layers_page.model
    path = chance.choice(("", "stem", "blocks", "blocks.0", "blocks.1.bn", "head"))
    model.setData(model.index_of(path), chance.choice((Qt.Checked, Qt.Unchecked)), Qt.CheckStateRole)
def key(a):
    target = a.window.focusWidget() or a.window
    QTest.keyClick(target, chance.choice((Qt.Key_Tab, Qt.Key_Space, Qt.Key_Down, Qt.Key_Up, Qt.Key_Right)))
def resize(a):
    a.window.resize(chance.randint(600, 1600), chance.randint(400, 1000))
def type_filter(a):
    a.window.layers_page.search.line.setText(chance.choice(("", "conv", "bn", "zzz", "/(/", "/[ab]n$/")))
def slide(a):
    slider = a.window.layers_page.depth_slider.slider
    slider.setValue(chance.randint(0, slider.maximum()))
def steps(a):
    yield lambda: a.context.session.layer_tree
    for _ in range(200):
        chance.choice((press_button, trigger, tick, key, resize, type_filter, slide))(a)
        for dialog in a.window.findChildren(QDialog):
            dialog.close()
        yield lambda: True
        assert not a.faults._counts, a.faults._counts
    a.window.actions_by_id["start"].trigger()
    yield lambda: True
    a.window.close()
run_window(steps, home, engine=FakeEngine(num_epochs=40, pause_s=0.002), project=root)
"""


def run_monkey(tmp_path: Path, seed: int) -> None:
    root = tmp_path / "p.tlft"
    make_project(root).close()
    assert_clean(run_script(SCRIPT, str(tmp_path / "home"), str(root), str(seed)))


def test_random_actions(tmp_path: Path) -> None:
    run_monkey(tmp_path, 0)


@pytest.mark.full
@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 20))
def test_random_actions_of_many_seeds(tmp_path: Path, seed: int) -> None:
    run_monkey(tmp_path, seed)
