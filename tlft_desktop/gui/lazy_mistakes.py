"""The answers of a run as the window shows them; loads numpy, so only `lazy.py` imports it, behind the window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tlft_desktop.core.errors import InputError
from tlft_desktop.core.evaluation.answers import JudgedImages
from tlft_desktop.core.evaluation.chosen import RunAnswers, run_answers
from tlft_desktop.core.evaluation.confusion import agreement_of, confusions_of
from tlft_desktop.core.evaluation.image_answers import (
    EpochReader,
    ImageAnswers,
    epoch_reader,
    image_answers_of,
    images_in,
    why_not_side_by_side,
)
from tlft_desktop.core.evaluation.image_orders import label_suspects, least_certain_first, worst_first
from tlft_desktop.core.evaluation.probe_answers import probe_figures, stored_probe
from tlft_desktop.core.fsio import DamagedError
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.manifest import Manifest, Split
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.format import from_core
from tlft_desktop.gui.image_looks import AGREEMENT, Look, LookKind, ShownAnswer


@dataclass(frozen=True)
class ImagePlaces:
    """What the answers of all epochs of a run share.

    Attributes:
        paths: Where each image is in the project; empty for one that it has no longer.
        labels: The true class of each image, as it was when the run was trained.
        by_path: The images in the order of their paths.
    """

    paths: tuple[str, ...]
    labels: tuple[str, ...]
    by_path: NDArray[np.int64]

    @classmethod
    def of(cls, images: JudgedImages, paths: Sequence[str]) -> ImagePlaces:
        """Return the places of images that are at these paths."""
        by_path = np.array(sorted(range(len(paths)), key=paths.__getitem__), dtype=np.int64)
        return cls(tuple(paths), tuple(images.classes[number] for number in images.labels.tolist()), by_path)


class RunImages:
    """What a run, or a probe for it, answered image by image; everything but making it takes milliseconds.

    Args:
        found: The answers.
        places: Where the images are.
        epoch: After which the run answered so; 0 for the network that it kept.
        split: What the images were used for: validation, or training where a probe answered.

    Attributes:
        paths, labels: As in `ImagePlaces`.
        epoch, split: As above.
    """

    def __init__(self, found: ImageAnswers, places: ImagePlaces, epoch: int = 0, *, split: Split = Split.VAL) -> None:
        self._found, self._by_path, self.split = found, places.by_path, split
        self.paths, self.labels, self.epoch = places.paths, places.labels, epoch
        self._confusions = confusions_of(found.answers)
        self._suspects = label_suspects(found.answers)
        self._truth = np.exp(-found.answers.losses)

    @property
    def run(self) -> str:
        """Identifier of the run."""
        return self._found.summary.run

    @property
    def classes(self) -> tuple[str, ...]:
        """Names of the classes, by which rows and columns are numbered."""
        return self._found.classes

    @property
    def num_gone(self) -> int:
        """How many images the project has no longer."""
        return self.paths.count("")

    @property
    def words(self) -> str:
        """How far a probe can be believed: sentences of the core; empty for the answers of a run."""
        if self.split is not Split.TRAIN:
            return ""
        figures = probe_figures(self._found.answers)
        return " ".join(filter(None, (figures.sentence, figures.remark)))

    def __len__(self) -> int:
        return len(self.paths)

    # Single images

    def answer(self, row: int) -> ShownAnswer:
        """Return what the run says about an image."""
        answers = self._found.answers
        name, right = self._found.name_of(int(answers.predicted[row])), bool(answers.right[row])
        return ShownAnswer(self.run, name, float(answers.confidence[row]), right)

    def true_probability(self, row: int) -> float:
        """Return the probability of the true class."""
        return float(self._truth[row])

    def likeliest(self, row: int) -> tuple[tuple[str, float], ...]:
        """Return the likeliest classes of an image with their probabilities; none where there is no answer."""
        likeliest, answer = self._found.likeliest, self.answer(row)
        if likeliest is None:
            return ((answer.name, answer.probability),) if answer.name else ()
        pairs = zip(likeliest.classes[row].tolist(), likeliest.probabilities[row].tolist(), strict=True)
        return tuple((self.classes[number], share) for number, share in pairs if number >= 0)

    # Classes

    @property
    def shown_classes(self) -> list[int]:
        """The classes that have images, or were answered."""
        found = np.union1d(np.flatnonzero(self._confusions.support), self._confusions.cells[:, 1])
        return [int(number) for number in found]

    def support(self, truth: int) -> int:
        """Return how many images a class has."""
        return int(self._confusions.support[truth])

    def count(self, truth: int, answer: int) -> int:
        """Return how many images of a class were taken for another, or for itself."""
        return self._confusions.at(truth, answer)

    def share(self, truth: int, answer: int) -> float:
        """Return the same as a share of the images of the class."""
        return self._confusions.share(truth, answer)

    def pairs(self) -> list[tuple[int, int, int]]:
        """Return true class, other class that was answered, number of images; the most frequent pairs first."""
        return self._confusions.pairs()

    # Choices of images

    def rows(self, look: Look) -> list[int]:
        """Return the images of a choice of one run, in its order; those that are not ordered go by their path."""
        found, answers = self._found, self._found.answers
        if look.kind is LookKind.WORST:
            return _numbers(worst_first(answers))
        if look.kind is LookKind.UNCERTAIN:
            return _numbers(least_certain_first(found.margins))
        if look.kind is LookKind.SUSPECTS:
            return _numbers(self._suspects)
        if look.kind is LookKind.WRONG:
            return self._in_order(~answers.right)
        if look.kind is LookKind.CELL:
            return self._in_order((answers.labels == look.truth) & (answers.predicted == look.answer))
        return _numbers(self._by_path)

    def why_not_beside(self, other: RunImages) -> str:
        """Return why the images cannot be held against those of another run: a sentence of the core; empty if not."""
        return why_not_side_by_side(self._found, other._found)

    def agreement(self, other: RunImages) -> dict[LookKind, list[int]]:
        """Return which images two runs get right; they must have the same, see `why_not_beside`."""
        cases = {}
        for kind, rows in zip(AGREEMENT, agreement_of(self._found.answers, other._found.answers), strict=True):
            mask = np.zeros(len(self), dtype=bool)
            mask[rows] = True
            cases[kind] = self._in_order(mask)
        return cases

    def _in_order(self, mask: NDArray[np.bool_]) -> list[int]:
        return _numbers(self._by_path[mask[self._by_path]])


def _numbers(rows: NDArray[np.int64]) -> list[int]:
    numbers: list[int] = rows.tolist()
    return numbers


class RunEpochs:
    """What a run answered after each of its epochs.

    Args:
        reader: Reads the answers.
        manifest: The images of the project.

    Attributes:
        epochs: Those that are stored, rising.
    """

    def __init__(self, reader: EpochReader, manifest: Manifest) -> None:
        self._reader, self._manifest = reader, manifest
        self._places: ImagePlaces | None = None
        self.epochs = reader.epochs

    def at(self, epoch: int) -> RunImages:
        """Return the answers after an epoch; reads a file, so it is called outside the window's thread.

        Raises:
            InputError: If they are not there any more, or damaged.
        """
        found = self._reader.at(epoch)
        if self._places is None:
            self._places = _places_in(self._manifest, found)
        return RunImages(found, self._places, epoch)


@dataclass(frozen=True)
class KnownRun:
    """What is known of a run.

    Attributes:
        images: The answers of the network that it kept; of a run that kept none yet, those of its last epoch.
        epochs: The answers after each epoch; None where it stored none.
        why_no_epochs: Why there are none: a sentence; empty where there are some.
        probe: What a probe answered for the training images; None where it was not asked yet.
    """

    images: RunImages
    epochs: RunEpochs | None
    why_no_epochs: str = ""
    probe: RunImages | None = None


def read_run(project: Project, manifest: Manifest, run: str) -> KnownRun:
    """Return what a run answered for its validation images, and what is kept of a probe.

    Raises:
        InputError: If it stored no answers at all, or those of the kept network are damaged.
    """
    store = RunStore(project.root)
    known, epochs, why = stored_probe(store, run), None, ""
    probe = None if known is None else probe_images(manifest, known)
    try:
        reader = epoch_reader(store, run)
        epochs = None if reader is None else RunEpochs(reader, manifest)
        why = "" if epochs is not None else _no_epochs()
    except DamagedError as error:
        why = from_core(str(error))
    try:
        found = image_answers_of(run_answers(store, run))
    except DamagedError:
        raise
    except InputError:
        # A run that was not trained to its end has no kept network yet.
        if epochs is None:
            raise
        return KnownRun(epochs.at(epochs.epochs[-1]), epochs, probe=probe)
    return KnownRun(RunImages(found, _places_in(manifest, found)), epochs, why, probe)


def probe_images(manifest: Manifest, found: RunAnswers) -> RunImages:
    """Return what a probe answered for the training images of a run, in the project as its images are now."""
    answers = image_answers_of(found)
    return RunImages(answers, _places_in(manifest, answers, Split.TRAIN), split=Split.TRAIN)


def _no_epochs() -> str:
    return fmt.tr(
        "This run stored no answers of single epochs: none has ended yet, or an earlier version of the program trained "
        "it."
    )


def _places_in(manifest: Manifest, found: ImageAnswers, split: Split = Split.VAL) -> ImagePlaces:
    return ImagePlaces.of(found, [record.path if record else "" for record in images_in(manifest, found, split=split)])
