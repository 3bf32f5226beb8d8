"""Classify images with a trained run or with a bundle; the images are foreign, so helper processes decode them."""

from __future__ import annotations

import math
import os
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import torch
from torch import nn

from tlft_desktop.core import fsio
from tlft_desktop.core.control import Control
from tlft_desktop.core.data.probe_exchange import Probed, ProbeRequest
from tlft_desktop.core.data.probe_pool import ProbePool
from tlft_desktop.core.data.sources.folders import is_hidden
from tlft_desktop.core.data.sources.found import MAX_FILES
from tlft_desktop.core.data.suffixes import SUFFIXES
from tlft_desktop.core.data.thumbnails import Pixels, fit_within
from tlft_desktop.core.data.transforms import evaluation_view, normalise
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.evaluation.gradcam import NOT_A_NUMBER
from tlft_desktop.core.models.builder import build_network
from tlft_desktop.core.models.catalog import BackboneEntry, find_backbone
from tlft_desktop.core.models.folding import quickest_features
from tlft_desktop.core.models.network_layout import require_tensors, state_layout
from tlft_desktop.core.project.manifests import read_manifest
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.runs.checkpoint import load_best, load_last
from tlft_desktop.core.runs.checkpoint_files import FINAL_FOLDER
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.training.device import lay_out
from tlft_desktop.core.values.manifest import Manifest
from tlft_desktop.core.values.preprocessing import Preprocessing
from tlft_desktop.core.values.run import RunConfig
from tlft_desktop.core.workflows.bundle import Bundle, read_bundle
from tlft_desktop.core.workflows.networks import is_convolutional, run_layout
from tlft_desktop.freed_memory import return_freed_memory
from tlft_desktop.paths import AppPaths

BATCH = 16
NUM_TOP = 5
_LARGEST_SIZE = 1024
_INTERPOLATIONS = ("bicubic", "bilinear")


@dataclass(frozen=True, slots=True)
class Prediction:
    """What the network says of one image.

    Attributes:
        path: The image.
        class_name: The likeliest class; empty after an error.
        probability: Of that class, 0 to 1; 0 after an error.
        top: The likeliest classes with their probabilities, the likeliest first.
        error: Why the image could not be classified; empty if it was.
        preview: The image to look at, uint8 [H, W, 3], where one was asked for and the image could be read.
    """

    path: Path
    class_name: str = ""
    probability: float = 0.0
    top: tuple[tuple[str, float], ...] = ()
    error: str = ""
    preview: Pixels | None = field(default=None, compare=False, repr=False)


def predict(
    project: Project, run: str, images: Sequence[Path], *, paths: AppPaths, control: Control
) -> Iterator[Prediction]:
    """Classify images with the best state of a run, in the order of `find_images`.

    Raises:
        InputError: If the run has no trained network, or there is no image.
        StoppedError: If `control` asks to stop.
    """
    yield from predict_with_bundle(load_run(project, run), images, control=control)


def load_run(project: Project, run: str) -> Bundle:
    """Return the best network of a run: its bundle, or for a run that has not ended what its checkpoint holds.

    Raises:
        InputError: If there is none yet, or it is damaged.
    """
    store = RunStore(project.root)
    final = fsio.surviving_folder(store.folder(run) / FINAL_FOLDER)
    if final.is_dir():
        return read_bundle(final)
    config, manifest = _described(project, run)
    checkpoint = load_best(store.checkpoints_folder(run), run_layout(config, manifest))
    if checkpoint is None:
        raise InputError(f"The run '{run}' has no trained network yet.", remedy="Train it to its end, or resume it.")
    return _bundle_of_run(config, manifest, checkpoint.state.best_network())


def load_last_state(project: Project, run: str) -> Bundle:
    """Return the network of a run as its newest checkpoint holds it, be it good or not.

    Raises:
        InputError: If there is no checkpoint, or none that is whole.
    """
    config, manifest = _described(project, run)
    checkpoint = load_last(RunStore(project.root).checkpoints_folder(run), run_layout(config, manifest))
    if checkpoint is None:
        raise InputError(f"The run '{run}' keeps no checkpoint of its last step.")
    return _bundle_of_run(config, manifest, checkpoint.state.last_network())


