"""The depth curve of a project: one pass over its training images, then probes at every depth."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

import torch
from torch import Tensor, fx

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from tlft_desktop.core.advice.depth_curve import DepthCurve, DepthPlace, ProbedDepth, depth_curve_of, probe_depth
from tlft_desktop.core.control import Control
from tlft_desktop.core.data.image_source import ImageSource
from tlft_desktop.core.data.import_images import ensure_pixels, open_pixel_store
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.freezing.borders import Border, DepthScale
from tlft_desktop.core.freezing.footprint import PlanMeter
from tlft_desktop.core.models.builder import build_pretrained
from tlft_desktop.core.models.catalog import find_backbone
from tlft_desktop.core.models.cut_points import CutPoint, deepest_cut, find_cuts
from tlft_desktop.core.models.folding import fold_norms
from tlft_desktop.core.models.split import network_with_taps
from tlft_desktop.core.models.tracing import UntraceableError
from tlft_desktop.core.models.weights import WeightsStore
from tlft_desktop.core.project.cache import CacheLease
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.training.device import (
    applied_numerics,
    autocast,
    choose_device,
    default_numerics,
    place_model,
    to_device,
)
from tlft_desktop.core.training.features import PARTITION, ViewRows, padded
from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.core.values.manifest import ImageRecord, Split
from tlft_desktop.core.values.numerics import DataType, Numerics
from tlft_desktop.core.values.seeds import derive_seed
from tlft_desktop.core.workflows.networks import is_convolutional, layer_tree_of
from tlft_desktop.paths import AppPaths

MAX_IMAGES = 2_000
"""More would make the interval of an accuracy narrower than two points, which no choice of a depth needs."""
MAX_DEPTHS = 24
_NUM_CLASSES_NEEDED = 2


@dataclass(frozen=True, slots=True)
class DepthProgress:
    """How far the curve is.

    Attributes:
        stage: `read` for images that are read again, `pass` for images through the network, `probe` for depths.
        done, total: Images or depths.
    """

    stage: str
    done: int
    total: int


def depth_curve(
    project: Project, *, device: str = "auto", paths: AppPaths, control: Control
) -> Generator[DepthProgress | DepthCurve, None, None]:
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
    manifest, config = project.edited_manifest, project.config
    records = spread_records(manifest.used(Split.TRAIN), seed=derive_seed("depths", config.seed))
    if len({record.label for record in records}) < _NUM_CLASSES_NEEDED:
        raise InputError(
            "A depth curve needs training images of two classes at least.", remedy="Bring some back on the page Data."
        )
    entry, tree = find_backbone(config.backbone), layer_tree_of(project)
    preprocessing = entry.preprocessing.at_size(config.image_size)
    weights = WeightsStore(paths.models_folder).load(entry)
    for step in ensure_pixels(
        manifest, project.data_folder, preprocessing=preprocessing, cache_dir=paths.cache, control=control
    ):
        yield DepthProgress("read", step.done, step.total)
    model = build_pretrained(
        entry, num_classes=len(manifest.classes), weights=weights, seed=0, image_size=config.image_size
    )
    numerics = default_numerics(
        device=choose_device(device), is_convolutional=is_convolutional(entry), batch=PARTITION
    ).for_features
    with ExitStack() as stack:
        store = stack.enter_context(open_pixel_store(manifest, preprocessing=preprocessing, cache_dir=paths.cache))
        stack.enter_context(CacheLease(store.folder))
        images = ImageSource(
            records, classes=manifest.classes, store=store, preprocessing=preprocessing, data_seed=config.seed
        )
        try:
            depths = _depths(tree, find_cuts(model, image_size=config.image_size))
            network = _pooling_network(place_model(model.eval(), numerics), tree, [cut for _, cut in depths], numerics)
        except UntraceableError as error:
            raise InputError(f"The depths of '{config.backbone}' cannot be told apart. {error}") from error
        features = yield from _pass_images(network, images, numerics, control)
    labels = images.labels.numpy()
    borders = [border for border, _ in depths]
    yield from _probed(tree, borders, features, labels, control)


def spread_records(records: Sequence[ImageRecord], *, seed: int, at_most: int = MAX_IMAGES) -> list[ImageRecord]:
    """Return records in their order: all, or a random part that has of each class as large a share as of the others."""
    if len(records) <= at_most:
        return list(records)
    order = np.random.default_rng(seed).permutation(len(records))
    sizes: dict[str, int] = {}
    rank = np.empty(len(records))
    for place in order:
        label = records[place].label
        sizes[label] = sizes.get(label, 0) + 1
        rank[place] = sizes[label]
    # Of each class the first come first; a class with few images keeps one at least.
    share = np.array([(rank[place] - 1) / sizes[record.label] for place, record in enumerate(records)])
    chosen = np.sort(np.argsort(share, kind="stable")[:at_most])
    return [records[place] for place in chosen]


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
    network: fx.GraphModule, images: ImageSource, numerics: Numerics, control: Control
) -> Generator[DepthProgress, None, list[NDArray[np.float32]]]:
    """Run the network once over all images; return the features of each depth, [N, D]."""
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
            yield DepthProgress("pass", done, len(images))
    return [np.concatenate(values) for values in zip(*parts, strict=True)]


def _probed(
    tree: LayerTree,
    borders: Sequence[Border],
    features: Sequence[NDArray[np.float32]],
    labels: NDArray[np.int64],
    control: Control,
) -> Iterator[DepthProgress | DepthCurve]:
    meter = PlanMeter(tree)
    body = DepthScale(tree).borders[-1].num_owners
    places = [*((border.path, border.num_owners) for border in borders), ("", body)]
    depths: list[ProbedDepth] = []
    # Threads of small products wait for each other longer than they compute.
    with threadpool_limits(limits=1):
        for (cut, num_owners), values in zip(places, features, strict=True):
            control.raise_if_stopped()
            place = DepthPlace(cut, num_owners, meter.front_share(num_owners))
            depths.append(probe_depth(values, labels, place))
            yield DepthProgress("probe", len(depths), len(places))
    yield depth_curve_of(depths)
