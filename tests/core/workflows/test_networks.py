"""The network of a project: what it expects, and its layer tree."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.run_samples import new_project
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.models.catalog import find_backbone
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.workflows.networks import is_convolutional, layer_tree, layer_tree_of, preprocessing_of


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with new_project(Path(tmp_path_factory.mktemp("home")), per_class=4, num_classes=2) as opened:
        yield opened


def test_a_project_has_its_own_size_and_classes(project: Project) -> None:
    expected = find_backbone(project.config.backbone).preprocessing
    assert preprocessing_of(project.config) == expected.at_size(32)
    tree = layer_tree_of(project)
    assert tree.node(tree.head_path).output_shape == (2,)
    assert tree.backbone == project.config.backbone


def test_kinds_of_backbones() -> None:
    assert is_convolutional(find_backbone("timm:tf_efficientnet_lite0"))
    assert not is_convolutional(find_backbone("timm:vit_tiny_patch16_224"))


def test_trees_are_kept_and_differ_by_every_argument() -> None:
    tree = layer_tree("timm:resnet18", 3, 64)
    assert layer_tree("timm:resnet18", 3, 64) is tree
    assert layer_tree("timm:resnet18", 4, 64).root.parameters == tree.root.parameters + 513
    assert layer_tree("timm:resnet18", 3, 96).root.macs > tree.root.macs


def test_unknown_names_and_impossible_sizes() -> None:
    with pytest.raises(InputError, match="no backbone 'other'"):
        layer_tree("other", 3, 64)
    with pytest.raises(InputError, match="cannot work with images of 100 pixels"):
        layer_tree("torchvision:vit_b_16", 3, 100)
