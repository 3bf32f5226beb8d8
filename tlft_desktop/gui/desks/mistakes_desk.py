"""The images that runs answered: read in the background, found in the project, and decisions about their labels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from tlft_desktop.core.data.edit_images import confirm_labels, exclude, is_undecided, relabel
from tlft_desktop.core.project.edits import Edit, confirmed_labels
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.values.manifest import ImageRecord, Manifest
from tlft_desktop.core.values.run import RunSummary
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.desks.compare_desk import Version, version_of
from tlft_desktop.gui.desks.data_desk import DataDesk
from tlft_desktop.gui.desks.label_probe_desk import LabelProbeDesk
from tlft_desktop.gui.desks.picture_desk import PictureDesk
from tlft_desktop.gui.image_looks import Look, LookKind
from tlft_desktop.gui.workers.outcome import Failure, FailureKind
from tlft_desktop.gui.workers.task import JobContext

if TYPE_CHECKING:
    from tlft_desktop.gui.lazy_mistakes import KnownRun, RunImages

MOST_RUNS = 4
"""Runs whose answers are kept: of 100,000 images those of one take about 30 MB."""


class MistakesDesk(QObject):
    """Keeps the answers of the runs that were looked at last.

    Args:
        context: Parts of the program.
        data: Writes changes of images.
        pictures: Gets pictures of images.

    Attributes:
        data, pictures: These.
        probes: Asks probes about the training images.

    Signals:
        changed(): More is known of a run, or other labels are confirmed.
        epoch_chosen(run, epoch): The answers of another epoch of a run are wanted.
    """

    changed = Signal()
    epoch_chosen = Signal(str, int)

    def __init__(
        self, context: AppContext, data: DataDesk, pictures: PictureDesk, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self.data, self.pictures = context, data, pictures
        self.probes = LabelProbeDesk(context, self)
        self.probes.changed.connect(self.changed)
        self._known: dict[str, KnownRun] = {}
        self._problems: dict[str, str] = {}
        self._versions: dict[str, Version] = {}
        self._confirmed: dict[str, str] = {}
        self._is_confirmed_known = False
        self._wanted_epoch: tuple[str, int] = ("", 0)
        self._past: RunImages | None = None
        self._is_reading_past = False
        self._manifest: Manifest | None = None
        self._records: dict[str, ImageRecord] = {}
        context.session.project_changed.connect(self._forget)
        data.settled.connect(self._read_confirmed)

    # What is known

    def images_of(self, run: str) -> RunImages | None:
        """Return the answers of a run; None while they are read, or where there are none."""
        known = self._known.get(run)
        return known.images if known is not None else None

    def epochs_of(self, run: str) -> tuple[int, ...]:
        """Return the epochs of a run whose answers can be shown, rising."""
        known = self._known.get(run)
        return known.epochs.epochs if known is not None and known.epochs is not None else ()

    def why_no_epochs(self, run: str) -> str:
        """Return why there are no epochs to choose from: a sentence; empty where there are some, or nobody knows."""
        known = self._known.get(run)
        return known.why_no_epochs if known is not None else ""

    def past_of(self, run: str) -> RunImages | None:
        """Return the answers of the epoch of a run that was read last; None where no epoch of it was wanted."""
        return self._past if self._past is not None and self._past.run == run else None

    def problem_of(self, run: str) -> str:
        """Return why a run has no answers: a sentence; empty where it has some, or they are being read."""
        return self._problems.get(run, "")

    @property
    def records(self) -> Mapping[str, ImageRecord]:
        """The images of the project as they are now, by path."""
        manifest = self._context.session.manifest
        if manifest is not self._manifest:
            self._manifest = manifest
            self._records = {record.path: record for record in manifest.records} if manifest else {}
        return self._records

    def undecided(self, images: RunImages) -> list[int]:
        """Return the images whose label a run doubts and about which nobody has decided."""
        left, records = [], self.records
        for row in images.rows(Look(LookKind.SUSPECTS)):
            record = records.get(images.paths[row])
            if record is not None and is_undecided(record, images.labels[row], self._confirmed):
                left.append(row)
        return left

    # Reading

    def read(self, runs: Sequence[RunSummary]) -> None:
        """Read the answers of runs that are not known in their present version."""
        session = self._context.session
        project, manifest = session.project, session.manifest
        if project is None or manifest is None:
            return
        if not self._is_confirmed_known:
            self._read_confirmed()
        for run in runs:
            if self._versions.get(run.run) != version_of(run):
                self._versions[run.run] = version_of(run)
                self._start_reading(project, manifest, run.run)
        self._drop_old({run.run for run in runs})

    def _start_reading(self, project: Project, manifest: Manifest, run: str) -> None:
        engine = self._context.engine

        def work(_context: JobContext) -> KnownRun:
            return engine.run_images(project, manifest, run)

        def done(known: KnownRun) -> None:
            if self._context.session.project is project:
                self._problems.pop(run, None)
                self._known[run] = known
                self.probes.take(run, known.probe)
                self.changed.emit()

        def failed(failure: Failure) -> None:
            if failure.kind is FailureKind.FAULT:
                self._context.tasks.failed.emit(failure)
            if self._context.session.project is project:
                # Why a run has nothing to show belongs into its place, not into the messages.
                self._known.pop(run, None)
                self._problems[run] = failure.text
                self.changed.emit()

        self._context.tasks.start("", work, on_done=done, on_failed=failed)

    def _drop_old(self, wanted: set[str]) -> None:
        """Forget the answers that nobody looks at, those that were read first."""
        for run in [run for run in self._known if run not in wanted][: max(0, len(self._known) - MOST_RUNS)]:
            del self._known[run], self._versions[run]

    def look_at_epoch(self, run: str, epoch: int) -> None:
        """Read the answers of an epoch of a run; while one is read, only the last that was asked for waits."""
        self._wanted_epoch = (run, epoch)
        self.epoch_chosen.emit(run, epoch)
        self._read_past()

    def _read_past(self) -> None:
        run, epoch = self._wanted_epoch
        known, past, project = self._known.get(run), self._past, self._context.session.project
        if self._is_reading_past or known is None or known.epochs is None or epoch not in known.epochs.epochs:
            return
        if past is not None and (past.run, past.epoch) == (run, epoch):
            return
        epochs, self._is_reading_past = known.epochs, True

        def work(_context: JobContext) -> RunImages:
            return epochs.at(epoch)

        def done(images: RunImages) -> None:
            self._is_reading_past = False
            if self._context.session.project is project:
                self._past = images
                self.changed.emit()
                self._read_past()

        def failed(failure: Failure) -> None:
            self._is_reading_past = False
            self._context.tasks.failed.emit(failure)

        self._context.tasks.start("", work, on_done=done, on_failed=failed)

    @Slot()
    def _read_confirmed(self) -> None:
        project = self._context.session.project
        if project is None:
            return
        self._is_confirmed_known = True

        def work(_context: JobContext) -> dict[str, str]:
            return confirmed_labels(project.edits.read())

        def done(confirmed: dict[str, str]) -> None:
            if self._context.session.project is project and confirmed != self._confirmed:
                self._confirmed = confirmed
                self.changed.emit()

        self._context.tasks.start("", work, on_done=done)

    # Decisions about labels

    def relabel(self, labels: Mapping[str, str]) -> None:
        """Give images other classes, as one step that can be undone.

        Args:
            labels: The new class of each image, by path.
        """
        paths: dict[str, list[str]] = defaultdict(list)
        for path, label in labels.items():
            paths[label].append(path)

        def make(manifest: Manifest) -> tuple[Edit, ...]:
            return tuple(edit for label, of_label in paths.items() for edit in relabel(manifest, of_label, label))

        self.data.edit(make, self.tr("Change the class"), self._tell_relabelled)

    def exclude(self, paths: Sequence[str]) -> None:
        """Leave images out, as one step that can be undone."""
        reason = self.tr("doubtful label")
        self.data.edit(
            lambda manifest: exclude(manifest, paths, reason), self.tr("Leave images out"), self._tell_excluded
        )

    def keep(self, paths: Sequence[str]) -> None:
        """Note that images have the right class, as one step that can be undone."""
        project = self._context.session.project
        if project is None:
            return

        def make(manifest: Manifest) -> tuple[Edit, ...]:
            return confirm_labels(manifest, paths, confirmed_labels(project.edits.read()))

        self.data.edit(make, self.tr("Keep the class"), self._tell_kept)

    def _tell_relabelled(self, edits: tuple[Edit, ...]) -> str:
        text = self.tr("Changed the class of {images}; the files stay where they are.")
        return self._with_figures(text, edits)

    def _tell_excluded(self, edits: tuple[Edit, ...]) -> str:
        return self._with_figures(self.tr("Left {images} out; the files stay where they are."), edits)

    def _with_figures(self, text: str, edits: tuple[Edit, ...]) -> str:
        note = self.tr("The figures of the runs stay: they tell of the images as they were when each was trained.")
        return f"{text.format(images=fmt.num_images(len(edits)))} {note}" if edits else ""

    def _tell_kept(self, edits: tuple[Edit, ...]) -> str:
        text = self.tr("The class of {images} is right, as you say: it is doubted no more. Undo takes that back.")
        return text.format(images=fmt.num_images(len(edits))) if edits else ""

    @Slot()
    def _forget(self) -> None:
        self._known, self._problems, self._versions = {}, {}, {}
        self._wanted_epoch, self._past = ("", 0), None
        self._confirmed, self._is_confirmed_known = {}, False
        self._manifest, self._records = None, {}
