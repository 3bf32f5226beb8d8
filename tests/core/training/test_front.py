"""Training on kept outputs of the frozen front: the same science, a fraction of the work."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import torch
from torch import nn

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.training_samples import (
    StopAt,
    TinyNet,
    differing,
    head_phase,
    strategy,
    tiny_setup,
    tiny_tree,
    tuning_phase,
    weights_of,
)
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import StorageError
from tlft_desktop.core.runs.feature_store import FeatureFile, feature_folder
from tlft_desktop.core.training import front
from tlft_desktop.core.training.features import FeatureSpec, FeatureStore, MemoryFeatures
from tlft_desktop.core.training.setup import TrainingSetup
from tlft_desktop.core.training.state import TrainerState
from tlft_desktop.core.training.trainer import Trainer
from tlft_desktop.core.values.events import (
    CacheProgress,
    EpochEnd,
    Event,
    FitEnd,
    Notice,
    PhaseStart,
    ValidationEnd,
)
from tlft_desktop.core.values.plan import FreezePlan, NormPolicy
from tlft_desktop.core.values.strategy import Phase

FRONT = FreezePlan(frozenset({"conv1", "bn1"}), norm=NormPolicy.FULL)


def phase(*, views: int = 2, epochs: int = 4, plan: FreezePlan = FRONT, **changes: object) -> Phase:
    return tuning_phase(epochs=epochs, plan=plan, views=views, **changes)


def run(setup: TrainingSetup, control: Control | None = None, state: TrainerState | None = None) -> list[Event]:
    trainer = Trainer(setup, control or Control(), state)
    return list(trainer.fit())


def cache_of(events: Sequence[Event]) -> list[dict[str, object] | None]:
    return [event.cache for event in events if isinstance(event, PhaseStart)]


def notices(events: Sequence[Event]) -> list[str]:
    return [event.message for event in events if isinstance(event, Notice)]


def losses(events: Sequence[Event]) -> list[float]:
    return [event.train_loss for event in events if isinstance(event, EpochEnd)]


def without_front(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front, "MIN_FRONT_SHARE", 2.0)


class OnDisk:
    """Stores below a folder, as the workflow makes them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: list[FeatureFile] = []

    def __call__(self, spec: FeatureSpec) -> FeatureStore:
        folder = feature_folder(self.folder, repr(spec))
        self.files.append(FeatureFile(folder, num_rows=len(spec.rows), width=spec.width))
        return self.files[-1]

    def close(self) -> None:
        for file in self.files:
            file.close()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[OnDisk]:
    stores = OnDisk(tmp_path)
    yield stores
    stores.close()


def test_kept_outputs_give_the_losses_of_the_whole_network(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = run(tiny_setup(strategy(phase())))
    with monkeypatch.context() as patched:
        without_front(patched)
        whole = run(tiny_setup(strategy(phase())))
    cache = cache_of(kept)[0]
    assert cache is not None
    assert cache_of(whole) == [None]
    assert cache["boundary"] == "relu"
    assert cache["bytes"] == 2 * 8 * 7 * 7 * (2 * 22 + 12)
    assert 0 < float(str(cache["share_of_macs"])) < 1
    assert losses(kept) == pytest.approx(losses(whole), abs=1e-3)
    end = kept[-1]
    assert isinstance(end, FitEnd)
    assert end.frozen_proof == "verified"


def test_norm_layers_behind_the_cut_follow_the_batches_and_those_before_it_stay() -> None:
    setup = tiny_setup(strategy(phase()))
    before = weights_of(setup.model)
    run(setup)
    changed = set(differing(before, weights_of(setup.model)))
    assert {"bn2.running_mean", "bn2.running_var", "conv2.weight", "head.bias"} <= changed
    assert not any(name.startswith(("conv1", "bn1")) for name in changed)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"views": 0}, "every epoch has views of its own"),
        ({"views": 4, "epochs": 4}, "as many views as epochs"),
        ({"plan": FreezePlan(norm=NormPolicy.FULL)}, "nothing is frozen"),
        ({"plan": FreezePlan(frozenset({"conv2", "bn2"}), norm=NormPolicy.FULL)}, "a layer before it trains"),
    ],
)
def test_images_are_used_where_keeping_does_not_pay(changes: dict[str, object], reason: str) -> None:
    events = run(tiny_setup(strategy(phase(**changes))))  # type: ignore[arg-type]
    assert cache_of(events) == [None], reason
    assert not any(isinstance(event, CacheProgress) for event in events)


def test_a_second_run_finds_everything_there(disk: OnDisk) -> None:
    first = run(replace(tiny_setup(strategy(phase())), features=disk))
    again = run(replace(tiny_setup(strategy(phase())), features=disk))
    assert [cache["hit"] for cache in (*cache_of(first), *cache_of(again)) if cache] == [False, True]
    assert losses(first) == losses(again)
    memory = run(tiny_setup(strategy(phase())))
    assert losses(memory) == losses(first)


@pytest.mark.parametrize("step", [0, 1, 4, 7, 11])
def test_stopped_and_resumed_equals_uninterrupted(step: int) -> None:
    whole = tiny_setup(strategy(phase()))
    whole_events = run(whole)
    stopped = Trainer(tiny_setup(strategy(phase())), StopAt(step))
    events = list(stopped.fit())
    state = stopped.state()
    state = TrainerState({name: tensor.clone() for name, tensor in state.tensors.items()}, dict(state.meta))
    resumed = tiny_setup(strategy(phase()))
    more = run(resumed, state=state)
    assert losses([*events, *more]) == losses(whole_events)
    assert not differing(weights_of(whole.model), weights_of(resumed.model))


