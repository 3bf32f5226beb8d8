"""A pilot: the ways to a classifier tried out for a moment on the training images, and nothing kept of it."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from statistics import median

from torch import Tensor

from tlft_desktop.core.advice.pilot import DEFAULT_SECONDS, Pilot, PilotWay, better_half
from tlft_desktop.core.control import Control
from tlft_desktop.core.data.import_images import ensure_pixels
from tlft_desktop.core.data.splits import SplitItem, assign_splits, unit_names
from tlft_desktop.core.errors import InputError, StoppedError, TlftError
from tlft_desktop.core.freezing.strategies import StrategyOptions, build_strategy
from tlft_desktop.core.models.catalog import find_backbone
from tlft_desktop.core.models.weights import WeightsStore
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.training.budget import require_budget
from tlft_desktop.core.training.device import choose_device, choose_numerics
from tlft_desktop.core.training.memory import free_memory, is_out_of_memory, release_memory
from tlft_desktop.core.training.micro_batch import fitting_numerics, is_convex
from tlft_desktop.core.training.trainer import Trainer
from tlft_desktop.core.values.events import FitEnd, ValidationEnd
from tlft_desktop.core.values.manifest import ImageRecord, Manifest, Split
from tlft_desktop.core.values.numerics import NumericMode
from tlft_desktop.core.values.probe_progress import ProbeProgress
from tlft_desktop.core.values.run import RunConfig
from tlft_desktop.core.values.seeds import derive_seed
from tlft_desktop.core.values.strategy import Strategy, StrategyKind, resolved_flip
from tlft_desktop.core.workflows.assembly import assemble_run
from tlft_desktop.core.workflows.experiment import default_batch
from tlft_desktop.core.workflows.networks import is_convolutional, layer_tree
from tlft_desktop.core.workflows.numeric_choice import remembered_mode
from tlft_desktop.core.workflows.plan_costs import MachineCosts, machine_costs
from tlft_desktop.core.workflows.probe_subject import MAX_IMAGES, spread_records
from tlft_desktop.core.workflows.versions import library_versions
from tlft_desktop.paths import AppPaths

WAYS = (StrategyKind.TRANSFER, StrategyKind.HYBRID, StrategyKind.FINETUNE)
_TUNED = (StrategyKind.HYBRID, StrategyKind.FINETUNE)
_HELD_OUT = 0.3
"""More than usual for validation: a difference that so few images cannot show is no use."""
_FEWEST_PER_CLASS = 5
_FEWEST_HELD_OUT = 12
_FEWEST_EPOCHS = 2
"""Without a second epoch nobody knows how fast a way learns."""
_FEWEST_TRAINED = 64
_PLANNED_SHARE = 0.8
"""Of the time: estimates are rough."""
_HOPELESS = 4.0
"""How much too long it must seem before it is not even begun: the clock cuts it short."""
_SMALLER = 1.4
"""Factor between two numbers of images of which one may be trained with in the time."""
_SECONDS_BETWEEN_STEPS = 0.1


@dataclass(frozen=True, slots=True)
class PilotPlan:
    """What is tried out in the time that there is.

    Attributes:
        manifest: Training images of the project, some of them held out as if for validation.
        epochs: Of the first round; the second one has twice as many.
        seconds: What both rounds are expected to take.
    """

    manifest: Manifest
    epochs: int
    seconds: float


def run_pilot(
    project: Project, *, seconds: float = DEFAULT_SECONDS, device: str = "auto", paths: AppPaths, control: Control
) -> Generator[ProbeProgress | Pilot, None, None]:
    """Train transfer, hybrid and fine-tuning for a moment, and yield progress and at the end what came of it.

    Only training images are used: of each class a part is held out, groups and copies together, and tells how good a
    way is; validation images stay unseen. Each round of successive halving trains anew with twice the epochs, so that
    the learning rate ends where it would in a run. Nothing is written into the project; outputs of frozen layers go to
    the cache as those of runs do, and are taken from there.

    Args:
        project: Open in any way.
        seconds: What training may take, but for the last batch; reading images and measuring the machine come before.
        device: `auto`, `cpu`, `cuda`, `cuda:N` or `mps`.
        paths: Folders of the program.
        control: Asked before every batch.

    Raises:
        UsageError: If `seconds` is not a number above zero.
        InputError: If there are fewer than two classes with images for training.
        TlftError: If the weights are not on this machine, or an image cannot be read.
        StoppedError: If a stop was requested.
    """
    require_budget(seconds)
    records = project.edited_manifest.used(Split.TRAIN)
    sizes = Counter(record.label for record in records)
    if len(sizes) < 2:
        raise InputError(
            "A pilot needs training images of two classes at least.", remedy="Bring some back on the page Data."
        )
    if median(sizes.values()) < _FEWEST_PER_CLASS:
        yield Pilot(refusal="With fewer than five training images of a class, trying the ways out can tell nothing.")
        return
    yield ProbeProgress("pilot", 0, 1)
    trial = _Trial(project, device=device, paths=paths, control=control)
    yield from trial.read_pixels()
    plan = trial.plan(seconds)
    if isinstance(plan, str):
        yield Pilot(refusal=plan)
        return
    ways = yield from trial.halve(plan, time.monotonic() + seconds)
    held_out, trained = (len(plan.manifest.used(split)) for split in (Split.VAL, Split.TRAIN))
    refusal = "" if len(ways) > 1 else "The time was not enough to try two ways out: give the pilot more of it."
    ways = sorted(ways, key=lambda way: (way.accuracy, -WAYS.index(way.kind)), reverse=True)
    yield Pilot(() if refusal else tuple(ways), trained, held_out, trained / len(records), refusal)


def hold_out(records: tuple[ImageRecord, ...], *, seed: int) -> tuple[ImageRecord, ...]:
    """Return records of which some of each class are for validation; groups and copies stay together.

    Args:
        records: Training images.
        seed: Another seed gives another division.
    """
    units = unit_names((record.path, record.group, record.sha256) for record in records)
    items = [SplitItem(record.path, record.label, units[record.path]) for record in records]
    splits = assign_splits(items, val=_HELD_OUT, test=0.0, seed=seed)
    return tuple(replace(record, split=splits[record.path]) for record in records)


class _Trial:
    """Trains ways of one project for a moment."""

    def __init__(self, project: Project, *, device: str, paths: AppPaths, control: Control) -> None:
        self._project, self._device, self._paths, self._control = project, choose_device(device), paths, control
        self._manifest = project.edited_manifest
        self._records = self._manifest.used(Split.TRAIN)
        self._seed = derive_seed("pilot", project.config.seed)
        self._entry = find_backbone(project.config.backbone)
        self._size = project.config.image_size
        self._tree = layer_tree(self._entry.name, len(self._manifest.classes), self._size)
        self._weights = WeightsStore(paths.models_folder, paths.site_weights).load(self._entry)

    def read_pixels(self) -> Generator[ProbeProgress, None, None]:
        """Read images again whose pixels are not kept any more."""
        steps = ensure_pixels(
            replace(self._manifest, records=self._records),
            self._project.data_folder,
            preprocessing=self._entry.preprocessing.at_size(self._size),
            cache_dir=self._paths.cache,
            control=self._control,
        )
        for step in steps:
            yield ProbeProgress("read", step.done, step.total)

    def plan(self, seconds: float) -> PilotPlan | str:
        """Return with how many images and epochs the ways can be tried out; why not, where the time is too short."""
        costs = self._costs()
        allowed = _PLANNED_SHARE * seconds
        wanted, smallest = float(min(MAX_IMAGES, len(self._records))), self._fewest()
        while True:
            manifest = self._part(max(round(wanted), smallest))
            if len(manifest.used(Split.VAL)) < _FEWEST_HELD_OUT:
                return (
                    f"Only {len(manifest.used(Split.VAL))} training images can be held out: trying the ways out could "
                    "tell nothing apart."
                )
            if costs is None:
                return PilotPlan(manifest, _FEWEST_EPOCHS, seconds)
            needed = self._seconds_of(costs, manifest, _FEWEST_EPOCHS)
            if needed <= allowed:
                return self._longest(costs, manifest, allowed)
            if wanted <= smallest and needed > _HOPELESS * allowed:
                return (
                    f"Trying the ways out takes about {needed / _PLANNED_SHARE:.0f} s on this machine at least: give "
                    "the pilot more time."
                )
            if wanted <= smallest:
                return PilotPlan(manifest, _FEWEST_EPOCHS, seconds)
            wanted /= _SMALLER

    def halve(self, plan: PilotPlan, deadline: float) -> Generator[ProbeProgress, None, list[PilotWay]]:
        """Train in rounds, keep the better half, double the epochs; return the last result of each way."""
        found: dict[StrategyKind, PilotWay] = {}
        kept, epochs = list(WAYS), plan.epochs
        clock = _Clock(plan.seconds, deadline)
        while True:
            for place, kind in enumerate(kept):
                if kind not in found or not found[kind].is_finished:
                    config = self._config(kind, epochs, plan.manifest)
                    way = yield from self._try(config, plan.manifest, clock, share=1 / (len(kept) - place))
                    found |= {kind: way} if way is not None else {}
            kept = [way.kind for way in better_half([found[kind] for kind in kept if kind in found])]
            growing = [found[kind] for kind in kept if not found[kind].is_finished]
            epochs *= 2
            if len(kept) < 2 or not growing or 2 * sum(way.seconds for way in growing) > clock.left:
                return list(found.values())

    def _try(
        self, config: RunConfig, manifest: Manifest, clock: _Clock, *, share: float
    ) -> Generator[ProbeProgress, None, PilotWay | None]:
        """Train a way anew; None where it came to no result in its share of the time, or cannot be trained."""
        try:
            return (yield from self._train(config, manifest, clock, clock.read() + share * clock.left))
        except StoppedError:
            raise
        except (TlftError, RuntimeError, MemoryError) as error:
            # A way that diverges, or for which the memory is not enough, is none to advise.
            if not isinstance(error, TlftError) and not is_out_of_memory(error):
                raise
            return None
        finally:
            release_memory(self._device)

    def _train(
        self, config: RunConfig, manifest: Manifest, clock: _Clock, until: float
    ) -> Generator[ProbeProgress, None, PilotWay | None]:
        started = clock.read()
        curves: dict[str, list[float]] = {}
        stack, setup, _ = assemble_run(config, manifest, self._weights, paths=self._paths, features_on_disk=True)
        trainer = Trainer(setup, self._control)
        with stack, closing(trainer.fit()) as events:
            for event in events:
                if isinstance(event, ValidationEnd):
                    curves.setdefault(event.phase, []).append(event.val_accuracy)
                yield from clock.progress()
                # A run that has ended is none the worse for the hour.
                if clock.read() > until and not isinstance(event, FitEnd):
                    break
        self._control.raise_if_stopped()
        phase = config.strategy.phases[trainer.progress.phase]
        curve = curves.get(phase.name, [])
        is_solved = is_convex(self._tree, phase)
        if not curve or (len(curve) < phase.epochs and not is_solved):
            # Half of a schedule, with its high learning rate, tells nothing about the whole of it.
            return None
        is_finished = is_solved or len(curve) == self._default(config.strategy.kind).phases[-1].epochs
        return PilotWay(
            kind=config.strategy.kind,
            hits=_hits(trainer, setup.val.labels),
            epochs=0 if is_solved else len(curve),
            seconds=clock.read() - started,
            gain=0.0 if is_solved else curve[-1] - curve[len(curve) // 2 - 1],
            is_finished=is_finished,
        )

    def _default(self, kind: StrategyKind) -> Strategy:
        """Return a way as it would be trained with all images."""
        return build_strategy(
            kind,
            self._tree,
            num_train=len(self._records),
            is_convolutional=is_convolutional(self._entry),
            options=StrategyOptions(flip=resolved_flip(None, self._project.config.flip)),
        )

    def _shortened(self, kind: StrategyKind, epochs: int) -> Strategy:
        """Return a way with fewer epochs, whose last one counts: the best one would be best by luck, too."""
        whole = self._default(kind)
        last = whole.phases[-1]
        if not is_convex(self._tree, last):
            last = replace(last, epochs=min(epochs, last.epochs), patience=0)
        return replace(whole, phases=(*whole.phases[:-1], last))

    def _config(self, kind: StrategyKind, epochs: int, manifest: Manifest) -> RunConfig:
        strategy = self._shortened(kind, epochs)
        numerics = choose_numerics(
            NumericMode.AUTO,
            device=self._device,
            is_convolutional=is_convolutional(self._entry),
            batch=default_batch(manifest),
        )
        config = RunConfig(
            run="",
            strategy=strategy,
            backbone=self._entry.name,
            weights_sha256=self._weights.sha256,
            image_size=self._size,
            # Of the project: what is kept in the cache belongs to it.
            manifest=self._manifest.digest,
            classes=self._manifest.classes,
            seed=self._seed,
            data_seed=self._project.config.seed,
            numerics=fitting_numerics(numerics, self._tree, strategy, free_bytes=free_memory(self._device)),
            versions=library_versions(),
            started=datetime.now(UTC).isoformat(timespec="seconds"),
        )
        return remembered_mode(config, paths=self._paths)

    def _part(self, num_images: int) -> Manifest:
        """Return a part of the training images, some of them held out."""
        chosen = tuple(spread_records(self._records, seed=self._seed, at_most=num_images))
        return replace(self._manifest, records=hold_out(chosen, seed=self._seed))

    def _fewest(self) -> int:
        """Return with how few images it is worth to begin."""
        wanted = max(_FEWEST_TRAINED, _FEWEST_PER_CLASS * len(self._manifest.classes))
        return min(len(self._records), round(wanted / (1 - _HELD_OUT)))

    def _costs(self) -> MachineCosts | None:
        try:
            return machine_costs(
                self._entry.name,
                len(self._manifest.classes),
                self._size,
                device=self._device,
                paths=self._paths,
                control=self._control,
            )
        except InputError:
            return None

    def _seconds_of(self, costs: MachineCosts, manifest: Manifest, epochs: int) -> float:
        """Return what a first round with so many epochs is expected to take, and a second one with twice as many."""
        batch = default_batch(manifest)
        return sum(
            costs.of_phase(phase, manifest, batch=batch).total
            for kind in _TUNED
            for round_epochs in (epochs, 2 * epochs)
            for phase in self._shortened(kind, round_epochs).phases
        )

    def _longest(self, costs: MachineCosts, manifest: Manifest, allowed: float) -> PilotPlan:
        """Return a plan with as many epochs as there is time for."""
        most = max(_FEWEST_EPOCHS, max(self._default(kind).phases[-1].epochs for kind in _TUNED) // 2)
        epochs = _FEWEST_EPOCHS
        while epochs < most and self._seconds_of(costs, manifest, epochs + 1) <= allowed:
            epochs += 1
        return PilotPlan(manifest, epochs, self._seconds_of(costs, manifest, epochs))


class _Clock:
    """Tells how far a pilot is, in seconds.

    Args:
        expected: What it is expected to take.
        deadline: When it must end, by the monotonic clock.
    """

    def __init__(self, expected: float, deadline: float) -> None:
        self._started = self._told = self.read()
        self._expected, self._deadline = max(1, round(expected)), deadline

    @staticmethod
    def read() -> float:
        """Return the time."""
        return time.monotonic()

    @property
    def left(self) -> float:
        """Seconds up to the deadline; less than none behind it."""
        return self._deadline - self.read()

    def progress(self) -> Generator[ProbeProgress, None, None]:
        """Yield how far the pilot is, now and then."""
        now = self.read()
        if now - self._told >= _SECONDS_BETWEEN_STEPS:
            self._told = now
            yield ProbeProgress("pilot", min(self._expected, round(now - self._started)), self._expected)


def _hits(trainer: Trainer, labels: Tensor) -> tuple[bool, ...]:
    """Return for each held-out image whether the network was right in the end."""
    best, logits = trainer.progress.best, trainer.last_logits
    if best is not None and best.phase < trainer.progress.phase:
        # A hybrid goes back to its head where going on made it worse.
        logits = trainer.best_logits
    assert logits is not None
    return tuple((logits.argmax(dim=1) == labels).tolist())
