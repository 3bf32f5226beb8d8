"""The answers of a run image by image, in an order that all runs share, and where these images are in the project."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tlft_desktop.core.data.edit_images import is_undecided
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.evaluation.answers import (
    Answers,
    JudgedImages,
    aligned,
    aligned_epoch,
    alignment_of,
    answers_of,
)
from tlft_desktop.core.evaluation.chosen import RunAnswers
from tlft_desktop.core.evaluation.comparison import obstacle_between, telling_names
from tlft_desktop.core.evaluation.image_orders import Likeliest, label_suspects, likeliest_of
from tlft_desktop.core.runs.epoch_answers import StoredEpochs, read_epoch, read_epochs
from tlft_desktop.core.runs.predictions import NO_ANSWER
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.manifest import ImageRecord, Manifest, Split
from tlft_desktop.core.values.run import RunSummary


@dataclass(frozen=True)
class ImageAnswers:
    """What a run answers for each of its validation images, without the logits: classes by name, images by hash.

    Attributes:
        summary: The run.
        hashes: SHA-256 of each image.
        classes: Names in their order.
        answers: A row for each image.
        likeliest: The likeliest classes of each image; None where only the first is known.
    """

    summary: RunSummary
    hashes: tuple[str, ...]
    classes: tuple[str, ...]
    answers: Answers
    likeliest: Likeliest | None

    @property
    def labels(self) -> NDArray[np.int64]:
        """The true class of each image, [N]."""
        return self.answers.labels

    @property
    def margins(self) -> NDArray[np.floating]:
        """How much likelier the answer is than the next class, [N]; how likely it is where that is not known."""
        return self.answers.confidence if self.likeliest is None else self.likeliest.margins

    def name_of(self, number: int) -> str:
        """Return the name of a class; empty for no answer."""
        return "" if number == NO_ANSWER else self.classes[number]


def image_answers_of(found: RunAnswers) -> ImageAnswers:
    """Return the answers of a run image by image."""
    predictions = aligned(found.predictions)
    answers = answers_of(predictions)
    likeliest = likeliest_of(predictions, answers)
    return ImageAnswers(found.summary, predictions.hashes, predictions.classes, answers, likeliest)


class EpochReader:
    """Reads what a run answered after each of its epochs; what the epochs share is made once.

    Args:
        run_folder: Folder of the run.
        summary: The run.
        stored: What it stored.
    """

    def __init__(self, run_folder: Path, summary: RunSummary, stored: StoredEpochs) -> None:
        self._folder, self._summary, self._images = run_folder, summary, stored.images
        self.epochs = stored.epochs
        self._alignment = alignment_of(stored.images)
        self._hashes = tuple(stored.images.hashes[row] for row in self._alignment.rows)
        self._classes = tuple(stored.images.classes[column] for column in self._alignment.columns)

    def at(self, epoch: int) -> ImageAnswers:
        """Return the answers after an epoch.

        Raises:
            InputError: If they are not there any more, or damaged.
        """
        stored = read_epoch(self._folder, epoch)
        if stored is None:
            raise InputError(f"The run '{self._summary.name}' has no answers of epoch {epoch}.")
        answers = aligned_epoch(stored, self._images, self._alignment)
        return ImageAnswers(self._summary, self._hashes, self._classes, answers, None)


def epoch_reader(store: RunStore, run: str) -> EpochReader | None:
    """Return what reads the answers of a run after each of its epochs; None where it stored none.

    Raises:
        InputError: If there is no such run, or what it stored is damaged.
    """
    folder, summary = store.folder(run), store.summary(run)
    stored = read_epochs(folder)
    return None if stored is None else EpochReader(folder, summary, stored)


def why_not_side_by_side(first: ImageAnswers, second: ImageAnswers) -> str:
    """Return why the images of two runs cannot be held against each other: a sentence; empty where they can."""
    return obstacle_between(first, second, telling_names(first.summary, second.summary))


def images_in(manifest: Manifest, found: JudgedImages, *, split: Split = Split.VAL) -> list[ImageRecord | None]:
    """Return the image of the project for each answer; None for those that it has no longer.

    Images are known by their content. Of several with the same content those of the split come first, then those
    that have the class of the answer still.

    Args:
        manifest: The images of the project.
        found: The answers.
        split: That the images were of when they were answered.
    """
    wanted = set(found.hashes)
    known: dict[str, list[ImageRecord]] = defaultdict(list)
    for record in manifest.records:
        if record.sha256 in wanted:
            known[record.sha256].append(record)
    images: list[ImageRecord | None] = []
    for digest, label in zip(found.hashes, found.labels.tolist(), strict=True):
        copies = known[digest]
        images.append(copies.pop(_best(copies, found.classes[label], split)) if copies else None)
    return images


def undecided_suspects(
    found: ImageAnswers, images: Sequence[ImageRecord | None], confirmed: Mapping[str, str]
) -> list[int]:
    """Return the images whose label the run doubts and about which nobody has decided, the surest doubt first.

    Args:
        found: The answers.
        images: Where they are in the project, see `images_in`; what was relabelled or left out since is decided.
        confirmed: Classes that somebody found right, see `confirmed_labels`.
    """
    rows = []
    for row in label_suspects(found.answers).tolist():
        image = images[row]
        if image is not None and is_undecided(image, found.name_of(int(found.labels[row])), confirmed):
            rows.append(row)
    return rows


def _best(copies: Sequence[ImageRecord], label: str, split: Split) -> int:
    """Return the place of the copy that was most probably meant."""
    return max(
        range(len(copies)),
        key=lambda place: (copies[place].split is split, copies[place].label == label, not copies[place].excluded),
    )
