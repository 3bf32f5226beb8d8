"""The menu of a plot: see everything again, save as picture or table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu

from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.dialogs.file_chooser import file_chooser
from tlft_desktop.gui.folder_offer import folder_offer
from tlft_desktop.gui.plots import saving
from tlft_desktop.gui.plots.curves import Curve
from tlft_desktop.gui.png import png_of
from tlft_desktop.gui.widgets.messages import Message, MessageKind
from tlft_desktop.gui.workers.task import JobContext

if TYPE_CHECKING:
    from tlft_desktop.gui.plots.base_plot import BasePlot

KEY = "plot_saved"


class PlotMenu(QMenu):
    """Belongs to one plot."""

    def __init__(self, context: AppContext, plot: BasePlot, curves: Callable[[], tuple[Curve, ...]]) -> None:
        super().__init__(plot)
        self._context, self._plot, self._curves = context, plot, curves
        self.setAccessibleName(self.tr("Menu of the plot"))
        self._add(self.tr("&Show everything (key 0)"), plot.reset_view)
        self.addSeparator()
        self._add(self.tr("Save as &PNG…"), self._ask_png)
        self._add(self.tr("Save as S&VG…"), self._ask_svg)
        self._add(self.tr("Save the values as &CSV…"), self._ask_csv)
        self.addSeparator()
        self._add(self.tr("&Copy the picture"), self.copy_picture)

    @Slot()
    def open_below(self) -> None:
        """Show the menu below its button; not by the button, which would wait in its slot for a choice."""
        button = self._plot.menu_button
        self.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def export_to(self, path: Path) -> None:
        """Write the plot as it looks now, in the format that the ending of the name says, in the background."""
        kind, title = path.suffix.lower().lstrip("."), self._plot.text.title
        if kind not in saving.FORMATS:
            text = self.tr("A plot can be saved as PNG, SVG or CSV; {name} has another ending. Nothing was written.")
            self._tell(Message(MessageKind.WARNING, text.format(name=path.name), key=KEY))
            return
        # Drawn now and in this thread; encoded and written in another one.
        if kind == "png":
            image = saving.picture_of(self._plot.view)
            self._write(path, lambda: png_of(image))
        elif kind == "svg":
            drawing = saving.svg_of(self._plot.view, title)
            self._write(path, lambda: drawing)
        else:
            x_name, curves = self._plot.text.x_label, self._curves()
            self._write(path, lambda: saving.csv_of(x_name, curves))

    @Slot()
    def copy_picture(self) -> None:
        """Put the picture of the plot on the clipboard."""
        QGuiApplication.clipboard().setImage(saving.picture_of(self._plot.view))

    def _add(self, text: str, act: Callable[[], None]) -> QAction:
        action = self.addAction(text)
        action.triggered.connect(act)
        return action

    @Slot()
    def _ask_png(self) -> None:
        self._ask("png", self.tr("PNG picture (*.png)"))

    @Slot()
    def _ask_svg(self) -> None:
        self._ask("svg", self.tr("SVG picture (*.svg)"))

    @Slot()
    def _ask_csv(self) -> None:
        self._ask("csv", self.tr("CSV table (*.csv)"))

    def _ask(self, kind: str, pattern: str) -> None:
        mode = QFileDialog.FileMode.AnyFile
        dialog = file_chooser(self._plot, self.tr("Save the plot"), mode, self._context.state)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(pattern)
        dialog.setDefaultSuffix(kind)
        dialog.selectFile(self._suggested_name(kind))
        dialog.fileSelected.connect(self._save_selected)
        dialog.open()

    def _suggested_name(self, kind: str) -> str:
        project = self._context.session.project
        return f"{project.root.stem + '-' if project is not None else ''}{self._plot.text.stem}.{kind}"

    @Slot(str)
    def _save_selected(self, path: str) -> None:
        self.export_to(Path(path))

    def _write(self, path: Path, encode: Callable[[], bytes]) -> None:
        def work(_context: JobContext) -> Path:
            saving.write_file(path, encode())
            return path

        self._context.tasks.start(self.tr("Saving {name}").format(name=path.name), work, on_done=self._saved)

    def _saved(self, path: Path) -> None:
        offer = folder_offer(self.tr("&Open the folder"), path.parent)
        self._tell(Message(MessageKind.SUCCESS, self.tr("{path} was saved.").format(path=str(path)), (offer,), key=KEY))

    def _tell(self, message: Message) -> None:
        self._context.messages.show_message(message)
