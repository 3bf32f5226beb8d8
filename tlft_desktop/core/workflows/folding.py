"""The head of a run on repeated stratified folds of its training and validation images; test images stay unseen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator
from contextlib import suppress
from pathlib import Path

from tlft_desktop.core.control import Control
from tlft_desktop.core.data.splits import unit_names
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.evaluation.head_folds import (
    FOLDS,
    REPEATS,
    FoldScore,
    HeadFolds,
    fold_scores,
    scores_from_json,
    scores_to_json,
)
from tlft_desktop.core.freezing.presets import is_head_only
from tlft_desktop.core.project.manifests import read_manifest
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.training.device import choose_device
from tlft_desktop.core.training.micro_batch import is_convex
from tlft_desktop.core.values.manifest import Split
from tlft_desktop.core.values.probe_progress import ProbeProgress
from tlft_desktop.core.values.run import RunConfig, RunSummary
from tlft_desktop.core.values.seeds import derive_seed
from tlft_desktop.core.workflows.head_features import head_images
from tlft_desktop.core.workflows.measured_figures import figures_file, keep_figures, read_figures
from tlft_desktop.core.workflows.networks import layer_tree
from tlft_desktop.core.workflows.versions import library_versions
from tlft_desktop.paths import AppPaths

_FOLDER = "folds"
_UNREADABLE = (KeyError, TypeError, ValueError)


def folded_head(
    project: Project,
    run: str,
    *,
    folds: int = FOLDS,
    repeats: int = REPEATS,
    paths: AppPaths,
    control: Control,
) -> Generator[ProbeProgress | HeadFolds, None, None]:
    """Yield progress, and at the end how good the head of a run is on folds of its training and validation images.

    Each fold's head is trained as that of the run; the network in front of it is frozen and the same for all. What was
    found is kept in the cache: asked again, it is there at once.

    Args:
        project: Open in any way: nothing of it is changed.
        run: Identifier of a run that trained its head only, as an exact solution.
        folds, repeats: At least 2 and 1; fewer folds where no class has as many images.
        paths: Folders of the program.
        control: Asked between images, batches and iterations.

    Raises:
        InputError: If the run has no result or trained more than the head, nothing can be learned and judged, or an
            image that must be read again is gone.
        TlftError: If the weights are needed and are not on this machine.
        StoppedError: If a stop was requested.
    """
    store = RunStore(project.root)
    summary = store.summary(run)
    if summary.val_accuracy is None:
        raise InputError(
            f"The run '{summary.name}' has no results: it was not trained to its end.",
            remedy="Train it to its end first.",
        )
    config = store.config(run)
    _require_head_only(summary, config, num_heads=folds * repeats)
    path = _kept_at(paths, config, folds, repeats)
    scores = _read(path)
    if scores is None:
        images = yield from head_images(project, config, paths=paths, control=control)
        steps = fold_scores(
            images,
            config.strategy.phases[-1],
            folds=folds,
            repeats=repeats,
            run_seed=config.seed,
            # Of the division: heads of several runs are judged on the same folds.
            seed=derive_seed("judged folds", config.data_seed),
            control=control,
        )
        scores = yield from _followed(steps, folds * repeats)
        keep_figures(path, scores_to_json(scores))
    yield _result(project, summary, config, scores, repeats)


def kept_folds(project: Project, run: str, *, paths: AppPaths) -> HeadFolds | None:
    """Return what `folded_head` found with its usual folds, where it was asked before; None otherwise.

    Args:
        project: Open in any way.
        run: Identifier of the run.
        paths: Folders of the program.

    Raises:
        InputError: If there is no such run, or its files are damaged.
    """
    store = RunStore(project.root)
    summary = store.summary(run)
    if summary.val_accuracy is None:
        return None
    config = store.config(run)
    scores = _read(_kept_at(paths, config, FOLDS, REPEATS))
    return None if scores is None else _result(project, summary, config, scores, REPEATS)


def _require_head_only(summary: RunSummary, config: RunConfig, *, num_heads: int) -> None:
    tree = layer_tree(config.backbone, len(config.classes), config.image_size)
    strategy = config.strategy
    if all(is_convex(tree, phase) for phase in strategy.phases):
        return
    if all(is_head_only(tree, phase.plan) for phase in strategy.phases):
        raise InputError(
            f"The run '{summary.name}' trained its head batch by batch, and folds are for heads that are solved "
            f"exactly: they would train it {num_heads} times.",
            remedy="Train it with --head convex, which takes seconds.",
        )
    raise InputError(
        f"The run '{summary.name}' trains more than the head, so folds would train the network {num_heads} times.",
        remedy="Folds are for runs whose head alone was trained; `tlft race --seeds` shows what chance does to others.",
    )


def _followed(
    steps: Generator[int, None, tuple[FoldScore, ...]], total: int
) -> Generator[ProbeProgress, None, tuple[FoldScore, ...]]:
    while True:
        try:
            yield ProbeProgress("heads", next(steps), total)
        except StopIteration as end:
            found: tuple[FoldScore, ...] = end.value
            return found


def _kept_at(paths: AppPaths, config: RunConfig, folds: int, repeats: int) -> Path:
    parts = {"run": config.to_json(), "folds": folds, "repeats": repeats, "program": library_versions()}
    return figures_file(paths.cache / _FOLDER, choose_device(), parts)


def _read(path: Path) -> tuple[FoldScore, ...] | None:
    figures = read_figures(path)
    if figures is None:
        return None
    try:
        return scores_from_json(figures)
    except _UNREADABLE:
        return None


def _result(
    project: Project, summary: RunSummary, config: RunConfig, scores: tuple[FoldScore, ...], repeats: int
) -> HeadFolds:
    manifest = read_manifest(project.root, config.manifest)
    records = (*manifest.used(Split.TRAIN), *manifest.used(Split.VAL))
    units = unit_names((record.path, record.group, record.sha256) for record in records)
    of_class = defaultdict(list)
    for record in records:
        of_class[record.label].append(units[record.path])
    assert summary.val_accuracy is not None
    return HeadFolds(
        run=summary.run,
        name=summary.name,
        folds=-(-len(scores) // repeats),
        repeats=repeats,
        scores=scores,
        num_images=len(records),
        num_single=sum(len(names) for names in of_class.values() if len(set(names)) == 1),
        is_grouped=len(set(units.values())) < len(records),
        val_accuracy=summary.val_accuracy,
        val_low=summary.low if summary.low is not None else 0.0,
        val_high=summary.high if summary.high is not None else 1.0,
        num_val=len(manifest.used(Split.VAL)),
        num_rivals=_num_rivals(RunStore(project.root), summary, config),
    )


def _num_rivals(store: RunStore, summary: RunSummary, config: RunConfig) -> int:
    """Return how many runs were judged by the same images; 1 where another one is better by them."""
    accuracies = []
    for other in store.summaries():
        with suppress(InputError):
            if other.val_accuracy is not None and store.config(other.run).manifest == config.manifest:
                accuracies.append(other.val_accuracy)
    return len(accuracies) if summary.val_accuracy == max(accuracies, default=None) else 1