def _described(project: Project, run: str) -> tuple[RunConfig, Manifest]:
    config = RunStore(project.root).config(run)
    return config, read_manifest(project.root, config.manifest)


def _bundle_of_run(config: RunConfig, manifest: Manifest, state: Mapping[str, torch.Tensor]) -> Bundle:
    return Bundle(
        backbone=config.backbone,
        classes=config.classes,
        preprocessing=find_backbone(config.backbone).preprocessing.at_size(config.image_size),
        scaling=manifest.scaling,
        state=state,
    )


def predict_with_bundle(
    bundle: Bundle, images: Sequence[Path], *, control: Control, preview_side: int = 0
) -> Generator[Prediction, None, None]:
    """Classify images with a bundle, in the order of `find_images`; a bad image is a result with an error.

    Args:
        bundle: The network.
        images: Files and folders.
        control: Stop requests.
        preview_side: Long side of the pictures to look at, in pixels; 0 for none.

    Raises:
        InputError: If the bundle cannot be used, or there is no image.
        StoppedError: If `control` asks to stop.
    """
    found = find_images(images, control=control)
    network = _Network(bundle, preview_side)
    waiting: list[tuple[Path, Probed]] = []
    try:
        for path, answer in zip(found, decode_in_order(found, bundle, control), strict=True):
            waiting.append((path, answer))
            if len(waiting) == BATCH:
                yield from network.classify(waiting)
                waiting = []
        yield from network.classify(waiting)
    finally:
        return_freed_memory()


def find_images(paths: Iterable[Path], *, control: Control) -> list[Path]:
    """Return the images that `paths` name; folders are searched by suffix, links to folders in them not followed.

    A path that is no folder is returned as it is, whatever it is: reading it tells.

    Raises:
        InputError: If nothing is found, or too much.
    """
    given = list(paths)
    found: list[Path] = []
    for path in given:
        found += _images_below(path, control) if path.is_dir() else [path]
        if len(found) > MAX_FILES:
            raise InputError(f"'{path}' holds more than {MAX_FILES:,} images.", remedy="Choose a smaller folder.")
    if not found:
        names = ", ".join(f"'{path}'" for path in given[:3])
        raise InputError(f"There is no image in {names}.", remedy=f"Known suffixes are {', '.join(sorted(SUFFIXES))}.")
    return found


def _images_below(folder: Path, control: Control) -> Iterator[Path]:
    num_found = 0
    for parent, folders, files in os.walk(folder):
        control.raise_if_stopped()
        folders[:] = sorted(name for name in folders if not is_hidden(name))
        for name in sorted(files):
            if not is_hidden(name) and os.path.splitext(name)[1].casefold() in SUFFIXES:
                num_found += 1
                yield Path(parent, name)
        if num_found > MAX_FILES:
            return


def decode_in_order(images: Sequence[Path], bundle: Bundle, control: Control) -> Iterator[Probed]:
    """Yield what the helper processes read for a bundle, in the order of `images`; not the order of getting ready.

    Raises:
        StoppedError: If `control` asks to stop.
    """
    requests = (
        ProbeRequest(
            key=str(index),
            path=os.path.abspath(path),
            side=bundle.preprocessing.resize_side,
            interpolation=bundle.preprocessing.interpolation,
            scaling=bundle.scaling,
        )
        for index, path in enumerate(images)
    )
    early: dict[int, Probed] = {}
    turn = 0
    with ProbePool(min(2, len(images))) as pool, closing(pool.probe(requests, control=control)) as answers:
        for answer in answers:
            early[int(answer.request.key)] = answer
            while turn in early:
                yield early.pop(turn)
                turn += 1


