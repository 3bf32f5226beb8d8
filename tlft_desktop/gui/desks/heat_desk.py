"""The heat of layers: of a run that was trained, of the one that trains, or before anything is trained."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot

from tlft_desktop.core.errors import TlftError
from tlft_desktop.core.freezing.auto_rgn import PlanProposal, propose_plan
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.runs.heat import RunHeat, read_heat
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.events import LayerHeat
from tlft_desktop.core.values.heat import EpochHeat, Heat
from tlft_desktop.core.values.run import RunState
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.desks.probe_desk import ProbeDesk
from tlft_desktop.gui.format import from_core
from tlft_desktop.gui.heat_measures import HeatMeasure, ShownHeat, shown_drift, shown_heat, values_of_stages
from tlft_desktop.gui.workers.mailbox import Mail
from tlft_desktop.gui.workers.task import JobContext

if TYPE_CHECKING:
    from tlft_desktop.core.evaluation.drift import Drift

BEFORE = ""
"""Stands for the network before anything is trained."""


class HeatDesk(ProbeDesk):
    """Knows the heat of one run at a time; measures drifts, and the heat before a training, when the user asks.

    Args:
        context: Parts of the program.
    """

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        self._run, self._measure = BEFORE, HeatMeasure.GRADIENT
        self._measured_run = BEFORE
        self._chosen_epoch = 0
        self._epochs: dict[str, dict[int, EpochHeat]] = {}
        self._reasons: dict[str, str] = {}
        self._drifts: dict[str, Drift] = {}
        self._is_watched = self._is_users = False
        super().__init__(context, parent)
        context.controller.mail_arrived.connect(self._take_mail)
        context.session.run_changed.connect(self._follow_runs)

    # What is chosen and known

    @property
    def run(self) -> str:
        """Identifier of the run whose heat is shown; `BEFORE` for the network before anything is trained."""
        return self._run

    @property
    def kind(self) -> HeatMeasure:
        """What is shown of each layer."""
        return self._measure

    @property
    def epochs(self) -> tuple[EpochHeat, ...]:
        """What is known of the chosen run, in the order of epochs."""
        known = self._epochs.get(self._run, {})
        return tuple(known[number] for number in sorted(known))

    @property
    def epoch(self) -> EpochHeat | None:
        """The epoch that is shown: the chosen one, else the last."""
        epochs = self.epochs
        return next((each for each in epochs if each.epoch == self._chosen_epoch), epochs[-1] if epochs else None)

    @property
    def drift(self) -> Drift | None:
        """The drift of the chosen run; None where it was not measured."""
        return self._drifts.get(self._run)

    @property
    def why_none(self) -> str:
        """Why the chosen run has no heat: a sentence; empty where it has some, or is not known yet."""
        return "" if self.epochs else self._reasons.get(self._run, "")

    @property
    def shown(self) -> ShownHeat:
        """What the layer tree shows."""
        tree, epoch, drift = self._context.session.layer_tree, self.epoch, self.drift
        if self._measure is HeatMeasure.DRIFT:
            values = {} if drift is None else {stage: drift.of(stage) for stage in drift.similarity}
            return shown_drift({stage: value for stage, value in values.items() if value is not None})
        if tree is None or epoch is None:
            return ShownHeat(self._measure)
        return shown_heat(tree, epoch.owners, self._measure)

    def curves(self) -> dict[str, tuple[list[int], list[float]]]:
        """Return the epochs and the values of each stage in front of the head, of the chosen run and measure."""
        tree = self._context.session.layer_tree
        curves: dict[str, tuple[list[int], list[float]]] = {}
        if tree is None or self._measure is HeatMeasure.DRIFT:
            return curves
        for epoch in self.epochs:
            for stage, value in values_of_stages(tree, epoch.owners, self._measure).items():
                x, y = curves.setdefault(stage, ([], []))
                x.append(epoch.epoch)
                y.append(value)
        return {stage: curves[stage] for stage in tree.stages if stage in curves}

    def proposal(self) -> PlanProposal | None:
        """Return the plan that follows from the last phase of the chosen run; None where there is nothing to go by."""
        session, epochs = self._context.session, self.epochs
        if session.layer_tree is None or not epochs:
            return None
        owners: list[dict[str, Heat]] = [dict(each.owners) for each in epochs if each.phase == epochs[-1].phase]
        return propose_plan(session.layer_tree, owners, session.choice.plan)

    # What the user does

    def watch(self) -> None:
        """Begin to read runs: somebody looks."""
        if not self._is_watched:
            self._is_watched = True
            self._follow_runs()

    def choose_run(self, run: str) -> None:
        """Show the heat of a run, or of the network before anything is trained."""
        self._is_users = True
        if run != self._run:
            self._run, self._chosen_epoch, self._problem = run, 0, ""
            self._read(run)
            self.changed.emit()

    def choose_kind(self, measure: HeatMeasure) -> None:
        """Show something else of each layer."""
        if measure is not self._measure:
            self._measure = measure
            self.changed.emit()

    def choose_epoch(self, epoch: int) -> None:
        """Show an epoch; one that there is not means the last one."""
        if epoch != self._chosen_epoch:
            self._chosen_epoch = epoch
            self.changed.emit()

    @Slot(str, int)
    def follow_epoch(self, run: str, epoch: int) -> None:
        """Show an epoch that is looked at elsewhere, if the heat of the same run is shown."""
        if run == self._run:
            self.choose_epoch(epoch)

    # Reading

    def _read(self, run: str) -> None:
        project, backbone = self._context.session.project, self._context.session.backbone
        if project is None or run == BEFORE or not self._is_watched:
            return

        def work(_context: JobContext) -> RunHeat:
            store = RunStore(project.root)
            try:
                other = store.config(run).backbone
            except TlftError as error:
                return RunHeat(problem=error.message)
            if other != backbone:
                return RunHeat(problem=f"This run trained another network ({other}): its heat belongs to other layers.")
            return read_heat(store, run)

        def done(found: RunHeat) -> None:
            if self._context.session.project is project and self._context.session.backbone == backbone:
                # What came in meanwhile is newer.
                self._epochs[run] = {each.epoch: each for each in found.epochs} | self._epochs.get(run, {})
                self._reasons[run] = from_core(found.problem)
                self.changed.emit()

        self._context.tasks.start("", work, on_done=done)

    @Slot(object)
    def _take_mail(self, mail: Mail) -> None:
        heats = [event for event in mail.events if isinstance(event, LayerHeat)]
        for event in heats:
            if event.run not in self._epochs:
                # A run that goes on has earlier epochs; one that begins is what the user wants to see.
                self._epochs[event.run] = {}
                self._run, self._chosen_epoch, self._is_users = event.run, 0, False
                self._read(event.run)
            owners = {owner: Heat.from_json(norms) for owner, norms in event.owners.items()}
            self._epochs[event.run][event.epoch] = EpochHeat(event.phase, event.epoch, owners)
        if heats:
            self.changed.emit()

    @Slot()
    def _follow_runs(self) -> None:
        """Show the newest run that may have heat, unless the user chose one that is still there."""
        if not self._is_watched:
            return
        runs = [run for run in self._context.session.runs if run.state is not RunState.DAMAGED]
        is_there = self._run == BEFORE or self._run in {run.run for run in runs}
        if not self._context.controller.is_active and not (self._is_users and is_there):
            self._run = next((run.run for run in reversed(runs) if run.strategy != "transfer"), BEFORE)
            self._chosen_epoch, self._is_users = 0, False
        self._read(self._run)
        self.changed.emit()

    # Measuring

    def _title(self) -> str:
        return self.tr("Measuring the heat") if self._run == BEFORE else self.tr("Measuring the drift")

    def _begin(self) -> None:
        self._measured_run, self._is_users = self._run, True

    def _work(self, project: Project, device: str, context: JobContext) -> Drift | EpochHeat | None:
        items: Any = self._context.engine.heat(project, self._measured_run, device, context.control)
        found: Drift | EpochHeat | None = context.result_of(items)
        return found

    def _take(self, result: Drift | EpochHeat) -> None:
        if isinstance(result, EpochHeat):
            self._epochs[BEFORE] = {result.epoch: result}
        else:
            self._drifts[self._measured_run] = result

    def _forget(self) -> None:
        self._epochs, self._reasons, self._drifts = {}, {}, {}
        self._run, self._chosen_epoch, self._is_users = BEFORE, 0, False
        self._follow_runs()
