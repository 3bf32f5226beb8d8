"""What trainings will cost on this machine: measured once for a network, while somebody looks and nothing trains."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from tlft_desktop.core.errors import TlftError
from tlft_desktop.core.values.costs import StrategyCost
from tlft_desktop.core.values.manifest import Manifest
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.core.values.thaw import ThawSchedule
from tlft_desktop.gui.engine import Costs, Engine, TrainSettings
from tlft_desktop.gui.preferences import Preferences
from tlft_desktop.gui.session import Session
from tlft_desktop.gui.training_options import meaningful, reasons_against, trains_head_only
from tlft_desktop.gui.workers.machine_time import Booking, MachineTime
from tlft_desktop.gui.workers.outcome import Failure
from tlft_desktop.gui.workers.task import JobContext

DELAY_MS = 500
"""Who only passes by a page starts no measurement."""


class CostState(StrEnum):
    """Whether costs can be told, and why not."""

    UNKNOWN = "unknown"
    MEASURING = "measuring"
    WAITING = "waiting"
    """A training runs: measured beside it, everything would seem slow."""
    CANCELLED = "cancelled"
    FAILED = "failed"
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class _Subject:
    """What is measured."""

    backbone: str
    image_size: int
    num_classes: int
    device: str


class CostDesk(QObject):
    """Measures the network of the open project and tells what strategies will cost; a question takes milliseconds.

    Args:
        engine: Measures.
        session, preferences: Parts of the program that it follows.
        machine: Whom it asks for the machine.

    Signals:
        changed(): Other costs hold, or they are not known any more.
    """

    changed = Signal()

    def __init__(
        self,
        engine: Engine,
        session: Session,
        machine: MachineTime,
        preferences: Preferences,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._engine, self._session = engine, session
        self._machine, self._preferences = machine, preferences
        self._settings = TrainSettings()
        self._viewers: list[QWidget] = []
        self._subject: _Subject | None = None
        self._costs: Costs | None = None
        self._told: dict[tuple[StrategyKind, FreezePlan | None, ThawSchedule | None], StrategyCost | None] = {}
        self._state, self._problem = CostState.UNKNOWN, ""
        self._booking: Booking | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._measure)
        for signal in (session.layer_tree_changed, session.images_changed, preferences.changed):
            signal.connect(self._follow)
        machine.changed.connect(self._follow_machine)

    @property
    def state(self) -> CostState:
        """Whether costs can be told, and why not."""
        if self._state is CostState.UNKNOWN and self._machine.is_taken:
            return CostState.WAITING
        return self._state

    @property
    def was_disturbed(self) -> bool:
        """Whether the costs were measured while other programs were working."""
        return self._costs is not None and self._costs.was_disturbed

    @property
    def problem(self) -> str:
        """Why measuring failed; empty where it did not."""
        return self._problem

    def of(self, kind: StrategyKind, plan: FreezePlan, thaw: ThawSchedule | None = None) -> StrategyCost | None:
        """Return what a strategy will cost with the settings of the page Train; None where that cannot be told.

        Args:
            kind: Which way.
            plan: The ticks of a custom strategy; the others have their own.
            thaw: When its stages begin to train; None for the schedule of the session.
        """
        thaw = self._session.custom_thaw if thaw is None else thaw
        key = (kind, plan, thaw) if kind is StrategyKind.CUSTOM else (kind, None, None)
        if key not in self._told:
            self._told[key] = self._ask(kind, plan, thaw)
        return self._told[key]

    def add_viewer(self, widget: QWidget) -> None:
        """Measure from now on also while `widget` can be seen; it calls `look` when it is shown."""
        self._viewers.append(widget)

    @Slot()
    def look(self) -> None:
        """Measure soon, where nobody has and somebody looks."""
        is_seen = any(widget.isVisible() for widget in self._viewers)
        if is_seen and self._subject is not None and self.state is CostState.UNKNOWN:
            self._timer.start(DELAY_MS)

    @Slot()
    def measure_again(self) -> None:
        """Measure although it failed, was cancelled or disturbed before."""
        if self._booking is None:
            self._costs = None
            self._set_state(CostState.UNKNOWN)
            self.look()

    def set_settings(self, settings: TrainSettings) -> None:
        """Tell costs with these settings from now on."""
        if settings != self._settings:
            self._settings = settings
            self._forget_told()

    def _ask(self, kind: StrategyKind, plan: FreezePlan, thaw: ThawSchedule) -> StrategyCost | None:
        session = self._session
        tree, manifest = session.layer_tree, session.manifest
        if self._costs is None or tree is None or manifest is None:
            return None
        head_only = trains_head_only(kind, tree, plan)
        reasons = reasons_against(kind, head_only=head_only, head=self._settings.head)
        try:
            return self._costs.of(kind, plan, meaningful(self._settings, reasons), manifest, thaw)
        except TlftError:
            # Such a training cannot start either: the page Train says why.
            return None

    @Slot()
    def _follow(self) -> None:
        """Forget costs of another network; images alone change them without another measurement."""
        subject = self._subject_of(self._session.manifest)
        if subject != self._subject:
            self._subject, self._costs = subject, None
            self._timer.stop()
            if self._booking is not None:
                self._machine.cancel(self._booking)
            self._set_state(CostState.UNKNOWN)
            self.look()
        else:
            self._forget_told()

    def _subject_of(self, manifest: Manifest | None) -> _Subject | None:
        session = self._session
        if manifest is None or session.layer_tree is None:
            return None
        device = self._preferences.settings.device
        return _Subject(session.backbone, session.image_size, len(manifest.classes), device)

    @Slot()
    def _follow_machine(self) -> None:
        self._forget_told()
        self.look()

    @Slot()
    def _measure(self) -> None:
        subject, manifest, engine = self._subject, self._session.manifest, self._engine
        if self._booking is not None or subject is None or manifest is None or self.state is not CostState.UNKNOWN:
            return

        def work(context: JobContext) -> Costs:
            return engine.costs(subject.backbone, manifest, subject.image_size, subject.device, context.control)

        def stopped(for_training: bool) -> None:
            self._end(subject, CostState.UNKNOWN if for_training else CostState.CANCELLED)

        self._set_state(CostState.MEASURING)
        self._booking = Booking(
            title=self.tr("Measuring what layers cost"),
            work=work,
            on_done=lambda costs: self._end(subject, CostState.KNOWN, costs=costs),
            on_failed=lambda failure: self._end(subject, CostState.FAILED, failure=failure),
            on_stopped=stopped,
        )
        self._machine.book(self._booking)

    def _end(
        self, subject: _Subject, state: CostState, *, costs: Costs | None = None, failure: Failure | None = None
    ) -> None:
        self._booking = None
        if subject == self._subject:
            self._costs, self._problem = costs, failure.text if failure else ""
            self._set_state(state)
        # What is open may be another network by now.
        self.look()

    def _set_state(self, state: CostState) -> None:
        self._state = state
        if state is not CostState.FAILED:
            self._problem = ""
        self._forget_told()

    def _forget_told(self) -> None:
        self._told.clear()
        self.changed.emit()
