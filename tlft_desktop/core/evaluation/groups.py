"""Strategies by all of their runs: what a difference is worth beyond the seed, or the division, of one run each."""

from __future__ import annotations

import hashlib
import itertools
import json
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from tlft_desktop.core.errors import InputError
from tlft_desktop.core.evaluation.answers import aligned, answers_of
from tlft_desktop.core.evaluation.bootstrap import Metric, bootstrap_difference, statistic_of
from tlft_desktop.core.evaluation.chosen import ChosenRuns, RunAnswers
from tlft_desktop.core.evaluation.comparison import compare
from tlft_desktop.core.evaluation.resampled_t import corrected_resampled_t
from tlft_desktop.core.evaluation.tries import beaten_tries
from tlft_desktop.core.project.manifests import read_manifest
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.stats import holm
from tlft_desktop.core.values.manifest import Manifest, Split
from tlft_desktop.core.values.run import RunConfig

FEWEST_DIVISIONS = 3
"""Two differences say next to nothing about how much they vary."""


@dataclass(frozen=True)
class GroupRun:
    """A run of a group.

    Attributes:
        answers: The run with its answers, which are aligned.
        division: Names the validation images with their classes.
        images: Names all images that it trained and was judged on, with their classes.
        num_train, num_val: Images.
    """

    answers: RunAnswers
    division: str
    images: str
    num_train: int
    num_val: int


@dataclass(frozen=True)
class Group:
    """Runs of one recipe that differ in their seeds, or in the division of their images.

    Attributes:
        name: For people.
        runs: At least one.
    """

    name: str
    runs: tuple[GroupRun, ...]

    @property
    def ids(self) -> list[str]:
        """Identifiers of the runs."""
        return [run.answers.summary.run for run in self.runs]


@dataclass(frozen=True, slots=True)
class GroupComparison:
    """Two groups side by side.

    Attributes:
        a, b: Their names.
        runs_a, runs_b: Identifiers of the runs that were compared.
        metric: In what.
        method: `exact` image by image for the accuracies of one run each, `bootstrap` over images and runs, or
            `corrected t` over divisions; empty where nothing was compared.
        obstacle: Why they cannot be compared: a sentence; empty where they were.
        num_divisions: Of the images.
        value_a, value_b: Means of the runs, in [0, 1]; None where they cannot be compared, as all that follows.
        low, high: 95 % interval of the difference.
        p_value: Two-sided.
        p_holm: The same, corrected for all pairs of groups.
    """

    a: str
    b: str
    runs_a: tuple[str, ...]
    runs_b: tuple[str, ...]
    metric: Metric
    method: str = ""
    obstacle: str = ""
    num_divisions: int = 1
    value_a: float | None = None
    value_b: float | None = None
    low: float | None = None
    high: float | None = None
    p_value: float | None = None
    p_holm: float | None = None


def single_runs(store: RunStore, chosen: ChosenRuns) -> list[Group]:
    """Return each run as a group of its own."""
    runs = [_group_run(store, answers, store.config(answers.summary.run)) for answers in chosen.answers]
    twice = Counter(run.answers.summary.name for run in runs)
    return [Group(_name(run, is_unique=twice[run.answers.summary.name] == 1), (run,)) for run in runs]


def without_beaten_recipes(store: RunStore, chosen: ChosenRuns) -> ChosenRuns:
    """Return runs that nobody named without those of recipes that a race tried and that were best with no seed.

    A recipe that was best with one seed keeps all of its runs: the best ones alone would be a choice among them.
    """
    if chosen.is_named:
        return chosen
    recipes = [_recipe(store.config(answers.summary.run)) for answers in chosen.answers]
    beaten = beaten_tries(store)
    pairs = list(zip(recipes, chosen.answers, strict=True))
    alive = {recipe for recipe, item in pairs if item.summary.run not in beaten.runs}
    kept = tuple(item for recipe, item in pairs if recipe in alive)
    num_beaten = len(pairs) - len(kept)
    return replace(chosen, answers=kept, num_beaten=num_beaten, num_unreadable=beaten.num_unreadable)


def pooled_runs(store: RunStore, chosen: ChosenRuns) -> list[Group]:
    """Return runs by recipe: all that determines a run but its seed, its images and how it computes.

    Of several runs with one seed on the same images the last one counts: they are no independent trials.

    Raises:
        InputError: If there are fewer than two recipes.
    """
    pools: dict[str, dict[tuple[int, str], GroupRun]] = {}
    kinds: dict[str, str] = {}
    for answers in chosen.answers:
        config = store.config(answers.summary.run)
        recipe = _recipe(config)
        run = _group_run(store, answers, config)
        pools.setdefault(recipe, {})[config.seed, run.division] = run
        kinds[recipe] = config.strategy.kind.value
    if len(pools) < 2:
        raise InputError("All of these runs have one recipe; two are needed for a comparison of strategies.")
    shared = Counter(kinds.values())
    groups = []
    for recipe, runs in pools.items():
        first = next(iter(runs.values())).answers.summary
        kind = kinds[recipe]
        groups.append(Group(kind if shared[kind] == 1 else f"{kind} as in {first.name}", tuple(runs.values())))
    return groups


