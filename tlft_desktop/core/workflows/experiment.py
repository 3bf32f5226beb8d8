"""Run an experiment: the same generator of events for the window and for the command line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime

from tlft_desktop.core import fsio
from tlft_desktop.core.control import Control
from tlft_desktop.core.data.import_images import ensure_pixels
from tlft_desktop.core.errors import InputError, TlftError, UsageError
from tlft_desktop.core.freezing.strategies import StrategyOptions, build_strategy, usual_batch
from tlft_desktop.core.models.catalog import BackboneEntry, find_backbone
from tlft_desktop.core.models.loaded_weights import LoadedWeights
from tlft_desktop.core.models.weights import WeightsStore
from tlft_desktop.core.project.manifests import read_manifest
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.runs.checkpoint import load_newest
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.training.budget import require_budget
from tlft_desktop.core.training.device import choose_device, choose_numerics, require_available
from tlft_desktop.core.training.memory import free_memory
from tlft_desktop.core.training.micro_batch import fitting_numerics
from tlft_desktop.core.training.mixup import require_mixable
from tlft_desktop.core.values.events import CacheProgress, Event, Notice
from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.core.values.manifest import Manifest, Split
from tlft_desktop.core.values.numerics import NumericMode, Numerics
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.run import RunConfig
from tlft_desktop.core.values.strategy import HeadSolver, OptimizerKind, Strategy, StrategyKind, resolved_flip
from tlft_desktop.core.values.thaw import ThawSchedule
from tlft_desktop.core.workflows.disk_room import require_room, run_bytes
from tlft_desktop.core.workflows.networks import is_convolutional, layer_tree, preprocessing_of, run_layout
from tlft_desktop.core.workflows.numeric_choice import measured_mode, remembered_mode
from tlft_desktop.core.workflows.recording import record_run
from tlft_desktop.core.workflows.run_notices import resume_notices, start_notices, why_not_resumable
from tlft_desktop.core.workflows.shared_fronts import share_fronts
from tlft_desktop.core.workflows.versions import library_versions
from tlft_desktop.paths import AppPaths


@dataclass(frozen=True, slots=True)
class TrainOptions:
    """What the user wants different from the defaults; None leaves a default.

    Attributes:
        epochs: Of every phase that is not solved as a convex problem.
        budget_seconds: Active seconds that the run may take; turned into a number of steps once.
        target: Validation accuracy (fraction) at which the hybrid stops after its first phase.
        batch_size: Images per optimiser step.
        learning_rate: Peak rate.
        optimizer: Optimiser of the ordinary loop.
        head: How a phase that trains the head only is solved.
        seed: Of order, dropout and view choice.
        views: Variants per image.
        use_cache: Whether features are kept on disk for later runs.
        device: `auto`, `cpu`, `cuda`, `cuda:N` or `mps`.
        threads: Threads of the processor; all usable cores by default.
        numeric: In which type and layout the network computes.
        flip: Whether mirrored images mean the same; None for what the project says.
        balance_classes: Whether the loss weighs classes equally.
        mixup: How strongly training images are mixed in pairs, above 0 and at most 1; None for not at all.
        checkpoint_activations: Whether training keeps few tensors for the backward pass and computes the others again.
    """

    epochs: int | None = None
    budget_seconds: float | None = None
    target: float | None = None
    batch_size: int | None = None
    learning_rate: float | None = None
    optimizer: OptimizerKind | None = None
    head: HeadSolver | None = None
    seed: int = 0
    views: int | None = None
    use_cache: bool = True
    device: str = "auto"
    threads: int | None = None
    numeric: NumericMode = NumericMode.AUTO
    flip: bool | None = None
    balance_classes: bool = False
    mixup: float | None = None
    checkpoint_activations: bool = False


@dataclass(frozen=True, slots=True)
class PlannedRun:
    """A run that is to follow another one.

    Attributes:
        strategy: One of the ways with defaults, or phases of the user's own.
        options: What the user wants different.
    """

    strategy: StrategyKind | Strategy
    options: TrainOptions


def run_experiment(
    project: Project,
    strategy: StrategyKind | Strategy,
    *,
    options: TrainOptions,
    paths: AppPaths,
    control: Control,
    following: Sequence[PlannedRun] = (),
    also_unshared: bool = False,
    run: str = "",
) -> Iterator[Event]:
    """Train a new run of an open project and yield what happens; the last event is `fit_end`.

    A failure after the run was made becomes `fit_end (failed)`. Ask `control` to stop; closing the generator abandons
    the run, which is saved where it can go on.

    Args:
        project: Open for writing; its edits are frozen into a manifest first.
        strategy: One of the ways with defaults for the number of images, or phases of the user's own.
        options: What the user wants different.
        paths: Folders of the program.
        control: Stop and pause requests.
        following: Runs that are started one after the other when this one has ended. What the frozen layers of all of
            them give is computed first, in one pass, as far as they share it; one that cannot start is passed over.
        also_unshared: Whether to compute first, too, what one of them only reads, so that it does not pay for it.
        run: Identifier of the new run, where somebody has to know it before the run is made.

    Raises:
        TlftError: If the run cannot start: the message names the option, file or resource.
    """
    project.require_writable()
    manifest = project.freeze_edits()
    require_images(manifest)
    weights = WeightsStore(paths.models_folder, paths.site_weights).load(find_backbone(project.config.backbone))
    config = _configuration(project, strategy, manifest, weights, options)
    config = replace(config, run=run or config.run)
    require_room(project.root, run_bytes(config.strategy, _tree_of(config)))
    yield from _ensure_pixels(project, manifest, config, paths=paths, control=control)
    told: tuple[Notice, ...] = ()
    if options.numeric is NumericMode.AUTO:
        config, told = measured_mode(config, manifest, weights, paths=paths, control=control)
    if (following or also_unshared) and options.use_cache:
        configs = [config, *_following_configurations(project, following, manifest, weights, paths)]
        yield from share_fronts(configs, manifest, weights, also_unshared=also_unshared, paths=paths, control=control)
    RunStore(project.root).create(config)
    yield from record_run(
        project,
        config,
        manifest,
        weights,
        paths=paths,
        features_on_disk=options.use_cache,
        control=control,
        notices=(*start_notices(config.numerics), *told),
    )


def resume_experiment(project: Project, run: str, *, paths: AppPaths, control: Control) -> Iterator[Event]:
    """Go on with a run that was stopped or interrupted, from its newest whole checkpoint, else from its start.

    Numerics, data and seeds are those of the run, whatever has changed in the project since; a notice tells
    libraries of other versions.

    Raises:
        TlftError: If the run cannot go on: it is complete or damaged, or its data or weights are not there any more.
    """
    project.require_writable()
    store = RunStore(project.root)
    status = store.status(run)
    if not status.resumable:
        raise InputError(why_not_resumable(run, status.state))
    config = store.config(run)
    entry = find_backbone(config.backbone)
    weights = WeightsStore(paths.models_folder, paths.site_weights).load(entry)
    if weights.sha256 != config.weights_sha256:
        raise InputError(
            f"The weights of {config.backbone} on this machine are not those that run '{run}' started from.",
            remedy="Start a new run, or bring the file with the recorded SHA-256 back.",
        )
    manifest = read_manifest(project.root, config.manifest)
    choose_device(config.numerics.device)
    require_available(config.numerics)
    bytes_there = fsio.folder_bytes(store.checkpoints_folder(run))
    require_room(project.root, run_bytes(config.strategy, _tree_of(config)) - bytes_there)
    yield from _ensure_pixels(project, manifest, config, paths=paths, control=control)
    problems: list[str] = []
    checkpoint = load_newest(store.checkpoints_folder(run), run_layout(config, manifest), on_damaged=problems.append)
    yield from record_run(
        project,
        config,
        manifest,
        weights,
        paths=paths,
        features_on_disk=True,
        control=control,
        checkpoint=checkpoint,
        notices=resume_notices(checkpoint, problems, config.versions),
    )


def require_startable(project: Project, strategy: StrategyKind | Strategy, options: TrainOptions) -> Strategy:
    """Refuse a run that could not start with the project as it is, before anything is done for it.

    Returns:
        The phases that the run would have.

    Raises:
        TlftError: If strategy, options, images and network do not go together.
    """
    manifest = project.edited_manifest
    require_images(manifest)
    entry = find_backbone(project.config.backbone)
    require_budget(options.budget_seconds)
    chosen = _chosen_strategy(project, strategy, manifest, entry, options)
    tree = layer_tree(entry.name, len(manifest.classes), project.config.image_size)
    require_mixable(chosen, tree, batch=_numerics(manifest, entry, options).batch)
    return chosen


def _tree_of(config: RunConfig) -> LayerTree:
    return layer_tree(config.backbone, len(config.classes), config.image_size)


def _following_configurations(
    project: Project, following: Sequence[PlannedRun], manifest: Manifest, weights: LoadedWeights, paths: AppPaths
) -> Iterator[RunConfig]:
    for planned in following:
        if planned.options.use_cache:
            # What cannot start says so when its turn comes.
            with suppress(TlftError):
                config = _configuration(project, planned.strategy, manifest, weights, planned.options)
                is_automatic = planned.options.numeric is NumericMode.AUTO
                yield remembered_mode(config, paths=paths) if is_automatic else config


def _configuration(
    project: Project,
    strategy: StrategyKind | Strategy,
    manifest: Manifest,
    weights: LoadedWeights,
    options: TrainOptions,
) -> RunConfig:
    entry = find_backbone(project.config.backbone)
    chosen = _chosen_strategy(project, strategy, manifest, entry, options)
    numerics = _numerics(manifest, entry, options)
    tree = layer_tree(entry.name, len(manifest.classes), project.config.image_size)
    require_mixable(chosen, tree, batch=numerics.batch)
    return RunConfig(
        run=RunStore(project.root).new_id(),
        strategy=chosen,
        backbone=entry.name,
        weights_sha256=weights.sha256,
        image_size=project.config.image_size,
        manifest=manifest.digest,
        classes=manifest.classes,
        seed=options.seed,
        data_seed=project.config.seed,
        numerics=fitting_numerics(numerics, tree, chosen, free_bytes=free_memory(numerics.device)),
        budget_seconds=require_budget(options.budget_seconds),
        versions=library_versions(),
        started=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _chosen_strategy(
    project: Project,
    strategy: StrategyKind | Strategy,
    manifest: Manifest,
    entry: BackboneEntry,
    options: TrainOptions,
) -> Strategy:
    image_size, plan, thaw = project.config.image_size, project.config.plan, project.config.thaw
    if isinstance(strategy, Strategy):
        _check_own_strategy(strategy, layer_tree(entry.name, len(manifest.classes), image_size), options)
        return strategy
    wanted = strategy_options(options, project.config.flip)
    chosen = strategy_for(strategy, entry, manifest, image_size, plan=plan, thaw=thaw, options=wanted)
    if all(phase.head is HeadSolver.CONVEX for phase in chosen.phases):
        remedy = "Choose to train the head batch by batch (`--head sgd` on the command line)."
        if options.batch_size is not None:
            raise UsageError("The batch size has no meaning for a head that is solved exactly.", remedy=remedy)
        if options.checkpoint_activations:
            raise UsageError(
                "A head that is solved exactly keeps no activations, so that none can be computed again "
                "(`--checkpoint-activations` on the command line).",
                remedy=remedy,
            )
    return chosen


def strategy_options(options: TrainOptions, flip: bool | None = None) -> StrategyOptions:
    """Return those of the options that a strategy is built from; `flip` is the answer of the project."""
    wanted = {option.name: getattr(options, option.name) for option in fields(StrategyOptions)}
    return StrategyOptions(**{**wanted, "flip": resolved_flip(options.flip, flip)})


def strategy_for(
    kind: StrategyKind,
    entry: BackboneEntry,
    manifest: Manifest,
    image_size: int,
    *,
    plan: FreezePlan,
    options: StrategyOptions,
    thaw: ThawSchedule | None = None,
) -> Strategy:
    """Return a strategy for a backbone and the images of a project.

    Args:
        kind: Which way.
        entry: The backbone.
        manifest: Its classes and its number of training images count.
        image_size: Side of the network input, in pixels.
        plan: The plan of a custom strategy; ignored by the others.
        options: What the user wants different.
        thaw: When the stages of a custom strategy begin to train.

    Raises:
        UsageError: If an option does not fit the strategy.
        InputError: If the plan does not fit the network, or the backbone cannot work with the image size.
    """
    return build_strategy(
        kind,
        layer_tree(entry.name, len(manifest.classes), image_size),
        num_train=len(manifest.used(Split.TRAIN)),
        is_convolutional=is_convolutional(entry),
        plan=plan,
        thaw=thaw,
        options=options,
    )


def _check_own_strategy(strategy: Strategy, tree: LayerTree, options: TrainOptions) -> None:
    plans = [phase.plan for phase in strategy.phases]
    unknown = {owner for plan in plans for owner in plan.frozen} - set(tree.owners)
    unknown |= {path for plan in plans for path, _ in plan.adapters if path not in tree}
    if unknown:
        raise InputError(f"The strategy names layers that {tree.backbone} does not have, such as '{min(unknown)}'.")
    numbers = (options.epochs, options.target, options.learning_rate, options.views, options.mixup)
    settings = (*numbers, options.optimizer, options.head, options.flip)
    if any(value is not None for value in settings) or options.balance_classes:
        raise UsageError("A strategy of your own says itself how to train: change it there, not by options.")


def require_images(manifest: Manifest) -> None:
    """Refuse a manifest on which nothing can be trained.

    Raises:
        InputError: If it has no image in use for training, or none for validation.
    """
    remedy = "Bring some back on the page Data."
    if not manifest.used(Split.TRAIN):
        raise InputError(
            "The project has no image for training: all are excluded or moved to other splits.", remedy=remedy
        )
    if not manifest.used(Split.VAL):
        raise InputError(
            "The project has no image for validation: all are excluded or moved to other splits.", remedy=remedy
        )


def default_batch(manifest: Manifest) -> int:
    """Return the images per optimiser step where the user says nothing: at most all there are."""
    num_train = len(manifest.used(Split.TRAIN))
    return min(usual_batch(num_train), max(1, num_train))


def batch_of(manifest: Manifest, options: TrainOptions) -> int:
    """Return the images per optimiser step: what the user wants, at most all there are."""
    if options.batch_size is None:
        return default_batch(manifest)
    return min(options.batch_size, max(1, len(manifest.used(Split.TRAIN))))


def _numerics(manifest: Manifest, entry: BackboneEntry, options: TrainOptions) -> Numerics:
    if options.batch_size is not None and options.batch_size < 1:
        raise UsageError(f"The batch size must be at least 1, got {options.batch_size}.")
    numerics = choose_numerics(
        options.numeric,
        device=choose_device(options.device),
        is_convolutional=is_convolutional(entry),
        batch=batch_of(manifest, options),
        threads=options.threads,
    )
    return replace(numerics, checkpoint_activations=options.checkpoint_activations)


def _ensure_pixels(
    project: Project, manifest: Manifest, config: RunConfig, *, paths: AppPaths, control: Control
) -> Iterator[Event]:
    preprocessing = preprocessing_of(replace(project.config, image_size=config.image_size, backbone=config.backbone))
    steps = ensure_pixels(
        manifest, project.data_folder, preprocessing=preprocessing, cache_dir=paths.cache, control=control
    )
    with closing(steps):
        for item in steps:
            yield CacheProgress(run=config.run, done=item.done, total=item.total)
