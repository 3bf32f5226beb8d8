"""What `tlft evaluate` tells of single images: the worst answers, and labels that the run or a probe doubts."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from tlft_desktop.commands import words
from tlft_desktop.commands.application import App
from tlft_desktop.commands.probe_steps import follow
from tlft_desktop.core.errors import ProjectLockedError, UsageError
from tlft_desktop.core.evaluation.chosen import RunAnswers, run_answers
from tlft_desktop.core.evaluation.image_answers import (
    ImageAnswers,
    epoch_reader,
    image_answers_of,
    images_in,
    undecided_suspects,
)
from tlft_desktop.core.evaluation.image_orders import worst_first
from tlft_desktop.core.evaluation.probe_answers import ProbeFigures, probe_figures
from tlft_desktop.core.project.edits import confirmed_labels
from tlft_desktop.core.project.project import Project, open_project, open_project_read_only
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.manifest import ImageRecord, Split

WORST, SUSPECTS, TRAINING_SUSPECTS = "worst_images", "label_suspects", "training_label_suspects"
PROBE = "training_probe"
_HEADINGS = {
    WORST: ("The images with the worst answers:", "There are no images."),
    SUSPECTS: (
        "Images whose label the run surely doubts, the surest doubt first (confident learning, arXiv 1911.00068); "
        "those that were relabelled, left out or confirmed since are not listed:",
        "The run doubts no label.",
    ),
    TRAINING_SUSPECTS: (
        "Training images whose label the probe surely doubts, the surest doubt first (confident learning, arXiv "
        "1911.00068); those that were relabelled, left out or confirmed since are not listed:",
        "The probe doubts no label of the training images.",
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
        label: The class when the run was trained.
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
    """Images in an order.

    Attributes:
        images: The first of them first.
        probe: How far the probe can be believed that doubts their labels; None where the run itself answered.
    """

    images: tuple[ListedImage, ...]
    probe: ProbeFigures | None = None

    def to_json(self) -> list[dict[str, Any]]:
        """Return plain types; the true class is called `class`."""
        rows = [asdict(image) for image in self.images]
        return [{"class": row.pop("label"), **row} for row in rows]


def check_wanted(args: argparse.Namespace) -> None:
    """Check that single images may be told of the split that is asked for.

    Raises:
        UsageError: If they may not.
    """
    if args.of is not None and not args.suspects:
        raise UsageError("--of says whose labels --suspects doubts.", remedy="Add --suspects.")
    if args.of == Split.TRAIN and args.epoch is not None:
        raise UsageError(
            "The probe of the training images has not learned them and knows no epochs.",
            remedy="Leave out --epoch or --of train.",
        )
    if args.split == Split.TEST and (args.mistakes is not None or args.suspects):
        raise UsageError(
            "Single images are told of the validation and training images only: whoever mends test images by their "
            "answers has no test any more.",
            remedy="Leave out --mistakes and --suspects, or --split test.",
        )


def image_lists(args: argparse.Namespace, app: App) -> dict[str, ImageList]:
    """Return the lists of images that are asked for.

    Raises:
        InputError: If the run has no answers, the images of the project cannot be read, or no probe can learn from
            them.
    """
    if args.mistakes is None and not args.suspects:
        return {}
    is_of_run = args.suspects and args.of != Split.TRAIN
    lists = _of_run(args, with_suspects=is_of_run) if args.mistakes is not None or is_of_run else {}
    return lists if is_of_run or not args.suspects else {**lists, TRAINING_SUSPECTS: _of_probe(args, app)}


def lists_to_json(lists: Mapping[str, ImageList]) -> dict[str, Any]:
    """Return plain types: the images of each list by its key, and beside those that a probe doubts its figures."""
    found: dict[str, Any] = {}
    for key, listed in lists.items():
        found[key] = listed.to_json()
        if listed.probe is not None:
            found[PROBE] = listed.probe.to_json()
    return found


def _of_run(args: argparse.Namespace, *, with_suspects: bool) -> dict[str, ImageList]:
    project = open_project_read_only(args.project)
    store = RunStore(project.root)
    found = _answers(store, store.resolve(args.run), args.epoch)
    images = images_in(project.edited_manifest, found)
    lists = {}
    if args.mistakes is not None:
        lists[WORST] = _listed(found, images, worst_first(found.answers)[: args.mistakes].tolist())
    if with_suspects:
        lists[SUSPECTS] = _suspects(project, found, images)
    return lists


def _of_probe(args: argparse.Namespace, app: App) -> ImageList:
    """Ask the probe, which keeps its answers where nobody else has the project open, and list what it doubts."""
    # Loads torch, which the lists of a run do without.
    from tlft_desktop.core.workflows.label_probe import probe_training_labels

    try:
        project = open_project(args.project)
    except ProjectLockedError:
        project = open_project_read_only(args.project)
    with project:
        run = RunStore(project.root).resolve(args.run)
        found = follow(probe_training_labels(project, run, paths=app.paths, control=app.control), app, RunAnswers)
        answers = image_answers_of(found)
        images = images_in(project.edited_manifest, answers, split=Split.TRAIN)
        return replace(_suspects(project, answers, images), probe=probe_figures(answers.answers))


def _suspects(project: Project, found: ImageAnswers, images: Sequence[ImageRecord | None]) -> ImageList:
    return _listed(found, images, undecided_suspects(found, images, confirmed_labels(project.edits.read())))


def image_lines(lists: Mapping[str, ImageList]) -> Iterator[str]:
    """Yield the lines of lists of images."""
    for key, listed in lists.items():
        heading, nothing = _HEADINGS[key]
        yield ""
        if listed.probe is not None:
            yield from _probe_lines(listed.probe)
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


def _probe_lines(probe: ProbeFigures) -> Iterator[str]:
    yield (
        "The training images were asked of a probe that has not learned them: logistic regression on the features of "
        f"the pretrained network, each image by what was learned from others. {probe.sentence}"
    )
    if probe.remark:
        yield probe.remark


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
