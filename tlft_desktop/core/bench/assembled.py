"""A training put together without its record, for measurements that look inside of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from tlft_desktop.core.control import Control
from tlft_desktop.core.models.catalog import find_backbone
from tlft_desktop.core.models.loaded_weights import LoadedWeights
from tlft_desktop.core.models.weights import WeightsStore
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.project.ulid import new_ulid
from tlft_desktop.core.training.device import choose_device, default_numerics
from tlft_desktop.core.training.setup import TrainingSetup
from tlft_desktop.core.values.run import RunConfig
from tlft_desktop.core.values.strategy import Strategy
from tlft_desktop.core.workflows.assembly import assemble_run
from tlft_desktop.core.workflows.create import NewProject, create
from tlft_desktop.core.workflows.experiment import default_batch
from tlft_desktop.core.workflows.networks import is_convolutional
from tlft_desktop.core.workflows.versions import library_versions
from tlft_desktop.paths import AppPaths


def made_project(new: NewProject, *, paths: AppPaths) -> Project:
    """Return a new project, open for writing.

    Raises:
        TlftError: If the images, the backbone or the place cannot be used.
    """
    *_, project = create(new, paths=paths, control=Control())
    assert isinstance(project, Project)
    return project


@contextmanager
def assembled(
    project: Project,
    strategy: Strategy,
    *,
    paths: AppPaths,
    seed: int = 0,
    weights: LoadedWeights | None = None,
    features_on_disk: bool = True,
) -> Iterator[TrainingSetup]:
    """Give what a trainer of a new run needs, as the program puts it together, and close its files afterwards.

    Args:
        project: Open, with its pixels in the cache.
        strategy: Phases and gate.
        paths: Folders of the program.
        seed: Of the head's first weights, order, dropout and view choice.
        weights: What the network starts from; those of its backbone by default.
        features_on_disk: Whether outputs of frozen layers are kept in the cache folder.

    Raises:
        TlftError: If the weights or the pixels are not there.
    """
    manifest, entry = project.edited_manifest, find_backbone(project.config.backbone)
    loaded = weights or WeightsStore(paths.models_folder, paths.site_weights).load(entry)
    config = RunConfig(
        run=new_ulid(),
        strategy=strategy,
        backbone=entry.name,
        weights_sha256=loaded.sha256,
        image_size=project.config.image_size,
        manifest=manifest.digest,
        classes=manifest.classes,
        seed=seed,
        data_seed=project.config.seed,
        numerics=default_numerics(
            device=choose_device(), is_convolutional=is_convolutional(entry), batch=default_batch(manifest)
        ),
        versions=library_versions(),
        started=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    stack, setup, _ = assemble_run(config, manifest, loaded, paths=paths, features_on_disk=features_on_disk)
    with stack:
        yield setup
