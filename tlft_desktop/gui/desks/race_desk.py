"""Races of the open project: starts them, follows the one of the moment, reads earlier ones, offers to go on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot

from tlft_desktop.core.control import Control
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.values.events import Event, FitStart
from tlft_desktop.core.values.race import EntryEnd, RaceStart, RaceState
from tlft_desktop.core.values.run import RunState, RunSummary
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.desks.race_reader import RaceReader
from tlft_desktop.gui.desks.race_words import RaceWords
from tlft_desktop.gui.desks.run_desk import RunDesk
from tlft_desktop.gui.desks.training_desk import INTERRUPTED, KEY, TrainingDesk
from tlft_desktop.gui.engine import RaceSettings
from tlft_desktop.gui.live_history import Histories, read_lines
from tlft_desktop.gui.live_race import LiveRace
from tlft_desktop.gui.race_files import RaceListing, RaceReport
from tlft_desktop.gui.widgets.messages import Message, MessageKind, Offer
from tlft_desktop.gui.workers.mailbox import Mail
from tlft_desktop.gui.workers.outcome import Failure, Outcome
from tlft_desktop.gui.workers.training_worker import MakeEvents


class RaceDesk(QObject):
    """Between the page Train and the races of the project.

    Signals:
        wanted(): The user wants to see races.
        new_wanted(): The user wants to choose what is raced next.
        changed(): The race that is shown tells something else, or another one is shown.
        listed(): The list of races is another one.
        situation_changed(): Something else can be chosen now.
    """

    wanted = Signal()
    new_wanted = Signal()
    changed = Signal()
    listed = Signal()
    situation_changed = Signal()

    def __init__(
        self, context: AppContext, training: TrainingDesk, runs: RunDesk, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._training, self._runs = context, training, runs
        self._words = RaceWords(self)
        self._races: tuple[RaceListing, ...] = ()
        self._shown: LiveRace | None = None
        self._live: LiveRace | None = None
        self._problem = ""
        self._reader = RaceReader(context, self)
        context.session.project_changed.connect(self._follow_project)
        context.controller.mail_arrived.connect(self._take_mail)
        context.controller.state_changed.connect(self._announce)
        training.ended.connect(self._finish)

    # What is known

    @property
    def races(self) -> tuple[RaceListing, ...]:
        """The races of the project, the newest first."""
        return self._races

    @property
    def shown(self) -> LiveRace | None:
        """The race that is looked at; None for none."""
        return self._shown

    @property
    def problem(self) -> str:
        """Why the chosen race cannot be shown: a sentence; empty where it can."""
        return self._problem

    @property
    def is_racing(self) -> bool:
        """Whether a race runs now."""
        return self._live is not None

    @property
    def now_in_words(self) -> str:
        """Which run of the race trains now; empty where none does."""
        return self._words.now(self._live)

    def why_not_start(self) -> str:
        """Return why no race can start now: a sentence; empty where one can."""
        session = self._context.session
        if session.project is None:
            return self.tr("No project is open.")
        if not session.is_writable:
            return self.tr("The project is open for reading only.")
        return "" if self._training.can_start else self.tr("A training is running. Stop it first.")

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Return what is called for each action."""
        return {"race": self._want_new, "race_resume": self._resume_shown}

    def blocked(self) -> dict[str, str]:
        """Return why actions cannot be chosen now."""
        reason = self.why_not_start()
        if not reason and not self._to_go_on():
            reason = self.tr("No race of this project can go on.")
        return {"race_resume": reason} if reason else {}

    # What the user does

    def start(self, kinds: Sequence[StrategyKind], settings: RaceSettings) -> None:
        """Race strategies; refused in words while a training runs."""
        if self._training.ready_project() is not None:
            self._training.mirroring.before(lambda: self._start(kinds, settings))

    def _start(self, kinds: Sequence[StrategyKind], settings: RaceSettings) -> None:
        project = self._training.ready_project()
        if project is None:
            return
        engine = self._context.engine
        wanted = replace(settings, device=settings.device or self._context.preferences.settings.device)

        def events(control: Control) -> Iterator[Event]:
            return engine.race(project, tuple(kinds), wanted, control)

        self._ask()
        self._launch(project, events, LiveRace(), {})

    def resume(self, race: str) -> None:
        """Go on with a race; what its files tell is read first."""
        project = self._training.ready_project()
        if project is None:
            return
        engine = self._context.engine

        def read() -> tuple[RaceReport, Histories]:
            report = engine.race_report(project, race)
            return report, read_lines(project.root, [run.run for run in report.runs.values() if run.resumable])

        def launch(found: tuple[RaceReport, Histories]) -> None:
            live = LiveRace()
            live.take_report(found[0])
            self._launch(project, lambda control: engine.resume_race(project, race, control), live, found[1])

        self._ask()
        self._training.prepare(read, launch)

    def choose(self, race: str) -> None:
        """Look at a race: the one of the moment, or an earlier one as its files tell it."""
        self._problem = ""
        if self._live is not None and self._live.race == race:
            self._shown = self._live
        else:
            self._shown = LiveRace()
            self._shown.race = race
            self._read(self._shown)
        self.changed.emit()
        self.situation_changed.emit()

    def look(self) -> None:
        """Choose the newest race where none is chosen: somebody looks at races."""
        if self._shown is None and self._races:
            self.choose(self._races[0].race)

    def offer(self, interrupted: Sequence[RunSummary], *, was_cut: bool) -> None:
        """Offer to go on with what ended without a word: the race that the last run belongs to, else a run.

        Args:
            interrupted: Runs that the user should be asked about.
            was_cut: Whether the last training was stopped by closing the window.
        """
        project = self._context.session.project

        def offer() -> None:
            if self._context.session.project is not project or self._context.controller.is_active:
                return
            race = self._interrupted(was_cut=was_cut)
            if race is None:
                self._training.offer_resume(list(interrupted))
            else:
                self._offer(race)

        self._reader.finish(offer)

    # Inside

    def _ask(self) -> None:
        self._training.clear_offers()
        self.wanted.emit()

    @Slot()
    def _want_new(self) -> None:
        self.wanted.emit()
        self.new_wanted.emit()

    def _launch(self, project: Project, events: MakeEvents, live: LiveRace, histories: Histories) -> None:
        self._live = self._shown = live
        self._problem = ""
        live.is_racing = True
        self._training.launch(project, events, histories=histories, tell=self._message)
        self.changed.emit()

    @Slot()
    def _resume_shown(self) -> None:
        race = self._to_go_on()
        if race:
            self.resume(race)

    def _to_go_on(self) -> str:
        """Return the race that is shown, or without one the newest, if it can go on; else an empty text."""
        chosen = self._shown.race if self._shown is not None else self._races[0].race if self._races else ""
        listing = next((each for each in self._races if each.race == chosen), None)
        if listing is None or listing.problem or self._live is not None:
            return ""
        has_left = self._shown is not None and bool(self._shown.left)
        return chosen if listing.can_go_on or has_left else ""

    def _interrupted(self, *, was_cut: bool) -> RaceListing | None:
        if not self._races or not self._context.session.is_writable:
            return None
        race = self._races[0]
        last = self._context.session.runs[-1].run if self._context.session.runs else ""
        # What was trained after it is what the user did last.
        is_last = last in race.runs or race.race > last
        is_cut = race.state is RaceState.INTERRUPTED or (was_cut and race.state is RaceState.STOPPED)
        return race if is_last and is_cut else None

    def _offer(self, race: RaceListing) -> None:
        runs = self._context.session.runs
        num_done = sum(run.run in race.runs and run.state is RunState.COMPLETED for run in runs)
        text = self._words.interrupted(race.kinds, num_done, race.num_entries)
        offer = Offer(self.tr("&Go on with the race"), lambda: self.resume(race.race))
        self._context.messages.show_message(Message(MessageKind.INFO, text, (offer,), key=INTERRUPTED))

    @Slot(object)
    def _take_mail(self, mail: Mail) -> None:
        live = self._live
        if live is None:
            return
        live.take(mail.events)
        if any(isinstance(event, RaceStart) for event in mail.events):
            self._list()
        ends = [event for event in mail.events if isinstance(event, EntryEnd)]
        for event in ends:
            if event.state == RunState.FAILED and event.entry < len(live.entries):
                text = self._words.failed(live, live.entries[event.entry])
                message = Message(MessageKind.WARNING, text, key=f"race {event.run}")
                self._context.messages.show_message(message)
        if ends:
            self._read(live)
        if any(isinstance(event, (FitStart, EntryEnd)) for event in mail.events):
            # Another run is on the disk, or has ended.
            self._runs.refresh()
        self._tell_change(live)

    def _message(self, outcome: Outcome) -> Message:
        live = self._live
        race = live.race if live is not None else ""
        go_on = (Offer(self.tr("&Go on with the race"), lambda: self.resume(race)),) if race else ()
        if outcome.race_end is not None:
            kind, text = self._words.end(outcome.race_end, was_asked=outcome.was_asked)
            return Message(kind, text, () if kind is MessageKind.SUCCESS else go_on, key=KEY)
        failure = outcome.failure
        assert failure is not None
        return Message(MessageKind.ERROR, failure.text, go_on if failure.resumable else (), failure.details, key=KEY)

    @Slot()
    def _finish(self) -> None:
        live, self._live = self._live, None
        if live is None:
            return
        live.is_racing, live.training = False, None
        self._list()
        if live.race:
            self._read(live)
        elif self._shown is live:
            # It could not start: the message says why.
            self._shown = None
        self._tell_change(live)
        self.situation_changed.emit()

    def _tell_change(self, race: LiveRace) -> None:
        if self._shown is race or self._shown is None:
            self.changed.emit()

    def _read(self, race: LiveRace) -> None:
        """Read what the files tell of a race."""
        num_ended = race.num_ended

        def done(report: RaceReport) -> None:
            # Where another run has ended meanwhile, the next reading knows more.
            if race.num_ended == num_ended:
                race.take_report(report)
                self._tell_change(race)
                self.situation_changed.emit()

        def failed(failure: Failure) -> None:
            if self._shown is race:
                self._problem = failure.text
                self.changed.emit()

        self._reader.report(race.race, done, failed)

    def _list(self) -> None:
        self._reader.list_races(self._take_list)

    def _take_list(self, races: tuple[RaceListing, ...]) -> None:
        self._races = races
        self.listed.emit()
        self.situation_changed.emit()

    @Slot(object)
    def _announce(self, _state: object) -> None:
        self.situation_changed.emit()

    @Slot()
    def _follow_project(self) -> None:
        self._races, self._shown, self._problem = (), None, ""
        if not self._context.controller.is_active:
            self._live = None
        self.listed.emit()
        self.changed.emit()
        self._list()
