"""How far images are from those that a network learned from, by what its norm layers see; without any image of those.

Corruptions and other domains shift the first two moments of activations; batch norms keep those of the source. Other
norm layers keep nothing: what they receive of some photographs stands for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise

import torch
from torch import Tensor, nn

import numpy as np
from numpy.typing import NDArray

from tlft_desktop.core.torch_internals import BatchNormBase

_THIRDS = 3
_LEAST_VARIANCE = 1e-12
_BORDER_SHARE = 32
_PLAIN = 0.02
"""Standard deviation of a border of one colour, of the range from black to white."""


@dataclass(frozen=True, slots=True)
class Moments:
    """Mean and variance of each channel at a place of a network.

    Attributes:
        mean, variance: float64, [C].
    """

    mean: NDArray[np.float64]
    variance: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SourceShift:
    """Distance of images to the source at three depths: medians over channels, means over layers.

    Attributes:
        divergence: Kullback-Leibler divergence of early, middle and late layers, in nats.
        distance: Squared Wasserstein distance, in variances of the source, of the same.
    """

    divergence: tuple[float, float, float]
    distance: tuple[float, float, float]

    def less(self, divergence: float) -> SourceShift:
        """Return a shift whose divergences are smaller, 0 at least."""
        early, middle, late = (max(0.0, value - divergence) for value in self.divergence)
        return SourceShift((early, middle, late), self.distance)

    @property
    def overall(self) -> float:
        """Mean divergence of the three depths."""
        return float(np.mean(self.divergence))


def source_moments(model: nn.Module) -> dict[str, Moments]:
    """Return what batch norms keep of the images that the network learned from, by path; empty where it has none."""
    found = {}
    for path, module in model.named_modules():
        if isinstance(module, BatchNormBase) and module.running_mean is not None and module.running_var is not None:
            mean, variance = module.running_mean.double().cpu().numpy(), module.running_var.double().cpu().numpy()
            found[path] = Moments(mean, variance)
    return found


def seen_moments(model: nn.Module, paths: Iterable[str], batches: Iterable[Tensor]) -> dict[str, Moments]:
    """Run a network in evaluation mode over images and return the moments of what its norm layers receive, by path.

    Args:
        model: On the device of the images.
        paths: Of norm layers; those that the network does not call are left out.
        batches: Images, [B, 3, S, S].
    """
    wanted = set(paths)
    sums = {path: _Sums(_channel_axis(model.get_submodule(path))) for path in wanted}
    with _watched(model, sums), torch.inference_mode():
        for batch in batches:
            model(batch)
    return {path: total.moments() for path, total in sums.items() if total.count}


def answer_entropy(features: Tensor, weight: Tensor, bias: Tensor) -> float:
    """Return the mean entropy of the answers of a classifier, in nats: how unsure it is of images.

    Args:
        features: [N, D].
        weight: [Z, D].
        bias: [Z].
    """
    logarithms = torch.log_softmax(features.double() @ weight.double().T + bias.double(), dim=1)
    return float(-(logarithms.exp() * logarithms).sum(dim=1).mean())


def plain_border_share(images: Tensor, deviation: Sequence[float]) -> float:
    """Return the share of images with a border of one colour, as cut-out objects and drawings have it.

    Args:
        images: Normalised, [N, 3, S, S].
        deviation: By which each channel was divided.
    """
    width = max(1, images.shape[-1] // _BORDER_SHARE)
    inside = torch.ones(images.shape[-2:], dtype=torch.bool)
    inside[width:-width, width:-width] = False
    spread = images[:, :, inside].std(dim=2) * torch.tensor(deviation)
    return float((spread.amax(dim=1) < _PLAIN).double().mean())


def shift_between(source: Mapping[str, Moments], seen: Mapping[str, Moments]) -> SourceShift:
    """Return how far what was seen is from the source.

    Args:
        source: By path, in the order of the network.
        seen: By path; layers that are missing in one of both do not count.

    Raises:
        ValueError: If the two have no layer in common.
    Source: Schneider et al. (2020), arXiv 2006.16971, for the distance of norm statistics as a measure of shift.
    """
    both = [(source[path], seen[path]) for path in source if path in seen]
    if not both:
        raise ValueError("the two have no norm layer in common")
    divergences, distances = zip(*(_distances(first, second) for first, second in both), strict=True)
    return SourceShift(_thirds(divergences), _thirds(distances))


def _distances(source: Moments, seen: Moments) -> tuple[float, float]:
    source_variance = np.maximum(source.variance, _LEAST_VARIANCE)
    seen_variance = np.maximum(seen.variance, _LEAST_VARIANCE)
    ratio, moved = seen_variance / source_variance, (seen.mean - source.mean) ** 2 / source_variance
    divergence = 0.5 * (ratio + moved - 1 - np.log(ratio))
    distance = moved + (np.sqrt(ratio) - 1) ** 2
    return float(np.median(divergence)), float(np.median(distance))


def _thirds(values: Sequence[float]) -> tuple[float, float, float]:
    """Return the means of the first, middle and last third of values in the order of the network; one at least."""
    borders = [round(len(values) * third / _THIRDS) for third in range(_THIRDS + 1)]
    early, middle, late = (
        float(np.mean(values[start:end] or values[min(start, len(values) - 1) :][:1]))
        for start, end in pairwise(borders)
    )
    return early, middle, late


def _channel_axis(module: nn.Module) -> int:
    """Return where a norm layer has channels: layer norms at the end, but for those that are made for images."""
    is_for_images = "2d" in type(module).__name__
    return -1 if isinstance(module, (nn.LayerNorm, nn.RMSNorm)) and not is_for_images else 1


class _Sums:
    """Sums of values and of their squares for each channel, which activations have along `axis`."""

    def __init__(self, axis: int) -> None:
        self.count = 0
        self._axis = axis
        self._sum: Tensor | float = 0.0
        self._squares: Tensor | float = 0.0

    def add(self, values: Tensor) -> None:
        """Take activations, [B, C, ...] or [B, ..., C]."""
        rows = values.detach().movedim(self._axis, -1).flatten(0, -2).double()
        self.count += len(rows)
        self._sum = self._sum + rows.sum(dim=0)
        self._squares = self._squares + rows.square().sum(dim=0)

    def moments(self) -> Moments:
        """Return mean and variance of all values."""
        mean = torch.as_tensor(self._sum / self.count).cpu().numpy()
        squares = torch.as_tensor(self._squares / self.count).cpu().numpy()
        return Moments(mean, np.maximum(squares - mean**2, 0.0))


@contextmanager
def _watched(model: nn.Module, sums: Mapping[str, _Sums]) -> Iterator[None]:
    """Add what the modules receive to their sums while the context is open."""

    def watch(total: _Sums, module: nn.Module) -> object:
        return module.register_forward_pre_hook(lambda _module, inputs: total.add(inputs[0]))

    handles = [watch(total, model.get_submodule(path)) for path, total in sums.items()]
    try:
        yield
    finally:
        for handle in handles:
            handle.remove()  # type: ignore[attr-defined]
