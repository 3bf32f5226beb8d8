"""Weights between a pretrained network with a new head and a fine-tuned run: how good each blend is."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

import numpy as np

from tlft_desktop.core.control import Control
from tlft_desktop.core.data.image_source import ImageSource
from tlft_desktop.core.data.transforms import normalise
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.evaluation.answers import answers_of
from tlft_desktop.core.evaluation.comparison_words import p_words
from tlft_desktop.core.models.blending import blended_state
from tlft_desktop.core.models.catalog import find_backbone
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.runs.head_run import head_run_of, is_head_run_of
from tlft_desktop.core.runs.predictions import Predictions
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.stats import SIGNIFICANT_P, mcnemar_exact, wilson_interval
from tlft_desktop.core.training.device import choose_device, default_numerics, place_model
from tlft_desktop.core.training.features import PARTITION
from tlft_desktop.core.training.setup import evaluation_requests
from tlft_desktop.core.values.manifest import Split
from tlft_desktop.core.values.numerics import Numerics
from tlft_desktop.core.values.probe_progress import ProbeProgress
from tlft_desktop.core.values.run import RunConfig
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.core.workflows.bundle import Bundle
from tlft_desktop.core.workflows.elsewhere import ForeignImages, read_foreign_images
from tlft_desktop.core.workflows.networks import is_convolutional
from tlft_desktop.core.workflows.prediction import load_run, network_of
from tlft_desktop.core.workflows.run_images import answers, open_run_images
from tlft_desktop.paths import AppPaths


@dataclass(frozen=True)
class BlendEnds:
    """The two networks between which weights are blended.

    Attributes:
        base, run: Identifiers of the runs: of the pretrained network with its head, and of the fine-tuned one.
        config: Of the fine-tuned run.
        first, second: Their best networks.
    """

    base: str
    run: str
    config: RunConfig
    first: Bundle
    second: Bundle

    def bundle(self, alpha: float) -> Bundle:
        """Return the network at `alpha`: 0 is the pretrained one, 1 the fine-tuned one."""
        state = blended_state(self.first.state, self.second.state, alpha)
        second = self.second
        return Bundle(second.backbone, second.classes, second.preprocessing, second.scaling, state)


@dataclass(frozen=True)
class BlendPoint:
    """How good one blend is.

    Attributes:
        alpha: Share of the fine-tuned network, 0 to 1.
        validation: Its answers for the validation images.
        elsewhere: Its answers for the images from elsewhere; None without any.
    """

    alpha: float
    validation: Predictions
    elsewhere: Predictions | None


@dataclass(frozen=True)
class Blend:
    """The whole line.

    Attributes:
        points: By growing `alpha`.
        num_unreadable: Images from elsewhere that could not be read.
    """

    points: tuple[BlendPoint, ...]
    num_unreadable: int = 0

    @property
    def best(self) -> BlendPoint:
        """The point with the most validation images right; of several the one nearest to the fine-tuned network."""
        return max(self.points, key=lambda point: (answers_of(point.validation).right.sum(), point.alpha))

    @property
    def better_end(self) -> BlendPoint:
        """The end of the line with more validation images right; the fine-tuned network where both have as many."""
        return max(self.points[0], self.points[-1], key=lambda end: (answers_of(end.validation).right.sum(), end.alpha))

    @property
    def p_value(self) -> float:
        """Of the best point against the better end, paired on the validation images."""
        best, end = (answers_of(point.validation).right for point in (self.best, self.better_end))
        return mcnemar_exact(int((best & ~end).sum()), int((end & ~best).sum()))

    def verdict(self, base: str, name: str) -> str:
        """Return a sentence about the best point, against the better one of the runs at both ends of the line.

        Args:
            base: What the run of the pretrained network is called.
            name: What the fine-tuned run is called.
        """
        end = name if self.better_end.alpha else base
        if self.best is self.better_end:
            return f"No blend has more validation images right than '{end}'."
        share, chance = 100 * self.best.alpha, p_words(self.p_value)
        if self.p_value < SIGNIFICANT_P:
            return (
                f"With {share:.0f} % of the fine-tuned network more validation images are right than at either end. "
                f"Against '{end}', the better end, that is more than chance ({chance}, not corrected for choosing "
                f"among {len(self.points)})."
            )
        return (
            f"With {share:.0f} % of the fine-tuned network more validation images are right than at either end. "
            f"Against '{end}', the better end, that is no more than chance ({chance}, not corrected for choosing among "
            f"{len(self.points)})."
        )


def accuracy(predictions: Predictions) -> tuple[float, float, float]:
    """Return the accuracy and its 95 % interval, as fractions."""
    right = answers_of(predictions).right
    return float(right.mean()), *wilson_interval(int(right.sum()), len(right))


def blend_ends(project: Project, run: str, base: str | None = None) -> BlendEnds:
    """Return the networks to blend: a run, and a transfer run, by default the best one that trained the same network.

    Raises:
        InputError: If there is no such transfer run, it has another network or other classes, or a run has no network.
    """
    chosen = blend_base(project, run, base)
    config = RunStore(project.root).config(run)
    return BlendEnds(chosen, run, config, load_run(project, chosen), load_run(project, run))


def blend_base(project: Project, run: str, base: str | None = None) -> str:
    """Return the run of the pretrained network to blend a run with, as `blend_ends` does; reads no weights.

    Raises:
        InputError: As `blend_ends`, but for weights.
    """
    store = RunStore(project.root)
    config = store.config(run)
    if base is None:
        if config.strategy.kind is StrategyKind.TRANSFER:
            raise InputError(
                f"The run '{run}' trained nothing but its head, so there is nothing to blend.",
                remedy="Choose a run that trained more.",
            )
        return head_run_of(store, config)
    if not is_head_run_of(store.config(base), config):
        raise InputError(
            f"The run '{base}' is not the pretrained network of '{run}' with a head for the same classes.",
            remedy="Name a transfer run of the same network, image size and classes.",
        )
    if base == run:
        raise InputError("A run cannot be blended with itself.", remedy="Name a run that trained more than its head.")
    return base


def measured_blend(
    project: Project,
    ends: BlendEnds,
    alphas: Sequence[float],
    *,
    elsewhere: Path | None = None,
    paths: AppPaths,
    control: Control,
) -> Generator[ProbeProgress | BlendPoint | Blend, None, None]:
    """Yield progress and a point for each of `alphas`, and at the end the line of all.

    Args:
        project: Open in any way: nothing of it is changed.
        ends: The networks.
        alphas: Growing, from 0 to 1.
        elsewhere: Folder of class folders with other images, to tell how robust the blends are; None without.
        paths: Folders of the program.
        control: Asked between batches.

    Raises:
        InputError: If no image of `elsewhere` is of a class of the network.
        TlftError: If a validation image cannot be read.
        StoppedError: If a stop was requested.
    Source: WiSE-FT, Wortsman et al. (2022), arXiv 2109.01903.
    """
    with ExitStack() as stack:
        foreign = None
        if elsewhere is not None:
            foreign = yield from read_foreign_images(elsewhere, ends.second, control=control)
        images = yield from open_run_images(project, ends.config, stack, split=Split.VAL, paths=paths, control=control)
        if not len(images):
            raise InputError("The run has no validation images, so blends cannot be judged.")
        points: list[BlendPoint] = []
        measuring = _Measuring(images, foreign, ends, control)
        for number, alpha in enumerate(alphas):
            point = yield from measuring.point(alpha, number, len(alphas))
            points.append(point)
            yield point
    yield Blend(tuple(points), 0 if foreign is None else foreign.num_unreadable)


class _Measuring:
    """One network that takes the weights of each blend in turn, and the images that it classifies."""

    def __init__(self, images: ImageSource, foreign: ForeignImages | None, ends: BlendEnds, control: Control) -> None:
        self._images, self._foreign, self._ends, self._control = images, foreign, ends, control
        self._numerics: Numerics = default_numerics(
            device=choose_device(),
            is_convolutional=is_convolutional(find_backbone(ends.config.backbone)),
            batch=PARTITION,
        )
        self._model: nn.Module = place_model(network_of(ends.second), self._numerics)

    def point(self, alpha: float, number: int, count: int) -> Generator[ProbeProgress, None, BlendPoint]:
        """Yield how many images of all blends are done, and return what this blend answers."""
        self._model.load_state_dict(dict(self._ends.bundle(alpha).state))
        size = len(self._images) + (0 if self._foreign is None else len(self._foreign.labels))
        logits: list[Tensor] = []
        done = 0
        for answer in answers(self._model, self._batches(), self._numerics, self._control):
            logits.append(answer)
            done += len(answer)
            yield ProbeProgress("pass", number * size + done, count * size)
        values = torch.cat(logits)
        if not bool(torch.isfinite(values).all()):
            raise InputError(f"The answers of the blend at {alpha:g} are not numbers.")
        num_own = len(self._images)
        own = self._predictions(values[:num_own], self._images.labels, self._images.keys)
        if self._foreign is None:
            return BlendPoint(alpha, own, None)
        return BlendPoint(alpha, own, self._predictions(values[num_own:], self._foreign.labels, self._foreign.hashes))

    def _batches(self) -> Iterator[Tensor]:
        yield from self._images.batches(list(evaluation_requests(len(self._images))))
        if self._foreign is not None:
            for views in torch.split(self._foreign.views, PARTITION):
                yield normalise(views, self._ends.second.preprocessing)

    def _predictions(self, logits: Tensor, labels: Tensor, hashes: tuple[str, ...]) -> Predictions:
        values = logits.numpy().astype(np.float32)
        return Predictions(values, labels.numpy(), hashes, self._ends.second.classes)
