"""Before several runs of a project: fill what their frozen fronts give in one pass of the network over the images."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import StoppedError, TlftError
from tlft_desktop.core.models.loaded_weights import LoadedWeights
from tlft_desktop.core.training.device import applied_numerics
from tlft_desktop.core.training.features import FeatureSpec
from tlft_desktop.core.training.memory import release_memory
from tlft_desktop.core.training.setup import TrainingSetup
from tlft_desktop.core.training.shared_pass import Need, fill_together, front_key, needs_of
from tlft_desktop.core.values.events import CacheProgress
from tlft_desktop.core.values.manifest import Manifest
from tlft_desktop.core.values.run import RunConfig
from tlft_desktop.core.workflows.assembly import assemble_run
from tlft_desktop.paths import AppPaths

_SECONDS_BETWEEN_EVENTS = 0.1


def share_fronts(
    configs: Sequence[RunConfig],
    manifest: Manifest,
    weights: LoadedWeights,
    *,
    also_unshared: bool = False,
    paths: AppPaths,
    control: Control,
) -> Iterator[CacheProgress]:
    """Fill the feature caches of runs that are started together, as far as they share a pass, and yield its progress.

    Never more than a help: each run looks for its rows as ever and computes what is missing. So a stop ends this early,
    with all finished rows kept, and what is wrong with images, disk or memory is left to the run that meets it.

    Args:
        configs: What determines the runs, the first one first; the progress bears its name.
        manifest: The images of all of them.
        weights: What all of them start from.
        also_unshared: Whether to fill what one run only reads, too, so that it does not pay for it.
        paths: Folders of the program.
        control: Stop and pause requests.
    """
    groups: dict[str, list[RunConfig]] = {}
    for config in configs:
        groups.setdefault(_sharing_key(config), []).append(config)
    for group in groups.values():
        if len(group) == 1 and not also_unshared:
            continue
        try:
            last_event = time.monotonic()
            for done, total in _fill(group, manifest, weights, also_unshared, paths, control):
                now = time.monotonic()
                if now - last_event >= _SECONDS_BETWEEN_EVENTS or done == total:
                    last_event = now
                    yield CacheProgress(run=configs[0].run, done=done, total=total)
        except StoppedError:
            return
        except (TlftError, MemoryError, RuntimeError):
            continue
        finally:
            release_memory(group[0].numerics.device)


def _sharing_key(config: RunConfig) -> str:
    """Return what must be equal for two runs to read rows of the same files, but for the place in the network."""
    parts = (
        config.backbone,
        config.weights_sha256,
        config.image_size,
        config.manifest,
        config.data_seed,
        replace(config.numerics, batch=1, micro_batch=1),
        config.versions["torch"],
    )
    return repr(parts)


def _fill(
    group: Sequence[RunConfig],
    manifest: Manifest,
    weights: LoadedWeights,
    also_unshared: bool,
    paths: AppPaths,
    control: Control,
) -> Iterator[tuple[int, int]]:
    # One network for all: their heads differ at most, and no front reaches them.
    stack, setup, images = assemble_run(group[0], manifest, weights, paths=paths, features_on_disk=True)
    with stack, applied_numerics(setup.numerics):
        needs = _needs(setup, group)
        setup.model.eval()
        sources = {"train": images.train, "val": images.val}
        yield from fill_together(needs, sources, also_unshared=also_unshared, control=control)


def _needs(setup: TrainingSetup, group: Sequence[RunConfig]) -> list[Need]:
    found: dict[FeatureSpec, Need] = {}
    # Runs that differ in rates or seeds need not be looked at one by one: tracing a network takes a second.
    first_phases = {front_key(config.strategy.phases[0]): config.strategy for config in group}
    for strategy in first_phases.values():
        for need in needs_of(replace(setup, strategy=strategy)):
            found.setdefault(need.spec, need)
    return list(found.values())
