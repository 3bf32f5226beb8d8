"""The trained network as a folder: weights, and everything needed to use them without this program."""

from __future__ import annotations

import importlib.resources
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

import safetensors.torch

from tlft_desktop.core import export, fsio
from tlft_desktop.core.counters import mapping
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.models.builder import library_arguments
from tlft_desktop.core.models.catalog import BackboneEntry
from tlft_desktop.core.models.safetensors_header import check_header
from tlft_desktop.core.models.weights import MAX_FILE_BYTES
from tlft_desktop.core.values.manifest import PixelScaling
from tlft_desktop.core.values.preprocessing import Preprocessing

_WEIGHTS = "model.safetensors"
_CONFIG = "config.json"
_CARD = "README.md"
_EXAMPLE = "predict_example.py"
_METADATA = "tlft"
_LONGEST_NAME = 200


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


def write_bundle(folder: Path, bundle: Bundle, entry: BackboneEntry, *, card: str) -> None:
    """Write the bundle; at any moment there is the earlier one, if there was one, or this one, whole.

    Args:
        folder: Where; an earlier bundle there is replaced.
        bundle: The network.
        entry: Its backbone.
        card: The model card, in Markdown.

    Raises:
        StorageError: If it cannot be written.
    """
    with fsio.replaced_folder(folder) as writer:
        add_files(writer, bundle, entry, card=card)


def add_files(writer: fsio.FolderWriter, bundle: Bundle, entry: BackboneEntry, *, card: str) -> None:
    """Write the files of a bundle into a new folder.

    Raises:
        StorageError: If they cannot be written.
    """
    writer.add(_WEIGHTS, _weights_bytes(bundle, {"format": "pt"}))
    writer.add(_CONFIG, fsio.json_bytes(bundle_config(bundle, entry)))
    writer.add(_CARD, card.encode("utf-8"))
    writer.add(_EXAMPLE, importlib.resources.files(export).joinpath(_EXAMPLE).read_bytes())


def single_file(bundle: Bundle, entry: BackboneEntry) -> bytes:
    """Return the whole bundle as one safetensors file: the configuration is in its metadata, under `tlft`."""
    return _weights_bytes(bundle, {"format": "pt", _METADATA: json.dumps(bundle_config(bundle, entry))})


def _weights_bytes(bundle: Bundle, metadata: Mapping[str, str]) -> bytes:
    """Return parameters and buffers as a safetensors file."""
    state = {name: tensor.detach().cpu().contiguous().clone() for name, tensor in bundle.state.items()}
    return safetensors.torch.save(state, metadata=dict(metadata))


def read_bundle(path: Path) -> Bundle:
    """Read a bundle: a folder, after checking every byte against the hashes it was written with, or a single file.

    Raises:
        InputError: If a file is missing, damaged, or not what this program writes.
    """
    if path.is_file():
        return _read_single_file(path)
    folder = fsio.surviving_folder(path).resolve()
    files = fsio.read_folder(folder, max_bytes=MAX_FILE_BYTES)
    if not {_WEIGHTS, _CONFIG} <= set(files):
        raise fsio.DamagedError(f"'{folder}' is not a bundle of this program: it lacks {_WEIGHTS} or {_CONFIG}.")
    check_header(files[_WEIGHTS], origin=folder / _WEIGHTS)
    return _bundle_of(fsio.parse_json(files[_CONFIG], folder / _CONFIG), files[_WEIGHTS], origin=folder)


def _read_single_file(path: Path) -> Bundle:
    weights = fsio.read_bytes(path, max_bytes=MAX_FILE_BYTES)
    check_header(weights, origin=path)
    length = int.from_bytes(weights[:8], "little")
    metadata = fsio.parse_json(weights[8 : 8 + length], path).get("__metadata__", {})
    if _METADATA not in metadata:
        raise InputError(
            f"'{path}' holds weights, but does not say of which network and which classes.",
            remedy="Use a file or folder that an export made (`tlft export` on the command line).",
        )
    return _bundle_of(fsio.parse_json(metadata[_METADATA].encode("utf-8"), path), weights, origin=path)


def _bundle_of(config: Mapping[str, Any], weights: bytes, *, origin: Path) -> Bundle:
    try:
        own, classes = mapping(config["tlft"], "tlft"), _names(config["label_names"])
        if config.get("num_classes", len(classes)) != len(classes):
            raise ValueError(f"it names {len(classes):,} of {str(config['num_classes'])[:40]} classes")
        window = own["scaling"]
        return Bundle(
            backbone=_text(own["backbone"]),
            classes=classes,
            preprocessing=Preprocessing.from_json(own["preprocessing"]),
            scaling=PixelScaling(*map(float, window)) if window else None,
            state=safetensors.torch.load(weights),
        )
    except (*fsio.UNREADABLE, safetensors.SafetensorError) as error:
        raise fsio.DamagedError(f"'{origin}' is not a bundle of this program: {error}.") from error


def _names(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise ValueError("the names of the classes are not a list of texts")
    if len(set(value)) < len(value):
        raise ValueError("two classes have the same name")
    return tuple(value)


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST_NAME:
        raise ValueError("the name of the backbone is none")
    return value


def bundle_config(bundle: Bundle, entry: BackboneEntry) -> dict[str, Any]:
    """Return the configuration as timm writes it, with our own keys below `tlft`.

    `model_args` names the size for networks that are built for one size: the library would take that of the original
    weights.
    """
    pre = bundle.preprocessing
    return {
        "architecture": entry.architecture,
        "model_args": library_arguments(entry, image_size=pre.input_size),
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
