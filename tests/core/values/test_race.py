"""The order of a race and the learning rates that its strategies try: the same for all, and told by the events."""

from __future__ import annotations

import json

import pytest

from tlft_desktop.core.values.race import (
    MAX_TRIES,
    RATE_FACTORS,
    EntryEnd,
    EntryStart,
    Place,
    RaceStart,
    Try,
    entry_order,
    tried_rates,
)


def test_all_try_the_same_factors_of_their_own_default_rate() -> None:
    assert tried_rates(3e-4, 5) == (3e-4, 1e-4, 9e-4, 3e-5, 3e-3)
    assert tried_rates(3e-4, 1) == (3e-4,)
    assert tried_rates(None, 5) == ()
    for default in (3e-4, 9e-3, 3e-5, 0.0029999999999999996):
        rates = tried_rates(default, MAX_TRIES)
        assert rates[0] == default, "to the bit"
        assert [rate / default for rate in rates] == pytest.approx(RATE_FACTORS, rel=1e-5)
        assert len(set(rates)) == MAX_TRIES == 9


def test_every_strategy_has_had_its_first_rate_before_the_first_one_tries_another() -> None:
    assert entry_order([(), (0.1, 0.2, 0.3), (0.1, 0.2, 0.3)], [0, 1]) == [
        (place, seed, attempt) for seed in (0, 1) for place, attempt in ((0, 0), (1, 0), (2, 0), *_FURTHER)
    ]
    assert entry_order([(), ()], [0, 1]) == [(0, 0, 0), (1, 0, 0), (0, 1, 0), (1, 1, 0)]
    assert entry_order([], [0]) == []


_FURTHER = ((1, 1), (2, 1), (1, 2), (2, 2))


def test_what_tries_nothing_is_told_as_ever() -> None:
    place = Place("transfer", "waiting")
    assert not {"num_tries", "tries_seconds", "tries"} & set(place.to_json())
    entry = {"race": "R", "entry": 0, "strategy": "transfer", "seed": 0}
    end = {"state": "completed", "val_accuracy": 0.5, "low": 0.4, "high": 0.6}
    race = {"race": "R", "strategies": (), "seeds": (), "budget_seconds": None, "manifest": "", "num_entries": 0}
    told = [RaceStart(**race), EntryStart(**entry, num_entries=1, resumed=False), EntryEnd(**entry, **end)]  # type: ignore[arg-type]
    for event in told:
        assert not {"rates", "attempt", "learning_rate"} & set(event.to_json())


def test_tries_stand_in_the_lines_and_come_back_from_them() -> None:
    tries = (Try(0, 0, 3e-4, "R", "completed", 0.5, 2.0), Try(0, 1, 1e-4, counts=True))
    place = Place("finetune", "running", num_tries=2, tries_seconds=2.0, tries=tries)
    assert Place.from_json(place.to_json()) == place
    assert Place.from_json(json.loads(json.dumps({**place.to_json(), "runs": (), "remarks": ()}))).tries == tries
    start = EntryStart(
        race="R", entry=2, num_entries=3, strategy="x", seed=0, resumed=False, attempt=1, learning_rate=0.1
    )
    assert (start.to_json()["attempt"], start.to_json()["learning_rate"]) == (1, 0.1)
