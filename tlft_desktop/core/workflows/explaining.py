"""What a trained network looked at in one image: a map of the class, checks of that map, and where its heat lies."""

from __future__ import annotations

import os
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from torch import Tensor

import numpy as np
from numpy.typing import NDArray

from tlft_desktop.core.control import Control
from tlft_desktop.core.data.byte_lru import ByteLru
from tlft_desktop.core.data.probe_exchange import ProbeRequest
from tlft_desktop.core.data.probe_pool import ProbePool
from tlft_desktop.core.data.transforms import centre_corner, evaluation_view, normalise
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.evaluation.gradcam import NOT_A_NUMBER, grad_cam, reaches_the_answer
from tlft_desktop.core.evaluation.occlusion import occlusion_map
from tlft_desktop.core.evaluation.randomised import shuffled_network
from tlft_desktop.core.evaluation.saliency import SaliencyMap, agreement
from tlft_desktop.core.models.spatial import Place, measured_place, spatial_layer
from tlft_desktop.core.values.manifest import ImageRecord, Manifest
from tlft_desktop.core.workflows.bundle import Bundle
from tlft_desktop.core.workflows.networks import layer_tree
from tlft_desktop.core.workflows.prediction import network_of

COARSE_SIDE = 4
"""A map with fewer places in a row tells little more than which half."""
_KEPT_BYTES = 64 << 20
"""For images that were read: about fifty, each for a network and for people."""
Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class Explanation:
    """What one network says of one image, and which places speak for it.

    Attributes:
        answer: The likeliest class.
        class_name: The class that the map is of.
        probabilities: Of all classes, by name, 0 to 1.
        stage: Layer at which the map was taken.
        saliency: The map, in units of the class's logit.
    """

    answer: str
    class_name: str
    probabilities: dict[str, float]
    stage: str
    saliency: SaliencyMap

    @property
    def probability(self) -> float:
        """Of the class that the map is of."""
        return self.probabilities[self.class_name]

    @property
    def remark(self) -> str:
        """What limits the map, in a sentence; empty where nothing does."""
        side = len(self.saliency.values)
        if self.saliency.is_empty:
            stage, name = self.stage, self.class_name
            return f"Nothing at '{stage}' speaks for '{name}', so the map is empty: try an earlier stage."
        if side < COARSE_SIDE:
            return f"The map has {side} x {side} places only: larger images, or an earlier stage, show more."
        return ""


@dataclass(frozen=True, slots=True)
class Randomised:
    """How alike maps of networks that forgot something are to the map; near 1 it does not show what was learned.

    Attributes:
        head: Rank correlation with the map of a network whose head was shuffled; None where there is none.
        last_stage: The same with the last stage shuffled as well.
    """

    head: float | None
    last_stage: float | None


class ExplainedNetwork:
    """A network of a bundle that tells what it looks at; to be kept while more images, classes or stages may follow.

    One image takes about as long as classifying it twice. Not to be called from several threads at once.

    Args:
        bundle: The network.

    Attributes:
        bundle: What is known of the network, without its weights: it has them once, not twice.

    Raises:
        InputError: If the bundle cannot be used.
    """

    def __init__(self, bundle: Bundle) -> None:
        self.bundle = replace(bundle, state={})
        self._model = network_of(bundle)
        self._tree = layer_tree(bundle.backbone, len(bundle.classes), bundle.preprocessing.input_size)
        self._places: dict[str | None, Place] = {}

    @property
    def num_bytes(self) -> int:
        """Size of the weights."""
        tensors = (*self._model.parameters(), *self._model.buffers())
        return sum(tensor.numel() * tensor.element_size() for tensor in tensors)

    @property
    def stages(self) -> tuple[str, ...]:
        """The stages in front of the head, in execution order; some of them may not tell places apart."""
        return self._tree.stages[:-1]

    def explain(self, pixels: Pixels, *, class_name: str | None = None, stage: str | None = None) -> Explanation:
        """Return the map of a class, without `class_name` of the likeliest one.

        Args:
            pixels: uint8 [H, W, 3], the short side as the bundle's preprocessing resizes it.
            class_name: A class of the network.
            stage: Stage or layer at which the map is taken; by default the last one that tells places apart.

        Raises:
            InputError: If there is no such class or stage, the stage has no spatial extent, or the answer of the
                network is not a number.
        """
        place = self.place(stage)
        found = grad_cam(self._model, place, self._image(pixels), self._index(class_name))
        shares = found.logits.softmax(dim=0).tolist()
        classes = self.bundle.classes
        return Explanation(
            answer=classes[int(found.logits.argmax())],
            class_name=classes[found.class_index],
            probabilities=dict(zip(classes, shares, strict=True)),
            stage=place.path,
            saliency=SaliencyMap(found.values, self._box(pixels)),
        )

    def occlude(self, pixels: Pixels, class_name: str, *, control: Control) -> Generator[float, None, SaliencyMap]:
        """Yield which share is done, and return how much the probability of a class drops where a patch covers it.

        Raises:
            InputError: If there is no such class, or an answer of the network is not a number.
            StoppedError: If `control` asks to stop.
        """
        index = self._index(class_name)
        assert index is not None
        values = yield from occlusion_map(self._probabilities, self._image(pixels), index, control=control)
        return SaliencyMap(values, self._box(pixels))

    def randomise(self, pixels: Pixels, explanation: Explanation) -> Randomised:
        """Return how alike the maps of the network with a shuffled head, and last stage as well, are to a map of it.

        Raises:
            InputError: If the answer of a shuffled network is not a number.
        """
        place, index, image = self.place(explanation.stage), self._index(explanation.class_name), self._image(pixels)
        last = self._tree.stages[-2]
        behind = (*self._tree.head_owners, *(item for item in self._tree.owners if self._tree.node(item).stage == last))
        found = []
        for owners in (self._tree.head_owners, behind):
            values = grad_cam(shuffled_network(self._model, owners, seed=0), place, image, index).values
            found.append(agreement(explanation.saliency, SaliencyMap(values, explanation.saliency.box)))
        return Randomised(*found)

    def place(self, stage: str | None = None) -> Place:
        """Return where a map is taken; measured once for each stage.

        Raises:
            InputError: As `explain`.
        """
        if stage not in self._places:
            place = self._last_place() if stage is None else self._named_place(stage)
            self._places |= {stage: place, place.path: place}
        return self._places[stage]

    def _named_place(self, stage: str) -> Place:
        size = self.bundle.preprocessing.input_size
        place = measured_place(self._model, spatial_layer(self._tree, stage), image_size=size)
        # Without tokens in front all places are read: gradients of 0 would tell of an image, not of the network.
        if place.layout.prefix and not reaches_the_answer(self._model, place, image_size=size):
            raise InputError(
                f"Behind '{stage}' the answer does not depend on places of the picture: the class token alone is read.",
                remedy="Name an earlier stage.",
            )
        return place

    def _last_place(self) -> Place:
        for stage in reversed(self._tree.stages[:-1]):
            try:
                return self._named_place(stage)
            except InputError:
                continue
        size = self.bundle.preprocessing.input_size
        raise InputError(
            f"No stage of {self.bundle.backbone} tells places of an image of {size} pixels apart.",
            remedy="Train with larger images.",
        )

    def _index(self, class_name: str | None) -> int | None:
        if class_name is None:
            return None
        if class_name not in self.bundle.classes:
            raise InputError(
                f"The network has no class '{class_name}'.", remedy=f"It has {_listed(self.bundle.classes)}."
            )
        return self.bundle.classes.index(class_name)

    def _image(self, pixels: Pixels) -> Tensor:
        return normalise(evaluation_view(pixels, self.bundle.preprocessing)[None], self.bundle.preprocessing)

    def _probabilities(self, images: Tensor) -> Tensor:
        logits = self._model(images).float()
        if not bool(torch.isfinite(logits).all()):
            raise InputError(NOT_A_NUMBER)
        shares: Tensor = logits.softmax(dim=1)
        return shares

    def _box(self, pixels: Pixels) -> tuple[float, float, float, float]:
        height, width = pixels.shape[:2]
        size = self.bundle.preprocessing.input_size
        top, left = centre_corner(height, width, size)
        return left / width, top / height, (left + size) / width, (top + size) / height


