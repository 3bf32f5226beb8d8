"""The images of the project: classes, pictures, split, problems, and every change of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.data_problems import ProblemCase, cases_of
from tlft_desktop.gui.desks.data_desk import DataDesk
from tlft_desktop.gui.desks.look_asking import subject_of
from tlft_desktop.gui.desks.picture_desk import PictureDesk
from tlft_desktop.gui.format import from_core
from tlft_desktop.gui.image_editor import ImageEditor
from tlft_desktop.gui.item_models.class_table_model import ClassTableModel
from tlft_desktop.gui.item_models.image_filter import ImageFilter
from tlft_desktop.gui.look_values import LookSubject
from tlft_desktop.gui.theme import GRID
from tlft_desktop.gui.widgets.class_table import ClassTable
from tlft_desktop.gui.widgets.data_overview import DataOverview
from tlft_desktop.gui.widgets.dock_area import DockArea
from tlft_desktop.gui.widgets.image_browser import ImageBrowser
from tlft_desktop.gui.widgets.image_grid import ImageGrid
from tlft_desktop.gui.widgets.preview_panel import PreviewPanel
from tlft_desktop.gui.widgets.problem_list import ProblemList

_OF_SELECTION = (
    "image_show", "image_label", "image_exclude", "image_include", "image_train", "image_val", "image_test",
)  # fmt: skip
_OF_PAGE = ("image_find", "image_all", "image_larger", "image_smaller")
_LEFT, _RIGHT = 352, 232
"""Widths of the panels at the first start, in pixels."""


class DataPage(QWidget):
    """Shows the images of the open project; changes go through the desk.

    Signals:
        situation_changed(): Other actions can be chosen now.
    """

    situation_changed = Signal()

    def __init__(self, context: AppContext, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.pictures = PictureDesk(context, self)
        self.desk = DataDesk(context, self)
        self.class_model = ClassTableModel(self)
        self.overview = DataOverview(context.theme)
        self.browser = ImageBrowser(context, self.pictures, actions)
        self.editor = ImageEditor(context, self.desk, lambda: self.browser.chosen, self)
        self.classes = ClassTable(self.class_model, context.theme, self.pictures)
        self.problems = ProblemList(context.icons)
        self.preview = PreviewPanel(context.theme, self.pictures)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        outer.setSpacing(GRID)
        outer.addWidget(self.overview)
        outer.addWidget(self._make_area(), 1)
        self._connect()
        self.show_project()

    @property
    def grid(self) -> ImageGrid:
        """The grid of images."""
        return self.browser.grid

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Return what is called for each action."""
        return {
            **self.editor.handlers(),
            "image_show": self.browser.show_large,
            "image_find": self.browser.go_to_search,
            "image_all": self.browser.bar.show_all,
            "image_larger": self.browser.zoom_in,
            "image_smaller": self.browser.zoom_out,
        }

    def blocked(self) -> dict[str, str]:
        """Return why actions cannot be chosen now."""
        project = self._context.session.project
        if not self.isVisible():
            return dict.fromkeys((*_OF_PAGE, *_OF_SELECTION), self.tr("Open the page Data first."))
        if not self.browser.chosen:
            return dict.fromkeys(_OF_SELECTION, self.tr("Select one or several images first."))
        if project is not None and project.read_only:
            return dict.fromkeys(_OF_SELECTION[1:], from_core(project.read_only))
        return self._blocked_by_state()

    def look_subject(self) -> LookSubject | None:
        """Return the image that networks may be asked about."""
        return subject_of(self._context.session, self.grid.chosen_one)

    @Slot()
    def show_project(self) -> None:
        """Show another project, or none."""
        self.browser.reset()
        self.show_images()
        self._show_flip()
        self._show_chosen()

    @Slot()
    def show_images(self) -> None:
        """Show the images of the open project as they are now."""
        session = self._context.session
        manifest, project = session.manifest, session.project
        self.class_model.set_manifest(manifest)
        self.browser.set_manifest(manifest)
        self.classes.show_class(self.browser.bar.filter.label)
        if manifest is not None and project is not None:
            self.overview.show_images(project, manifest, image_size=session.image_size)
            self.problems.set_cases(cases_of(session.problems, manifest), from_core(project.read_only))
        else:
            self.problems.set_cases((), "")
        self.situation_changed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.situation_changed.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.situation_changed.emit()

    def _make_area(self) -> DockArea:
        area = DockArea("data", self._context)
        area.set_center(self.browser)
        classes, problems = self.tr("Classes"), self.tr("What to know about these images")
        area.add_panel(self.classes, classes, "left", name="classes", extent=_LEFT, share=2)
        area.add_panel(self.problems, problems, "left", name="problems", extent=_LEFT, share=1)
        area.add_panel(self.preview, self.tr("Preview"), "right", name="preview", extent=_RIGHT)
        return area

    def _connect(self) -> None:
        session = self._context.session
        session.project_changed.connect(self.show_project)
        session.images_changed.connect(self.show_images)
        session.flip_changed.connect(self._show_flip)
        self.overview.mirror.chosen.connect(session.answer_flip)
        self._context.saver.network_saved.connect(self._follow_network)
        self.overview.split.shares_chosen.connect(self.editor.divide)
        self.desk.settled.connect(self.overview.split.revert)
        self.desk.told.connect(self.browser.tell)
        self.classes.class_chosen.connect(self.browser.show_class)
        self.browser.filter_changed.connect(self._follow_filter)
        self.browser.chosen_changed.connect(self._show_chosen)
        self.problems.show_asked.connect(self.browser.show_case)
        self.problems.remedy_asked.connect(self._solve)

    def _blocked_by_state(self) -> dict[str, str]:
        chosen = self.browser.chosen
        reasons = {}
        if all(record.excluded for record in chosen):
            reasons["image_exclude"] = self.tr("The selected images are left out already.")
        if not any(record.excluded for record in chosen):
            reasons["image_include"] = self.tr("The selected images are in use already.")
        for split in {record.split for record in chosen}:
            if all(record.split is split for record in chosen):
                reasons[f"image_{split.value}"] = self.tr("The selected images are there already.")
        return reasons

    @Slot()
    def _show_flip(self) -> None:
        self.overview.mirror.show_answer(self._context.session.flip)

    @Slot()
    def _follow_network(self) -> None:
        """Show what another network receives, at its size; pictures are made as the project on disk says."""
        self.show_images()
        self.preview.refresh()

    @Slot(object)
    def _solve(self, case: ProblemCase) -> None:
        # The button goes away with its problem: the keyboard must not be lost with it.
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        self.editor.remedy(case)

    @Slot(object)
    def _follow_filter(self, wanted: ImageFilter) -> None:
        self.classes.show_class(wanted.label)
        self.situation_changed.emit()

    @Slot()
    def _show_chosen(self) -> None:
        self.preview.show_record(self.grid.chosen_one)
        self.situation_changed.emit()
