"""Which backbone a file of weights belongs to, so that `tlft weights import FILE` need not be told."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from tlft_desktop.core import fsio
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.models.catalog import BackboneEntry, Library, backbones
from tlft_desktop.core.models.conversion import native_state
from tlft_desktop.core.models.safetensors_header import (
    MAX_HEADER_BYTES,
    TensorInfo,
    looks_like_safetensors,
    read_header,
)

_CONFIG_FILE = "config.json"
_MAX_HEAD_WIDTH = 2048
_BUFFER_ALLOWANCE = 1.05


def identify_weights(path: Path) -> BackboneEntry:
    """Return the backbone whose weights `path` holds: by its name, a `config.json` of timm beside it, or its tensors.

    Nothing but the header of the file is read; whether it is usable is for `WeightsStore.import_file` to say.

    Raises:
        InputError: If the file cannot be read, or belongs to no backbone or to several.
    """
    named = _by_name(path) or _by_config(path)
    if named is not None:
        return named
    matches = list(_by_tensors(path))
    if len(matches) == 1:
        return matches[0]
    if matches:
        names = ", ".join(entry.name for entry in matches)
        raise InputError(
            f"'{path}' fits several backbones: {names}.",
            remedy=f"Rename it to the one you mean, such as '{matches[0].weights.file_name}'.",
        )
    raise InputError(f"'{path}' belongs to no backbone of the catalogue.", remedy="`tlft backbones` lists them.")


def _by_name(path: Path) -> BackboneEntry | None:
    for entry in backbones():
        hub_names = (f"{entry.architecture}.{entry.tag}", f"timm--{entry.architecture}.{entry.tag}")
        if path.name == entry.weights.file_name or (entry.library is Library.TIMM and path.parent.name in hub_names):
            return entry
    return None


def _by_config(path: Path) -> BackboneEntry | None:
    try:
        config = fsio.read_json(path.parent / _CONFIG_FILE, follow_links=True)
    except (OSError, fsio.DamagedError):
        return None
    architecture = str(config.get("architecture", "")).partition(".")[0]
    timm_entries = (entry for entry in backbones() if entry.library is Library.TIMM)
    return next((entry for entry in timm_entries if entry.architecture == architecture), None)


def _by_tensors(path: Path) -> Iterator[BackboneEntry]:
    try:
        with fsio.open_regular(path, follow_links=True) as file:
            data = file.read(8 + MAX_HEADER_BYTES)
            num_bytes = os.fstat(file.fileno()).st_size
    except OSError as error:
        raise InputError(f"'{path}' cannot be read: {error.strerror or error}.") from error
    if not looks_like_safetensors(data):
        raise InputError(
            f"'{path}' is not a safetensors file and its name is none of the catalogue's.",
            remedy="Ask for safetensors.",
        )
    tensors = read_header(data, num_bytes=num_bytes, origin=path)
    for entry in backbones():
        if _same_body(entry, tensors):
            yield entry


def _same_body(entry: BackboneEntry, tensors: Mapping[str, TensorInfo]) -> bool:
    if not _similar_size(entry, tensors):
        return False
    native = native_state(entry)
    keys = [key for key in native if not key.startswith(f"{entry.head}.")]
    return all(key in tensors and tensors[key].shape == tuple(native[key].shape) for key in keys) and set(tensors) <= {
        *keys,
        f"{entry.head}.weight",
        f"{entry.head}.bias",
    }


def _similar_size(entry: BackboneEntry, tensors: Mapping[str, TensorInfo]) -> bool:
    """Tell whether the number of values without the head can be that of `entry`: networks are not built in vain."""
    values = sum(math.prod(info.shape) for name, info in tensors.items() if not name.startswith(f"{entry.head}."))
    return entry.parameters - 1000 * (_MAX_HEAD_WIDTH + 1) <= values <= entry.parameters * _BUFFER_ALLOWANCE
