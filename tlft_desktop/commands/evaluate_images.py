"""What `tlft evaluate` tells of single images: the worst answers, and labels that the run doubts."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from tlft_desktop.commands import words
from tlft_desktop.core.errors import UsageError
from tlft_desktop.core.evaluation.comparison import run_answers
from tlft_desktop.core.evaluation.image_answers import (
    ImageAnswers,
    epoch_reader,
    image_answers_of,
    images_in,
    undecided_suspects,
)
from tlft_desktop.core.evaluation.image_orders import worst_first
from tlft_desktop.core.project.edits import confirmed_labels
from tlft_desktop.core.project.project import open_project_read_only
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.manifest import ImageRecord, Split

WORST, SUSPECTS = "worst_images", "label_suspects"
_HEADINGS = {
    WORST: ("The images with the worst answers:", "There are no images."),
    SUSPECTS: (
        "Images whose label the run surely doubts, the surest doubt first (confident learning, arXiv 1911.00068); "
        "those that were relabelled, left out or confirmed since are not listed:",
        "The run doubts no label.",
    ),
}
_HEADER = ("image", "true class", "answer", "probability", "of the true class")
_GONE = "(no longer in the project)"


@dataclass(frozen=True, slots=True)
class ListedImage:
    """An image with its answer.

    Attributes:
        path: As the project names it; empty where it has the image no longer.
        sha256: Of its file.
        label: The true class when the run was trained.
        answer: The likeliest class; empty where the answer is no number.
        probability, true_probability: Of the answer and of the true class.
    """

    path: str
    sha256: str
    label: str
    answer: str
    probability: float
    true_probability: float


@dataclass(frozen=True, slots=True)
class ImageList:
    """Images in an order."""

    images: tuple[ListedImage, ...]

    def to_json(self) -> list[dict[str, Any]]:
        """Return plain types; the true class is called `class`."""
        rows = [asdict(image) for image in self.images]
        return [{"class": row.pop("label"), **row} for row in rows]


def check_wanted(args: argparse.Namespace) -> None:
    """Check that single images may be told of the split that is asked for.

    Raises:
        UsageError: If they may not.
    """
    if args.split == Split.TEST and (args.mistakes is not None or args.suspects):
        raise UsageError(
            "Single images are told of the validation images only: whoever mends test images by their answers has no "
            "test any more.",
            remedy="Leave out --mistakes and --suspects, or --split test.",
        )


def image_lists(args: argparse.Namespace) -> dict[str, ImageList]:
    """Return the lists of images that are asked for.

    Raises:
        InputError: If the run has no answers, or the images of the project cannot be read.
    """
    if args.mistakes is None and not args.suspects:
        return {}
    project = open_project_read_only(args.project)
    store = RunStore(project.root)
    found = _answers(store, store.resolve(args.run), args.epoch)
    images = images_in(project.edited_manifest, found)
    lists = {}
    if args.mistakes is not None:
        lists[WORST] = _listed(found, images, worst_first(found.answers)[: args.mistakes].tolist())
    if args.suspects:
        undecided = undecided_suspects(found, images, confirmed_labels(project.edits.read()))
        lists[SUSPECTS] = _listed(found, images, undecided)
    return lists


def image_lines(lists: Mapping[str, ImageList]) -> Iterator[str]:
    """Yield the lines of lists of images."""
    for key, listed in lists.items():
        heading, nothing = _HEADINGS[key]
        yield ""
        if not listed.images:
            yield nothing
            continue
        yield heading
        rows = [
            (
                image.path or _GONE,
                image.label,
                image.answer or "(no number)",
                words.percent(image.probability),
                words.percent(image.true_probability),
            )
            for image in listed.images
        ]
        yield from words.table(_HEADER, rows, right=(3, 4))


def _answers(store: RunStore, run: str, epoch: int | None) -> ImageAnswers:
    reader = None if epoch is None else epoch_reader(store, run)
    if epoch is None or reader is None:
        return image_answers_of(run_answers(store, run))
    return reader.at(epoch)


def _listed(found: ImageAnswers, images: Sequence[ImageRecord | None], rows: Sequence[int]) -> ImageList:
    answers, truth = found.answers, np.exp(-found.answers.losses)
    listed = []
    for row in rows:
        image = images[row]
        listed.append(
            ListedImage(
                path=image.path if image is not None else "",
                sha256=found.hashes[row],
                label=found.name_of(int(answers.labels[row])),
                answer=found.name_of(int(answers.predicted[row])),
                probability=float(answers.confidence[row]),
                true_probability=float(truth[row]),
            )
        )
    return ImageList(tuple(listed))
