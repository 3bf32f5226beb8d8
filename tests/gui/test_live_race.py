"""What the events of a race add up to: standing and courses, live and from files; mail parted run by run."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.gui.fake_race import FakeRace, new_race
from tests.gui.fake_training import fit_start
from tests.gui.fakes import make_project
from tlft_desktop.core.control import Control
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.runs.races import Race, RaceStore
from tlft_desktop.core.values.events import BatchEnd, Event, FitEnd, Notice, PhaseStart, ValidationEnd
from tlft_desktop.core.values.race import EntryEnd, EntryStart, RaceEnd, RaceStart, RaceState
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.gui.desks.race_words import entry_name
from tlft_desktop.gui.engine import RaceSettings
from tlft_desktop.gui.live_race import LiveRace
from tlft_desktop.gui.race_files import read_listings
from tlft_desktop.gui.race_mail import parts_of
from tlft_desktop.gui.race_report import read_report
from tlft_desktop.gui.workers.mailbox import Mail, Mailbox

KINDS = (StrategyKind.TRANSFER, StrategyKind.FINETUNE)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = make_project(tmp_path / "cats.tlft")
    made.close()
    made.read_only = ""
    return made


def raced(
    project: Project, *, seeds: int = 1, tries: int = 1, failing: tuple[StrategyKind, ...] = ()
) -> tuple[Race, list[Event]]:
    race = new_race(project, KINDS, RaceSettings(budget_seconds=9.0, num_seeds=seeds, num_tries=tries))
    return race, list(FakeRace(project, race, Control(), failing=failing).events())


def until(events: list[Event], kind: type[Event], number: int = 1) -> list[Event]:
    """Return the events up to the one of a kind that comes as the given number."""
    places = [place for place, event in enumerate(events) if isinstance(event, kind)]
    return events[: places[number - 1] + 1]


def states(live: LiveRace) -> list[str]:
    return [place.state for place in live.places()]


def test_a_race_unfolds(project: Project) -> None:
    race, events = raced(project)
    live = LiveRace()
    live.take(until(events, RaceStart))
    assert (live.race, live.kinds, live.is_racing) == (race.race, ("transfer", "finetune"), True)
    assert live.budget_seconds == 9.0
    assert states(live) == ["waiting", "waiting"]
    live.take(until(events, ValidationEnd, 2)[1:])
    assert (live.training, states(live)) == (0, ["running", "waiting"])
    assert [(point.seconds, point.accuracy) for point in live.entries[0].course()] == [(0.5, 0.5), (1.0, 1 - 1 / 3)]
    assert live.places()[0].accuracy is None, "nothing of it is kept yet"
    live.take(events[len(until(events, ValidationEnd, 2)) :])
    assert (live.training, live.is_racing, live.num_ended) == (None, False, 2)
    assert states(live) == ["completed", "completed"]
    assert [place.accuracy for place in live.places()] == [0.7, 0.8], "of the files, not of the events"
    assert [entry.best.accuracy for entry in live.entries if entry.best] == [0.75, 0.75]


def test_files_tell_the_same_as_the_end_of_the_race(project: Project) -> None:
    race, events = raced(project)
    live, stored = LiveRace(), LiveRace()
    live.take(events)
    stored.take_report(read_report(project.root, race.race))
    assert stored.places() == live.places()
    assert (stored.race, stored.kinds, stored.seeds) == (live.race, live.kinds, live.seeds)
    assert (stored.left, stored.is_racing, stored.training) == ((), False, None)
    assert [entry.run for entry in stored.entries] == [entry.run for entry in live.entries]
    assert [len(entry.course()) for entry in stored.entries] == [4, 4]
    assert [round(entry.best.accuracy, 3) for entry in stored.entries if entry.best] == [0.7, 0.8]


def test_the_run_of_the_moment_counts_as_far_as_it_came(project: Project) -> None:
    _race, events = raced(project)
    live = LiveRace()
    live.take(until(events, ValidationEnd, 4))
    entry = live.entries[1]
    assert live.current is entry
    entry.kept = 1
    place = live.places()[1]
    assert (place.state, place.accuracy, place.num_results, place.seconds) == ("running", 0.5, 1, 0.5)
    assert place.runs == (entry.run,)


def test_what_has_just_ended_does_not_wait_for_the_files(project: Project) -> None:
    _race, events = raced(project)
    live = LiveRace()
    live.take(until(events, EntryEnd))
    (place, waiting) = live.places()
    assert (place.state, place.accuracy, waiting.state) == ("completed", 0.75, "waiting")


def test_a_report_that_comes_late_leaves_the_run_of_the_moment_alone(project: Project) -> None:
    race, events = raced(project)
    live = LiveRace()
    live.take(until(events, ValidationEnd, 4))
    points = dict(live.entries[1].points)
    report = read_report(project.root, race.race)
    live.take_report(report)
    assert (live.entries[1].state, live.entries[1].points) == ("running", points)
    assert states(live) == ["completed", "running"]


def test_a_run_that_goes_on_forgets_what_came_behind_its_checkpoint(project: Project) -> None:
    race, events = raced(project)
    live = LiveRace()
    live.take_report(read_report(project.root, race.race))
    run = live.entries[1].run
    start = next(event for event in events if isinstance(event, RaceStart))
    again = EntryStart(run=run, race=race.race, entry=1, num_entries=2, strategy="finetune", seed=0, resumed=True)
    phase = next(event for event in events if isinstance(event, PhaseStart))
    live.take([start, again])
    assert sorted(live.entries[1].points) == [1, 2, 3, 4]
    live.take([replace(phase, run=run, epoch=2)])
    assert sorted(live.entries[1].points) == [1, 2]
    assert live.entries[1].seconds == 10.0
    live.take([replace(fit_start(), run=run, seq=9, seconds=4.0)])
    assert live.entries[1].seconds == 4.0, "the time behind the checkpoint does not count either"
    live.take([replace(again, resumed=False)])
    assert live.entries[1].points == {}


def test_several_seeds_stand_as_their_mean(project: Project) -> None:
    _race, events = raced(project, seeds=2)
    live = LiveRace()
    live.take(events)
    assert live.seeds == (0, 1)
    assert [(entry.strategy, entry.seed) for entry in live.entries] == [
        ("transfer", 0), ("finetune", 0), ("transfer", 1), ("finetune", 1),
    ]  # fmt: skip
    assert [place.num_results for place in live.places()] == [2, 2]
    assert len(live.runs_of("transfer")) == 2
    live.take([EntryStart(run="R", race=live.race, entry=2, num_entries=4, strategy="transfer", seed=1, resumed=False)])
    assert live.places()[0].accuracy == 0.7, "the mean stays while a further seed trains"


def test_of_several_tries_the_best_that_ended_counts_and_the_one_of_the_moment(project: Project) -> None:
    race, events = raced(project, tries=3)
    live = LiveRace()
    live.take(until(events, RaceStart))
    assert [(entry.strategy, entry.attempt, entry.learning_rate) for entry in live.entries] == [
        ("transfer", 0, None), ("finetune", 0, 1e-3), ("finetune", 1, 3.33333e-4), ("finetune", 2, 3e-3),
    ]  # fmt: skip
    assert live.num_tries == 3
    assert [entry_name(live, entry) for entry in live.entries] == [
        "Transfer", "Fine-tune, try 1", "Fine-tune, try 2", "Fine-tune, try 3",
    ]  # fmt: skip
    rest = events[len(until(events, RaceStart)) :]
    for number, event in enumerate(rest):
        live.take([event])
        if isinstance(event, EntryStart) and event.attempt == 1:
            rest = rest[number + 1 :]
            break
    live.take_report(read_report(project.root, race.race))
    assert live.counted() == {0, 1, 2}, "what trains now is not behind yet"
    live.take(rest)
    live.take_report(read_report(project.root, race.race))
    assert live.counted() == {0, 2}
    transfer, tuned = live.places()
    assert (tuned.accuracy, tuned.num_tries, tuned.tries_seconds) == (0.8, 3, 30.0)
    assert [found.accuracy for found in tuned.tries] == [0.7, 0.8, 0.7]
    assert [found.counts for found in tuned.tries] == [False, True, False]
    assert live.runs_of("finetune") == tuned.runs == (live.entries[2].run,)
    assert (transfer.tries, live.runs_of("transfer")) == ((), (live.entries[0].run,))


def test_a_failed_entry_keeps_its_reason(project: Project) -> None:
    _race, events = raced(project, failing=(StrategyKind.FINETUNE,))
    live = LiveRace()
    live.take(events)
    assert states(live) == ["completed", "waiting"]
    assert live.places()[1].remarks == ("fine-tuning: The <b>memory</b> was not enough.",)
    assert live.entries[1].problem == "The <b>memory</b> was not enough."
    assert live.end is not None
    assert live.end.state == RaceState.STOPPED


def test_a_run_that_fails_while_it_trains_says_why(project: Project) -> None:
    _race, events = raced(project)
    live = LiveRace()
    live.take(until(events, ValidationEnd))
    told = {"kind": "memory", "title": "Out of memory", "message": "Too large.", "remedy": "Take less."}
    live.take([FitEnd(state="failed", best=None, frozen_proof="", total_seconds=1.0, failure=told)])
    assert live.entries[0].problem == "Too large. Take less."


@pytest.mark.parametrize(
    "event",
    [
        EntryStart(run="R", race="X", entry=7, num_entries=9, strategy="transfer", seed=0, resumed=False),
        EntryEnd(run="R", race="X", entry=7, strategy="", seed=0, state="", val_accuracy=None, low=None, high=None),
        RaceEnd(race="X", state="", budget_seconds=None, shared_seconds=0, standing=(), comparisons=(), sentences=()),
        Notice(kind="race", message="A run was deleted."),
        FitEnd(state="stopped", best=None, frozen_proof="", total_seconds=0.0),
    ],
    ids=lambda event: event.name,
)  # fmt: skip
def test_events_without_a_beginning_do_no_harm(event: Event) -> None:
    live = LiveRace()
    live.take([event])
    assert live.places() == ()
    assert live.current is None


def test_races_that_cannot_be_read_are_listed_with_the_reason(project: Project) -> None:
    race, _events = raced(project)
    store = RaceStore(project.root)
    store.path("01JD8X3V2Q4N5P6R7S8T9VABCD").write_text('{"schema": 1}', encoding="utf-8")
    good, bad = read_listings(project.root)
    assert (good.race, good.state, good.can_go_on) == (race.race, RaceState.COMPLETED, False)
    assert (good.num_entries, len(good.runs)) == (2, 2)
    assert (bad.state, bad.can_go_on) == (None, False)
    assert "is damaged" in bad.problem
    assert read_listings(project.root / "nowhere") == ()


def batch(run: str, step: int) -> BatchEnd:
    return BatchEnd(run=run, step=step, loss=1.0, learning_rates={}, images_per_second=1.0)


def test_mail_is_parted_where_a_run_begins(project: Project) -> None:
    _race, events = raced(project)
    first, second = [event.run for event in events if isinstance(event, EntryStart)]
    box = Mailbox()
    for event in events:
        box.post(event)
    (before_start, before), (one, of_one), (two, of_two) = parts_of(box.collect())
    assert before_start is None
    assert [event.name for event in before.events] == ["race_start"]
    assert (one.run, two.run) == (first, second)  # type: ignore[union-attr]
    assert [part.events[0].name for part in (of_one, of_two)] == ["fit_start"] * 2
    assert {b.run for b in of_one.batches} == {first}
    assert {b.run for b in of_two.batches} == {second}
    assert of_two.events[-1].name == "race_end"


def test_mail_of_the_run_of_the_moment_is_left_whole() -> None:
    mail = Mail((Notice(kind="note", message="x"),), (batch("A", 1),), None, 3)
    assert parts_of(mail) == ((None, mail),)
    start = EntryStart(run="B", race="X", entry=1, num_entries=2, strategy="transfer", seed=0, resumed=False)
    parts = parts_of(Mail((*mail.events, start), (batch("A", 1), batch("B", 2)), None, 3))
    assert [[b.run for b in part.batches] for _start, part in parts] == [["A"], ["B"]]
    assert [part.num_lost for _start, part in parts] == [3, 0]