def network_of(bundle: Bundle) -> nn.Module:
    """Return the network of a bundle, ready to classify.

    Raises:
        InputError: If the bundle holds what this program never writes, or its weights do not fit.
    """
    _check(bundle)
    entry = find_backbone(bundle.backbone)
    size = bundle.preprocessing.input_size
    try:
        # Before the network is built: names are cheap, and each asks for a row of the head.
        _require_outputs(bundle, entry)
        model = build_network(entry, num_classes=len(bundle.classes), seed=0, image_size=size)
        require_tensors(state_layout(bundle.state), state_layout(model.state_dict()))
    except ValueError as error:
        message = f"The weights do not fit {entry.name} with {len(bundle.classes):,} classes: {error}."
        raise InputError(message) from error
    model.load_state_dict(dict(bundle.state))
    return model.eval()


def _require_outputs(bundle: Bundle, entry: BackboneEntry) -> None:
    name = f"{entry.head}.weight"
    if name not in bundle.state:
        raise ValueError(f"they lack '{name}'")
    shape = tuple(bundle.state[name].shape)
    if shape[:1] != (len(bundle.classes),):
        raise ValueError(f"'{name}' has the shape {list(shape)}")


class _Network:
    """A network of a bundle that classifies."""

    def __init__(self, bundle: Bundle, preview_side: int) -> None:
        entry = find_backbone(bundle.backbone)
        layout = torch.channels_last if is_convolutional(entry) else torch.contiguous_format
        model = network_of(bundle)
        lay_out(model, layout)
        self._layout, self._head = layout, model.get_submodule(entry.head)
        self._features = quickest_features(model, entry.head)
        self._bundle, self._preview_side = bundle, preview_side

    def classify(self, decoded: Sequence[tuple[Path, Probed]]) -> Iterator[Prediction]:
        """Yield a prediction for each image, in order."""
        pixels = [answer.pixels for _, answer in decoded if answer.pixels is not None]
        rows = iter(self._probabilities([evaluation_view(item, self._bundle.preprocessing) for item in pixels]))
        for path, answer in decoded:
            if answer.pixels is None:
                yield Prediction(path, error=answer.error)
                continue
            row = next(rows)
            preview = fit_within(answer.pixels, self._preview_side) if self._preview_side else None
            if not bool(torch.isfinite(row).all()):
                yield Prediction(path, error=NOT_A_NUMBER, preview=preview)
                continue
            top = self._top(row)
            yield Prediction(path, class_name=top[0][0], probability=top[0][1], top=top, preview=preview)

    def _probabilities(self, views: Sequence[torch.Tensor]) -> list[torch.Tensor]:
        if not views:
            return []
        images = normalise(torch.stack(list(views)), self._bundle.preprocessing)
        with torch.inference_mode():
            features = self._features(images.contiguous(memory_format=self._layout))
            return list(self._head(features).float().softmax(dim=1))

    def _top(self, probabilities: torch.Tensor) -> tuple[tuple[str, float], ...]:
        values, indices = probabilities.topk(min(NUM_TOP, len(probabilities)))
        classes = self._bundle.classes
        return tuple((classes[index], value) for index, value in zip(indices.tolist(), values.tolist(), strict=True))


def _check(bundle: Bundle) -> None:
    """Refuse what no bundle of this program holds: a bundle may come from somebody else."""
    pre: Preprocessing = bundle.preprocessing
    numbers = (pre.crop_pct, *pre.mean, *pre.std)
    if (
        not 8 <= pre.input_size <= _LARGEST_SIZE
        or not all(math.isfinite(number) for number in numbers)
        or not 0.1 <= pre.crop_pct <= 1
        or min(pre.std) <= 0
        or pre.interpolation not in _INTERPOLATIONS
        or len(bundle.classes) < 2
    ):
        raise InputError("The bundle describes its images in a way that this program never writes.")
    if not all(bool(torch.isfinite(tensor).all()) for tensor in bundle.state.values() if tensor.is_floating_point()):
        raise InputError("The weights hold values that are not finite numbers.")
