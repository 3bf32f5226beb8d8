"""What fastai makes of the same images and the same pretrained body, as its course teaches it.

fastai is no part of this program: it is measured where somebody has installed it.
"""

from __future__ import annotations

import importlib.util
import time
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn

from tlft_desktop.core.children import safe_workers
from tlft_desktop.core.errors import UsageError
from tlft_desktop.core.models.catalog import BackboneEntry
from tlft_desktop.core.models.loaded_weights import LoadedWeights

FROZEN_EPOCHS, TUNED_EPOCHS = 5, 2
_BATCH = 32
_LOADERS = 2


@dataclass(frozen=True, slots=True)
class FastaiResult:
    """What fastai took and reached.

    Attributes:
        frozen_seconds: From the first file to the end of the epochs with the body frozen, validation included.
        accuracy: Best validation accuracy of those epochs, 0 to 1.
        tuned_seconds: Of the training part of the last epoch, with everything trained.
        num_train: Training images.
    """

    frozen_seconds: float
    accuracy: float
    tuned_seconds: float
    num_train: int


def require_fastai() -> None:
    """Make sure that fastai can be measured here.

    Raises:
        UsageError: If it is not installed.
    """
    if importlib.util.find_spec("fastai") is None:
        raise UsageError(
            "fastai is not installed, so it cannot be measured.",
            remedy='Install it beside this program: `pip install "tlft-desktop[bench]"`.',
        )


@safe_workers()
def fastai_loop(images: Path, entry: BackboneEntry, weights: LoadedWeights, *, image_size: int) -> FastaiResult:
    """Train with `freeze`, `fit_one_cycle`, `unfreeze`, `fit_one_cycle`, and `aug_transforms`.

    Args:
        images: Folder with `train` and `val`, each with a folder for each class.
        entry: The backbone, one of timm's.
        weights: Its pretrained weights.
        image_size: Side of the images in pixels.

    Raises:
        UsageError: If fastai is not installed.
    Source: fastai, "Computer vision intro" (vision_learner, fine_tune); https://docs.fast.ai/tutorial.vision.html.
    """
    require_fastai()
    # Not with the other modules: it is not installed with this program.
    from fastai.vision import all as vision

    class Clock(vision.Callback):  # type: ignore[misc]
        """Takes the time of the training part of each epoch."""

        def before_train(self) -> None:
            self.began = time.monotonic()

        def after_train(self) -> None:
            self.seconds = time.monotonic() - self.began

    vision.set_seed(0)
    started = time.monotonic()
    mean, std = entry.preprocessing.mean, entry.preprocessing.std
    loaders = vision.ImageDataLoaders.from_folder(
        images,
        train="train",
        valid="val",
        item_tfms=vision.Resize(image_size),
        batch_tfms=[*vision.aug_transforms(), vision.Normalize.from_stats(mean, std)],
        bs=_BATCH,
        num_workers=_LOADERS,
        device=torch.device("cpu"),
    )
    clock = Clock()
    learner = vision.vision_learner(
        loaders, entry.architecture, pretrained=False, normalize=False, metrics=vision.accuracy, cbs=clock
    )
    _load_body(learner.model, weights)
    learner.freeze()
    with learner.no_bar(), learner.no_logging():
        learner.fit_one_cycle(FROZEN_EPOCHS)
        frozen_seconds = time.monotonic() - started
        accuracy = max(float(values[-1]) for values in learner.recorder.values)
        learner.unfreeze()
        learner.fit_one_cycle(TUNED_EPOCHS)
    return FastaiResult(frozen_seconds, accuracy, clock.seconds, len(loaders.train_ds))


def _load_body(model: nn.Module, weights: LoadedWeights) -> None:
    """Put the pretrained weights into the body that fastai made of timm's network; its head is fastai's own."""
    body = model.get_submodule("0.model")
    body.load_state_dict({name: weights.state[name] for name in body.state_dict()})
