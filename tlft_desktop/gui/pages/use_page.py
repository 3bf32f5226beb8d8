"""Use a finished run: drop images, see the likeliest classes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFileDialog,
    QHeaderView,
    QStackedLayout,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.engine import Answer
from tlft_desktop.gui.item_models.answer_table_model import PROBABILITY_ROLE, AnswerTableModel
from tlft_desktop.gui.theme import GRID
from tlft_desktop.gui.widgets.bars import BarDelegate
from tlft_desktop.gui.widgets.layout import EmptyState, row
from tlft_desktop.gui.widgets.text import button, plain_label, wrapped_label
from tlft_desktop.gui.workers.task import JobContext, Progress

IMAGE_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp", ".gif"})
_PROBABILITY_COLUMN = 2


class UsePage(QWidget):
    """Classifies images in the background."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.model = AnswerTableModel(self)
        self.run_box = QComboBox()
        self.run_box.setAccessibleName(self.tr("Run that answers"))
        self.run_box.setMinimumSize(320, 32)
        self._chosen = ""
        self.run_box.activated.connect(self._note_choice)
        self._choose = button(self.tr("Classify &images…"), hint=self.tr("Choose images; or drop them on the window"))
        self._choose.clicked.connect(self.choose_images)
        label = plain_label(self.tr("&Run:").replace("&", ""))
        label.setBuddy(self.run_box)
        line = row(label, self.run_box, self._choose)
        line.addStretch(1)
        self._stack = QStackedLayout()
        self._empty = EmptyState(self.tr("Nothing to use yet"), "")
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._make_table())
        self._hint = wrapped_label(
            self.tr("A probability is what the network says of itself; it is not the share of right answers."), "muted"
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.addLayout(line)
        layout.addLayout(self._stack, 1)
        layout.addWidget(self._hint)
        context.session.run_changed.connect(self.show_runs)
        context.session.project_changed.connect(self._forget)
        self.show_runs()

    @Slot()
    def show_runs(self) -> None:
        """Offer the runs that have a result, the best first."""
        runs = sorted(self._context.session.finished_runs, key=lambda run: run.val_accuracy or 0.0, reverse=True)
        chosen = self._chosen
        self.run_box.clear()
        for run in runs:
            self.run_box.addItem(f"{run.name or run.run} · {fmt.percent(run.val_accuracy)}", run.run)
        self.run_box.setCurrentIndex(max(0, self.run_box.findData(chosen)) if runs else -1)
        self._choose.setEnabled(bool(runs))
        self._empty.heading.setText(self.tr("Drop images here") if runs else self.tr("Nothing to use yet"))
        self._empty.text.setText(
            self.tr(
                "Drop images on the window, or press Classify images. The best run answers unless you choose another."
            )
            if runs
            else self.tr("A finished training answers here which class an image shows. Start a training first.")
        )

    @Slot(int)
    def _note_choice(self, _index: int) -> None:
        self._chosen = str(self.run_box.currentData())

    @Slot()
    def choose_images(self) -> None:
        """Let the user choose images."""
        dialog = QFileDialog(self, self.tr("Images to classify"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        patterns = " ".join(f"*{suffix}" for suffix in sorted(IMAGE_SUFFIXES))
        dialog.setNameFilter(self.tr("Images ({patterns})").format(patterns=patterns))
        dialog.filesSelected.connect(self._take_files)
        dialog.open()

    def classify(self, images: Sequence[Path]) -> None:
        """Ask the chosen run about images."""
        project, run = self._context.session.project, self.run_box.currentData()
        if project is None or run is None or not images:
            return
        engine = self._context.engine

        def work(context: JobContext) -> tuple[Answer, ...]:
            answers = []
            for number, answer in enumerate(engine.predict(project, run, images, context.control), start=1):
                answers.append(answer)
                context.report(Progress(number, len(images)))
            return tuple(answers)

        self._context.tasks.start(self.tr("Classifying images"), work, on_done=self._show)

    @Slot(list)
    def _take_files(self, files: list[str]) -> None:
        self.classify([Path(name) for name in files])

    @Slot()
    def _forget(self) -> None:
        self._show(())

    def _show(self, answers: tuple[Answer, ...]) -> None:
        self.model.set_rows(answers)
        self._stack.setCurrentIndex(1 if answers else 0)

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setAccessibleName(self.tr("Answers for each image"))
        table.setModel(self.model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setShowGrid(False)
        table.setAlternatingRowColors(True)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(32)
        table.setItemDelegateForColumn(
            _PROBABILITY_COLUMN, BarDelegate(self._context.theme, PROBABILITY_ROLE, parent=table)
        )
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        for section, width in enumerate((260, 180, 220)):
            header.resizeSection(section, width)
        return table
