"""What networks look at, for the window; loads torch, so only `lazy.py` imports it, behind the window."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace

import torch

from threadpoolctl import ThreadpoolController

from tlft_desktop.core.control import Control
from tlft_desktop.core.data.byte_lru import ByteLru
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.evaluation.answers import answers_of
from tlft_desktop.core.evaluation.overlay import Pixels, difference_layer, gray_picture, heat_layer
from tlft_desktop.core.evaluation.saliency import SaliencyMap
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.runs.predictions import read_predictions
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.training.memory import free_memory
from tlft_desktop.core.workflows.explain_words import BEST, LAST, PICTURE_SIDE, Asked, Shown, overlap_words
from tlft_desktop.core.workflows.explaining import ExplainedNetwork, PictureReader
from tlft_desktop.core.workflows.learned_images import LearnedImages
from tlft_desktop.core.workflows.prediction import load_last_state, load_run
from tlft_desktop.freed_memory import return_freed_memory
from tlft_desktop.gui.look_values import AskedNetwork, Layers, Look, LookCheck, LookDifference, LookWish
from tlft_desktop.gui.workers.task import Progress

MAX_NETWORK_BYTES = 1 << 30
"""For networks that are kept: dozens of small ones, or three of the size of a base vision transformer."""
SHORT_MEMORY_BYTES = 2 << 30
"""With less left than this a training that begins gets the memory of the networks."""
_CHECK_STEPS = 100
_OCCLUSION_SHARE = 0.9
"""Of the time of a check: 81 patches, and two shuffled networks."""


@dataclass(frozen=True)
class _Source:
    """What was looked at, to go on from there.

    Attributes:
        shown: Map and image.
        pixels: The image as the network receives it, uint8 [H, W, 3].
        network: It.
    """

    shown: Shown
    pixels: Pixels
    network: ExplainedNetwork


class CoreLooks:
    """The real looks at images with the networks of one project; see `look_values.Looks`.

    Args:
        project: The open project; nothing of it is changed.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._lock = threading.Lock()
        self._networks: ByteLru[tuple[object, ...], ExplainedNetwork] = ByteLru(
            MAX_NETWORK_BYTES, lambda network: network.num_bytes
        )
        self._learned = LearnedImages(project)
        self._reader: PictureReader | None = None
        self._pools = ThreadpoolController()

    def prepare(self, network: AskedNetwork) -> None:
        """Start what reads images, and load a network."""
        with self._lock:
            self._opened_reader()
            self._network(network)

    def look(self, network: AskedNetwork, wish: LookWish, control: Control) -> Look:
        """Return what a network looked at."""
        with self._lock, self._threads(wish.threads):
            reader, explained = self._opened_reader(), self._network(network)
            control.raise_if_stopped()
            bundle = explained.bundle
            pixels = reader.read(wish.path, bundle, control=control)
            side = max(PICTURE_SIDE, bundle.preprocessing.resize_side)
            picture = reader.read(wish.path, bundle, side=side, control=control)
            control.raise_if_stopped()
            found = explained.explain(pixels, class_name=wish.class_name or None, stage=wish.stage or None)
            is_learned = self._learned.has(network.run, wish.path)
        asked = Asked(1, network.run, network.name, LAST if network.is_last else BEST)
        shown = Shown(asked, found, None, None, picture, is_learned)
        return Look(
            network=network,
            answer=found.answer,
            probability=found.probabilities[found.answer],
            class_name=found.class_name,
            share=found.probability,
            classes=bundle.classes,
            stages=explained.stages,
            lines=tuple(filter(None, (shown.learned_words(), shown.map_words(), shown.place_words(), found.remark))),
            warning=shown.border_words(),
            layers=_layers(picture, found.saliency),
            source=_Source(shown, pixels, explained),
        )

    def difference(self, first: Look, second: Look) -> LookDifference:
        """Return what the heat of a second network has more than that of the first, of one image."""
        one, other = _source(first).shown, _source(second).shown
        found = other.difference_from(one)
        if found is None:
            return LookDifference("", None)
        picture = other.picture
        return LookDifference(
            overlap_words(found.overlap, one.asked),
            _packed(picture, gray_picture(picture), difference_layer(found)),
        )

    def check(self, look: Look, control: Control) -> Iterator[Progress | LookCheck]:
        """Cover the image patch by patch, and shuffle weights; the last item is what came of it."""
        source = _source(look)
        steps = source.network.occlude(source.pixels, look.class_name, control=control)
        yield Progress(0, _CHECK_STEPS)
        while True:
            try:
                with self._lock:
                    share = next(steps)
            except StopIteration as end:
                occlusion: SaliencyMap = end.value
                break
            yield Progress(round(_OCCLUSION_SHARE * share * _CHECK_STEPS), _CHECK_STEPS)
        control.raise_if_stopped()
        with self._lock:
            randomised = source.network.randomise(source.pixels, source.shown.explanation)
        checked = replace(source.shown, occlusion=occlusion, randomised=randomised)
        yield LookCheck(tuple(checked.check_words()), _layers(checked.picture, occlusion))

    def wrong_images(self, run: str) -> tuple[str, ...]:
        """Return the SHA-256 of the validation images that a run has wrong."""
        predictions = read_predictions(RunStore(self._project.root).folder(run))
        if predictions is None:
            raise InputError(f"The run '{run}' keeps no answers for its validation images.")
        right = answers_of(predictions).right
        return tuple(name for name, is_right in zip(predictions.hashes, right.tolist(), strict=True) if not is_right)

    def release_networks(self) -> None:
        """Forget the networks if memory is short: a training needs it more."""
        if free_memory("cpu") < SHORT_MEMORY_BYTES:
            self._networks.clear()
            return_freed_memory()

    def close(self) -> None:
        """Give everything back."""
        with self._lock:
            self._networks.clear()
            reader, self._reader = self._reader, None
        if reader is not None:
            reader.__exit__()

    def _network(self, network: AskedNetwork) -> ExplainedNetwork:
        key = (network.run, network.is_last, network.version)
        kept = self._networks.get(key)
        if kept is None:
            load = load_last_state if network.is_last else load_run
            kept = ExplainedNetwork(load(self._project, network.run))
            self._networks.put(key, kept)
        return kept

    def _opened_reader(self) -> PictureReader:
        if self._reader is None:
            self._reader = PictureReader().__enter__()
        return self._reader

    @contextlib.contextmanager
    def _threads(self, number: int) -> Iterator[None]:
        """Let torch compute with so many threads in this thread alone: its own setting holds for the whole process."""
        if not number:
            yield
            return
        # A thread takes torch's number with its first look at it, which must come before.
        torch.get_num_threads()
        with self._pools.limit(limits=number, user_api="openmp"):
            yield


def _source(look: Look) -> _Source:
    assert isinstance(look.source, _Source)
    return look.source


def _layers(picture: Pixels, saliency: SaliencyMap) -> Layers:
    height, width = picture.shape[:2]
    return _packed(picture, gray_picture(picture, saliency), heat_layer(saliency, height=height, width=width))


def _packed(plain: Pixels, gray: Pixels, heat: Pixels) -> Layers:
    height, width = plain.shape[:2]
    return Layers(width, height, plain.tobytes(), gray.tobytes(), heat.tobytes())
