"""Use a trained network: drop images or folders, see the likeliest classes, save them as a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from tlft_desktop.core.data.suffixes import SUFFIXES
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.desks.classify_desk import ClassifyDesk
from tlft_desktop.gui.dialogs.file_chooser import file_chooser
from tlft_desktop.gui.engine import Answer, ModelSource
from tlft_desktop.gui.item_models.answer_table_model import AnswerTableModel, Verdict, VerdictFilter
from tlft_desktop.gui.look_values import LookSubject
from tlft_desktop.gui.theme import GRID
from tlft_desktop.gui.widgets.action_row import action_row
from tlft_desktop.gui.widgets.answer_table import AnswerTable
from tlft_desktop.gui.widgets.classify_strip import ALL, ClassifyStrip
from tlft_desktop.gui.widgets.layout import EmptyState, row
from tlft_desktop.gui.widgets.model_chooser import ModelChooser
from tlft_desktop.gui.widgets.text import plain_label
from tlft_desktop.gui.widgets.threshold_control import ThresholdControl
from tlft_desktop.gui.workers.task import JobContext

if TYPE_CHECKING:
    from tlft_desktop.core.evaluation.reliability import Reliability

_BUTTONS = ("predict_folder", "predict_bundle", "save_answers")
_THRESHOLD_KEY = "use/threshold"


class UsePage(QWidget):
    """Classifies images in the background.

    Signals:
        page_wanted(): Something was asked for that this page shows.
        situation_changed(): Other actions can be chosen.
    """

    page_wanted = Signal()
    situation_changed = Signal()

    def __init__(self, context: AppContext, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.desk = ClassifyDesk(context, self)
        self.model = AnswerTableModel(self)
        self._filter = VerdictFilter(self)
        self._filter.setSourceModel(self.model)
        self.chooser = ModelChooser(context)
        self.threshold = ThresholdControl()
        self.strip = ClassifyStrip(context)
        self.table = AnswerTable(context, self._filter, actions["image_look"])
        self._answered_by = ModelSource()
        self._empty = EmptyState("", "")
        self._stack = QStackedWidget()
        self._lay_out(actions)
        self._connect()
        self._restore_threshold()
        self.show_runs()

    # For the window

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Return what is called for each action."""
        return {
            "predict": self.choose_images,
            "predict_folder": self.choose_folder,
            "predict_bundle": self.choose_bundle,
            "save_answers": self.choose_table,
        }

    def blocked(self) -> dict[str, str]:
        """Return why actions cannot be chosen now, by id."""
        reasons: dict[str, str] = {}
        if self.chooser.source is None:
            reason = self.tr("There is no trained network yet: train one, or choose a bundle.")
            reasons |= dict.fromkeys(("predict", "predict_folder"), reason)
        if not self.model.answers:
            reasons["save_answers"] = self.tr("Classify images first: there is nothing to save.")
        return reasons

    def takes_drops(self) -> bool:
        """Tell whether what is dropped on the window is meant for this page, folders too."""
        return self.isVisible() and self.chooser.source is not None

    @Slot()
    def show_runs(self) -> None:
        """Offer the runs that have a result, the best first."""
        self.chooser.fill()
        has_network = self.chooser.source is not None
        heading = self.tr("Drop images or folders here") if has_network else self.tr("Nothing to use yet")
        self._empty.heading.setText(heading)
        self._empty.text.setText(
            self.tr(
                "The network says which class each image shows, and how sure it is. The best run answers unless you "
                "choose another one above."
            )
            if has_network
            else self.tr(
                "A finished training answers here which class an image shows. Start a training first, or use a bundle "
                "that somebody gave you."
            )
        )
        self.situation_changed.emit()

    @Slot()
    def choose_images(self) -> None:
        """Let the user choose images."""
        self.page_wanted.emit()
        dialog = self._dialog(self.tr("Images to classify"), QFileDialog.FileMode.ExistingFiles)
        patterns = " ".join(f"*{suffix}" for suffix in sorted(SUFFIXES))
        every = self.tr("All files (*)")
        dialog.setNameFilters([self.tr("Images ({patterns})").format(patterns=patterns), every])
        dialog.filesSelected.connect(self._take_files)
        dialog.open()

    @Slot()
    def choose_folder(self) -> None:
        """Let the user choose a folder of images."""
        self.page_wanted.emit()
        dialog = self._dialog(self.tr("Folder of images to classify"), QFileDialog.FileMode.Directory)
        dialog.filesSelected.connect(self._take_files)
        dialog.open()

    @Slot()
    def choose_bundle(self) -> None:
        """Let the user choose the folder of a bundle."""
        self.page_wanted.emit()
        dialog = self._dialog(self.tr("Folder of a bundle"), QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self._take_bundle)
        dialog.open()

    @Slot()
    def choose_table(self) -> None:
        """Let the user say where the table of answers goes."""
        self.page_wanted.emit()
        dialog = self._dialog(self.tr("Save the answers as a table"), QFileDialog.FileMode.AnyFile)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("CSV table (*.csv)"))
        dialog.setDefaultSuffix("csv")
        project = self._context.session.project
        dialog.selectFile(f"{project.root.stem if project else 'images'}-answers.csv")
        dialog.fileSelected.connect(self._save)
        dialog.open()

    def classify(self, paths: Sequence[Path]) -> None:
        """Ask the chosen network about images, and about those in folders."""
        source = self.chooser.source
        if source is not None:
            self._answered_by = source
            self.desk.classify(source, paths)

    def look_subject(self) -> LookSubject | None:
        """Return the image that networks may be asked about."""
        answer = self.table.chosen
        if answer is None:
            return None
        problem = ""
        if not answer.top:
            problem = self.tr("The image could not be read.")
        elif self._answered_by.bundle is not None:
            problem = self.tr("A bundle answered. Choose a run of the project above, and classify the image again.")
        return LookSubject(Path(answer.path), self._answered_by.run, problem)

    # Inside

    def _lay_out(self, actions: Mapping[str, QAction]) -> None:
        label = plain_label(self.tr("Network"))
        label.setBuddy(self.chooser)
        head = row(label, self.chooser)
        head.addStretch(1)
        head.addLayout(action_row(actions, _BUTTONS))
        content = QWidget()
        below = QVBoxLayout(content)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(GRID)
        below.addWidget(self.strip)
        below.addWidget(self.table, 1)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        layout.addLayout(head)
        layout.addWidget(self.threshold)
        layout.addWidget(self._stack, 1)

    def _connect(self) -> None:
        session = self._context.session
        session.run_changed.connect(self.show_runs)
        session.project_changed.connect(self._forget)
        self.chooser.source_changed.connect(self._read_reliability)
        self.threshold.changed.connect(self._judge)
        self.strip.shown_changed.connect(self._show_kind)
        self.strip.cancelled.connect(self.desk.cancel)
        self.table.selectionModel().selectionChanged.connect(self._announce)
        self.desk.started.connect(self._start)
        self.desk.answered.connect(self._take_answers)
        self.desk.progressed.connect(self._show_progress)
        self.desk.ended.connect(self._finish)

    def _dialog(self, title: str, mode: QFileDialog.FileMode) -> QFileDialog:
        return file_chooser(self, title, mode, self._context.state)

    def _restore_threshold(self) -> None:
        kept = self._context.state.value(_THRESHOLD_KEY)
        if kept.isdigit() and int(kept) <= 100:
            self.threshold.set_threshold(int(kept) / 100)

    def _read_reliability(self) -> None:
        """Measure what the threshold means for the chosen run."""
        self.threshold.show_reliability(None)
        project, source = self._context.session.project, self.chooser.source
        if project is None or source is None or not source.run:
            return
        engine = self._context.engine

        def work(_context: JobContext) -> Reliability | None:
            return engine.reliability(project, source.run)

        def done(found: Reliability | None) -> None:
            if self._context.session.project is project and self.chooser.source == source:
                self.threshold.show_reliability(found)

        # Without it the control explains itself in general words.
        self._context.tasks.start("", work, on_done=done, on_failed=_ignore)

    @Slot()
    def _announce(self) -> None:
        self.situation_changed.emit()

    @Slot(list)
    def _take_files(self, files: list[str]) -> None:
        self.classify([Path(name) for name in files])

    @Slot(str)
    def _take_bundle(self, folder: str) -> None:
        self.chooser.choose_bundle(Path(folder))
        self.show_runs()

    @Slot(str)
    def _save(self, path: str) -> None:
        self.desk.save_table(Path(path), self.model.answers)

    @Slot()
    def _start(self) -> None:
        self.model.clear()
        self.strip.show_all()
        self._show_kind(ALL)
        self._stack.setCurrentIndex(1)

    @Slot(list)
    def _take_answers(self, answers: list[Answer]) -> None:
        had_none = not self.model.rowCount()
        self.model.append(answers)
        self.strip.show_counts(self.model.counts())
        if had_none:
            self.situation_changed.emit()

    @Slot()
    def _show_progress(self) -> None:
        self.strip.show_job(self.desk.job)

    @Slot()
    def _finish(self) -> None:
        self.strip.show_job(None)
        self.strip.show_counts(self.model.counts())
        self._stack.setCurrentIndex(1 if self.model.rowCount() else 0)
        self.situation_changed.emit()

    @Slot(float)
    def _judge(self, threshold: float) -> None:
        self.model.set_threshold(threshold)
        self.strip.show_counts(self.model.counts())
        self._context.state.set_value(_THRESHOLD_KEY, str(round(100 * threshold)))

    @Slot(str)
    def _show_kind(self, kind: str) -> None:
        self._filter.show_only(None if kind == ALL else Verdict(kind))

    @Slot()
    def _forget(self) -> None:
        self.model.clear()
        self.strip.show_job(None)
        self.strip.show_counts({})
        self._stack.setCurrentIndex(0)
        self.chooser.forget()
        self.show_runs()


def _ignore(_failure: object) -> None:
    """Damaged predictions are named by the page Compare and by `tlft check`; here there is only less to say."""
