"""Everything by keyboard: Tab follows the reading order, F6 walks through the parts, and the focus can be seen."""

from __future__ import annotations

from pathlib import Path

from tests.gui.fakes import make_project
from tests.gui.subprocesses import assert_clean, run_script

HEAD = """
import sys
from pathlib import Path
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.gui.window_script import click, run_window
from tlft_desktop.gui.focus_ring import chain_of
home, root = sys.argv[1], sys.argv[2]
def place(widget, window):
    point = widget.mapTo(window, QPoint(0, widget.height() // 2))
    return point.y() // 24, point.x()
def unseen(window, part):
    # Widgets that look the same with and without the focus.
    found = []
    for widget in chain_of(part):
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        if widget.hasFocus():
            focused = window.grab().toImage()
            widget.clearFocus()
            QApplication.processEvents()
            if focused == window.grab().toImage():
                found.append(f"{type(widget).__name__} {widget.accessibleName()}")
    return found
"""


def run(body: str, tmp_path: Path) -> None:
    root = tmp_path / "cats.tlft"
    make_project(root).close()
    assert_clean(run_script(HEAD + body, str(tmp_path / "home"), str(root)))


def test_tab_follows_the_reading_order_and_the_focus_is_seen(tmp_path: Path) -> None:
    body = """
def steps(a):
    w = a.window
    yield lambda: w.devices.devices and w.isActiveWindow()
    assert w.focusWidget() is w.start_page.sample, "Return takes the first of the two clicks"
    p = a.context.preferences
    p.set_settings(p.settings.with_recent(Path("/nowhere/gone.tlft")).with_recent(Path(root)))
    yield lambda: w.start_page.recent.rows and not a.context.tasks.jobs
    places = [place(widget, w) for widget in chain_of(w.start_page)]
    assert len(places) == 7 and places == sorted(places), places
    assert unseen(w, w) == []
    w.projects.open_project(Path(root))
    yield lambda: a.context.session.layer_tree
    for part, count in ((w.navigation, 5), (w.header, 2)):
        places = [place(widget, w) for widget in chain_of(part)]
        assert len(places) == count and places == sorted(places), places
    for page in ("data", "layers", "train", "compare", "use"):
        w.show_page(page)
        yield lambda: True
        assert unseen(w, w) == [], (page, unseen(w, w))
        assert len([widget for widget in chain_of(w.navigation)]) == 5
    w.close()
run_window(steps, home)
"""
    run(body, tmp_path)


def test_f6_walks_through_header_steps_page_and_panels(tmp_path: Path) -> None:
    body = """
def steps(a):
    w = a.window
    yield lambda: a.context.session.layer_tree and w.isActiveWindow()
    w.show_page("data")
    yield lambda: True
    parts = w._parts()
    visible = [part for part in parts if part.isVisible() and chain_of(part)]
    w.header.project.setFocus()
    def part_of(widget):
        around = [part for part in visible if part.isAncestorOf(widget)]
        return around[-1]
    seen = [part_of(w.focusWidget())]
    for _ in visible[1:]:
        w.actions_by_id["next_part"].trigger()
        seen.append(part_of(w.focusWidget()))
    assert seen == visible and len(seen) >= 5, seen
    w.actions_by_id["next_part"].trigger()
    assert w.focusWidget() is w.header.project
    w.actions_by_id["next_part"].trigger()
    w.navigation.button_of("train").setFocus()
    w.actions_by_id["previous_part"].trigger()
    assert w.focusWidget() is w.header.project
    w.actions_by_id["next_part"].trigger()
    assert w.focusWidget() is w.navigation.button_of("train"), "back where it was"
    click(w.navigation.button_of("data"))
    click(w.navigation.button_of("data"))
    assert w.navigation.button_of("data").isChecked() and not w.navigation.button_of("use").isChecked()
    w.close()
run_window(steps, home, project=root)
"""
    run(body, tmp_path)


def test_tab_goes_around_the_window_and_back_on_every_page(tmp_path: Path) -> None:
    body = """
from tests.gui.hands import MAX_TABS, focused, press
def steps(a):
    w = a.window
    yield lambda: a.context.session.layer_tree and w.isActiveWindow()
    for page in ("data", "layers", "train", "compare", "use"):
        w.show_page(page)
        yield lambda: True
        for key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            start = w.navigation.button_of(page)
            start.setFocus()
            passed = [start]
            for _ in range(MAX_TABS):
                press(key)
                passed.append(focused())
                if passed[-1] is start:
                    break
            assert passed[-1] is start, (page, [each.accessibleName() for each in passed[:30]])
            assert set(passed) == set(chain_of(w)), (page, set(chain_of(w)) - set(passed))
    w.close()
run_window(steps, home, project=root)
"""
    run(body, tmp_path)


def test_the_focus_stays_with_the_choice_that_is_down(tmp_path: Path) -> None:
    body = """
from tests.gui.hands import focused, press
from tlft_desktop.core.values.strategy import StrategyKind
def steps(a):
    w, picker = a.window, a.window.project_pages.train.picker
    yield lambda: a.context.session.layer_tree and w.isActiveWindow()
    w.show_page("train")
    picker.card_of(StrategyKind.TRANSFER).setFocus()
    a.context.session.choose_strategy(StrategyKind.FINETUNE, "")
    assert focused() is picker.card_of(StrategyKind.FINETUNE), "it follows the choice"
    w.show_page("layers")
    a.context.session.choose_strategy(StrategyKind.HYBRID, "")
    w.show_page("train")
    yield lambda: True
    assert focused() is picker.card_of(StrategyKind.HYBRID), "also on a page that is shown again"
    press(Qt.Key.Key_Up)
    assert a.context.session.choice.kind is StrategyKind.FINETUNE, "the arrow key starts from what is chosen"
    w.close()
run_window(steps, home, project=root)
"""
    run(body, tmp_path)


def test_a_race_that_begins_hands_the_focus_to_stop(tmp_path: Path) -> None:
    body = """
from tests.gui.hands import focused, press, tab_to
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.gui.pages.train_page import RACE
def steps(a):
    w, page = a.window, a.window.project_pages.train
    yield lambda: a.context.session.layer_tree and w.isActiveWindow()
    w.show_page("train")
    click(page.views.button_of(RACE))
    for by_key in (True, False):
        a.context.engine.held = {StrategyKind.TRANSFER}
        yield lambda: page.race.form.start.isEnabled()
        if by_key:
            tab_to(page.race.form.start)
            press(Qt.Key.Key_Space)
        else:
            click(page.race.form.start)
        yield lambda: w.training.live.epoch >= 1
        assert focused() is page.status.buttons["stop"], focused()
        press(Qt.Key.Key_Space)
        yield lambda: not a.context.controller.is_active and not a.context.tasks.jobs
        click(page.race.head.new)
    w.close()
run_window(steps, home, project=root)
"""
    run(body, tmp_path)
