"""Memory that runs out: smaller parts, the same steps, said once; and parts that fit from the start."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import torch
from torch import nn

import pytest

from tests.training_samples import (
    BODY,
    HEAD_ONLY,
    StopAt,
    copied,
    differing,
    head_phase,
    strategy,
    tiny_net,
    tiny_numerics,
    tiny_setup,
    tiny_tree,
    tuning_phase,
    weights_of,
)
from tlft_desktop.core.control import Control
from tlft_desktop.core.training import epochs
from tlft_desktop.core.training.micro_batch import PEAK_OVER_KEPT, USABLE_SHARE, fitting_numerics, in_parts, least_part
from tlft_desktop.core.training.setup import TrainingSetup
from tlft_desktop.core.training.state import TrainerState
from tlft_desktop.core.training.trainer import Trainer
from tlft_desktop.core.values.events import Event, Notice
from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.core.values.plan import FreezePlan, NormPolicy
from tlft_desktop.core.values.strategy import HeadSolver, OptimizerKind, Phase, Strategy

CPU_ALLOCATOR = "[enforce fail at alloc_cpu.cpp:118] . DefaultCPUAllocator: can't allocate memory: you tried to ..."
ERRORS = {
    "python": MemoryError(),
    "linux": RuntimeError(CPU_ALLOCATOR),
    "windows": RuntimeError("[enforce fail at alloc_cpu.cpp:121] data. DefaultCPUAllocator: not enough memory: you"),
    "cuda": torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB."),
    "cublas": RuntimeError("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`"),
}
AFFINE = FreezePlan(norm=NormPolicy.AFFINE)
WHOLE = tuning_phase(epochs=3)
"""Nine steps: batches of 8, 8 and 6 images in each epoch, with BatchNorm and dropout in training mode."""


class ScarceMemory:
    """Makes a network fail on more images at once than there is memory for, behind its norm layers.

    Args:
        trainer: Whose network.
        most: Images for which there is memory, by the step from which on that is so.
        error: How it fails.
        backward: Whether it fails in the backward pass instead.
    """

    def __init__(
        self, trainer: Trainer, most: dict[int, int], *, error: Exception | None = None, backward: bool = False
    ) -> None:
        self._trainer, self._most, self._error, self._backward = trainer, most, error or MemoryError(), backward
        self.inputs: list[weakref.ref[torch.Tensor]] = []
        trainer._setup.model.get_submodule("head").register_forward_hook(self._after_head)

    def __deepcopy__(self, memo: dict[int, object]) -> ScarceMemory:
        """The copy of a network shares the memory."""
        return self

    def _after_head(self, head: nn.Module, inputs: tuple[torch.Tensor], output: torch.Tensor) -> None:
        if not output.requires_grad:
            return
        self.inputs.append(weakref.ref(inputs[0]))
        limits = [most for step, most in self._most.items() if step <= self._trainer.progress.step]
        if limits and len(output) > min(limits):
            if not self._backward:
                self._fail()
            output.register_hook(self._fail)

    def _fail(self, *_: torch.Tensor) -> None:
        # A new one each time: an error that is kept keeps what the failed attempt computed.
        raise type(self._error)(*self._error.args)


class SmallerFrom(Control):
    """Sets the parts of a batch at a step, where no memory ran out."""

    trainer: Trainer

    def __init__(self, step: int, size: int) -> None:
        super().__init__()
        self._step, self._size = step, size

    def wait_while_paused(self) -> None:
        if self.trainer.progress.step == self._step:
            self.trainer.progress.micro_batch = self._size


def scarce(
    chosen: Strategy,
    most: dict[int, int],
    *,
    control: Control | None = None,
    state: TrainerState | None = None,
    error: Exception | None = None,
    backward: bool = False,
) -> tuple[Trainer, list[Event]]:
    trainer = Trainer(tiny_setup(chosen), control or Control(), state)
    ScarceMemory(trainer, most, error=error, backward=backward)
    return trainer, list(trainer.fit())


def smaller_from(step: int, size: int, chosen: Strategy) -> Trainer:
    control = SmallerFrom(step, size)
    control.trainer = Trainer(tiny_setup(chosen), control)
    list(control.trainer.fit())
    return control.trainer


def notices_of(events: list[Event]) -> list[str]:
    return [event.message for event in events if isinstance(event, Notice) and event.kind == "memory"]


def assert_equal(first: Trainer, second: Trainer) -> None:
    """The networks, their running statistics, the optimiser's moments and all sums are equal to the bit."""
    assert not differing(first.state().tensors, second.state().tensors)
    assert not differing(weights_of(first._setup.model), weights_of(second._setup.model))
    assert first.progress.best == second.progress.best
    assert (first.progress.step, first.progress.micro_batch) == (second.progress.step, second.progress.micro_batch)


