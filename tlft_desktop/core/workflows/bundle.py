"""The trained network as a folder: weights, and everything needed to use them without this program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

import safetensors.torch

from tlft_desktop.core import fsio
from tlft_desktop.core.models.catalog import BackboneEntry
from tlft_desktop.core.values.manifest import PixelScaling
from tlft_desktop.core.values.preprocessing import Preprocessing

FINAL_FOLDER = "final"
_WEIGHTS = "model.safetensors"
_CONFIG = "config.json"
_MAX_CONFIG_BYTES = 20_000_000


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
        DamagedError: If it is not what was written.
    """
    files = fsio.read_folder(folder)
    try:
        config = fsio.parse_json(files[_CONFIG], folder / _CONFIG)
        window = config["tlft"]["scaling"]
        return Bundle(
            backbone=str(config["tlft"]["backbone"]),
            classes=tuple(str(name) for name in config["label_names"]),
            preprocessing=Preprocessing.from_json(config["tlft"]["preprocessing"]),
            scaling=PixelScaling(*map(float, window)) if window else None,
            state=safetensors.torch.load(files[_WEIGHTS]),
        )
    except (KeyError, TypeError, ValueError, safetensors.SafetensorError) as error:
        raise fsio.DamagedError(f"'{folder}' is not a bundle of this program: {error}.") from error


def _config(bundle: Bundle, entry: BackboneEntry) -> dict[str, Any]:
    """Return the configuration as timm writes it, with our own keys below `tlft`."""
    pre = bundle.preprocessing
    return {
        "architecture": entry.architecture,
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
