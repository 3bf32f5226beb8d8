"""Figures that were measured on this machine, kept in the cache by everything that they depend on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import torch

from tlft_desktop.core import fsio
from tlft_desktop.core.errors import InputError, StorageError
from tlft_desktop.core.training.device import describe_device

_MAX_BYTES = 4 << 20


def figures_file(folder: Path, device: str, parts: Mapping[str, Any]) -> Path:
    """Return where figures are kept that hold for this machine and library.

    Args:
        folder: Of figures of one kind.
        device: What computed, such as `cpu`.
        parts: What else they depend on, as plain types.
    """
    machine = {
        "torch": torch.__version__,
        "device": describe_device(device),
        "capability": torch.backends.cpu.get_cpu_capability(),
    }
    name = hashlib.sha256(json.dumps({**parts, **machine}, sort_keys=True).encode()).hexdigest()[:32]
    return folder / f"{name}.json"


def read_figures(path: Path) -> dict[str, Any] | None:
    """Return what was kept; None where nothing was, or it is not what was written: then it is measured anew."""
    try:
        return fsio.read_json(path, max_bytes=_MAX_BYTES, sealed=True)
    except (InputError, OSError):
        return None


def keep_figures(path: Path, figures: Mapping[str, Any]) -> None:
    """Keep figures, sealed by a hash; where they cannot be kept they are measured again the next time."""
    with suppress(StorageError):
        fsio.make_folder(path.parent)
        fsio.write_json(path, figures, seal=True)
