"""Blends between two runs, below the table of runs: measuring, choosing, exporting, and what cannot be blended."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.gui.fake_looks import FakeBlends
from tests.gui.fake_training import fake_training
from tests.gui.hands import click, press, tab_to
from tests.gui.pages.panel_world import PanelWorld
from tests.gui.run_files import make_run
from tlft_desktop.core.project.project import open_project_read_only
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.gui.widgets.blend_panel import BlendPanel

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class Blending(PanelWorld):
    """The panel over a project with a transfer run and a fine-tuned one that can be blended, and one that cannot."""

    def __init__(self, app: QApplication, folder: Path, qtbot: Any) -> None:
        kinds = (StrategyKind.TRANSFER, StrategyKind.FINETUNE, StrategyKind.HYBRID)
        super().__init__(app, folder, qtbot, [(0.8, kind) for kind in kinds])
        self.base, self.tuned, self.alone = self.made
        self.source: FakeBlends = self.context.engine.blending  # type: ignore[attr-defined]
        self.source.bases = {self.tuned: self.base}
        self.panel = BlendPanel(self.context)
        self.desk = self.panel.desk
        self.show(self.panel)

    def let_go(self) -> None:
        self.source.is_held = False

    def choose(self, *chosen: str) -> None:
        """Choose runs in the table."""
        self.panel.show_chosen([run for run in self.context.session.runs if run.run in chosen])
        self.settle()

    def measured(self) -> None:
        """Measure the line of the run that can be blended."""
        self.choose(self.tuned)
        click(self.panel.measure)
        self.settle()


@pytest.fixture
def blending(qapp: QApplication, qtbot: Any, tmp_path: Path) -> Blending:
    return Blending(qapp, tmp_path, qtbot)


def test_before_measuring_the_panel_says_between_what_and_why(blending: Blending) -> None:
    assert blending.panel.heading.full_text == "No run is chosen"
    assert not blending.panel.measure.isEnabled()
    blending.choose(blending.base, blending.tuned)
    assert blending.panel.heading.full_text == "From transfer 1 to fine-tuning 2"
    assert "WiSE-FT" in blending.panel.text.text()
    assert blending.panel.plot is None
    assert not blending.source.measured, "nothing is measured unasked"


def test_the_line_is_measured_and_the_best_blend_is_chosen(blending: Blending) -> None:
    blending.measured()
    assert blending.source.measured == [(blending.tuned, "fine-tuning 2", None)]
    panel = blending.panel
    assert panel.text.text().startswith("With 60 % of the fine-tuned network more validation images are right")
    assert panel.plot is not None
    assert list(panel.plot.curves()[0].x) == [10 * number for number in range(11)]
    assert panel.slider.value() == 6
    assert panel.values.text().replace("\u00a0", " ") == (
        "60 % of the run: \u25cf validation 83.3 % [78.3, 88.3], 100 of 120 images right"
    )
    assert panel.measure.isHidden()
    assert "60 %: 83.3 %" in panel.plot.view.accessibleDescription()


def test_the_slider_and_the_plot_choose_a_measured_blend(blending: Blending) -> None:
    blending.measured()
    panel = blending.panel
    tab_to(panel.slider)
    press(Qt.Key.Key_Left)
    assert panel.values.text().startswith("50 % of the run")
    assert "50 % of the run" in panel.slider.accessibleName()
    press(Qt.Key.Key_Home)
    assert panel.values.text().startswith("0 % of the run")
    assert panel.plot is not None
    panel.plot.clicked.emit(83.0, 80.0)
    assert panel.slider.value() == 8
    assert panel.plot._chosen.value() == pytest.approx(80)


def test_images_from_elsewhere_are_another_question(blending: Blending, tmp_path: Path) -> None:
    blending.measured()
    panel = blending.panel
    click(panel.folder)
    dialog = panel.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path / "far"))
    dialog.close()
    assert panel.folder_name.full_text == str(tmp_path / "far")
    click(panel.measure)
    blending.settle()
    assert blending.source.measured[-1][2] == tmp_path / "far"
    assert panel.plot is not None
    assert len(panel.plot.curves()[1].x) == 11
    assert [label.text for _sample, label in panel.plot._legend.items] == ["validation", "elsewhere"]
    assert "2 images from elsewhere could not be read." in panel.text.text()
    assert "\u25a0\u00a0elsewhere 60.0 % [20.0, 80.0], 24 of 40 images right" in panel.values.text()
    click(panel.forget)
    assert panel.measure.isHidden(), "what was measured without them is still known"
    assert "elsewhere" not in panel.values.text()
    assert [label.text for _sample, label in panel.plot._legend.items] == ["validation"]
    blending.desk.choose_elsewhere(tmp_path / "empty")
    click(panel.measure)
    blending.settle()
    assert "holds no image of the classes" in panel.text.text()
    assert panel.text.property("role") == "warning"
    assert panel.measure.isEnabled()
    assert not panel._right.isVisible()


def test_points_come_one_by_one_and_measuring_can_be_stopped(blending: Blending) -> None:
    blending.choose(blending.tuned)
    blending.source.is_held = True
    click(blending.panel.measure)
    panel = blending.panel
    blending.qtbot.waitUntil(lambda: panel.plot is not None and len(panel.plot.curves()[0].x) == 2)
    assert panel.bar.value() > 0
    assert not panel.slider.isEnabled()
    assert not panel.export.isEnabled()
    click(panel.cancel)
    blending.settle()
    assert not panel._right.isVisible()
    assert panel.measure.isEnabled()
    assert not blending.told


def test_a_run_that_cannot_be_blended_says_why(blending: Blending) -> None:
    blending.choose(blending.alone)
    assert blending.panel.text.text().startswith("There is no transfer run of")
    assert not blending.panel.measure.isEnabled()
    assert not blending.told
    blending.measured()
    assert blending.panel.slider.isVisible()
    blending.choose(blending.alone)
    assert not blending.panel.slider.isVisible()
    blending.choose(blending.tuned)
    assert blending.panel.slider.value() == 6, "what was measured stays"


def test_another_transfer_run_may_be_a_better_beginning(blending: Blending) -> None:
    blending.measured()
    newer = make_run(blending.project, 0.9)
    blending.source.bases = {blending.tuned: newer}
    blending.context.session.set_runs(RunStore(blending.project.root).summaries())
    blending.choose(blending.tuned)
    assert blending.panel.heading.full_text == "From transfer 4 to fine-tuning 2"
    assert blending.panel.measure.isEnabled()


def test_the_chosen_blend_is_exported(blending: Blending, tmp_path: Path) -> None:
    blending.measured()
    panel = blending.panel
    click(panel.export)
    dialog = panel.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.selectedFiles()[0].endswith("blend-60")
    dialog.fileSelected.emit(str(tmp_path / "bundle"))
    dialog.close()
    blending.settle()
    assert blending.source.exported == [(0.6, tmp_path / "bundle")]
    assert blending.told[0].startswith(f"The blend with 60 % of the run is in {tmp_path / 'bundle'} (17")
    (tmp_path / "bundle").mkdir()
    panel._export(str(tmp_path / "bundle"))
    blending.settle()
    assert "was not exported" in blending.told[0]
    assert "not overwritten" in blending.told[0]


def test_a_training_comes_first(blending: Blending) -> None:
    blending.choose(blending.tuned)
    controller = blending.context.controller
    blending.source.is_held = True
    click(blending.panel.measure)
    blending.context.machine.make_way(
        lambda: controller.start(lambda control: fake_training(control, num_epochs=10_000, pause_s=0.001))
    )
    blending.qtbot.waitUntil(lambda: controller.is_active)
    assert not blending.panel.measure.isEnabled()
    assert "A training is running" in blending.panel.measure.toolTip()


def test_a_project_that_is_read_only_can_be_blended_too(blending: Blending) -> None:
    blending.measured()
    blending.project.close()
    read_only = open_project_read_only(blending.project.root)
    blending.context.session.set_project(read_only, read_only.edited_manifest, ())
    blending.context.session.set_runs(RunStore(read_only.root).summaries())
    assert blending.panel.heading.full_text == "No run is chosen"
    blending.measured()
    assert len(blending.source.measured) == 2
    assert blending.panel.export.isEnabled()
