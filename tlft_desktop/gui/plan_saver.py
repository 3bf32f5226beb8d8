"""Ticks, network and answers are saved as they change: soon after the last, in the background, one save at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from tlft_desktop.core.project.config import ProjectConfig
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.values.named_plans import NamedPlan
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.thaw import ThawSchedule
from tlft_desktop.gui.session import Session
from tlft_desktop.gui.workers.outcome import Failure
from tlft_desktop.gui.workers.task import JobContext, TaskRunner

DELAY_MS = 300


@dataclass(frozen=True, slots=True)
class _Saved:
    """What the session and `project.json` have in common."""

    plan: FreezePlan
    thaw: ThawSchedule
    backbone: str
    image_size: int
    plans: tuple[NamedPlan, ...]
    flip: bool | None

    def shows_same(self, config: ProjectConfig) -> bool:
        """Tell whether the network receives the same pictures as with the choices of a project."""
        mine = (self.backbone, self.image_size, self.flip)
        return mine == (config.backbone, config.image_size, config.flip)


class PlanSaver(QObject):
    """Writes the session's plan, network and answer on mirroring into its project.

    While saves are held the training thread may save the project itself; two writers would refuse each other.

    Signals:
        network_saved(): By the project on disk a network receives other pictures: another backbone, image size or
            answer on mirroring.
    """

    network_saved = Signal()

    def __init__(self, session: Session, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._tasks = session, tasks
        self._project: Project | None = None
        self._wanted: _Saved | None = None
        self._is_saving = False
        self._is_held = False
        self._then: list[Callable[[], None]] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(self._save)
        session.freeze_plan_changed.connect(self._note)
        session.named_plans_changed.connect(self._note)
        session.flip_changed.connect(self._note)

    def flush(self, then: Callable[[], None]) -> None:
        """Save what is not saved yet and call `then`; at once where there is nothing to do."""
        self._then.append(then)
        if self._is_saving:
            return
        self._save()

    def hold(self) -> None:
        """Write nothing until `release`."""
        self._is_held = True
        self._timer.stop()

    def release(self) -> None:
        """Write again."""
        self._is_held = False
        if self._wanted is not None:
            self._timer.start()

    @Slot()
    def _note(self) -> None:
        project = self._session.project
        if project is None or project.read_only:
            return
        session, config = self._session, project.config
        if session.layer_tree is None and session.flip is config.flip:
            # Until its layers are known nothing but the answer can be another one.
            return
        choice, network = session.choice, (session.backbone, session.image_size)
        wanted = _Saved(choice.plan, choice.thaw, *network, session.named_plans, session.flip)
        self._project = project
        is_saved = wanted == _Saved(
            config.plan, config.thaw, config.backbone, config.image_size, config.plans, config.flip
        )
        # A save on its way will replace what the project has now.
        self._wanted = None if is_saved and not self._is_saving else wanted
        if self._wanted is not None and not self._is_held:
            self._timer.start()

    @Slot()
    def _save(self) -> None:
        self._timer.stop()
        if self._is_saving:
            # The end of that save looks again; two at once would refuse each other.
            return
        project, wanted = self._project, self._wanted
        if project is None or wanted is None or self._is_held:
            self._finish()
            return
        self._wanted, self._is_saving = None, True

        def work(_context: JobContext) -> bool:
            shows_same = wanted.shows_same(project.config)
            values = {item.name: getattr(wanted, item.name) for item in fields(wanted)}
            project.save(replace(project.config, **values))
            return not shows_same

        def failed(failure: Failure) -> None:
            # The next save tries again; what was ticked meanwhile replaces it.
            self._wanted = self._wanted or wanted
            self._failed(failure)

        self._tasks.start("", work, on_done=self._saved, on_failed=failed)

    def _saved(self, shows_others: bool) -> None:
        self._is_saving = False
        if self._wanted is not None:
            self._save()
        else:
            self._finish()
        if shows_others:
            self.network_saved.emit()

    def _failed(self, failure: Failure) -> None:
        self._is_saving = False
        self._tasks.failed.emit(failure)
        self._finish()

    def _finish(self) -> None:
        then, self._then = self._then, []
        for call in then:
            call()
