"""Weights between the chooser of networks and the core; only `lazy.py` imports it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tlft_desktop.core.control import Control
from tlft_desktop.core.models.catalog import find_backbone
from tlft_desktop.core.models.weights import WeightsStore
from tlft_desktop.paths import AppPaths


def download(
    paths: AppPaths, backbone: str, control: Control, on_progress: Callable[[int, int], None]
) -> tuple[str, ...]:
    """Fetch, check and store published weights; return notices."""
    store = WeightsStore(paths.models_folder, paths.site_weights)
    return store.download(find_backbone(backbone), policy=paths.policy, control=control, on_progress=on_progress)


def take(paths: AppPaths, backbone: str, path: Path) -> tuple[str, ...]:
    """Check a file of weights and store it for a backbone; return notices."""
    return WeightsStore(paths.models_folder, paths.site_weights).import_file(find_backbone(backbone), path)
