"""What the networks of the chosen runs looked at in one image, side by side below the table of runs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from tlft_desktop.core.data.suffixes import SUFFIXES
from tlft_desktop.core.values.run import RunSummary
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.desks.check_desk import CheckDesk
from tlft_desktop.gui.desks.explain_desk import ExplainDesk, SeenDifference, SeenLook
from tlft_desktop.gui.desks.look_networks import MAX_NETWORKS
from tlft_desktop.gui.desks.picture_saver import PictureSaver
from tlft_desktop.gui.dialogs.file_chooser import file_chooser
from tlft_desktop.gui.dropping import local_paths
from tlft_desktop.gui.format import from_core
from tlft_desktop.gui.layered_image import LayeredImage
from tlft_desktop.gui.look_values import AskedNetwork, Look, LookSubject
from tlft_desktop.gui.theme import GRID
from tlft_desktop.gui.widgets.layout import EmptyState, scrollable
from tlft_desktop.gui.widgets.look_controls import COVERED, WIDTH, LookControls
from tlft_desktop.gui.widgets.look_view import LookGrid, LookView
from tlft_desktop.gui.widgets.run_panel import RunPanel
from tlft_desktop.gui.widgets.run_table import Swatches

WAIT_MS = 150
"""Pictures of the question before stay for this long, so that quick answers do not flicker."""


class ExplainPanel(RunPanel):
    """Shows the looks of a desk.

    Args:
        context: Parts of the program.

    Attributes:
        desk: Asks the networks; `show_path` looks at any image.
        checks: Checks the maps.
        controls: What the user chooses.
        views: One for each network, and one for what two of them differ in.
    """

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.desk = ExplainDesk(context, self)
        self.checks = CheckDesk(context, self.desk, self)
        self._saver = PictureSaver(context, self)
        self._swatches = Swatches(context.theme)
        self.controls = LookControls(context.icons, self.desk, self.checks)
        self.views = tuple(
            LookView(context.theme, self.tr("Map of network {number}").format(number=number + 1))
            for number in range(MAX_NETWORKS)
        )
        self.difference = LookView(context.theme, self.tr("Difference of the two maps"))
        self._empty = EmptyState(self.tr("What did the network look at?"), "")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._wish = -1
        self._lay_out()
        self._connect()
        self.setAcceptDrops(True)
        self.show_looks()

    def show_chosen(self, chosen: Sequence[RunSummary]) -> None:
        """Ask the networks of the chosen runs."""
        self.desk.networks.show_runs(chosen)
        self.show_looks()

    def look_subject(self) -> LookSubject | None:
        """Return the image that is looked at."""
        path = self.desk.images.path
        return None if path is None else LookSubject(path, problem=self.tr("The panel Looked at shows it already."))

    @Slot()
    def show_looks(self) -> None:
        """Show what the desks know."""
        desk = self.desk
        self._empty.text.setText(self._why_empty())
        self._stack.setCurrentIndex(1 if desk.networks.runs else 0)
        self.controls.show_state()
        if desk.wish != self._wish:
            self._wish = desk.wish
            self._timer.start()
        if not desk.is_looking:
            self._timer.stop()
        for place, view in enumerate(self.views):
            network = desk.asked[place] if place < len(desk.asked) else None
            view.set_visible(network is not None)
            if network is not None:
                self._show_network(view, network, desk.seen[place] if place < len(desk.seen) else None)
        self._show_difference(desk.difference)
        self._grid.share_room()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event) is not None and self.desk.networks.runs:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped(event)
        if path is not None:
            event.acceptProposedAction()
            self.desk.show_path(path)

    # Inside

    def _lay_out(self) -> None:
        controls = QVBoxLayout()
        controls.setContentsMargins(0, 0, 0, 0)
        controls.addWidget(self.controls)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._grid = LookGrid((*self.views, self.difference))
        area.setWidget(self._grid)
        area.viewport().setAutoFillBackground(False)
        content = QWidget()
        both = QHBoxLayout(content)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(2 * GRID)
        both.addWidget(scrollable(controls, width=WIDTH))
        both.addWidget(area, 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(content)

    def _connect(self) -> None:
        self.desk.changed.connect(self.show_looks)
        self.checks.changed.connect(self.show_looks)
        self._timer.timeout.connect(self.show_looks)
        self._context.theme.changed.connect(self.show_looks)
        self.controls.kind_changed.connect(self.show_looks)
        self.controls.strength_changed.connect(self._set_strength)
        self.controls.image_wanted.connect(self._ask_image)
        self.controls.saving_wanted.connect(self._ask_folder)
        for view in (*self.views, self.difference):
            view.picture.stepped.connect(self.desk.step)

    def _why_empty(self) -> str:
        return self.tr(
            "Choose one to four runs in the table: their networks are asked about one image, and the places that speak "
            "for the answer are shown on it (Grad-CAM)."
        )

    def _show_network(self, view: LookView, network: AskedNetwork, seen: SeenLook | None) -> None:
        title = self.tr("{name}, last step").format(name=network.name) if network.is_last else network.name
        look, image = (None, None) if seen is None else (seen.look, seen.image)
        if seen is None and self._timer.isActive():
            return
        view.show_heading(title, self._swatches.icon(network.run, self._context.session.runs))
        if seen is None:
            view.show_text("" if self.desk.notice else self.tr("The network looks at the image…"))
        elif look is None or image is None:
            view.show_text(seen.problem)
        else:
            self._show_look(view, look, image)

    def _show_look(self, view: LookView, look: Look, image: LayeredImage) -> None:
        check, record = self.checks.check_of(look.network), self.desk.images.record
        shown = check.image if check is not None and self.controls.kind == COVERED else image
        lines = [from_core(line) for line in (*look.lines, *(() if check is None else check.check.lines))]
        answer = self.tr("{name}, {share}")
        is_wrong = record is not None and record.label != look.answer
        if record is not None:
            answer = self.tr("{name}, {share}: wrong") if is_wrong else self.tr("{name}, {share}: right")
        answer = answer.format(name=look.answer, share=fmt.percent(look.probability))
        view.show_look(shown, answer, lines, is_wrong=is_wrong, warning=from_core(look.warning))

    def _show_difference(self, seen: SeenDifference | None) -> None:
        view = self.difference
        view.set_visible(len(self.desk.asked) == 2)
        if seen is None and self._timer.isActive():
            return
        view.show_heading(self.tr("Difference"))
        if seen is None:
            view.show_text("")
        elif seen.image is None:
            view.show_text(self.tr("A map is empty, so there is no difference."))
        else:
            colours = self.tr("Orange: more in the second; blue: more in the first.")
            view.show_look(seen.image, "", (from_core(seen.difference.line), colours))

    @Slot(float)
    def _set_strength(self, strength: float) -> None:
        for view in (*self.views, self.difference):
            view.set_strength(strength)

    @Slot()
    def _ask_image(self) -> None:
        dialog = file_chooser(self, self.tr("Image to look at"), QFileDialog.FileMode.ExistingFile, self._context.state)
        patterns = " ".join(f"*{suffix}" for suffix in sorted(SUFFIXES))
        every = self.tr("All files (*)")
        dialog.setNameFilters([self.tr("Images ({patterns})").format(patterns=patterns), every])
        dialog.fileSelected.connect(self._take_file)
        dialog.open()

    @Slot(str)
    def _take_file(self, path: str) -> None:
        self.desk.show_path(Path(path))

    @Slot()
    def _ask_folder(self) -> None:
        path = self.desk.images.path
        dialog = file_chooser(
            self, self.tr("New folder for the pictures"), QFileDialog.FileMode.AnyFile, self._context.state
        )
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(f"{path.stem if path is not None else 'image'}-heat")
        dialog.fileSelected.connect(self._save)
        dialog.open()

    @Slot(str)
    def _save(self, folder: str) -> None:
        self._saver.write_pictures(Path(folder), self.pictures())

    def pictures(self) -> dict[str, QImage]:
        """Return the pictures as they are shown, by the names that the command line gives them."""
        strength = self.controls.strength_now
        found: dict[str, QImage] = {}
        for number, seen in enumerate(self.desk.seen, start=1):
            network, check = seen.network, self.checks.check_of(seen.network)
            stem = f"{number:02d}-{network.run}-{'last' if network.is_last else 'best'}"
            if seen.image is not None:
                found[f"{stem}.png"] = seen.image.painted(strength)
            if check is not None:
                found[f"{stem}-occlusion.png"] = check.image.painted(strength)
        if self.desk.difference is not None and self.desk.difference.image is not None:
            found["difference-01-02.png"] = self.desk.difference.image.painted(strength)
        return found


def _dropped(event: QDropEvent) -> Path | None:
    """Return the image that is dragged; None for anything else."""
    paths = local_paths(event.mimeData())
    is_image = len(paths) == 1 and paths[0].suffix.casefold() in SUFFIXES
    return paths[0] if is_image else None
