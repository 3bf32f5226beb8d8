"""Which network, and which size of the images: candidates compared on the training images of a project by probes."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

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
from tlft_desktop.core.workflows.probe_subject import ProbeProgress, ProbeSubject, open_subject
from tlft_desktop.paths import AppPaths

IMAGE_SIZES = (128, 224, 320)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A network at a size.

    Attributes:
        backbone: Name in the catalogue.
        image_size: Side of its input in pixels.
    """

    backbone: str
    image_size: int


@dataclass(frozen=True, slots=True)
class SweepPoint:
    """What probes found of a candidate.

    Attributes:
        candidate: Which one.
        accuracy, low, high: Of the linear probe at the input of the head, with its 95 % interval.
        knn_accuracy: Of the nearest neighbours.
        image_seconds: That an image takes through the network.
        parameters: Of the network with the head of the project.
        problem: Why it could not be measured; empty where it could.
    """

    candidate: Candidate
    accuracy: float = 0.0
    low: float = 0.0
    high: float = 0.0
    knn_accuracy: float = 0.0
    image_seconds: float = 0.0
    parameters: int = 0
    problem: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return plain types."""
        return {
            "backbone": self.candidate.backbone,
            "image_size": self.candidate.image_size,
            "accuracy": round(self.accuracy, 4),
            "low": round(self.low, 4),
            "high": round(self.high, 4),
            "knn_accuracy": round(self.knn_accuracy, 4),
            "image_ms": round(1000 * self.image_seconds, 3),
            "parameters": self.parameters,
            "problem": self.problem,
        }


@dataclass(frozen=True, slots=True)
class Sweep:
    """All candidates.

    Attributes:
        points: In the order of the candidates.
        best: Index of the one with the highest accuracy.
        enough: Index of the quickest one that is not measurably worse than the best.
    """

    points: tuple[SweepPoint, ...]
    best: int
    enough: int


def backbones_here(project: Project, *, paths: AppPaths) -> list[Candidate]:
    """Return the networks whose weights are on this machine, at the project's image size."""
    here = [entry for entry in backbones() if availability(paths.models_folder, entry) is not Availability.DOWNLOAD]
    return [Candidate(entry.name, project.config.image_size) for entry in here]


def image_sizes(project: Project, sizes: Sequence[int] = IMAGE_SIZES) -> list[Candidate]:
    """Return the project's network at several image sizes, its own among them."""
    return [Candidate(project.config.backbone, size) for size in sorted({*sizes, project.config.image_size})]


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
