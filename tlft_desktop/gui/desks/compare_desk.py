"""What comparing runs needs of their files: courses, freeze plans, and the sentence about two of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, Signal, Slot

from tlft_desktop.core.freezing.plan_text import fitted
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.run import RunSummary
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.engine import Verdict
from tlft_desktop.gui.item_models.run_table_model import name_of
from tlft_desktop.gui.run_history import RunHistory, read_history
from tlft_desktop.gui.run_plans import PhasePlan, read_plans
from tlft_desktop.gui.widgets.messages import Message, MessageKind
from tlft_desktop.gui.workers.outcome import Failure
from tlft_desktop.gui.workers.task import JobContext

Version = tuple[object, ...]


class CompareDesk(QObject):
    """Reads in the background, and keeps what it read until the run changes.

    Signals:
        histories_changed(): More courses are known.
        plans_changed(): The freeze plans of all runs are known.
        verdict_changed(): There is a sentence about the two runs that were asked for.
    """

    histories_changed = Signal()
    plans_changed = Signal()
    verdict_changed = Signal()

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._histories: dict[str, RunHistory] = {}
        self._versions: dict[str, Version] = {}
        self._plans: tuple[PhasePlan, ...] = ()
        self._plans_version: Version = ()
        self._compared: tuple[Version, ...] = ()
        self._verdict: Verdict | None = None
        context.session.project_changed.connect(self._forget)

    @property
    def histories(self) -> dict[str, RunHistory]:
        """The courses that are known, by run."""
        return dict(self._histories)

    @property
    def plans(self) -> tuple[PhasePlan, ...]:
        """The freeze plans of all runs, as far as they were read."""
        return self._plans

    @property
    def verdict(self) -> Verdict | None:
        """What was found of the two runs that were asked for last; None while nothing is known."""
        return self._verdict

    def read_histories(self, runs: Iterable[RunSummary]) -> None:
        """Read the courses of runs that are not known in their present version."""
        project = self._context.session.project
        wanted = [run for run in runs if self._versions.get(run.run) != version_of(run)]
        if project is None or not wanted:
            return
        self._versions |= {run.run: version_of(run) for run in wanted}

        def work(_context: JobContext) -> tuple[RunHistory, ...]:
            store = RunStore(project.root)
            return tuple(read_history(store, run.run) for run in wanted)

        def done(histories: tuple[RunHistory, ...]) -> None:
            if self._is_open(project):
                self._histories |= {history.run: history for history in histories}
                self.histories_changed.emit()

        self._context.tasks.start("", work, on_done=done)

    def read_plans(self) -> None:
        """Read the freeze plans of all runs that there are."""
        session = self._context.session
        project, runs = session.project, session.runs
        version: Version = tuple((run.run, run.state) for run in runs)
        if project is None or version == self._plans_version:
            return
        self._plans_version = version

        def work(_context: JobContext) -> tuple[PhasePlan, ...]:
            return read_plans(RunStore(project.root), runs)

        def done(plans: tuple[PhasePlan, ...]) -> None:
            if self._is_open(project):
                self._plans = plans
                self.plans_changed.emit()

        self._context.tasks.start("", work, on_done=done)

    def compare(self, runs: Sequence[RunSummary]) -> None:
        """Compare two or more runs on their validation images."""
        project = self._context.session.project
        # What two are worth depends on how many others there are.
        wanted = (*map(version_of, runs), *map(version_of, self._context.session.runs))
        if project is None or wanted == self._compared:
            return
        self._compared, self._verdict = wanted, None
        names = [run.run for run in runs]
        engine = self._context.engine

        def work(_context: JobContext) -> Verdict:
            return engine.compare(project, names)

        def done(verdict: Verdict) -> None:
            if self._is_open(project) and self._compared == wanted:
                self._verdict = verdict
                self.verdict_changed.emit()

        def failed(failure: Failure) -> None:
            # That two runs cannot be compared belongs beside them, not into the messages.
            done(Verdict(failure.text, is_possible=False))

        self._context.tasks.start("", work, on_done=done, on_failed=failed)

    def use_plan_of(self, run: RunSummary) -> None:
        """Tick the layers as a run had them in its last phase; can be undone."""
        project = self._context.session.project
        if project is None:
            return

        def work(_context: JobContext) -> tuple[PhasePlan, ...]:
            return read_plans(RunStore(project.root), [run])

        def done(plans: tuple[PhasePlan, ...]) -> None:
            if self._is_open(project):
                self.use_plan(plans[-1], name_of(run))

        self._context.tasks.start("", work, on_done=done)

    def use_plan(self, plan: PhasePlan, name: str) -> None:
        """Tick the layers as in a plan, and say so; or say why it cannot be done.

        Args:
            plan: What a phase of a run froze.
            name: What the run is called.
        """
        session = self._context.session
        tree = session.layer_tree
        if plan.problem:
            self._tell(MessageKind.WARNING, self.tr("The plan of {name} cannot be read. {why}"), name, why=plan.problem)
        elif tree is None or plan.backbone != tree.backbone:
            text = self.tr("The plan of {name} belongs to another network ({other}); the ticks stay as they are.")
            self._tell(MessageKind.WARNING, text, name, other=plan.backbone)
        else:
            ticks = fitted(tree, plan.plan).plan
            is_same = ticks == session.choice.plan
            session.choose_plan(ticks, self.tr("plan of {name}").format(name=name))
            same = self.tr("The layers are ticked as in {name} already.")
            new = self.tr("The layers are ticked as in {name}. Undo brings the former ticks back.")
            self._tell(MessageKind.INFO, same if is_same else new, name)

    def _tell(self, kind: MessageKind, text: str, name: str, **values: str) -> None:
        self._context.messages.show_message(Message(kind, text.format(name=name, **values), key="plan"))

    @Slot()
    def _forget(self) -> None:
        self._histories, self._versions = {}, {}
        self._plans, self._plans_version = (), ()
        self._compared, self._verdict = (), None

    def _is_open(self, project: Project) -> bool:
        return self._context.session.project is project


def version_of(run: RunSummary) -> Version:
    """Return what differs where the files of a run differ."""
    return run.run, run.name, run.state, run.epoch, run.total_seconds
