"""The images of a run, read again where their pixels are kept no more, and what a network answers for them."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from contextlib import ExitStack

import torch
from torch import Tensor, nn

from tlft_desktop.core.control import Control
from tlft_desktop.core.data.image_source import ImageSource
from tlft_desktop.core.data.import_images import ensure_pixels, open_pixel_store
from tlft_desktop.core.models.catalog import find_backbone
from tlft_desktop.core.project.cache import CacheLease
from tlft_desktop.core.project.manifests import read_manifest
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.training.device import applied_numerics, autocast, to_device
from tlft_desktop.core.values.manifest import ImageRecord, Manifest, Split
from tlft_desktop.core.values.numerics import Numerics
from tlft_desktop.core.values.probe_progress import ProbeProgress
from tlft_desktop.core.values.run import RunConfig
from tlft_desktop.core.values.seeds import derive_seed
from tlft_desktop.core.workflows.probe_subject import spread_records
from tlft_desktop.paths import AppPaths


def open_run_images(
    project: Project,
    config: RunConfig,
    stack: ExitStack,
    *,
    split: Split,
    at_most: int | None = None,
    paths: AppPaths,
    control: Control,
) -> Generator[ProbeProgress, None, ImageSource]:
    """Yield progress while pixels are read again, and return the images of a split of a run.

    Args:
        project: Open in any way: nothing of it is changed.
        config: Of the run.
        stack: Gives the pixels back when it is closed.
        split: Which images.
        at_most: How many are taken, of each class as large a share; None for all.
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
    return ImageSource(
        run_records(manifest, config, split=split, at_most=at_most),
        classes=manifest.classes,
        store=pixels,
        preprocessing=preprocessing,
        data_seed=config.data_seed,
    )


def run_records(
    manifest: Manifest, config: RunConfig, *, split: Split, at_most: int | None = None
) -> tuple[ImageRecord, ...]:
    """Return the images of a split of a run in their order: all, or `at_most`, of each class as large a share."""
    records = manifest.used(split)
    if at_most is None:
        return records
    return tuple(spread_records(records, seed=derive_seed("drift", config.data_seed), at_most=at_most))


def answers(model: nn.Module, batches: Iterable[Tensor], numerics: Numerics, control: Control) -> Iterator[Tensor]:
    """Yield the logits, float32 [B, C] on the CPU, of each batch of normalised images.

    Args:
        model: In evaluation mode, where `numerics` say.
        batches: float32 [B, 3, S, S] each.
        numerics: How it computes.
        control: Asked between batches.

    Raises:
        StoppedError: If a stop was requested.
    """
    with applied_numerics(numerics), torch.inference_mode():
        for batch in batches:
            control.raise_if_stopped()
            with autocast(numerics):
                logits = model(to_device(batch, numerics))
            yield logits.float().cpu()
