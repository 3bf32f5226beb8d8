"""Training with adapters: what changes, what is merged, what a checkpoint brings back."""

from __future__ import annotations

from dataclasses import replace

import torch

import pytest

from tests.training_samples import (
    BODY,
    StopAt,
    TinyNet,
    copied,
    differing,
    head_phase,
    run,
    strategy,
    tiny_net,
    tiny_setup,
    tuning_phase,
    weights_of,
)
from tlft_desktop.core.models.low_rank import is_adapter
from tlft_desktop.core.training.setup import TrainingSetup
from tlft_desktop.core.training.state import StateMismatchError, TrainerState
from tlft_desktop.core.training.trainer import Trainer
from tlft_desktop.core.values.events import EpochEnd, Event, FitEnd, FitStart, PhaseStart, ValidationEnd
from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.strategy import Phase, Strategy

PLAN = FreezePlan(frozenset(BODY), adapters=(("", 2),))
RANKS = {"conv2": 2}


def setup_of(chosen: Strategy) -> TrainingSetup:
    """Return a run of `TinyNet` whose second convolution looks at one pixel, so that an adapter fits there."""
    setup = tiny_setup(chosen)
    model = setup.model
    assert isinstance(model, TinyNet)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(7)
        model.conv2 = torch.nn.Conv2d(8, 12, 1, bias=False)
    tree = setup.tree
    children = [
        replace(node, matrix=(8, 12), parameters=96, macs=96) if node.path == "conv2" else node
        for node in tree.root.children
    ]
    root = replace(tree.root, children=tuple(children), parameters=sum(node.parameters for node in children))
    return replace(setup, tree=LayerTree(tree.backbone, root, tree.stages, tree.head_path))


def phase(plan: FreezePlan = PLAN, *, epochs: int = 2, **changes: object) -> Phase:
    return tuning_phase(epochs=epochs, plan=plan, learning_rate=3e-2, **changes)


def results(events: list[Event]) -> list[tuple[object, ...]]:
    """Return what must be equal in a run that was stopped and resumed."""
    return [
        (event.epoch, event.train_loss) if isinstance(event, EpochEnd) else (event.epoch, event.val_loss)
        for event in events
        if isinstance(event, (EpochEnd, ValidationEnd))
    ]


def end_of(events: list[Event]) -> FitEnd:
    assert isinstance(events[-1], FitEnd)
    return events[-1]


ONE = strategy(phase())
AFTER_HEAD = strategy(head_phase(), phase(), target=1.0)


def test_only_adapters_and_head_change_and_the_result_is_a_plain_network() -> None:
    setup = setup_of(strategy(phase(epochs=4)))
    before = weights_of(setup.model)
    trainer, events = run(setup)
    best = trainer.best_state()
    assert list(best) == list(before)
    assert set(differing(before, best)) == {"conv2.weight", "head.weight", "head.bias"}
    assert torch.linalg.matrix_rank(best["conv2.weight"].flatten(1) - before["conv2.weight"].flatten(1)) == 2
    assert end_of(events).frozen_proof == "verified"
    # The network itself is the merged one, too.
    assert not differing(best, weights_of(setup.model))
    first = events[0]
    assert isinstance(first, FitStart)
    assert first.trainable_parameters == 2 * (8 + 12) + 12 * 3 + 3


def test_the_kept_answers_are_those_of_the_merged_network() -> None:
    setup = setup_of(ONE)
    trainer, _ = run(setup)
    again = setup_of(ONE)
    again.model.load_state_dict(trainer.best_state())
    context = Trainer(again, StopAt())._context
    assert trainer.best_logits is not None
    torch.testing.assert_close(context.evaluate().logits, trainer.best_logits, atol=1e-5, rtol=1e-5)


