"""What enters the head of a run for its images: from the cache, or computed again."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace

import torch

from tlft_desktop.core import fsio
from tlft_desktop.core.control import Control
from tlft_desktop.core.data.import_images import ensure_pixels
from tlft_desktop.core.data.splits import unit_names
from tlft_desktop.core.errors import InputError, ResourceError, StorageError
from tlft_desktop.core.evaluation.head_folds import HeadImages
from tlft_desktop.core.models.builder import build_pretrained
from tlft_desktop.core.models.catalog import find_backbone
from tlft_desktop.core.models.folding import quickest_features
from tlft_desktop.core.models.weights import WeightsStore
from tlft_desktop.core.project.manifests import read_manifest
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.training.device import (
    applied_numerics,
    choose_device,
    default_numerics,
    place_model,
    require_available,
)
from tlft_desktop.core.training.features import (
    FeatureSpec,
    FeatureStore,
    ViewRows,
    fill_features,
    memory_features,
)
from tlft_desktop.core.values.manifest import Manifest, Split
from tlft_desktop.core.values.numerics import DataType
from tlft_desktop.core.values.probe_progress import ProbeProgress
from tlft_desktop.core.values.run import RunConfig
from tlft_desktop.core.workflows.assembly import DiskFeatures, RunImages
from tlft_desktop.core.workflows.networks import is_convolutional, layer_tree
from tlft_desktop.paths import AppPaths

_TRIES = 3
_LEARNED_FROM_AND_JUDGED = (Split.TRAIN, Split.VAL)


def head_images(
    project: Project,
    config: RunConfig,
    *,
    splits: Sequence[Split] = _LEARNED_FROM_AND_JUDGED,
    paths: AppPaths,
    control: Control,
) -> Generator[ProbeProgress, None, HeadImages]:
    """Yield progress, and return the features of the images of a run: training before validation.

    Where the cache has them neither images nor network are read. What is missing or damaged is computed as a run of
    these images would compute it, and kept.

    Args:
        project: Open in any way: nothing of it is changed.
        config: Of the run; its head is a linear layer, and what is before that counts as it was pretrained.
        splits: Of the images, training or validation or both in this order.
        paths: Folders of the program.
        control: Asked between images and between batches.

    Raises:
        InputError: If the network has no linear head, the weights are others than those of the run, or an image is gone
            or has changed.
        TlftError: If the weights are not on this machine.
        StoppedError: If a stop was requested; finished rows are kept.
    """
    manifest, config = read_manifest(project.root, config.manifest), _computable(config)
    with ExitStack() as stack:
        reader = _Reader(project, config, manifest, splits, paths, control, stack)
        features = yield from reader.read()
    records = [record for split in splits for record in manifest.used(split)]
    index_of = {name: index for index, name in enumerate(config.classes)}
    units = unit_names((record.path, record.group, record.sha256) for record in records)
    return HeadImages(
        features,
        torch.tensor([index_of[record.label] for record in records], dtype=torch.long),
        tuple(units[record.path] for record in records),
        len(config.classes),
    )


def _computable(config: RunConfig) -> RunConfig:
    """Return the configuration by which this machine computes features: with a device that it has."""
    try:
        choose_device(config.numerics.device)
        require_available(config.numerics)
    except (InputError, ResourceError):  # ResourceError: a GPU that does not compute now
        entry = find_backbone(config.backbone)
        numerics = default_numerics(
            device=choose_device(), is_convolutional=is_convolutional(entry), batch=config.numerics.batch
        )
        return replace(config, numerics=numerics)
    return config


class _Reader:
    """Reads the features of one run."""

    def __init__(
        self,
        project: Project,
        config: RunConfig,
        manifest: Manifest,
        splits: Sequence[Split],
        paths: AppPaths,
        control: Control,
        stack: ExitStack,
    ) -> None:
        self._project, self._config, self._paths, self._control = project, config, paths, control
        self._manifest, self._splits = manifest, splits
        self._tree = layer_tree(config.backbone, len(config.classes), config.image_size)
        matrix = self._tree.node(self._tree.head_path).matrix
        if not matrix:
            raise InputError(f"The head of {config.backbone} is no linear layer, so it cannot be trained on features.")
        keys = {split.value: [record.sha256 for record in manifest.used(split)] for split in splits}
        disk = DiskFeatures(config, keys, pixels=None, paths=paths, stack=stack)
        self._specs = {
            name: FeatureSpec(name, self._tree.head_path, ViewRows(len(images)), matrix[0])
            for name, images in keys.items()
            if images
        }
        self._stores = {name: disk(spec) for name, spec in self._specs.items()}

    def read(self) -> Generator[ProbeProgress, None, torch.Tensor]:
        """Yield progress, and return the features, float32 [N, D]; a cache that fails costs time only."""
        for _ in range(_TRIES):
            try:
                yield from self._fill(self._stores)
                return _joined(self._stores)
            except fsio.DamagedError:
                # Rows that are damaged, or were rounded before a value needed float32, are missing now.
                continue
            except StorageError:
                break
        stores = {name: memory_features(spec) for name, spec in self._specs.items()}
        yield from self._fill(stores)
        return _joined(stores)

    def _fill(self, stores: Mapping[str, FeatureStore]) -> Generator[ProbeProgress, None, None]:
        if not any(store.missing() for store in stores.values()):
            return
        config, entry = self._config, find_backbone(self._config.backbone)
        weights = WeightsStore(self._paths.models_folder, self._paths.site_weights).load(entry)
        if weights.sha256 != config.weights_sha256:
            raise InputError(
                f"The weights of {config.backbone} on this machine are not those that run '{config.run}' started from.",
                remedy="Bring the file with the recorded SHA-256 back.",
            )
        yield from self._read_pixels()
        model = build_pretrained(
            entry, num_classes=len(config.classes), weights=weights, seed=config.seed, image_size=config.image_size
        )
        model, before = place_model(model.eval(), config.numerics), 0
        total = sum(len(spec.rows) for spec in self._specs.values())
        with closing(RunImages(self._manifest, config, self._paths)) as images, applied_numerics(config.numerics):
            for name, store in stores.items():
                # As in a run: what a head learns from may be rounded.
                numerics = config.numerics.for_features if name == Split.TRAIN else config.numerics
                dtype = torch.bfloat16 if numerics.dtype is DataType.BFLOAT16 else torch.float32
                extract = quickest_features(model, self._tree.head_path, dtype)
                source = images.train if name == Split.TRAIN else images.val
                for done in fill_features(store, source, extract, numerics=numerics, control=self._control):
                    yield ProbeProgress("pass", before + done, total)
                before += len(self._specs[name].rows)

    def _read_pixels(self) -> Generator[ProbeProgress, None, None]:
        used = tuple(record for split in self._splits for record in self._manifest.used(split))
        steps = ensure_pixels(
            replace(self._manifest, records=used),
            self._project.data_folder,
            preprocessing=find_backbone(self._config.backbone).preprocessing.at_size(self._config.image_size),
            cache_dir=self._paths.cache,
            control=self._control,
        )
        for step in steps:
            yield ProbeProgress("read", step.done, step.total)


def _joined(stores: Mapping[str, FeatureStore]) -> torch.Tensor:
    # A copy in torch's own memory: how matrix products round depends on the alignment, and numpy's is arbitrary.
    return torch.cat([torch.from_numpy(store.read_all()).clone() for store in stores.values()])
