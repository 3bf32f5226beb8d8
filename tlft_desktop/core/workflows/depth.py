"""The depth curve of a project: one pass over its training images, then probes at every depth."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

import torch
from torch import Tensor, fx

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from tlft_desktop.core.advice.depth_curve import DepthCurve, DepthPlace, ProbedDepth, depth_curve_of, probe_depth
from tlft_desktop.core.advice.logistic_probe import LogisticFolds, LogisticProbe
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.freezing.borders import Border, DepthScale
from tlft_desktop.core.freezing.footprint import PlanMeter
from tlft_desktop.core.models.cut_points import CutPoint, deepest_cut, find_cuts
from tlft_desktop.core.models.folding import fold_norms
from tlft_desktop.core.models.split import network_with_taps
from tlft_desktop.core.models.tracing import UntraceableError
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.training.device import applied_numerics, autocast, to_device
from tlft_desktop.core.training.features import PARTITION, ViewRows, padded
from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.core.values.numerics import DataType, Numerics
from tlft_desktop.core.values.probe_progress import ProbeProgress
from tlft_desktop.core.values.seeds import derive_seed
from tlft_desktop.core.workflows.probe_subject import ProbeSubject, open_subject
from tlft_desktop.paths import AppPaths

MAX_DEPTHS = 24


@dataclass(frozen=True, slots=True)
class DepthFeatures:
    """What one pass of the images gives at every depth.

    Attributes:
        places: In execution order; the last is the input of the head.
        values: Features of each place, [N, D].
        labels: Of the images, [N].
    """

    places: tuple[DepthPlace, ...]
    values: tuple[NDArray[np.float32], ...]
    labels: NDArray[np.int64]


def depth_curve(
    project: Project, *, device: str = "auto", paths: AppPaths, control: Control
) -> Generator[ProbeProgress | DepthCurve, None, None]:
    """Yield progress, and the curve of the project's backbone at the end.

    The probes see training images only, at most `MAX_IMAGES` of them, of each class as large a share; each image is
    classified by what was learned from the others. Validation images stay unseen.

    Args:
        project: Open in any way: nothing of it is changed.
        device: `auto`, `cpu`, `cuda`, `cuda:N` or `mps`.
        paths: Folders of the program.
        control: Asked between batches and between depths.

    Raises:
        InputError: If there are fewer than two classes with images for training, or the network cannot be traced.
        TlftError: If its weights are not on this machine, or an image cannot be read.
        StoppedError: If a stop was requested.
    """
    with ExitStack() as stack:
        subject = yield from open_subject(
            project, stack, what="A depth curve", device=device, paths=paths, control=control
        )
        features = yield from depth_features(subject, control)
    curve = depth_curve_of((yield from probed_depths(features, control)))
    found = yield from logistic_probes(subject, features, curve.turns, control)
    yield with_probes(curve, found)


def depth_features(subject: ProbeSubject, control: Control) -> Generator[ProbeProgress, None, DepthFeatures]:
    """Run the network once over all images; yield progress and return the features of every depth.

    Raises:
        InputError: If the network cannot be traced.
        StoppedError: If a stop was requested.
    """
    tree, model, images = subject.tree, subject.model, subject.images
    try:
        depths = _depths(tree, find_cuts(model, image_size=images.image_size))
        network = _pooling_network(model, tree, [cut for _, cut in depths], subject.numerics)
    except UntraceableError as error:
        raise InputError(f"The depths of '{subject.entry.name}' cannot be told apart. {error}") from error
    values = yield from _pass_images(network, subject, control)
    body, meter = DepthScale(tree).borders[-1].num_owners, PlanMeter(tree)
    borders = [*((border.path, border.num_owners) for border, _ in depths), ("", body)]
    places = tuple(DepthPlace(path, owners, meter.front_share(owners)) for path, owners in borders)
    return DepthFeatures(places, tuple(values), images.labels.numpy())


def probed_depths(features: DepthFeatures, control: Control) -> Generator[ProbeProgress, None, list[ProbedDepth]]:
    """Probe every depth; yield progress and return what was found.

    Raises:
        StoppedError: If a stop was requested.
    """
    depths: list[ProbedDepth] = []
    # Threads of small products wait for each other longer than they compute.
    with threadpool_limits(limits=1):
        for place, values in zip(features.places, features.values, strict=True):
            control.raise_if_stopped()
            depths.append(probe_depth(values, features.labels, place))
            yield ProbeProgress("probe", len(depths), len(features.places))
    return depths


def logistic_probes(
    subject: ProbeSubject, features: DepthFeatures, places: Sequence[int], control: Control
) -> Generator[ProbeProgress, None, dict[int, tuple[LogisticFolds, LogisticProbe]]]:
    """Ask logistic regression at some depths, by index; yield progress and return what was found, with its folds.

    Raises:
        StoppedError: If a stop was requested.
    """
    found: dict[int, tuple[LogisticFolds, LogisticProbe]] = {}
    seed = derive_seed("folds", subject.seed)
    for place in places:
        yield ProbeProgress("folds", len(found), len(places))
        control.raise_if_stopped()
        folds = LogisticFolds(features.values[place], features.labels, num_classes=len(subject.classes), seed=seed)
        found[place] = folds, folds.probe(control)
    yield ProbeProgress("folds", len(places), len(places))
    return found


def with_probes(curve: DepthCurve, found: Mapping[int, tuple[LogisticFolds, LogisticProbe]]) -> DepthCurve:
    """Return a curve with what `logistic_probes` found."""
    return curve.with_logistic({place: (probe.accuracy, *probe.interval()) for place, (_, probe) in found.items()})


def _depths(tree: LayerTree, cuts: Sequence[CutPoint]) -> list[tuple[Border, CutPoint]]:
    """Return the places to probe in front of the head, each once, spread over the depth of the network."""
    found: dict[str, tuple[Border, CutPoint]] = {}
    scale = DepthScale(tree)
    for border in scale.borders[1:-1]:
        cut = deepest_cut(cuts, frozenset(tree.owners[: border.num_owners]))
        if cut is not None:
            found.setdefault(cut.name, (border, cut))
    places = list(found.values())
    if len(places) < MAX_DEPTHS:
        return places
    return [places[round(number)] for number in np.linspace(0, len(places) - 1, MAX_DEPTHS - 1)]


def _pooling_network(
    model: torch.nn.Module, tree: LayerTree, cuts: Sequence[CutPoint], numerics: Numerics
) -> fx.GraphModule:
    dtype = torch.bfloat16 if numerics.dtype is DataType.BFLOAT16 else torch.float32
    return fold_norms(network_with_taps(model, tree.head_path, cuts, pooled), dtype)


def pooled(values: Tensor) -> Tensor:
    """Return the mean of each channel, float32 [B, C], of [B, C, H, W], [B, H, W, C], tokens [B, T, C], or [B, C].

    Which side of four counts channels is told from the two that are equal: images are square.
    """
    values = values.float()
    if values.ndim == 4:
        is_last = values.shape[1] == values.shape[2] != values.shape[3]
        return values.mean(dim=(1, 2)) if is_last else values.mean(dim=(2, 3))
    if values.ndim == 3:
        return values.mean(dim=1)
    return values.flatten(1).clone()


def _pass_images(
    network: fx.GraphModule, subject: ProbeSubject, control: Control
) -> Generator[ProbeProgress, None, list[NDArray[np.float32]]]:
    """Run the network once over all images; return the features of each depth, [N, D]."""
    images, numerics = subject.images, subject.numerics
    rows = ViewRows(len(images))
    groups = [list(range(start, min(start + PARTITION, len(rows)))) for start in range(0, len(rows), PARTITION)]
    parts: list[list[NDArray[np.float32]]] = []
    done = 0
    with applied_numerics(numerics), torch.inference_mode():
        batches = images.batches([rows.request(padded(group)) for group in groups])
        for group, batch in zip(groups, batches, strict=True):
            control.raise_if_stopped()
            with autocast(numerics):
                outputs = network(to_device(batch, numerics))
            parts.append([value[: len(group)].cpu().numpy() for value in outputs])
            done += len(group)
            yield ProbeProgress("pass", done, len(images))
    return [np.concatenate(values) for values in zip(*parts, strict=True)]
