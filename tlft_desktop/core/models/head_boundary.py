"""The boundary in front of the head: what enters the classifier of a network."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

import torch
from torch import Tensor, nn

from tlft_desktop.core.models.cost import eval_mode


def is_linear_head(model: nn.Module, head: str) -> bool:
    """Tell whether the module at `head` is a linear layer, so that training it alone is a convex problem."""
    return isinstance(model.get_submodule(head), nn.Linear)


class HeadFeatures:
    """Computes what enters the head of a network, in eval mode and without autograd.

    The network is left as it was found: no hook stays and every module keeps its own train or eval mode.

    Args:
        model: The network; used in place.
        head: Dotted path of its classifier.
    """

    def __init__(self, model: nn.Module, head: str) -> None:
        self._model = model
        self._head = model.get_submodule(head)
        self._path = head

    def __call__(self, images: Tensor) -> Tensor:
        """Return float32 features [B, D] of normalised images [B, 3, S, S], on the device of the network.

        `head(features)` equals `model(images)` in eval mode to the bit where the network computes in float32.

        Raises:
            ValueError: If the head does not take one vector for each image, or was not called exactly once.
        """
        seen: list[Tensor] = []

        def keep(module: nn.Module, args: tuple[Any, ...]) -> None:
            seen.append(args[0])

        with ExitStack() as stack:
            stack.callback(self._head.register_forward_pre_hook(keep).remove)
            stack.enter_context(eval_mode(self._model))
            stack.enter_context(torch.inference_mode())
            self._model(images)
        if len(seen) != 1 or seen[0].ndim != 2:
            shapes = [tuple(item.shape) for item in seen]
            raise ValueError(f"the head '{self._path}' needs one input [B, D], got {shapes}")
        # Cloned outside of inference mode: autograd refuses to save inference tensors, and a head is trained on these.
        return seen[0].to(torch.float32).clone()