# ------------------------------------------------------------------------------------------------------ during a run


@pytest.mark.parametrize("backward", [False, True])
@pytest.mark.parametrize("error", ERRORS.values(), ids=ERRORS)
def test_b7_a_step_is_done_again_in_halves_as_if_it_had_always_been_so(error: Exception, backward: bool) -> None:
    chosen = strategy(WHOLE)
    trainer, events = scarce(chosen, {4: 4}, error=error, backward=backward)
    assert_equal(trainer, smaller_from(4, 4, chosen))
    assert notices_of(events) == [
        "The memory did not hold 8 images at once. From step 5 on the images of a batch pass through the network in "
        "parts of 4; a step still learns from all 8. Norm layers take their statistics from the images of one part."
    ]


def test_parts_are_halved_until_they_fit_and_each_time_it_is_said_once() -> None:
    chosen = strategy(WHOLE)
    trainer, events = scarce(chosen, {0: 5, 4: 3})
    assert [message.partition(".")[0] for message in notices_of(events)] == [
        "The memory did not hold 8 images at once",
        "The memory did not hold 4 images at once",
    ]
    control = SmallerFrom(4, 2)
    control.trainer = Trainer(tiny_setup(chosen), control)
    control.trainer.progress.micro_batch = 4
    list(control.trainer.fit())
    assert_equal(trainer, control.trainer)


def test_the_short_last_batch_counts_as_what_was_tried() -> None:
    # The last batch of an epoch has 6 images.
    _, events = scarce(strategy(WHOLE), {2: 4, 3: 8})
    assert [message[:40] for message in notices_of(events)] == ["The memory did not hold 6 images at once"]


@pytest.mark.parametrize("optimizer", list(OptimizerKind))
def test_the_loss_and_the_class_weights_stay_those_of_the_batch(optimizer: OptimizerKind) -> None:
    """Without dropout and batch statistics a run in parts is the run itself but for rounding."""
    phase = tuning_phase(epochs=3, plan=AFFINE, balance_classes=True, optimizer=optimizer)
    trained = []
    for most in ({}, {0: 4, 5: 1}):
        trainer = Trainer(tiny_setup(strategy(phase)), Control())
        trainer._setup.model.get_submodule("drop").p = 0.0  # type: ignore[assignment]
        ScarceMemory(trainer, most)
        list(trainer.fit())
        trained.append((weights_of(trainer._setup.model), trainer.progress.best))
    (whole, best), (parts, best_of_parts) = trained
    for name in whole:
        # AdamW divides by gradients: where they are almost nothing, so does rounding.
        assert torch.allclose(whole[name], parts[name], atol=1e-6 if optimizer is OptimizerKind.SGD else 1e-4), name
    assert best is not None
    assert best_of_parts is not None
    assert best.num_correct == best_of_parts.num_correct


@pytest.mark.parametrize("step", [5, 6, 8])
def test_b1_stopped_and_resumed_with_memory_again_equals_uninterrupted(step: int) -> None:
    chosen = strategy(WHOLE)
    whole, _ = scarce(chosen, {4: 4})
    stopped, _ = scarce(chosen, {4: 4}, control=StopAt(step))
    resumed, events = scarce(chosen, {}, state=copied(stopped.state()))
    assert not notices_of(events)
    assert_equal(whole, resumed)


