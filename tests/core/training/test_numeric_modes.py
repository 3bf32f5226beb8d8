"""Each numeric mode is what the network really computes in, and a run in it resumes to the bit."""

from __future__ import annotations

from dataclasses import replace

import torch
from torch import Tensor, nn

import pytest

from tests.training_samples import (
    StopAt,
    differing,
    head_phase,
    strategy,
    tiny_net,
    tiny_numerics,
    tiny_setup,
    tuning_phase,
    weights_of,
)
from tlft_desktop.core.control import Control
from tlft_desktop.core.training.device import available_modes, place_model
from tlft_desktop.core.training.setup import TrainingSetup
from tlft_desktop.core.training.state import TrainerState
from tlft_desktop.core.training.trainer import Trainer
from tlft_desktop.core.values.events import EpochEnd, FitStart, ValidationEnd
from tlft_desktop.core.values.numerics import MODES, DataType, MemoryFormat, NumericMode
from tlft_desktop.core.values.strategy import Strategy

HERE = [
    pytest.param(
        mode,
        marks=pytest.mark.skipif(mode not in available_modes("cpu"), reason="this processor has no bfloat16"),
    )
    for mode in MODES
]
HYBRID = strategy(head_phase(), tuning_phase(epochs=2), target=1.0)


def setup_in(mode: NumericMode, chosen: Strategy) -> TrainingSetup:
    """Return a setup as a workflow assembles it: the network placed by the numerics of the run."""
    dtype, memory_format = MODES[mode]
    numerics = replace(tiny_numerics(), dtype=dtype, memory_format=memory_format)
    setup = tiny_setup(chosen, numerics=numerics)
    return replace(setup, model=place_model(tiny_net(), numerics))


class Watcher:
    """Remembers types and layouts of what goes into and comes out of the second convolution."""

    def __init__(self, model: nn.Module) -> None:
        self.seen: set[tuple[bool, torch.dtype, torch.dtype, bool]] = set()
        model.get_submodule("conv2").register_forward_hook(self._look)

    def _look(self, module: nn.Module, inputs: tuple[Tensor, ...], output: Tensor) -> None:
        assert module.get_parameter("weight").dtype is torch.float32
        is_last = output.is_contiguous(memory_format=torch.channels_last) and not output.is_contiguous()
        self.seen.add((module.training, inputs[0].dtype, output.dtype, is_last))


@pytest.mark.parametrize("mode", HERE)
def test_the_forward_pass_is_computed_as_the_mode_says(mode: NumericMode) -> None:
    setup = setup_in(mode, strategy(tuning_phase(epochs=1)))
    watcher = Watcher(setup.model)
    events = list(Trainer(setup, Control()).fit())
    dtype, memory_format = MODES[mode]
    is_last = memory_format is MemoryFormat.CHANNELS_LAST
    expected = torch.bfloat16 if dtype is DataType.BFLOAT16 else torch.float32
    assert {(training, out, last) for training, _, out, last in watcher.seen} == {
        (True, expected, is_last),
        (False, expected, is_last),
    }
    start = events[0]
    assert isinstance(start, FitStart)
    assert (start.numerics["dtype"], start.numerics["memory_format"]) == (dtype.value, memory_format.value)


@pytest.mark.parametrize("mode", HERE)
def test_the_loss_falls_and_the_weights_stay_float32(mode: NumericMode) -> None:
    setup = setup_in(mode, strategy(tuning_phase(epochs=12)))
    trainer = Trainer(setup, Control())
    events = list(trainer.fit())
    losses = [event.train_loss for event in events if isinstance(event, EpochEnd)]
    assert losses[-1] < 0.8 * losses[0]
    assert max(event.val_accuracy for event in events if isinstance(event, ValidationEnd)) > 0.8
    floating = [tensor for tensor in trainer.best_state().values() if tensor.is_floating_point()]
    assert {tensor.dtype for tensor in floating} == {torch.float32}
    saved = trainer.state().tensors
    assert {tensor.dtype for tensor in saved.values() if tensor.is_floating_point()} == {torch.float32}


@pytest.mark.parametrize(
    ("chosen", "step"), [(strategy(tuning_phase(epochs=2)), 1), (HYBRID, 3)], ids=["tuning", "hybrid"]
)
@pytest.mark.parametrize("mode", HERE)
def test_stopped_and_resumed_equals_uninterrupted_in_every_mode(mode: NumericMode, step: int, chosen: Strategy) -> None:
    whole = Trainer(setup_in(mode, chosen), Control())
    list(whole.fit())
    stopped = Trainer(setup_in(mode, chosen), StopAt(step))
    list(stopped.fit())
    state = stopped.state()
    copied = TrainerState({name: tensor.clone() for name, tensor in state.tensors.items()}, dict(state.meta))
    resumed = Trainer(setup_in(mode, chosen), Control(), copied)
    list(resumed.fit())
    assert not differing(whole.best_state(), resumed.best_state())
    assert not differing(weights_of(whole._setup.model), weights_of(resumed._setup.model))


def test_bfloat16_and_float32_are_not_the_same() -> None:
    if NumericMode.BF16 not in available_modes("cpu"):
        pytest.skip("this processor has no bfloat16")
    results = []
    for mode in (NumericMode.REFERENCE, NumericMode.BF16):
        trainer = Trainer(setup_in(mode, strategy(tuning_phase(epochs=1))), Control())
        list(trainer.fit())
        results.append(trainer.best_state())
    assert differing(*results)
