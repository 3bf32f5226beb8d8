"""What probes look at: the pretrained network of a project and its training images, opened together."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from torch import nn

import numpy as np

from tlft_desktop.core.control import Control
from tlft_desktop.core.data.image_source import ImageSource
from tlft_desktop.core.data.import_images import ensure_pixels, open_pixel_store
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.models.builder import build_pretrained
from tlft_desktop.core.models.catalog import BackboneEntry, find_backbone
from tlft_desktop.core.models.loaded_weights import LoadedWeights
from tlft_desktop.core.models.weights import WeightsStore
from tlft_desktop.core.project.cache import CacheLease
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.training.device import choose_device, default_numerics, place_model
from tlft_desktop.core.training.features import PARTITION
from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.core.values.manifest import ImageRecord, Split
from tlft_desktop.core.values.numerics import Numerics
from tlft_desktop.core.values.preprocessing import Preprocessing
from tlft_desktop.core.values.probe_progress import ProbeProgress
from tlft_desktop.core.values.seeds import derive_seed
from tlft_desktop.core.workflows.networks import is_convolutional, layer_tree
from tlft_desktop.paths import AppPaths

MAX_IMAGES = 2_000
"""More would make the interval of an accuracy narrower than two points, which no choice of a depth needs."""
_NUM_CLASSES_NEEDED = 2


@dataclass(frozen=True)
class ProbeSubject:
    """A network and the images that it is probed with.

    Attributes:
        entry: Its row of the catalogue.
        tree: Its layers.
        model: Pretrained, in evaluation mode, on the device of `numerics`.
        weights: As loaded, with the original classifier where the file has one.
        numerics: How features are computed.
        preprocessing: What it expects of an image.
        records: Training images, at most `MAX_IMAGES`.
        images: Their pixels.
        classes: Names of all classes of the project.
        seed: Of the project.
    """

    entry: BackboneEntry
    tree: LayerTree
    model: nn.Module
    weights: LoadedWeights
    numerics: Numerics
    preprocessing: Preprocessing
    records: tuple[ImageRecord, ...]
    images: ImageSource
    classes: tuple[str, ...]
    seed: int


def open_subject(
    project: Project,
    stack: ExitStack,
    *,
    what: str,
    device: str,
    paths: AppPaths,
    control: Control,
    backbone: str = "",
    image_size: int = 0,
) -> Generator[ProbeProgress, None, ProbeSubject]:
    """Yield progress while pixels are read again, and return the network with its images.

    The probes see training images only, of each class as large a share; validation images stay unseen.

    Args:
        project: Open in any way: nothing of it is changed.
        stack: Gives the pixels back when it is closed.
        what: What needs the images, with an article, for a sentence.
        device: `auto`, `cpu`, `cuda`, `cuda:N` or `mps`.
        paths: Folders of the program.
        control: Asked between images.
        backbone: Another network than the project's; empty for that one.
        image_size: Another side of its input in pixels; 0 for the project's.

    Raises:
        InputError: If there are fewer than two classes with images for training, the catalogue does not know the
            backbone, or it cannot work with the image size.
        TlftError: If the weights are not on this machine, or an image cannot be read.
        StoppedError: If a stop was requested.
    """
    manifest, config = project.edited_manifest, project.config
    records = _probed_records(project, what)
    entry, size = find_backbone(backbone or config.backbone), image_size or config.image_size
    tree = layer_tree(entry.name, len(manifest.classes), size)
    preprocessing = entry.preprocessing.at_size(size)
    weights = WeightsStore(paths.models_folder, paths.site_weights).load(entry)
    for step in ensure_pixels(
        manifest, project.data_folder, preprocessing=preprocessing, cache_dir=paths.cache, control=control
    ):
        yield ProbeProgress("read", step.done, step.total)
    model, numerics = _placed(entry, weights, num_classes=len(manifest.classes), image_size=size, device=device)
    store = stack.enter_context(open_pixel_store(manifest, preprocessing=preprocessing, cache_dir=paths.cache))
    stack.enter_context(CacheLease(store.folder))
    return ProbeSubject(
        entry=entry,
        tree=tree,
        model=model,
        weights=weights,
        numerics=numerics,
        preprocessing=preprocessing,
        records=tuple(records),
        images=ImageSource(
            records, classes=manifest.classes, store=store, preprocessing=preprocessing, data_seed=config.seed
        ),
        classes=tuple(manifest.classes),
        seed=config.seed,
    )


def _probed_records(project: Project, what: str) -> list[ImageRecord]:
    seed = derive_seed("depths", project.config.seed)
    records = spread_records(project.edited_manifest.used(Split.TRAIN), seed=seed, at_most=MAX_IMAGES)
    if len({record.label for record in records}) < _NUM_CLASSES_NEEDED:
        raise InputError(
            f"{what} needs training images of two classes at least.", remedy="Bring some back on the page Data."
        )
    return records


def _placed(
    entry: BackboneEntry, weights: LoadedWeights, *, num_classes: int, image_size: int, device: str
) -> tuple[nn.Module, Numerics]:
    """Return the pretrained network where it computes, and how it computes features there."""
    model = build_pretrained(entry, num_classes=num_classes, weights=weights, seed=0, image_size=image_size)
    numerics = default_numerics(
        device=choose_device(device), is_convolutional=is_convolutional(entry), batch=PARTITION
    ).for_features
    return place_model(model.eval(), numerics), numerics


def spread_records(records: Sequence[ImageRecord], *, seed: int, at_most: int) -> list[ImageRecord]:
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
