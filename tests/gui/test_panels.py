"""Panels stay where they were put; what is remembered survives everything that can happen to its file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QToolButton

from tlft_desktop.core import fsio
from tlft_desktop.gui.icons import IconSet
from tlft_desktop.gui.theme import ThemeController
from tlft_desktop.gui.widgets.dock_area import DockArea
from tlft_desktop.gui.widgets.menus import PanelsMenu
from tlft_desktop.gui.window_state import WindowState, read_state, write_state
from tlft_desktop.gui.workers.task import TaskRunner

# Of the platform without a screen, which moves no real windows.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
MakeArea = Callable[..., DockArea]


@pytest.fixture
def tasks(qapp: QApplication) -> TaskRunner:
    return TaskRunner()


@pytest.fixture
def make_area(qtbot: Any, qapp: QApplication, tmp_path: Path, tasks: TaskRunner) -> MakeArea:
    icons = IconSet(ThemeController(qapp))

    def make(state: WindowState) -> DockArea:
        area = DockArea("test", SimpleNamespace(state=state, icons=icons))  # type: ignore[arg-type]
        qtbot.addWidget(area)
        area.set_center(QLabel("middle"))
        area.add_panel(QLabel("one"), "One", "right", name="one", extent=300)
        area.add_panel(QLabel("two"), "Two", "bottom", name="two", extent=120)
        area.resize(900, 600)
        area.show()
        qtbot.waitUntil(lambda: area.panels[0].width() >= 300)
        return area

    return make


def test_panels_come_back_where_they_were(make_area: MakeArea, tmp_path: Path, tasks: TaskRunner, qtbot: Any) -> None:
    path = tmp_path / "state" / "window.json"
    state = WindowState({}, path, tasks)
    area = make_area(state)
    one, two = area.panels
    assert (one.width(), two.height()) == (300, 120), "as the page wanted"
    area.resizeDocks([one], [380], Qt.Orientation.Horizontal)
    two.close()
    state.collecting.emit()
    done: list[bool] = []
    state.flush(lambda: done.append(True))
    qtbot.waitUntil(lambda: bool(done))
    second = make_area(WindowState(read_state(path), path, tasks))
    assert (second.panels[0].width(), second.panels[1].isVisible()) == (380, False)
    second.reset()
    assert second.panels[1].isVisible()
    assert second.panels[0].width() == 300
    second.close()
    qtbot.waitUntil(lambda: not tasks.jobs)


def test_the_menu_lists_the_panels_and_brings_them_back(make_area: MakeArea, tmp_path: Path, tasks: TaskRunner) -> None:
    area = make_area(WindowState({}, tmp_path / "w.json", tasks))
    menu = PanelsMenu(lambda: area, area)
    area.panels[1].close()
    menu.fill()
    assert [(action.text(), action.isChecked()) for action in menu.actions()] == [("One", True), ("Two", False)]
    menu.actions()[1].trigger()
    assert area.panels[1].isVisible()
    empty = PanelsMenu(lambda: None, area)
    empty.fill()
    assert [action.isEnabled() for action in empty.actions()] == [False]


def test_titles_are_for_the_keyboard(make_area: MakeArea, tmp_path: Path, tasks: TaskRunner, qtbot: Any) -> None:
    area = make_area(WindowState({}, tmp_path / "w.json", tasks))
    one = area.panels[0]
    bar = one.titleBarWidget()
    float_button, close_button = bar.findChildren(QToolButton)
    assert float_button.accessibleName() == "Float the panel One"
    assert close_button.accessibleName() == "Close the panel One"
    assert float_button.focusPolicy() & Qt.FocusPolicy.TabFocus
    qtbot.keyClick(float_button, Qt.Key.Key_Space)
    assert one.isFloating()
    assert float_button.accessibleName() == "Dock the panel One"
    area.hide()
    assert not one.isVisible(), "a floating panel leaves with its page"
    area.show()
    assert one.isVisible()
    qtbot.keyClick(float_button, Qt.Key.Key_Space)
    assert not one.isFloating()
    qtbot.keyClick(close_button, Qt.Key.Key_Space)
    assert not one.isVisible()


def test_a_hand_that_drags_writes_nothing(tmp_path: Path, tasks: TaskRunner, qtbot: Any) -> None:
    path = tmp_path / "w.json"
    state = WindowState({}, path, tasks)
    for number in range(50):
        state.set_value("k", str(number))
        assert not tasks.jobs
    done: list[bool] = []
    state.flush(lambda: done.append(True))
    state.set_value("k", "last")
    state.flush(lambda: done.append(True))
    qtbot.waitUntil(lambda: len(done) == 2)
    assert read_state(path) == {"k": "last"}
    state.set_value("k", "")
    state.flush(lambda: done.append(True))
    qtbot.waitUntil(lambda: len(done) == 3)
    assert read_state(path) == {}


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff\xfe", b'{"schema": 1, "values": {"a": 1}}', b'{"schema": 1}', b"[]", b"{}" * 9]
)
def test_a_damaged_file_is_kept_beside_and_ignored(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "w.json"
    path.write_bytes(content)
    assert read_state(path) == {}
    assert not path.exists()
    assert (tmp_path / "w.json.bad").read_bytes() == content


def test_damaged_places_are_the_default_places(make_area: MakeArea, tmp_path: Path, tasks: TaskRunner) -> None:
    for value in ("no base64 at all!", "AAAA", "8J+YgA=="):
        area = make_area(WindowState({"panels/test": value}, tmp_path / "w.json", tasks))
        assert [panel.isVisible() for panel in area.panels] == [True, True]
        assert area.panels[0].width() == 300


def test_a_disk_that_cannot_be_written_disturbs_nobody(
    tmp_path: Path, tasks: TaskRunner, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures: list[object] = []
    tasks.failed.connect(failures.append)
    (tmp_path / "file").write_bytes(b"")
    state = WindowState({}, tmp_path / "file" / "w.json", tasks)
    state.set_value("k", "v")
    done: list[bool] = []
    state.flush(lambda: done.append(True))
    qtbot.waitUntil(lambda: bool(done))
    assert not failures


def test_state_is_readable_by_the_user_only(tmp_path: Path) -> None:
    write_state(tmp_path / "below" / "w.json", {"k": "v"})
    assert fsio.read_json(tmp_path / "below" / "w.json")["values"] == {"k": "v"}
    assert (tmp_path / "below" / "w.json").stat().st_mode & 0o077 == 0
