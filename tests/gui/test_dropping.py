"""What is dropped on the window: what happens with it, and what is said about the project that is open."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from tests.gui.fakes import make_project
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.dropping import DropDesk

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class Projects:
    """Notes what it is asked to open."""

    def __init__(self) -> None:
        self.opened: list[Path] = []

    def open_path(self, path: Path) -> None:
        self.opened.append(path)


def test_another_folder_is_explained_while_a_project_is_open(
    context: AppContext, window: QWidget, tmp_path: Path
) -> None:
    projects = Projects()
    desk = DropDesk(context, projects, lambda images: None, window)  # type: ignore[arg-type]
    folder = tmp_path / "leaves"
    folder.mkdir()
    desk.take([folder])
    assert projects.opened == [folder]
    assert not context.messages.messages, "nothing is open that could be meant"
    project = make_project(tmp_path / "pets.tlft")
    context.session.set_project(project, project.manifest, ())
    desk.take([folder])
    text = context.messages.messages[0].text
    assert "leaves becomes a project of its own" in text
    assert "pets closes with its images as they are" in text
    other = make_project(tmp_path / "other.tlft")
    other.close()
    context.messages.clear_key("drop")
    desk.take([other.root])
    desk.take([tmp_path / "nowhere"])
    assert not context.messages.messages
    assert len(projects.opened) == 4
