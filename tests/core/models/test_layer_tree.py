"""Layer trees of the catalogue: owners, order, stages, sums, time."""

from __future__ import annotations

import time
from collections import Counter

import torch
from torch import nn

import pytest

from tlft_desktop.core.errors import InputError
from tlft_desktop.core.models.builder import NOT_ON_META, build_network, build_on_meta, create
from tlft_desktop.core.models.catalog import DEFAULT_BACKBONE, BackboneEntry, backbones, find_backbone
from tlft_desktop.core.models.cost import record_execution
from tlft_desktop.core.models.layer_tree import build_layer_tree, owner_names
from tlft_desktop.core.values.layer_node import LayerTree, NodeKind

ENTRIES = backbones()


def tree_of(name: str, *, num_classes: int = 5, image_size: int | None = None) -> LayerTree:
    entry = find_backbone(name)
    return build_layer_tree(entry, num_classes=num_classes, image_size=image_size or entry.preprocessing.input_size)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_tree_of_every_backbone_holds_together(entry: BackboneEntry) -> None:
    tree = build_layer_tree(entry, num_classes=5, image_size=entry.preprocessing.input_size)
    model = build_on_meta(entry, num_classes=5)
    _check_owners(tree, model)
    nodes = list(tree.root.walk())
    assert [node.order for node in nodes] == list(range(len(nodes)))
    assert {node.path for node in nodes if node.kind is NodeKind.MODULE} == {path for path, _ in model.named_modules()}
    assert tree.head_path == entry.head
    assert isinstance(model.get_submodule(entry.head), nn.Linear)
    assert tree.head_owners == (entry.head,)
    assert tree.node(entry.head).output_shape == (5,)
    assert tree.root.macs == record_execution(model, image_size=entry.preprocessing.input_size).macs
    assert (
        tree.root.macs - tree.node(entry.head).macs == entry.macs - 1000 * model.get_submodule(entry.head).in_features
    )
    _check_stages(tree)


def _check_owners(tree: LayerTree, model: nn.Module) -> None:
    """Each parameter belongs to exactly one owner, and owners count what they own."""
    owned: Counter[str] = Counter()
    for name, parameter in model.named_parameters():
        matching = [owner for owner in tree.owners if name == owner or name.startswith(f"{owner}.")]
        assert len(matching) == 1, (name, matching)
        owned[matching[0]] += parameter.numel()
    assert owned == {owner: tree.node(owner).parameters for owner in tree.owners}
    assert set(owner_names(model)) == set(tree.owners)
    assert tree.root.parameters == sum(owned.values())


def _check_stages(tree: LayerTree) -> None:
    assert tree.stages[0] == "stem"
    assert tree.stages[-1] == "head"
    assert 4 <= len(tree.stages) <= 14
    of_owners = [tree.node(owner).stage for owner in tree.owners]
    seen = list(dict.fromkeys(of_owners))
    assert seen == list(tree.stages)
    # In execution order no stage comes back after another one began.
    assert [stage for index, stage in enumerate(of_owners) if index == 0 or of_owners[index - 1] != stage] == seen


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_networks_are_built_on_the_meta_device_but_for_those_that_are_listed(entry: BackboneEntry) -> None:
    with torch.device("meta"):
        if entry.name in NOT_ON_META:
            with pytest.raises(NotImplementedError):
                create(entry, image_size=entry.preprocessing.input_size)
        else:
            create(entry, image_size=entry.preprocessing.input_size)
    assert {parameter.device.type for parameter in build_on_meta(entry, num_classes=2).parameters()} == {"meta"}


def test_the_list_of_exceptions_is_short() -> None:
    assert {"torchvision:regnet_y_400mf"} == NOT_ON_META


