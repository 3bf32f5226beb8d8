"""Advice for a project: measured reasons first, one after the other, and what they come to at the end."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import ExitStack
from dataclasses import dataclass

import numpy as np

from tlft_desktop.core.advice import reasons as say
from tlft_desktop.core.advice.advisor import Advice, advise
from tlft_desktop.core.advice.depth_curve import DepthCurve, depth_curve_of
from tlft_desktop.core.advice.difficulty import difficulty_of
from tlft_desktop.core.advice.evidence import Evidence
from tlft_desktop.core.advice.logistic_probe import LogisticFolds, LogisticProbe
from tlft_desktop.core.advice.probes import nearest_neighbours
from tlft_desktop.core.advice.reasons import Reason
from tlft_desktop.core.advice.settings import AdvisedSettings
from tlft_desktop.core.advice.transferability import h_score, log_evidence
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.models.catalog import find_backbone
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.stats import detectable_difference
from tlft_desktop.core.values.costs import StrategyCost
from tlft_desktop.core.values.manifest import Manifest, Split
from tlft_desktop.core.values.probe_progress import ProbeProgress
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.core.workflows.depth import DepthFeatures, depth_features, logistic_probes, probed_depths, with_probes
from tlft_desktop.core.workflows.experiment import TrainOptions, default_batch, strategy_for, strategy_options
from tlft_desktop.core.workflows.measured_shift import MeasuredShift, measure_shift
from tlft_desktop.core.workflows.plan_costs import machine_costs
from tlft_desktop.core.workflows.probe_subject import ProbeSubject, open_subject
from tlft_desktop.paths import AppPaths

_FEWEST_TO_TEST = 2
_WAYS = (StrategyKind.TRANSFER, StrategyKind.FINETUNE, StrategyKind.HYBRID)


@dataclass(frozen=True, slots=True)
class AdviceFound:
    """What the advising ends with.

    Attributes:
        advice: What the program would do.
        evidence: What it rests on.
        curve: Of the depths.
        scores: LogME and H-score of the features, weak evidence that decides nothing.
    """

    advice: Advice
    evidence: Evidence
    curve: DepthCurve
    scores: dict[str, float]


def advice_for(
    project: Project, *, device: str = "auto", paths: AppPaths, control: Control
) -> Generator[ProbeProgress | Reason | AdviceFound, None, None]:
    """Yield progress, each reason as soon as it is measured, and the advice at the end.

    Only training images are looked at, at most 2,000 of them; nothing is trained but probes, and nothing is written
    into the project. `advisor.revise` takes a pilot into account.

    Args:
        project: Open in any way.
        device: `auto`, `cpu`, `cuda`, `cuda:N` or `mps`.
        paths: Folders of the program.
        control: Asked between steps.

    Raises:
        InputError: If there are fewer than two classes with images for training, or the network cannot be traced.
        TlftError: If its weights are not on this machine, or an image cannot be read.
        StoppedError: If a stop was requested.
    """
    manifest = project.edited_manifest
    reasons: list[Reason] = []

    def told(*more: Reason) -> Generator[Reason, None, None]:
        reasons.extend(more)
        yield from more

    sizes = _class_sizes(manifest)
    num_val = len(manifest.used(Split.VAL))
    detectable = detectable_difference(num_val) if num_val else 1.0
    counted = say.of_images(sum(sizes), len(manifest.classes), float(np.median(sizes or [0])), num_val, detectable)
    yield from told(*counted)
    with ExitStack() as stack:
        subject = yield from open_subject(project, stack, what="An advice", device=device, paths=paths, control=control)
        yield ProbeProgress("shift", 0, 1)
        seen = measure_shift(subject, control)
        overall = None if seen.shift is None else seen.shift.overall
        against = say.against_shift(seen.plain_borders, seen.entropy, seen.inverted_entropy)
        yield from told(say.of_shift(overall, is_by_photographs=seen.is_by_photographs), *against)
        features = yield from depth_features(subject, control)
    curve = depth_curve_of((yield from probed_depths(features, control)))
    if _is_testable(features):
        yield from told(say.of_depth(curve))
    probed = yield from logistic_probes(subject, features, curve.turns, control)
    curve = with_probes(curve, probed)
    found = yield from _probe_head(subject, features, *probed[len(curve.points) - 1], control)
    yield from told(*found.reasons)
    costs, was_disturbed = yield from _costs(project, manifest, device=device, paths=paths, control=control)
    if was_disturbed:
        yield from told(say.of_disturbance())
    evidence = _evidence(manifest, sizes, detectable, seen, curve, found, costs)
    advice = advise(evidence, tuple(reasons), settings=_settings(project, manifest))
    yield from advice.reasons[1 + len(reasons) :]
    yield AdviceFound(advice, evidence, curve, found.scores)


def _class_sizes(manifest: Manifest) -> list[int]:
    """Return the number of training images of each class that has any."""
    labels = [record.label for record in manifest.used(Split.TRAIN)]
    return [int(size) for size in np.unique(labels, return_counts=True)[1]] if labels else []


def _is_testable(features: DepthFeatures) -> bool:
    """Tell whether most classes that are looked at have an image to learn from and another one to test with."""
    present = np.bincount(features.labels)
    return bool(np.median(present[present > 0]) >= _FEWEST_TO_TEST)


@dataclass(frozen=True, slots=True)
class _HeadFindings:
    """What probes at the input of the head found.

    Attributes:
        accuracy, low, high: Of logistic regression.
        knn_accuracy: Of the nearest neighbours.
        near_misses: Share of wrong answers whose right one came second, less what chance gives.
        gain: What the second half of the images brought.
        reasons: The same in words.
        scores: LogME and H-score.
    """

    accuracy: float
    low: float
    high: float
    knn_accuracy: float
    near_misses: float
    gain: float | None
    reasons: tuple[Reason, ...]
    scores: dict[str, float]


def _probe_head(
    subject: ProbeSubject, features: DepthFeatures, folds: LogisticFolds, probe: LogisticProbe, control: Control
) -> Generator[ProbeProgress, None, _HeadFindings]:
    values, labels = features.values[-1], features.labels
    if not _is_testable(features):
        # Whatever an accuracy is, nothing was measured of it.
        chance = 1 / len(subject.classes)
        return _HeadFindings(chance, 0.0, 1.0, 0.0, 0.0, gain=None, reasons=(say.of_too_few(),), scores={})
    yield ProbeProgress("curve", 0, 1)
    neighbours, learned = nearest_neighbours(values, labels), list(folds.learning_curve(control))
    yield ProbeProgress("curve", 1, 1)
    difficulty = difficulty_of(probe, labels, neighbours.hits)
    rise = say.of_learning_curve(learned)
    paths = [record.path for record in subject.records]
    found = [*say.of_probe(probe, neighbours.accuracy), *say.of_difficulty(difficulty, subject.classes, paths)]
    return _HeadFindings(
        probe.accuracy,
        *probe.interval(),
        knn_accuracy=neighbours.accuracy,
        near_misses=difficulty.excess,
        gain=None if rise is None else rise.value,
        reasons=tuple(found if rise is None else [*found, rise]),
        scores={"log_evidence": log_evidence(values, labels), "h_score": h_score(values, labels)},
    )


def _costs(
    project: Project, manifest: Manifest, *, device: str, paths: AppPaths, control: Control
) -> Generator[ProbeProgress, None, tuple[dict[StrategyKind, StrategyCost], bool]]:
    """Return what the ways cost on this machine, nothing where that cannot be told; and whether it was disturbed."""
    yield ProbeProgress("costs", 0, 1)
    config = project.config
    try:
        costs = machine_costs(
            config.backbone, len(manifest.classes), config.image_size, device=device, paths=paths, control=control
        )
        found = {kind: costs.of_strategy(kind, manifest, plan=config.plan, options=TrainOptions()) for kind in _WAYS}
        return found, costs.was_disturbed
    except InputError:
        # An advice without costs is better than none.
        return {}, False


def _settings(project: Project, manifest: Manifest) -> dict[StrategyKind, AdvisedSettings]:
    """Return the settings that each way has by default."""
    config, entry = project.config, find_backbone(project.config.backbone)
    options = strategy_options(TrainOptions(), config.flip)
    ways = {
        kind: strategy_for(kind, entry, manifest, config.image_size, plan=config.plan, options=options)
        for kind in _WAYS
    }
    return {kind: AdvisedSettings.of(way, batch_size=default_batch(manifest)) for kind, way in ways.items()}


def _evidence(
    manifest: Manifest,
    sizes: list[int],
    detectable: float,
    seen: MeasuredShift,
    curve: DepthCurve,
    found: _HeadFindings,
    costs: dict[StrategyKind, StrategyCost],
) -> Evidence:
    return Evidence(
        num_train=sum(sizes),
        num_val=len(manifest.used(Split.VAL)),
        num_classes=len(manifest.classes),
        images_per_class=float(np.median(sizes)),
        probe=(found.accuracy, found.low, found.high),
        knn_accuracy=found.knn_accuracy,
        best_accuracy=curve.points[curve.best].accuracy,
        head_accuracy=curve.points[-1].accuracy,
        loses=curve.loses,
        detectable=detectable,
        shift=None if seen.shift is None else seen.shift.divergence,
        entropy=seen.entropy,
        near_misses=found.near_misses,
        gain_of_doubling=found.gain,
        costs=costs,
    )
