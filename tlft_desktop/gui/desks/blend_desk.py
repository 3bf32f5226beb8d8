"""Blends between a run and the pretrained network with a head: measured when asked for, and one of them exported."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from tlft_desktop.core.project.project import Project
from tlft_desktop.core.values.manifest import Manifest
from tlft_desktop.core.values.run import RunSummary
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.blend_values import BlendRow, MeasuredBlend
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.desks.probe_desk import ProbeDesk, Subject
from tlft_desktop.gui.folder_offer import folder_offer
from tlft_desktop.gui.item_models.run_table_model import name_of
from tlft_desktop.gui.widgets.messages import Message, MessageKind
from tlft_desktop.gui.workers.outcome import Failure
from tlft_desktop.gui.workers.task import JobContext, Progress

KEY = "blend_exported"
_ANY_IMAGES = Manifest((), ())
"""A run keeps its images whatever becomes of those of the project."""
Question = tuple[object, ...]


class BlendDesk(ProbeDesk):
    """Knows the blends of one run at a time; what was measured is kept while its runs stay.

    Args:
        context: Parts of the program.
    """

    _came = Signal(object)
    _found = Signal(object)

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        self._run: RunSummary | None = None
        self._elsewhere: Path | None = None
        self._bases: dict[Question, str] = {}
        self._refusals: dict[Question, str] = {}
        self._measured: dict[Question, MeasuredBlend] = {}
        self._wanted: tuple[Question, RunSummary, Path | None] | None = None
        self._rows: list[BlendRow] = []
        self._progress = Progress()
        super().__init__(context, parent)
        self._came.connect(self._take_progress)
        self._found.connect(self._take_row)

    # What is known

    @property
    def run(self) -> RunSummary | None:
        """The run that is blended; None for none."""
        return self._run

    @property
    def base(self) -> RunSummary | None:
        """The run that it is blended with; None where there is none, or nobody knows yet."""
        base = self._bases.get(self._runs_now(), "")
        return next((run for run in self._context.session.runs if run.run == base), None)

    @property
    def refusal(self) -> str:
        """Why the run cannot be blended: a sentence; empty where it can, or nobody knows yet."""
        return self._refusals.get(self._runs_now(), "")

    @property
    def elsewhere(self) -> Path | None:
        """Folder of class folders with other images; None for none."""
        return self._elsewhere

    @property
    def is_measuring_run(self) -> bool:
        """Whether the blends that are asked for are being measured."""
        return self.is_measuring_this and self._wanted is not None and self._wanted[0] == self._question()

    @property
    def blend(self) -> MeasuredBlend | None:
        """The whole line; None where it was not measured."""
        return self._measured.get(self._question())

    @property
    def rows(self) -> tuple[BlendRow, ...]:
        """What is known of the line, by growing share of the run."""
        blend = self.blend
        if blend is not None:
            return blend.rows
        return tuple(self._rows) if self.is_measuring_run else ()

    @property
    def progress(self) -> Progress:
        """How far the measurement is."""
        return self._progress

    @property
    def reason(self) -> str:
        """Why nothing can be measured now: a sentence; empty where it can."""
        if self._run is None:
            return self.tr("Choose a run first.")
        if self.refusal:
            return self.refusal
        if self.base is None:
            return self.tr("The run is being read.")
        return super().reason

    # What the user does

    def choose(self, run: RunSummary | None) -> None:
        """Blend another run, or none."""
        if run is not self._run:
            self._run, self._problem = run, ""
        self._read_base()
        self.changed.emit()

    def choose_elsewhere(self, folder: Path | None) -> None:
        """Measure other images, too, or none."""
        if folder != self._elsewhere:
            self._elsewhere, self._problem = folder, ""
            self.changed.emit()

    def export(self, row: BlendRow, folder: Path) -> None:
        """Write a blend as a bundle into a new folder, in the background."""
        project, blend, engine = self._context.session.project, self.blend, self._context.engine
        if project is None or blend is None:
            return

        def work(context: JobContext) -> int:
            return engine.blends(project, context.control).export(blend, row, folder, context.control)

        def done(num_bytes: int) -> None:
            text = self.tr("The blend with {share} of the run is in {folder} ({size}).").format(
                share=fmt.percent(row.alpha, 0), folder=str(folder), size=fmt.num_bytes(num_bytes)
            )
            offer = folder_offer(self.tr("&Open the folder"), folder)
            self._context.messages.show_message(Message(MessageKind.SUCCESS, text, (offer,), key=KEY))

        def failed(failure: Failure) -> None:
            text = self.tr("The blend was not exported. {why}").format(why=failure.text)
            self._context.messages.show_message(Message(MessageKind.ERROR, text, details=failure.details, key=KEY))

        title = self.tr("Exporting {name}").format(name=folder.name)
        self._context.tasks.start(title, work, on_done=done, on_failed=failed)

    # Inside

    def _read_base(self) -> None:
        """Find out what the run is blended with, and whether it can be."""
        project, run, engine = self._context.session.project, self._run, self._context.engine
        question = self._runs_now()
        if project is None or run is None or question in self._bases or question in self._refusals:
            return

        def work(context: JobContext) -> str:
            return engine.blends(project, context.control).base(run.run)

        def done(base: str) -> None:
            self._keep(project, self._bases, question, base)

        def failed(failure: Failure) -> None:
            # That a run cannot be blended belongs beside it, not into the messages.
            self._keep(project, self._refusals, question, failure.text)

        self._context.tasks.start("", work, on_done=done, on_failed=failed)

    def _keep(self, project: Project, answers: dict[Question, str], question: Question, answer: str) -> None:
        if self._context.session.project is project:
            answers[question] = answer
            self.changed.emit()

    def _runs_now(self) -> Question:
        """Return what differs where the run has another network, or may be blended with another one."""
        run = self._run
        if run is None:
            return ()
        heads = [(each.run, each.best_epoch) for each in self._context.session.runs if each.strategy == "transfer"]
        return (run.run, run.state, run.best_epoch, *heads)

    def _question(self) -> Question:
        return (self._elsewhere, self._runs_now())

    def _title(self) -> str:
        return self.tr("Measuring blends")

    def _begin(self) -> None:
        assert self._run is not None
        self._rows, self._progress = [], Progress()
        self._wanted = (self._question(), self._run, self._elsewhere)

    def _work(self, project: Project, device: str, context: JobContext) -> MeasuredBlend | None:
        assert self._wanted is not None
        _question, run, elsewhere = self._wanted
        blend = None
        blends = self._context.engine.blends(project, context.control)
        for item in blends.measure(run.run, name_of(run), elsewhere, context.control):
            if isinstance(item, Progress):
                context.report(item)
                self._came.emit(item)
            elif isinstance(item, BlendRow):
                self._found.emit(item)
            else:
                blend = item
        return blend

    def _take(self, result: MeasuredBlend) -> None:
        assert self._wanted is not None
        self._measured[self._wanted[0]] = result

    def _give_up(self) -> None:
        # Half a line tells nothing of where it is best.
        self._rows, self._wanted = [], None

    def _forget(self) -> None:
        self._run, self._elsewhere, self._wanted, self._rows = None, None, None, []
        self._bases, self._refusals, self._measured = {}, {}, {}

    def _subject_now(self) -> Subject | None:
        project = self._context.session.project
        return None if project is None else Subject(project, _ANY_IMAGES, "", 0)

    @Slot(object)
    def _take_progress(self, progress: Progress) -> None:
        if self.is_measuring:
            self._progress = progress
            self.changed.emit()

    @Slot(object)
    def _take_row(self, row: BlendRow) -> None:
        # Of another project, one may still be on its way.
        if self.is_measuring_this:
            self._rows.append(row)
            self.changed.emit()
