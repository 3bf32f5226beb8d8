"""What a finished run answers for each validation image: logits and labels, with the hashes of the images."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import safetensors
import safetensors.numpy

from tlft_desktop.core import fsio

ARRAYS_FILE = "predictions.safetensors"
NAMES_FILE = "predictions.json"
PROBE_FOLDER = "probe"
"""Below a run: what a probe that has not learned them answers for its training images."""
NO_ANSWER = -1
"""Stands for the class where the network's answer is no number."""
_SCHEMA = 1
_MAX_NAMES_BYTES = 500_000_000


@dataclass(frozen=True)
class Predictions:
    """The answers of a run.

    Attributes:
        logits: float32, shape [images, classes].
        labels: int64, shape [images].
        hashes: SHA-256 of each image.
        classes: Names in the order of the outputs.
    """

    logits: npt.NDArray[np.float32]
    labels: npt.NDArray[np.int64]
    hashes: tuple[str, ...]
    classes: tuple[str, ...]

    def __post_init__(self) -> None:
        if self.logits.shape != (len(self.hashes), len(self.classes)) or self.labels.shape != (len(self.hashes),):
            raise ValueError(
                f"logits {self.logits.shape} and labels {self.labels.shape} do not fit "
                f"{len(self.hashes)} images and {len(self.classes)} classes"
            )
        if len(self.labels) and not 0 <= int(self.labels.min()) <= int(self.labels.max()) < len(self.classes):
            raise ValueError(f"a label is none of the {len(self.classes)} classes")


def write_predictions(run_folder: Path, predictions: Predictions) -> None:
    """Save predictions; after a kill there are either these, those before, or none.

    Raises:
        StorageError: If they cannot be written.
    """
    arrays = safetensors.numpy.save(
        {
            "logits": np.ascontiguousarray(predictions.logits, dtype=np.float32),
            "labels": np.ascontiguousarray(predictions.labels, dtype=np.int64),
        }
    )
    names = {
        "schema": _SCHEMA,
        "arrays_sha256": hashlib.sha256(arrays).hexdigest(),
        "classes": list(predictions.classes),
        "hashes": list(predictions.hashes),
    }
    # Without its names the file of arrays counts as absent.
    fsio.remove_file(run_folder / NAMES_FILE)
    fsio.write_bytes(run_folder / ARRAYS_FILE, arrays)
    fsio.write_json(run_folder / NAMES_FILE, names, seal=True)


def read_predictions(run_folder: Path) -> Predictions | None:
    """Return the predictions of a run; None if it has none.

    Raises:
        DamagedError: If they are not what was saved.
    """
    path = run_folder / ARRAYS_FILE
    try:
        names = fsio.read_json(run_folder / NAMES_FILE, max_bytes=_MAX_NAMES_BYTES, sealed=True)
    except FileNotFoundError:
        return None
    try:
        with fsio.open_regular(path) as file:
            data = file.read()
        if hashlib.sha256(data).hexdigest() != names["arrays_sha256"]:
            raise fsio.DamagedError(f"'{path}' is damaged: it is not what was saved.")
        arrays = safetensors.numpy.load(data)
        return Predictions(
            logits=arrays["logits"],
            labels=arrays["labels"],
            hashes=_texts(names["hashes"]),
            classes=_texts(names["classes"]),
        )
    except (OSError, KeyError, TypeError, ValueError, safetensors.SafetensorError) as error:
        raise fsio.DamagedError(f"'{path}' cannot be used: {error}.") from error


def _texts(values: Sequence[object]) -> tuple[str, ...]:
    return tuple(str(value) for value in values)
