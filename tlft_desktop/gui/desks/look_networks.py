"""Which networks look at an image: those of the chosen runs, and the pretrained one before them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from tlft_desktop.core.errors import TlftError
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.runs.checkpoint_files import has_checkpoint
from tlft_desktop.core.runs.head_run import head_run_of
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.run import RunState, RunSummary
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.format import from_core
from tlft_desktop.gui.item_models.run_table_model import name_of
from tlft_desktop.gui.look_values import AskedNetwork
from tlft_desktop.gui.workers.task import JobContext

MAX_NETWORKS = 4
"""More pictures side by side would be stamps."""


class EpochChoice(StrEnum):
    """Which networks of a run are asked."""

    BEST = "best"
    LAST = "last"
    BOTH = "both"


@dataclass(frozen=True)
class _Facts:
    """What the folders of the chosen runs tell.

    Attributes:
        with_last: Runs that keep the network of their last step.
        base: The run that stands for the pretrained network of those that trained more; empty without one.
        why_none: Why there is none: a sentence of the core.
        backbone: Of the first run; empty where it cannot be told.
    """

    with_last: frozenset[str] = frozenset()
    base: str = ""
    why_none: str = ""
    backbone: str = ""


class LookNetworks(QObject):
    """Knows the networks that are asked.

    Signals:
        changed(): Other networks are asked, or others may be.
    """

    changed = Signal()

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._runs: tuple[RunSummary, ...] = ()
        self._question: tuple[object, ...] = ()
        self._facts = _Facts()
        self._is_known = False
        self._with_base = False
        self._epochs = EpochChoice.BEST

    @property
    def networks(self) -> tuple[AskedNetwork, ...]:
        """The networks that are asked, in order; none before their runs were read."""
        return self._wanted()[:MAX_NETWORKS]

    @property
    def num_left_out(self) -> int:
        """How many networks have no room."""
        return max(0, len(self._wanted()) - MAX_NETWORKS)

    @property
    def runs(self) -> tuple[RunSummary, ...]:
        """The chosen runs."""
        return self._runs

    @property
    def backbone(self) -> str:
        """The network that the first run trained; empty where it cannot be told."""
        return self._facts.backbone

    @property
    def has_last(self) -> bool:
        """Whether any chosen run keeps the network of its last step."""
        return bool(self._facts.with_last)

    @property
    def epochs(self) -> EpochChoice:
        """Which networks of the runs are asked."""
        return self._epochs

    @property
    def with_base(self) -> bool:
        """Whether the pretrained network with a head is asked first."""
        return self._with_base

    @property
    def why_no_base(self) -> str:
        """Why the pretrained network cannot be asked: a sentence; empty where it can."""
        if not self._facts.base and not self._facts.why_none:
            return self.tr("The chosen runs trained nothing but their heads: they are the network before.")
        return from_core(self._facts.why_none)

    def show_runs(self, runs: Sequence[RunSummary]) -> None:
        """Ask the networks of other runs."""
        session, chosen = self._context.session, tuple(runs)
        project, question = session.project, (chosen, session.runs)
        if project is None or question == self._question:
            return
        self._runs, self._question = chosen, question

        def work(_context: JobContext) -> _Facts:
            return _facts_of(project, chosen)

        def done(facts: _Facts) -> None:
            if session.project is project and self._question == question:
                self._facts, self._is_known = facts, True
                self.changed.emit()

        self._context.tasks.start("", work, on_done=done)

    def set_with_base(self, wanted: bool) -> None:
        """Ask the pretrained network with a head first, or not."""
        if wanted != self._with_base:
            self._with_base = wanted
            self.changed.emit()

    def set_epochs(self, epochs: EpochChoice) -> None:
        """Ask the best networks of the runs, those of their last steps, or both."""
        if epochs is not self._epochs:
            self._epochs = epochs
            self.changed.emit()

    def _wanted(self) -> tuple[AskedNetwork, ...]:
        if not self._is_known:
            return ()
        runs = self._runs
        if self._with_base:
            base = [run for run in self._context.session.runs if run.run == self._facts.base]
            runs = (*base, *(run for run in runs if run.run != self._facts.base))
        return tuple(network for run in runs for network in self._networks_of(run))

    def _networks_of(self, run: RunSummary) -> list[AskedNetwork]:
        best = best_network_of(run)
        last = replace(best, is_last=True)
        if run.run not in self._facts.with_last or self._epochs is EpochChoice.BEST:
            return [best]
        return [last] if self._epochs is EpochChoice.LAST else [best, last]

    def forget(self) -> None:
        """Ask no network: another project is open, or none."""
        self._runs, self._question, self._facts, self._is_known = (), (), _Facts(), False
        self._with_base, self._epochs = False, EpochChoice.BEST
        self.changed.emit()


def best_network_of(run: RunSummary) -> AskedNetwork:
    """Return the network that a run keeps as its best."""
    return AskedNetwork(run.run, name_of(run), False, (run.state, run.best_epoch, run.epoch))


def _facts_of(project: Project, runs: Sequence[RunSummary]) -> _Facts:
    store = RunStore(project.root)
    whole = [run for run in runs if run.state is not RunState.DAMAGED]
    with_last = frozenset(run.run for run in whole if has_checkpoint(store.checkpoints_folder(run.run)))
    base = why_none = backbone = ""
    try:
        if whole:
            backbone = store.config(whole[0].run).backbone
        tuned = [run for run in whole if run.strategy != StrategyKind.TRANSFER]
        if tuned:
            base = head_run_of(store, store.config(tuned[0].run))
    except TlftError as error:
        why_none = str(error)
    return _Facts(with_last, base, why_none, backbone)
