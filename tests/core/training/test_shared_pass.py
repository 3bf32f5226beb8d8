"""Fronts of several runs in one pass: the rows of each alone to the bit, each image loaded once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.training_samples import StopAt, head_phase, strategy, tiny_numerics, tiny_setup, tuning_phase
from tlft_desktop.core.control import Control
from tlft_desktop.core.data.image_source import BatchRequest
from tlft_desktop.core.errors import StoppedError, StorageError
from tlft_desktop.core.training.features import PARTITION, FeatureSpec, MemoryFeatures, ViewRows
from tlft_desktop.core.training.setup import TrainingSetup
from tlft_desktop.core.training.shared_pass import Need, fill_together, needs_of
from tlft_desktop.core.training.trainer import Trainer
from tlft_desktop.core.values.plan import FreezePlan, NormPolicy
from tlft_desktop.core.values.strategy import Augmentation, Phase, Strategy

NUM_TRAIN = 2 * PARTITION + 7
FRONT = FreezePlan(frozenset({"conv1", "bn1"}), norm=NormPolicy.FULL)
DEEPER = FreezePlan(frozenset({"conv1", "bn1", "conv2"}), norm=NormPolicy.FULL)
UNFOLDED = FreezePlan(frozenset({"conv1"}), norm=NormPolicy.FULL)


class ExactStore:
    """Keeps every bit; rows of a store may be refused, as a full disk does."""

    def __init__(self, spec: FeatureSpec) -> None:
        self.values = np.zeros((len(spec.rows), spec.width), dtype=np.float32)
        self.present = np.zeros(len(spec.rows), dtype=bool)
        self.writes = 0
        self.is_full = False

    def missing(self) -> list[int]:
        return [int(row) for row in np.flatnonzero(~self.present)]

    def write(self, rows: Sequence[int], values: NDArray[np.float32]) -> None:
        if self.is_full:
            raise StorageError("The disk is full.")
        assert not self.present[list(rows)].any(), "a row that is there is not computed again"
        self.values[list(rows)] = values
        self.present[list(rows)] = True
        self.writes += 1

    def read(self, rows: Sequence[int]) -> NDArray[np.float32]:
        return self.values[list(rows)]

    def read_all(self) -> NDArray[np.float32]:
        return self.values.copy()


class Stores(dict[FeatureSpec, ExactStore]):
    """Stores that outlive their runs."""

    def __call__(self, spec: FeatureSpec) -> ExactStore:
        return self.setdefault(spec, ExactStore(spec))


def phase(plan: FreezePlan = FRONT, *, views: int = 2, **changes: object) -> Phase:
    return tuning_phase(epochs=5, plan=plan, views=views, **changes)


def setup_of(chosen: Strategy, stores: Stores) -> TrainingSetup:
    return replace(tiny_setup(chosen, num_train=NUM_TRAIN, numerics=tiny_numerics(batch=32)), features=stores)


def needs_in(stores: Stores, phases: Sequence[Phase]) -> tuple[list[Need], TrainingSetup]:
    """Return what runs need whose first phases are given, of one network."""
    setup = setup_of(strategy(phases[0]), stores)
    found: dict[FeatureSpec, Need] = {}
    for item in phases:
        for need in needs_of(replace(setup, strategy=strategy(item))):
            found.setdefault(need.spec, need)
    setup.model.eval()
    return list(found.values()), setup


def fill(phases: Sequence[Phase], stores: Stores, control: Control | None = None) -> list[tuple[int, int]]:
    needs, setup = needs_in(stores, phases)
    return list(fill_together(needs, {"train": setup.train, "val": setup.val}, control=control or Control()))


def alone(phases: Sequence[Phase]) -> Stores:
    """Return what each run writes that trains for itself."""
    stores = Stores()
    for item in phases:
        list(Trainer(setup_of(strategy(item), stores), Control()).fit())
    return stores


MIXTURES = {
    "head and front": (head_phase(), phase()),
    "two views and four": (phase(), phase(views=4), head_phase()),
    "other augmentation": (phase(), phase(augmentation=Augmentation.LIGHT), phase(flip=False)),
    "three depths": (phase(UNFOLDED), phase(DEEPER), phase(), head_phase()),
}


@pytest.mark.parametrize("name", MIXTURES)
def test_rows_are_those_of_each_run_alone_to_the_bit(name: str) -> None:
    phases = MIXTURES[name]
    expected, stores = alone(phases), Stores()
    counts = fill(phases, stores)
    assert stores.keys() == expected.keys()
    for spec, store in stores.items():
        assert store.missing() == []
        assert np.array_equal(store.values.view(np.int32), expected[spec].values.view(np.int32)), spec
    assert counts[-1][0] == counts[-1][1]


def test_each_run_finds_all_of_its_rows_and_learns_the_same() -> None:
    phases = MIXTURES["two views and four"]
    stores = Stores()
    fill(phases, stores)
    writes = sum(store.writes for store in stores.values())
    for item in phases:
        shared = [event.to_json() for event in Trainer(setup_of(strategy(item), stores), Control()).fit()]
        single = [event.to_json() for event in Trainer(setup_of(strategy(item), alone([item])), Control()).fit()]
        assert [event["val_loss"] for event in shared if "val_loss" in event] == [
            event["val_loss"] for event in single if "val_loss" in event
        ]
    assert sum(store.writes for store in stores.values()) == writes, "nothing was left to compute"


def test_each_image_is_loaded_once_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    stores, loaded = Stores(), []
    needs, setup = needs_in(stores, (head_phase(), phase(), phase(DEEPER)))
    load = setup.train._load_pixels

    def counting(request: BatchRequest) -> object:
        loaded.append(request)
        return load(request)

    monkeypatch.setattr(setup.train, "_load_pixels", counting)
    list(fill_together(needs, {"train": setup.train, "val": setup.val}, control=Control()))
    # Both views for the fronts; the last batch of the first view is padded with other images for the head.
    assert len(loaded) == -(-2 * NUM_TRAIN // PARTITION) + 1


@pytest.mark.parametrize("missing", [[0], [NUM_TRAIN - 1, NUM_TRAIN], list(range(3, 2 * NUM_TRAIN, 40))])
def test_only_what_is_missing_is_computed(missing: list[int]) -> None:
    phases = (head_phase(), phase())
    expected, stores = alone(phases), Stores()
    fill(phases, stores)
    for spec, store in stores.items():
        store.writes = 0
        rows = [row for row in missing if row < len(spec.rows)]
        store.present[rows] = False
        store.values[rows] = -1
    fill(phases, stores)
    for spec, store in stores.items():
        if store.missing():
            assert store.writes == 0, "what one run alone lacks is left to it"
        else:
            assert np.array_equal(store.values, expected[spec].values)


def test_a_stop_keeps_what_is_done_and_the_rest_can_be_filled_later() -> None:
    phases = (head_phase(), phase())
    expected, stores = alone(phases), Stores()
    with pytest.raises(StoppedError):
        fill(phases, stores, StopAt(2))
    done = sum(int(store.present.sum()) for store in stores.values())
    assert 0 < done < sum(len(store.present) for store in stores.values())
    fill(phases, stores)
    assert all(np.array_equal(store.values, expected[spec].values) for spec, store in stores.items())


def test_a_store_without_room_does_not_keep_the_others_from_theirs() -> None:
    phases = (head_phase(), phase(), phase(views=4))
    expected, stores = alone(phases), Stores()
    needs, setup = needs_in(stores, phases)
    full = next(store for spec, store in stores.items() if spec.split == "train" and spec.rows.views == 4)
    full.is_full = True
    list(fill_together(needs, {"train": setup.train, "val": setup.val}, control=Control()))
    assert not full.present.any()
    for spec, store in stores.items():
        assert store is full or np.array_equal(store.values, expected[spec].values)


@pytest.mark.parametrize(
    ("phases", "reason"),
    [
        ([head_phase()], "one run fills its own"),
        ([tuning_phase(epochs=5), phase(views=0)], "runs on images keep nothing"),
        ([phase(), phase(views=2, learning_rate=1e-2)], "both read the same rows"),
    ],
)
def test_nothing_is_done_where_there_is_nothing_to_share(phases: list[Phase], reason: str) -> None:
    stores = Stores()
    assert [total for _, total in fill(phases, stores) if total] == [], reason
    assert not any(store.writes for store in stores.values())


def test_rows_in_memory_are_left_to_their_run() -> None:
    setup = tiny_setup(strategy(head_phase()))
    assert isinstance(setup.features(FeatureSpec("train", "head", ViewRows(1), 3)), MemoryFeatures)
    assert needs_of(setup) == []


def test_the_network_is_left_as_it_was() -> None:
    stores = Stores()
    needs, setup = needs_in(stores, (head_phase(), phase()))
    before = {name: tensor.clone() for name, tensor in setup.model.state_dict().items()}
    list(fill_together(needs, {"train": setup.train, "val": setup.val}, control=Control()))
    assert all(bool((tensor == before[name]).all()) for name, tensor in setup.model.state_dict().items())
