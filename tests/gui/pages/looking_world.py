"""The panel of what networks looked at, without the page around it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from tests.gui.fake_looks import FakeLooks
from tests.gui.pages.panel_world import PanelWorld
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.gui.widgets.explain_panel import ExplainPanel
from tlft_desktop.gui.widgets.look_view import LookView


class Looking(PanelWorld):
    """The panel over a project with a transfer and a fine-tuned run."""

    def __init__(self, app: QApplication, folder: Path, qtbot: Any, num_more: int = 0) -> None:
        more = [(0.7, StrategyKind.TRANSFER)] * num_more
        super().__init__(app, folder, qtbot, [(0.8, StrategyKind.TRANSFER), (0.9, StrategyKind.FINETUNE), *more])
        self.panel = ExplainPanel(self.context)
        self.desk, self.controls = self.panel.desk, self.panel.controls
        self.show(self.panel)

    def let_go(self) -> None:
        for source in self.context.engine.looking:  # type: ignore[attr-defined]
            source.is_held = source.is_check_held = False

    def open(self, *rows: int) -> None:
        """Choose runs by their rows."""
        runs = self.context.session.runs
        self.panel.show_chosen([runs[row] for row in rows])
        self.settle()

    @property
    def source(self) -> FakeLooks:
        """The networks behind the window."""
        found: FakeLooks = self.context.engine.looking[-1]  # type: ignore[attr-defined]
        return found

    @property
    def shown(self) -> list[LookView]:
        """The columns that are there, of networks and of their difference."""
        return [view for view in (*self.panel.views, self.panel.difference) if view.is_shown]

    @property
    def paths(self) -> list[str]:
        """The images that were asked about, in order."""
        folder = self.project.data_folder
        return [wish.path.relative_to(folder).as_posix() for _network, wish in self.source.asked]
