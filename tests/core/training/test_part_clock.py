"""What the active time goes into: every moment counts once, and a run that goes on goes on counting."""

from __future__ import annotations

import contextlib
from collections.abc import Generator

import pytest

from tests.training_samples import StopAt, copied, head_phase, run, strategy, tiny_setup, tuning_phase
from tlft_desktop.core.training import part_clock
from tlft_desktop.core.training.part_clock import PartClock
from tlft_desktop.core.training.progress import Progress
from tlft_desktop.core.values.events import Event, FitEnd
from tlft_desktop.core.values.parts import Part, whole_seconds
from tlft_desktop.core.values.strategy import Strategy


class Time:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = 100.0

    def perf_counter(self) -> float:
        return self.now


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    made = Time()
    monkeypatch.setattr(part_clock, "time", made)
    return made


def test_what_is_measured_within_a_part_is_left_out_of_it(time: Time) -> None:
    seconds = {"training": 1.0}
    clock = PartClock(seconds)
    time.now += 50
    with clock.measure(Part.VALIDATION):
        time.now += 2
        with clock.measure(Part.LOADING):
            time.now += 3
        time.now += 4
    time.now += 50
    with contextlib.suppress(KeyError), clock.measure(Part.TRAINING):
        time.now += 5
        raise KeyError
    time.now += 50
    assert seconds == {"training": 6.0, "validation": 6.0, "loading": 3.0}


def test_the_time_until_each_item_is_there_counts_and_not_what_is_done_with_it(time: Time) -> None:
    is_closed = []

    def slow() -> Generator[int, None, None]:
        try:
            for item in range(3):
                time.now += 7
                yield item
        finally:
            is_closed.append(True)

    seconds: dict[str, float] = {}
    clock = PartClock(seconds)
    for item in clock.each(Part.LOADING, slow()):
        time.now += 100
        assert item < 3
    assert seconds == {"loading": 21.0}
    items = clock.each(Part.LOADING, slow())
    assert next(items) == 0
    items.close()
    assert (seconds, is_closed) == ({"loading": 28.0}, [True, True])


def test_what_no_part_claims_is_other() -> None:
    found = whole_seconds({"training": 2.0004, "saving": 1.0}, 4.5)
    assert found == {"loading": 0, "frozen": 0, "training": 2.0, "validation": 0, "saving": 1.0, "other": 1.5}
    assert whole_seconds({"training": 2.0}, 1.9)["other"] == 0.0


def end(events: list[Event]) -> FitEnd:
    last = events[-1]
    assert isinstance(last, FitEnd)
    return last


@pytest.mark.parametrize(
    ("chosen", "parts"),
    [
        (strategy(tuning_phase(epochs=2)), {"loading", "training", "validation"}),
        (strategy(head_phase()), {"loading", "frozen", "training", "validation"}),
        (strategy(head_phase(), tuning_phase(epochs=1)), {"loading", "frozen", "training", "validation"}),
    ],
    ids=["tuning", "head", "both"],
)
def test_the_parts_of_a_run_are_its_time(chosen: Strategy, parts: set[str]) -> None:
    last = end(run(tiny_setup(chosen))[1])
    found = last.seconds_by_part
    assert {part for part, seconds in found.items() if seconds} - {"other"} == parts
    assert set(found) == set(Part)
    assert sum(found.values()) == pytest.approx(last.total_seconds, abs=0.002)
    assert last.to_json()["seconds_by_part"] == found


def test_a_run_that_goes_on_adds_to_its_parts() -> None:
    chosen = strategy(tuning_phase(epochs=2))
    trainer, events = run(tiny_setup(chosen), StopAt(4))
    state = copied(trainer.state())
    before = end(events).seconds_by_part
    _, events = run(tiny_setup(chosen), state=state)
    after = end(events)
    assert all(after.seconds_by_part[part] > before[part] > 0 for part in (Part.LOADING, Part.TRAINING))
    assert sum(after.seconds_by_part.values()) == pytest.approx(after.total_seconds, abs=0.002)


def test_a_checkpoint_of_an_earlier_version_has_no_parts() -> None:
    data = Progress(seconds=3.0).to_json()
    for key in ("part_seconds", "energy_joules", "energy_of"):
        del data[key]
    assert Progress.from_json(data) == Progress(seconds=3.0)