def test_a1_killed_right_behind_the_notice_equals_uninterrupted() -> None:
    chosen = strategy(WHOLE)
    whole, _ = scarce(chosen, {4: 4})
    killed = Trainer(tiny_setup(chosen), Control())
    ScarceMemory(killed, {4: 4})
    steps = killed.fit()
    assert any(event.name == "notice" for event in steps)
    assert next(steps).name == "checkpoint"
    state = copied(killed.state())
    steps.close()
    assert (state.meta["progress"]["step"], state.meta["progress"]["micro_batch"]) == (4, 4)
    resumed, _ = scarce(chosen, {}, state=state)
    assert_equal(whole, resumed)


def test_a_stop_is_heard_before_a_step_is_done_again() -> None:
    control = Control()
    trainer = Trainer(tiny_setup(strategy(WHOLE)), control)
    ScarceMemory(trainer, {4: 4})
    for event in trainer.fit():
        if isinstance(event, Notice):
            control.request_stop()
    assert trainer.progress.step == 4


def test_a_later_phase_goes_on_with_the_smaller_parts() -> None:
    chosen = strategy(WHOLE, replace(WHOLE, name="second"), target=1.0)
    trainer, events = scarce(chosen, {4: 4})
    assert len(notices_of(events)) == 1
    assert trainer.progress.step == 18
    assert_equal(trainer, smaller_from(4, 4, chosen))


@pytest.mark.parametrize(("plan", "least"), [(AFFINE, 1), (FreezePlan(norm=NormPolicy.FULL), 2)])
def test_b7_at_the_smallest_part_the_run_fails_with_that_error(plan: FreezePlan, least: int) -> None:
    trainer = Trainer(tiny_setup(strategy(tuning_phase(epochs=3, plan=plan))), Control())
    ScarceMemory(trainer, {4: 0}, error=torch.OutOfMemoryError("CUDA out of memory."))
    events: list[Event] = []
    with pytest.raises(torch.OutOfMemoryError):
        events.extend(trainer.fit())
    assert len(notices_of(events)) == (3 if least == 1 else 2)
    assert (trainer.progress.step, trainer.progress.micro_batch) == (4, least)


def test_other_errors_are_not_tried_again() -> None:
    with pytest.raises(RuntimeError, match="mat1"):
        scarce(strategy(WHOLE), {1: 4}, error=RuntimeError("mat1 and mat2 shapes cannot be multiplied"))


