"""The validation images of a run, read again where their pixels are kept no more."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import ExitStack

from tlft_desktop.core.control import Control
from tlft_desktop.core.data.image_source import ImageSource
from tlft_desktop.core.data.import_images import ensure_pixels, open_pixel_store
from tlft_desktop.core.models.catalog import find_backbone
from tlft_desktop.core.project.cache import CacheLease
from tlft_desktop.core.project.manifests import read_manifest
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.values.manifest import Split
from tlft_desktop.core.values.run import RunConfig
from tlft_desktop.core.values.seeds import derive_seed
from tlft_desktop.core.workflows.probe_subject import ProbeProgress, spread_records
from tlft_desktop.paths import AppPaths


def open_validation_images(
    project: Project, config: RunConfig, stack: ExitStack, *, at_most: int, paths: AppPaths, control: Control
) -> Generator[ProbeProgress, None, ImageSource]:
    """Yield progress while pixels are read again, and return validation images of a run, spread over its classes.

    Args:
        project: Open in any way: nothing of it is changed.
        config: Of the run.
        stack: Gives the pixels back when it is closed.
        at_most: How many images are taken.
        paths: Folders of the program.
        control: Asked between images.

    Raises:
        TlftError: If an image cannot be read.
        StoppedError: If a stop was requested.
    """
    manifest = read_manifest(project.root, config.manifest)
    preprocessing = find_backbone(config.backbone).preprocessing.at_size(config.image_size)
    for step in ensure_pixels(
        manifest, project.data_folder, preprocessing=preprocessing, cache_dir=paths.cache, control=control
    ):
        yield ProbeProgress("read", step.done, step.total)
    pixels = stack.enter_context(open_pixel_store(manifest, preprocessing=preprocessing, cache_dir=paths.cache))
    stack.enter_context(CacheLease(pixels.folder))
    seed = derive_seed("drift", config.data_seed)
    return ImageSource(
        spread_records(manifest.used(Split.VAL), seed=seed, at_most=at_most),
        classes=manifest.classes,
        store=pixels,
        preprocessing=preprocessing,
        data_seed=config.data_seed,
    )
