"""Turn a time budget into a number of optimiser steps, once, before the run starts."""

from __future__ import annotations

import copy
import math
import time

import torch
from torch.nn import functional

from tlft_desktop.core.data.image_source import BatchRequest
from tlft_desktop.core.errors import UsageError
from tlft_desktop.core.freezing.apply import apply_plan
from tlft_desktop.core.models.builder import is_norm
from tlft_desktop.core.training.batches import num_batches
from tlft_desktop.core.training.device import applied_numerics, autocast, to_device
from tlft_desktop.core.training.setup import TrainingSetup
from tlft_desktop.core.values.strategy import Augmentation, HeadSolver

# The first steps take several times as long: memory is fresh and kernels are chosen.
_WARMUP_STEPS = 2
_TIMED_STEPS = 3
_FORWARD_SHARE = 1 / 3


def steps_within(budget_seconds: float, setup: TrainingSetup) -> int:
    """Return how many optimiser steps of the last phase fit into a budget, validation included.

    The network of `setup` is left as it is: the steps are measured on a copy.

    Raises:
        UsageError: If the budget is not a number above zero.
    """
    if not 0 < budget_seconds < math.inf:
        raise UsageError(f"A time budget must be a number of seconds above zero, got {budget_seconds:g}.")
    step_seconds = _measure_step(setup)
    batch = setup.numerics.batch
    steps_per_epoch = num_batches(len(setup.train), batch)
    forward_per_batch = step_seconds * _FORWARD_SHARE
    validation_seconds = len(setup.val) / batch * forward_per_batch
    head_first = len(setup.strategy.phases) > 1 and setup.strategy.phases[0].head is HeadSolver.CONVEX
    features_seconds = (len(setup.train) + len(setup.val)) / batch * forward_per_batch if head_first else 0.0
    seconds_per_step = step_seconds + validation_seconds / steps_per_epoch
    return max(1, int((budget_seconds - features_seconds) / seconds_per_step))


def _measure_step(setup: TrainingSetup) -> float:
    model = copy.deepcopy(setup.model)
    applied = apply_plan(model, setup.strategy.phases[-1].plan, is_norm=is_norm)
    applied.train_mode()
    indices = tuple(index % len(setup.train) for index in range(setup.numerics.batch))
    request = BatchRequest(indices, None, Augmentation.NONE, flip=False)
    labels = setup.train.labels[list(indices)].to(setup.numerics.device)
    seconds = []
    with applied_numerics(setup.numerics):
        for _ in range(_WARMUP_STEPS + _TIMED_STEPS):
            started = time.monotonic()
            images = to_device(setup.train.load(request), setup.numerics)
            with autocast(setup.numerics):
                loss = functional.cross_entropy(model(images).float(), labels)
            loss.backward()  # type: ignore[no-untyped-call]
            # Reading a value waits for a GPU to finish.
            float(loss.detach())
            seconds.append(time.monotonic() - started)
            for parameter in model.parameters():
                parameter.grad = None
    return float(torch.tensor(seconds[_WARMUP_STEPS:]).median())