class PictureReader:
    """Reads images in a helper process, in the sizes that networks and people need; a context manager.

    The last ones are kept until their files change. Not to be called from several threads at once.
    """

    def __init__(self) -> None:
        self._pool = ProbePool(1, is_asked_soon=True)
        self._kept: ByteLru[tuple[ProbeRequest, object], Pixels] = ByteLru(_KEPT_BYTES, lambda pixels: pixels.nbytes)

    def __enter__(self) -> PictureReader:
        self._pool.__enter__()
        return self

    def __exit__(self, *reason: object) -> None:
        self._pool.__exit__(None, None, None)

    def read(self, path: Path, bundle: Bundle, *, side: int = 0, control: Control) -> Pixels:
        """Return an image as the network of a bundle wants it, uint8 [H, W, 3], or with another short side.

        Args:
            path: The file.
            bundle: Tells how it is resized and scaled.
            side: The short side, in pixels; 0 for that of the network.
            control: Asked while a helper works.

        Raises:
            InputError: If it cannot be read; names the file and the reason.
            StoppedError: If `control` asks to stop.
        """
        pre = bundle.preprocessing
        request = ProbeRequest(
            key="",
            path=str(path.absolute()),
            side=side or pre.resize_side,
            interpolation=pre.interpolation,
            scaling=bundle.scaling,
        )
        key = request, _version(path)
        kept = self._kept.get(key)
        if kept is not None:
            return kept
        (answer,) = self._pool.probe([request], control=control)
        if answer.pixels is None:
            raise InputError(f"'{path}': {answer.error}")
        self._kept.put(key, answer.pixels)
        return answer.pixels


def find_image(name: str, manifest: Manifest, data_folder: Path) -> tuple[Path, ImageRecord | None]:
    """Return the file that `name` means, and its row where it is an image of the project.

    It is a file, or a path as the project lists it, or the name of one of its files.

    Raises:
        InputError: If it is none, or means more than one.
    """
    by_path = {record.path: record for record in manifest.records}
    if name in by_path:
        return data_folder / name, by_path[name]
    file = Path(name)
    if file.exists():
        resolved, root = file.resolve(), data_folder.resolve()
        below = resolved.relative_to(root).as_posix() if resolved.is_relative_to(root) else ""
        return file, by_path.get(below)
    found = [record for record in manifest.records if record.path.rpartition("/")[2] == name]
    if len(found) == 1:
        return data_folder / found[0].path, found[0]
    if found:
        raise InputError(f"'{name}' means {len(found)} images of the project: {_listed([r.path for r in found])}.")
    raise InputError(
        f"'{name}' is neither a file nor an image of the project.",
        remedy="Name it by its path in the folder of images, such as 'roses/1.jpg'; the page Data shows them all.",
    )


def _version(path: Path) -> object:
    """Return what differs after a file was written again."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):  # gone, or no name of a file: reading it says so
        return None
    return found.st_mtime_ns, found.st_size


def _listed(names: Sequence[str], most: int = 8) -> str:
    shown = ", ".join(f"'{name}'" for name in names[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most} more"
