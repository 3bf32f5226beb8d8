"""Where training would pull before anything is trained: the gradients of one pass, with the exactly solved head."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import ExitStack

import torch
from torch import nn
from torch.nn import functional

import numpy as np

from tlft_desktop.core.control import Control
from tlft_desktop.core.data.image_source import BatchRequest
from tlft_desktop.core.models.head_boundary import HeadFeatures
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.training.device import applied_numerics, to_device
from tlft_desktop.core.training.head import choose_l2, solve_head
from tlft_desktop.core.training.heat import HeatMeter
from tlft_desktop.core.training.setup import UnusableOutputsError
from tlft_desktop.core.values.heat import EpochHeat
from tlft_desktop.core.values.plan import is_within
from tlft_desktop.core.values.probe_progress import ProbeProgress
from tlft_desktop.core.values.seeds import derive_seed
from tlft_desktop.core.values.strategy import Augmentation
from tlft_desktop.core.workflows.probe_subject import ProbeSubject, open_subject
from tlft_desktop.paths import AppPaths

MAX_IMAGES = 512
"""A mean gradient hardly changes with more; each costs about three times what a prediction costs."""
BEFORE = "before training"
"""Name of the phase of this heat."""
_BATCH = 16
_MAX_ITERATIONS = 200


def first_heat(
    project: Project, *, device: str = "auto", paths: AppPaths, control: Control
) -> Generator[ProbeProgress | EpochHeat, None, None]:
    """Yield progress, and at the end the heat of every layer of the pretrained network but its head, before it trains.

    The head is solved exactly first: a random one would pull at every layer without meaning (Kumar et al., 2022,
    arXiv 2202.10054). Then the gradient of the mean loss over the training images, at most `MAX_IMAGES` of them, is
    computed for all layers. Nothing moves, so there is no relative change.

    Args:
        project: Open in any way: nothing of it is changed.
        device: `auto`, `cpu`, `cuda`, `cuda:N` or `mps`.
        paths: Folders of the program.
        control: Asked between batches.

    Raises:
        InputError: If there are fewer than two classes with images for training.
        TlftError: If the weights are not on this machine, an image cannot be read, or the network gives numbers that
            are not finite.
        StoppedError: If a stop was requested.
    """
    with ExitStack() as stack:
        subject = yield from open_subject(
            project, stack, what="The heat of a network", device=device, paths=paths, control=control
        )
        chosen = np.unique(np.linspace(0, len(subject.images) - 1, MAX_IMAGES).round().astype(int)).tolist()
        batches = [chosen[start : start + _BATCH] for start in range(0, len(chosen), _BATCH)]
        with applied_numerics(subject.numerics):
            yield from _solve_head(subject, batches, control)
            yield (yield from _measure(subject, batches, control))


def _solve_head(
    subject: ProbeSubject, batches: Sequence[Sequence[int]], control: Control
) -> Generator[ProbeProgress, None, None]:
    """Put the best head for the network as it is in its place."""
    path = subject.tree.head_path
    extract, parts, done = HeadFeatures(subject.model, path), [], 0
    total = 2 * sum(map(len, batches))
    for images in subject.images.batches([_request(batch) for batch in batches]):
        control.raise_if_stopped()
        parts.append(extract(to_device(images, subject.numerics)).cpu())
        done += len(images)
        yield ProbeProgress("pass", done, total)
    features = torch.cat(parts)
    if not bool(torch.isfinite(features).all()):
        raise UnusableOutputsError
    labels = subject.images.labels[[index for batch in batches for index in batch]]
    l2 = choose_l2(features, labels, seed=derive_seed("folds", subject.seed), balance_classes=False)
    head = subject.model.get_submodule(path)
    assert isinstance(head, nn.Linear)
    steps = []
    for step in solve_head(
        features, labels, head.out_features, l2=l2, balance_classes=False, max_iterations=_MAX_ITERATIONS
    ):
        control.raise_if_stopped()
        steps.append(step)
    with torch.no_grad():
        head.weight.copy_(steps[-1].weight)
        head.bias.copy_(steps[-1].bias)


def _measure(
    subject: ProbeSubject, batches: Sequence[Sequence[int]], control: Control
) -> Generator[ProbeProgress, None, EpochHeat]:
    """Add up the gradients of the mean loss over all images; dropout is off and statistics stay as they are."""
    model, labels = subject.model.requires_grad_(True).eval(), subject.images.labels
    total = sum(map(len, batches))
    done = total
    for batch, images in zip(batches, subject.images.batches([_request(batch) for batch in batches]), strict=True):
        control.raise_if_stopped()
        targets = labels[list(batch)].to(subject.numerics.device)
        logits = model(to_device(images, subject.numerics)).float()
        (functional.cross_entropy(logits, targets, reduction="sum") / total).backward()  # type: ignore[no-untyped-call]
        done += len(batch)
        yield ProbeProgress("pass", done, 2 * total)
    head = subject.tree.head_path
    # The head is in balance with its penalty: its own gradient says how large that is.
    meter = HeatMeter(model, [name for name, _ in model.named_parameters() if not is_within(name, head)], {})
    if not bool(torch.isfinite(meter.gradient_norm())):
        raise UnusableOutputsError
    meter.count()
    return EpochHeat(BEFORE, 1, meter.end_epoch())


def _request(indices: Sequence[int]) -> BatchRequest:
    return BatchRequest(tuple(indices), None, Augmentation.NONE, flip=False)
