"""The report of the page Compare: about which runs, where it goes, and what is told of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QLineEdit

from tests.gui.pages.compare_world import CompareWorld
from tests.gui.run_files import make_run
from tlft_desktop.core.errors import UsageError
from tlft_desktop.core.project.project import open_project_read_only

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
MakeWorld = Callable[..., CompareWorld]


def three_runs(project: Any) -> None:
    for share in (0.7, 0.8, 0.9):
        make_run(project, share)


@pytest.fixture
def make_world(qapp: QApplication, qtbot: Any, tmp_path: Path) -> MakeWorld:
    def make(fill: Callable[[Any], object] = three_runs) -> CompareWorld:
        world = CompareWorld(qapp, tmp_path, fill)
        world.show(qtbot)
        return world

    return make


def save_as(world: CompareWorld, path: Path, qtbot: Any) -> str:
    """Choose the action, answer the dialog with the keyboard, and return its title."""
    world.actions["run_report"].trigger()
    qtbot.waitUntil(lambda: bool(world.page.findChildren(QFileDialog)))
    (dialog,) = world.page.findChildren(QFileDialog)
    title = dialog.windowTitle()
    assert dialog.findChild(QLineEdit).text() == f"{world.project.root.stem}-report.html"
    field = dialog.findChild(QLineEdit)
    field.setText(str(path))
    buttons = dialog.findChild(QDialogButtonBox)
    buttons.button(QDialogButtonBox.StandardButton.Save).click()
    qtbot.waitUntil(lambda: not world.page.findChildren(QFileDialog))
    world.settle(qtbot)
    return title


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        ((), "Save a report about all runs"),
        ((1,), "Save a report about all runs"),
        ((0, 2), "Save a report about 2 runs"),
    ],
)
def test_a_report_is_about_the_chosen_runs_or_about_all(
    make_world: MakeWorld, qtbot: Any, tmp_path: Path, rows: tuple[int, ...], title: str
) -> None:
    world = make_world()
    runs = world.store.ids()
    world.page.table.choose([runs[row] for row in rows])
    assert save_as(world, tmp_path / "out", qtbot) == title
    written = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert sorted(written.split()) == ([runs[row] for row in rows] if len(rows) > 1 else ["all"])
    assert world.told[0].startswith(f"The report was saved: {tmp_path / 'out.html'}")


def test_a_saved_report_can_be_opened(
    make_world: MakeWorld, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True)
    world = make_world()
    save_as(world, tmp_path / "out.html", qtbot)
    (message,) = world.context.messages.messages
    for offer in message.offers:
        offer.act()
    assert opened == [str(tmp_path / "out.html"), str(tmp_path)]


def test_a_report_that_cannot_be_written_says_why(make_world: MakeWorld, qtbot: Any, tmp_path: Path) -> None:
    world = make_world()

    def refuse(*_args: object) -> Iterator[object]:
        raise UsageError("'out' is no name of a page.", remedy="Name a file NAME.html.")
        yield

    world.context.engine.save_report = refuse  # type: ignore[method-assign,assignment]
    save_as(world, tmp_path / "out.html", qtbot)
    assert world.told[0] == "The report was not saved. 'out' is no name of a page. Name a file NAME.html."
    assert not (tmp_path / "out.html").exists()


def test_looking_is_allowed_where_nothing_can_be_changed_and_without_runs_there_is_nothing(
    make_world: MakeWorld, qtbot: Any
) -> None:
    world = make_world()
    world.project.close()
    reading = open_project_read_only(world.project.root)
    world.context.session.set_project(reading, reading.edited_manifest, world.context.session.runs)
    world.settle(qtbot)
    world.page.table.clearSelection()
    assert "run_report" not in world.page.blocked()
    assert "run_folder" in world.page.blocked()


def test_without_runs_there_is_no_report(make_world: MakeWorld) -> None:
    world = make_world(lambda _project: None)
    assert "run_report" in world.page.blocked()
