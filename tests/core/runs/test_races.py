"""The file of a race: read back as it was written, and refused in a sentence where it cannot be."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from storage_samples import make_run_config
from tlft_desktop.core import fsio
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.process import ProcessIdentity
from tlft_desktop.core.runs.races import MAX_ENTRIES, Race, RaceEntry, RaceStore
from tlft_desktop.core.values.numerics import NumericMode
from tlft_desktop.core.values.race import RaceState
from tlft_desktop.core.values.strategy import StrategyKind

RUN = "01JD8X3V2Q4N5P6R7S8T9VABCD"


def make_race(store: RaceStore, **changes: object) -> Race:
    """Write a race of two strategies with two seeds, of which one run was made."""
    transfer = make_run_config(RUN).strategy
    race = Race(
        race=store.new_id(),
        strategies=(transfer, replace(transfer, kind=StrategyKind.FINETUNE)),
        entries=(RaceEntry(0, 0, RUN, begun=True), RaceEntry(1, 0), RaceEntry(0, 1), RaceEntry(1, 1, problem="No.")),
        manifest="0" * 64,
        backbone="timm:tf_efficientnet_lite0",
        image_size=64,
        data_seed=7,
        device="cpu",
        threads=1,
        numeric=NumericMode.REFERENCE,
        process=ProcessIdentity.current(),
        budget_seconds=20.0,
        shared_seconds=1.5,
    )
    race = replace(race, **changes)  # type: ignore[arg-type]
    store.save(race)
    return race


@pytest.fixture
def store(tmp_path: Path) -> RaceStore:
    """Return the races of a project that has none."""
    return RaceStore(tmp_path)


def test_a_race_comes_back_as_it_was_written(store: RaceStore) -> None:
    assert store.ids() == []
    first, second = make_race(store), make_race(store, threads=None, budget_seconds=None, state=RaceState.STOPPED)
    assert [store.load(race) for race in store.ids()] == [first, second]
    assert (first.seeds, first.kinds) == ((0, 1), ("transfer", "finetune"))
    changed = first.with_entry(1, run=RUN, begun=True)
    assert changed.entries[1] == RaceEntry(1, 0, RUN, begun=True)
    assert changed.entries[2:] == first.entries[2:]


def test_a_race_of_more_runs_than_anybody_asks_for_is_damaged(store: RaceStore) -> None:
    race = make_race(store)
    entries = tuple(RaceEntry(0, seed) for seed in range(MAX_ENTRIES + 1))
    with pytest.raises(ValueError, match="too many"):
        replace(race, entries=entries)
    assert replace(race, entries=entries[:-1]).race == race.race


def with_two_tries(store: RaceStore) -> Race:
    """Write a race in which fine-tuning tries two rates with each seed."""
    entries = [
        RaceEntry(place, seed, attempt=attempt, learning_rate=rate)
        for seed in (0, 1)
        for place, attempt, rate in ((0, 0, None), (1, 0, 3e-4), (1, 1, 1e-4))
    ]
    return make_race(store, entries=tuple(entries), num_tries=2)


def test_tries_come_back_as_they_were_written(store: RaceStore) -> None:
    race = with_two_tries(store)
    assert store.load(race.race) == race
    assert race.rates == ((), (3e-4, 1e-4))
    assert race.seeds == (0, 1)


def test_a_race_of_one_try_is_written_and_read_as_before_there_were_tries(store: RaceStore) -> None:
    race = make_race(store)
    written = race.to_json()
    assert "num_tries" not in written
    assert [set(entry) for entry in written["entries"]] == [{"strategy", "seed", "run", "begun", "problem"}] * 4
    read = store.load(race.race)
    assert (read.num_tries, read.rates, {entry.attempt for entry in read.entries}) == (1, (), {0})


@pytest.mark.parametrize(
    ("changes", "of_entry"),
    [
        ({"num_tries": 0}, {}),
        ({"num_tries": 10}, {}),
        ({"num_tries": "2"}, {}),
        ({"num_tries": True}, {}),
        ({"num_tries": 2.0}, {}),
        ({"num_tries": None}, {}),
        ({}, {"attempt": 2}),
        ({}, {"attempt": -1}),
        ({}, {"attempt": "1"}),
        ({}, {"attempt": 0}),
        ({}, {"learning_rate": None}),
        ({}, {"learning_rate": 0}),
        ({}, {"learning_rate": -1e-4}),
        ({}, {"learning_rate": float("inf")}),
        ({}, {"learning_rate": float("nan")}),
        ({}, {"learning_rate": "fast"}),
    ],
)
def test_impossible_tries_are_refused(
    changes: dict[str, object], of_entry: dict[str, object], store: RaceStore
) -> None:
    race = with_two_tries(store)
    written = race.to_json()
    written["entries"][2].update(of_entry)
    with pytest.raises(ValueError, match=r"try|expected|convert|two are the same"):
        Race.from_json({**written, **changes})


def test_a_race_whose_process_is_gone_is_interrupted(store: RaceStore) -> None:
    dead = replace(ProcessIdentity.current(), started=1.0)
    assert make_race(store).as_seen_now().state is RaceState.RUNNING
    assert make_race(store, process=dead).as_seen_now().state is RaceState.INTERRUPTED
    assert make_race(store, process=dead, state=RaceState.COMPLETED).as_seen_now().state is RaceState.COMPLETED
    assert make_race(store, process=replace(dead, host="other")).as_seen_now().state is RaceState.RUNNING


def test_a_race_is_found_by_last_and_by_its_beginning(store: RaceStore) -> None:
    with pytest.raises(InputError, match="has had no race yet"):
        store.resolve("last")
    first, second = make_race(store).race, make_race(store).race
    assert store.resolve("last") == second
    assert store.resolve(first.lower()) == first
    with pytest.raises(InputError, match=f"'{first[:5]}' means more than one race. There are: {first}, {second}"):
        store.resolve(first[:5])
    with pytest.raises(InputError, match="There is no race 'ZZ'"):
        store.resolve("ZZ")
    with pytest.raises(InputError, match="There is no race"):
        store.load(store.new_id())


def test_damaged_and_newer_files_are_named_in_a_sentence(store: RaceStore) -> None:
    race = make_race(store)
    path = store.path(race.race)
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b'"budget_seconds": 20.0', b'"budget_seconds": 90.0'))
    with pytest.raises(fsio.DamagedError, match=r"is damaged: .* Its runs can be used as they are; start a new race"):
        store.load(race.race)
    path.write_bytes(whole[:-40])
    with pytest.raises(fsio.DamagedError, match="start a new race"):
        store.load(race.race)
    fsio.write_json(path, {**race.to_json(), "schema": 2, "entries": "something new"}, seal=True)
    with pytest.raises(InputError, match="newer version of this program: it has schema 2"):
        store.load(race.race)


@pytest.mark.parametrize(
    "changes",
    [
        {"schema": 0},
        {"schema": "1"},
        {"entries": []},
        {"entries": [{"strategy": 2, "seed": 0, "run": "", "begun": False, "problem": ""}]},
        {"entries": [{"strategy": 0, "seed": -1, "run": "", "begun": False, "problem": ""}]},
        {"entries": [{"strategy": 0, "seed": 0, "run": "../x", "begun": False, "problem": ""}]},
        {"entries": 2 * [{"strategy": 0, "seed": 0, "run": "", "begun": False, "problem": ""}]},
        {"state": "asleep"},
        {"numeric": None},
        {"process": {}},
        {"race": RUN},
        {"num_tries": 0},
        {"num_tries": "many"},
    ],
)
def test_a_file_with_a_good_seal_and_bad_content_is_damaged(changes: dict[str, object], store: RaceStore) -> None:
    race = make_race(store)
    fsio.write_json(store.path(race.race), {**race.to_json(), **changes}, seal=True)
    with pytest.raises(fsio.DamagedError, match="cannot be used"):
        store.load(race.race)
