"""Worlds that several tests of pages share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from tests.gui.pages.layers_world import LayersWorld


@pytest.fixture
def probing(qtbot: Any, qapp: QApplication, tmp_path: Path) -> Iterator[LayersWorld]:
    """The page Layers; whatever measures or trains at the end of a test is ended."""
    made = LayersWorld(qapp, tmp_path)

    def end(_host: QWidget) -> None:
        made.engine.is_measuring_held = made.engine.is_sweep_held = False
        made.context.controller.request_stop()
        qtbot.waitUntil(lambda: not made.context.tasks.jobs and not made.context.controller.is_active)

    # pytest-qt destroys the host, and what runs the jobs with it, before fixtures end.
    qtbot.addWidget(made.host, before_close_func=end)
    made.open()
    yield made
    made.close()
