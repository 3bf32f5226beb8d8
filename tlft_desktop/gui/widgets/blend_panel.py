"""How good the networks between the pretrained one and a run are, and the way to export one of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar, QSlider, QVBoxLayout, QWidget

from tlft_desktop.core.values.run import RunSummary
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.blend_values import BlendFigure, BlendRow
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.desks.blend_desk import BlendDesk
from tlft_desktop.gui.dialogs.file_chooser import file_chooser
from tlft_desktop.gui.format import from_core
from tlft_desktop.gui.item_models.run_table_model import name_of
from tlft_desktop.gui.lazy_plots import make_blend_plot
from tlft_desktop.gui.theme import GRID, set_role
from tlft_desktop.gui.widgets.elided_label import ElidedLabel
from tlft_desktop.gui.widgets.layout import row, scrollable
from tlft_desktop.gui.widgets.run_panel import RunPanel
from tlft_desktop.gui.widgets.text import button, icon_button, plain_label, plain_tooltip, wrapped_label

if TYPE_CHECKING:
    from tlft_desktop.gui.plots.blend_plot import BlendPlot

_WIDTH = 36 * GRID
_PLOT_HEIGHT = 18 * GRID
_CIRCLE, _SQUARE = "\u25cf\u00a0", "\u25a0\u00a0"
"""The points of the two curves: a low plot has no room for a legend."""


class BlendPanel(RunPanel):
    """Shows the blends of a desk.

    Args:
        context: Parts of the program.

    Attributes:
        desk: Measures and exports.
        slider: Chooses one of the measured blends.
    """

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.desk = BlendDesk(context, self)
        self._plot: BlendPlot | None = None
        self._shown: tuple[object, ...] = ()
        self.heading = ElidedLabel("strong", mode=Qt.TextElideMode.ElideMiddle)
        self.text = wrapped_label("", "muted")
        self.measure = button(self.tr("&Compute the blends"))
        self.cancel = button(self.tr("Stop meas&uring"), hint=self.tr("Stop; nothing of the line is kept"))
        self.bar = QProgressBar()
        self.bar.setAccessibleName(self.tr("Progress of the measurement"))
        self.bar.setTextVisible(False)
        hint = self.tr(
            "A folder of class folders with images from another camera, place or time: how robust is a blend?"
        )
        self.folder = button(self.tr("Images from else&where…"), hint=hint)
        self.folder_name = ElidedLabel("muted", mode=Qt.TextElideMode.ElideMiddle)
        self.forget = icon_button(self.tr("Without images from elsewhere"))
        context.icons.attach(self.forget, "close", size=16)
        self.slider = self._make_slider()
        self.values = wrapped_label("")
        self.values.setAccessibleName(self.tr("The chosen blend"))
        self.export = button(self.tr("E&xport this blend…"))
        self._lay_out()
        self._connect()
        self.show_blend()

    @property
    def plot(self) -> BlendPlot | None:
        """The plot; None before there is a line."""
        return self._plot

    @property
    def chosen_row(self) -> BlendRow | None:
        """The blend that the slider stands at; None before the whole line is known."""
        blend = self.desk.blend
        return None if blend is None else blend.rows[min(self.slider.value(), len(blend.rows) - 1)]

    def show_chosen(self, chosen: Sequence[RunSummary]) -> None:
        """Blend the chosen run; of several the first one that trained more than its head."""
        more = [run for run in chosen if run.strategy != StrategyKind.TRANSFER]
        self.desk.choose(next(iter((*more, *chosen)), None))

    @Slot()
    def show_blend(self) -> None:
        """Show what the desk knows."""
        desk = self.desk
        self.heading.set_full_text(self._heading())
        self.text.setText(self._words())
        is_warning = bool(desk.problem or desk.refusal) and not desk.is_measuring_run
        set_role(self.text, "warning" if is_warning else "muted")
        self._show_measuring()
        folder = desk.elsewhere
        self.folder_name.set_full_text("" if folder is None else str(folder))
        self.forget.setVisible(folder is not None)
        self._draw()
        self._show_row()

    # Parts

    def _make_slider(self) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setPageStep(2)
        slider.setTickPosition(QSlider.TickPosition.TicksBelow)
        slider.setTickInterval(1)
        return slider

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, GRID, 0)
        left.setSpacing(GRID)
        for label in (self.heading, self.text):
            left.addWidget(label)
        measuring = row(self.measure, self.cancel)
        measuring.addStretch(1)
        left.addLayout(measuring)
        left.addWidget(self.bar)
        elsewhere = row(self.folder)
        elsewhere.addStretch(1)
        left.addLayout(elsewhere)
        name = row(self.folder_name, self.forget)
        name.setStretch(0, 1)
        left.addLayout(name)
        left.addStretch(1)
        self._right = QWidget()
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(GRID)
        label = plain_label(self.tr("Share of the run"))
        label.setBuddy(self.slider)
        choosing = row(label, self.slider, self.export)
        choosing.setStretch(1, 1)
        right.addLayout(choosing)
        right.addWidget(self.values)
        self._plots = right
        both = QHBoxLayout(self)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(2 * GRID)
        both.addWidget(scrollable(left, width=_WIDTH))
        both.addWidget(self._right, 1)
        both.addStretch(0)

    def _connect(self) -> None:
        self.measure.clicked.connect(self.desk.measure)
        self.cancel.clicked.connect(self.desk.cancel)
        self.folder.clicked.connect(self._ask_folder)
        self.forget.clicked.connect(self._forget_folder)
        self.slider.valueChanged.connect(self._show_row)
        self.export.clicked.connect(self._ask_output)
        self.desk.changed.connect(self.show_blend)

    # Words

    def _heading(self) -> str:
        run, base = self.desk.run, self.desk.base
        if run is None:
            return self.tr("No run is chosen")
        if base is None:
            return name_of(run)
        return self.tr("From {base} to {run}").format(base=name_of(base), run=name_of(run))

    def _words(self) -> str:
        desk, blend = self.desk, self.desk.blend
        if desk.is_measuring_run:
            return self.tr("Each blend classifies the validation images. What is found is drawn as it comes.")
        if desk.problem:
            return desk.problem
        if desk.refusal:
            return desk.refusal
        if blend is None:
            return self.tr(
                "Between the pretrained network with a head and a fine-tuned run there may be a better one, above all "
                "for images from elsewhere: weights are mixed in ten steps (WiSE-FT). Nothing is trained."
            )
        lines = [from_core(blend.verdict)]
        if blend.num_unreadable:
            text = self.tr("{images} from elsewhere could not be read.")
            lines.append(text.format(images=fmt.num_images(blend.num_unreadable)))
        return " ".join(lines)

    def _show_measuring(self) -> None:
        desk = self.desk
        is_measuring = desk.is_measuring_run
        for widget in (self.cancel, self.bar):
            widget.setVisible(is_measuring)
        self.measure.setVisible(not is_measuring and desk.blend is None)
        self.measure.setEnabled(not desk.reason)
        hint = self.tr("Classify the validation images with eleven blends")
        self.measure.setToolTip(plain_tooltip(desk.reason or hint))
        self.bar.setRange(0, desk.progress.total)
        self.bar.setValue(desk.progress.done)

    def _draw(self) -> None:
        desk, blend = self.desk, self.desk.blend
        rows = desk.rows
        self._right.setVisible(bool(rows))
        shown = (rows, blend is not None)
        if not rows or shown == self._shown:
            return
        self._shown = shown
        self._made().show_rows(rows, None if blend is None else blend.best)
        if blend is not None:
            self.slider.setRange(0, len(rows) - 1)
            self.slider.setValue(blend.best)

    def _made(self) -> BlendPlot:
        if self._plot is None:
            self._plot = make_blend_plot(self._context)
            self._plot.setMinimumHeight(_PLOT_HEIGHT)
            self._plot.row_clicked.connect(self.slider.setValue)
            self._plots.insertWidget(0, self._plot, 1)
        return self._plot

    @Slot()
    def _show_row(self) -> None:
        """Say how good the chosen blend is."""
        chosen, run = self.chosen_row, self.desk.run
        for widget in (self.slider, self.export):
            widget.setEnabled(chosen is not None)
        if self._plot is not None:
            self._plot.show_chosen(None if chosen is None else chosen.alpha)
        if chosen is None or run is None:
            self.values.setText("")
            self.slider.setAccessibleName(self.tr("Share of the run in the weights"))
            return
        self.values.setText(self._row_in_words(chosen))
        # A screen reader reads the name of the focused slider again when it changes; its number would say nothing.
        name = self.tr("Share of the run in the weights: {words}")
        self.slider.setAccessibleName(name.format(words=self._row_in_words(chosen)))

    def _row_in_words(self, chosen: BlendRow) -> str:
        text = self.tr("{share} of the run: {validation}").format(
            share=fmt.percent(chosen.alpha, 0),
            validation=self._figure(f"{_CIRCLE}{self.tr('validation')}", chosen.validation),
        )
        if chosen.elsewhere is not None:
            text += "; " + self._figure(f"{_SQUARE}{self.tr('elsewhere')}", chosen.elsewhere)
        return text

    def _figure(self, name: str, figure: BlendFigure) -> str:
        return self.tr("{name} {accuracy}, {right} of {images} right").format(
            name=name,
            accuracy=fmt.accuracy(figure.accuracy, figure.low, figure.high),
            right=fmt.count(figure.num_right),
            images=fmt.num_images(figure.num_images),
        )

    # What the user does

    @Slot()
    def _ask_folder(self) -> None:
        title = self.tr("Folder of images from elsewhere: one folder for each class")
        dialog = file_chooser(self, title, QFileDialog.FileMode.Directory, self._context.state)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._take_folder)
        dialog.open()

    @Slot(str)
    def _take_folder(self, folder: str) -> None:
        self.desk.choose_elsewhere(Path(folder))

    @Slot()
    def _forget_folder(self) -> None:
        self.desk.choose_elsewhere(None)

    @Slot()
    def _ask_output(self) -> None:
        run, chosen = self.desk.run, self.chosen_row
        if run is None or chosen is None:
            return
        title = self.tr("New folder for the bundle")
        dialog = file_chooser(self, title, QFileDialog.FileMode.AnyFile, self._context.state)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(f"blend-{round(100 * chosen.alpha)}")
        dialog.fileSelected.connect(self._export)
        dialog.open()

    @Slot(str)
    def _export(self, folder: str) -> None:
        if self.chosen_row is not None:
            self.desk.export(self.chosen_row, Path(folder))