def test_efficientnet_lite0_reads_as_it_runs() -> None:
    tree = tree_of(DEFAULT_BACKBONE)
    top = [child.path for child in tree.root.children]
    assert top == ["conv_stem", "bn1", "blocks", "conv_head", "bn2", "global_pool", "classifier"]
    assert tree.stages == ("stem", *(f"blocks.{index}" for index in range(7)), "head")
    assert tree.node("conv_stem").output_shape == (32, 112, 112)
    assert tree.node("conv_stem").macs == 112 * 112 * 32 * 3 * 9
    assert tree.node("blocks.1").stage == tree.node("blocks.1.0.conv_dw").stage == "blocks.1"
    assert tree.node("conv_head").stage == "blocks.6"
    assert tree.node("blocks").stage == tree.root.stage == ""
    norm = tree.node("bn1")
    assert (norm.is_norm, norm.is_owner, norm.parameters) == (True, True, 64)
    assert tree.root.name == DEFAULT_BACKBONE


def test_a_norm_layer_that_holds_its_activation_is_one_owner() -> None:
    tree = tree_of(DEFAULT_BACKBONE)
    assert [child.type for child in tree.node("bn1").children] == ["Identity", "ReLU6"]
    assert "bn1" in tree.owners
    assert "bn1.weight" not in tree


def test_parameters_of_modules_with_children_are_nodes() -> None:
    tree = tree_of("timm:vit_tiny_patch16_224")
    token = tree.node("cls_token")
    assert (token.kind, token.type, token.parameters, token.is_owner) == (NodeKind.PARAMETER, "Parameter", 192, True)
    # They are read after the patches are embedded, and before the first block.
    order = [tree.node(path).order for path in ("patch_embed", "cls_token", "pos_embed", "blocks.0")]
    assert order == sorted(order)
    assert "stages.0.blocks.0.gamma" in tree_of("timm:convnext_tiny").owners
    assert "layers.0.blocks.0.attn.relative_position_bias_table" in tree_of("timm:swin_tiny_patch4_window7_224").owners
    vit = tree_of("torchvision:vit_b_16")
    attention = "encoder.layers.encoder_layer_0.self_attention"
    assert {f"{attention}.in_proj_weight", f"{attention}.in_proj_bias", f"{attention}.out_proj"} <= set(vit.owners)


def test_siblings_that_run_in_another_order_are_sorted() -> None:
    tree = tree_of("torchvision:resnet50")
    block = [child.name for child in tree.node("layer1.0").children]
    # Registered: conv1 bn1 conv2 bn2 conv3 bn3 relu downsample; the ReLU runs first behind bn1.
    assert block == ["conv1", "bn1", "relu", "conv2", "bn2", "conv3", "bn3", "downsample"]


def test_shapes_follow_the_image_size_and_classes() -> None:
    tree = tree_of("timm:resnet18", num_classes=3, image_size=96)
    assert tree.node("layer4").output_shape == (512, 3, 3)
    assert tree.root.output_shape == (3,)
    assert tree_of("timm:vit_tiny_patch16_224", image_size=64).node("pos_embed").output_shape == (1, 17, 192)


@pytest.mark.parametrize(
    ("name", "size"), [("timm:vit_tiny_patch16_224", 8), ("timm:convnext_tiny", 16), ("torchvision:vit_b_16", 50)]
)
def test_an_image_size_that_cannot_work_is_refused_in_one_sentence(name: str, size: int) -> None:
    with pytest.raises(InputError, match=f"cannot work with images of {size} pixels"):
        tree_of(name, image_size=size)


def test_tied_parameters_are_counted_once() -> None:
    model = nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 2))
    model[1].weight = model[0].weight
    assert owner_names(model) == ("0", "1")
    assert sum(parameter.numel() for parameter in model.parameters()) == 8


def test_owners_of_a_real_network_are_those_of_the_tree() -> None:
    entry = find_backbone("timm:edgenext_small")
    assert set(owner_names(build_network(entry, num_classes=2, seed=0))) == set(tree_of(entry.name).owners)


def test_the_default_tree_is_built_within_a_second() -> None:
    tree_of(DEFAULT_BACKBONE)
    start = time.process_time()
    tree_of(DEFAULT_BACKBONE)
    assert time.process_time() - start < 1.0
