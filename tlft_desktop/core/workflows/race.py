"""Strategies one after the other under the same conditions, and how they stand; stops and goes on as a run does."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import ExitCode, InputError, StoppedError, TlftError, UsageError
from tlft_desktop.core.evaluation.standing import entries_left, race_end
from tlft_desktop.core.evaluation.tries import run_of
from tlft_desktop.core.freezing.strategies import at_rate, peak_rate
from tlft_desktop.core.hints import quoted
from tlft_desktop.core.process import ProcessIdentity
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.runs.names import title_of
from tlft_desktop.core.runs.races import Race, RaceEntry, RaceStore
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.events import Event, FitEnd, FitStart, Notice
from tlft_desktop.core.values.numerics import NumericMode
from tlft_desktop.core.values.race import (
    DEFAULT_STRATEGIES,
    MAX_TRIES,
    EntryEnd,
    EntryStart,
    RaceStart,
    RaceState,
    entry_order,
    tried_rates,
)
from tlft_desktop.core.values.run import RunState
from tlft_desktop.core.values.strategy import Strategy, StrategyKind
from tlft_desktop.core.workflows.disk_room import require_room, run_bytes
from tlft_desktop.core.workflows.experiment import (
    PlannedRun,
    TrainOptions,
    require_startable,
    resume_experiment,
    run_experiment,
)
from tlft_desktop.core.workflows.networks import layer_tree_of
from tlft_desktop.core.workflows.recording import project_moved
from tlft_desktop.paths import AppPaths


@dataclass(frozen=True, slots=True)
class RaceOptions:
    """The conditions of a race.

    Attributes:
        budget_seconds: Active seconds that each run may take; None to let each train to its own end.
        num_seeds: How often each strategy trains: with the seeds 0, 1 and so on.
        flip: Whether mirrored images mean the same; None for what the project says.
        device: `auto`, `cpu`, `cuda`, `cuda:N` or `mps`.
        threads: Threads of the processor; all usable cores by default.
        numeric: In which type and layout the network computes.
        num_tries: Learning rates that each strategy may try with a seed, at most `MAX_TRIES`: its default one, then the
            same factors for all. Each try may take the whole budget, since the rate that is best for a part of the time
            need not be the best for all of it.
    """

    budget_seconds: float | None = None
    num_seeds: int = 1
    flip: bool | None = None
    device: str = "auto"
    threads: int | None = None
    numeric: NumericMode = NumericMode.AUTO
    num_tries: int = 1


def run_race(
    project: Project,
    kinds: Sequence[StrategyKind] = DEFAULT_STRATEGIES,
    *,
    options: RaceOptions,
    paths: AppPaths,
    control: Control,
) -> Iterator[Event]:
    """Race strategies and yield what happens: the events of each run between `entry_start` and `entry_end`.

    The last event is `race_end`. All runs have the same images in the same division; the runs of a seed have the same
    order of the images and the same augmentation. What frozen layers give is computed once, before the first run and
    charged to none. All strategies train with a seed before the next seed begins, and with their default learning rates
    before the first one tries another. A run that fails ends itself only. Ask `control` to stop; `resume_race` goes on
    then, and after a kill.

    Args:
        project: Open for writing; its edits are frozen into a manifest first.
        kinds: At least two, each once.
        options: The conditions.
        paths: Folders of the program.
        control: Stop and pause requests.

    Raises:
        UsageError: If there are too few strategies, one twice, no seed, or a number of tries that there is not.
        TlftError: If one of the runs could not start: before anything is done for the others.
    """
    project.require_writable()
    race = _new_race(project, kinds, options)
    yield from _Racing(project, race, paths, control).run()


def resume_race(project: Project, race: str, *, paths: AppPaths, control: Control) -> Iterator[Event]:
    """Go on with a race: with the run that was interrupted, those not started, and those that were deleted since.

    The strategies are those with which it began, whatever has become of the project's plan. A race that was killed
    behind its last run is only brought to its end.

    Raises:
        InputError: If there is no such race, it is damaged, of a newer version or complete, or the images, the network
            or their size are not those with which it began.
    """
    project.require_writable()
    store = RaceStore(project.root)
    store.tidy()
    RunStore(project.root).mark_interrupted()
    found = store.load(race)
    racing = _Racing(project, found, paths, control)
    if racing.pending():
        require_same_conditions(project, found)
    elif found.state is RaceState.COMPLETED:
        raise InputError(
            f"The race '{race}' cannot be resumed: nothing of it is left to train.", remedy="Start a new race."
        )
    yield from racing.run()


def require_same_conditions(project: Project, race: Race) -> None:
    """Refuse to train further runs of a race that could not be held against those before.

    Raises:
        InputError: If images, classes, division, network or image size changed since the race began.
    """
    remedy = "Take the change back, or start a new race; the runs that are there stay as they are."
    if project.edited_manifest.digest != race.manifest:
        raise InputError(
            "The images, their classes or their division changed since the race began: runs that train now could not "
            "be held against those before.",
            remedy=remedy,
        )
    now = project.config
    if (now.backbone, now.image_size, now.seed) != (race.backbone, race.image_size, race.data_seed):
        raise InputError(
            f"The race began with {race.backbone} at {race.image_size} pixels, and the project has {now.backbone} at "
            f"{now.image_size} pixels now: runs that train now could not be held against those before.",
            remedy=remedy,
        )


def _new_race(project: Project, kinds: Sequence[StrategyKind], options: RaceOptions) -> Race:
    if len(kinds) < 2 or len(set(kinds)) < len(kinds):
        raise UsageError("A race needs at least two strategies, each named once.")
    if options.num_seeds < 1:
        raise UsageError(f"A race needs at least one seed, got {options.num_seeds}.")
    if not 1 <= options.num_tries <= MAX_TRIES:
        raise UsageError(f"A strategy can try 1 to {MAX_TRIES} learning rates, not {options.num_tries}.")
    wanted = TrainOptions(
        budget_seconds=options.budget_seconds,
        flip=options.flip,
        device=options.device,
        threads=options.threads,
        numeric=options.numeric,
    )
    strategies = tuple(require_startable(project, kind, wanted) for kind in kinds)
    entries, tree = _entries(strategies, options), layer_tree_of(project)
    require_room(project.root, sum(run_bytes(strategies[entry.strategy], tree) for entry in entries))
    return Race(
        race=RaceStore(project.root).new_id(),
        strategies=strategies,
        entries=entries,
        manifest=project.freeze_edits().digest,
        backbone=project.config.backbone,
        image_size=project.config.image_size,
        data_seed=project.config.seed,
        device=options.device,
        threads=options.threads,
        numeric=options.numeric,
        budget_seconds=options.budget_seconds,
        num_tries=options.num_tries,
        process=ProcessIdentity.current(),
    )


def _entries(strategies: Sequence[Strategy], options: RaceOptions) -> tuple[RaceEntry, ...]:
    several = options.num_tries > 1
    rates = [tried_rates(peak_rate(strategy), options.num_tries) if several else () for strategy in strategies]
    return tuple(
        RaceEntry(place, seed, attempt=attempt, learning_rate=rates[place][attempt] if rates[place] else None)
        for place, seed, attempt in entry_order(rates, range(options.num_seeds))
    )


class _Racing:
    """One go at a race, from its start or on from where it was left.

    Args:
        project: Open for writing.
        race: As it is known; its file is written at every step from here on.
        paths: Folders of the program.
        control: Stop and pause requests.
    """

    def __init__(self, project: Project, race: Race, paths: AppPaths, control: Control) -> None:
        self._project, self._paths, self._control = project, paths, control
        self._race = race
        self._races, self._runs = RaceStore(project.root), RunStore(project.root)
        self._has_shared = False

    def pending(self) -> tuple[int, ...]:
        """Return the numbers of the entries that can still be trained."""
        return entries_left(self._runs, self._race)

    def run(self) -> Iterator[Event]:
        """Yield everything to `race_end`."""
        left = self.pending()
        self._save(replace(self._race, state=RaceState.RUNNING, process=ProcessIdentity.current()))
        state = RaceState.STOPPED
        try:
            yield self._start_event(num_done=len(self._race.entries) - len(left))
            for place in left:
                if self._control.stop_requested:
                    break
                self._require_in_place()
                require_same_conditions(self._project, self._race)
                yield from self._entry(place, left)
            if self.pending():
                self._require_in_place()
            else:
                state = RaceState.COMPLETED
        finally:
            self._save(replace(self._race, state=state))
        yield race_end(self._runs, self._race)

    def _save(self, race: Race) -> None:
        self._follow()
        self._races.save(race)
        self._race = race

    def _follow(self) -> Path | None:
        """Let the race end where the project is now if it was renamed or moved; return that place."""
        place = self._project.moved_to()
        if place is not None:
            self._races, self._runs = RaceStore(place), RunStore(place)
        return place

    def _require_in_place(self) -> None:
        place = self._follow()
        if place is not None:
            raise project_moved(
                self._project,
                place,
                remedy=f"Open it there and go on with the race: "
                f"`tlft race {quoted(str(place))} --resume {self._race.race}`.",
            )

    # ---- one entry

    def _entry(self, place: int, left: Sequence[int]) -> Iterator[Event]:
        entry = self._race.entries[place]
        resumed = run_of(self._runs, entry) is not None
        if not resumed:
            if entry.begun:
                yield Notice(kind="race", message=self._deleted(entry))
            # Written before the run is made: after a kill in between nobody would know whose it is.
            self._save(self._race.with_entry(place, run=self._runs.new_id(), begun=False, problem=""))
            entry = self._race.entries[place]
        yield EntryStart(
            run=entry.run,
            race=self._race.race,
            entry=place,
            num_entries=len(self._race.entries),
            strategy=self._race.kinds[entry.strategy],
            seed=entry.seed,
            resumed=resumed,
            attempt=entry.attempt,
            learning_rate=entry.learning_rate,
        )
        events = self._resumed(entry) if resumed else self._new(entry, left)
        problem: TlftError | None = None
        end: FitEnd | None = None
        try:
            for event in self._timed(events, place):
                end = event if isinstance(event, FitEnd) else end
                yield event
        except StoppedError:
            # Before there was anything to save.
            pass
        except TlftError as error:
            problem = error
            self._save(self._race.with_entry(place, problem=str(error)))
        yield self._entry_end(place, end, problem)

    def _resumed(self, entry: RaceEntry) -> Iterator[Event]:
        return resume_experiment(self._project, entry.run, paths=self._paths, control=self._control)

    def _new(self, entry: RaceEntry, left: Sequence[int]) -> Iterator[Event]:
        following: list[PlannedRun] = []
        if not self._has_shared:
            # Seeds make no difference to what frozen layers give.
            others = dict.fromkeys(self._race.entries[place].strategy for place in left)
            following = [
                PlannedRun(self._race.strategies[other], self._options(entry.seed))
                for other in others
                if other != entry.strategy
            ]
        also_unshared, self._has_shared = not self._has_shared, True
        return run_experiment(
            self._project,
            self._strategy_of(entry),
            options=self._options(entry.seed),
            paths=self._paths,
            control=self._control,
            following=following,
            also_unshared=also_unshared,
            run=entry.run,
        )

    def _strategy_of(self, entry: RaceEntry) -> Strategy:
        strategy = self._race.strategy_of(entry)
        return strategy if entry.learning_rate is None else at_rate(strategy, entry.learning_rate)

    def _options(self, seed: int) -> TrainOptions:
        race = self._race
        return TrainOptions(
            budget_seconds=race.budget_seconds,
            seed=seed,
            device=race.device,
            threads=race.threads,
            numeric=race.numeric,
        )

    def _timed(self, events: Iterator[Event], place: int) -> Iterator[Event]:
        """Yield the events of a run; what passes before it starts is charged to the race."""
        started = time.monotonic()
        with closing(events):  # type: ignore[type-var]
            for event in events:
                if isinstance(event, FitStart):
                    shared = self._race.shared_seconds + time.monotonic() - started
                    race = self._race.with_entry(place, begun=True, problem="")
                    self._save(replace(race, shared_seconds=round(shared, 3)))
                yield event

    def _deleted(self, entry: RaceEntry) -> str:
        title = title_of(self._race.kinds[entry.strategy])
        if entry.run in self._runs.trashed():
            return f"The run {entry.run} ({title}) is in the trash of the project, so it is trained again."
        return f"The run {entry.run} ({title}) was deleted, so it is trained again."

    # ---- what is told

    def _start_event(self, *, num_done: int) -> RaceStart:
        race = self._race
        return RaceStart(
            race=race.race,
            strategies=race.kinds,
            seeds=race.seeds,
            budget_seconds=race.budget_seconds,
            manifest=race.manifest,
            num_entries=len(race.entries),
            num_done=num_done,
            rates=race.rates,
        )

    def _entry_end(self, place: int, end: FitEnd | None, problem: TlftError | None) -> EntryEnd:
        entry = self._race.entries[place]
        run = run_of(self._runs, entry)
        state = RunState.STOPPED if problem is None else RunState.FAILED
        return EntryEnd(
            run=entry.run,
            seconds=run.total_seconds if run else 0.0,
            race=self._race.race,
            entry=place,
            strategy=self._race.kinds[entry.strategy],
            seed=entry.seed,
            state=(run.state if run and problem is None else state).value,
            val_accuracy=run.val_accuracy if run else None,
            low=run.low if run else None,
            high=run.high if run else None,
            problem="" if problem is None else str(problem),
            exit_code=int(_exit_code(end, problem)),
            attempt=entry.attempt,
            learning_rate=entry.learning_rate,
        )


def _exit_code(end: FitEnd | None, problem: TlftError | None) -> int:
    if problem is not None:
        return problem.exit_code
    # Without an end it was stopped before it began.
    return ExitCode.STOPPED if end is None else end.exit_code
