"""The network of a project: its catalogue entry, preprocessing and layer tree."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from tlft_desktop.core.models.catalog import BackboneEntry, BackboneKind, find_backbone
from tlft_desktop.core.models.layer_tree import build_layer_tree
from tlft_desktop.core.models.network_layout import NetworkLayout
from tlft_desktop.core.project.config import ProjectConfig
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.runs.run_layout import RunLayout
from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.core.values.manifest import Manifest, Split
from tlft_desktop.core.values.preprocessing import Preprocessing
from tlft_desktop.core.values.run import RunConfig


def preprocessing_of(config: ProjectConfig) -> Preprocessing:
    """Return what the project's backbone expects of an image, at the project's image size.

    Raises:
        InputError: If the catalogue does not know the backbone.
    """
    return find_backbone(config.backbone).preprocessing.at_size(config.image_size)


def is_convolutional(entry: BackboneEntry) -> bool:
    """Tell whether a backbone is a convolutional network: it decides memory layout and learning rates."""
    return entry.kind is BackboneKind.CNN


def layer_tree_of(project: Project) -> LayerTree:
    """Return the layer tree of the project's network.

    Raises:
        InputError: If the catalogue does not know the backbone, or it cannot work with the image size.
    """
    return layer_tree(project.config.backbone, len(project.edited_manifest.classes), project.config.image_size)


def run_layout(config: RunConfig, manifest: Manifest) -> RunLayout:
    """Return what the checkpoints of a run must fit.

    Args:
        config: What determines the run.
        manifest: Its images.

    Raises:
        InputError: If the catalogue does not know the backbone, or the network cannot be built so.
    """
    num_classes, plans = len(config.classes), [phase.plan for phase in config.strategy.phases]
    ranks: tuple[Mapping[str, int], ...] = ({},) * len(plans)
    if any(plan.adapters for plan in plans):
        tree = layer_tree(config.backbone, num_classes, config.image_size)
        ranks = tuple(tree.adapters(plan) for plan in plans)
    return RunLayout(
        config,
        NetworkLayout(find_backbone(config.backbone), num_classes=num_classes, image_size=config.image_size),
        ranks,
        num_train=len(manifest.used(Split.TRAIN)),
        num_val=len(manifest.used(Split.VAL)),
    )


@lru_cache(maxsize=8)
def layer_tree(backbone: str, num_classes: int, image_size: int) -> LayerTree:
    """Return the layer tree of a backbone with a head for `num_classes`; kept, since building it takes a second."""
    return build_layer_tree(find_backbone(backbone), num_classes=num_classes, image_size=image_size)
