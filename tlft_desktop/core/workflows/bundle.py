"""The trained network as a folder: weights, and everything needed to use them without this program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

import safetensors.torch

from tlft_desktop.core import fsio
from tlft_desktop.core.models.catalog import BackboneEntry, BackboneKind, Library
from tlft_desktop.core.models.safetensors_header import check_header
from tlft_desktop.core.values.manifest import PixelScaling
from tlft_desktop.core.values.preprocessing import Preprocessing

FINAL_FOLDER = "final"
_WEIGHTS = "model.safetensors"
_CONFIG = "config.json"


@dataclass(frozen=True)
class Bundle:
    """A trained network ready for use.

    Attributes:
        backbone: Catalogue name.
        classes: Names in the order of the outputs.
        preprocessing: What the network expects of an image.
        scaling: Window for images of more than 8 bits; None where the training images were 8-bit.
        state: Parameters and buffers by name.
    """

    backbone: str
    classes: tuple[str, ...]
    preprocessing: Preprocessing
    scaling: PixelScaling | None
    state: Mapping[str, torch.Tensor]


def write_bundle(folder: Path, bundle: Bundle, entry: BackboneEntry) -> None:
    """Write the bundle; the folder appears complete or not at all, and replaces an earlier one.

    Raises:
        StorageError: If it cannot be written.
    """
    fsio.remove_tree(folder)
    state = {name: tensor.detach().cpu().contiguous().clone() for name, tensor in bundle.state.items()}
    with fsio.FolderWriter(folder) as writer:
        writer.add(_WEIGHTS, safetensors.torch.save(state, metadata={"format": "pt"}))
        writer.add(_CONFIG, fsio.json_bytes(_config(bundle, entry)))


def read_bundle(folder: Path) -> Bundle:
    """Read a bundle after checking every byte against the hashes it was written with.

    Raises:
        InputError: If a file is missing, damaged, or not what this program writes.
    """
    files = fsio.read_folder(folder)
    try:
        check_header(files[_WEIGHTS], origin=folder / _WEIGHTS)
        config = fsio.parse_json(files[_CONFIG], folder / _CONFIG)
        window = config["tlft"]["scaling"]
        return Bundle(
            backbone=str(config["tlft"]["backbone"]),
            classes=_names(config["label_names"]),
            preprocessing=Preprocessing.from_json(config["tlft"]["preprocessing"]),
            scaling=PixelScaling(*map(float, window)) if window else None,
            state=safetensors.torch.load(files[_WEIGHTS]),
        )
    except (KeyError, TypeError, ValueError, safetensors.SafetensorError) as error:
        raise fsio.DamagedError(f"'{folder}' is not a bundle of this program: {error}.") from error


def _names(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise ValueError("the names of the classes are not a list of texts")
    return tuple(value)


def _config(bundle: Bundle, entry: BackboneEntry) -> dict[str, Any]:
    """Return the configuration as timm writes it, with our own keys below `tlft`."""
    pre = bundle.preprocessing
    # timm builds its transformers for one size; without this it would build them for the size of the original weights.
    has_fixed_size = entry.library is Library.TIMM and entry.kind is BackboneKind.TRANSFORMER
    return {
        "architecture": entry.architecture,
        "model_args": {"img_size": pre.input_size} if has_fixed_size else {},
        "num_classes": len(bundle.classes),
        "label_names": list(bundle.classes),
        "pretrained_cfg": {
            "input_size": [3, pre.input_size, pre.input_size],
            "mean": list(pre.mean),
            "std": list(pre.std),
            "interpolation": pre.interpolation,
            "crop_pct": pre.crop_pct,
            "num_classes": len(bundle.classes),
            "label_names": list(bundle.classes),
        },
        "tlft": {
            "schema": 1,
            "backbone": bundle.backbone,
            "preprocessing": pre.to_json(),
            "scaling": [bundle.scaling.low, bundle.scaling.high] if bundle.scaling else None,
        },
    }