def compare_groups(groups: Sequence[Group], metric: Metric, *, is_each_pair: bool) -> list[GroupComparison]:
    """Return comparisons with p values corrected for being several.

    Args:
        groups: At least two.
        metric: In what they are compared.
        is_each_pair: Whether each is compared with each other one, not with the best one only.
    """
    pairs = list(itertools.combinations(groups, 2))
    if not is_each_pair:
        sign = 1 if metric.is_better_high else -1
        best = max(groups, key=lambda group: sign * _mean(group.runs, metric))
        pairs = [(best, other) for other in groups if other is not best]
    found = [_compare(first, second, metric) for first, second in pairs]
    places = [place for place, item in enumerate(found) if item.p_value is not None]
    corrected = holm([item.p_value for item in found if item.p_value is not None])
    for place, p_holm in zip(places, corrected, strict=True):
        found[place] = replace(found[place], p_holm=p_holm)
    return found


def _compare(first: Group, second: Group, metric: Metric) -> GroupComparison:
    runs = (*first.runs, *second.runs)
    base = GroupComparison(first.name, second.name, tuple(first.ids), tuple(second.ids), metric)
    if len({run.answers.predictions.classes for run in runs}) > 1:
        return replace(
            base, obstacle=f"{first.name} and {second.name} cannot be compared: their runs tell other classes apart."
        )
    if len({run.division for run in runs}) == 1 and len(runs) == 2 and metric is Metric.ACCURACY:
        return _of_one_run_each(base, first.runs[0], second.runs[0])
    if len({run.division for run in runs}) == 1:
        one, other = ([run.answers.predictions for run in group.runs] for group in (first, second))
        found = bootstrap_difference(one, other, metric)
        if math.isclose(found.low, found.high) and found.high:
            return replace(base, obstacle=_without_chance(base))
        return replace(
            base,
            method="bootstrap",
            value_a=found.first,
            value_b=found.second,
            low=found.low,
            high=found.high,
            p_value=found.p_value,
        )
    return _compare_divisions(base, first, second, metric)


def _without_chance(base: GroupComparison) -> str:
    return (
        f"{base.a} and {base.b} cannot be compared in this figure: with each run each class is wholly right or wholly "
        "wrong, so that drawing images again shows no chance."
    )


def _of_one_run_each(base: GroupComparison, first: GroupRun, second: GroupRun) -> GroupComparison:
    """Compare two runs in accuracy as everywhere else, image by image: their numbers are the same wherever they are."""
    pair = compare(first.answers, second.answers)
    limits = [None if value is None else value / 100 for value in (pair.low, pair.high)]
    accuracies = [float(answers_of(run.answers.predictions).right.mean()) for run in (first, second)]
    return replace(
        base,
        method="exact",
        value_a=accuracies[0],
        value_b=accuracies[1],
        low=limits[0],
        high=limits[1],
        p_value=pair.p_value,
    )


def _compare_divisions(base: GroupComparison, first: Group, second: Group, metric: Metric) -> GroupComparison:
    shared = sorted({run.division for run in first.runs} & {run.division for run in second.runs})
    sides = [[run for run in group.runs if run.division in shared] for group in (first, second)]
    runs = [run for side in sides for run in side]
    if len({run.images for run in runs}) > 1:
        return replace(
            base,
            obstacle=f"{first.name} and {second.name} cannot be compared: their runs were validated on different "
            "images, which are not divisions of the same ones.",
        )
    if len(shared) < FEWEST_DIVISIONS:
        return replace(
            base,
            obstacle=f"{first.name} and {second.name} cannot be compared: their runs were validated on different "
            f"images, and of {FEWEST_DIVISIONS} divisions that are needed {len(shared)} have runs of both.",
        )
    means = [[_mean([run for run in side if run.division == name], metric) for name in shared] for side in sides]
    differences = [one - other for one, other in zip(*means, strict=True)]
    ratio = float(np.mean([run.num_val / run.num_train for run in runs]))
    low, high, p_value = corrected_resampled_t(differences, test_by_train=ratio)
    return replace(
        base,
        runs_a=tuple(run.answers.summary.run for run in sides[0]),
        runs_b=tuple(run.answers.summary.run for run in sides[1]),
        method="corrected t",
        num_divisions=len(shared),
        value_a=float(np.mean(means[0])),
        value_b=float(np.mean(means[1])),
        low=low,
        high=high,
        p_value=p_value,
    )


def _mean(runs: Sequence[GroupRun], metric: Metric) -> float:
    values = []
    for run in runs:
        whole = np.ones((1, run.num_val))
        values.append(statistic_of(answers_of(run.answers.predictions), metric)(whole)[0])
    return float(np.mean(values))


def _group_run(store: RunStore, answers: RunAnswers, config: RunConfig) -> GroupRun:
    predictions = aligned(answers.predictions)
    classes = [predictions.classes[label] for label in predictions.labels.tolist()]
    manifest = read_manifest(store.root, config.manifest)
    return GroupRun(
        answers=replace(answers, predictions=predictions),
        division=_digest(zip(predictions.hashes, classes, strict=True)),
        images=_digest(_used(manifest)),
        num_train=len(manifest.used(Split.TRAIN)),
        num_val=len(predictions.hashes),
    )


def _used(manifest: Manifest) -> list[tuple[str, str]]:
    records = (*manifest.used(Split.TRAIN), *manifest.used(Split.VAL))
    return sorted((record.sha256, record.label) for record in records)


def _digest(pairs: Any) -> str:
    return hashlib.sha256(json.dumps(list(pairs)).encode()).hexdigest()


def _recipe(config: RunConfig) -> str:
    parts = [config.strategy.to_json(), config.backbone, config.weights_sha256, config.image_size]
    return json.dumps([*parts, config.budget_seconds], sort_keys=True)


def _name(run: GroupRun, *, is_unique: bool) -> str:
    summary = run.answers.summary
    return summary.name if is_unique else f"{summary.name} ({summary.run})"