def test_an_update_that_was_begun_is_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Smaller parts are no help to the optimiser, and some weights may have changed already."""

    def no_memory(optimizer: torch.optim.AdamW) -> None:
        raise MemoryError

    monkeypatch.setattr(torch.optim.AdamW, "step", no_memory)
    trainer = Trainer(tiny_setup(strategy(WHOLE)), Control())
    events: list[Event] = []
    with pytest.raises(MemoryError):
        events.extend(trainer.fit())
    assert not notices_of(events)


@contextmanager
def no_collector() -> Iterator[None]:
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@pytest.mark.parametrize("backward", [False, True])
def test_what_the_failed_attempt_computed_is_gone_before_the_next(
    monkeypatch: pytest.MonkeyPatch, backward: bool
) -> None:
    trainer = Trainer(tiny_setup(strategy(WHOLE)), Control())
    memory = ScarceMemory(trainer, {0: 4}, backward=backward)
    alive: list[int] = []

    def look(device: str) -> None:
        alive.append(sum(reference() is not None for reference in memory.inputs))
        alive.append(sum(parameter.grad is not None for parameter in trainer._setup.model.parameters()))

    monkeypatch.setattr(epochs, "release_memory", look)
    with no_collector():
        list(trainer.fit())
    assert alive == [0, 0]


def test_a_time_budget_is_measured_with_parts_that_fit() -> None:
    limited = replace(tiny_setup(strategy(WHOLE)), budget_seconds=1e6)
    trainer = Trainer(limited, Control())
    ScarceMemory(trainer, {0: 4})
    events = list(trainer.fit())
    names = [event.name for event in events if event.name != "batch_end"]
    assert names.index("notice") < names.index("phase_start")
    assert len(notices_of(events)) == 1
    assert_equal(trainer, smaller_from(0, 4, strategy(WHOLE)))


# --------------------------------------------------------------------------------------------------- before a run


def sized_tree() -> LayerTree:
    """Return the layer tree of the tiny network with shapes: 1,000 values an image behind each part of the body."""
    tree = tiny_tree(tiny_net())
    children = tuple(replace(child, output_shape=(1000,)) for child in tree.root.children)
    return replace(tree, root=replace(tree.root, children=children))


def memory_for(num_images: int, *phases: Phase) -> int:
    """Return what is free where exactly so many images at once fit."""
    return next(
        free
        for free in range(0, 10_000_000, 1000)
        if fitting_numerics(tiny_numerics(batch=num_images), sized_tree(), strategy(*phases), free_bytes=free)
        == tiny_numerics(batch=num_images)
    )


TUNING_WITHOUT_STATISTICS = tuning_phase(plan=AFFINE)


def test_where_there_is_memory_nothing_changes() -> None:
    numerics = tiny_numerics(batch=32)
    assert fitting_numerics(numerics, sized_tree(), strategy(WHOLE), free_bytes=2**40) == numerics


@pytest.mark.parametrize(("fits", "chosen"), [(32, 32), (31, 16), (16, 16), (9, 8), (1, 1)])
def test_parts_are_halved_until_they_fit(fits: int, chosen: int) -> None:
    free = memory_for(fits, TUNING_WITHOUT_STATISTICS)
    phases = strategy(TUNING_WITHOUT_STATISTICS)
    numerics = fitting_numerics(tiny_numerics(batch=32), sized_tree(), phases, free_bytes=free)
    assert numerics == tiny_numerics(batch=32, micro_batch=chosen)


def test_a_margin_is_left() -> None:
    five_layers_of_an_image = 5 * 1000 * 4
    difference = memory_for(40, TUNING_WITHOUT_STATISTICS) - memory_for(20, TUNING_WITHOUT_STATISTICS)
    assert difference == pytest.approx(20 * PEAK_OVER_KEPT * five_layers_of_an_image / USABLE_SHARE, abs=2000)


@pytest.mark.parametrize(("phase", "least"), [(TUNING_WITHOUT_STATISTICS, 1), (WHOLE, 2)])
def test_without_memory_the_parts_are_the_smallest(phase: Phase, least: int) -> None:
    numerics = fitting_numerics(tiny_numerics(batch=8), sized_tree(), strategy(phase), free_bytes=0)
    assert numerics.micro_batch == least
    setup = tiny_setup(strategy(phase))
    with_modes_of_training(setup)
    assert least_part(setup.model) == least


def with_modes_of_training(setup: TrainingSetup) -> None:
    trainer = Trainer(setup, Control())
    trainer._context.apply_phase_plan().train_mode()


def test_frozen_norm_layers_take_no_statistics() -> None:
    setup = tiny_setup(strategy(tuning_phase(plan=FreezePlan(frozenset(BODY), norm=NormPolicy.FULL))))
    with_modes_of_training(setup)
    assert least_part(setup.model) == 1


def test_only_phases_that_train_by_batches_count() -> None:
    numerics, tree = tiny_numerics(batch=8), sized_tree()
    assert fitting_numerics(numerics, tree, strategy(head_phase()), free_bytes=0) == numerics
    by_batches = tuning_phase(plan=HEAD_ONLY, head=HeadSolver.SGD)
    assert fitting_numerics(numerics, tree, strategy(by_batches), free_bytes=0).micro_batch == 1
    hybrid = strategy(head_phase(), TUNING_WITHOUT_STATISTICS)
    free = memory_for(4, TUNING_WITHOUT_STATISTICS)
    assert fitting_numerics(numerics, tree, hybrid, free_bytes=free).micro_batch == 4


def test_the_largest_phase_decides() -> None:
    small = replace(tuning_phase(plan=HEAD_ONLY, head=HeadSolver.SGD), name="small")
    free = memory_for(2, TUNING_WITHOUT_STATISTICS)
    for phases in ((small, TUNING_WITHOUT_STATISTICS), (TUNING_WITHOUT_STATISTICS, small)):
        numerics = fitting_numerics(tiny_numerics(batch=8), sized_tree(), strategy(*phases), free_bytes=free)
        assert numerics.micro_batch == 2


def test_smaller_parts_are_said() -> None:
    assert in_parts(tiny_numerics(batch=8, micro_batch=2)) == (
        "The free memory does not hold 8 images at once, so the images of a batch pass through the network in parts "
        "of 2; a step still learns from all 8."
    )
