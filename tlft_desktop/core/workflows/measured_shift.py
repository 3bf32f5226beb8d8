"""How far the images of a project are from those that its network learned from."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from tlft_desktop.core.advice.source_shift import (
    SourceShift,
    answer_entropy,
    plain_border_share,
    seen_moments,
    shift_between,
    source_moments,
)
from tlft_desktop.core.control import Control
from tlft_desktop.core.models.head_boundary import HeadFeatures
from tlft_desktop.core.training.device import to_device
from tlft_desktop.core.training.features import PARTITION, ViewRows
from tlft_desktop.core.workflows.probe_subject import ProbeSubject, spread_records

MAX_SHIFT_IMAGES = 64
"""32 are enough for the moments of a domain: Schneider et al. (2020), arXiv 2006.16971."""


@dataclass(frozen=True, slots=True)
class MeasuredShift:
    """What a network sees of images, against what it saw of its source.

    Attributes:
        shift: Of its batch norms; None for a network without any.
        entropy: Of the original classifier's answers, in nats; None where the weights have none.
        inverted_entropy: The same for the images with black and white exchanged.
        plain_borders: Share of the images with a border of one colour.
        num_images: That were looked at.
    """

    shift: SourceShift | None
    entropy: float | None
    inverted_entropy: float | None
    plain_borders: float
    num_images: int


def measure_shift(subject: ProbeSubject, control: Control) -> MeasuredShift:
    """Look at a few images of each class; takes a pass of them, and two more for the original classifier.

    Raises:
        StoppedError: If a stop was requested.
    """
    chosen = spread_records(subject.records, seed=subject.seed, at_most=MAX_SHIFT_IMAGES)
    place = {record.path: number for number, record in enumerate(subject.records)}
    rows = [place[record.path] for record in chosen]
    groups = [rows[start : start + PARTITION] for start in range(0, len(rows), PARTITION)]
    request = ViewRows(len(subject.images)).request
    batches = [subject.images.load(request(group)) for group in groups]
    source, model = source_moments(subject.model), subject.model.eval()
    shift = None
    if source:
        control.raise_if_stopped()
        seen = seen_moments(model, source, (to_device(batch, subject.numerics) for batch in batches))
        shift = shift_between(source, seen) if seen else None
    entropy = _entropy(subject, batches, control)
    inverted = None if entropy is None else _entropy(subject, [_inverted(subject, batch) for batch in batches], control)
    borders = plain_border_share(torch.cat(batches), subject.preprocessing.std)
    return MeasuredShift(shift, entropy, inverted, borders, len(rows))


def _entropy(subject: ProbeSubject, batches: list[Tensor], control: Control) -> float | None:
    head, state = subject.entry.head, subject.weights.state
    weight, bias = state.get(f"{head}.weight"), state.get(f"{head}.bias")
    if weight is None or bias is None:
        return None
    extract = HeadFeatures(subject.model, subject.tree.head_path)
    features = []
    for batch in batches:
        control.raise_if_stopped()
        features.append(extract(to_device(batch, subject.numerics)).cpu())
    return answer_entropy(torch.cat(features), weight, bias)


def _inverted(subject: ProbeSubject, images: Tensor) -> Tensor:
    """Return normalised images with black and white exchanged."""
    mean, std = (
        torch.tensor(values).view(1, 3, 1, 1) for values in (subject.preprocessing.mean, subject.preprocessing.std)
    )
    return (1 - 2 * mean) / std - images
