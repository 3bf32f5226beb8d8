"""Which network, and which size of the images: candidates compared on the training images of a project by probes."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack

import torch

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from tlft_desktop.core.advice.probes import is_worse, nearest_neighbours, ridge
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import InputError, TlftError
from tlft_desktop.core.models.catalog import backbones
from tlft_desktop.core.models.folding import quickest_features
from tlft_desktop.core.models.weights_folder import Availability, availability
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.stats import wilson_interval
from tlft_desktop.core.training.device import applied_numerics, autocast, to_device
from tlft_desktop.core.training.features import PARTITION, ViewRows, padded
from tlft_desktop.core.values.numerics import DataType
from tlft_desktop.core.values.probe_progress import ProbeProgress
from tlft_desktop.core.values.sweep import Candidate, Over, Sweep, SweepPoint
from tlft_desktop.core.workflows.probe_subject import ProbeSubject, open_subject
from tlft_desktop.paths import AppPaths

IMAGE_SIZES = (128, 224, 320)
_PARTS = 100
"""That the progress of a candidate is counted in."""


def backbones_here(project: Project, *, paths: AppPaths) -> list[Candidate]:
    """Return the networks whose weights are on this machine, at the project's image size."""
    here = [
        entry
        for entry in backbones()
        if availability(paths.models_folder, entry, paths.site_weights) is not Availability.DOWNLOAD
    ]
    return [Candidate(entry.name, project.config.image_size) for entry in here]


def image_sizes(project: Project, sizes: Sequence[int] = IMAGE_SIZES) -> list[Candidate]:
    """Return the project's network at several image sizes, its own among them."""
    return [Candidate(project.config.backbone, size) for size in sorted({*sizes, project.config.image_size})]


def candidates_over(project: Project, over: Over, *, paths: AppPaths) -> list[Candidate]:
    """Return what a sweep compares."""
    return backbones_here(project, paths=paths) if over is Over.BACKBONE else image_sizes(project)


def sweep_networks(
    project: Project, candidates: Sequence[Candidate], *, device: str = "auto", paths: AppPaths, control: Control
) -> Generator[ProbeProgress | SweepPoint | Sweep, None, None]:
    """Yield progress, each candidate as soon as it is measured, and the whole at the end.

    All see the same training images, and each image is classified by what was learned from the others. A candidate that
    cannot be measured is a point with a problem, as long as another one can.

    Args:
        project: Open in any way: nothing of it is changed.
        candidates: At least one.
        device: `auto`, `cpu`, `cuda`, `cuda:N` or `mps`.
        paths: Folders of the program.
        control: Asked between batches.

    Raises:
        InputError: If there are fewer than two classes with images for training, or no candidate.
        TlftError: If none of the candidates could be measured: the reason of the last one.
        StoppedError: If a stop was requested.
    """
    if not candidates:
        raise InputError("There is nothing to compare.", remedy="Get the weights of a network first.")
    points: list[SweepPoint] = []
    hits: dict[int, NDArray[np.bool_]] = {}
    problem: TlftError | None = None
    for candidate in candidates:
        try:
            point, right = yield from _measured(project, candidate, device=device, paths=paths, control=control)
            hits[len(points)] = right
        except TlftError as error:
            control.raise_if_stopped()
            point, problem = SweepPoint(candidate, problem=str(error)), error
        points.append(point)
        yield point
    if not hits and problem is not None:
        raise problem
    yield _compared(tuple(points), hits)


def with_whole_progress(
    steps: Iterable[ProbeProgress | SweepPoint | Sweep], num_candidates: int
) -> Iterator[ProbeProgress | SweepPoint | Sweep]:
    """Yield the steps of a sweep, with how far the whole is in place of how far each candidate is.

    Images that are read again count for half of a candidate; where none are, the pass counts for all of it.
    """
    number, has_read = 0, False
    for step in steps:
        if isinstance(step, ProbeProgress):
            share, is_read = step.done / max(1, step.total), step.stage == "read"
            has_read = has_read or is_read
            within = share / 2 if is_read else (1 + share) / 2 if has_read else share
            yield ProbeProgress(step.stage, round(_PARTS * (number + within)), _PARTS * num_candidates)
            continue
        number, has_read = number + 1, False
        yield step


def _measured(
    project: Project, candidate: Candidate, *, device: str, paths: AppPaths, control: Control
) -> Generator[ProbeProgress, None, tuple[SweepPoint, NDArray[np.bool_]]]:
    with ExitStack() as stack:
        subject = yield from open_subject(
            project,
            stack,
            what="A comparison of networks",
            device=device,
            paths=paths,
            control=control,
            backbone=candidate.backbone,
            image_size=candidate.image_size,
        )
        features, seconds = yield from _features(subject, control)
    labels = subject.images.labels.numpy()
    with threadpool_limits(limits=1):
        linear, neighbours = ridge(features, labels), nearest_neighbours(features, labels)
    low, high = wilson_interval(linear.num_hits, len(labels))
    point = SweepPoint(
        candidate,
        accuracy=linear.accuracy,
        low=low,
        high=high,
        knn_accuracy=neighbours.accuracy,
        image_seconds=seconds,
        parameters=subject.tree.node("").parameters,
    )
    return point, linear.hits


def _features(
    subject: ProbeSubject, control: Control
) -> Generator[ProbeProgress, None, tuple[NDArray[np.float32], float]]:
    """Run the network once over all images; return its features and the seconds of an image.

    The first batch makes memory ready and counts for no time, where there is another one.
    """
    images, numerics = subject.images, subject.numerics
    dtype = torch.bfloat16 if numerics.dtype is DataType.BFLOAT16 else torch.float32
    extract = quickest_features(subject.model, subject.tree.head_path, dtype)
    rows = ViewRows(len(images))
    groups = [list(range(start, min(start + PARTITION, len(rows)))) for start in range(0, len(rows), PARTITION)]
    parts: list[NDArray[np.float32]] = []
    taken: list[float] = []
    with applied_numerics(numerics), torch.inference_mode():
        batches: Iterator[torch.Tensor] = images.batches([rows.request(padded(group)) for group in groups])
        for group, batch in zip(groups, batches, strict=True):
            control.raise_if_stopped()
            started = time.monotonic()
            with autocast(numerics):
                outputs = extract(to_device(batch, numerics))
            parts.append(outputs[: len(group)].cpu().numpy())
            taken.append((time.monotonic() - started) / len(batch))
            yield ProbeProgress("pass", sum(map(len, parts)), len(images))
    return np.concatenate(parts), float(np.median(taken[1:] or taken))


def _compared(points: tuple[SweepPoint, ...], hits: Mapping[int, NDArray[np.bool_]]) -> Sweep:
    best = max(hits, key=lambda place: (points[place].accuracy, -points[place].image_seconds))
    equal = [place for place, right in hits.items() if not is_worse(right, hits[best])]
    return Sweep(points, best, min(equal, key=lambda place: points[place].image_seconds))
