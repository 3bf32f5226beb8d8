"""`tlft race`: strategies one after the other under the same conditions, and how they stand."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence

from tlft_desktop.commands import flip_arguments, words
from tlft_desktop.commands.application import App
from tlft_desktop.commands.mirroring import tell_mirroring
from tlft_desktop.commands.training_view import TrainingView
from tlft_desktop.core.advice.reasons import detectable_words
from tlft_desktop.core.errors import ExitCode, UsageError
from tlft_desktop.core.evaluation.standing import race_end
from tlft_desktop.core.hints import command
from tlft_desktop.core.project.project import Project, open_project, open_project_read_only
from tlft_desktop.core.project.safe_path import sync_warning
from tlft_desktop.core.runs.names import title_of
from tlft_desktop.core.runs.races import RaceStore
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.events import Event, Notice
from tlft_desktop.core.values.manifest import Split
from tlft_desktop.core.values.numerics import NumericMode
from tlft_desktop.core.values.race import (
    DEFAULT_STRATEGIES,
    EntryEnd,
    EntryStart,
    Place,
    RaceEnd,
    RaceStart,
    RaceState,
)
from tlft_desktop.core.workflows.experiment import TrainOptions, require_startable
from tlft_desktop.core.workflows.race import RaceOptions, resume_race, run_race

# Options of a new race, by their names in the parsed arguments; an earlier one has its own.
_OF_NEW_RACES = {
    "strategies": "--strategies",
    "budget": "--budget",
    "seeds": "--seeds",
    "tries": "--tries",
    "device": "--device",
    "threads": "--threads",
    "numeric": "--numeric",
}


def run(args: argparse.Namespace, app: App) -> int:
    """Race, or go on with a race, and print what happens and the standing at the end."""
    app.paths.policy.require_device(args.device)
    useless = [option for name, option in _OF_NEW_RACES.items() if getattr(args, name)]
    useless += flip_arguments.given(args)
    if (args.resume or args.show) and useless:
        raise UsageError(f"Leave out {', '.join(useless)}: an earlier race has its own settings.")
    if args.show:
        return _show_stored(args, app)
    with open_project(args.project) as project:
        warning = sync_warning(project.root)
        if warning:
            app.output.note(warning)
        if args.resume:
            race = RaceStore(project.root).resolve(args.resume)
            events = resume_race(project, race, paths=app.paths, control=app.control)
        else:
            kinds = args.strategies or DEFAULT_STRATEGIES
            ways = (require_startable(project, kind, TrainOptions(flip=args.flip)) for kind in kinds)
            tell_mirroring(ways, project, args.flip, app)
            events = run_race(project, kinds, options=_options(args), paths=app.paths, control=app.control)
        return _RaceView(project, app, as_json=args.json).show(events)


def _options(args: argparse.Namespace) -> RaceOptions:
    return RaceOptions(
        budget_seconds=args.budget,
        num_seeds=args.seeds or 1,
        num_tries=args.tries or 1,
        flip=args.flip,
        device=args.device or "auto",
        threads=args.threads,
        numeric=NumericMode(args.numeric or NumericMode.AUTO),
    )


def _show_stored(args: argparse.Namespace, app: App) -> int:
    project = open_project_read_only(args.project)
    store = RaceStore(project.root)
    race = store.load(store.resolve(args.show))
    end = race_end(RunStore(project.root), race)
    if args.json:
        app.output.record(end.to_json())
    else:
        _print_standing(end, project, app)
    return ExitCode.DONE


class _RaceView:
    """Prints the events of a race.

    Args:
        project: Whose race it is.
        app: Where to print.
        as_json: Whether each event is an object on a line.
    """

    def __init__(self, project: Project, app: App, *, as_json: bool) -> None:
        self._project, self._app, self._as_json = project, app, as_json
        self._go_on = ""
        self._rates: tuple[tuple[float, ...], ...] = ()
        self._ends: list[EntryEnd] = []

    def show(self, events: Iterator[Event]) -> int:
        """Print everything to the end; return the exit code of the race."""
        state = ""
        for event in events:
            if self._as_json:
                self._app.output.record(event.to_json())
            match event:
                case RaceStart():
                    self._show_start(event)
                case Notice():
                    self._detail(event.message)
                case EntryStart():
                    self._show_entry(event, events)
                case RaceEnd():
                    state = event.state
                    if not self._as_json or self._app.output.reader_is_gone:
                        _print_standing(event, self._project, self._app)
        is_stopped = state != RaceState.COMPLETED and self._app.control.stop_requested
        return exit_code_of(self._ends, state) or int(ExitCode.STOPPED if is_stopped else ExitCode.DONE)

    def _show_start(self, event: RaceStart) -> None:
        self._go_on = command("race", self._project.root, "--resume", event.race)
        limit = "to its own end" if event.budget_seconds is None else f"for {event.budget_seconds:g} s at most"
        titles = ", ".join(map(title_of, event.strategies))
        self._detail(f"Race {event.race}: {titles}; {words.plural(event.num_entries, 'run')}, each {limit}.")
        self._rates = event.rates
        for kind, rates in zip(event.strategies, event.rates, strict=False):
            self._detail(_rate_words(title_of(kind), rates))
        if event.num_done:
            self._detail(f"{words.plural(event.num_done, 'run')} of it trained before.")
        self._detail(detectable_words(len(self._project.edited_manifest.used(Split.VAL))))

    def _show_entry(self, event: EntryStart, events: Iterator[Event]) -> None:
        how = "goes on" if event.resumed else f"seed {event.seed}"
        is_try = event.learning_rate is not None
        if is_try:
            num_tries = max(map(len, self._rates), default=1)
            how += f", try {event.attempt + 1} of {num_tries}: learning rate {event.learning_rate:g}"
        self._detail()
        self._detail(f"[{event.entry + 1} of {event.num_entries}] {title_of(event.strategy)}, {how}")
        ends: list[EntryEnd] = []
        view = TrainingView(self._project, self._app, go_on=self._go_on, subject="this try" if is_try else "")
        view.show(_of_entry(events, ends), as_json=self._as_json)
        for end in ends:
            self._ends.append(end)
            if self._as_json:
                self._app.output.record(end.to_json())
            if end.problem:
                self._app.output.error(end.problem)

    def _detail(self, text: str = "") -> None:
        if not self._as_json:
            self._app.output.detail(text)


def exit_code_of(ends: Sequence[EntryEnd], state: str) -> int:
    """Return the exit code of the first run of a race that did not end well.

    In a race that is complete a further try that failed, such as at too high a rate, is a result of it.
    """
    told = [end for end in ends if state != RaceState.COMPLETED or not end.attempt]
    return next((end.exit_code for end in told if end.exit_code), int(ExitCode.DONE))


def _of_entry(events: Iterator[Event], ends: list[EntryEnd]) -> Iterator[Event]:
    """Yield the events of a run of the race; how the entry ended is put into `ends`."""
    for event in events:
        if isinstance(event, EntryEnd):
            ends.append(event)
            return
        yield event


def _print_standing(end: RaceEnd, project: Project, app: App) -> None:
    app.output.line()
    for line in _standing_table([Place.from_json(place) for place in end.standing]):
        app.output.last_word(line)
    for sentence in end.sentences:
        app.output.last_word(sentence)
    for place in end.standing:
        for remark in place["remarks"]:
            app.output.line(remark)
    if end.shared_seconds:
        app.output.detail(
            f"Reading images and computing what frozen layers give took {words.duration(end.shared_seconds)} for all "
            "together and is charged to none."
        )
    if end.state != RaceState.COMPLETED:
        app.output.last_word(f"The race is {end.state}: {end.race} in '{project.root}'.")
    if end.state in (RaceState.STOPPED, RaceState.INTERRUPTED):
        app.output.last_word(f"Go on with: {command('race', project.root, '--resume', end.race)}")


def _standing_table(places: Sequence[Place]) -> list[str]:
    several, has_tries = any(len(place.runs) > 1 for place in places), any(place.tries for place in places)
    header = (
        "strategy",
        "state",
        "accuracy",
        "95 % interval",
        *(("over seeds",) if several else ()),
        "time",
        "best at",
        *(("tries", "all tries") if has_tries else ()),
    )
    cells = [_cells(place, several=several, has_tries=has_tries) for place in places]
    times = range(header.index("time"), header.index("best at") + 1)
    return words.table(header, cells, right=(2, *times, *((len(header) - 1,) if has_tries else ())))


def _cells(place: Place, *, several: bool, has_tries: bool) -> tuple[str, ...]:
    best, spent = place.best_seconds, place.tries_seconds
    over_seeds = f"{words.percent(place.lowest)} to {words.percent(place.highest)} ({place.num_results})"
    tries = words.best_of(place.num_tried, is_all=place.has_tried_all) if place.tries else "one"
    return (
        title_of(place.strategy),
        place.state,
        words.percent(place.accuracy),
        words.interval(place.low, place.high),
        *((over_seeds if place.num_results else "",) if several else ()),
        words.duration(place.seconds) if place.num_results else "",
        "" if best is None else words.duration(best),
        *((tries, "" if spent is None else words.duration(spent)) if has_tries else ()),
    )


def _rate_words(title: str, rates: Sequence[float]) -> str:
    if not rates:
        return f"{title} has no learning rate to try: its head is solved exactly, so it trains once with each seed."
    return f"{title} tries the learning rates {', '.join(f'{rate:g}' for rate in rates)} with each seed."
