"""A network that a high rate silenced: it is noticed, and its phase starts again with a lower one."""

from __future__ import annotations

from collections.abc import Iterator

import torch

from tlft_desktop.core.training.setup import TrainingContext
from tlft_desktop.core.values.events import Event, Notice

_SCALE_STEP = 1 / 3
_LEAST_SCALE = 0.2
"""A network that died twice is left as it is."""


def is_dead(logits: torch.Tensor) -> bool:
    """Tell whether a network gives exactly the same outputs for all of several images: its last layers are silent.

    Args:
        logits: float, [N, C].
    """
    return len(logits) > 1 and bool((logits == logits[0]).all())


def may_start_again(context: TrainingContext) -> bool:
    """Tell whether the phase in work would be started again if its network died."""
    # Adapters that are put away would leave what they learned in frozen layers.
    return context.progress.rate_scale > _LEAST_SCALE and not context.phase.plan.adapters


def start_again(context: TrainingContext) -> Iterator[Event]:
    """Begin the phase in work anew with a third of its rate, and yield the notice and the checkpoint of it."""
    progress = context.progress
    scale = progress.rate_scale * _SCALE_STEP
    context.start_again(rate_scale=scale)
    message = (
        f"After epoch {progress.epoch} the network gave the same answer for every validation image: the learning rate "
        f"was too high for it. The phase starts again with {100 * scale:.0f} % of it."
    )
    yield context.event(Notice, kind="rate", message=message)
    yield from context.save("last")
