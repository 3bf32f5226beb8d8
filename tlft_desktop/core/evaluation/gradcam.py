"""Which places of an image speak for a class: gradient-weighted class activation maps."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

import numpy as np
from numpy.typing import NDArray

from tlft_desktop.core.errors import InputError
from tlft_desktop.core.models.spatial import Place, differentiable_features

NOT_A_NUMBER = "The network's answer is not a number."


@dataclass(frozen=True)
class ClassActivation:
    """A class activation map of one image.

    Attributes:
        values: float32 [side, side], in units of the class's logit: what each place of the layer adds to it, to first
            order and with the gradients of all places averaged. What speaks against the class is negative.
        logits: float32 [num_classes].
        class_index: The class that the map is of.
    """

    values: NDArray[np.float32]
    logits: Tensor
    class_index: int


def grad_cam(model: nn.Module, place: Place, image: Tensor, class_index: int | None = None) -> ClassActivation:
    """Return the class activation map of a normalised image [1, 3, S, S]; without `class_index` of the likeliest class.

    Gradients go to the features of one layer only. No parameter gets one, whichever of them require it, and the
    network is left as it was found. Tokens in front of the patches, as the class token, are left out.

    Raises:
        InputError: If the answer of the network is not a number, or the layer cannot be looked at.
    Source: Selvaraju et al. (2017), arXiv 1610.02391, equations 1 and 2, here before the ReLU; patch tokens are taken
        as places.
    """
    features, logits = differentiable_features(model, place.path, image)
    if not bool(torch.isfinite(logits).all()):
        raise InputError(NOT_A_NUMBER)
    chosen = int(logits[0].argmax()) if class_index is None else class_index
    gradient = _gradient(logits[0, chosen], features)
    weights = place.layout.grid(gradient.float()).mean(dim=(1, 2), keepdim=True)
    values = (weights * place.layout.grid(features.detach().float())).sum(dim=-1)[0]
    if not bool(torch.isfinite(values).all()):
        raise InputError("The gradients of the network are not numbers.")
    return ClassActivation(values.cpu().numpy(), logits[0].detach().float(), chosen)


def reaches_the_answer(model: nn.Module, place: Place, *, image_size: int) -> bool:
    """Tell whether the answer depends on the patches that leave a layer: behind the last attention it may not.

    There the class token alone is read, and the gradients of all patches are exactly 0.
    """
    generator = torch.Generator().manual_seed(0)
    image = torch.randn(1, 3, image_size, image_size, generator=generator).to(next(model.parameters()).device)
    features, logits = differentiable_features(model, place.path, image)
    weights = torch.randn(logits.shape, generator=generator).to(logits.device)
    return bool(place.layout.grid(_gradient((logits * weights).sum(), features)).any())


def _gradient(output: Tensor, features: Tensor) -> Tensor:
    """Return the gradient of a number; 0 where it does not depend on the features."""
    if not output.requires_grad:
        return torch.zeros_like(features)
    (gradient,) = torch.autograd.grad(output, features, allow_unused=True)
    return torch.zeros_like(features) if gradient is None else gradient
