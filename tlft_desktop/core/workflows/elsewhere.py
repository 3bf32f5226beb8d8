"""Labelled images from elsewhere: another camera, place or time than those of a project, for a test of robustness."""

from __future__ import annotations

import unicodedata
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from tlft_desktop.core.control import Control
from tlft_desktop.core.data.transforms import evaluation_view
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.values.probe_progress import ProbeProgress
from tlft_desktop.core.workflows.bundle import Bundle
from tlft_desktop.core.workflows.prediction import decode_in_order, find_images

MAX_IMAGES = 2_000
"""They are kept in memory: 300 MB at 224 pixels. The interval of an accuracy is below three points wide either way."""


@dataclass(frozen=True)
class ForeignImages:
    """Labelled images as a network receives them.

    Attributes:
        views: uint8 [N, 3, S, S].
        labels: int64 [N].
        hashes: SHA-256 of each.
        num_unreadable: Files that could not be read and are left out.
    """

    views: Tensor
    labels: Tensor
    hashes: tuple[str, ...]
    num_unreadable: int


def read_foreign_images(
    folder: Path, bundle: Bundle, *, control: Control
) -> Generator[ProbeProgress, None, ForeignImages]:
    """Yield progress, and return the images in folders below `folder` that are called as the classes of a network.

    Of more than `MAX_IMAGES` as many are taken, of each class as large a share.

    Raises:
        InputError: If there is no such folder, or no image in it can be read.
        StoppedError: If `control` asks to stop.
    """
    folders = _folders_in(folder)
    found = [
        (path, label)
        for label, name in enumerate(bundle.classes)
        if name in folders
        for path in _images_below(folders[name], control)
    ]
    chosen = found if len(found) <= MAX_IMAGES else [found[i * len(found) // MAX_IMAGES] for i in range(MAX_IMAGES)]
    views, labels, hashes = [], [], []
    if chosen:
        answers = decode_in_order([path for path, _ in chosen], bundle, control)
        for number, ((_, label), answer) in enumerate(zip(chosen, answers, strict=True), start=1):
            if answer.pixels is not None:
                views.append(evaluation_view(answer.pixels, bundle.preprocessing))
                labels.append(label)
                hashes.append(answer.sha256)
            yield ProbeProgress("read", number, len(chosen))
    if not views:
        raise InputError(
            f"'{folder}' holds no image of the classes of the network that can be read.",
            remedy="Put the images into folders that are called as the classes.",
        )
    return ForeignImages(torch.stack(views), torch.tensor(labels), tuple(hashes), len(chosen) - len(views))


def _folders_in(folder: Path) -> dict[str, Path]:
    """Return the folders in a folder by name: names of classes may come from others and must not lead out of it."""
    if not folder.is_dir():
        return {}
    # Apple's file systems take names apart: "é" may come back as two characters.
    return {unicodedata.normalize("NFC", path.name): path for path in folder.iterdir() if path.is_dir()}


def _images_below(folder: Path, control: Control) -> list[Path]:
    try:
        return find_images([folder], control=control)
    except InputError:
        return []  # a class of which there is none
