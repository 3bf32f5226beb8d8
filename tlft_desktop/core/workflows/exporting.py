"""Hand a trained network to others: written, loaded again, and named only if it answers as it did before."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn

from tlft_desktop.core import fsio
from tlft_desktop.core.control import Control
from tlft_desktop.core.data.transforms import evaluation_view, normalise
from tlft_desktop.core.errors import InputError, NotVerifiedError, StorageError, UsageError
from tlft_desktop.core.export import predict_example
from tlft_desktop.core.export.formats import ExportFormat
from tlft_desktop.core.export.model_card import BlendFacts
from tlft_desktop.core.models.catalog import find_backbone
from tlft_desktop.core.project.manifests import read_manifest
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.manifest import Split
from tlft_desktop.core.workflows.bundle import Bundle, add_files, read_bundle, single_file
from tlft_desktop.core.workflows.card import card_of_run
from tlft_desktop.core.workflows.prediction import decode_in_order, load_run, network_of

MAX_IMAGES = 64
"""Validation images that an export is verified with, spread over all of them."""
TOLERANCE = 1e-4
"""Largest difference of a probability: more than rounding, less than anybody would notice."""
_BATCH = 16
_MARGIN_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export made.

    Attributes:
        path: The folder or file.
        num_bytes: Its size.
        num_images: Validation images for which the answers were compared.
    """

    path: Path
    num_bytes: int
    num_images: int


def export_run(project: Project, run: str, output: Path, *, form: ExportFormat, control: Control) -> Exported:
    """Write the best network of a run in a form for others; `output` appears only after it was verified.

    Args:
        project: The project; it may be open for reading only.
        run: Identifier of the run.
        output: Folder or file to make; nothing is overwritten.
        form: In which form.
        control: Asked to stop.

    Raises:
        TlftError: As `export_network`.
    """
    return export_network(project, run, load_run(project, run), output, form=form, control=control)


def export_network(
    project: Project,
    run: str,
    bundle: Bundle,
    output: Path,
    *,
    form: ExportFormat,
    control: Control,
    blend: BlendFacts | None = None,
) -> Exported:
    """Write the network of a run, or a blend of it with another one, as `export_run` does.

    Args:
        project: The project; it may be open for reading only.
        run: Identifier of the run, whose images the written network is verified with.
        bundle: The network.
        output: Folder or file to make; nothing is overwritten.
        form: In which form.
        control: Asked to stop.
        blend: What the model card says of a blend.

    Raises:
        UsageError: If `output` exists or has the wrong suffix.
        InputError: If there is no folder for `output`.
        NotVerifiedError: If the written network answers differently, or no image is there to verify it with.
        StorageError: If it cannot be written.
        StoppedError: If `control` asks to stop.
    """
    require_output(output, form)
    fsio.remove_temporaries(output.parent.resolve(), own=False)
    fsio.require_free_space(output.absolute().parent, _size(bundle) + _MARGIN_BYTES)
    images = _validation_views(project, run, bundle, control)
    expected = _probabilities(network_of(bundle), images, bundle, control)
    aside = fsio.temporary_name(output)
    try:
        if form is ExportFormat.BUNDLE:
            load = _write_bundle(project, run, bundle, aside, blend)
        else:
            load = _write_single_file(bundle, aside)
        _compare(_probabilities(load(), images, bundle, control), expected)
        num_bytes = sum(path.stat().st_size for path in aside.iterdir()) if aside.is_dir() else aside.stat().st_size
        fsio.move(aside, output)
    except BaseException:
        with contextlib.suppress(StorageError):
            (fsio.remove_tree if aside.is_dir() else fsio.remove_file)(aside)
        raise
    return Exported(output, num_bytes, len(images))


def require_output(output: Path, form: ExportFormat) -> None:
    """Refuse what cannot be made, before anything is computed for it.

    Raises:
        UsageError: If `output` exists or has the wrong suffix.
        InputError: If there is no folder for it.
    """
    fsio.require_absent(output)
    if form is ExportFormat.SAFETENSORS and output.suffix.lower() != ".safetensors":
        raise UsageError(f"'{output}' is to be a safetensors file.", remedy="Name a file NAME.safetensors.")
    if not output.absolute().parent.is_dir():
        raise InputError(f"There is no folder '{output.absolute().parent}'.")


def _size(bundle: Bundle) -> int:
    return sum(tensor.numel() * tensor.element_size() for tensor in bundle.state.values())


def _write_bundle(
    project: Project, run: str, bundle: Bundle, folder: Path, blend: BlendFacts | None
) -> Callable[[], nn.Module]:
    """Write a bundle and return what loads it as those do who have it and not this program."""
    store = RunStore(project.root)
    config, summary = store.config(run), store.summary(run)
    card = card_of_run(
        store.folder(run),
        config,
        read_manifest(project.root, config.manifest),
        state=summary.state.value,
        frozen_proof=summary.frozen_proof,
        blend=blend,
    )
    with fsio.FolderWriter(folder) as writer:
        add_files(writer, bundle, find_backbone(bundle.backbone), card=card)

    def load() -> nn.Module:
        read_bundle(folder)
        return predict_example.load_network(folder, predict_example.read_config(folder))

    return load


def _write_single_file(bundle: Bundle, path: Path) -> Callable[[], nn.Module]:
    """Write one file and return what loads it as this program does."""
    fsio.write_bytes(path, single_file(bundle, find_backbone(bundle.backbone)))
    return lambda: network_of(read_bundle(path))


def _validation_views(project: Project, run: str, bundle: Bundle, control: Control) -> list[torch.Tensor]:
    """Return the evaluation views, uint8 [3, S, S], of validation images of the run that are still there."""
    records = read_manifest(project.root, RunStore(project.root).config(run).manifest).used(Split.VAL)
    chosen = records[:: max(1, math.ceil(len(records) / MAX_IMAGES))]
    paths = [project.data_folder / record.path for record in chosen]
    views = [
        evaluation_view(answer.pixels, bundle.preprocessing)
        for answer in decode_in_order(paths, bundle, control)
        if answer.pixels is not None
    ]
    if not views:
        raise NotVerifiedError(
            "None of the validation images can be read, so an export could not be verified; nothing was written.",
            remedy=f"Bring the images back to '{project.data_folder}'.",
        )
    return views


def _probabilities(
    network: nn.Module, views: list[torch.Tensor], bundle: Bundle, control: Control
) -> torch.Tensor:  # float32 [images, classes]
    rows = []
    with torch.inference_mode():
        for start in range(0, len(views), _BATCH):
            control.raise_if_stopped()
            images = normalise(torch.stack(views[start : start + _BATCH]), bundle.preprocessing)
            rows.append(network(images).float().softmax(dim=1))
    return torch.cat(rows)


def _compare(found: torch.Tensor, expected: torch.Tensor) -> None:
    # Not `difference > TOLERANCE`: with answers that are no numbers every comparison is false.
    if found.shape == expected.shape and bool(((found - expected).abs() <= TOLERANCE).all()):
        return
    raise NotVerifiedError(
        "The exported network does not answer as the trained one does, so nothing was kept.",
        remedy="`tlft check` tells whether the run is damaged.",
    )