def test_a_run_that_began_on_images_goes_on_with_them(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        without_front(patched)
        whole_events = run(tiny_setup(strategy(phase())))
        stopped = Trainer(tiny_setup(strategy(phase())), StopAt(4))
        events = list(stopped.fit())
    more = run(tiny_setup(strategy(phase())), state=stopped.state())
    assert cache_of(more) == [None]
    assert losses([*events, *more]) == losses(whole_events)


def test_stop_while_the_front_is_computed_keeps_what_is_done(disk: OnDisk) -> None:
    class StopInFill(Control):
        def raise_if_stopped(self) -> None:
            if any(not file.missing() for file in disk.files[:1]):
                self.request_stop()
            super().raise_if_stopped()

    events = run(replace(tiny_setup(strategy(phase())), features=disk), StopInFill())
    end = events[-1]
    assert isinstance(end, FitEnd)
    assert end.state == "stopped"
    assert not any(isinstance(event, EpochEnd) for event in events)


def test_rows_that_are_damaged_while_training_are_computed_again(disk: OnDisk) -> None:
    expected = losses(run(replace(tiny_setup(strategy(phase())), features=disk)))

    class Damaging(Control):
        count = 0

        def wait_while_paused(self) -> None:
            self.count += 1
            if self.count == 5:
                data = next(disk.files[0]._folder.glob("*.f16"))
                with open(data, "r+b") as file:
                    file.write(b"\xff" * (data.stat().st_size // 2))

    events = run(replace(tiny_setup(strategy(phase())), features=disk), Damaging())
    assert losses(events) == expected


def test_rows_that_are_cut_before_they_are_compared_are_computed_again(disk: OnDisk) -> None:
    expected = losses(run(tiny_setup(strategy(phase()))))
    events = []
    for event in Trainer(replace(tiny_setup(strategy(phase())), features=disk), Control()).fit():
        events.append(event)
        if isinstance(event, CacheProgress) and event.done == event.total:
            for file in disk.files:
                os.truncate(next(file._folder.glob("*.f16")), 0)
    assert losses(events) == expected
    assert notices(events) == []


def test_rows_of_another_network_are_noticed_and_not_used(disk: OnDisk) -> None:
    run(replace(tiny_setup(strategy(phase())), features=disk))
    other = tiny_setup(strategy(phase()))
    with torch.no_grad():
        other.model.get_submodule("conv1").weight.mul_(1.5)
    events = run(replace(other, features=disk))
    assert any("not those of the network" in text for text in notices(events))
    assert isinstance(events[-1], FitEnd)
    assert events[-1].state == "completed"


def test_a_front_that_an_earlier_phase_changed_is_not_kept_for_other_runs(disk: OnDisk) -> None:
    phases = (phase(views=0, epochs=1, plan=FreezePlan(norm=NormPolicy.FULL)), replace(phase(), name="second"))
    events = run(replace(tiny_setup(strategy(*phases, target=1.0)), features=disk))
    assert cache_of(events)[-1] is not None
    assert disk.files == []


def test_a_front_that_stayed_frozen_is_kept_in_a_later_phase(disk: OnDisk) -> None:
    events = run(replace(tiny_setup(strategy(head_phase(), phase(), target=1.0)), features=disk))
    assert [cache["boundary"] for cache in cache_of(events) if cache] == ["head", "relu"]
    assert len({file._folder for file in disk.files}) == 4


class FullDisk(MemoryFeatures):
    def write(self, rows: Sequence[int], values: NDArray[np.float32]) -> None:
        raise StorageError("The disk is full.")


def test_full_disk_keeps_the_outputs_in_memory() -> None:
    expected = losses(run(tiny_setup(strategy(phase()))))
    setup = replace(tiny_setup(strategy(phase())), features=lambda spec: FullDisk(len(spec.rows), spec.width))
    events = run(setup)
    assert losses(events) == expected
    assert any("in memory only: The disk is full." in text for text in notices(events))


def test_full_disk_and_full_memory_train_on_images(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front, "_MEMORY_SHARE", 0.0)
    setup = replace(tiny_setup(strategy(phase())), features=lambda spec: FullDisk(len(spec.rows), spec.width))
    events = run(setup)
    assert any("neither in memory nor on disk: The disk is full." in text for text in notices(events))
    with monkeypatch.context() as patched:
        without_front(patched)
        assert losses(events) == losses(run(tiny_setup(strategy(phase()))))


def test_outputs_that_are_too_large_are_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front, "MAX_BYTES", 1000)
    events = run(tiny_setup(strategy(phase())))
    assert cache_of(events) == [None]
    assert any("every epoch computes them again" in text for text in notices(events))


class ByValueNet(TinyNet):
    def forward(self, images: torch.Tensor) -> torch.Tensor:
        return super().forward(images if images.sum() > -1e9 else -images)


def test_a_network_that_cannot_be_cut_trains_on_images() -> None:
    setup = tiny_setup(strategy(phase()))
    net: nn.Module = ByValueNet()
    net.load_state_dict(setup.model.state_dict())
    events = run(replace(setup, model=net, tree=tiny_tree(net)))
    assert cache_of(events) == [None]
    assert any("cannot be kept" in text for text in notices(events))
    assert sum(isinstance(event, ValidationEnd) for event in events) == 4


def test_a_budget_is_planned_from_steps_on_kept_outputs() -> None:
    setup = replace(tiny_setup(strategy(phase(epochs=50, views=2))), budget_seconds=60.0)
    before = weights_of(setup.model)
    trainer = Trainer(setup, StopAt(12))
    events = list(trainer.fit())
    assert cache_of(events)[0] is not None
    assert not any(name.startswith("conv1") for name in differing(before, weights_of(setup.model)))
