"""Crosshair, keys, ranges, marks, and files of a plot."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from tlft_desktop.core.settings import Theme
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.marks import Mark, MarkKind
from tlft_desktop.gui.plots.base_plot import RING_SIZE, BasePlot, PlotText
from tlft_desktop.gui.plots.curves import Curve, CurveStyle

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
STYLE = CurveStyle(lambda tokens: tokens.train)


@pytest.fixture
def plot(context: AppContext, qtbot) -> BasePlot:
    plot = BasePlot(context, PlotText("Loss", "epoch", "loss"))
    qtbot.addWidget(plot)
    plot.resize(420, 260)
    plot.show()
    return plot


def add(plot: BasePlot, name: str = "training", y: tuple[float, ...] = (4.0, 2.0, 1.0), **options: bool) -> Curve:
    curve = plot.add_curve(Curve(name, STYLE, **options))
    curve.set_points(range(1, len(y) + 1), y)
    plot.refit()
    return curve


def hover(plot: BasePlot, place: QPoint) -> None:
    # Not QTest.mouseMove: without a screen a pointer that rests elsewhere may swallow it.
    event = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(place), QPointF(plot.view.viewport().mapToGlobal(place)),
        Qt.MouseButton.NoButton, Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(plot.view.viewport(), event)


def test_keys_move_the_crosshair_and_its_words_name_every_curve(plot: BasePlot) -> None:
    add(plot)
    add(plot, "validation", (5.0, 3.0, math.nan))
    plot.set_marks([Mark(2.5, MarkKind.GATE, "gate", "There is room to gain.")])
    QTest.keyClick(plot.view, Qt.Key.Key_End)
    assert plot.readout.splitlines() == [
        "epoch 3",
        "training 1",
        "validation: not a finite number",
        "There is room to gain.",
    ]
    QTest.keyClick(plot.view, Qt.Key.Key_Left)
    assert "training 2" in plot.readout
    assert "validation 3" in plot.readout
    QTest.keyClick(plot.view, Qt.Key.Key_Home)
    assert plot.readout.splitlines() == ["epoch 1", "training 4", "validation 5"]
    QTest.keyClick(plot.view, Qt.Key.Key_Escape)
    assert plot.readout == ""


def test_the_mouse_moves_the_crosshair(plot: BasePlot, qtbot) -> None:
    add(plot)
    box = plot.view.getViewBox()
    qtbot.waitUntil(lambda: box.viewPixelSize()[0] < 0.1)
    place = plot.view.mapFromScene(box.mapViewToScene(box.viewRect().center()))
    hover(plot, place)
    assert plot.readout.startswith("epoch 2")
    hover(plot, QPoint(2, place.y()))
    assert plot.readout == "", "the numbers of an axis have no read-out"


def test_a_plot_without_points_says_nothing_and_does_not_fail(plot: BasePlot) -> None:
    curve = add(plot, y=())
    for key in (Qt.Key.Key_End, Qt.Key.Key_Left, Qt.Key.Key_Plus, Qt.Key.Key_0):
        QTest.keyClick(plot.view, key)
    assert plot.readout == ""
    assert curve.set_points([1, 2], [math.nan, math.inf])
    plot.set_ring((2.0, math.inf))
    plot.refit()
    QApplication.processEvents()


@pytest.mark.parametrize("height", [0, 1, 20, 45, 60])
def test_a_plot_without_room_is_painted_without_a_fault(plot: BasePlot, height: int) -> None:
    add(plot)
    plot.view.setMinimumHeight(0)
    plot.view.resize(300, height)
    plot.view.grab()


def test_zooming_stays_until_key_0_or_a_double_click(plot: BasePlot, qtbot) -> None:
    curve = add(plot, y=tuple(range(1, 101)))
    whole = plot.view.viewRange()[0]
    for reset in (
        lambda: QTest.keyClick(plot.view, Qt.Key.Key_0),
        lambda: QTest.mouseDClick(plot.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(200, 80)),
    ):
        for _ in range(3):
            QTest.keyClick(plot.view, Qt.Key.Key_Plus)
        zoomed = plot.view.viewRange()[0]
        assert zoomed[1] - zoomed[0] < whole[1] - whole[0]
        curve.set_points(range(1, 102), [float(y) for y in range(len(curve.x) % 2 + 1, len(curve.x) % 2 + 102)])
        plot.refit()
        assert plot.view.viewRange()[0] == zoomed, "new points do not take away what the user looks at"
        low, high = plot.view.viewRange()[1]
        assert high - low < 100, "the vertical range follows what is in sight"
        reset()
        assert plot.view.viewRange()[0][1] > 100
    QTest.keyClick(plot.view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert plot.view.viewRange()[0][0] > whole[0]


def test_what_did_not_change_is_not_drawn(plot: BasePlot, qtbot) -> None:
    curve = add(plot)
    qtbot.waitUntil(lambda: plot.view.num_paints > 0)
    for _ in range(5):
        QApplication.processEvents()
    painted = plot.view.num_paints
    assert not curve.set_points([1, 2, 3], [4.0, 2.0, 1.0])
    plot.set_marks([])
    plot.refit()
    QApplication.processEvents()
    assert plot.view.num_paints == painted


def test_a_value_far_beyond_does_not_flatten_the_rest(plot: BasePlot) -> None:
    add(plot, y=(2.0, 1.9, 1.8, 1.7, 1e9))
    assert plot.view.viewRange()[1][1] < 5


def test_a_logarithmic_axis_reads_in_real_numbers(plot: BasePlot) -> None:
    curve = add(plot)
    curve.set_points([1, 10, 1000], [1, 2, 3])
    plot.set_log_x(True)
    assert plot.view.viewRange()[0][1] == pytest.approx(3, abs=0.2)
    QTest.keyClick(plot.view, Qt.Key.Key_End)
    assert plot.readout.startswith("epoch 1,000\n")


def test_marks_and_theme(plot: BasePlot, context: AppContext) -> None:
    curve = add(plot)
    plot.set_marks([Mark(1.5, MarkKind.PHASE, "fine-tuning", "x"), Mark(2, MarkKind.CHECKPOINT, "", "saved")])
    plot.set_ring((2.0, 2.0))
    light = plot.view.backgroundBrush().color().name()
    pen = curve.item.opts["pen"].color().name()
    context.theme.apply(Theme.DARK)
    assert plot.view.backgroundBrush().color().name() != light
    assert curve.item.opts["pen"].color().name() != pen
    assert plot.view.accessibleName() == "Plot: Loss"
    plot.set_summary("After epoch 3: training 1.")
    assert plot.view.accessibleDescription() == "After epoch 3: training 1."


def test_the_ring_around_the_best_point_is_never_cut_off(plot: BasePlot, qtbot) -> None:
    curve, box = add(plot), plot.view.getViewBox()
    for height in (260, 150):
        plot.resize(420, height)
        qtbot.waitUntil(lambda height=height: box.height() < height)
        for number in range(2, 30):
            losses = [0.3 + 1.7 * math.exp(-each / 8) for each in range(number)]
            curve.set_points(range(number), losses)
            plot.set_ring((number - 1.0, losses[-1]))
            plot.refit()
            low, high = box.viewRange()[1]
            assert (losses[-1] - low) / (high - low) * box.height() > RING_SIZE / 2


def test_curves_can_be_taken_away(plot: BasePlot) -> None:
    first, second = add(plot), add(plot, "validation")
    plot.remove_curve(first)
    assert plot.curves() == (second,)
    QTest.keyClick(plot.view, Qt.Key.Key_End)
    assert "training" not in plot.readout


def test_files_hold_what_is_shown(plot: BasePlot, context: AppContext, tmp_path: Path, qtbot) -> None:
    add(plot)
    interval = add(plot, "validation, of 3")
    interval.set_points([1, 2], [0.5, math.nan], low=[0.4, 0.1], high=[0.6, 0.2])
    for name in ("a.png", "a.svg", "a.csv"):
        plot.menu_button.menu().export_to(tmp_path / name)
        qtbot.waitUntil(lambda name=name: (tmp_path / name).exists(), timeout=5000)
    qtbot.waitUntil(lambda: not context.tasks.jobs, timeout=5000)
    image = QImage(str(tmp_path / "a.png"))
    assert image.width() == 2 * plot.view.viewport().width()
    assert b"<svg" in (tmp_path / "a.svg").read_bytes()
    rows = list(csv.reader(io.StringIO((tmp_path / "a.csv").read_text(encoding="utf-8"))))
    assert rows[0] == ["curve", "epoch", "value", "low", "high"]
    assert rows[1] == ["training", "1.0", "4.0", "", ""]
    assert rows[-1] == ["validation, of 3", "2.0", "", "0.1", "0.2"]
    assert "a.csv was saved" in context.messages.messages[0].text


def test_files_that_cannot_be_written_are_sentences(plot: BasePlot, context: AppContext, tmp_path: Path, qtbot) -> None:
    failures = []
    context.tasks.failed.connect(failures.append)
    plot.menu_button.menu().export_to(tmp_path / "missing" / "a.csv")
    qtbot.waitUntil(lambda: bool(failures), timeout=5000)
    assert "Traceback" not in failures[0].text
    assert failures[0].kind == "input", failures[0]
    plot.menu_button.menu().export_to(tmp_path / "a.pdf")
    assert "another ending" in context.messages.messages[0].text
    assert not (tmp_path / "a.pdf").exists()


def test_the_dialog_suggests_a_name_and_asks_before_it_overwrites(plot: BasePlot, qtbot) -> None:
    add(plot)
    menu = plot.menu_button.menu()
    action = next(action for action in menu.actions() if "PNG" in action.text())
    action.trigger()
    dialog = plot.findChild(QFileDialog)
    assert dialog.selectedFiles()[0].endswith("loss.png")
    assert not dialog.testOption(QFileDialog.Option.DontConfirmOverwrite)
    dialog.close()


def test_a_hundred_thousand_points_are_thinned_out_for_painting(plot: BasePlot, qtbot) -> None:
    curve = add(plot)
    x = np.linspace(0, 10, 100_000)
    curve.set_points(x, np.sin(x))
    plot.refit()
    qtbot.waitUntil(lambda: plot.view.getViewBox().width() > 100)
    shown_x, _shown_y = curve.item.getData()
    assert len(shown_x) < 20_000
    assert curve.words_at(curve.index_at(5.0)).startswith("training -0.95")


@pytest.mark.parametrize(
    ("last", "shown"),
    [(0.8, {"0"}), (1.5, {"0", "1"}), (4.0, {"0", "1", "2", "3", "4"}), (4000.0, {"0", "1,000", "4,000"})],
)
def test_an_axis_that_counts_writes_whole_numbers_only(plot: BasePlot, qtbot, last: float, shown: set[str]) -> None:
    plot.text = replace(plot.text, counts_x=True)
    plot.restyle()
    plot.set_ranges(x=lambda: (0.0, last))
    qtbot.waitUntil(lambda: plot.view.num_paints > 0)
    axis = plot.plot_item.getAxis("bottom")
    levels = axis.tickValues(0.0, last, axis.size().width())
    written = {text for spacing, values in levels for text in axis.tickStrings(values, 1.0, spacing)}
    assert written >= shown
    assert not {text for text in written if "." in text}
