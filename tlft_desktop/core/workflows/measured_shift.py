"""How far the images of a project are from those that its network learned from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from tlft_desktop.core.advice.source_shift import (
    Moments,
    SourceShift,
    answer_entropy,
    plain_border_share,
    seen_moments,
    shift_between,
    source_moments,
)
from tlft_desktop.core.control import Control
from tlft_desktop.core.data.reference import reference_crops
from tlft_desktop.core.data.transforms import normalise
from tlft_desktop.core.models.builder import is_norm
from tlft_desktop.core.models.head_boundary import HeadFeatures
from tlft_desktop.core.training.device import to_device
from tlft_desktop.core.training.features import PARTITION, ViewRows
from tlft_desktop.core.workflows.probe_subject import ProbeSubject, spread_records

REFERENCE_CROPS = 64
REFERENCE_OFFSET = 0.035
"""Divergence, in nats, that crops of two photographs add for images near to the source, since they are few.

Measured with EfficientNet-Lite0, whose batch norms tell what is right, on fifteen sets of images at 128 pixels:
photographs are 0.02 and 0.05 away by its batch norms, 0.07 and 0.08 by the crops; emoji 0.12 and 0.14, digits 0.31 and
0.36, noise 0.69 and 0.70. With the offset taken away all but one lie in the band in which batch norms see them."""
MAX_SHIFT_IMAGES = 64
"""32 are enough for the moments of a domain: Schneider et al. (2020), arXiv 2006.16971."""


@dataclass(frozen=True, slots=True)
class MeasuredShift:
    """What a network sees of images, against what it saw of its source.

    Attributes:
        shift: Of its norm layers; None for a network without any.
        is_by_photographs: Whether photographs had to stand for the source, since no batch norm keeps anything of it.
        entropy: Of the original classifier's answers, in nats; None where the weights have none.
        inverted_entropy: The same for the images with black and white exchanged.
        plain_borders: Share of the images with a border of one colour.
        num_images: That were looked at.
    """

    shift: SourceShift | None
    is_by_photographs: bool
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
    control.raise_if_stopped()
    kept = source_moments(subject.model)
    shift = _shift(subject, kept or _photographs_seen(subject), batches)
    if shift is not None and not kept:
        shift = shift.less(REFERENCE_OFFSET)
    entropy = _entropy(subject, batches, control)
    inverted = None if entropy is None else _entropy(subject, [_inverted(subject, batch) for batch in batches], control)
    borders = plain_border_share(torch.cat(batches), subject.preprocessing.std)
    return MeasuredShift(shift, not kept, entropy, inverted, borders, len(rows))


def _photographs_seen(subject: ProbeSubject) -> dict[str, Moments]:
    """Return what norm layers receive of photographs, in the order of the network."""
    crops = torch.from_numpy(reference_crops(REFERENCE_CROPS, subject.preprocessing.input_size))
    images = normalise(crops.permute(0, 3, 1, 2), subject.preprocessing)
    paths = [path for path, module in subject.model.named_modules() if is_norm(module)]
    return _moments(subject, paths, torch.split(images, PARTITION))


def _shift(subject: ProbeSubject, source: Mapping[str, Moments], batches: Sequence[Tensor]) -> SourceShift | None:
    seen = _moments(subject, source, batches)
    return shift_between(source, seen) if seen else None


def _moments(subject: ProbeSubject, paths: Iterable[str], batches: Iterable[Tensor]) -> dict[str, Moments]:
    ordered = tuple(paths)
    moved = (to_device(batch, subject.numerics) for batch in batches)
    found = seen_moments(subject.model.eval(), ordered, moved) if ordered else {}
    return {path: found[path] for path in ordered if path in found}


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
