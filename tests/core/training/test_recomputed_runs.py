"""Runs whose activations are computed again: not one bit differs, whatever happens to them."""

from __future__ import annotations

from dataclasses import replace

import torch
from torch import nn

import pytest

from tests.training_samples import (
    StopAt,
    TinyNet,
    copied,
    differing,
    run,
    strategy,
    tiny_numerics,
    tiny_setup,
    tiny_tree,
    tuning_phase,
    weights_of,
)
from tlft_desktop.core.control import Control
from tlft_desktop.core.models.catalog import find_backbone
from tlft_desktop.core.models.layer_tree import build_layer_tree
from tlft_desktop.core.models.tracing import UntraceableError
from tlft_desktop.core.training import inputs
from tlft_desktop.core.training.micro_batch import fitting_numerics
from tlft_desktop.core.training.setup import TrainingSetup
from tlft_desktop.core.training.trainer import Trainer
from tlft_desktop.core.values.events import EpochEnd, Event, Notice, ValidationEnd
from tlft_desktop.core.values.plan import FreezePlan, NormPolicy
from tlft_desktop.core.values.strategy import HeadSolver, Phase

FRONT = FreezePlan(frozenset({"conv1", "bn1"}), norm=NormPolicy.FULL)
PHASES = {
    "images": tuning_phase(epochs=2),
    "kept": tuning_phase(epochs=3, plan=FRONT, views=2),
    "front in each epoch": tuning_phase(epochs=2, plan=FRONT, views=0),
}


class LongerNet(TinyNet):
    """The network with four more layers, so that its rear has something to compute again."""

    def __init__(self) -> None:
        super().__init__()
        for number in range(3, 7):
            self.add_module(f"conv{number}", nn.Conv2d(12, 12, 1))
            self.add_module(f"bn{number}", nn.BatchNorm2d(12))

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        hidden = self.bn1(self.conv1(images)).relu()
        hidden = self.drop(self.bn2(self.conv2(hidden)).relu())
        for number in range(3, 7):
            hidden = self.get_submodule(f"bn{number}")(self.get_submodule(f"conv{number}")(hidden))
        return self.head(self.drop(hidden.mean(dim=(2, 3))))  # type: ignore[no-any-return]


def setup_of(phase: Phase, *, again: bool, micro_batch: int = 8) -> TrainingSetup:
    numerics = replace(tiny_numerics(batch=8, micro_batch=micro_batch), checkpoint_activations=again)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        net = LongerNet()
    net.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    return replace(tiny_setup(strategy(phase), numerics=numerics), model=net, tree=tiny_tree(net))


def losses(events: list[Event]) -> list[float]:
    return [
        event.train_loss if isinstance(event, EpochEnd) else event.val_loss
        for event in events
        if isinstance(event, (EpochEnd, ValidationEnd))
    ]


def notices(events: list[Event]) -> list[str]:
    return [event.message for event in events if isinstance(event, Notice) and event.kind == "memory"]


@pytest.fixture
def passes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Counts the passes of training through a norm layer behind every front."""
    counted: list[int] = []
    forward = nn.BatchNorm2d.forward

    def count(layer: nn.BatchNorm2d, values: torch.Tensor) -> torch.Tensor:
        if layer.training and layer.num_features == 12:
            counted.append(len(values))
        return forward(layer, values)

    monkeypatch.setattr(nn.BatchNorm2d, "forward", count)
    return counted


@pytest.mark.parametrize("micro_batch", [8, 3])
@pytest.mark.parametrize("phase", PHASES.values(), ids=PHASES)
def test_not_one_bit_differs(phase: Phase, micro_batch: int, passes: list[int]) -> None:
    kept, kept_events = run(setup_of(phase, again=False, micro_batch=micro_batch))
    once = len(passes)
    again, events = run(setup_of(phase, again=True, micro_batch=micro_batch))
    assert len(passes) - once > once, "nothing was computed again"
    assert not differing(weights_of(kept._setup.model), weights_of(again._setup.model))
    assert not differing(kept.best_state(), again.best_state())
    assert losses(events) == losses(kept_events)
    assert notices(events) == []


@pytest.mark.parametrize("phase", PHASES.values(), ids=PHASES)
@pytest.mark.parametrize("step", [1, 4])
def test_b1_stopped_and_resumed_equals_uninterrupted(phase: Phase, step: int) -> None:
    whole, _ = run(setup_of(phase, again=False))
    stopped, _ = run(setup_of(phase, again=True), StopAt(step))
    resumed, _ = run(setup_of(phase, again=True), state=copied(stopped.state()))
    assert not differing(weights_of(whole._setup.model), weights_of(resumed._setup.model))


def test_a_step_that_ran_out_of_memory_is_done_again_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    kept, _ = run(setup_of(PHASES["images"], again=False, micro_batch=4))
    trainer = Trainer(setup_of(PHASES["images"], again=True), Control())

    def fail(_head: nn.Module, _inputs: object, output: torch.Tensor) -> None:
        if output.requires_grad and len(output) > 4:
            raise MemoryError

    trainer._setup.model.get_submodule("head").register_forward_hook(fail)
    events = list(trainer.fit())
    assert len(notices(events)) == 1
    assert not differing(weights_of(kept._setup.model), weights_of(trainer._setup.model))


def test_where_it_is_not_possible_that_is_said_and_training_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise UntraceableError("No tensor of the network can be kept in place of others.")

    monkeypatch.setattr(inputs, "recomputed_network", fail)
    kept, _ = run(setup_of(PHASES["images"], again=False))
    trainer, events = run(setup_of(PHASES["images"], again=True))
    assert notices(events) == [
        "Everything is kept in memory for the backward pass. No tensor of the network can be kept in place of others."
    ]
    assert not differing(weights_of(kept._setup.model), weights_of(trainer._setup.model))


def test_a_time_budget_is_planned_with_what_the_run_does(passes: list[int]) -> None:
    setup = replace(setup_of(PHASES["images"], again=True), budget_seconds=1e6)
    run(setup)
    planned = len(passes)
    run(setup_of(PHASES["images"], again=True))
    without = len(passes) - planned
    # Five layers follow their batches, and most of them are passed twice in each step that is measured.
    assert planned - without >= 2 * 7


def test_a_head_alone_has_nothing_to_compute_again() -> None:
    owners = {f"{kind}{number}" for kind in ("conv", "bn") for number in range(1, 7)}
    phase = tuning_phase(epochs=3, plan=FreezePlan(frozenset(owners)), head=HeadSolver.SGD, views=1)
    setup = setup_of(phase, again=True)
    setup.model.get_submodule("drop").p = 0.0  # type: ignore[assignment]
    _, events = run(setup)
    assert len(notices(events)) == 1


def test_larger_parts_fit_where_activations_are_computed_again() -> None:
    tree = build_layer_tree(find_backbone("timm:tf_efficientnet_lite0"), num_classes=3, image_size=224)
    chosen = strategy(Phase("all", FreezePlan(norm=NormPolicy.FULL), 1))
    sizes = []
    for again in (False, True):
        numerics = replace(tiny_numerics(batch=32), checkpoint_activations=again)
        sizes.append(fitting_numerics(numerics, tree, chosen, free_bytes=2**30).micro_batch)
    assert sizes[1] >= 2 * sizes[0]
