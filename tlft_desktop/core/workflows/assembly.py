"""Put a run together: images, network, layer tree and feature store, ready for the trainer."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

from tlft_desktop.core.data.image_source import ImageSource
from tlft_desktop.core.data.import_images import open_pixel_store
from tlft_desktop.core.errors import StorageError
from tlft_desktop.core.models.builder import build_pretrained
from tlft_desktop.core.models.catalog import find_backbone
from tlft_desktop.core.models.loaded_weights import LoadedWeights
from tlft_desktop.core.project.cache import CacheLease, mark_manifest
from tlft_desktop.core.project.cache_budget import make_room
from tlft_desktop.core.runs.feature_store import FeatureFile, feature_folder
from tlft_desktop.core.runs.row_keys import note_keys, row_keys, take_rows
from tlft_desktop.core.settings import read_settings
from tlft_desktop.core.training.device import place_model
from tlft_desktop.core.training.features import FeatureSpec, FeatureStore, memory_features
from tlft_desktop.core.training.setup import TrainingSetup
from tlft_desktop.core.values.manifest import Manifest, Split
from tlft_desktop.core.values.numerics import Numerics
from tlft_desktop.core.values.run import RunConfig
from tlft_desktop.core.workflows.networks import layer_tree
from tlft_desktop.core.workflows.versions import library_versions
from tlft_desktop.paths import AppPaths


class RunImages:
    """Training and validation images of a run with the files they are read from."""

    def __init__(self, manifest: Manifest, config: RunConfig, paths: AppPaths) -> None:
        preprocessing = find_backbone(config.backbone).preprocessing.at_size(config.image_size)
        self._stack = ExitStack()
        store = self._stack.enter_context(
            open_pixel_store(manifest, preprocessing=preprocessing, cache_dir=paths.cache)
        )
        # Nobody may tidy the pixels away while they are read.
        self._stack.enter_context(CacheLease(store.folder))
        self.folder = store.folder

        def source(split: Split) -> ImageSource:
            return ImageSource(
                manifest.used(split),
                classes=manifest.classes,
                store=store,
                preprocessing=preprocessing,
                data_seed=config.data_seed,
            )

        self.preprocessing = preprocessing
        self.train, self.val = source(Split.TRAIN), source(Split.VAL)
        self.close = self._stack.close


class DiskFeatures:
    """Makes the feature files of a run, in the cache folder by everything that determines their content.

    Args:
        config: Of the run.
        keys: What determines the pixels of each image of a split, by `train` and `val`.
        pixels: Folder of the pixels while they are read; it is not tidied away. None where they are not.
        paths: Folders of the program.
        stack: Closes the files.
    """

    def __init__(
        self,
        config: RunConfig,
        keys: Mapping[str, Sequence[str]],
        *,
        pixels: Path | None,
        paths: AppPaths,
        stack: ExitStack,
    ) -> None:
        self._config, self._keys, self._paths, self._stack = config, keys, paths, stack
        self._preprocessing = find_backbone(config.backbone).preprocessing.at_size(config.image_size)
        self._open: dict[FeatureSpec, FeatureStore] = {}
        # In use and so marked, but a mark may fail to be written.
        self._in_use = set() if pixels is None else {pixels}
        self._limit = paths.policy.applied(read_settings(paths.settings_file)).feature_bytes

    def __call__(self, spec: FeatureSpec) -> FeatureStore:
        if spec not in self._open:
            self._open[spec] = self._make(spec)
        return self._open[spec]

    def _make(self, spec: FeatureSpec) -> FeatureStore:
        config, rows = self._config, spec.rows
        keys = self._keys[spec.split]
        key = {
            "weights": config.weights_sha256,
            "backbone": config.backbone,
            "preprocessing": self._preprocessing.to_json(),
            "boundary": spec.boundary,
            # What a head learns from may be computed in other numbers than what it is validated on.
            "split": spec.split,
            "numerics": _of_forward_passes(config.numerics),
            # Of today: a run may go on with another version than it began with.
            "torch": library_versions()["torch"],
        }
        if rows.views > 1:
            key["views"] = f"{rows.views} {rows.augmentation.value} {rows.flip} {config.data_seed}"
        kind = str(sorted(key.items()))
        key["images"] = hashlib.sha256("\n".join(keys).encode()).hexdigest()
        try:
            folder = feature_folder(self._paths.cache, str(sorted(key.items())))
            of_rows = row_keys(keys, rows.views)

            def prepare(num_bytes: int) -> None:
                self._make_room(num_bytes)
                note_keys(folder, kind=kind, keys=of_rows)

            file = FeatureFile(folder, num_rows=len(rows), width=spec.width, make_room=prepare)
            mark_manifest(folder, config.manifest)
            take_rows(file, folder, kind=kind, keys=of_rows)
        except StorageError:
            # A cache that cannot be written costs time, not the run.
            return memory_features(spec)
        self._in_use.add(folder)
        return self._stack.enter_context(file)

    def _make_room(self, num_bytes: int) -> None:
        make_room(self._paths.cache, num_bytes, limit=self._limit, keep=self._in_use)


def _of_forward_passes(numerics: Numerics) -> dict[str, Any]:
    """Return what changes the last bits of features: they are computed in batches of one size, without gradients."""
    kept = {**numerics.to_json(), "batch": 0, "micro_batch": 0}
    del kept["checkpoint_activations"]
    return kept


def assemble_run(
    config: RunConfig, manifest: Manifest, weights: LoadedWeights, *, paths: AppPaths, features_on_disk: bool
) -> tuple[ExitStack, TrainingSetup, RunImages]:
    """Return what the trainer needs, the images, and a stack that closes their files.

    Raises:
        InputError: If the weights do not fit, or the pixels cannot be read.
    """
    entry = find_backbone(config.backbone)
    stack = ExitStack()
    sources = stack.enter_context(closing(RunImages(manifest, config, paths)))
    model = build_pretrained(
        entry, num_classes=len(config.classes), weights=weights, seed=config.seed, image_size=config.image_size
    )
    keys = {"train": sources.train.keys, "val": sources.val.keys}
    features = (
        DiskFeatures(config, keys, pixels=sources.folder, paths=paths, stack=stack)
        if features_on_disk
        else memory_features
    )
    setup = TrainingSetup(
        model=place_model(model, config.numerics),
        tree=layer_tree(config.backbone, len(config.classes), config.image_size),
        strategy=config.strategy,
        train=sources.train,
        val=sources.val,
        numerics=config.numerics,
        seed=config.seed,
        manifest=config.manifest,
        features=features,
        budget_seconds=config.budget_seconds,
    )
    return stack, setup, sources
