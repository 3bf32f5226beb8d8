"""Mixup: a network learns from mixtures of two images and of their classes instead of from single images.

Where the outputs of a frozen front are kept those are mixed, which is manifold mixup at one layer (Verma et al. 2019,
arXiv 1806.05236: their layer is drawn anew in each step, here it is the border of what is kept). Everywhere else the
images are mixed (Zhang et al. 2018, arXiv 1710.09412). Both draw one share for each batch and the partner of an image
from its own batch, and so does this.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

import numpy as np

from tlft_desktop.core.errors import UsageError
from tlft_desktop.core.training.micro_batch import is_convex
from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.core.values.seeds import derive_seed
from tlft_desktop.core.values.strategy import Phase, Strategy


@dataclass(frozen=True)
class Mixture:
    """How the images of one batch are mixed.

    Attributes:
        share: Of an image in its own mixture, from one half to 1; the rest is that of its partner.
        partners: Place of the partner of each image in the batch, int64, [B]; a permutation, so that all mixtures
            together weigh every class as the images of the batch do.
    """

    share: float
    partners: Tensor

    def of(self, values: Tensor, first: int, end: int) -> Tensor:
        """Return the mixtures [end - first, ...] of a part of a batch [B, ...]; their partners come from all of it."""
        return torch.lerp(values[first:end], values[self.partners[first:end]], 1 - self.share)


def draw_mixture(num_images: int, *, alpha: float, seed: int, step: int) -> Mixture:
    """Return the mixture of a step: a function of the seed and the step, so that it is the same after a resume.

    The share is drawn from Beta(alpha, alpha) and its larger side is that of the image itself. Over all pairs this
    changes nothing, since each image is as often a partner; but a mixture then has one class that is more its own.

    Args:
        num_images: Images of the batch.
        alpha: Near 0 almost nothing is mixed, at 1 every share is as likely.
        seed: Of the run.
        step: Optimiser steps that the run has done.
    """
    generator = np.random.default_rng(derive_seed("mixup", seed, step))
    drawn = float(generator.beta(alpha, alpha))
    return Mixture(max(drawn, 1 - drawn), torch.from_numpy(generator.permutation(num_images)))


def require_mixable(strategy: Strategy, tree: LayerTree, *, batch: int) -> None:
    """Refuse mixup where it would do nothing.

    Raises:
        UsageError: If a phase with mixup solves its head exactly, or a batch is one image.
    """
    mixed = [phase for phase in strategy.phases if phase.mixup]
    exact = next((phase for phase in mixed if is_convex(tree, phase)), None)
    if exact is not None:
        raise UsageError(f"Mixup has no meaning for phase '{exact.name}', whose head is solved exactly, not in steps.")
    if mixed and batch == 1:
        raise UsageError("Mixup mixes the images of a step with each other: a step needs two images at least.")


def in_words(phase: Phase, boundary: str | None) -> str:
    """Say what a phase learns from, and what its training figures mean.

    Args:
        phase: With mixup.
        boundary: The operation whose kept outputs are mixed; None for images.
    """
    mixed = (
        f"The training images are mixed in pairs (mixup {phase.mixup:g})."
        if boundary is None
        else f"The kept outputs of '{boundary}' are mixed in pairs (mixup {phase.mixup:g})."
    )
    return (
        f"{mixed} Training loss and training accuracy are those of the "
        "mixtures: they look worse than those of validation images, which are never mixed."
    )
