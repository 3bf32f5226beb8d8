"""A race that writes its files like the real one, with runs that only yield events."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from tests.gui.fake_training import fake_training
from tests.gui.run_files import make_run
from tests.layer_samples import make_layer_tree
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import ExitCode, InputError
from tlft_desktop.core.evaluation.standing import entries_left, race_end
from tlft_desktop.core.evaluation.tries import run_of
from tlft_desktop.core.freezing.strategies import peak_rate
from tlft_desktop.core.process import ProcessIdentity
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.runs.races import Race, RaceEntry, RaceStore
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.events import Event, FitEnd
from tlft_desktop.core.values.numerics import NumericMode
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.race import EntryEnd, EntryStart, RaceStart, RaceState, entry_order, tried_rates
from tlft_desktop.core.values.run import RunState
from tlft_desktop.core.values.strategy import HeadSolver, Phase, Strategy, StrategyKind
from tlft_desktop.gui.engine import RaceSettings

PLAN = FreezePlan(frozenset(make_layer_tree().owners) - {"head"})
ACCURACIES = {StrategyKind.TRANSFER: 0.7, StrategyKind.FINETUNE: 0.8, StrategyKind.HYBRID: 0.9}


def new_race(
    project: Project,
    kinds: Sequence[StrategyKind],
    settings: RaceSettings = RaceSettings(),  # noqa: B008
    *,
    state: RaceState = RaceState.RUNNING,
) -> Race:
    """Return a race of which nothing has been trained, and write its file."""
    strategies = tuple(Strategy(kind, (Phase("head", PLAN, epochs=4, head=_solver(kind)),)) for kind in kinds)
    rates = [tried_rates(peak_rate(each), settings.num_tries) if settings.num_tries > 1 else () for each in strategies]
    race = Race(
        race=RaceStore(project.root).new_id(),
        strategies=strategies,
        entries=tuple(
            RaceEntry(place, seed, attempt=attempt, learning_rate=rates[place][attempt] if rates[place] else None)
            for place, seed, attempt in entry_order(rates, range(settings.num_seeds))
        ),
        num_tries=settings.num_tries,
        manifest=project.config.manifest,
        backbone=project.config.backbone,
        image_size=project.config.image_size,
        data_seed=0,
        device="cpu",
        threads=1,
        numeric=NumericMode.AUTO,
        process=ProcessIdentity.current(),
        state=state,
        budget_seconds=settings.budget_seconds,
    )
    RaceStore(project.root).save(race)
    return race


def _solver(kind: StrategyKind) -> HeadSolver:
    return HeadSolver.CONVEX if kind is StrategyKind.TRANSFER else HeadSolver.SGD


class FakeRace:
    """Trains what is left of a race.

    Args:
        project: Open for writing.
        race: On the disk.
        control: Stop and pause requests.
        num_epochs: Of each run.
        pause_s: Between batches.
        failing: Strategies that cannot start.
        held: Strategies that train until they are stopped.
    """

    def __init__(
        self,
        project: Project,
        race: Race,
        control: Control,
        *,
        num_epochs: int = 3,
        pause_s: float = 0.0,
        failing: Collection[StrategyKind] = (),
        held: Collection[StrategyKind] = (),
    ) -> None:
        self._project, self._race, self._control = project, race, control
        self._num_epochs, self._pause_s = num_epochs, pause_s
        self._failing, self._held = failing, held
        self._races, self._runs = RaceStore(project.root), RunStore(project.root)

    def events(self) -> Iterator[Event]:
        """Yield everything to `race_end`."""
        race = self._race
        left = entries_left(self._runs, race)
        if not left and race.state is RaceState.COMPLETED:
            raise InputError(f"The race '{race.race}' cannot be resumed: nothing of it is left to train.")
        self._save(replace(race, state=RaceState.RUNNING))
        yield RaceStart(
            race=race.race,
            strategies=race.kinds,
            seeds=race.seeds,
            budget_seconds=race.budget_seconds,
            manifest=race.manifest,
            num_entries=len(race.entries),
            num_done=len(race.entries) - len(left),
            rates=race.rates,
        )
        for place in left:
            if self._control.stop_requested:
                break
            yield from self._entry(place)
        state = RaceState.STOPPED if entries_left(self._runs, self._race) else RaceState.COMPLETED
        self._save(replace(self._race, state=state))
        yield race_end(self._runs, self._race)

    def _save(self, race: Race) -> None:
        self._race = race
        self._races.save(race)

    def _entry(self, place: int) -> Iterator[Event]:
        resumed = run_of(self._runs, self._race.entries[place]) is not None
        if not resumed:
            self._save(self._race.with_entry(place, run=self._runs.new_id(), problem=""))
        entry = self._race.entries[place]
        kind = self._race.strategies[entry.strategy].kind
        facts = {"run": entry.run, "race": self._race.race, "entry": place, "strategy": kind.value, "seed": entry.seed}
        facts |= {"attempt": entry.attempt, "learning_rate": entry.learning_rate}
        yield EntryStart(**facts, num_entries=len(self._race.entries), resumed=resumed)
        if kind in self._failing:
            problem = "The <b>memory</b> was not enough."
            self._save(self._race.with_entry(place, problem=problem))
            failed = {"state": "failed", "val_accuracy": None, "low": None, "high": None}
            yield EntryEnd(**facts, **failed, problem=problem, exit_code=int(ExitCode.OUT_OF_RESOURCE))
            return
        make_run(self._project, None, kind=kind, state=RunState.RUNNING, run=entry.run)
        pace = {"num_epochs": self._num_epochs, "pause_s": self._pause_s}
        if kind in self._held:
            pace = {"num_epochs": 100_000, "pause_s": 0.001}
        for event in fake_training(self._control, **pace, run=entry.run, strategy=kind.value):
            if isinstance(event, FitEnd):
                state = RunState(event.state)
                is_kept = state is RunState.COMPLETED
                make_run(
                    self._project, _accuracy(entry, kind) if is_kept else None, kind=kind, state=state, run=entry.run
                )
            yield event
        self._save(self._race.with_entry(place, begun=True))
        run = self._runs.summary(entry.run)
        result = {"val_accuracy": run.val_accuracy, "low": run.low, "high": run.high}
        yield EntryEnd(**facts, **result, seconds=run.total_seconds, state=run.state.value)


def _accuracy(entry: RaceEntry, kind: StrategyKind) -> float | None:
    """Return a lower accuracy for the first try, and for tries behind the second."""
    best = ACCURACIES.get(kind)
    return best if best is None or entry.learning_rate is None else round(best - abs(entry.attempt - 1) / 10, 2)
