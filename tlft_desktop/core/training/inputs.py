"""Where the batches of a phase come from, and what computes the logits of them."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from typing import Protocol

from torch import Tensor, nn

from tlft_desktop.core.data.image_source import BatchRequest, ImageSource
from tlft_desktop.core.models.recomputing import recomputed_network


class Inputs(Protocol):
    """What a phase trains on: images, or what a frozen front made of them."""

    def training_batches(self, requests: Iterable[BatchRequest]) -> Generator[Tensor, None, None]:
        """Yield a batch [B, ...] of training images for each request in order, the next ones loaded ahead."""

    def validation_batches(self, requests: Iterable[BatchRequest]) -> Generator[Tensor, None, None]:
        """Yield a batch [B, ...] of validation images for each request in order."""

    def logits_in_training(self, batch: Tensor) -> Tensor:
        """Return logits [B, C] in the modes of training."""

    def logits(self, batch: Tensor) -> Tensor:
        """Return logits [B, C] in evaluation mode, into which the network was put."""

    def recompute_activations(self, frozen: frozenset[str]) -> None:
        """Keep less for the backward pass from now on; the network is in the modes of training.

        Args:
            frozen: Owners that do not train.

        Raises:
            UntraceableError: If that is not possible; everything is kept then.
        """


class WholeNetwork:
    """Images, and the network itself."""

    def __init__(self, model: nn.Module, train: ImageSource, val: ImageSource) -> None:
        self._model, self._train, self._val = model, train, val
        self._in_training: Callable[[Tensor], Tensor] = model

    def training_batches(self, requests: Iterable[BatchRequest]) -> Generator[Tensor, None, None]:
        """Yield normalised images [B, 3, S, S]."""
        return self._train.batches(requests)

    def validation_batches(self, requests: Iterable[BatchRequest]) -> Generator[Tensor, None, None]:
        """Yield normalised images [B, 3, S, S]."""
        return self._val.batches(requests)

    def logits_in_training(self, batch: Tensor) -> Tensor:
        """Return logits [B, C] in the modes of training."""
        return self._in_training(batch)

    def logits(self, batch: Tensor) -> Tensor:
        """Return logits [B, C] in the modes that the network is in."""
        logits: Tensor = self._model(batch)
        return logits

    def recompute_activations(self, frozen: frozenset[str]) -> None:
        """Keep less for the backward pass from now on."""
        self._in_training = recomputed_network(self._model, frozen, image_size=self._train.image_size)
