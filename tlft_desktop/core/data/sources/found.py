"""What a look at a data set finds: images, and what the user should know about them."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tlft_desktop.core.values.manifest import Split
from tlft_desktop.core.values.problem import Problem

MAX_FILES = 1_000_000
SPLIT_NAMES = {
    "train": Split.TRAIN,
    "training": Split.TRAIN,
    "val": Split.VAL,
    "valid": Split.VAL,
    "validation": Split.VAL,
    "test": Split.TEST,
    "testing": Split.TEST,
}
LAYOUT_REMEDY = (
    "Put the images of each class into a folder of their own, such as 'data/cat/1.jpg' and 'data/dog/2.jpg' "
    "(or 'data/train/cat/1.jpg'), and choose the folder above them; "
    "or choose a CSV file with the columns path and label."
)


def are_splits(folders: Iterable[str]) -> bool:
    """Tell whether folders of these names divide a data set: one of them is for training."""
    return any(SPLIT_NAMES.get(name.casefold()) is Split.TRAIN for name in folders)


@dataclass(frozen=True, slots=True)
class FoundImage:
    """A file that should be an image.

    Attributes:
        path: Below the root, with forward slashes.
        label: Name of the class.
        split: As the layout says; None where it says nothing.
        group: Images of one group stay in one split; empty for none.
    """

    path: str
    label: str
    split: Split | None = None
    group: str = ""


@dataclass(frozen=True)
class ScanResult:
    """What was found below `root`, images sorted by path."""

    root: Path
    images: tuple[FoundImage, ...]
    problems: tuple[Problem, ...]


def name_collisions(labels: Iterable[str]) -> list[Problem]:
    """Return a problem for each set of class names that differ in case, in spaces or in the form of accents only."""
    similar: dict[str, list[str]] = defaultdict(list)
    for label in sorted(labels):
        similar[unicodedata.normalize("NFKC", label).strip().casefold()].append(label)
    return [
        Problem(
            "similar_names",
            f"The classes {', '.join(repr(name) for name in names)} differ in case or spaces only; are they the same?",
            tuple(names),
        )
        for names in similar.values()
        if len(names) > 1
    ]