@pytest.mark.parametrize(
    ("chosen", "step"), [*((ONE, step) for step in range(6)), *((AFTER_HEAD, step) for step in range(7))]
)
def test_stopped_and_resumed_equals_uninterrupted(chosen: Strategy, step: int) -> None:
    whole, whole_events = run(setup_of(chosen))
    stopped, events = run(setup_of(chosen), StopAt(step))
    assert end_of(events).state == "stopped"
    resumed, more = run(setup_of(chosen), state=copied(stopped.state()))
    assert end_of(more).state == "completed"
    assert not differing(whole.best_state(), resumed.best_state())
    assert not differing(weights_of(whole._setup.model), weights_of(resumed._setup.model))
    assert results(whole_events) == results(events + more)


def stopped_state() -> TrainerState:
    stopped, _ = run(setup_of(ONE), StopAt(4))
    return copied(stopped.state())


def test_a_checkpoint_holds_factors_and_the_best_network_merged() -> None:
    state = stopped_state()
    names = {name for name in state.part("model") if is_adapter(name)}
    assert names == {"conv2.adapter_down", "conv2.adapter_up"}
    assert not any(is_adapter(name) for name in state.part("best"))
    best = state.best_network()
    assert list(best) == list(tiny_net().state_dict())
    trainer = Trainer(setup_of(ONE), StopAt(), state)
    assert not differing(best, trainer.best_state())
    assert not torch.equal(best["conv2.weight"], state.part("model")["conv2.weight"])


def test_without_a_best_state_the_current_one_is_merged() -> None:
    state = stopped_state()
    tensors = {name: tensor for name, tensor in state.tensors.items() if not name.startswith(("best/", "logits/"))}
    bare = TrainerState(tensors, {**state.meta, "has_best": False})
    merged = bare.best_network()
    assert not any(map(is_adapter, merged))
    assert not torch.equal(merged["conv2.weight"], tensors["model/conv2.weight"])


@pytest.mark.parametrize("name", ["conv2.adapter_up", "conv2.adapter_down", "conv2.weight"])
def test_a_checkpoint_that_does_not_fit_is_refused(name: str) -> None:
    state = stopped_state()
    for change in (
        {key: value for key, value in state.tensors.items() if key != f"model/{name}"},
        {**state.tensors, f"model/{name}": torch.zeros(1)},
    ):
        with pytest.raises(StateMismatchError):
            Trainer(setup_of(ONE), StopAt(), TrainerState(change, state.meta))


def test_a_phase_behind_starts_from_the_plain_network() -> None:
    behind = tuning_phase(epochs=1, plan=FreezePlan(frozenset({"conv1", "bn1"})))
    chosen = strategy(phase(), replace(behind, name="behind"), target=1.0)
    setup = setup_of(chosen)
    trainer, events = run(setup)
    starts = [event.trainable_parameters for event in events if isinstance(event, PhaseStart)]
    assert starts == [2 * (8 + 12) + 39, 96 + 24 + 39]
    assert not any(map(is_adapter, setup.model.state_dict()))
    assert list(trainer.best_state()) == list(tiny_net().state_dict())


def test_a_layer_that_thaws_is_merged_and_goes_on() -> None:
    """A phase that continues one with adapters starts where that one ended."""
    still = replace(phase(PLAN.unfreeze(["conv2"]), epochs=1), learning_rate=1e-12, head_learning_rate=1e-12)
    _, events = run(setup_of(strategy(phase(epochs=1), replace(still, name="thawed", continues=True))))
    assert end_of(events).frozen_proof == "verified"
    losses = [event.val_loss for event in events if isinstance(event, ValidationEnd)]
    assert losses[1] == pytest.approx(losses[0], abs=1e-5)
    starts = [event.trainable_parameters for event in events if isinstance(event, PhaseStart)]
    assert starts == [2 * (8 + 12) + 39, 96 + 39]


def test_a_frozen_front_in_front_of_an_adapter_is_kept() -> None:
    _, events = run(setup_of(strategy(phase(views=2, epochs=3))))
    caches = [event.cache for event in events if isinstance(event, PhaseStart)]
    assert caches[0] is not None
    # Behind the first norm layer and its activation comes the layer with the adapter.
    assert caches[0]["boundary"] == "relu"
