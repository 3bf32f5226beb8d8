"""How good earlier advices were: which runs count for which advice, and what counts as right."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.core.advice.test_advisor import EVIDENCE
from tlft_desktop.core.advice.advisor import Expectation, advise
from tlft_desktop.core.advice.settings import AdvisedSettings
from tlft_desktop.core.advice.track_record import Circumstances, LoggedAdvice, TrackRecord, TriedRun, score, trials
from tlft_desktop.core.values.strategy import StrategyKind

TRANSFER, FINETUNE, HYBRID = StrategyKind.TRANSFER, StrategyKind.FINETUNE, StrategyKind.HYBRID
NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
HERE = Circumstances("a" * 64, "timm:tiny", 96)
ADVICE = LoggedAdvice(
    NOON,
    HERE,
    FINETUNE,
    "otherwise",
    {
        TRANSFER: Expectation(0.8, 0.75, 0.85, 10.0, None),
        FINETUNE: Expectation(0.9, 0.8, 0.95, 100.0, 10**9),
        HYBRID: Expectation(0.9, 0.8, 0.95, None, None),
    },
    {TRANSFER: None, FINETUNE: 30, HYBRID: 20},
)


def ran(kind: StrategyKind, accuracy: float, *, minutes: float = 5, seconds: float = 20.0) -> TriedRun:
    """Return a run that was trained so long after noon."""
    epochs = {TRANSFER: None, FINETUNE: 30, HYBRID: 20}[kind]
    started = NOON + timedelta(minutes=minutes)
    return TriedRun(f"{kind}{minutes}", kind, started, HERE, accuracy, seconds, epochs)


def by_points(own: TriedRun, other: TriedRun) -> bool:
    return own.accuracy < other.accuracy - 0.05


def test_the_advised_way_that_nothing_beats_was_right() -> None:
    runs = [ran(TRANSFER, 0.8), ran(FINETUNE, 0.9), ran(HYBRID, 0.92)]
    record = score([ADVICE], runs, by_points)
    assert (record.num_compared, record.num_best) == (1, 1)
    assert (record.num_expected, record.num_inside) == (3, 3)
    beaten = score([ADVICE], [ran(TRANSFER, 0.96), ran(FINETUNE, 0.9)], by_points)
    assert (beaten.num_compared, beaten.num_best) == (1, 0)
    assert (beaten.num_expected, beaten.num_inside) == (2, 1)


def test_what_cannot_be_compared_is_not_counted() -> None:
    runs = [ran(TRANSFER, 0.8), ran(FINETUNE, 0.9)]
    assert score([ADVICE], runs, lambda _own, _other: None).num_compared == 0
    assert score([ADVICE], runs[:1], by_points).num_compared == 0, "the advised way was not trained"
    assert score([ADVICE], runs[1:], by_points).num_compared == 0, "nothing else was"


def test_the_time_is_off_by_a_factor_in_either_direction() -> None:
    runs = [ran(TRANSFER, 0.8, seconds=20.0), ran(FINETUNE, 0.9, seconds=50.0), ran(HYBRID, 0.9, seconds=1.0)]
    assert score([ADVICE], runs, by_points).time_factor == pytest.approx(2.0)
    assert score([ADVICE], [ran(HYBRID, 0.9)], by_points).time_factor is None


def test_a_run_counts_for_the_last_advice_before_it() -> None:
    later = replace(ADVICE, time=NOON + timedelta(minutes=10), strategy=TRANSFER)
    first, second = trials([ADVICE, later], [ran(FINETUNE, 0.9, minutes=5), ran(TRANSFER, 0.8, minutes=15)])
    assert (set(first), set(second)) == ({FINETUNE}, {TRANSFER})
    before = trials([ADVICE], [ran(FINETUNE, 0.9, minutes=-1)])
    assert before == [{}]


def test_the_first_run_of_a_way_counts_and_only_with_the_same_images_and_network() -> None:
    runs = [ran(FINETUNE, 0.7, minutes=9), ran(FINETUNE, 0.9, minutes=3)]
    [tried] = trials([ADVICE], runs)
    assert tried[FINETUNE].accuracy == 0.9
    for other in (replace(HERE, manifest="b" * 64), replace(HERE, backbone="x"), replace(HERE, image_size=224)):
        assert trials([ADVICE], [replace(runs[0], circumstances=other)]) == [{}]


def test_a_run_that_was_cut_short_says_nothing() -> None:
    assert trials([ADVICE], [replace(ran(FINETUNE, 0.3), epochs=2)]) == [{}]
    assert trials([ADVICE], [replace(ran(FINETUNE, 0.9), epochs=50)]) != [{}]


def test_words() -> None:
    assert TrackRecord(num_advices=3).in_words() == ""
    record = TrackRecord(4, 0, 4, 3, 6, 5, 1.26)
    assert record.in_words() == (
        "Earlier advices of this project named the best of the strategies that were then trained 3 of 4 times, as far "
        "as the validation images can tell. The accuracy lay inside the expected interval 5 of 6 times. The expected "
        "time was off by a factor of 1.3 (median)."
    )
    assert json.loads(json.dumps(record.to_json()))["inside"] == 5


def test_what_is_logged_of_an_advice_comes_back() -> None:
    settings = {FINETUNE: AdvisedSettings(epochs=30), TRANSFER: AdvisedSettings()}
    logged = LoggedAdvice.of(advise(EVIDENCE, settings=settings), HERE, NOON)
    assert LoggedAdvice.from_json(json.loads(json.dumps(logged.to_json()))).to_json() == logged.to_json()
    assert logged.epochs == {FINETUNE: 30, TRANSFER: None}


@pytest.mark.parametrize(
    "change",
    [
        {"schema": 2},
        {"time": "yesterday"},
        {"time": "2024-05-01T12:00:00"},
        {"time": 5},
        {"manifest": "a" * 10_000},
        {"image_size": "96"},
        {"image_size": True},
        {"image_size": -1},
        {"strategy": "magic"},
        {"strategy": ["finetune"]},
        {"rule": None},
        {"expected": {"transfer": 1}},
        {"expected": {"transfer": {"accuracy": 2, "low": 0, "high": 1, "seconds": None, "memory_bytes": None}}},
        {"expected": {"transfer": {"accuracy": 0.5, "low": 0, "high": 1, "seconds": 1e400, "memory_bytes": None}}},
        {"expected": {"\u202ex": {}}},
        {"epochs": {"finetune": 1.5}},
        {"epochs": None},
    ],
)
def test_hostile_lines_are_refused(change: dict[str, object]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError, AttributeError)):
        LoggedAdvice.from_json({**ADVICE.to_json(), **change})


@pytest.mark.parametrize("missing", sorted(ADVICE.to_json()))
def test_lines_that_lack_something_are_refused(missing: str) -> None:
    data = ADVICE.to_json()
    del data[missing]
    with pytest.raises(KeyError):
        LoggedAdvice.from_json(data)
